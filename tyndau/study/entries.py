"""The rows of a sheet as typed entries, with everything that is wrong in its cells.

In: a `Sheet` of cells and its `SheetSpec`. Out: `Entry` objects and problems, all of them, in the
order of the sheet. A cell that is wrong is reported once and then counts as empty. What an entry
means beside the other sheets and the forms is the business of `tyndau.study.load`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries

from tyndau.base.errors import Place, Problem
from tyndau.base.languages import CONTENT_LANGUAGES, Message, Text, without_dash
from tyndau.study import problems
from tyndau.study.cells import EXPECTED, WrongKindError, as_text, convert
from tyndau.study.schema import SHEETS, ColumnSpec, SheetSpec, TextSpec, nearest, plain
from tyndau.study.workbook import MAX_ROWS, Cell, Sheet, SheetRow, Workbook


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a sheet.

    Attributes
    ----------
    file, sheet : str
        Where it stands, as errors print it.
    row : int
        As Excel numbers it.
    letters : dict of str to str
        Excel's letter of each column that the sheet has.
    values : dict of str to object
        Typed values of the cells that are filled and right.
    reported : frozenset of str
        Columns whose cell was reported as wrong; that it gives no value is said by that.
    """

    file: str
    sheet: str
    row: int
    letters: Mapping[str, str]
    values: Mapping[str, object]
    reported: frozenset[str] = frozenset()

    def place(self, column: str = "") -> Place:
        """Say where the entry stands, or its cell in a column.

        Parameters
        ----------
        column : str, optional
            Heading of the column.

        Returns
        -------
        Place
            File, sheet, row, column.
        """
        return Place(self.file, self.sheet, self.row, column)

    def cell(self, column: str) -> str:
        """Return Excel's reference of the cell in a column, such as ``C4``.

        Parameters
        ----------
        column : str
            Heading of a column that the sheet has.

        Returns
        -------
        str
            The reference.
        """
        return f"{self.letters[column]}{self.row}"

    def text(self, column: str) -> str:
        """Return a cell as text.

        Parameters
        ----------
        column : str
            Heading of the column.

        Returns
        -------
        str
            The text; empty where the cell is.
        """
        return as_text(self.values.get(column))

    def pair(self, name: str) -> Text:
        """Return a text in both languages.

        Parameters
        ----------
        name : str
            Name of the `TextSpec`.

        Returns
        -------
        Text
            From the columns ``NAME_kk`` and ``NAME_ru``; a dash counts as missing.
        """
        written = (self.text(f"{name}_{language}") for language in CONTENT_LANGUAGES)
        return Text(*map(without_dash, written))


@dataclass(slots=True)
class Entries:
    """The entries of one sheet with the problems found in it.

    Attributes
    ----------
    spec : SheetSpec
        What the sheet may hold.
    rows : list of Entry
        Its filled rows.
    problems : list of Problem
        What is wrong with it.
    """

    spec: SheetSpec
    rows: list[Entry]
    problems: list[Problem]


def is_known(name: str) -> bool:
    """Whether a sheet's name is one of a study's sheets.

    Parameters
    ----------
    name : str
        As the workbook spells it.

    Returns
    -------
    bool
        True if the sheet is to be read.
    """
    return any(plain(name) == spec.name for spec in SHEETS)


def read_entries(workbook: Workbook) -> dict[str, Entries]:
    """Read all sheets of a study's workbook.

    Parameters
    ----------
    workbook : Workbook
        The cells of the sheets that are known.

    Returns
    -------
    dict of str to Entries
        By the names of `SHEETS`; a sheet that the workbook lacks has no entries.
    """
    result = {spec.name: Entries(spec, [], []) for spec in SHEETS}
    seen = set()
    for sheet in workbook.sheets:
        entries = result[plain(sheet.name)]
        if plain(sheet.name) in seen:
            place = Place(workbook.shown, sheet.name)
            entries.problems.append(problems.SHEET_TWICE.at(place, name=entries.spec.name))
        else:
            _SheetReader(workbook.shown, sheet, entries).read()
        seen.add(plain(sheet.name))
    missing = [spec for spec in SHEETS if spec.required and spec.name not in seen]
    for spec in missing:
        found = nearest(spec.name, workbook.names)
        problem = problems.NO_SHEET.at(Place(workbook.shown), name=spec.name, found=found)
        result[spec.name].problems.append(problem)
    if not missing:
        first = result[SHEETS[0].name]
        for name in workbook.names:
            if not is_known(name):
                known = nearest(name, result)
                place = Place(workbook.shown, name)
                first.problems.append(problems.UNKNOWN_SHEET.at(place, name=name, known=known))
    return result


def untranslated(entries: Entries, languages: Iterable[str]) -> list[Problem]:
    """Find the texts of a sheet that are written in one language and lack another.

    Parameters
    ----------
    entries : Entries
        A sheet.
    languages : iterable of str
        The study's languages.

    Returns
    -------
    list of Problem
        A warning for each text and language; one for a whole column that is missing.
    """
    found = []
    absent = set()
    for entry in entries.rows:
        for spec in entries.spec.texts:
            text = entry.pair(spec.name)
            lacking = [language for language in languages if language in text.missing]
            for language in lacking if text.kk or text.ru else []:
                column = spec.column(language)
                if column in entry.reported:
                    continue
                if column in entry.letters:
                    values = {"cell": entry.cell(column), "other": text.kk or text.ru}
                    place = entry.place(column)
                    found.append(problems.UNTRANSLATED.at(place, **values, language=language))
                elif column not in absent:
                    absent.add(column)
                    place = Place(entry.file, entry.sheet)
                    found.append(problems.NO_TRANSLATIONS.at(place, name=column, language=language))
    return found


class _SheetReader:
    """Reads one sheet into entries, collecting problems."""

    def __init__(self, file: str, sheet: Sheet, entries: Entries) -> None:
        self.file = file
        self.sheet = sheet
        self.spec = entries.spec
        self.entries = entries
        self.headings: dict[str, int] = {}
        self.first_rows: dict[tuple[str, ...], int] = {}
        self.merged: set[tuple[int, int]] = set()

    def read(self) -> None:
        if self.sheet.too_long:
            self.report(problems.MANY_ROWS.at(self.place(), limit=MAX_ROWS))
            return
        if not self.sheet.rows:
            if self.spec.required:
                columns = [column.name for column in self.spec.columns]
                self.report(problems.EMPTY_SHEET.at(self.place(), columns=columns))
            return
        self.read_headings(self.sheet.rows[0])
        self.check_merged()
        for row in self.sheet.rows[1:]:
            self.read_row(row)

    def report(self, problem: Problem) -> None:
        self.entries.problems.append(problem)

    def place(self, row: int = 0, column: str = "") -> Place:
        return Place(self.file, self.sheet.name, row, column)

    def read_headings(self, row: SheetRow) -> None:
        known = {column.name for column in self.spec.columns}
        place = self.place(row.number)
        headings = {index: as_text(cell.value) for index, cell in row.cells.items()}
        for index, heading in headings.items():
            name = plain(heading)
            if name not in known:
                near = nearest(heading, known)
                self.report(problems.UNKNOWN_COLUMN.at(place, name=heading, known=near))
            elif name in self.headings:
                first, second = map(get_column_letter, (self.headings[name], index))
                values = {"name": name, "first": first, "second": second}
                self.report(problems.COLUMN_TWICE.at(place, **values))
            else:
                self.headings[name] = index
        for part in self.spec.parts:
            if isinstance(part, ColumnSpec):
                lacking = [part.name] if part.required else []
            else:
                names = [part.column(language) for language in CONTENT_LANGUAGES]
                absent = part.need and not any(name in self.headings for name in names)
                lacking = names if absent else []
            for name in lacking:
                if name not in self.headings:
                    found = nearest(name, headings.values())
                    self.report(problems.NO_COLUMN.at(place, name=name, found=found))

    def check_merged(self) -> None:
        last = self.sheet.rows[-1].number
        for reference in self.sheet.merged:
            left, top, right, bottom = (bound or 1 for bound in range_boundaries(reference))
            across = [index for index in self.headings.values() if left <= index <= right]
            if top <= last and across:
                self.report(problems.MERGED.at(self.place(top), range=reference))
                rows = range(top, min(bottom, last) + 1)
                self.merged.update((row, index) for row in rows for index in across)

    def read_row(self, row: SheetRow) -> None:
        cells = {
            name: row.cells[index] for name, index in self.headings.items() if index in row.cells
        }
        if not cells:
            return
        values = {}
        reported = {
            name for name, index in self.headings.items() if (row.number, index) in self.merged
        }
        for column in self.spec.columns:
            if column.name in cells:
                before = len(self.entries.problems)
                value = self.read_cell(cells[column.name], column, row.number)
                if value is not None and value != "":
                    values[column.name] = value
                elif any(p.kind.severity == "error" for p in self.entries.problems[before:]):
                    reported.add(column.name)
        letters = {name: get_column_letter(index) for name, index in self.headings.items()}
        entry = Entry(self.file, self.sheet.name, row.number, letters, values, frozenset(reported))
        self.check_filled(entry, cells)
        self.check_unique(entry)
        self.entries.rows.append(entry)

    def read_cell(self, cell: Cell, column: ColumnSpec, row: int) -> object:
        place = self.place(row, column.name)
        shown = as_text(cell.value)
        if cell.is_error:
            self.report(problems.ERROR_VALUE.at(place, cell=cell.reference, value=shown))
            return None
        if cell.external:
            values = {"cell": cell.reference, "formula": cell.formula}
            self.report(problems.EXTERNAL.at(place, **values))
        elif cell.formula and cell.value is None:
            self.report(problems.FORMULA_NO_VALUE.at(place, cell=cell.reference))
        elif cell.formula:
            self.report(problems.FORMULA.at(place, cell=cell.reference, value=shown))
        if cell.value is None or cell.value == "":
            return None
        try:
            typed = convert(cell.value, column.kind)
        except WrongKindError:
            if isinstance(cell.value, date) and column.kind in ("code", "name"):
                kind = problems.DATE_FOR_CODE
            else:
                kind = problems.WRONG_VALUE
            expected = Message(EXPECTED[column.kind])
            self.report(kind.at(place, cell=cell.reference, value=shown, expected=expected))
            return None
        if column.allowed and as_text(typed) not in column.allowed:
            known = nearest(shown, column.allowed)
            self.report(
                problems.NOT_ALLOWED.at(place, cell=cell.reference, value=shown, known=known)
            )
            return None
        return typed

    def check_filled(self, entry: Entry, cells: Mapping[str, Cell]) -> None:
        """Report what must be filled and is not; cells reported as wrong are not empty."""
        for part in self.spec.parts:
            if isinstance(part, TextSpec):
                needed = part.need == "cell"
                names = [part.column(language) for language in CONTENT_LANGUAGES]
            else:
                needed = part.required
                names = [part.name]
            if not needed:
                continue
            present = [name for name in names if name in self.headings]
            filled = any(
                name in entry.reported or _holds_something(cells.get(name)) for name in present
            )
            if present and not filled:
                expected = Message(EXPECTED[part.kind if isinstance(part, ColumnSpec) else "text"])
                values = {"cell": entry.cell(present[0]), "expected": expected}
                self.report(problems.EMPTY_CELL.at(entry.place(present[0]), **values))

    def check_unique(self, entry: Entry) -> None:
        key = tuple(entry.text(column) for column in self.spec.unique)
        if not key:
            return
        needed = {column.name for column in self.spec.columns if column.required}
        if not all(
            value for column, value in zip(self.spec.unique, key, strict=True) if column in needed
        ):
            return
        first = self.first_rows.setdefault(key, entry.row)
        if first != entry.row:
            filled = [column for column in self.spec.unique if entry.text(column)]
            place = entry.place(filled[-1])
            self.report(problems.TWICE.at(place, value=" / ".join(filter(None, key)), first=first))


def _holds_something(cell: Cell | None) -> bool:
    return cell is not None and (cell.value not in (None, "") or bool(cell.formula))
