"""A subgroup keeps the design of the whole sample: clusters in which nobody belongs to it count
with z = 0. To leave the other rows out before the design is made would give another error, a wrong
one.

Degrees of freedom of a domain are its clusters less its strata, among records with a weight above
0. With less than one there is no standard error, interval or test: a single cluster tells nothing
of its own error. (R prints an error of about 0 there.)
"""

import numpy as np

from tyndau.estimation import difference, make_design, mean

from ..text_tables import gives, rows

TITLE = {
    "en": "Domains: columns, routed questions",
    "ru": "Подгруппы: столбцы и вопросы с переходами",
    "kk": "Кіші топтар: бағандар мен өту шарты бар сұрақтар",
}

PEOPLE = rows("""
    stratum | point | weight | sex    | score
    centre  | c1    |      2 | female |     4
    centre  | c1    |      1 | male   |     3
    centre  | c2    |      2 | male   |     2
    centre  | c2    |      2 | male   |     5
    centre  | c3    |      1 | female |     5
    centre  | c3    |      1 | female |     3
    edge    | e1    |      3 | female |     1
    edge    | e1    |      3 | male   |     2
    edge    | e2    |      2 | female |     2
    edge    | e2    |      4 | male   |     1
    edge    | e3    |      3 | male   |     3
""")


def test_a_subgroup_keeps_the_design(said) -> None:
    """Women live at four of the six points

    R::

        design <- svydesign(~point, strata = ~stratum, weights = ~weight, data = data)
        women <- subset(design, sex == "female")
        m <- svymean(~score, women)
        low <- confint(m, df = degf(women))[1]; high <- confint(m, df = degf(women))[2]
        said <- list(mean = coef(m), se = SE(m), df = degf(women), low = low, high = high)
    """
    design = make_design(
        11, weights=PEOPLE["weight"], strata=PEOPLE["stratum"], clusters=PEOPLE["point"]
    )
    women = mean(design, PEOPLE["score"], domain=PEOPLE["sex"] == "female")
    low, high = women.interval(0.95)
    gives(
        """
        domain |   mean |     se | df |    low |   high
        women  | 2.5556 | 0.5684 |  2 | 0.1098 | 5.0013
        """,
        mean=women.values,
        se=women.se,
        df=women.degrees,
        low=low,
        high=high,
        r=said(data=PEOPLE),
    )


def test_domains_that_share_points(said) -> None:
    """The difference of two domains that share points

    Women and men answer at the same points, so that their means are not independent: the variance
    of the difference is `v₁ + v₂ − 2c`, with the covariance c. Degrees of freedom are those of both
    together.

    R::

        design <- svydesign(~point, strata = ~stratum, weights = ~weight, data = data)
        by <- svyby(~score, ~sex, design, svymean, covmat = TRUE)
        d <- svycontrast(by, c(female = 1, male = -1))
        said <- list(difference = coef(d), se = SE(d), covariance = vcov(by)[1, 2],
                     df = degf(design))
    """
    design = make_design(
        11, weights=PEOPLE["weight"], strata=PEOPLE["stratum"], clusters=PEOPLE["point"]
    )
    both = mean(design, PEOPLE["score"], by=PEOPLE["sex"])
    female, male = PEOPLE["sex"] == "female", PEOPLE["sex"] == "male"
    found = difference(design, female, male, PEOPLE["score"])
    gives(
        """
        women less men | difference |     se | covariance | df
        score          |     0.1556 | 0.8429 |    -0.0634 |  4
        """,
        difference=found.values,
        se=found.se,
        covariance=[both.covariance[0, 1]],
        df=found.degrees,
        r=said(data=PEOPLE),
    )


def test_one_cluster_has_no_error() -> None:
    """One cluster tells nothing of its own error

    All who know the new clinic were met at one point.
    """
    design = make_design(6, clusters=[1, 1, 2, 2, 3, 3])
    knows = np.array([True, True, False, False, False, False])
    found = mean(design, [4, 2, 5, 3, 1, 2], domain=knows)
    low, high = found.interval(0.95)
    gives(
        """
        domain          | mean | df | low | high
        know the clinic |  3.0 |  0 |   - |    -
        """,
        mean=found.values,
        df=found.degrees,
        low=low,
        high=high,
    )
