"""The child process that opens foreign spreadsheets and runs pyxform on them, under limits.

In (standard input): JSON with ``limits`` (memory, seconds, rows, columns) and ``sources``, each
with a notation and a path or a text. Out (standard output): a line of JSON a source, written as
soon as it is done: rows of the sheets with the numbers that the user's program shows, faults of
cells, the XForm, warnings, and the first thing that pyxform refused. It decides nothing: what is
an error is said by `tyndau.questionnaire.load`. It imports nothing of ours, so that it starts
quickly and holds little memory.
"""

import csv
import io
import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

try:
    import resource
except ImportError:  # Windows has no such limits; the parent's timeout remains
    resource = None  # type: ignore[assignment]

SHEETS = ("survey", "choices", "settings", "external_choices", "entities", "osm")
# A gap of this many empty rows ends a sheet: formatting alone can reach down a million rows.
_GAP = 1000
_FORMULA = re.compile(
    rb'<c\s(?P<head>[^>]*)>\s*<f[^>]*?(?:/>|>(?P<formula>.*?)</f>)\s*'
    rb"(?P<value><v[^>]*?(?:/>|>.*?</v>))?",
    re.DOTALL,
)  # fmt: skip
_MARKDOWN_RULE = re.compile(r"^[|\s:-]+$")
_UNESCAPED_BAR = re.compile(r"(?<!\\)\|")

Cells = list[str]
Fault = dict[str, Any]


class _TooManyRowsError(Exception):
    pass


class _Book:
    """The sheets of a source, row by row, and what is wrong with their cells."""

    def __init__(self, limit: int, columns: int) -> None:
        self.limit = limit
        self.columns = columns
        self.names: list[str] = []
        self.sheets: dict[str, list[tuple[int, Cells]]] = {}
        self.faults: list[Fault] = []

    def add(self, name: str, rows: Iterable[tuple[int, Cells]], *, only: bool = False) -> None:
        """Take the rows of a sheet that an XLSForm has, or of the only sheet."""
        self.names.append(name)
        known = name.strip().lower()
        if known not in SHEETS and not only:
            return
        known = known if known in SHEETS else "survey"
        kept: list[tuple[int, Cells]] = []
        empty = 0
        for number, cells in rows:
            if any(cells):
                kept.append((number, cells))
                empty = 0
            else:
                empty += 1
            if len(kept) > self.limit:
                self.faults.append({"fault": "rows", "sheet": name, "limit": self.limit})
                raise _TooManyRowsError
            if empty > _GAP:
                break
        self.sheets[known] = kept

    def fault(self, fault: str, sheet: str, row: int, column: int, value: str) -> None:
        """Note a cell that cannot be taken as it is."""
        cell = f"{_letters(column)}{row}"
        self.faults.append(
            {"fault": fault, "sheet": sheet, "row": row, "cell": cell, "value": value}
        )


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _read_xlsx(content: bytes, book: _Book) -> None:
    from openpyxl.reader.excel import ExcelReader
    from pyxform.xls2json_backends import xlsx_value_to_str

    reader = ExcelReader(io.BytesIO(content), read_only=True, data_only=True)
    reader.read()
    only = len(reader.wb.worksheets) == 1

    def rows(sheet: Any) -> Iterator[tuple[int, Cells]]:
        for number, row in enumerate(sheet.iter_rows(), start=1):
            cells = []
            for column, cell in enumerate(row[: book.columns], start=1):
                value = cell.value
                if cell.value is not None and cell.data_type == "e":
                    book.fault("error", sheet.title, number, column, str(value))
                cells.append("" if value is None else xlsx_value_to_str(value).strip())
            yield number, cells

    for sheet in reader.wb.worksheets:
        if only or sheet.title.strip().lower() in SHEETS:
            sheet.reset_dimensions()
            _find_uncomputed(reader.archive.read(_path_of(sheet)), sheet.title, book)
        book.add(sheet.title, rows(sheet), only=only)


def _path_of(sheet: Any) -> str:
    return str(sheet._worksheet_path)


def _find_uncomputed(xml: bytes, sheet: str, book: _Book) -> None:
    """Find formulas that no program has computed yet: their cells would be read as empty."""
    if b"<f" not in xml:
        return
    for match in _FORMULA.finditer(xml):
        head, value = match["head"].decode(), match["value"] or b""
        inner = value.partition(b">")[2].rpartition(b"<")[0]
        place = re.search(r'\br="([A-Z]+)(\d+)"', head)
        # t="str" with nothing in it is the computed empty text.
        if inner.strip() or 't="str"' in head or place is None:
            continue
        formula = (match["formula"] or b"").decode("utf-8", "replace")
        book.faults.append(
            {"fault": "uncomputed", "sheet": sheet, "row": int(place[2]),
             "cell": place[1] + place[2], "value": f"={formula}"}
        )  # fmt: skip


def _read_xls(content: bytes, book: _Book) -> None:
    import xlrd  # type: ignore[import-untyped]
    from pyxform.xls2json_backends import xls_value_to_unicode

    workbook = xlrd.open_workbook(file_contents=content, logfile=io.StringIO())

    def rows(sheet: Any) -> Iterator[tuple[int, Cells]]:
        for number in range(sheet.nrows):
            cells = []
            for column, cell in enumerate(sheet.row(number)[: book.columns]):
                text = ""
                if cell.ctype == xlrd.XL_CELL_ERROR:
                    text = xlrd.error_text_from_code.get(cell.value, "#?")
                    book.fault("error", sheet.name, number + 1, column + 1, text)
                elif cell.value != "":
                    text = xls_value_to_unicode(cell.value, cell.ctype, workbook.datemode)
                cells.append(text.strip())
            yield number + 1, cells

    for sheet in workbook.sheets():
        book.add(sheet.name, rows(sheet), only=workbook.nsheets == 1)


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Excel in Kazakhstan writes CSV in Windows-1251.
        return content.decode("cp1251")


def _read_csv(text: str, book: _Book) -> None:
    head = text[:5000]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    _add_by_first_column(((reader.line_num, row) for row in reader), book)


def _read_markdown(text: str, book: _Book) -> None:
    def rows() -> Iterator[tuple[int, Cells]]:
        for number, line in enumerate(text.split("\n"), start=1):
            line = line.strip()
            if line.startswith("|") and not _MARKDOWN_RULE.match(line):
                cells = _UNESCAPED_BAR.split(line.strip("|") if line.endswith("|") else line[1:])
                if line.startswith("||"):
                    cells.insert(0, "")
                yield number, [cell.strip().replace("\\|", "|") for cell in cells]

    _add_by_first_column(rows(), book)


def _add_by_first_column(lines: Iterable[tuple[int, Cells]], book: _Book) -> None:
    """Split lines into sheets: a sheet's name stands alone in the first column, above its rows."""
    sheets: dict[str, list[tuple[int, Cells]]] = {}
    current = None
    for number, cells in lines:
        if cells and cells[0].strip():
            current = sheets.setdefault(cells[0].strip(), [])
        if current is not None and any(cell.strip() for cell in cells[1:]):
            current.append((number, [cell.strip() for cell in cells[1 : book.columns]]))
    for name, rows in sheets.items():
        book.add(name, rows)


def _as_dictionaries(book: _Book) -> dict[str, Any]:
    """Return the sheets as pyxform wants them, row n of a sheet as its n-th dictionary."""
    definition: dict[str, Any] = {"sheet_names": book.names}
    for name, rows in book.sheets.items():
        if not rows:
            continue
        heads = [re.sub(" +", " ", head) for head in rows[0][1]]
        definition[f"{name}_header"] = [{head: None for head in heads if head}]
        definition[name] = [
            {head: cell for head, cell in zip(heads, cells, strict=False) if head and cell}
            for _, cells in rows[1:]
        ]
    return definition


def _convert(source: dict[str, Any], limits: dict[str, int]) -> dict[str, Any]:
    book = _Book(limits["rows"], limits["columns"])
    answer: dict[str, Any] = {"names": book.names, "sheets": book.sheets, "faults": book.faults}
    try:
        content = source["text"].encode() if "text" in source else Path(source["path"]).read_bytes()
        if source["notation"] == "xlsx":
            _read_xlsx(content, book)
        elif source["notation"] == "xls":
            _read_xls(content, book)
        elif source["notation"] == "csv":
            _read_csv(_decode(content), book)
        else:
            _read_markdown(_decode(content), book)
    except _TooManyRowsError:
        return answer
    except MemoryError:
        return answer | {"fatal": "memory"}
    except Exception as fault:  # noqa: BLE001 - whatever a foreign file makes the readers raise
        return answer | {"fatal": f"{type(fault).__name__}: {fault}"}
    if not book.sheets.get("survey") or book.faults:
        return answer
    return answer | _run_pyxform(_as_dictionaries(book), source["stem"])


def _run_pyxform(definition: dict[str, Any], stem: str) -> dict[str, Any]:
    from pyxform.errors import PyXFormError
    from pyxform.question_type_dictionary import QUESTION_TYPE_DICT
    from pyxform.xls2xform import convert

    answer: dict[str, Any] = {"types": sorted(QUESTION_TYPE_DICT)}
    warnings: list[str] = []
    try:
        result = convert(definition | {"fallback_form_name": stem}, warnings=warnings)
    except PyXFormError as fault:
        return answer | {"refused": str(fault)}
    except MemoryError:
        return answer | {"fatal": "memory"}
    except Exception as fault:  # noqa: BLE001 - pyxform is known to raise TypeError and others
        return answer | {"refused": f"{type(fault).__name__}: {fault}"}
    return answer | {"xform": result.xform, "warnings": warnings}


def main() -> None:
    """Serve the request on standard input."""
    request = json.load(sys.stdin)
    limits = request["limits"]
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
        resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"] + 1))
    for source in request["sources"]:
        try:
            line = json.dumps(_convert(source, limits))
        except MemoryError:
            line = json.dumps({"names": [], "sheets": {}, "faults": [], "fatal": "memory"})
        print(line, flush=True)  # noqa: T201 - the answer to the parent


if __name__ == "__main__":
    main()
