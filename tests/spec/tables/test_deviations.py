"""The standard deviation under a mean says how far answers lie from it, and nothing of the sample's
error: it does not become smaller with more people. Over the n people with a score

    s² = Σ w (y − ȳ)² / Σ w · n/(n − 1)
"""

from tyndau.base.languages import Text
from tyndau.estimation import make_design
from tyndau.tabulation import tabulate

from ..text_tables import frame, gives, rows, scale, single

TITLE = {
    "en": "Standard deviations",
    "ru": "Стандартные отклонения",
    "kk": "Стандартты ауытқулар",
}

PEOPLE = rows("""
    trust     | sex    | weight
    high      | female |    1.0
    high      | female |    2.0
    low       | female |    1.0
    dont_know | female |    1.0
    medium    | male   |    1.5
    medium    | male   |    1.0
    low       | male   |    1.0
    high      | male   |    0.5
""")


def test_deviations(said) -> None:
    """Trust of women and of men

    R::

        score <- c(low = 1, medium = 2, high = 3)[data$trust]
        design <- subset(svydesign(~1, data = cbind(data, score), weights = ~weight), !is.na(score))
        of <- function(f) c(f(design), f(subset(design, sex == "female")),
                            f(subset(design, sex == "male")))
        said <- list(mean = of(function(d) coef(svymean(~score, d))),
                     sd = of(function(d) sqrt(coef(svyvar(~score, d)))))
    """
    trust = scale(low=1, medium=2, high=3, dont_know=None)
    data = frame(PEOPLE, trust=trust, sex=single("female", "male"))
    design = make_design(8, weights=PEOPLE["weight"])
    table = tabulate(data, "trust", [("sex", Text())], design=design, inference="design")
    codes = [head.code for head in table.rows]
    gives(
        """
        column |    mean |      sd
        total  | 2.18750 | 0.87239
        female | 2.50000 | 1.06066
        male   | 1.87500 | 0.69222
        """,
        mean=table.percent[codes.index("mean")],
        sd=table.percent[codes.index("sd")],
        r=said(data=PEOPLE),
    )
