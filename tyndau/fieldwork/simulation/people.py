"""The people who are addressed at the points: who they are before they answer anything.

In: the ground, the slots to be filled, assumptions, chance. Out: `People`, a row a contact. They
have what questions ask for (age, sex, place, language) and what answers share (mood, traits,
reticence). No person is described: only draws are.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tyndau.fieldwork.simulation.assumptions import Assumptions
from tyndau.fieldwork.simulation.ground import Ground
from tyndau.fieldwork.simulation.quotas import Quotas


@dataclass(slots=True)
class People:
    """Contacts of one round.

    Attributes
    ----------
    slot : ndarray of int, shape (n,)
        For which interview each is addressed.
    point, interviewer, territory : ndarray of int, shape (n,)
        Where, by whom; where the contact lives.
    age : ndarray of int, shape (n,)
        Years.
    woman : ndarray of bool, shape (n,)
        Sex.
    kazakh, switching : ndarray of bool, shape (n,)
        Whether the interview begins in Kazakh; whether the language changes on the way.
    mood, reticence : ndarray of float, shape (n,)
        Standard normal.
    straight : ndarray of bool, shape (n,)
        Whether the interviewer fills batteries without asking.
    rng : numpy.random.Generator
        Of this round.
    traits : dict of str to ndarray of float
        What `trait` has drawn so far.
    """

    slot: NDArray[np.intp]
    point: NDArray[np.intp]
    interviewer: NDArray[np.intp]
    territory: NDArray[np.intp]
    age: NDArray[np.int64]
    woman: NDArray[np.bool_]
    kazakh: NDArray[np.bool_]
    switching: NDArray[np.bool_]
    mood: NDArray[np.float64]
    reticence: NDArray[np.float64]
    straight: NDArray[np.bool_]
    rng: np.random.Generator
    traits: dict[str, NDArray[np.float64]] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return how many they are."""
        return len(self.slot)

    def trait(self, battery: str) -> NDArray[np.float64]:
        """Return what the items of a battery have in common in each respondent.

        Parameters
        ----------
        battery : str
            Its name.

        Returns
        -------
        ndarray of float, shape (n,)
            Standard normal, the same whenever it is asked for.
        """
        if battery not in self.traits:
            self.traits[battery] = self.rng.standard_normal(len(self))
        return self.traits[battery]

    @property
    def places(self) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
        """Territory, point and interviewer, as `Effects` takes them."""
        return self.territory, self.point, self.interviewer


def draw_people(
    ground: Ground,
    quotas: Quotas,
    slots: NDArray[np.intp],
    assumptions: Assumptions,
    rng: np.random.Generator,
) -> People:
    """Draw a contact for each slot.

    Parameters
    ----------
    ground : Ground
        Where they are addressed.
    quotas : Quotas
        Shares of women and of ages.
    slots : ndarray of int, shape (n,)
        The interviews that are still to be made.
    assumptions : Assumptions
        Languages, and who lives elsewhere.
    rng : numpy.random.Generator
        Chance of this round.

    Returns
    -------
    People
        A contact a slot.
    """
    n = len(slots)
    point = ground.slot_point[slots]
    interviewer = ground.slot_interviewer[slots]
    away = rng.random(n) < assumptions.elsewhere
    others = rng.choice(len(ground.territories), size=n, p=ground.sizes)
    territory = np.where(away, others, ground.point_territory[point])
    apart = np.array([place.remote or place.newly_annexed for place in ground.territories])
    russian = (1 - assumptions.kazakh) * np.where(apart[territory], 0.5, 1.0)
    up_to = quotas.age_shares[territory].cumsum(axis=1)
    groups = np.minimum((rng.random((n, 1)) > up_to).sum(axis=1), len(quotas.ages) - 1)
    lowest, highest = (np.array([age[side] for age in quotas.ages]) for side in (0, 1))
    return People(
        slot=slots,
        point=point,
        interviewer=interviewer,
        territory=np.asarray(territory, dtype=np.intp),
        age=rng.integers(lowest[groups], highest[groups] + 1),
        woman=rng.random(n) < quotas.women[territory],
        kazakh=rng.random(n) >= russian,
        switching=rng.random(n) < assumptions.switching,
        mood=rng.standard_normal(n),
        reticence=rng.standard_normal(n),
        straight=ground.way(interviewer, "straight_lining"),
        rng=rng,
    )
