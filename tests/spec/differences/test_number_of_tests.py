"""Behind an open gate the comparisons of a group are corrected for their number by the procedure of
[Benjamini and Hochberg 1995]: of k p values in order the largest i with

    p_(i) ≤ level · i/k

is found, and all up to it hold. Of the differences shown then at most 5 % are expected to be false.
One family are the comparisons of a group's columns with the rest, over all rows of the table;
another are its pairs. Where there is no gate, as for several answers a person in a sample of rows,
both are one family: in 3,000 such tables without a difference 4.0 % then show a mark, as two
families 6.8 %. Comparisons that may not be tested are not counted.

Where nothing differs the gate is open in one group in twenty, and nothing is shown else: in 200
simulated tables of five answers by five columns, 60 points, no more than 18 show any letter or
arrow (`tests/tabulation/test_significance.py`); without gate and correction nearly every table
does.
"""

import numpy as np

from tyndau.estimation import benjamini_hochberg, holm

from ..text_tables import gives, rows

TITLE = {
    "en": "The number of tests",
    "ru": "Поправка на число сравнений",
    "kk": "Салыстыру санына түзету",
}

TESTS = rows("""
    pair | p
    A B  | 0.001
    A C  | 0.009
    A D  | 0.030
    B C  | 0.012
    B D  | 0.041
    C D  | 0.250
""")


def test_which_hold(said) -> None:
    """Six pairs

    Five are below 5 % alone. The fifth in order still is below its bound, 0.041 ≤ 0.05 · 5/6 =
    0.0417, so that it and all below it hold. Holm's correction, which makes a single false test in
    the whole family unlikely, keeps three; it serves [key findings](#key-findings).

    R::

        bh <- p.adjust(data$p, "BH"); holm <- p.adjust(data$p, "holm")
        said <- list(alone = data$p <= 0.05, holds = bh <= 0.05, by_Holm = holm)
    """
    gives(
        """
        pair |     p | alone | holds | by Holm
        A B  | 0.001 | yes   | yes   |  0.0060
        A C  | 0.009 | yes   | yes   |  0.0450
        A D  | 0.030 | yes   | yes   |  0.0900
        B C  | 0.012 | yes   | yes   |  0.0480
        B D  | 0.041 | yes   | yes   |  0.0900
        C D  | 0.250 | no    | no    |  0.2500
        """,
        p=TESTS["p"],
        alone=TESTS["p"] <= 0.05,
        holds=benjamini_hochberg(TESTS["p"], level=0.05),
        by_Holm=holm(np.array(TESTS["p"])),
        r=said(data=TESTS),
    )
