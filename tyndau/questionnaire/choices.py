"""Choice lists: from the sheet ``choices`` and from CSV files beside the form.

In: rows of the sheet, or the bytes of a file. Out: choices in order, by list, and the problems
found. A code's meaning comes from the column ``meaning``, else from `tyndau.base.frames.MEANINGS`.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import get_args

from tyndau.base.errors import Place, Problem
from tyndau.base.frames import MEANINGS, RESERVED_CODES, Category, Meaning
from tyndau.questionnaire import problems
from tyndau.questionnaire.form import Choice
from tyndau.questionnaire.sheets import COLUMNS, TRANSLATABLE, Row, Sheet, as_text

# A file of choices may be longer than a sheet; this bounds memory (villages of a country: 7,000).
MAX_FILE_CHOICES = 50_000


@dataclass(slots=True)
class ChoiceLists:
    """Choices by list, and where the lists are used.

    Attributes
    ----------
    lists : dict of str to tuple of Choice
        By the name of the list.
    spaced : dict of str to list of Problem
        Codes with spaces, by list: a fault only in a multiple response.
    """

    lists: dict[str, tuple[Choice, ...]]
    spaced: dict[str, list[Problem]] = field(default_factory=dict)


def read_choices(
    sheet: Sheet,
    place: Place,
    languages: Sequence[str],
    found: list[Problem],
    *,
    duplicates: bool = False,
) -> ChoiceLists:
    """Read the sheet of choices.

    Parameters
    ----------
    sheet : Sheet
        The sheet.
    place : Place
        The file and the sheet.
    languages : sequence of str
        Languages of the form.
    found : list of Problem
        Where problems are added.
    duplicates : bool, default False
        Whether the form's settings allow a code to stand twice in a list.

    Returns
    -------
    ChoiceLists
        The choices of each list, in order.
    """
    result = ChoiceLists({})
    for wanted in ("list_name", "name"):
        if sheet.rows and wanted not in sheet.columns:
            where = Place(place.file, place.sheet, sheet.numbers[0])
            names = ", ".join(sheet.headings.values())
            found.append(problems.NO_COLUMN.at(where, wanted=wanted, found=names))
            return result
    rows: dict[tuple[str, str], int] = {}
    lists: dict[str, list[Choice]] = {}
    for row in sheet.rows:
        name, code = row["list_name"], row["name"]
        if not name:
            continue
        where = Place(place.file, place.sheet, row.number, sheet.headings["name"])
        if not code:
            found.append(problems.NO_CODE.at(where, label=row["label"], list=name))
            lists.setdefault(name, [])
            continue
        if (name, code) in rows and not duplicates:
            values = {"list": name, "code": code, "other": rows[name, code]}
            found.append(problems.DUPLICATE_CODE.at(where, **values))
        if code in RESERVED_CODES:
            taken = sorted(RESERVED_CODES)
            found.append(problems.RESERVED_CODE.at(where, code=code, taken=taken))
        if len(code.split()) > 1:
            result.spaced.setdefault(name, []).append(problems.BAD_CODE.at(where, code=code))
        rows.setdefault((name, code), row.number)
        lists.setdefault(name, []).append(_choice(row, code, place, languages, found))
    result.lists = {name: tuple(choices) for name, choices in lists.items()}
    return result


def _choice(
    row: Row, code: str, place: Place, languages: Sequence[str], found: list[Problem]
) -> Choice:
    written = row["meaning"]
    meaning: Meaning = MEANINGS.get(code, "")
    if written in get_args(Meaning):
        meaning = written or meaning  # type: ignore[assignment]
    else:
        where = Place(place.file, place.sheet, row.number, "meaning")
        found.append(problems.BAD_MEANING.at(where, got=written))
    labels = row.texts.get("label", {})
    known = (*COLUMNS["choices"], *TRANSLATABLE)
    extra = {column: text for column, text in row.cells.items() if column not in known}
    return Choice(Category(code, as_text(labels, languages), meaning), extra, row.number, labels)


def read_choice_file(
    content: bytes, value: str, label: str, name: str, place: Place
) -> tuple[Choice, ...]:
    """Read choices from a CSV file.

    Parameters
    ----------
    content : bytes
        The file.
    value, label : str
        Its columns with codes and labels; a label may have a language, as in ``label::ru``.
    name : str
        The file's name, for errors.
    place : Place
        The row of the form that asks for the file.

    Returns
    -------
    tuple of Choice
        The choices in order, without rows in a sheet.

    Raises
    ------
    UserError
        If it is no CSV in UTF-8 or lacks these columns.
    """
    try:
        return tuple(_choices_of(content, value, label))
    except (ValueError, csv.Error) as fault:
        raise problems.BAD_CHOICE_FILE.error(place, name=name, detail=str(fault)) from None


def _choices_of(content: bytes, value: str, label: str) -> Iterator[Choice]:
    lines = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    if value not in (lines.fieldnames or ()):
        raise ValueError(f"no column {value}")
    for number, line in enumerate(lines):
        if number == MAX_FILE_CHOICES:
            raise ValueError(f"more than {MAX_FILE_CHOICES} rows")
        cells = {key: text or "" for key, text in line.items() if key is not None}
        text = as_text({"": cells.get(label, "")}, ())
        yield Choice(Category(cells[value], text, MEANINGS.get(cells[value], "")), cells)
