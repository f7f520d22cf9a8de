"""A quantile is the smallest value up to which at least the wanted share of people lies. Its
interval is that of [Woodruff 1952]: the share of people up to the quantile has an interval like any
other share, and the limits are the quantiles at the limits of that share. No density is needed.

    p̂ = share of people up to q̂,   p̂ ± t_df · se(p̂)   →   Q(low), Q(high)
    se(q̂) = (Q(high) − Q(low)) / (2 t_df)
"""

from tyndau.estimation import make_design, quantile

from ..text_tables import gives, rows

TITLE = {
    "en": "Medians and other quantiles",
    "ru": "Медианы и другие квантили",
    "kk": "Медианалар және басқа квантильдер",
}

PEOPLE = rows("""
    point | weight | income
    1     |    1.0 |    110
    1     |    1.5 |    150
    2     |    1.0 |     95
    2     |    1.0 |    210
    3     |    1.0 |    180
    3     |    2.0 |    140
    4     |    1.5 |    130
    4     |    1.0 |    170
    5     |    1.0 |    120
    5     |    1.0 |    300
    6     |    1.0 |    160
    6     |    1.0 |    190
    7     |    1.0 |    145
    7     |    2.0 |    155
    8     |    1.0 |    205
    8     |    1.5 |    115
""")


def test_median_and_quartile(said) -> None:
    """The median and a quartile

    R::

        design <- svydesign(~point, weights = ~weight, data = data)
        q <- svyquantile(~income, design, c(0.25, 0.5), interval.type = "mean", qrule = "math",
                         df = degf(design))$income
        said <- list(value = q[, "quantile"], low = q[, "ci.2.5"], high = q[, "ci.97.5"],
                     se = q[, "se"])
    """
    design = make_design(16, weights=PEOPLE["weight"], clusters=PEOPLE["point"])
    found = quantile(design, PEOPLE["income"], [0.25, 0.5])
    gives(
        """
        share | value | low | high |     se
         0.25 |   130 | 110 |  155 | 9.5153
         0.50 |   150 | 140 |  180 | 8.4580
        """,
        share=found.shares,
        value=found.values,
        low=found.low,
        high=found.high,
        se=found.se,
        r=said(data=PEOPLE),
    )
