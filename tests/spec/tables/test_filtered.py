"""A banner may be limited to some of those who were asked: car owners, say. They are a domain: the
sample's design stays that of all, so that points at which no owner was met still count in the
errors. The base says in words who is looked at.
"""

from tyndau.base.languages import Text
from tyndau.estimation import make_design
from tyndau.questionnaire.expression import parse
from tyndau.study.model import Filter
from tyndau.tabulation import tabulate

from ..text_tables import frame, gives, rows, scale, single

TITLE = {
    "en": "Limited tables",
    "ru": "Таблицы по части опрошенных",
    "kk": "Сұралғандардың бір бөлігі бойынша кестелер",
}

PEOPLE = rows("""
    stratum | point | car | roads
    centre  |     1 | yes | good
    centre  |     1 | yes | bad
    centre  |     1 | no  | good
    centre  |     2 | no  | good
    centre  |     2 | no  | fair
    centre  |     3 | yes | fair
    centre  |     3 | no  | bad
    edge    |     4 | yes | bad
    edge    |     4 | yes | fair
    edge    |     5 | yes | bad
    edge    |     5 | no  | good
""")


def test_car_owners(said) -> None:
    """Roads, as car owners see them

    R::

        score <- c(bad = 1, fair = 3, good = 5)[data$roads]
        design <- svydesign(~point, strata = ~stratum, weights = ~1, data = cbind(data, score))
        of <- function(f) c(f(design), f(subset(design, car == "yes")))
        said <- list(mean = of(function(d) coef(svymean(~score, d))),
                     se = of(function(d) SE(svymean(~score, d))))
    """
    data = frame(PEOPLE, roads=scale(bad=1, fair=3, good=5), car=single("yes", "no"))
    design = make_design(11, strata=PEOPLE["stratum"], clusters=PEOPLE["point"])
    everybody = tabulate(data, "roads", [], design=design, inference="design")
    owners = tabulate(
        data, "roads", [], design=design, inference="design",
        among=Filter(parse("${car} = 'yes'"), Text(ru="владельцы машин", kk="көлік иелері")),
    )  # fmt: skip
    row = [head.code for head in owners.rows].index("mean")
    gives(
        """
        among      | base |   mean |     se
        all        |   11 | 3.0000 | 0.4066
        car owners |    6 | 2.3333 | 0.2222
        """,
        base=[table.base[row, 0] for table in (everybody, owners)],
        mean=[table.percent[row, 0] for table in (everybody, owners)],
        se=[table.se[row, 0] for table in (everybody, owners)],
        r=said(data=PEOPLE),
    )
