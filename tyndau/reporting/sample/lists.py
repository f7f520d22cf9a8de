"""Streets and dwellings of points, as the sheets of interviewers and supervisors have them.

In: what was drawn at points, whose turn it is. Out: blocks. A list has boxes for what came of a
door and nothing about who lives there; what is ticked stays on the paper, which is destroyed after
control. How many of the list are read down before the next page is settled here.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from tyndau.base.languages import N_, Message, Number, Sayable
from tyndau.reporting.model import Block, Grid, Heading, Listing, Paragraph, Span
from tyndau.reporting.sample.words import joined, route_words
from tyndau.sampling.dwellings import Dwelling, PointList, part_of, street_words
from tyndau.sampling.routes import Route, route_rules
from tyndau.study.plan import Point
from tyndau.study.schema import POINT_KINDS

_WALK = {
    "street": N_("How to choose passers-by"),
    "dwelling": N_("How to choose dwellings"),
    "parking": N_("How to choose at a car park"),
}
_WALK_BY_LIST = N_("How to go by the list of addresses")
# In place of step and start where a point has a list.
BY_LIST = N_("by the list of addresses")
_TITLE = N_("Streets and addresses")
_NAMED = N_("{name} ({code})")
_ON = N_("{number}. {street}")
_COUNTS = N_(
    "Dwellings on these streets: {dwellings}. In the list: {drawn} (step {step}, first no. "
    "{start}). Yours: {own}."
)
_TURNS = N_(
    "You work here with others: addresses go by turns, so that nobody rings at the same door. "
    "Yours have the numbers {numbers} and so on."
)
_FEW = N_("There are fewer addresses than interviews: tell the supervisor before you begin.")
_TICKS = N_(
    "Tick what came of a door: 1 interview, 2 refused, 3 nobody at home, 4 not eligible, "
    "5 language barrier. Every door at which you ring counts; a next door is ticked in the row of "
    "its address."
)
_GIVEN_BACK = N_(
    "Give this list back to the supervisor; it is destroyed after control. Write no name on it, "
    "and no address on a questionnaire."
)
_NUMBER, _HOUSE, _FLAT = N_("No."), N_("House"), N_("House-flat")
_POINT = N_("Point")
_STREETS = N_("Streets, in the order of walking")
_DWELLINGS = N_("Dwellings")
_DRAWN = N_("In the list")
_SUPERVISED = N_(
    "Interviewers have the addresses in their sheets. Take the lists back from them, and destroy "
    "them after control."
)

# What may come of a door, a box each.
_BOXES = ("1", "2", "3", "4", "5")
# Addresses side by side, and as many below each other as a page holds.
_ACROSS, _DOWN = 3, 34
_WIDTHS = (0.048, 0.09, *(0.039,) * len(_BOXES))


@dataclass(frozen=True, slots=True)
class Round:
    """What an interviewer does by the list of a point.

    Attributes
    ----------
    point : Point
        The point.
    made : PointList
        Its streets and what was drawn.
    interviews : int
        How many are the interviewer's own.
    seat, people : int
        Whose turn it is, from 0, and of how many.
    """

    point: Point
    made: PointList
    interviews: int
    seat: int
    people: int

    @property
    def own(self) -> Sequence[Dwelling]:
        """The addresses of the interviewer."""
        return part_of(self.made.drawn, self.seat, self.people)


def walk_rules(rounds: Iterable[Round]) -> Iterator[Block]:
    """Go through the rules of walking at the points of an interviewer.

    Parameters
    ----------
    rounds : iterable of Round
        The points.

    Yields
    ------
    Block
        A heading and rules for each kind of point; with a list of dwellings one walks otherwise.
    """
    ways = {(one.point.kind, bool(one.made.drawn)) for one in rounds}
    for kind, listed in product(POINT_KINDS, (False, True)):
        if (kind, listed) in ways:
            yield Heading(Message(_WALK_BY_LIST if listed else _WALK[kind]), 2)
            yield Listing(route_rules(kind, listed=listed), numbered=True)


def list_blocks(rounds: Iterable[Round]) -> Iterator[Block]:
    """Go through the streets and addresses of an interviewer's points.

    Parameters
    ----------
    rounds : iterable of Round
        The points in the order of the sheet.

    Yields
    ------
    Block
        Nothing where no streets are known.
    """
    known = [one for one in rounds if one.made.streets]
    if not known:
        return
    listed = any(one.own for one in known)
    # On pages of its own: it is given back, the rest of the sheet is kept.
    yield Heading(Message(_TITLE), 1 if listed else 2)
    if listed:
        yield _bold(_GIVEN_BACK)
        yield Paragraph(Message(_TICKS))
    for one in known:
        names = {"name": one.point.name, "code": one.point.code}
        yield Heading(Message(_NAMED, names), 2 if listed else 3)
        if one.made.drawn:
            yield from _addresses(one)
        else:
            yield Listing(tuple(map(street_words, one.made.streets)), numbered=True)


def _bold(sentence: str) -> Paragraph:
    return Paragraph((Span(Message(sentence), bold=True),))


def _addresses(one: Round) -> Iterator[Block]:
    values: dict[str, object] = {
        "dwellings": Number(one.made.dwellings),
        "drawn": Number(len(one.made.drawn)),
        "own": Number(len(one.own)),
        "step": one.made.step,
        "start": one.made.start,
    }
    yield Paragraph(Message(_COUNTS, values))
    if one.people > 1:
        numbers = ", ".join(str(each.number) for each in one.own[:3])
        yield Paragraph(Message(_TURNS, {"numbers": numbers}))
    if len(one.own) < one.interviews:
        yield _bold(_FEW)
    for at, street in enumerate(one.made.streets, 1):
        yield Paragraph(Message(_ON, {"number": at, "street": street_words(street)}), "lead")
        doors = [each for each in one.own if each.street == street]
        for first in range(0, len(doors), _ACROSS * _DOWN):
            yield _grid(doors[first : first + _ACROSS * _DOWN])


def _grid(doors: Sequence[Dwelling]) -> Grid:
    """Set the addresses of a street side by side, to be read down."""
    down = -(-len(doors) // _ACROSS)
    cells = [(str(one.number), one.door, *("□" for _ in _BOXES)) for one in doors]
    cells += [("",) * len(_WIDTHS)] * (down * _ACROSS - len(cells))
    door = Message(_FLAT if doors[0].flat else _HOUSE)
    heads: tuple[Sayable, ...] = (Message(_NUMBER), door, *_BOXES)
    rows = (tuple(cell for row in cells[at::down] for cell in row) for at in range(down))
    return Grid(heads * _ACROSS, tuple(rows), _WIDTHS * _ACROSS)


def way_words(made: PointList, kind: str, route: Route) -> Message:
    """Say how one walks at a point of the plan.

    Parameters
    ----------
    made : PointList
        Its list.
    kind : str
        One of `tyndau.study.schema.POINT_KINDS`.
    route : Route
        Its route.

    Returns
    -------
    Message
        Step, first number and side; where there is a list, that it leads.
    """
    return Message(BY_LIST) if made.drawn else route_words(kind, route)


def streets_grid(points: Iterable[tuple[Point, PointList]]) -> Iterator[Block]:
    """List the streets of a territory's points for the supervisor, without addresses.

    Parameters
    ----------
    points : iterable of (Point, PointList)
        The points, substitutes among them.

    Yields
    ------
    Block
        Nothing where no streets are known.
    """
    known = [(point, made) for point, made in points if made.streets]
    if not known:
        return
    yield Heading(Message(_TITLE), 2)
    heads = (_POINT, _STREETS, _DWELLINGS, _DRAWN)
    yield Grid(
        tuple(map(Message, heads)),
        tuple(
            (
                Message(_NAMED, {"name": point.name, "code": point.code}),
                joined([street_words(street) for street in made.streets], "\n"),
                Number(made.dwellings) if made.dwellings else "–",
                Number(len(made.drawn)) if made.drawn else "–",
            )
            for point, made in known
        ),
        (0.3, 0.44, 0.13, 0.13),
    )
    if any(made.drawn for _, made in known):
        yield Paragraph(Message(_SUPERVISED))
