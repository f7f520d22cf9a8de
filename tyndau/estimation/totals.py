"""Totals, ratios, means and proportions in domains, with every covariance between them.

In: a design and columns of values over all its rows. Out: `Estimates`. All four are totals or
ratios of totals of w u; a domain is a value of 0 outside it, so that the rest of the sample still
counts in the variance. Values that are NaN leave their row out of the domain.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tyndau.estimation.design import Design
from tyndau.estimation.estimates import Estimates
from tyndau.estimation.intervals import korn_graubard, logit_interval, t_interval, wilson

Floats = NDArray[np.float64]
Inside = NDArray[np.bool_]
IntervalMethod = Literal["korn_graubard", "logit", "wald", "wilson"]


def total(
    design: Design,
    values: ArrayLike,
    *,
    domain: ArrayLike | None = None,
    by: ArrayLike | None = None,
) -> Estimates:
    """Estimate totals of the whole population.

    Parameters
    ----------
    design : Design
        The design of n rows; weights count people of the population.
    values : array_like of float, shape (n,) or (n, p)
        What is summed; NaN leaves a row out.
    domain : array_like of bool, shape (n,), optional
        Rows that count; all by default.
    by : array_like, shape (n,), optional
        Groups, each a domain of its own; in the order of their sorted labels.

    Returns
    -------
    Estimates
        p totals, or p for each group, group by group.

    Raises
    ------
    UserError
        ``table.single-cluster`` and its like where a stratum allows no error.

    Notes
    -----
    R ``survey::svytotal``, and with ``by`` ``svyby(..., svytotal, covmat = TRUE)``.
    """
    return _estimate(design, _parts(len(design), values, None, domain, by), of_total=True)


def ratio(
    design: Design,
    numerator: ArrayLike,
    denominator: ArrayLike,
    *,
    domain: ArrayLike | None = None,
    by: ArrayLike | None = None,
) -> Estimates:
    """Estimate ratios of totals.

    Parameters
    ----------
    design : Design
        The design of n rows.
    numerator, denominator : array_like of float, shape (n,) or (n, p)
        What is summed above and below the line; NaN in either leaves a row out.
    domain, by : array_like, optional
        As in `total`.

    Returns
    -------
    Estimates
        p ratios, or p for each group.

    Raises
    ------
    UserError
        As `total`.

    Notes
    -----
    R ``survey::svyratio``.

    References
    ----------
    Binder (1983), On the variances of asymptotically normal estimators from complex surveys.
    International Statistical Review 51, 279-292.
    """
    return _estimate(design, _parts(len(design), numerator, denominator, domain, by))


def mean(
    design: Design,
    values: ArrayLike,
    *,
    domain: ArrayLike | None = None,
    by: ArrayLike | None = None,
) -> Estimates:
    """Estimate means.

    Parameters
    ----------
    design : Design
        The design of n rows.
    values : array_like of float, shape (n,) or (n, p)
        The values; NaN leaves a row out.
    domain, by : array_like, optional
        As in `total`.

    Returns
    -------
    Estimates
        p means, or p for each group.

    Raises
    ------
    UserError
        As `total`.

    Notes
    -----
    R ``survey::svymean``, and with ``by`` ``svyby(..., svymean, covmat = TRUE)``.
    """
    ones = np.ones((len(design), 1))
    return _estimate(design, _parts(len(design), values, ones, domain, by))


@dataclass(frozen=True, slots=True, eq=False)
class Proportions:
    """Proportions with their intervals.

    Attributes
    ----------
    estimates : Estimates
        k proportions, 0 to 1.
    low, high : ndarray of float, shape (k,)
        Confidence limits.
    method : {"korn_graubard", "logit", "wald", "wilson"}
        How they were found.
    level : float
        Confidence level.
    """

    estimates: Estimates
    low: Floats
    high: Floats
    method: IntervalMethod
    level: float


def proportion(
    design: Design,
    indicator: ArrayLike,
    *,
    domain: ArrayLike | None = None,
    by: ArrayLike | None = None,
    method: IntervalMethod = "korn_graubard",
    level: float = 0.95,
) -> Proportions:
    """Estimate proportions with intervals made for them.

    Parameters
    ----------
    design : Design
        The design of n rows.
    indicator : array_like of bool or float, shape (n,) or (n, p)
        1 where a row counts, else 0; NaN leaves it out.
    domain, by : array_like, optional
        As in `total`.
    method : {"korn_graubard", "logit", "wald", "wilson"}, default "korn_graubard"
        The interval; Korn and Graubard's holds for small shares and few clusters.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    Proportions
        The proportions, 0 to 1, with their limits.

    Raises
    ------
    UserError
        As `total`.

    Notes
    -----
    R ``survey::svyciprop`` with ``"beta"``, ``"xlogit"``, ``"mean"``; Wilson's interval at the
    effective size has no function in version 4.1.
    """
    found = mean(design, indicator, domain=domain, by=by)
    variance, degrees = found.se**2, found.degrees
    if method == "wald":
        low, high = t_interval(found.values, found.se, degrees=degrees, level=level)
    elif method == "logit":
        low, high = logit_interval(found.values, variance, degrees=degrees, level=level)
    else:
        interval = korn_graubard if method == "korn_graubard" else wilson
        low, high = interval(
            found.values, variance, base=found.counts.astype(float),
            effective_base=found.effective, degrees=degrees, level=level,
        )  # fmt: skip
    return Proportions(found, low, high, method, level)


def difference(design: Design, first: ArrayLike, second: ArrayLike, values: ArrayLike) -> Estimates:
    """Estimate the difference of the means of two domains, which may share rows and clusters.

    Parameters
    ----------
    design : Design
        The design of n rows.
    first, second : array_like of bool, shape (n,)
        The two domains.
    values : array_like of float, shape (n,)
        The values; NaN leaves a row out.

    Returns
    -------
    Estimates
        The one difference, first less second, with the degrees of freedom of both together.

    Raises
    ------
    UserError
        As `total`.

    Notes
    -----
    R ``svycontrast`` on ``svyby(..., covmat = TRUE)``, ``degf`` of the union.
    """
    one, two = (np.asarray(domain, dtype=bool) for domain in (first, second))
    given = _columns(values, len(design))
    known = ~np.isnan(given[:, 0])
    inside = np.column_stack([one & known, two & known])
    part = _Part(np.where(inside, given, 0.0), inside.astype(float), inside, ("first", "second"))
    found = _estimate(design, part).contrast([1, -1], ["difference"])
    together = design.degrees((one | two) & known)
    return replace(found, degrees=np.array([float(together)]))


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """Columns y, columns x or none, and domains, each of shape (n, k)."""

    y: Floats
    x: Floats | None
    inside: Inside
    labels: tuple[str, ...]


def _columns(values: ArrayLike, rows: int) -> Floats:
    given = np.asarray(values, dtype=np.float64)
    if given.ndim == 1:
        given = given[:, None]
    if given.ndim != 2 or len(given) != rows:
        raise ValueError(f"values have shape {given.shape}, expected ({rows}, p)")
    return given


def _parts(
    rows: int,
    above: ArrayLike,
    below: ArrayLike | None,
    domain: ArrayLike | None,
    by: ArrayLike | None,
) -> _Part:
    """Lay out what is summed, a column for each value and group."""
    y = _columns(above, rows)
    x = None if below is None else np.broadcast_to(_columns(below, rows), y.shape)
    known = ~np.isnan(y) if x is None else ~np.isnan(y) & ~np.isnan(x)
    if domain is not None:
        known = known & np.asarray(domain, dtype=bool)[:, None]
    groups, names = _groups(by, rows)
    inside = np.concatenate([known & group[:, None] for group in groups], axis=1)

    def within(values: Floats) -> Floats:
        return np.where(inside, np.tile(values, (1, len(groups))), 0.0)

    width = y.shape[1]
    labels = tuple(
        " ".join(part for part in (name, str(number + 1) if width > 1 else "") if part)
        for name in names
        for number in range(width)
    )
    return _Part(within(y), None if x is None else within(x), inside, labels)


def _groups(by: ArrayLike | None, rows: int) -> tuple[list[Inside], Sequence[str]]:
    if by is None:
        return [np.ones(rows, dtype=bool)], ("",)
    labels, number = np.unique(np.asarray(by), return_inverse=True)
    return [number == one for one in range(len(labels))], [str(label) for label in labels]


def _estimate(design: Design, part: _Part, *, of_total: bool = False) -> Estimates:
    design.require_errors()
    w = design.weights
    counts = part.inside.sum(axis=0)
    bases = part.inside.T @ w
    squares = part.inside.T @ w**2
    with np.errstate(divide="ignore", invalid="ignore"):
        values, influences = _influences(w, part)
        replicated = None
        if design.replicates is not None:
            given = design.replicates.weights.T
            above = given @ part.y
            replicated = above if part.x is None else above / (given @ part.x)
        covariance = design.covariance(influences, replicated)
        effective = np.where(squares > 0, bases**2 / squares, 0.0)
        simple = _simple_variance(w, part, values, of_total=of_total)
        effects = np.diagonal(covariance) / simple
    degrees = np.array([design.degrees(inside) for inside in part.inside.T], dtype=np.float64)
    return Estimates(
        values, covariance, degrees, counts, bases, effective, effects, part.labels,
        "linearised" if design.replicates is None else "replicates",
    )  # fmt: skip


def _influences(w: Floats, part: _Part) -> tuple[Floats, Floats]:
    above = w @ part.y
    if part.x is None:
        return above, w[:, None] * part.y
    below = w @ part.x
    below = np.where(below != 0, below, np.nan)
    values = above / below
    return values, w[:, None] * (part.y - values * part.x) / below


def _simple_variance(w: Floats, part: _Part, values: Floats, *, of_total: bool) -> Floats:
    """Return what the variance would be in a simple random sample with replacement.

    R ``survey::svymean(deff = "replace")`` and its like: the weighted variance of the values (for
    a ratio, of their residuals), by the number of rows with a weight.
    """
    weight = np.where(part.inside, w[:, None], 0.0)
    rows = (weight > 0).sum(axis=0)
    mass = weight.sum(axis=0)
    u = part.y if of_total or part.x is None else part.y - values * part.x
    centre = (weight * u).sum(axis=0) / mass
    spread = (weight * (u - centre) ** 2).sum(axis=0) / mass * rows / (rows - 1)
    if part.x is None:
        return np.asarray(spread * mass**2 / rows)
    below = (w[:, None] * part.x).sum(axis=0)
    return np.asarray(spread * (mass / below) ** 2 / rows)
