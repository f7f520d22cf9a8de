"""The workbook as cells: what Excel shows in each sheet that is wanted, with its row numbers.

In: the path of ``study.xlsx``. Out: `Workbook` with a `Sheet` for each wanted one, its cells as
Excel shows them (a formula by its last computed value), blank rows left out. What the cells mean is
the business of `tyndau.study.entries`. Sheets that are not wanted are not unpacked, and no more
rows are read than `MAX_ROWS`, so that time is bounded whatever the file holds. Hidden rows and
sheets count like any others. A range merged downwards gives its value to each of its filled rows.
"""

import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from tyndau.base.errors import Place
from tyndau.base.languages import N_, Message
from tyndau.study import problems
from tyndau.study.container import DAMAGE, inspect

# Far more than a study designs; interviews do not belong into the workbook.
MAX_ROWS = 10_000
# Excel's own last row: a row beyond it stands in no file that Excel wrote.
_LAST_ROW = 1_048_576

# [1]Sheet!A1 and '[codes.xlsx]My sheet'!A1; the brackets of Table[column] end in no "!".
_EXTERNAL = re.compile(r"'[^']*\[[^\[\]]+\][^']*'!|\[[^\[\]]+\][\w.]*!")

_UNREADABLE_PART = N_("a part of it cannot be read ({reason})")
# What surrounds a value by accident: str.strip knows the no-break space, not these.
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"


@dataclass(frozen=True, slots=True)
class Cell:
    """One filled cell.

    Attributes
    ----------
    reference : str
        Such as ``C4``.
    value : object
        What it shows: str (trimmed, empty only from a formula), int, float, bool, date, datetime,
        time; None for a formula that was never computed.
    formula : str
        Its formula with the equals sign; empty where there is none.
    is_error : bool
        Whether it shows an error such as ``#REF!``.
    """

    reference: str
    value: object
    formula: str = ""
    is_error: bool = False

    @property
    def external(self) -> bool:
        """Whether its formula takes a value from another workbook."""
        return _EXTERNAL.search(self.formula) is not None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row with at least one filled cell.

    Attributes
    ----------
    number : int
        As Excel numbers it.
    cells : dict of int to Cell
        The filled cells by column, counted from 1.
    """

    number: int
    cells: Mapping[int, Cell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet.

    Attributes
    ----------
    name : str
        As the workbook spells it.
    rows : tuple of SheetRow
        Its filled rows; the first holds the headings.
    merged : tuple of str
        Ranges that are merged across columns, such as ``A2:C2``.
    too_long : bool
        Whether it has more than `MAX_ROWS` filled rows; then none is given.
    """

    name: str
    rows: tuple[SheetRow, ...] = ()
    merged: tuple[str, ...] = ()
    too_long: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook.

    Attributes
    ----------
    shown : str
        Its path as errors print it.
    names : tuple of str
        Names of all its sheets, in order.
    sheets : tuple of Sheet
        The wanted ones, in order.
    """

    shown: str
    names: tuple[str, ...]
    sheets: tuple[Sheet, ...]


def read_workbook(path: Path, shown: str, wanted: Callable[[str], bool]) -> Workbook:
    """Read the wanted sheets of a workbook.

    Parameters
    ----------
    path : Path
        The file.
    shown : str
        Its path as errors print it.
    wanted : callable
        Says of a sheet's name whether the sheet is to be read.

    Returns
    -------
    Workbook
        Names of all sheets, cells of the wanted ones.

    Raises
    ------
    UserError
        If the file is no workbook, locked, damaged or too large.
    """
    inspect(path, shown)
    try:
        # openpyxl warns of styles and validations that it leaves out; nothing of them is read here.
        with warnings.catch_warnings(), path.open("rb") as stream:
            warnings.simplefilter("ignore")
            reader = ExcelReader(stream, read_only=True, data_only=True, keep_links=False)
            reader.read()
            parts = {sheet.name: relation.target for sheet, relation in reader.parser.find_sheets()}
            # openpyxl passes over a sheet whose part is missing; here that is damage.
            for name, part in parts.items():
                if wanted(name):
                    reader.archive.getinfo(part)
            sheets = tuple(
                _read_sheet(sheet, reader.archive, parts[sheet.title])
                for sheet in reader.wb.worksheets
                if wanted(sheet.title)
            )
            return Workbook(shown, tuple(parts), sheets)
    except DAMAGE as error:
        reason = str(error).partition("\n")[0] or type(error).__name__
        detail = Message(_UNREADABLE_PART, {"reason": reason})
        raise problems.BROKEN.error(Place(file=shown), detail=detail) from error


def trimmed(value: object) -> object:
    """Take away the spaces around a text, no-break and zero-width ones included.

    Parameters
    ----------
    value : object
        A cell's value.

    Returns
    -------
    object
        The trimmed text, None for a text of spaces alone; any other value as it is.
    """
    if not isinstance(value, str):
        return value
    shorter = value.strip().strip(_INVISIBLE).strip()
    return shorter or None


def _read_sheet(sheet: Worksheet, archive: ZipFile, part: str) -> Sheet:
    scan = _scan(archive, part)
    if scan is None:
        return Sheet(sheet.title, too_long=True)
    rows = list(_filled_rows(sheet, scan.formulas))
    across = []
    for reference in scan.merged:
        left, top, right, bottom = (bound or 1 for bound in range_boundaries(reference))
        if right > left:
            across.append(reference)
        else:
            rows = _filled_down(rows, left, top, bottom)
    return Sheet(sheet.title, tuple(rows), tuple(across))


@dataclass(frozen=True, slots=True)
class _Scan:
    """What openpyxl leaves out when it reads values: formulas by cell, and merged ranges."""

    formulas: dict[str, str]
    merged: list[str]


def _scan(archive: ZipFile, part: str) -> _Scan | None:
    """Go through a sheet's XML; None as soon as it has more filled rows than are read."""
    scan = _Scan({}, [])
    shared: dict[str, str] = {}
    filled_rows = 0
    filled = False
    with archive.open(part) as stream:
        for _, element in iterparse(stream):
            name = element.tag.rpartition("}")[2]
            if name == "c":
                filled = filled or len(element) > 0
                formula = element.find(f"{{{SHEET_MAIN_NS}}}f")
                if formula is not None:
                    # Of formulas filled down, the first cell alone holds the text.
                    text = formula.text or shared.get(formula.get("si", ""), "")
                    shared.setdefault(formula.get("si", ""), text)
                    scan.formulas[element.get("r", "")] = f"={text}"
                element.clear()
            elif name == "row":
                filled_rows += filled
                filled = False
                if filled_rows > MAX_ROWS + 1:  # one more for the headings
                    return None
                if int(element.get("r", 1)) > _LAST_ROW:
                    raise ValueError(f"row {element.get('r')}")
                element.clear()
            elif name == "mergeCell":
                scan.merged.append(element.get("ref", ""))
    return scan


def _filled_rows(sheet: Worksheet, formulas: Mapping[str, str]) -> Iterator[SheetRow]:
    # The size that a sheet declares may be wrong; without it openpyxl reads to the last row.
    sheet.reset_dimensions()  # type: ignore[attr-defined]
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = {}
        for column, cell in enumerate(row, start=1):
            reference = f"{get_column_letter(column)}{number}"
            value = trimmed(cell.value)
            formula = formulas.get(reference, "")
            if formula and value is None and cell.data_type == "str":
                value = ""  # computed, to an empty text
            if formula or value is not None:
                cells[column] = Cell(reference, value, formula, cell.data_type == "e")
        if cells:
            yield SheetRow(number, cells)


def _filled_down(rows: Iterable[SheetRow], column: int, top: int, bottom: int) -> list[SheetRow]:
    """Give the value of a range merged downwards to each of its rows that holds something."""
    result = []
    first: Cell | None = None
    for row in rows:
        if row.number == top:
            first = row.cells.get(column)
        if top < row.number <= bottom and first is not None:
            result.append(SheetRow(row.number, {**row.cells, column: first}))
        else:
            result.append(row)
    return result
