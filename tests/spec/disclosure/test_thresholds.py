"""First the bases: a column of fewer than 10 people is left out, and with it another where its base
would be the total less the rest. Of a column with fewer than 30 nothing is shown but the base. Then
cells of fewer than 10 people, and those of fewer than 10 who did *not* choose one of several
answers. Nothing that is hidden stays in a file in any form, and what is shown is rounded as it is
printed.
"""

from tyndau.base.languages import Text
from tyndau.disclosure import People, Rules, hide
from tyndau.estimation import make_design
from tyndau.study.standards import Thresholds
from tyndau.tabulation import tabulate

from ..text_tables import counted, frame, gives, single

TITLE = {
    "en": "Thresholds",
    "ru": "Пороги",
    "kk": "Шекті мәндер",
}

PEOPLE = counted(
    """
    district | yes | no | unknown
    north    |   4 | 60 |      36
    south    |  50 | 70 |      30
    east     |  26 | 50 |      24
    village  |   9 |  6 |       5
    """,
    "protest",
    "yes",
    "no",
    "unknown",
)


def test_an_edition() -> None:
    """A table and its edition

    The village has 20 people: nothing of it is shown but that. Four in the north are too few, and
    the rest of the north goes with them: what all have less the south and the east is what the
    north and the village have together, and the village must not be known.
    """
    data = frame(
        PEOPLE, protest=single("yes", "no", "unknown"),
        district=single("north", "south", "east", "village"),
    )  # fmt: skip
    table = tabulate(
        data, "protest", [("district", Text())], design=make_design(len(data)), inference="none"
    )
    found = hide([table], People.of(data), Rules(Thresholds(hide_below=30, people_below=10)))
    assert found.audit.passed
    (edition,) = found.tables
    gives(
        """
        column  | base | yes | no | unknown
        total   |  370 |  24 | 50 |      26
        north   |  100 |   - |  - |       -
        south   |  150 |  33 | 47 |      20
        east    |  100 |  26 | 50 |      24
        village |   20 |   - |  - |       -
        """,
        column=[head.code for head in edition.columns],
        base=edition.base[0],
        yes=edition.percent[0],
        no=edition.percent[1],
        unknown=edition.percent[2],
    )
