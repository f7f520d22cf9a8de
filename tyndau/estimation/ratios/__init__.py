"""Ratios of weighted totals in domains, with their linearised variances and covariances.

A proportion, a mean on scores, a mean of a number, in any domain, are all ratios of sums of w
times u, where u is the row's value in a *slot* (1 where it gave that answer, else 0; or a
number). In: `Moments`, the sums of slots by cluster (by stratum where rows are the clusters) and
column, however an engine came by them, and `Measures`, which says which slots make the ratios.
Out: `Ratios`: values, variances, covariances between columns, degrees of freedom. Influences z =
w(y - p x) / sum(w x) are summed by cluster; clusters with nobody in the domain enter as zeros.

A new estimator is a new `Measures`; a new kind of design is a new subclass of `Ratios`.
"""

from tyndau.estimation.design import Design
from tyndau.estimation.ratios.clusters import ClusterRatios, ReplicateRatios
from tyndau.estimation.ratios.model import Explained, Floats, Measures, Moments, Ratios, Shared
from tyndau.estimation.ratios.rows import RowRatios

__all__ = ["Explained", "Floats", "Measures", "Moments", "Ratios", "Shared", "ratios"]

_KINDS: dict[str, type[ClusterRatios] | type[ReplicateRatios] | type[RowRatios]] = {
    "clusters": ClusterRatios,
    "replicates": ReplicateRatios,
    "strata": RowRatios,
}


def ratios(design: Design, moments: Moments, measures: Measures) -> Ratios:
    """Return the ratios of a design.

    Parameters
    ----------
    design : Design
        The sample's design.
    moments : Moments
        Sums by cluster, or by stratum where rows are the clusters.
    measures : Measures
        Which ratios.

    Returns
    -------
    Ratios
        Values, variances, covariances, degrees of freedom.

    Notes
    -----
    R ``survey::svyratio``, and ``svymean`` on ``subset(design, ...)``.

    References
    ----------
    Binder (1983), On the variances of asymptotically normal estimators from complex surveys.
    International Statistical Review 51, 279-292.
    """
    return _KINDS[design.summed](design, moments, measures)
