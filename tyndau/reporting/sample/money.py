"""Cost and days as a document shows them.

In: a plan. Out: blocks: a table of the items with what is not known named, the sum beside what
there is, the days. It adds nothing up itself.
"""

from collections.abc import Iterator
from dataclasses import replace

from tyndau.base.languages import N_, Message, Number, Sayable
from tyndau.reporting.model import Block, Grid, Paragraph
from tyndau.sampling.cost import CostItem
from tyndau.sampling.model import SamplePlan

_ITEM = N_("Item")
_UNITS = N_("Number")
_RATE = N_("Rate, tenge")
_SUM = N_("Sum, tenge")
_NAMES = {
    "interviews": N_("Pay for interviews"),
    "days": N_("Pay for interviewers' days"),
    "transport": N_("Transport, interviewers' days: {territory}"),
}
_ALL = N_("All")
_UNKNOWN = N_("not known")
_BUDGET = N_("There are {budget} tenge, {each} an interview.")
_LEFT = N_("{left} tenge remain for all else: supervisors, training, processing.")
_OVER = N_("{over} tenge are lacking.")
_DAYS = N_("By the calendar of visits an interviewer works {days} days.")
_MISSING = N_("Not in the workbook, and therefore not computed: {keys}.")


def cost_blocks(plan: SamplePlan) -> Iterator[Block]:
    """Go through the blocks of cost and days.

    Parameters
    ----------
    plan : SamplePlan
        The plan.

    Yields
    ------
    Block
        The table, then sentences.
    """
    cost = plan.cost
    names = {place.territory.code: place.territory.name for place in plan.territories}
    rows = [
        (
            Message(_NAMES[item.name], {"territory": names.get(item.territory, "–")}),
            _number(item.units),
            _number(item.rate),
            _number(item.total),
        )
        for item in _shown(cost.items)
    ]
    rows.append((Message(_ALL), "", "", _number(cost.total)))
    heads = (_ITEM, _UNITS, _RATE, _SUM)
    yield Grid(tuple(map(Message, heads)), tuple(rows), (0.52, 0.14, 0.16, 0.18))
    if cost.missing:
        yield Paragraph(Message(_MISSING, {"keys": list(cost.missing)}))
    if cost.budget is not None:
        each = {"budget": Number(cost.budget), "each": Number(cost.budget / cost.interviews)}
        yield Paragraph(Message(_BUDGET, each))
        if cost.total is not None:
            left = cost.budget - cost.total
            said = Message(_LEFT, {"left": Number(left)})
            yield Paragraph(said if left >= 0 else Message(_OVER, {"over": Number(-left)}))
    least, longest = int(cost.days.min()), int(cost.days.max())
    days = f"{least}" if least == longest else f"{least}–{longest}"
    yield Paragraph(Message(_DAYS, {"days": days}))


def _shown(items: tuple[CostItem, ...]) -> Iterator[CostItem]:
    """Leave out what costs nothing, and say of unknown transport once that it is not known."""
    unknown = [item for item in items if item.name == "transport" and item.rate is None]
    yield from (item for item in items if item.total != 0 and item not in unknown)
    if unknown:
        yield replace(unknown[0], territory="", units=sum(item.units for item in unknown))


def _number(value: float | None) -> Sayable:
    return Message(_UNKNOWN) if value is None else Number(value)
