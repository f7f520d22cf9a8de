"""Quotas are whole numbers. Expected ones come from the margins, as independent within a territory.
They are rounded so that **every** sum stays: each cell is rounded down or up, and so is each row,
each column and the whole [Cox 1987], [Causey, Cox and Ernst 1985]. Of all such tables the nearest
is taken, by a small integer programme: minimise `Σ|x − e|`. In two dimensions there is always one;
in three there are tables without any, and then it is said by how much sums are off.
"""

import numpy as np

from tyndau.sampling.rounding import controlled_rounding

from ..text_tables import gives, rows

TITLE = {
    "en": "Controlled rounding of quotas",
    "ru": "Согласованное округление квот",
    "kk": "Квоталарды үйлестіріп дөңгелектеу",
}

EXPECTED = rows("""
    age    | women | men
    18-29  |  2.40 | 2.40
    30-44  |  3.20 | 3.30
    45-59  |  2.60 | 2.30
    60+    |  2.80 | 1.00
""")


def test_quotas_of_a_point() -> None:
    """The quotas of a point with twenty interviews

    Rounded one by one they would be 2, 2, 3, 3, 3, 2, 3, 1: nineteen. The sums of women (11) and of
    men (9) are whole and stay; those of ages are rounded down or up.
    """
    expected = np.column_stack([EXPECTED["women"], EXPECTED["men"]])
    found = controlled_rounding(expected)
    women, men = found.counts.T
    both = expected.sum(axis=1)
    assert found.off == 0
    assert ((women + men >= np.floor(both)) & (women + men <= np.ceil(both))).all()
    assert np.abs(found.counts - expected).max() < 1
    gives(
        """
        quota | women | men | both | expected
        18-29 |     2 |   3 |    5 |      4.8
        30-44 |     3 |   3 |    6 |      6.5
        45-59 |     3 |   2 |    5 |      4.9
        60+   |     3 |   1 |    4 |      3.8
        all   |    11 |   9 |   20 |     20.0
        """,
        women=[*women, women.sum()],
        men=[*men, men.sum()],
        both=[*(women + men), found.counts.sum()],
        expected=[*both, both.sum()],
    )
