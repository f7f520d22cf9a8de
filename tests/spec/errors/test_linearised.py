"""With `u` the influence of a row on the estimate, `z` the sum of `w·u` over a cluster, and `n_h`
clusters in stratum h:

    v = Σ_h  n_h/(n_h − 1) · Σ_i (z_hi − z̄_h)²

This is Taylor linearisation with a first stage drawn with replacement [Binder 1983], [Wolter 2007],
chapter 6. For a total `u = y`, for a ratio `u = (y − p·x) / Σwx`; means and percentages are ratios.
Two estimates have the covariance `Σ_h n_h/(n_h − 1) Σ_i (z_hi − z̄_h)(z'_hi − z̄'_h)`.
"""

from tyndau.estimation import make_design, mean, ratio, total

from ..text_tables import gives, refusal, rows

TITLE = {
    "en": "Weights, strata and clusters",
    "ru": "Веса, страты и кластеры",
    "kk": "Салмақтар, страталар және кластерлер",
}

PEOPLE = rows("""
    stratum | point | weight | score | minutes | trips
    centre  | c1    |     10 |     5 |      20 |     2
    centre  | c1    |     12 |     4 |      15 |     1
    centre  | c2    |     10 |     2 |      60 |     3
    centre  | c2    |      8 |     3 |      45 |     2
    centre  | c3    |     10 |     4 |      30 |     2
    centre  | c3    |     15 |     5 |      10 |     1
    edge    | e1    |     20 |     1 |      90 |     2
    edge    | e1    |     25 |     2 |      80 |     2
    edge    | e2    |     20 |     3 |      50 |     1
    edge    | e2    |     20 |     1 |      70 |     4
""")


def test_totals_means_and_ratios(said) -> None:
    """Totals, means and ratios

    **deff** is the design effect: the variance by that of a simple random sample with replacement
    of as many people.

    R::

        design <- svydesign(~point, strata = ~stratum, weights = ~weight, data = data)
        t <- svytotal(~trips, design, deff = "replace")
        m <- svymean(~score, design, deff = "replace")
        r <- svyratio(~minutes, ~trips, design, deff = "replace")
        said <- list(estimate = c(coef(t), coef(m), coef(r)), se = c(SE(t), SE(m), SE(r)),
                     deff = c(deff(t), deff(m), deff(r)), df = rep(degf(design), 3))
    """
    design = make_design(
        10, weights=PEOPLE["weight"], strata=PEOPLE["stratum"], clusters=PEOPLE["point"]
    )
    found = [
        total(design, PEOPLE["trips"]),
        mean(design, PEOPLE["score"]),
        ratio(design, PEOPLE["minutes"], PEOPLE["trips"]),
    ]
    gives(
        """
        what             | estimate |      se |   deff | df
        total of trips   |  303.000 | 16.2173 | 0.1152 |  3
        mean score       |   2.7133 |  0.3576 | 0.5667 |  3
        minutes by trips |  26.3696 |  5.5366 | 1.5595 |  3
        """,
        estimate=[one.values[0] for one in found],
        se=[one.se[0] for one in found],
        deff=[one.design_effects[0] for one in found],
        df=[one.degrees[0] for one in found],
        r=said(data=PEOPLE),
    )


def test_what_is_left_out_matters(said) -> None:
    """What clusters and strata do to an error

    The same ten people: answers from one point resemble each other, and the two strata differ.

    R::

        se <- function(...) SE(svymean(~score, svydesign(..., weights = ~weight, data = data)))
        said <- list(se = c(se(~1), se(~1, strata = ~stratum), se(~point),
                            se(~point, strata = ~stratum)))
    """
    weights = PEOPLE["weight"]
    strata, points = PEOPLE["stratum"], PEOPLE["point"]
    designs = [
        make_design(10, weights=weights),
        make_design(10, weights=weights, strata=strata),
        make_design(10, weights=weights, clusters=points),
        make_design(10, weights=weights, strata=strata, clusters=points),
    ]
    gives(
        """
        design                       |     se
        weights alone                | 0.4898
        weights and strata           | 0.3479
        weights and clusters         | 0.6344
        weights, strata and clusters | 0.3576
        """,
        se=[mean(design, PEOPLE["score"]).se[0] for design in designs],
        r=said(data=PEOPLE),
    )


def test_a_cluster_in_two_strata() -> None:
    """A cluster in two strata is refused

    The data cannot tell two things apart: numbers that begin again in every stratum, which is
    harmless (`nest=True` says so), and strata that cut clusters (territory of residence beside
    points, say), where counting the parts as clusters of their own gives errors that are too small.
    In the data of a study join stratum and cluster into one code in the first case.
    """
    strata = ["north", "north", "south", "south"]
    refused = refusal(make_design, 4, strata=strata, clusters=[1, 2, 1, 2])
    nested = make_design(4, strata=strata, clusters=[1, 2, 1, 2], nest=True)
    gives(
        """
        identifiers | error                           | df
        as they are | table.cluster-in-several-strata |  -
        nested      | -                               |  2
        """,
        error=[refused, ""],
        df=[None, nested.degrees()],
    )
