"""How interviewers walk at each point: where they begin, whom they address.

In: the kind of a point, its step, a seed. Out: `Route`, and the rules in words. A rule of the field
is a sentence here with the report that it comes from; nothing else words it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tyndau.base.languages import N_, Message
from tyndau.study.plan import Point

Side = Literal["left", "right"]

# Rules of the report on public councils (2023), "Screening and choice of respondents". The number
# to begin with, the side and the step are each point's own.
_STREET = (
    N_(
        "Stand where people pass and count those who come from the side given. Address the person "
        "whose number is given as the first."
    ),
    N_("After an interview begin to count anew: address every third or fifth person, as given."),
    N_("If somebody refuses, do not count: address the next person, until there is an interview."),
    N_("Of a group address one person only, the one nearest to you."),
)
_PARKING = (
    N_(
        "Stand at the way to the cars and count cars whose people come or leave, from the side "
        "given. Address people at the car whose number is given as the first."
    ),
    N_("After an interview begin to count anew: address people at every third or fifth car."),
    N_("If somebody refuses, do not count: address people at the next car."),
    N_("Of a car address one person only; never somebody who is driving."),
)
_OF_A_DWELLING = N_(
    "Of a dwelling ask one person: of the adults whom the quota wants, the one whose birthday "
    "comes next."
)
_DWELLING = (
    N_(
        "Begin at the entrance nearest to the point, turn to the side given, and ring at the door "
        "whose number is given as the first."
    ),
    N_(
        "Keep the houses at your right hand: turn right at every corner. In a building walk from "
        "the top floor down."
    ),
    N_("After an interview begin to count anew: ring at every third or fifth door, as given."),
    N_("If nobody opens or they refuse, do not count: ring at the next door."),
    _OF_A_DWELLING,
)
# Where dwellings were drawn beforehand. Doors between two addresses belong to the first of them, so
# that nobody rings where a partner does. The beginning is free: if all began where the list does,
# the order of contacts would tell at which address each of them was.
_LISTED = (
    N_(
        "Begin at any address of your list and go on in its order; after the last comes the first. "
        "After an interview go to the next address."
    ),
    N_(
        "If the dwelling is not there, nobody opens or they refuse, ring at the next door: at two "
        "doors after the address where every third is drawn, at four where every fifth. Then go to "
        "the next address."
    ),
    _OF_A_DWELLING,
    N_("Never write an address into a questionnaire, and tell nobody who was asked where."),
)
_EVERYWHERE = (
    N_("If the quota of such people is full, address the next person whom it wants."),
    N_("After two hours without an interview tell the supervisor and go to the substitute point."),
)  # fmt: skip
_RULES = {"street": _STREET, "parking": _PARKING, "dwelling": _DWELLING}


@dataclass(frozen=True, slots=True)
class Route:
    """How interviewers walk at a point.

    Attributes
    ----------
    start : int
        Number of the first person, car or door, 1 to the step.
    step : int
        Every how many somebody is addressed after an interview.
    side : {"left", "right"}
        From where people are counted, or whither the way turns first.
    """

    start: int
    step: int
    side: Side


def plan_routes(points: Sequence[Point], *, seed: int) -> list[Route]:
    """Plan how interviewers walk at the points of a territory.

    Parameters
    ----------
    points : sequence of Point
        The points, substitutes among them.
    seed : int
        Decides starts and sides.

    Returns
    -------
    list of Route
        One a point; a point more at the end changes none before it.
    """
    rng = np.random.default_rng(seed)
    routes = []
    for point in points:
        side: Side = "left" if rng.integers(2) else "right"
        routes.append(Route(int(rng.integers(point.step)) + 1, point.step, side))
    return routes


def route_rules(kind: str, *, listed: bool = False) -> tuple[Message, ...]:
    """Say how interviewers walk at points of a kind.

    Parameters
    ----------
    kind : str
        One of `tyndau.study.schema.POINT_KINDS`.
    listed : bool, optional
        Whether interviewers have a list of the dwellings (`tyndau.sampling.dwellings`).

    Returns
    -------
    tuple of Message
        A rule each, in the order of the work; first number, side and step are the point's own.
    """
    own = _LISTED if listed else _RULES[kind]
    return tuple(map(Message, (*own, *_EVERYWHERE)))
