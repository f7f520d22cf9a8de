"""Each column is compared with its complement: all others in the table's base. A total that holds
the column would be compared with itself in part. Degrees of freedom are those of the side that has
fewer: what a few points say is known no better because all the others stand beside them.
"""

from tyndau.base.languages import Text
from tyndau.estimation import make_design, p_values
from tyndau.study.standards import Thresholds
from tyndau.tabulation.tabulate import comparisons

from ..text_tables import frame, gives, number, rows, single

TITLE = {"en": "Against the rest", "ru": "Против остальных", "kk": "Қалғандарымен салыстыру"}

PEOPLE = rows("""
    point | kind      | weight | minutes
    1     | flat      |      1 |      20
    1     | flat      |      1 |      30
    1     | house     |      2 |      35
    2     | flat      |      1 |      15
    2     | house     |      1 |      45
    2     | dormitory |      1 |      25
    3     | flat      |      2 |      30
    3     | house     |      1 |      60
    3     | house     |      1 |      40
    4     | flat      |      1 |      20
    4     | dormitory |      1 |      25
    4     | house     |      1 |      70
    5     | flat      |      1 |      10
    5     | dormitory |      2 |      30
    5     | house     |      1 |      55
""")


def test_mean_against_the_mean_of_the_rest(said) -> None:
    """Minutes to work, by kind of dwelling

    The threshold is lowered here for the sake of a short table.

    R::

        design <- svydesign(~point, weights = ~weight, data = data)
        against <- function(one) {
          by <- svyby(~minutes, ~I(kind == one), design, svymean, covmat = TRUE)
          d <- svycontrast(by, c(-1, 1))
          t <- coef(d) / SE(d)
          df <- min(degf(subset(design, kind == one)), degf(subset(design, kind != one)))
          c(coef(by)[2], coef(by)[1], SE(d), t, df, 2 * pt(-abs(t), df))
        }
        all <- sapply(c("flat", "house", "dormitory"), against)
        said <- list(mean = all[1, ], rest = all[2, ], se = all[3, ], t = all[4, ], df = all[5, ],
                     p = all[6, ])
    """
    kinds = ("flat", "house", "dormitory")
    tests, _ = comparisons(
        frame(PEOPLE, minutes=number(), kind=single(*kinds)),
        "minutes",
        [("kind", Text())],
        design=make_design(15, weights=PEOPLE["weight"], clusters=PEOPLE["point"]),
        thresholds=Thresholds(hide_below=2),
    )
    found, rest = tests.rest(), tests.found.rest().value[1:, 0] + tests.rows.origin
    t, df = found.statistic[1:, 0], found.degrees[1:, 0]
    gives(
        """
        column    |   mean |   rest |     se |       t | df |      p
        flat      | 22.143 | 40.909 | 3.0119 | -6.2308 |  4 | 0.0034
        house     | 48.571 | 24.091 | 6.0554 |  4.0428 |  4 | 0.0156
        dormitory | 27.500 | 35.357 | 3.6881 | -2.1304 |  2 | 0.1669
        """,
        mean=tests.found.value[1:, 0] + tests.rows.origin,
        rest=rest,
        se=found.variance[1:, 0] ** 0.5,
        t=t,
        df=df,
        p=p_values(t, df),
        r=said(data=PEOPLE),
    )
