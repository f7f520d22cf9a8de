"""Replicates draw the sample again from itself: the estimate is made with each set of weights, and
its variance is

    v = scale · Σ_r rscale_r (t_r − t̄)²

The jackknife leaves out one cluster at a time and lets the others of its stratum stand in, by
`n_h/(n_h − 1)`; JK1 without strata (scale (G − 1)/G), JKn with them (rscale (n_h − 1)/n_h) [Wolter
2007], chapter 4. The bootstrap draws n_h − 1 clusters of each stratum with replacement [Rao and Wu
1988]; its seed is stored with it. Weights that were calibrated are calibrated again in each
replicate (`recalibrated`). A design with replicates has all its variances from them, and the rank
of their weights less 1 as degrees of freedom.
"""

import numpy as np

from tyndau.estimation import Replicates, make_design, mean
from tyndau.weighting import bootstrap, jackknife, make_margin, post_stratify, recalibrated

from ..text_tables import gives, places, rows

TITLE = {"en": "Replicate weights", "ru": "Репликационные веса", "kk": "Репликалық салмақтар"}

PEOPLE = rows("""
    stratum | point | sex    | weight | score | points
    0       |     0 | female |     10 |     4 |     12
    0       |     0 | male   |     10 |     2 |     12
    0       |     1 | female |     12 |     5 |     12
    0       |     1 | male   |     12 |     3 |     12
    0       |     2 | female |     10 |     3 |     12
    0       |     2 | male   |     10 |     3 |     12
    1       |     3 | female |     20 |     2 |      5
    1       |     3 | male   |     20 |     1 |      5
    1       |     4 | female |     25 |     4 |      5
    1       |     4 | male   |     25 |     1 |      5
""")
POINTS_IN_STRATA = [0, 0, 0, 1, 1]


def test_jackknife(said) -> None:
    """The jackknife, plain, of a finite population and post-stratified again in each replicate

    R::

        design <- svydesign(~point, strata = ~stratum, weights = ~weight, data = data)
        plain <- as.svrepdesign(design, type = "JKn", mse = FALSE)
        finite <- as.svrepdesign(
          svydesign(~point, strata = ~stratum, weights = ~weight, fpc = ~points, data = data),
          type = "JKn", mse = FALSE)
        post <- postStratify(plain, ~sex, data.frame(sex = c("female", "male"), Freq = c(80, 74)))
        all <- lapply(list(design, plain, finite, post), function(d) svymean(~score, d))
        said <- list(mean = sapply(all, coef), se = sapply(all, function(m) SE(m)[1]),
                     df = sapply(list(design, plain, finite, post), degf))
    """
    weights, point = PEOPLE["weight"], PEOPLE["point"]
    design = make_design(10, weights=weights, strata=PEOPLE["stratum"], clusters=point)
    made = jackknife(POINTS_IN_STRATA)
    plain = design.resampled(made)
    finite = make_design(
        10, weights=weights, strata=PEOPLE["stratum"], clusters=point, population=PEOPLE["points"]
    ).resampled(made)
    sex = make_margin("sex", places(PEOPLE["sex"], "female", "male"), [80, 74])
    done = post_stratify(weights, sex)
    again = recalibrated(made, point, weights, lambda some: post_stratify(some, sex))
    post = design.calibrated(done.calibration).replicated(
        Replicates(again, made.scale, made.rscales)
    )
    found = [mean(one, PEOPLE["score"]) for one in (design, plain, finite, post)]
    gives(
        """
        variance                   |    mean |      se | df
        linearised                 | 2.60390 | 0.30266 |  3
        jackknife                  | 2.60390 | 0.30502 |  3
        jackknife, finite          | 2.60390 | 0.24512 |  3
        jackknife, post-stratified | 2.63906 | 0.31630 |  3
        """,
        mean=[one.values[0] for one in found],
        se=[one.se[0] for one in found],
        df=[one.degrees[0] for one in found],
        r=said(data=PEOPLE),
    )


def test_bootstrap(said) -> None:
    """Two bootstraps of the five points

    By Rao and Wu two points of the first stratum are drawn, and one of the second; a point that
    came k times counts `k·n_h/(n_h − 1)`. The other kind [Canty and Davison 1999] draws as many as
    there are, and mends the scale by the harmonic mean of the strata's sizes. R draws by the same
    law with another generator of chance.

    R::

        design <- svydesign(~point, strata = ~stratum, weights = ~weight, data = data)
        set.seed(1)
        of <- function(type) as.svrepdesign(design, type = type, replicates = 200)
        made <- list(of("subbootstrap"), of("bootstrap"))
        most <- sapply(made, function(d) max(weights(d, type = "replication")[1:6, ]))
        said <- list(scale = sapply(made, function(d) d$scale), most = most)
    """
    kinds = ("subbootstrap", "bootstrap")
    made = [bootstrap(POINTS_IN_STRATA, replicates=200, seed=1, kind=kind) for kind in kinds]
    first = [np.unique(one.factors[:, :3]) for one in made]
    gives(
        """
        kind         |      scale | factors in the first stratum | most
        subbootstrap | 0.00502513 | 0.0 1.5 3.0                  |  3.0
        bootstrap    | 0.00861450 | 0.0 1.0 2.0 3.0              |  3.0
        """,
        scale=[one.scale for one in made],
        factors_in_the_first_stratum=[" ".join(f"{one:.1f}" for one in some) for some in first],
        most=[some.max() for some in first],
        r=said(data=PEOPLE),
    )
