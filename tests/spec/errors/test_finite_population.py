"""Where a large part of all clusters was drawn, less is left to chance. With N_h clusters in a
stratum, n_h of them drawn, its part of the variance counts by `1 − n_h/N_h`, as in stratified
samples without replacement [Cochran 1977]. A population is given as a number or, where no value is
above 1, as the part that was drawn.
"""

import numpy as np

from tyndau.estimation import make_design, mean, total

from ..text_tables import gives, refusal, rows

TITLE = {
    "en": "Finite populations",
    "ru": "Конечные совокупности",
    "kk": "Ақырлы бас жиынтықтар",
}

NGOS = rows("""
    size  | staff | all | weight
    large |    40 |   6 |      2
    large |    25 |   6 |      2
    large |    31 |   6 |      2
    small |     3 |  20 |      5
    small |     6 |  20 |      5
    small |     2 |  20 |      5
    small |     5 |  20 |      5
""")


def test_most_were_asked(said) -> None:
    """Three of six large organisations were asked, four of twenty small ones

    R::

        design <- svydesign(~1, strata = ~size, fpc = ~all, weights = ~weight, data = data)
        endless <- svydesign(~1, strata = ~size, weights = ~weight, data = data)
        of <- function(f) c(f(svytotal(~staff, design)), f(svytotal(~staff, endless)))
        said <- list(total = of(coef), se = of(SE))
    """
    given = {"weights": NGOS["weight"], "strata": NGOS["size"]}
    finite = total(make_design(7, **given, population=NGOS["all"]), NGOS["staff"])
    endless = total(make_design(7, **given), NGOS["staff"])
    gives(
        """
        population |  total |      se
        finite     | 272.00 | 24.6712
        endless    | 272.00 | 31.8957
        """,
        total=[finite.values[0], endless.values[0]],
        se=[finite.se[0], endless.se[0]],
        r=said(data=NGOS),
    )


def test_who_asked_everybody_errs_by_nothing() -> None:
    """Who asked everybody errs by nothing; who asked more than there are has made a mistake"""
    everybody = mean(make_design(4, population=np.full(4, 4)), [1, 2, 3, 4])
    refused = refusal(make_design, 4, population=np.full(4, 3))
    gives(
        """
        drawn of |  se | error
        4 of 4   | 0.0 | -
        4 of 3   |   - | table.population-small
        """,
        se=[everybody.se[0], None],
        error=["", refused],
    )
