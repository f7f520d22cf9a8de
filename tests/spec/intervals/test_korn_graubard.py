"""Percentages have the interval of [Korn and Graubard 1998]: the limits of Clopper and Pearson at
the size of a simple random sample that would have the same variance, corrected for the degrees of
freedom:

    n* = p(1 − p)/v · (t_(n−1) / t_df)²
    low  = B(0.025;  n*·p,      n*·(1 − p) + 1)
    high = B(0.975;  n*·p + 1,  n*·(1 − p))

with B the quantile of the beta distribution. R's version 4.1 does not cut n* off at n, as some
standards do, and neither do we.

Where v is 0 (nobody gave the answer, or everybody, or the same part at every point), R gives NaN,
or no width where rounding leaves about 1e-30. Here `p(1 − p)/v` is then replaced by the effective
base, so that "nobody of 60" has an upper limit above 0.
"""

from tyndau.estimation import make_design, proportion

from ..text_tables import counted, gives

TITLE = {
    "en": "Percentages: Korn and Graubard",
    "ru": "Проценты: интервал Корна и Граубарда",
    "kk": "Пайыздар: Корн мен Граубард аралығы",
}

PEOPLE = counted(
    """
    point | moved | stayed
    1     |     3 |      7
    2     |     1 |      9
    3     |     0 |     10
    4     |     2 |      8
    5     |     0 |     10
    6     |     1 |      9
    """,
    "house",
    "moved",
    "stayed",
)


def test_a_rare_answer(said) -> None:
    """Seven of sixty moved house

    The interval is not symmetric: it reaches farther up than down.

    R::

        design <- svydesign(~point, weights = ~1, data = data)
        i <- svyciprop(~I(house == "moved"), design, method = "beta", df = degf(design))
        said <- list(share = coef(i), se = SE(i), df = degf(design), low = confint(i)[1],
                     high = confint(i)[2])
    """
    found = proportion(make_design(60, clusters=PEOPLE["point"]), PEOPLE["house"] == "moved")
    gives(
        """
        answer |   share |      se | df |     low |    high
        moved  | 0.11667 | 0.04773 |  5 | 0.02649 | 0.29681
        """,
        share=found.estimates.values,
        se=found.estimates.se,
        df=found.estimates.degrees,
        low=found.low,
        high=found.high,
        r=said(data=PEOPLE),
    )


def test_nobody(said) -> None:
    """Nobody of sixty, at six points

    The effective base stands in: 60 · (t₅₉ / t₅)² = 36.36 people, hence `1 − 0.025^(1/36.36)`. R
    has no function for it; the program is the formula.

    R::

        size <- 60 * (qt(0.975, 59) / qt(0.975, 5))^2
        said <- list(share = 0, low = 0, high = qbeta(0.975, 1, size))
    """
    found = proportion(make_design(60, clusters=PEOPLE["point"]), PEOPLE["house"] == "sold")
    gives(
        """
        answer | share | low |    high
        sold   |   0.0 | 0.0 | 0.09649
        """,
        share=found.estimates.values,
        low=found.low,
        high=found.high,
        r=said(),
    )
