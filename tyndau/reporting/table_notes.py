"""What stands under a table: who is missing, what is hidden, which bases are low, by which
method.

In: a table, its columns that are shown, thresholds. Out: sentences. How the method works is said
once, in the part about the volume; here it is named in a line.
"""

from collections.abc import Iterator, Sequence

from tyndau.base.languages import N_, Message, Sayable
from tyndau.reporting.model import HIDDEN
from tyndau.study.standards import Thresholds
from tyndau.tabulation.table import ColumnHead, Method, Table

LOW = N_("* Base from {hide} to {mark}: read with caution.")
_NOBODY_IN = N_("No respondents in: {columns}.")
_COLUMN = N_('"{label}"')
_COLUMN_OF = N_('"{label}" ({group})')
TOO_LOW = N_("** Base under {hide}: not tested, indicative only.")
_BY_DESIGN = N_("Method: tests by the sample's design, {risk}% level; accounted for: {parts}.")
_BY_MODEL = N_(
    "Method: tests under the model stated in the study (not a margin of error), {risk}% level; "
    "accounted for: {parts}."
)
_AS_BEFORE = N_(
    "Method: tests on effective bases, as in tables of before, {risk}% level; clusters are not "
    "accounted for."
)
_BY_NOTHING = N_("Method: percentages only, nothing is tested.")
_PARTS = {"weighted": N_("weights"), "stratified": N_("strata"), "clustered": N_("clusters")}
_NO_PARTS = N_("neither weights nor strata nor clusters")
NOT_SHOWN = N_(
    "{sign}: not shown, because the cell holds fewer than {people} people, the base is too low, or "
    "such a cell could be computed from it."
)
_LEFT_OUT = N_("Not shown, or it would tell of few people: {columns}.")
_NOBODY = N_("Nobody was asked this question in this wave.")


def table_notes(table: Table, shown: Sequence[int], thresholds: Thresholds) -> Iterator[Sayable]:
    """Go through the notes of a table.

    Parameters
    ----------
    table : Table
        The table.
    shown : sequence of int
        Its columns that are shown.
    thresholds : Thresholds
        Bases from which columns are tested and marked.

    Yields
    ------
    Text, Message or str
        A sentence or two each; the method last.
    """
    if not table.columns[0].base:
        yield Message(_NOBODY)
        return
    absent = [
        _quoted(table, head) for index, head in enumerate(table.columns) if index not in shown
    ]
    if absent:
        yield Message(_NOBODY_IN, {"columns": absent})
    if any(hides(table, index) for index in shown):
        yield Message(NOT_SHOWN, {"sign": HIDDEN, "people": thresholds.people_below})
    if table.left_out:
        yield Message(_LEFT_OUT, {"columns": [_quoted(table, head) for head in table.left_out]})
    marks = {table.columns[index].mark for index in shown}
    hide, mark = thresholds.hide_below, thresholds.mark_below
    if "*" in marks:
        yield Message(LOW, {"hide": hide, "mark": mark - 1})
    if "**" in marks:
        yield Message(TOO_LOW, {"hide": hide})
    yield _method(table.method)
    # The line that sums the sample up; the part about the volume says the rest.
    yield from table.method.sample_notes[:1]


def hides(table: Table, column: int) -> bool:
    """Tell whether an edition hides anything in a column.

    Parameters
    ----------
    table : Table
        The table.
    column : int
        Its column.

    Returns
    -------
    bool
        Whether a cell of it is hidden.
    """
    return table.hidden is not None and bool(table.hidden[:, column].any())


def _quoted(table: Table, head: ColumnHead) -> Message:
    """Name a column; in a banner of several groups one label may stand in each."""
    if len(table.groups) < 2:
        return Message(_COLUMN, {"label": head.named})
    return Message(_COLUMN_OF, {"label": head.named, "group": table.groups[head.group].title})


def _method(method: Method) -> Message:
    """Name the method in a line; the part about the volume says it in full."""
    if method.inference == "none":
        return Message(_BY_NOTHING)
    risk = f"{100 * (1 - method.comparing.level):g}"
    if method.comparing.method == "quantum":
        return Message(_AS_BEFORE, {"risk": risk})
    parts = [Message(word) for name, word in _PARTS.items() if getattr(method, name)]
    return Message(
        _BY_DESIGN if method.inference == "design" else _BY_MODEL,
        {"risk": risk, "parts": parts or Message(_NO_PARTS)},
    )
