"""Calibration [Deville and Särndal 1992] brings weights `v = d·F(x'λ)` to the totals `Σ v·x = T` of
any variables, numbers too, and keeps them near what they were, d, by one of three distances:

| distance | F(u) | bounds L, U |
|---|---|---|
| `linear` | 1 + u | may cut |
| `raking` | exp u | may cut; without them the weights are those of raking |
| `logit` | a logistic curve from L to U, F(0) = 1 | needed, around 1 |

Linear weights without bounds may be negative. Bounds that cannot be kept are an error that names
the total farthest from its figure. λ is found by Newton's method. R 4.1 holds the wrong number
against the lower bound of `raking`; here both bounds work.
"""

import numpy as np

from tyndau.weighting import calibrate

from ..text_tables import gives, refusal, rows

TITLE = {"en": "Calibration", "ru": "Калибровка", "kk": "Калибрлеу"}

PEOPLE = rows("""
    weight | female | income
       100 |      1 |     80
       100 |      1 |    120
       100 |      0 |    150
       150 |      0 |    100
       100 |      1 |    200
       150 |      0 |    250
       100 |      1 |     90
       100 |      0 |    130
""")


def test_three_distances(said) -> None:
    """Three distances, with bounds and without

    1,000 people, 460 of them women, with incomes of 148,000 in all. The factors of the second stay
    between 0.9 and 1.25, where one of them ends.

    R::

        design <- svydesign(~1, weights = ~weight, data = data)
        of <- function(how, bounds) {
          weights(calibrate(design, ~female + income, c(1000, 460, 148000), calfun = how,
                            bounds = bounds, epsilon = 1e-12, maxit = 500))
        }
        said <- list(linear = of("linear", c(-Inf, Inf)), bounded = of("linear", c(0.9, 1.25)),
                     raking = of("raking", c(-Inf, Inf)), logit = of("logit", c(0.8, 1.4)))
    """
    x = np.column_stack([np.ones(8), PEOPLE["female"], PEOPLE["income"]])
    weights, totals = PEOPLE["weight"], [1000, 460, 148_000]
    linear = calibrate(weights, x, totals, distance="linear")
    bounded = calibrate(weights, x, totals, distance="linear", bounds=(0.9, 1.25))
    raking = calibrate(weights, x, totals, distance="raking")
    logit = calibrate(weights, x, totals, distance="logit", bounds=(0.8, 1.4))
    gives(
        """
        income | before |  linear | bounded |  raking |   logit
            80 |    100 | 107.700 | 108.510 | 107.541 | 107.703
           120 |    100 | 114.571 | 116.086 | 114.267 | 115.136
           150 |    100 | 106.111 | 105.917 | 105.753 | 106.001
           100 |    150 | 146.283 | 144.669 | 147.046 | 146.158
           200 |    100 | 128.312 | 125.000 | 129.007 | 127.591
           250 |    150 | 184.932 | 187.286 | 184.608 | 185.438
            90 |    100 | 109.417 | 110.404 | 109.185 | 109.570
           130 |    100 | 102.675 | 102.128 | 102.594 | 102.402
        """,
        income=PEOPLE["income"],
        before=weights,
        linear=linear.weights,
        bounded=bounded.weights,
        raking=raking.weights,
        logit=logit.weights,
        r=said(data=PEOPLE),
    )


def test_bounds_that_cannot_be_kept() -> None:
    """Bounds that cannot be kept"""
    x = np.column_stack([np.ones(8), PEOPLE["female"], PEOPLE["income"]])
    narrow = refusal(calibrate, PEOPLE["weight"], x, [1000, 460, 148_000], bounds=(0.99, 1.01))
    gives(
        """
        bounds       | error
        0.99 to 1.01 | table.calibration-unreached
        """,
        error=[narrow],
    )
