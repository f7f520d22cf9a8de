"""That no difference was found does not say that there is none: the sample may have been too small
to see it. The claim "about the same" has a test of its own [Schuirmann 1987]. The sociologist
declares the least difference worth naming, δ; the claim holds where the difference is significantly
smaller than δ both ways:

    p = P( t_df > (δ − |d|) / se )
"""

import numpy as np

from tyndau.estimation import equivalence, p_values

from ..text_tables import gives, rows

TITLE = {
    "en": "No difference that matters",
    "ru": "Существенного различия нет (эквивалентность)",
    "kk": "Елеулі айырмашылық жоқ (эквиваленттік)",
}

DIFFERENCES = rows("""
    compared      | d   | se  | df
    large samples | 1.0 | 1.2 | 60
    small samples | 1.0 | 4.0 | 12
    unlike        | 7.0 | 1.2 | 60
""")


def test_two_one_sided_tests(said) -> None:
    """Bounds of five percentage points

    The first two differ by as little; only of the first can it be said. R has no function in its
    base for it; the program is the larger p value of two one-sided tests.

    R::

        below <- with(data, pt((d - 5) / se, df)); above <- with(data, pt((-d - 5) / se, df))
        said <- list(p_of_no_difference = 2 * pt(-abs(data$d / data$se), data$df),
                     p_of_equivalence = pmax(below, above))
    """
    d, se = np.array(DIFFERENCES["d"]), np.array(DIFFERENCES["se"])
    df = DIFFERENCES["df"].astype(float)
    found = equivalence(d, se**2, degrees=df, bound=5.0)
    gives(
        """
        compared      | p of no difference | p of equivalence | about the same
        large samples |             0.4080 |           0.0007 | yes
        small samples |             0.8068 |           0.1685 | no
        unlike        |             0.0000 |           0.9496 | no
        """,
        p_of_no_difference=p_values(d / se, df),
        p_of_equivalence=found,
        about_the_same=found <= 0.05,
        r=said(data=DIFFERENCES),
    )
