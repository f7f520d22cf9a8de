"""A mean is the same ratio with the score or the number as y; x is 1 for those who have one. "Don't
know" has no score, so that the base of a mean is often smaller than that of the percentages above
it.
"""

from tyndau.base.languages import Text
from tyndau.estimation import make_design
from tyndau.tabulation import tabulate

from ..text_tables import frame, gives, rows, scale, single

TITLE = {"en": "Mean scores", "ru": "Средние баллы", "kk": "Орташа балдар"}

PEOPLE = rows("""
    roads     | district | weight
    good      | north    |    1.2
    bad       | north    |    0.8
    dont_know | north    |    1.0
    good      | north    |    1.0
    fair      | south    |    2.0
    bad       | south    |    1.0
    no answer | south    |    0.5
    bad       | south    |    0.5
""")


def test_mean_scores(said) -> None:
    """Whoever has no score is in no mean

    R::

        score <- c(bad = 1, fair = 3, good = 5)[data$roads]
        design <- svydesign(~1, data = cbind(data, score), weights = ~weight)
        mean_of <- function(d) coef(svymean(~score, subset(d, !is.na(score))))
        north <- subset(design, district == "north"); south <- subset(design, district == "south")
        said <- list(mean = c(mean_of(design), mean_of(north), mean_of(south)))
    """
    roads = scale(bad=1, fair=3, good=5, dont_know=None)
    data = frame(PEOPLE, roads=roads, district=single("north", "south"))
    design = make_design(8, weights=PEOPLE["weight"])
    table = tabulate(data, "roads", [("district", Text())], design=design, inference="design")
    row = [head.code for head in table.rows].index("mean")
    gives(
        """
        column | base of percentages | base of mean |   mean
        total  |                   8 |            6 | 2.9692
        north  |                   4 |            3 | 3.9333
        south  |                   4 |            3 | 2.1429
        """,
        base_of_percentages=table.base[0],
        base_of_mean=table.base[row],
        mean=table.percent[row],
        r=said(data=PEOPLE),
    )
