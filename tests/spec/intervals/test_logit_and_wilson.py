"""Two other intervals can be asked for. **Logit** is Student's interval on the scale of log odds,
with `L = log(p/(1 − p))`:

    L ± t_df · se / (p(1 − p))        and back: 1/(1 + exp(−L))

It has no limits for a share of 0 or 1. **Wilson**'s [Wilson 1927] is the score interval at `n = p(1
− p)/v` with Student's t for z, as [Dean and Pagano 2015] compare it:

    (p + t²/2n ± t √( p(1 − p)/n + t²/4n² )) / (1 + t²/n)

Survey 4.1 has no function for it; the program is the formula.
"""

from tyndau.estimation import make_design, proportion

from ..text_tables import counted, gives

TITLE = {
    "en": "Percentages: logit, Wilson, Wald",
    "ru": "Проценты: логит, Уилсон, Вальд",
    "kk": "Пайыздар: логит, Уилсон, Вальд",
}

PEOPLE = counted(
    """
    point | yes | no
    1     |   6 |  2
    2     |   7 |  1
    3     |   4 |  4
    4     |   8 |  0
    5     |   5 |  3
    """,
    "satisfied",
    "yes",
    "no",
)


def test_four_intervals(said) -> None:
    """Four intervals of one share

    R::

        data$y <- as.numeric(data$satisfied == "yes")
        design <- svydesign(~point, weights = ~1, data = data)
        of <- function(m) c(confint(svyciprop(~y, design, method = m, df = degf(design))))
        p <- mean(data$y); t <- qt(0.975, degf(design))
        n <- p * (1 - p) / SE(svymean(~y, design))[1]^2
        half <- t * sqrt(p * (1 - p) / n + t^2 / (4 * n^2))
        wilson <- (p + t^2 / (2 * n) + c(-half, half)) / (1 + t^2 / n)
        limits <- cbind(of("beta"), of("xlogit"), wilson, of("mean"))
        said <- list(low = limits[1, ], high = limits[2, ])
    """
    design = make_design(40, clusters=PEOPLE["point"])
    methods = ("korn_graubard", "logit", "wilson", "wald")
    found = [proportion(design, PEOPLE["satisfied"] == "yes", method=one) for one in methods]
    gives(
        """
        method        | share |     low |    high
        korn_graubard |  0.75 | 0.43867 | 0.94150
        logit         |  0.75 | 0.44764 | 0.91739
        wilson        |  0.75 | 0.46724 | 0.91121
        wald          |  0.75 | 0.50459 | 0.99541
        """,
        share=[one.estimates.values[0] for one in found],
        low=[one.low[0] for one in found],
        high=[one.high[0] for one in found],
        r=said(data=PEOPLE),
    )
