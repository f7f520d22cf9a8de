"""Means, totals and ratios have the interval of Student's t:

    m ± t_df · se

with the 0.975 quantile of t on the degrees of freedom of the domain. A normal quantile would be too
small where points are few: at 5 points it is 1.96 where Student's is 2.78.
"""

from tyndau.estimation import make_design, mean

from ..text_tables import gives, rows

TITLE = {"en": "Means", "ru": "Средние", "kk": "Орташа мәндер"}

PEOPLE = rows("""
    point | minutes
    1     |      20
    1     |      35
    2     |      50
    2     |      45
    3     |      25
    3     |      15
    4     |      60
    4     |      40
    5     |      30
    5     |      30
""")


def test_five_points(said) -> None:
    """Ten people at five points

    R::

        design <- svydesign(~point, weights = ~1, data = data)
        m <- svymean(~minutes, design)
        limits <- sapply(c(0.95, 0.90), function(l) confint(m, level = l, df = degf(design)))
        said <- list(mean = rep(coef(m), 2), se = rep(SE(m), 2), low = limits[1, ],
                     high = limits[2, ])
    """
    found = mean(make_design(10, clusters=PEOPLE["point"]), PEOPLE["minutes"])
    (low, high), (low_90, high_90) = found.interval(0.95), found.interval(0.90)
    gives(
        """
        level | mean |      se |    low |   high
        95 %  | 35.0 | 5.86302 | 18.722 | 51.278
        90 %  | 35.0 | 5.86302 | 22.501 | 47.499
        """,
        mean=[found.values[0], found.values[0]],
        se=[found.se[0], found.se[0]],
        low=[low[0], low_90[0]],
        high=[high[0], high_90[0]],
        r=said(data=PEOPLE),
    )
