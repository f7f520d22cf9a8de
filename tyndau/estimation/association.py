"""Tests of a whole: whether two questions go together, whether two groups have one mean.

In: a design and columns over all its rows. Out: frozen results with statistic, degrees of freedom
and p value. Many comparisons of a table's cells are another matter
(`tyndau.estimation.comparisons`).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import chi2, f, t

from tyndau.estimation.design import Design
from tyndau.estimation.totals import difference, mean

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class RaoScott:
    """A chi-square test of two questions, corrected for the design.

    Attributes
    ----------
    statistic : float
        Pearson's X^2 of the weighted table, by the trace of the design effects.
    numerator, denominator : float
        Degrees of freedom of the F distribution, seldom whole.
    p_value : float
        Probability of such a table where the two questions have nothing to do with each other.
    mean_effect : float
        Mean design effect of the table.
    first_order : float
        p value of X^2 by its mean design effect, as a chi-square.
    rows, columns, count : int
        Size of the table, and rows of data in it.
    method : str
        ``Rao-Scott, second order``.
    """

    statistic: float
    numerator: float
    denominator: float
    p_value: float
    mean_effect: float
    first_order: float
    rows: int
    columns: int
    count: int
    method: str = "Rao-Scott, second order"


def chi_square(
    design: Design, first: ArrayLike, second: ArrayLike, *, domain: ArrayLike | None = None
) -> RaoScott:
    """Test whether two questions go together.

    Parameters
    ----------
    design : Design
        The design of n rows.
    first, second : array_like, shape (n,)
        Codes of their answers; NaN, None and an empty text leave a row out.
    domain : array_like of bool, shape (n,), optional
        Rows that count; all by default.

    Returns
    -------
    RaoScott
        The test; NaN where either question has one answer only.

    Raises
    ------
    UserError
        Where a stratum allows no error.

    Notes
    -----
    R ``survey::svychisq(statistic = "F")`` and, for ``first_order``, ``"Chisq"``. In a domain of a
    calibrated design that function counts the clusters of the whole sample; here, as in any other
    design, it is those of the domain.

    References
    ----------
    Rao and Scott (1984), On chi-squared tests for multiway contingency tables with cell proportions
    estimated from survey data. Annals of Statistics 12, 46-60; Thomas and Rao (1987), JASA 82,
    630-636, on the F distribution.
    """
    one, two = np.asarray(first), np.asarray(second)
    inside = _known(one) & _known(two)
    if domain is not None:
        inside &= np.asarray(domain, dtype=bool)
    # An answer that only people of weight 0 gave is none of the table.
    cells, r, c = _cells(one, two, inside & (design.weights > 0))
    found = mean(design, cells)
    share = found.values.reshape(r, c)
    expected = np.outer(share.sum(axis=1), share.sum(axis=0))
    count = int(inside.sum())
    if min(r, c) < 2:
        nan = float("nan")
        return RaoScott(nan, nan, nan, nan, nan, nan, r, c, count)
    with np.errstate(divide="ignore", invalid="ignore"):
        x2 = count * float(np.nansum((share - expected) ** 2 / expected))
    effects = design_effects(found.values, found.covariance * count, r, c)
    trace = float(np.trace(effects))
    numerator = trace**2 / float(np.sum(effects * effects.T))
    denominator = numerator * _degrees(design, inside)
    freedom = (r - 1) * (c - 1)
    return RaoScott(
        x2 / trace, numerator, denominator, float(f.sf(x2 / trace, numerator, denominator)),
        trace / freedom, float(chi2.sf(x2 * freedom / trace, freedom)), r, c, count,
    )  # fmt: skip


def _known(codes: NDArray[Any]) -> NDArray[np.bool_]:
    """Tell which rows have an answer: no NaN, None or empty text."""
    known = np.ones(len(codes), dtype=bool)
    if codes.dtype.kind == "f":
        known &= ~np.isnan(codes)
    elif codes.dtype.kind == "O":
        known &= [one is not None and one == one and one != "" for one in codes]
    elif codes.dtype.kind in "US":
        known &= codes != ""
    return known


def _cells(
    first: NDArray[Any], second: NDArray[Any], inside: NDArray[np.bool_]
) -> tuple[Floats, int, int]:
    """Return who stands in which cell, row by row, NaN outside; and the size of the table."""
    # Texts beside None are objects, which have no order.
    kinds = [codes.astype(str) if codes.dtype.kind == "O" else codes for codes in (first, second)]
    rows, row = np.unique(kinds[0][inside], return_inverse=True)
    columns, column = np.unique(kinds[1][inside], return_inverse=True)
    size = len(rows) * len(columns)
    number = np.full(len(inside), -1)
    number[inside] = row * len(columns) + column
    cells = np.where(inside[:, None], number[:, None] == np.arange(size), np.nan)
    return cells, len(rows), len(columns)


def design_effects(share: Floats, covariance: Floats, rows: int, columns: int) -> Floats:
    """Return the design effects of a table's interactions.

    Parameters
    ----------
    share : ndarray of float, shape (rows * columns,)
        Shares of cells, row by row, adding up to 1.
    covariance : ndarray of float, shape (rows * columns, rows * columns)
        Their covariance by the number of people.
    rows, columns : int
        Size of the table, 2 or more each.

    Returns
    -------
    ndarray of float, shape (d, d)
        With d = (rows - 1)(columns - 1); the identity in a simple random sample.

    References
    ----------
    Rao and Scott (1984), formula 3.4.
    """
    left, right = np.eye(rows)[:, 1:] - 1 / rows, np.eye(columns)[:, 1:] - 1 / columns
    contrasts = np.kron(left, right)
    inverse = np.divide(1.0, share, out=np.zeros_like(share), where=share > 0)
    scaled = inverse[:, None] * contrasts
    plain = contrasts.T @ scaled
    answer: Floats = np.linalg.solve(plain, scaled.T @ covariance @ scaled)
    return answer


def _degrees(design: Design, inside: NDArray[np.bool_]) -> int:
    """Return clusters less strata among rows, those with weight 0 included."""
    if design.replicates is not None:
        return design.degrees(inside)
    clusters = np.flatnonzero(np.bincount(design.first.cluster[inside]))
    return len(clusters) - len(np.unique(design.first.stratum[clusters]))


@dataclass(frozen=True, slots=True)
class TTest:
    """A t test on the degrees of freedom of the design.

    Attributes
    ----------
    estimate : float
        The mean, or the difference of two means.
    se : float
        Its standard error.
    statistic : float
        The estimate, less what it is held against, by its standard error.
    degrees : float
        Degrees of freedom.
    p_value : float
        Two-sided.
    low, high : float
        Confidence limits of the estimate.
    level : float
        Confidence level.
    count : int
        Rows of data that entered.
    method : str
        ``one sample`` or ``two samples``.
    """

    estimate: float
    se: float
    statistic: float
    degrees: float
    p_value: float
    low: float
    high: float
    level: float
    count: int
    method: str


def t_test(
    design: Design,
    values: ArrayLike,
    *,
    groups: tuple[ArrayLike, ArrayLike] | None = None,
    against: float = 0.0,
    domain: ArrayLike | None = None,
    level: float = 0.95,
) -> TTest:
    """Test a mean against a number, or the means of two groups against each other.

    Parameters
    ----------
    design : Design
        The design of n rows.
    values : array_like of float, shape (n,)
        The values; NaN leaves a row out.
    groups : tuple of array_like of bool, shape (n,), optional
        The two groups; the first less the second is tested.
    against : float, default 0
        What the mean or the difference is held against.
    domain : array_like of bool, shape (n,), optional
        Rows that count; all by default.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    TTest
        The test, with clusters less strata less 1 as degrees of freedom.

    Raises
    ------
    UserError
        Where a stratum allows no error.

    Notes
    -----
    R ``survey::svyttest``, which takes one degree less than the design has.
    """
    given = np.asarray(values, dtype=np.float64)
    inside = ~np.isnan(given)
    if domain is not None:
        inside &= np.asarray(domain, dtype=bool)
    if groups is None:
        found = mean(design, given, domain=inside)
    else:
        one, two = (np.asarray(group, dtype=bool) & inside for group in groups)
        inside = one | two
        found = difference(design, one, two, given)
    degrees = float(design.degrees(inside) - 1)
    estimate, se = float(found.values[0]), float(found.se[0])
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = float(np.divide(estimate - against, se))
    half = float(t.ppf((1 + level) / 2, degrees)) * se
    return TTest(
        estimate, se, statistic, degrees, 2 * float(t.sf(abs(statistic), degrees)),
        estimate - half, estimate + half, level, int(inside.sum()),
        "one sample" if groups is None else "two samples",
    )  # fmt: skip
