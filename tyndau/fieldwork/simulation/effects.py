"""The latent part of an answer that its territory, point and interviewer share.

In: the ground, a seed, the name of an item. Out: for each respondent the sum of these parts, whose
variances are those of the assumptions. An item's effects depend on seed and name alone, so that
they are the same in every round of contacts. Territories' effects are brought to mean 0 and
variance 1 over the interviews, since a dozen draws would not give the variance that is declared.
"""

import zlib

import numpy as np
from numpy.typing import NDArray

from tyndau.fieldwork.simulation.assumptions import Assumptions
from tyndau.fieldwork.simulation.ground import Ground

# How much of a group's effect the items of one battery have in common.
_COMMON = 0.5


def generator(seed: int, *names: str) -> np.random.Generator:
    """Return the source of chance of a name.

    Parameters
    ----------
    seed : int
        Of the simulation, 0 or more.
    *names : str
        What it is for.

    Returns
    -------
    numpy.random.Generator
        The same for the same seed and names.
    """
    return np.random.default_rng([seed, *(zlib.crc32(name.encode()) for name in names)])


class Effects:
    """The effects of groups on items.

    Parameters
    ----------
    ground : Ground
        Territories, points, interviewers.
    assumptions : Assumptions
        Their shares of the variance.
    seed : int
        Of the simulation and population.
    """

    def __init__(self, ground: Ground, assumptions: Assumptions, seed: int) -> None:
        self._ground = ground
        self._assumptions = assumptions
        self._seed = seed
        self._known: dict[tuple[str, str, str], NDArray[np.float64]] = {}
        several = len(ground.territories) > 1
        self.variance = assumptions.point + assumptions.interviewer
        self.variance += assumptions.territory if several else 0.0

    def of(
        self,
        item: str,
        battery: str,
        places: tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]],
        toward: float,
    ) -> NDArray[np.float64]:
        """Return what an item owes to the groups of each respondent.

        Parameters
        ----------
        item : str
            Name of the item.
        battery : str
            What it shares effects with.
        places : tuple of three ndarrays of int, shape (n,)
            Territory, point and interviewer of each respondent.
        toward : float
            1 where the latent variable is a good opinion of life there, -1 where it is a bad one, 0
            where it is neither: new and remote territories lie lower on it.

        Returns
        -------
        ndarray of float, shape (n,)
            The sum of the three, with `variance` as its variance.
        """
        territory, point, interviewer = places
        share = self._assumptions
        total = np.sqrt(share.point) * self._drawn("point", item, battery)[point]
        total += np.sqrt(share.interviewer) * self._drawn("interviewer", item, battery)[interviewer]
        if len(self._ground.territories) > 1:
            effect = self._territories(item, battery, toward)
            total += np.sqrt(share.territory) * effect[territory]
        return np.asarray(total)

    def _drawn(self, kind: str, item: str, battery: str) -> NDArray[np.float64]:
        sizes = {
            "territory": len(self._ground.territories),
            "point": len(self._ground.point_territory),
            "interviewer": self._ground.interviewers,
        }
        key = kind, item, battery
        if key not in self._known:
            own = generator(self._seed, kind, "item", item).standard_normal(sizes[kind])
            common = generator(self._seed, kind, "battery", battery).standard_normal(sizes[kind])
            self._known[key] = np.sqrt(_COMMON) * common + np.sqrt(1 - _COMMON) * own
        return self._known[key]

    def _territories(self, item: str, battery: str, toward: float) -> NDArray[np.float64]:
        key = "standardised", item, f"{battery} {toward}"
        if key in self._known:
            return self._known[key]
        share, ground = self._assumptions, self._ground
        effect = self._drawn("territory", item, battery).copy()
        for at, place in enumerate(ground.territories):
            if place.newly_annexed or place.remote or place.new_microdistrict:
                effect[at] *= share.uneven
            lower = share.annexed * place.newly_annexed + share.remote * place.remote
            effect[at] -= toward * (lower + share.microdistrict * place.new_microdistrict)
        interviewed = ground.point_territory[ground.slot_point]
        effect -= effect[interviewed].mean()
        self._known[key] = np.asarray(effect / max(float(effect[interviewed].std()), 1e-9))
        return self._known[key]
