"""What pages show of a design: its files in words, and differences as lines of a table.

In: paths and differences. Out: plain parts for templates. Nothing is looked up and nothing decided.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from tyndau.base.errors import Problem, where
from tyndau.base.languages import INTERFACE_LANGUAGES, N_, Message, Sayable
from tyndau.study.load import FORMS, WORKBOOK
from tyndau.study.versions import BOUNDARIES, FileDifference
from tyndau.study.versions.workbook import CellChange, RowChange, SheetChange

# More lines of one file say nothing on a page; the files are there to be compared.
MOST_LINES = 300

_WORKBOOK = N_("Workbook of the study")
_FORM = N_("Questionnaire: {name}")
_GUIDE = N_("Guide: {name}")
_BOUNDARIES = N_("Boundaries of territories")
_BESIDE = N_("File of questionnaires: {name}")

_STATES = {"added": N_("New"), "removed": N_("Gone"), "changed": N_("Changed")}
_COLOURS = {"added": "success", "removed": "error", "changed": "info"}

_SHEET = N_('Sheet "{name}"')
_SHEET_ADDED = N_('Sheet "{name}", new')
_SHEET_REMOVED = N_('Sheet "{name}", gone')
_REORDERED = N_("Rows stand in another order")
_TOO_LONG = N_("The sheet is too long to be compared")
_CELL = N_("Row {row}, {key}: {column}")
_CELL_ALONE = N_("Row {row}: {column}")
_ROW_ADDED = N_("Row {row} is new")
_ROW_REMOVED = N_("Row {row} is gone")
_AREAS = N_("Number of areas")
_ONLY_LOOK = N_("Nothing that is read changed: only how the file looks, or how it was saved.")


@dataclass(frozen=True, slots=True)
class Line:
    """One change.

    Attributes
    ----------
    what : Text, Message or str
        What changed.
    before, after : Text, Message or str
        What stood and what stands.
    """

    what: Sayable
    before: Sayable = ""
    after: Sayable = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Changes of one sheet, or of a questionnaire.

    Attributes
    ----------
    heading : Message or str
        The sheet; empty for a questionnaire.
    lines : tuple of Line
        At most `MOST_LINES`.
    more : int
        How many are not shown.
    """

    heading: Sayable
    lines: tuple[Line, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Changed:
    """A file that differs, as a page shows it.

    Attributes
    ----------
    path : str
        Its path in the study.
    name : Message
        What it is.
    state, colour : Message, str
        New, gone or changed, and the colour of the badge.
    summary, kind : Message or str, str
        One sentence on the whole; ``info`` or ``warning``.
    groups : tuple of Group
        What changed.
    text : tuple of (str, str)
        Lines of a text: ``ins``, ``del`` or empty, and the line.
    unread : tuple of Problem
        Why it cannot be compared in words.
    """

    path: str
    name: Sayable
    state: Sayable
    colour: str
    summary: Sayable = ""
    kind: str = "info"
    groups: tuple[Group, ...] = ()
    text: tuple[tuple[str, str], ...] = ()
    unread: tuple[dict[str, dict[str, str]], ...] = field(default=())


def file_words(path: str) -> Message:
    """Say what a file of the design is.

    Parameters
    ----------
    path : str
        Its path in the study.

    Returns
    -------
    Message
        Such as "Questionnaire: residents".
    """
    name = PurePosixPath(path)
    if path == WORKBOOK:
        return Message(_WORKBOOK)
    if path == BOUNDARIES:
        return Message(_BOUNDARIES)
    if not path.startswith(f"{FORMS}/"):
        return Message(_GUIDE, {"name": name.name})
    is_form = name.suffix.lower().startswith(".xls")
    return Message(_FORM, {"name": name.stem}) if is_form else Message(_BESIDE, {"name": name.name})


def changed(differences: Iterable[FileDifference]) -> list[Changed]:
    """Make differences ready to be shown.

    Parameters
    ----------
    differences : iterable of FileDifference
        Files that differ.

    Returns
    -------
    list of Changed
        One a file.
    """
    return [_file(one) for one in differences]


def told(problems: Iterable[Problem]) -> tuple[dict[str, dict[str, str]], ...]:
    """Say problems in every language, for a template that chooses one.

    Parameters
    ----------
    problems : iterable of Problem
        What is wrong.

    Returns
    -------
    tuple of dict
        ``where``, ``what`` and ``remedy``, each by language.
    """
    return tuple(
        {
            "where": {code: where(one.place, code) for code in INTERFACE_LANGUAGES},
            "what": {code: one.what(code) for code in INTERFACE_LANGUAGES},
            "remedy": {code: one.remedy(code) for code in INTERFACE_LANGUAGES},
        }
        for one in problems
    )


def _file(one: FileDifference) -> Changed:
    summary: Sayable = Message(_ONLY_LOOK) if one.only_look else ""
    kind = "info"
    if one.form is not None and one.form.changes:
        summary = one.form.summary
        kind = "info" if one.form.editorial else "warning"
    return Changed(
        path=one.path,
        name=file_words(one.path),
        state=Message(_STATES[one.state]),
        colour=_COLOURS[one.state],
        summary=summary,
        kind=kind,
        groups=tuple(_groups(one)),
        text=tuple(map(_text, one.lines)),
        unread=told(one.unread),
    )


def _groups(one: FileDifference) -> Iterator[Group]:
    for sheet in one.sheets:
        yield _group(_heading(sheet), list(_of_sheet(sheet)))
    if one.form is not None and one.form.changes:
        lines = [Line(change.what, change.before, change.after) for change in one.form.changes]
        yield _group("", lines)
    if one.areas:
        yield Group("", (Line(Message(_AREAS), *map(str, one.areas)),))


def _group(heading: Sayable, lines: list[Line]) -> Group:
    return Group(heading, tuple(lines[:MOST_LINES]), max(0, len(lines) - MOST_LINES))


def _heading(sheet: SheetChange) -> Message:
    words = {"added": _SHEET_ADDED, "removed": _SHEET_REMOVED, "changed": _SHEET}[sheet.kind]
    return Message(words, {"name": sheet.sheet})


def _of_sheet(sheet: SheetChange) -> Iterator[Line]:
    if sheet.too_long:
        yield Line(Message(_TOO_LONG))
    if sheet.reordered:
        yield Line(Message(_REORDERED))
    for row in sheet.rows:
        yield from _of_row(row)


def _of_row(row: RowChange) -> Iterator[Line]:
    if row.kind == "added":
        yield Line(Message(_ROW_ADDED, {"row": row.row}), "", _cells(row.cells, after=True))
    elif row.kind == "removed":
        yield Line(Message(_ROW_REMOVED, {"row": row.row}), _cells(row.cells, after=False))
    else:
        for cell in row.cells:
            words = _CELL if row.key else _CELL_ALONE
            values = {"row": row.row, "key": row.key, "column": cell.column}
            yield Line(Message(words, values), cell.before, cell.after)


def _cells(cells: Iterable[CellChange], *, after: bool) -> str:
    return "; ".join(f"{cell.column}: {cell.after if after else cell.before}" for cell in cells)


def _text(line: str) -> tuple[str, str]:
    if line.startswith("+"):
        return "ins", line[1:]
    if line.startswith("-"):
        return "del", line[1:]
    return ("", "…") if line.startswith("@@") else ("", line[1:])
