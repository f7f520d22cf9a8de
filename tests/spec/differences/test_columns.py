"""Two columns are compared by Student's t, two-sided, of `d = p₁ − p₂`, with

    v(d) = Σ_h n_h/(n_h − 1) Σ_i (d_i − d̄_h)²        d_i = z₁ − z₂ by cluster

so that the covariance of columns that share clusters, or people (a multiple response as a banner),
is in it. Degrees of freedom are those of both columns together.
"""

from tyndau.base.languages import Text
from tyndau.estimation import make_design, p_values
from tyndau.study.standards import Thresholds
from tyndau.tabulation.tabulate import comparisons

from ..text_tables import counted, frame, gives, multiple, number, rows, single

TITLE = {
    "en": "Column against column",
    "ru": "Столбец против столбца",
    "kk": "Бағанды бағанмен салыстыру",
}

PEOPLE = counted(
    """
    point | age    | yes | no
    1     | young  |   8 |  4
    1     | middle |   6 |  6
    1     | old    |   3 |  7
    2     | young  |   9 |  1
    2     | middle |   7 |  5
    2     | old    |   6 |  4
    3     | young  |   5 |  5
    3     | middle |   5 |  7
    3     | old    |   3 |  9
    4     | young  |   7 |  5
    4     | middle |   4 |  8
    4     | old    |   2 |  8
    """,
    "answer",
    "yes",
    "no",
)


def test_columns_that_share_points(said) -> None:
    """Three columns, three pairs

    R::

        design <- svydesign(~point, weights = ~1, data = data)
        by <- svyby(~I(1 * (answer == "yes")), ~age, design, svymean, covmat = TRUE)
        pair <- function(a, b) {
          d <- svycontrast(by, setNames(list(setNames(c(1, -1), c(a, b))), "d"))
          t <- coef(d) / SE(d); df <- degf(subset(design, age %in% c(a, b)))
          c(100 * coef(d), 100 * SE(d), t, df, 2 * pt(-abs(t), df))
        }
        all <- cbind(pair("young", "middle"), pair("young", "old"), pair("middle", "old"))
        said <- list(difference = all[1, ], se = all[2, ], t = all[3, ], df = all[4, ],
                     p = all[5, ])
    """
    ages = ("young", "middle", "old")
    tests, layout = comparisons(
        frame(PEOPLE, answer=single("yes", "no"), age=single(*ages)),
        "answer",
        [("age", Text())],
        design=make_design(len(PEOPLE["age"]), clusters=PEOPLE["point"]),
        thresholds=Thresholds(hide_below=30),
    )
    pairs = tests.pairs(layout.spans)
    t, variance, df = pairs.statistic[0], pairs.variance[0], pairs.degrees[0]
    gives(
        """
        pair             | difference |    se |       t | df |      p
        young and middle |     20.076 | 4.316 |  4.6520 |  3 | 0.0187
        young and old    |     32.576 | 2.454 | 13.2728 |  3 | 0.0009
        middle and old   |     12.500 | 4.555 |  2.7443 |  3 | 0.0711
        """,
        difference=100 * t * variance**0.5,
        se=100 * variance**0.5,
        t=t,
        df=df,
        p=p_values(t, df),
        r=said(data=PEOPLE),
    )


READERS = rows("""
    point | media  | weight | trust
    1     | tv     |      1 |     2
    1     | tv net |      1 |     4
    1     | net    |      2 |     5
    2     | tv     |      2 |     1
    2     | tv net |      1 |     3
    2     | tv net |      1 |     2
    3     | net    |      1 |     4
    3     | tv     |      1 |     3
    3     | net    |      2 |     3
    4     | tv net |      1 |     5
    4     | tv     |      1 |     2
    4     | net    |      1 |     5
    5     | tv     |      2 |     3
    5     | tv net |      1 |     3
""")


def test_columns_that_share_people(said) -> None:
    """Columns that share people

    Five people watch television and read the net: they stand in both columns and cannot differ from
    themselves. In R both means are ratios with their covariance.

    R::

        data <- transform(data, tv = 1 * grepl("tv", media), net = 1 * grepl("net", media))
        design <- svydesign(~point, weights = ~weight, data = data)
        both <- svyratio(~I(trust * net) + I(trust * tv), ~net + tv, design, covmat = TRUE)
        r <- diag(both$ratio); V <- vcov(both)[c(1, 4), c(1, 4)]
        t <- (r[2] - r[1]) / sqrt(V[1, 1] + V[2, 2] - 2 * V[1, 2])
        said <- list(t = t, df = degf(design), p = 2 * pt(-abs(t), degf(design)))
    """
    tests, layout = comparisons(
        frame(READERS, trust=number(), media=multiple("tv", "net")),
        "trust",
        [("media", Text())],
        design=make_design(14, weights=READERS["weight"], clusters=READERS["point"]),
        thresholds=Thresholds(hide_below=2),
    )
    pairs = tests.pairs(layout.spans)
    gives(
        """
        pair       |       t | df |      p
        tv and net | -3.4046 |  4 | 0.0272
        """,
        t=pairs.statistic[0],
        df=pairs.degrees[0],
        p=p_values(pairs.statistic[0], pairs.degrees[0]),
        r=said(data=READERS),
    )
