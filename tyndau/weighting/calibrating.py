"""Calibration: weights brought to known totals of any variables, by three distances, with bounds.

In: weights, values of the calibration variables, their totals. Out: an `Adjustment` with its
`Calibration`. Rows that share their values share a factor, so that the work is done on cells. The
equations are solved by Newton's method with halved steps.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from tyndau.base.errors import UserError
from tyndau.base.languages import Number
from tyndau.weighting import problems
from tyndau.weighting.adjustment import Adjustment, Floats, checked_weights, summed
from tyndau.weighting.calibration import Calibration
from tyndau.weighting.distances import DISTANCES, Bounds, Distance
from tyndau.weighting.margins import Margin, collapse, indicators, require_people

UNBOUNDED: Bounds = (-np.inf, np.inf)
TOLERANCE = 1e-10
MOST_ITERATIONS = 100
_HALVINGS = 12
# What a step of the equations takes for rounding, as R `MASS::ginv` is called in `survey::grake`.
_RANK = 256 * np.finfo(float).eps


def calibrate(
    weights: ArrayLike,
    auxiliary: ArrayLike,
    totals: ArrayLike,
    *,
    cell: ArrayLike | None = None,
    distance: Distance = "linear",
    bounds: Bounds = UNBOUNDED,
    names: Sequence[str] = (),
) -> Adjustment:
    """Bring weights to the totals of variables.

    Parameters
    ----------
    weights : array_like of float, shape (n,)
        0 or more.
    auxiliary : array_like of float, shape (q, k)
        Values of the k variables, by row or by cell; columns may depend on each other.
    totals : array_like of float, shape (k,)
        Their totals in the population.
    cell : array_like of int, shape (n,), optional
        Each row's cell; without it each row is its own (q = n).
    distance : {"linear", "raking", "logit"}
        What keeps the weights near those they came from.
    bounds : tuple of float, optional
        The smallest and the largest factor of a weight; ``logit`` needs both, around 1.
    names : sequence of str, optional
        Names of the variables, for messages.

    Returns
    -------
    Adjustment
        The weights; without bounds, linear ones may be negative.

    Raises
    ------
    UserError
        If weights are wrong, logit has no bounds around 1, or the totals cannot be reached.

    Notes
    -----
    R ``survey::calibrate`` with ``calfun`` and ``bounds``; docs/weighting.md says where R differs.

    References
    ----------
    Deville, Särndal (1992), Calibration estimators in survey sampling. *JASA* 87, 376-382, (2.5).
    """
    _require_bounds(distance, bounds)
    weight = checked_weights(weights)
    values, wanted = (np.asarray(one, dtype=np.float64) for one in (auxiliary, totals))
    index = np.arange(len(weight)) if cell is None else np.asarray(cell, dtype=np.intp)
    sums = summed(index, weight, len(values))
    factors, path = _solved(sums, values, wanted, distance, bounds)
    if path[-1] > TOLERANCE:
        raise _unreached((sums * factors) @ values, wanted, names, bounds, len(path))
    adjusted = weight * factors[index]
    said = [bound if np.isfinite(bound) else None for bound in bounds]
    options = {"variables": list(names), "bounds": said, "tolerance": TOLERANCE}
    kept = Calibration(adjusted, weight, index, values)
    return Adjustment(f"calibrate_{distance}", len(weight), adjusted, kept, options, tuple(path))


def _solved(
    sums: Floats, values: Floats, totals: Floats, distance: Distance, bounds: Bounds
) -> tuple[Floats, list[float]]:
    """Solve the equations with variables brought to one size, so that none drowns in rounding."""
    size = np.abs(values).max(axis=0, initial=0.0)
    size = np.where(size > 0, size, 1.0)
    solver = _Solver(sums, values / size, totals / size, distance, bounds)
    return solver.solve((1 + np.abs(totals)) / size)


def _unreached(
    got: Floats, wanted: Floats, names: Sequence[str], bounds: Bounds, iterations: int
) -> UserError:
    """Name the total that is farthest."""
    worst = int((np.abs(got - wanted) / (1 + np.abs(wanted))).argmax())
    return problems.UNREACHED.error(
        iterations=iterations,
        total=names[worst] if names else str(worst),
        got=Number(float(got[worst])),
        wanted=Number(float(wanted[worst])),
        lower=f"{bounds[0]:g}",
        upper=f"{bounds[1]:g}",
    )


def calibrate_margins(
    weights: ArrayLike,
    margins: Sequence[Margin],
    *,
    distance: Distance = "linear",
    bounds: Bounds = UNBOUNDED,
) -> Adjustment:
    """Bring weights to the totals of margins, by any distance.

    Parameters
    ----------
    weights : array_like of float, shape (n,)
        0 or more.
    margins : sequence of Margin
        At least one; partial ones may be among them.
    distance : {"linear", "raking", "logit"}
        As in `calibrate`.
    bounds : tuple of float, optional
        As in `calibrate`.

    Returns
    -------
    Adjustment
        The weights.

    Raises
    ------
    UserError
        As `calibrate`, or if a category with people has nobody in the sample.

    Notes
    -----
    R ``survey::calibrate(~ a + b, ...)`` on factors. With ``raking`` and no bounds the weights are
    those of `tyndau.weighting.rake`; the metric of the calibration differs, as in R.

    References
    ----------
    Deville, Särndal (1992), see `calibrate`.
    """
    weight = checked_weights(weights)
    cells = collapse(margins)
    sums = summed(cells.index, weight, len(cells.codes))
    counts = np.bincount(cells.index, minlength=len(cells.codes))
    require_people(margins, cells, sums, counts)
    auxiliary, totals, names = indicators(cells, margins)
    return calibrate(
        weight, auxiliary, totals, cell=cells.index, distance=distance, bounds=bounds, names=names
    )


def _require_bounds(distance: Distance, bounds: Bounds) -> None:
    low, high = bounds
    if distance == "logit" and not (np.isfinite(bounds).all() and low < 1 < high):
        raise problems.LOGIT_BOUNDS.error(bounds=[f"{low:g}", f"{high:g}"])


class _Solver:
    """The calibration equations of q cells and k variables."""

    def __init__(
        self, sums: Floats, values: Floats, totals: Floats, distance: Distance, bounds: Bounds
    ) -> None:
        self.sums = sums
        self.values = values
        self.totals = totals
        self.distance = DISTANCES[distance]
        self.bounds = bounds

    def misfit(self, factors: Floats) -> Floats:
        """Return what is wanting to each total."""
        wanting: Floats = np.subtract(self.totals, (self.sums * factors) @ self.values)
        return wanting

    def solve(self, scale: Floats) -> tuple[Floats, list[float]]:
        """Return the factors of the cells and the distance after each step."""
        coefficients = np.zeros(self.values.shape[1])
        predictor = np.zeros(len(self.values))
        factors = self.distance.factor(predictor, self.bounds)
        path: list[float] = []
        for _ in range(MOST_ITERATIONS):
            slope = self.sums * self.distance.slope(predictor, self.bounds)
            matrix = self.values.T @ (self.values * slope[:, None])
            step = np.linalg.pinv(matrix, rcond=_RANK, hermitian=True) @ self.misfit(factors)
            coefficients = self._stepped(coefficients, step, factors, scale)
            predictor = self.values @ coefficients
            factors = self._factors(predictor)
            path.append(self._distance(factors, scale))
            if path[-1] <= TOLERANCE:
                break
        return factors, path

    def _factors(self, predictor: Floats) -> Floats:
        with np.errstate(over="ignore"):
            return self.distance.factor(predictor, self.bounds)

    def _distance(self, factors: Floats, scale: Floats) -> float:
        return float(np.max(np.abs(self.misfit(factors)) / scale, initial=0.0))

    def _stepped(
        self, coefficients: Floats, step: Floats, factors: Floats, scale: Floats
    ) -> Floats:
        """Take the whole step or, where that leads away or into the infinite, a part of it."""
        before = self._distance(factors, scale)
        fallback = coefficients
        for halving in range(_HALVINGS):
            trial: Floats = coefficients + step / 2**halving
            reached = self._factors(self.values @ trial)
            if not np.isfinite(reached).all():
                continue
            if self._distance(reached, scale) < before:
                return trial
            if fallback is coefficients:
                fallback = trial
        return fallback
