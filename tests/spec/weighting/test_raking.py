"""Raking [Deming and Stephan 1940] brings weights to one margin after another, round by round,
until all totals hold to 1e-10. Whole margins must have one sum. A margin may be **partial**: a
category without a figure is left to the others, and people outside of it (their sex is not known,
say) keep the share of weights that they had, while the figures are shared by the rest.
"""

import numpy as np

from tyndau.weighting import make_margin, rake

from ..text_tables import gives, places, rows

TITLE = {
    "en": "Raking",
    "ru": "Рейкинг (итеративное взвешивание)",
    "kk": "Рейкинг (итеративті салмақтау)",
}

PEOPLE = rows("""
    sex    | age    | weight
    female | young  |      1
    female | young  |      1
    female | middle |      1
    female | old    |      1
    female | old    |      1
    male   | young  |      1
    male   | middle |      1
    male   | middle |      2
    male   | old    |      1
""")
SEXES, AGES = ("female", "male"), ("young", "middle", "old")


def test_whole_and_partial_margins(said) -> None:
    """Two whole margins, and one of which only a part is known

    520 women and 480 men; 400 young, 350 middle-aged, 250 old; in the last column the figure of the
    old is all that is known of ages. R has the partial margin as a calibration on indicators.

    R::

        design <- svydesign(~1, weights = ~weight, data = transform(data, elderly = age == "old"))
        sexes <- data.frame(sex = c("female", "male"), Freq = c(520, 480))
        ages <- data.frame(age = c("young", "middle", "old"), Freq = c(400, 350, 250))
        raked <- rake(design, list(~sex, ~age), list(sexes, ages),
                      control = list(maxit = 1000, epsilon = 1e-12))
        known <- calibrate(design, ~sex + elderly - 1, c(520, 480, 250), calfun = "raking",
                           epsilon = 1e-12)
        said <- list(whole = weights(raked), partial = weights(known))
    """
    sex = make_margin("sex", places(PEOPLE["sex"], *SEXES), [520, 480])
    age = make_margin("age", places(PEOPLE["age"], *AGES), [400, 350, 250])
    old = make_margin("age", places(PEOPLE["age"], *AGES), [np.nan, np.nan, 250])
    gives(
        """
        sex and age   | before |    whole |  partial
        female young  |      1 | 133.1569 | 115.3673
        female young  |      1 | 133.1569 | 115.3673
        female middle |      1 |  87.2400 | 115.3673
        female old    |      1 |  83.2231 |  86.9491
        female old    |      1 |  83.2231 |  86.9491
        male young    |      1 | 133.6861 | 100.9746
        male middle   |      1 |  87.5867 | 100.9746
        male middle   |      2 | 175.1734 | 201.9491
        male old      |      1 |  83.5538 |  76.1018
        """,
        before=PEOPLE["weight"],
        whole=rake(PEOPLE["weight"], [sex, age]).weights,
        partial=rake(PEOPLE["weight"], [sex, old]).weights,
        r=said(data=PEOPLE),
    )
