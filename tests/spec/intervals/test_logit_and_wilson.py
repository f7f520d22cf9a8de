"""Two other intervals can be asked for. **Logit** is Student's interval on the scale of log odds, with
`L = log(p/(1 − p))`:

    L ± t_df · se / (p(1 − p))        and back: 1/(1 + exp(−L))

It has no limits for a share of 0 or 1. **Wilson**'s [Wilson 1927] is the score interval at
`n = p(1 − p)/v` with Student's t for z, as [Dean and Pagano 2015] compare it:

    (p + t²/2n ± t √( p(1 − p)/n + t²/4n² )) / (1 + t²/n)

Survey 4.1 has no function for it; the program is the formula.
"""

from tyndau.estimation import make_design, proportion

from ..text_tables import gives, rows

TITLE = {
    "en": "Percentages: logit, Wilson, Wald",
    "ru": "Проценты: логит, Уилсон, Вальд",
    "kk": "Пайыздар: логит, Уилсон, Вальд",
}

POINTS = rows(
    """
    point | satisfied | people
    1     |         1 |      6
    1     |         0 |      2
    2     |         1 |      7
    2     |         0 |      1
    3     |         1 |      4
    3     |         0 |      4
    4     |         1 |      8
    5     |         1 |      5
    5     |         0 |      3
    """,
    repeat="people",
)


def test_four_intervals(said) -> None:
    """Four intervals of one share

    R::

        design <- svydesign(~point, weights = ~1, data = data)
        of <- function(m) confint(svyciprop(~satisfied, design, method = m, df = degf(design)))
        p <- mean(data$satisfied); t <- qt(0.975, degf(design))
        n <- p * (1 - p) / SE(svymean(~satisfied, design))[1]^2
        half <- t * sqrt(p * (1 - p) / n + t^2 / (4 * n^2))
        wilson <- (p + t^2 / (2 * n) + c(-half, half)) / (1 + t^2 / n)
        limits <- cbind(of("beta"), of("xlogit"), wilson, of("mean"))
        said <- list(low = limits[1, ], high = limits[2, ])
    """
    design = make_design(40, clusters=POINTS["point"])
    methods = ("korn_graubard", "logit", "wilson", "wald")
    found = [proportion(design, POINTS["satisfied"], method=one) for one in methods]
    gives(
        """
        method | share | low | high
        korn_graubard | ?.?? | ?.????? | ?.?????
        logit | ?.?? | ?.????? | ?.?????
        wilson | ?.?? | ?.????? | ?.?????
        wald | ?.?? | ?.????? | ?.?????
        """,
        share=[one.estimates.values[0] for one in found],
        low=[one.low[0] for one in found],
        high=[one.high[0] for one in found],
        r=said(data=POINTS),
    )
