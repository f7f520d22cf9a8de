"""By which measure calibrated weights stay near those they came from: linear, raking, logit.

In: the linear predictor u of a row. Out: the factor F(u) of its weight and the slope F'(u). A
distance is a pair of such functions; a new one is a class with the two and a line in `DISTANCES`.
"""

from typing import Literal, Protocol

import numpy as np

from tyndau.weighting.adjustment import Floats

Distance = Literal["linear", "raking", "logit"]
Bounds = tuple[float, float]


class _Distance(Protocol):
    def factor(self, predictor: Floats, bounds: Bounds) -> Floats:
        """Return F(u)."""
        ...

    def slope(self, predictor: Floats, bounds: Bounds) -> Floats:
        """Return F'(u)."""
        ...


class _Linear:
    """F(u) = 1 + u, cut at the bounds (Deville and Särndal 1992, cases 1 and 7)."""

    def factor(self, predictor: Floats, bounds: Bounds) -> Floats:
        return np.clip(1 + predictor, *bounds)

    def slope(self, predictor: Floats, bounds: Bounds) -> Floats:
        inside = (predictor + 1 > bounds[0]) & (predictor + 1 < bounds[1])
        return inside.astype(np.float64)


class _Raking:
    """F(u) = exp(u), cut at the bounds (case 2)."""

    def factor(self, predictor: Floats, bounds: Bounds) -> Floats:
        return np.clip(np.exp(predictor), *bounds)

    def slope(self, predictor: Floats, bounds: Bounds) -> Floats:
        factor = np.exp(predictor)
        return np.where((factor > bounds[0]) & (factor < bounds[1]), factor, 0.0)


class _Logit:
    """A logistic curve between the bounds L and U (case 6)."""

    def factor(self, predictor: Floats, bounds: Bounds) -> Floats:
        low, high = bounds
        grown = self._grown(predictor, bounds)
        return (low * (high - 1) + high * (1 - low) * grown) / (high - 1 + (1 - low) * grown)

    def slope(self, predictor: Floats, bounds: Bounds) -> Floats:
        factor = self.factor(predictor, bounds)
        low, high = bounds
        return (factor - low) * (high - factor) / ((1 - low) * (high - 1))

    @staticmethod
    def _grown(predictor: Floats, bounds: Bounds) -> Floats:
        low, high = bounds
        steepness = (high - low) / ((high - 1) * (1 - low))
        return np.exp(np.clip(steepness * predictor, -700, 700))


DISTANCES: dict[Distance, _Distance] = {
    "linear": _Linear(), "raking": _Raking(), "logit": _Logit(),
}  # fmt: skip
