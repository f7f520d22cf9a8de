"""The index of a cell is its percentage in hundredths of the total's: 100 is as in the whole
sample. It has no error and no test of its own; where the total is small it jumps. Means have none.

Answers may be shown from the most frequent on (by their percentage in the total, equal ones in the
order of asking); "other", "none of these", "don't know" and "refused" stay at the end.
"""

from tyndau.base.languages import Text
from tyndau.estimation import make_design
from tyndau.tabulation import tabulate

from ..text_tables import counted, frame, gives, single

TITLE = {"en": "Index", "ru": "Индекс", "kk": "Индекс"}

PEOPLE = counted(
    """
    district | roads | water | heating
    north    |    20 |    10 |      20
    south    |    10 |    30 |      10
    """,
    "problem",
    "roads",
    "water",
    "heating",
)


def test_index() -> None:
    """What troubles which district

    Of all, 30 % name roads; in the north 40 %: 40/30 · 100 = 133.3.
    """
    data = frame(
        PEOPLE, problem=single("roads", "water", "heating"), district=single("north", "south")
    )
    table = tabulate(
        data, "problem", [("district", Text())], design=make_design(len(data)), inference="none"
    )
    gives(
        """
        problem | total | north | south | index north | index south
        roads   |  30.0 |  40.0 |  20.0 |       133.3 |        66.7
        water   |  40.0 |  20.0 |  60.0 |        50.0 |       150.0
        heating |  30.0 |  40.0 |  20.0 |       133.3 |        66.7
        """,
        total=table.percent[:, 0],
        north=table.percent[:, 1],
        south=table.percent[:, 2],
        index_north=table.index[:, 1],
        index_south=table.index[:, 2],
    )
