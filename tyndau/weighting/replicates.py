"""ReplicateFactors: the sample drawn again from itself, to see how estimates vary.

In: the stratum of each cluster. Out: `ReplicateFactors`, by which factor each cluster's weights are
multiplied in each replicate, with the scales of the variance. The variance of an estimate t is
``scale * sum(rscales * (t_r - mean)^2)``. Replicates of calibrated weights are made of the weights
before, and calibrated each for itself by `recalibrated`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tyndau.weighting import problems
from tyndau.weighting.adjustment import Adjustment, Floats, checked_weights

Kind = Literal["JK1", "JKn", "bootstrap", "subbootstrap"]

# Factors are held whole: a gigabyte.
_MOST_FACTORS = 1 << 27


@dataclass(frozen=True, slots=True, eq=False)
class ReplicateFactors:
    """R replicates of G clusters.

    Attributes
    ----------
    kind : str
        ``JK1``, ``JKn``, ``bootstrap`` or ``subbootstrap``.
    factors : ndarray of float, shape (R, G)
        By what a cluster's weights are multiplied; ``factors[:, cluster]`` gives those of rows.
    scale : float
        Factor of the whole sum of squares.
    rscales : ndarray of float, shape (R,)
        Factor of each square.
    seed : int or None
        Where chance began; None where there is none in it.
    """

    kind: Kind
    factors: Floats
    scale: float
    rscales: Floats
    seed: int | None = None


def jackknife(cluster_stratum: ArrayLike) -> ReplicateFactors:
    """Make the replicates in each of which one cluster is left out.

    Parameters
    ----------
    cluster_stratum : array_like of int, shape (G,)
        Each cluster's stratum, 0 to H - 1; all 0 where there are none.

    Returns
    -------
    ReplicateFactors
        ``JK1`` where there is one stratum, else ``JKn``; replicate r leaves out cluster r.

    Raises
    ------
    UserError
        If a stratum holds a single cluster, or there are too many clusters.

    Notes
    -----
    R ``survey::as.svrepdesign(type = "JK1")`` and ``"JKn"`` without ``fpc``.

    References
    ----------
    Wolter, K. M. (2007). *Introduction to Variance Estimation*, 2nd ed., chapter 4.
    """
    stratum, sizes = _strata(cluster_stratum)
    clusters = len(stratum)
    _require_room(clusters, clusters)
    same = stratum[:, None] == stratum
    own = sizes[stratum].astype(np.float64)
    factors = np.where(same, (own / (own - 1))[:, None], 1.0)
    np.fill_diagonal(factors, 0.0)
    if len(sizes) == 1:
        return ReplicateFactors("JK1", factors, (clusters - 1) / clusters, np.ones(clusters))
    return ReplicateFactors("JKn", factors, 1.0, (own - 1) / own)


def bootstrap(
    cluster_stratum: ArrayLike,
    *,
    replicates: int,
    seed: int,
    kind: Literal["bootstrap", "subbootstrap"] = "subbootstrap",
) -> ReplicateFactors:
    """Make replicates by drawing clusters again within each stratum, with replacement.

    Parameters
    ----------
    cluster_stratum : array_like of int, shape (G,)
        Each cluster's stratum, 0 to H - 1; all 0 where there are none.
    replicates : int
        How many, 2 or more.
    seed : int
        Where chance begins; the same gives the same replicates.
    kind : {"subbootstrap", "bootstrap"}
        Rao and Wu: one cluster fewer than the stratum has is drawn; or Canty and Davison: as many
        as it has, the scale corrected by the harmonic mean of the strata's sizes.

    Returns
    -------
    ReplicateFactors
        The replicates.

    Raises
    ------
    UserError
        If a stratum holds a single cluster, or there are too many replicates.
    ValueError
        If fewer than two replicates are asked for.

    Notes
    -----
    R ``survey::as.svrepdesign(type = "bootstrap")`` and ``"subbootstrap"`` without ``fpc``: the
    same law, scale and scales; another generator of chance.

    References
    ----------
    Canty, A. J., Davison, A. C. (1999). Resampling-based variance estimation for labour force
    surveys. *The Statistician* 48, 379-391.
    Rao, J. N. K., Wu, C. F. J. (1988). Resampling inference with complex survey data. *JASA* 83,
    231-241.
    """
    if replicates < 2:
        raise ValueError("a bootstrap needs two replicates or more")
    stratum, sizes = _strata(cluster_stratum)
    _require_room(replicates, len(stratum))
    random = np.random.default_rng(seed)
    factors = np.zeros((replicates, len(stratum)))
    for one, size in enumerate(sizes.tolist()):
        drawn = size - (kind == "subbootstrap")
        times = _times(random, replicates, size, drawn)
        factors[:, stratum == one] = times * (size / drawn)
    scale = 1 / (replicates - 1)
    if kind == "bootstrap":
        harmonic = 1 / np.mean(1 / sizes)
        scale *= float(harmonic / (harmonic - 1))
    return ReplicateFactors(kind, factors, scale, np.ones(replicates), seed)


def recalibrated(
    replicates: ReplicateFactors,
    cluster: ArrayLike,
    weights: ArrayLike,
    again: Callable[[Floats], Adjustment],
) -> Floats:
    """Calibrate each replicate as the whole sample was.

    Parameters
    ----------
    replicates : ReplicateFactors
        The replicates.
    cluster : array_like of int, shape (n,)
        Each row's cluster, 0 to G - 1.
    weights : array_like of float, shape (n,)
        The weights before calibration, 0 or more.
    again : callable
        The step: takes weights, gives an `Adjustment`, such as ``lambda w: rake(w, margins)``.

    Returns
    -------
    ndarray of float, shape (n, R)
        Whole weights (not factors) of each replicate, as `tyndau.estimation.Replicates` has them.

    Raises
    ------
    UserError
        What the step raises: a replicate may have nobody in a small category.

    Notes
    -----
    R ``survey::postStratify``, ``rake`` and ``calibrate`` on a ``svyrep.design``; these are its
    ``weights(design, "analysis")``.
    """
    weight = checked_weights(weights)
    rows = np.asarray(cluster, dtype=np.intp)
    result = np.empty((len(replicates.factors), len(weight)))
    for number, factors in enumerate(replicates.factors):
        result[number] = again(weight * factors[rows]).weights
    return result.T


def _times(
    random: np.random.Generator, replicates: int, size: int, drawn: int
) -> NDArray[np.integer]:
    """Draw from a stratum and count how often each of its clusters came, in each replicate."""
    chosen = random.integers(0, size, size=(replicates, drawn))
    place = chosen + size * np.arange(replicates)[:, None]
    return np.bincount(place.ravel(), minlength=replicates * size).reshape(replicates, size)


def _strata(cluster_stratum: ArrayLike) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    stratum = np.asarray(cluster_stratum, dtype=np.intp)
    sizes = np.bincount(stratum)
    lonely = np.flatnonzero(sizes == 1)
    if len(lonely):
        raise problems.SINGLE_CLUSTER.error(strata=lonely.tolist())
    return stratum, sizes


def _require_room(replicates: int, clusters: int) -> None:
    if replicates * clusters > _MOST_FACTORS:
        raise problems.MANY_REPLICATES.error(replicates=replicates, clusters=clusters)
