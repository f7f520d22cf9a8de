"""Words and small tables that the documents of a sample share.

In: parts of a plan. Out: messages and grids. How a point, a visit or a quota cell reads is decided
here once, so that a supervisor and an interviewer see the same.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tyndau.base.frames import Variable
from tyndau.base.languages import N_, Message, Number, Sayable
from tyndau.reporting.model import Grid
from tyndau.sampling.model import PointPlan, SamplePlan, TerritoryPlan
from tyndau.sampling.routes import Route
from tyndau.sampling.schedule import Visit
from tyndau.study.model import Study

Space = Literal["", "boxes", "done"]

# A box to be ticked for each interview.
_BOX = "□"

_KINDS = {"street": N_("passers-by"), "dwelling": N_("dwellings"), "parking": N_("car park")}
_DAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_VISIT = N_("{day} {date}, {start}–{end} h: {interviews} int.")
_VISIT_NUMBER = N_("day {number} ({day}), {start}–{end} h: {interviews} int.")
_ROUTE_STREET = N_("every {step}, first no. {start}, from {side}")
_ROUTE_CAR = N_("at every {step}, first no. {start}, from {side}")
_ROUTE_DOOR = N_("at every {step}, first no. {start}, turn {side}")
_ROUTES = {"street": _ROUTE_STREET, "parking": _ROUTE_CAR, "dwelling": _ROUTE_DOOR}
_STEPS = {
    "street": {3: N_("3rd person"), 5: N_("5th person")},
    "parking": {3: N_("3rd car"), 5: N_("5th car")},
    "dwelling": {3: N_("3rd door"), 5: N_("5th door")},
}
_FROM = {"left": Message(N_("the left")), "right": Message(N_("the right"))}
_TURN = {"left": Message(N_("left")), "right": Message(N_("right"))}
_SUBSTITUTE = N_("Substitute point")
_KIND = N_("Whom")
_ROUTE = N_("Step and start")
_TOTAL = N_("All")
_DONE = N_("Done")
_EVERYBODY = N_("Interviews to be made")
_OF_TERRITORY = N_("{name} ({code})")

# Rules that hold at every point (report on public councils, 2023, "Health and safety").
SAFETY = (
    N_("Two interviewers are at a point at any time; nobody works alone."),
    N_("At most 8 hours a day and 2 hours on end; then a break of 15 minutes at least, in a warm "
       "room near by."),
    N_("Have with you: badge, letter of the foundation, identity card."),
    N_("Be friendly, polite and calm. Whoever feels threatened leaves at once and calls the "
       "supervisor; if need be the police, 102."),
    N_("If you are stopped or detained: show letter and badge, call the supervisor at once."),
)  # fmt: skip


def kind_words(kind: str) -> Message:
    """Say of which kind a point is.

    Parameters
    ----------
    kind : str
        One of `tyndau.study.schema.POINT_KINDS`.

    Returns
    -------
    Message
        A word or two.
    """
    return Message(_KINDS[kind])


def point_name(plan: PointPlan) -> Message:
    """Say how a point is found, with its code.

    Parameters
    ----------
    plan : PointPlan
        The point.

    Returns
    -------
    Message
        Name and code.
    """
    return Message(_OF_TERRITORY, {"name": plan.point.name, "code": plan.point.code})


def substitute_grid(place: TerritoryPlan, *, notes: Message) -> Grid:
    """List the points that may stand in for the points of a territory.

    Parameters
    ----------
    place : TerritoryPlan
        The territory.
    notes : Message
        Head of the empty column, where it is written down what a substitute was used for.

    Returns
    -------
    Grid
        A row a substitute: its kind, step, first number and side; hours are those of the point
        that is left.
    """
    heads = (Message(_SUBSTITUTE), Message(_KIND), Message(_ROUTE), notes)
    rows = tuple(
        (
            Message(_OF_TERRITORY, {"name": one.point.name, "code": one.point.code}),
            kind_words(one.point.kind),
            route_words(one.point.kind, one.route),
            "",
        )
        for one in place.substitutes
    )
    return Grid(heads, rows, (0.25, 0.13, 0.4, 0.22))


def route_words(kind: str, route: Route) -> Message:
    """Say a point's step, first number and side.

    Parameters
    ----------
    kind : str
        One of `tyndau.study.schema.POINT_KINDS`.
    route : Route
        Its route.

    Returns
    -------
    Message
        In a few words.
    """
    dwelling = kind == "dwelling"
    side = (_TURN if dwelling else _FROM)[route.side]
    step = Message(_STEPS[kind][route.step])
    values: dict[str, object] = {"step": step, "start": route.start, "side": side}
    return Message(_ROUTES[kind], values)


def visit_words(visits: Sequence[Visit]) -> Sayable:
    """Say when a point is visited and how many interviews are made then.

    Parameters
    ----------
    visits : sequence of Visit
        Of one point.

    Returns
    -------
    Message
        A line a visit.
    """
    return joined([_visit(visit) for visit in visits], "\n")


def _visit(visit: Visit) -> Message:
    values: dict[str, object] = {
        "day": Message(_DAYS[visit.weekday]),
        "start": visit.start,
        "end": visit.end,
        "interviews": visit.interviews,
    }
    if visit.date is None:
        return Message(_VISIT_NUMBER, {**values, "number": visit.day})
    return Message(_VISIT, {**values, "date": f"{visit.date:%d.%m}"})


def joined(parts: Sequence[Sayable], by: str = "; ") -> Sayable:
    """Join sayings.

    Parameters
    ----------
    parts : sequence of Text, Message or str
        What to join; may be none.
    by : str, optional
        What stands between them; a line end puts each on a line of its own.

    Returns
    -------
    Message or str
        One saying.
    """
    names = [f"p{at}" for at in range(len(parts))]
    template = by.join("{" + name + "}" for name in names)
    return Message(template, dict(zip(names, parts, strict=True))) if parts else "–"


def quota_grid(
    study: Study, plan: SamplePlan, counts: NDArray[np.int64], *, space: Space = ""
) -> Grid:
    """Set quota cells of one territory, or of the whole, as a table.

    Parameters
    ----------
    study : Study
        Whose variables have the labels.
    plan : SamplePlan
        Its quotas say what the cells cross.
    counts : ndarray of int, shape (C1, ..., CV)
        Interviews by cell.
    space : {"", "boxes", "done"}, default ""
        What stands beside each number: nothing, a box for each interview to be ticked, or an empty
        column for how many are done.

    Returns
    -------
    Grid
        Categories of the first variable at the top, of the others at the side; sums at the edges.
    """
    variables = quota_variables(study, plan)
    if not variables:
        heads: list[Sayable] = [Message(_EVERYBODY)]
        return _spaced(heads, [[_cell(int(counts), space)]], (1.0,), space)
    first, rest = variables[0], variables[1:]
    table = counts.reshape(len(plan.quotas.codes[0]), -1)
    corner: Sayable = joined([one.label for one in rest]) if rest else first.label
    heads = [corner, *_labels(first), Message(_TOTAL)]
    rows: list[list[Sayable]] = [
        [name, *(_cell(int(n), space) for n in table[:, at]), Number(int(table[:, at].sum()))]
        for at, name in enumerate(_crossed(rest))
    ]
    if len(rows) > 1:
        sums = [Number(int(n)) for n in table.sum(axis=1)]
        rows.append([Message(_TOTAL), *sums, Number(int(table.sum()))])
    share = 0.62 / (len(heads) - 2)
    return _spaced(heads, rows, (0.26, *[share] * (len(heads) - 2), 0.12), space)


def _spaced(
    heads: Sequence[Sayable],
    rows: Sequence[Sequence[Sayable]],
    widths: Sequence[float],
    space: Space,
) -> Grid:
    """Set a table, with an empty column beside each number where what is done is written in."""
    if space != "done":
        return Grid(tuple(heads), tuple(map(tuple, rows)), tuple(widths))
    # A table of one number has no names at its side.
    names = min(1, len(heads) - 1)
    done = Message(_DONE)
    numbers = 2 * (len(heads) - names)
    side = 0.26 * names
    return Grid(
        (*heads[:names], *(one for head in heads[names:] for one in (head, done))),
        tuple((*row[:names], *(one for cell in row[names:] for one in (cell, ""))) for row in rows),
        (*[side] * names, *[(1 - side) / numbers] * numbers),
    )


def quota_variables(study: Study, plan: SamplePlan) -> list[Variable]:
    """Return the variables that quotas cross.

    Parameters
    ----------
    study : Study
        Whose they are.
    plan : SamplePlan
        Its quotas.

    Returns
    -------
    list of Variable
        In the order of the cells.
    """
    offered = {one.name: one for one in study.variables(plan.population)}
    return [offered[name] for name in plan.quotas.variables]


def _labels(variable: Variable) -> list[Sayable]:
    return [one.label for one in variable.categories if not one.meaning]


def _crossed(variables: Sequence[Variable]) -> Iterator[Sayable]:
    """Name the combinations of categories, as many as there are cells."""
    if not variables:
        yield Message(_EVERYBODY)
        return
    for labels in product(*map(_labels, variables)):
        yield labels[0] if len(labels) == 1 else joined(labels)


def _cell(count: int, space: Space) -> Sayable:
    return f"{count}  {tally(count)}".rstrip() if space == "boxes" else Number(count)


def tally(count: int) -> str:
    """Return boxes to be ticked, in fives as people tally.

    Parameters
    ----------
    count : int
        How many.

    Returns
    -------
    str
        For example ``□□□□□ □□``.
    """
    return " ".join(_BOX * min(5, count - at) for at in range(0, count, 5))
