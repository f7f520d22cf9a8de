"""The dwellings of a point to ring at: drawn from its streets by the step of its route.

In: streets with their houses in the order of walking, start and step. Out: `PointList`. It follows
from the workbook and the plan alone and is kept nowhere; which of its addresses gave an interview
is known to nobody but the interviewer who stood there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tyndau.base.languages import N_, Message, Sayable
from tyndau.study.plan import Point
from tyndau.study.streets import Street

_STREET = N_("{street}: {first}–{last}")
_HOUSE = N_("{street}: {first}")
_SIDES = {
    "odd": N_("{street}: {first}–{last}, odd numbers"),
    "even": N_("{street}: {first}–{last}, even numbers"),
}
_FLATS = N_("{houses}; flats in a house: {flats}")


@dataclass(frozen=True, slots=True)
class Dwelling:
    """A drawn dwelling.

    Attributes
    ----------
    number : int
        Its place in the list of the point, from 1.
    street : Street
        The row of its street.
    house : int
        Number of the house.
    flat : int
        Number of the flat; 0 where the house is one dwelling.
    """

    number: int
    street: Street
    house: int
    flat: int = 0

    @property
    def door(self) -> str:
        """House and flat as interviewers write them, such as ``12`` or ``12-4``."""
        return f"{self.house}-{self.flat}" if self.flat else str(self.house)


@dataclass(frozen=True, slots=True)
class PointList:
    """The streets of a point, and what is drawn of their dwellings.

    Attributes
    ----------
    streets : tuple of Street
        In the order of walking.
    start, step : int
        Number of the first dwelling that is drawn, and every how many one is.
    drawn : tuple of Dwelling
        In the order of walking; none where no house is known.
    """

    streets: tuple[Street, ...]
    start: int
    step: int
    drawn: tuple[Dwelling, ...]

    @property
    def dwellings(self) -> int:
        """How many dwellings the streets have."""
        return sum(street.dwellings for street in self.streets)


def list_of(streets: Iterable[Street], point: Point, start: int | None = None) -> PointList:
    """Draw the dwellings of a point.

    Parameters
    ----------
    streets : iterable of Street
        Streets of the study, each point's in the order of walking.
    point : Point
        The point; of one that is no dwelling point nothing is drawn.
    start : int, optional
        Number of the first dwelling by the plan of the sample; the step where nothing was planned.

    Returns
    -------
    PointList
        Every step-th dwelling, beginning with the start: house by house, in a house flat by flat.
    """
    own = tuple(street for street in streets if street.point == point.code)
    begin = start or point.step
    doors = (
        (street, house, flat)
        for street in own
        for house in street.houses
        for flat in (range(1, street.flats + 1) if street.flats else (0,))
    )
    drawn: list[Dwelling] = []
    for at, (street, house, flat) in enumerate(doors if point.kind == "dwelling" else (), 1):
        if at >= begin and (at - begin) % point.step == 0:
            drawn.append(Dwelling(len(drawn) + 1, street, house, flat))
    return PointList(own, begin, point.step, tuple(drawn))


def part_of(drawn: Sequence[Dwelling], seat: int, people: int) -> Sequence[Dwelling]:
    """Return the part of a list that is one interviewer's, so that no two ring at one door.

    Parameters
    ----------
    drawn : sequence of Dwelling
        The list.
    seat : int
        Whose turn is first, from 0.
    people : int
        How many share it.

    Returns
    -------
    sequence of Dwelling
        Every second address where they are two: they go by turns, and stay near each other.
    """
    return drawn[seat::people]


def street_words(street: Street) -> Sayable:
    """Say which street it is, and which of its houses.

    Parameters
    ----------
    street : Street
        A street.

    Returns
    -------
    Text or Message
        Its name, its houses where they are known.
    """
    if not street.houses:
        return street.name
    first, last = street.houses[0], street.houses[-1]
    template = _HOUSE if first == last else _SIDES.get(street.side, _STREET)
    houses = Message(template, {"street": street.name, "first": first, "last": last})
    return Message(_FLATS, {"houses": houses, "flats": street.flats}) if street.flats else houses
