"""A table's base is everybody who was **asked** its question. Those who were asked and left it
empty stay in the base and stand in the row `no_answer`. "Don't know" and "refused" are answers.

People outside every column of a banner (not asked its variable, or without an answer to it) are in
the total and in every column's rest.
"""

import numpy as np

from tyndau.base.languages import Text
from tyndau.estimation import make_design
from tyndau.tabulation import tabulate

from ..text_tables import frame, gives, rows, single

TITLE = {"en": "The base of a table", "ru": "База таблицы", "kk": "Кестенің базасы"}

PEOPLE = rows("""
    buses     | district
    good      | north
    good      | north
    dont_know | north
    no answer | north
    bad       | south
    good      | no answer
    not asked | north
    not asked | south
""")


def test_asked_and_answered() -> None:
    """Six were asked, five answered

    Two people were never asked about buses: the routing passed them by. The last who was asked told
    no district, and so stands in the total alone.
    """
    data = frame(
        PEOPLE, buses=single("good", "bad", "dont_know"), district=single("north", "south")
    )
    table = tabulate(data, "buses", [("district", Text())], design=make_design(8), inference="none")
    gives(
        """
        column | base |  good |    bad | dont know | no answer
        total  |    6 | 50.00 |  16.67 |     16.67 |     16.67
        north  |    4 | 50.00 |   0.00 |     25.00 |     25.00
        south  |    1 |  0.00 | 100.00 |      0.00 |      0.00
        """,
        base=table.base[0],
        good=table.percent[0],
        bad=table.percent[1],
        dont_know=table.percent[2],
        no_answer=table.percent[3],
    )


WEIGHED = rows("""
    district | weight
    north    |    1.0
    north    |    1.0
    north    |    2.0
    north    |    4.0
    south    |    2.5
    south    |    2.5
    south    |    0.0
""")


def test_three_bases(said) -> None:
    """Three bases of a column

    - **Base**: people, unweighted. Weights may be 0: such a person counts here and in nothing else.
    - **Weighted base**: `Σw`.
    - **Effective base**: `(Σw)² / Σw²`, the size of an unweighted sample that says as much,
      clusters aside [Kish 1965]. R has no function for it; the program is the formula.

    Every threshold (30 people for a test, 100 for no mark) is asked of the base *and* of the
    effective base.

    R::

        by <- split(data$weight, factor(data$district, c("north", "south")))
        said <- list(base = sapply(by, length), weighted_base = sapply(by, sum),
                     effective_base = sapply(by, function(w) sum(w)^2 / sum(w^2)))
    """
    data = frame(
        {**WEIGHED, "q": np.full(7, "yes")}, district=single("north", "south"), q=single("yes")
    )
    design = make_design(7, weights=WEIGHED["weight"])
    table = tabulate(data, "q", [("district", Text())], design=design, inference="none")
    columns = table.columns[1:]
    gives(
        """
        column | base | weighted base | effective base
        north  |    4 |           8.0 |         2.9091
        south  |    3 |           5.0 |         2.0000
        """,
        base=[one.base for one in columns],
        weighted_base=[one.weighted_base for one in columns],
        effective_base=[one.effective_base for one in columns],
        r=said(data=WEIGHED),
    )
