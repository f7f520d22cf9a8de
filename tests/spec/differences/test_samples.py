"""Populations that were asked the same question, and waves of one population, are samples of their
own: the variance of a difference is the sum of both. Degrees of freedom are those of [Welch 1947]
and Satterthwaite, f the clusters less the strata of each sample:

    t = (p₁ − p₂) / √(v₁ + v₂)        df = (v₁ + v₂)² / (v₁²/f₁ + v₂²/f₂)

All pairs of all rows of such a table are one family, corrected for its number as any other. What
was not offered to a sample stays empty and is never taken for 0; means are compared on the same
scores only; where a wording broke nothing is compared across the break. The samples are taken as
independent: a panel, where people are asked again, is not.
"""

import numpy as np

from tyndau.base.languages import Text
from tyndau.estimation import benjamini_hochberg, make_design, p_values
from tyndau.tabulation import Sample, side_by_side, tabulate

from ..text_tables import counted, frame, gives, single

TITLE = {
    "en": "Sample against sample, wave against wave",
    "ru": "Выборка против выборки, волна против волны",
    "kk": "Іріктемені іріктемемен, толқынды толқынмен салыстыру",
}

FIRST = counted(
    """
    point | water | roads | heating
    1     |    14 |    20 |      16
    2     |    11 |    22 |      17
    3     |    15 |    16 |      19
    4     |    12 |    21 |      17
    """,
    "problem",
    "water",
    "roads",
    "heating",
)
SECOND = counted(
    """
    point | water | roads | heating
    1     |    20 |    13 |      17
    2     |    17 |    15 |      18
    3     |    19 |    12 |      19
    4     |    21 |    15 |      14
    5     |    18 |    14 |      18
    """,
    "problem",
    "water",
    "roads",
    "heating",
)


def test_two_waves(said) -> None:
    """What changed from wave to wave

    R::

        shares <- function(data) {
          design <- svydesign(~point, weights = ~1, data = data)
          m <- svymean(~factor(problem, c("water", "roads", "heating")), design)
          list(p = 100 * coef(m), v = (100 * SE(m))^2, f = degf(design))
        }
        a <- shares(first); b <- shares(second); v <- a$v + b$v
        t <- (b$p - a$p) / sqrt(v); df <- v^2 / (a$v^2 / a$f + b$v^2 / b$f)
        p <- 2 * pt(-abs(t), df)
        said <- list(first = a$p, second = b$p, t = t, df = df, p = p,
                     holds = p.adjust(p, "BH") <= 0.05)
    """
    answers = ("water", "roads", "heating")
    tables = [
        tabulate(
            frame(wave, problem=single(*answers)), "problem", [], inference="design",
            design=make_design(len(wave["point"]), clusters=wave["point"]),
        )
        for wave in (FIRST, SECOND)
    ]  # fmt: skip
    waves = [Sample(name, Text(), table) for name, table in zip("12", tables, strict=True)]
    found = side_by_side(waves, in_time=True)
    v, f = found.se**2, np.array([3, 4])
    t = (found.percent[:, 1] - found.percent[:, 0]) / np.sqrt(v.sum(axis=1))
    df = v.sum(axis=1) ** 2 / (v**2 / f).sum(axis=1)
    p = p_values(t, df)
    holds = benjamini_hochberg(p, level=0.05)
    assert found.versus_previous[:, 1].tolist() == (np.sign(t) * holds).tolist()
    gives(
        """
        problem | first | second |       t |   df |       p | holds | higher than first
        water   | 26.00 |  38.00 |  5.1962 | 6.05 | 0.00197 | yes   | A
        roads   | 39.50 |  27.60 | -4.1364 | 4.17 | 0.01320 | yes   | -
        heating | 34.50 |  34.40 | -0.0469 | 6.82 | 0.96392 | no    | -
        """,
        first=found.percent[:, 0],
        second=found.percent[:, 1],
        t=t,
        df=df,
        p=p,
        holds=holds,
        higher_than_first=[found.letters(row, 1) for row in range(3)],
        r=said(first=FIRST, second=SECOND),
    )
