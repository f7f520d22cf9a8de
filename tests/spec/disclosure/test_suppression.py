"""A hidden cell is the total less the others: so others are hidden for its sake. For every hidden
cell x the least and the greatest value under all that is known are linear programmes, and they must
lie `people_below` apart, for a cell that was hidden for another's sake 1 apart, so that two whole
numbers are possible. Cell by cell a programme moves x up and down by half of that (where there is
no room on one side, farther on the other) and lets other cells follow at a cost, `1 + log(1 +
people)` and more for totals, bases, means and what the text quotes; those that follow are hidden
too [Kelly, Golden and Assad 1992]. All tables of a population are one system of equations, linked
by the cells that they share [Fischetti and Salazar-Gonzalez 2000]. At the end what proved
superfluous is shown again.
"""

import numpy as np

from tyndau.disclosure import relate, suppress

from ..text_tables import gives, rows

TITLE = {
    "en": "Complementary suppression",
    "ru": "Вторичное сокрытие",
    "kk": "Екінші реттік жасыру",
}

TABLE = rows("""
    district | yes |  no | unknown | all
    north    |   4 |  60 |      36 | 100
    south    |  50 |  70 |      30 | 150
    east     |  26 |  50 |      24 | 100
    all      |  80 | 180 |      90 | 350
""")
ANSWERS = ("yes", "no", "unknown", "all")


def sums(count: int) -> list[tuple[list[int], list[float], float, float]]:
    """Say that each row and each column of a square table adds up to its last cell."""
    places = np.arange(count * count).reshape(count, count)
    signs = [1.0] * (count - 1) + [-1.0]
    return [(list(line), signs, 0.0, 0.0) for line in (*places, *places.T)]


def test_four_people_of_the_north() -> None:
    """Four people of the north said yes

    Alone they would be 80 less 50 less 26. Two more of the row and column, and the cell where these
    cross, are hidden; sums are never.
    """
    values = np.column_stack([TABLE[answer] for answer in ANSWERS])
    small = values < 10
    inside = np.zeros_like(small)
    inside[:3, :3] = True
    found = suppress(
        relate(values.ravel(), sums(4)), small.ravel(), width=10, hideable=inside.ravel()
    )
    shown = np.where(found.hidden.reshape(4, 4), "hidden", values.astype(str))
    gives(
        """
        district | yes    |  no | unknown | all
        north    | hidden |  60 | hidden  | 100
        south    | 50     |  70 | 30      | 150
        east     | hidden |  50 | hidden  | 100
        all      | 80     | 180 | 90      | 350
        """,
        **dict(zip(ANSWERS, shown.T.tolist(), strict=True)),
    )
