"""What changed between two versions of the workbook: sheet by sheet, row by row, cell by cell.

In: the paths of two workbooks. Out: `SheetChange` for each sheet that differs. Rows of the sheets
that a study has are matched by the columns that name a row there, wherever it stands; rows of other
sheets, and rows that nothing names, by their likeness and order. Values are compared as Excel shows
them; what a cell looks like is not compared.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Literal

from openpyxl.utils import get_column_letter

from tyndau.study.cells import as_text
from tyndau.study.schema import SHEETS, plain
from tyndau.study.workbook import MAX_ROWS, Sheet, SheetRow, read_workbook

ChangeKind = Literal["added", "removed", "changed"]

_UNIQUE = {spec.name: spec.unique for spec in SHEETS}


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell of a row.

    Attributes
    ----------
    column : str
        Its heading; Excel's letter where it has none.
    before, after : str
        What it showed and shows; empty where the cell was or is.
    """

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row of a sheet.

    Attributes
    ----------
    kind : {"added", "removed", "changed"}
        What happened to it.
    row : int
        Where it stands, or stood if it is gone, as Excel numbers it.
    key : str
        The values that name it; empty where nothing does.
    cells : tuple of CellChange
        The cells that differ; of an added or a removed row the filled ones.
    """

    kind: ChangeKind
    row: int
    key: str
    cells: tuple[CellChange, ...]


@dataclass(frozen=True, slots=True)
class SheetChange:
    """A sheet that differs.

    Attributes
    ----------
    sheet : str
        Its name.
    kind : {"added", "removed", "changed"}
        What happened to it.
    rows : tuple of RowChange
        The rows that differ, in the order of the later version, removed ones last.
    reordered : bool
        Whether rows that were there before stand in another order now.
    too_long : bool
        Whether it has more rows than are read, so that it was not compared.
    """

    sheet: str
    kind: ChangeKind
    rows: tuple[RowChange, ...] = ()
    reordered: bool = False
    too_long: bool = False


def compare_workbooks(before: Path, after: Path, shown: str) -> tuple[SheetChange, ...]:
    """Tell what changed between two versions of a workbook.

    Parameters
    ----------
    before, after : Path
        The versions.
    shown : str
        Their path as errors print it.

    Returns
    -------
    tuple of SheetChange
        The sheets that differ, in the order of the later version, removed ones last.

    Raises
    ------
    UserError
        If one of them cannot be read.
    """
    earlier, later = (
        {plain(sheet.name): sheet for sheet in read_workbook(path, shown, lambda _: True).sheets}
        for path in (before, after)
    )
    found = []
    for name, sheet in later.items():
        if name not in earlier:
            rows = _whole(sheet, "added")
            found.append(SheetChange(sheet.name, "added", rows, too_long=sheet.too_long))
        else:
            found.extend(_compared(name, earlier[name], sheet))
    for name, sheet in earlier.items():
        if name not in later:
            rows = _whole(sheet, "removed")
            found.append(SheetChange(sheet.name, "removed", rows, too_long=sheet.too_long))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as headings and texts."""

    number: int
    key: tuple[str, ...]
    cells: Mapping[str, str]


def _compared(name: str, before: Sheet, after: Sheet) -> Iterator[SheetChange]:
    if before.too_long or after.too_long:
        yield SheetChange(after.name, "changed", too_long=True)
        return
    unique = _UNIQUE.get(name, ())
    earlier, later = _rows(before, unique), _rows(after, unique)
    pairs = _by_key(earlier, later) if _named(earlier) and _named(later) else None
    pairs = _by_likeness(earlier, later) if pairs is None else pairs
    rows = []
    for number, row in enumerate(later):
        at = pairs.get(number)
        cells = _cells(earlier[at].cells if at is not None else {}, row.cells)
        if cells:
            kind: ChangeKind = "added" if at is None else "changed"
            rows.append(RowChange(kind, row.number, _said(row), cells))
    kept = set(pairs.values())
    for number, row in enumerate(earlier):
        if number not in kept:
            rows.append(RowChange("removed", row.number, _said(row), _cells(row.cells, {})))
    places = [pairs[number] for number in sorted(pairs)]
    reordered = places != sorted(places)
    if rows or reordered:
        yield SheetChange(after.name, "changed", tuple(rows), reordered)


def _whole(sheet: Sheet, kind: ChangeKind) -> tuple[RowChange, ...]:
    rows = _rows(sheet, _UNIQUE.get(plain(sheet.name), ()))
    return tuple(
        RowChange(
            kind, row.number, _said(row),
            _cells({}, row.cells) if kind == "added" else _cells(row.cells, {}),
        )
        for row in rows
    )  # fmt: skip


def _rows(sheet: Sheet, unique: Sequence[str]) -> list[_Row]:
    """Return the rows below the headings."""
    if not sheet.rows:
        return []
    headings = _headings(sheet.rows[0])
    rows = []
    for row in sheet.rows[1 : MAX_ROWS + 1]:
        cells = {
            headings.get(column) or get_column_letter(column): as_text(cell.value)
            for column, cell in row.cells.items()
        }
        plainly = {plain(heading): text for heading, text in cells.items()}
        key = tuple(plainly.get(column, "") for column in unique)
        rows.append(_Row(row.number, key, cells))
    return rows


def _headings(row: SheetRow) -> dict[int, str]:
    """Return the headings by column; of a heading that stands twice, the first keeps it."""
    headings: dict[int, str] = {}
    for column, cell in row.cells.items():
        text = " ".join(as_text(cell.value).split())
        if text and text not in headings.values():
            headings[column] = text
    return headings


def _named(rows: Sequence[_Row]) -> bool:
    """Tell whether every row has a key of its own."""
    keys = [row.key for row in rows]
    return all(any(key) for key in keys) and len(set(keys)) == len(keys)


def _by_key(earlier: Sequence[_Row], later: Sequence[_Row]) -> dict[int, int]:
    """Return by place in the later rows the place of the same row before."""
    places = {row.key: at for at, row in enumerate(earlier)}
    return {at: places[row.key] for at, row in enumerate(later) if row.key in places}


def _by_likeness(earlier: Sequence[_Row], later: Sequence[_Row]) -> dict[int, int]:
    """Match equal rows in order; between them, rows that were replaced stand for each other."""
    one, other = ([tuple(sorted(row.cells.items())) for row in rows] for rows in (earlier, later))
    pairs: dict[int, int] = {}
    matcher = SequenceMatcher(None, one, other)
    for what, first, first_end, second, second_end in matcher.get_opcodes():
        if what in ("equal", "replace"):
            pairs.update(zip(range(second, second_end), range(first, first_end), strict=False))
    return pairs


def _cells(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[CellChange, ...]:
    return tuple(
        CellChange(heading, before.get(heading, ""), after.get(heading, ""))
        for heading in dict.fromkeys((*after, *before))
        if before.get(heading, "") != after.get(heading, "")
    )


def _said(row: _Row) -> str:
    return ", ".join(part for part in row.key if part)
