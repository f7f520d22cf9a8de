"""A questionnaire on paper as plain data in one language, for the template that sets it.

In: a `Sheet` and a language. Out: what JSON holds, with every text said. Into how many columns
answers go is settled here, by the longest of them.
"""

from math import ceil
from typing import Any

from tyndau.base.grammar.syllables import soft_hyphens
from tyndau.base.languages import N_, Message, Sayable, say
from tyndau.reporting.package import UNDATED
from tyndau.reporting.paper.model import Box, Entry, Matrix, Sheet

_PAGE = N_("Page {page} of {pages}")
_VERSION = N_("Version {version}")
_QUESTION = N_("Question")
_DAY = N_("DD")
_MONTH = N_("MM")
_YEAR = N_("YYYY")
# Characters of the longest answer up to which so many columns fit.
_COLUMNS = ((15, 4), (27, 3), (52, 2))


def plain_sheet(sheet: Sheet, language: str) -> dict[str, Any]:
    """Turn a questionnaire on paper into plain data.

    Parameters
    ----------
    sheet : Sheet
        What is set.
    language : str
        ``kk`` or ``ru``.

    Returns
    -------
    dict
        What JSON holds.
    """
    dated = sheet.dated or UNDATED
    page = Message(_PAGE, {"page": "#", "pages": "##"}).say(language)
    return {
        "language": language,
        "study": say(sheet.study, language),
        "title": say(sheet.title, language),
        "version": Message(_VERSION, {"version": sheet.version}).say(language),
        "author": say(sheet.author, language),
        "date": [dated.year, dated.month, dated.day],
        "banner": say(sheet.banner, language),
        "page": _around(page),
        "fields": [say(field, language) for field in sheet.fields],
        "draws": [
            {"label": say(one.label, language), "boxes": [_box(box, language) for box in one.boxes]}
            for one in sheet.draws
        ],
        "rules": [say(rule, language) for rule in sheet.rules],
        "question": Message(_QUESTION).say(language),
        "moments": [Message(one).say(language) for one in (_DAY, _MONTH, _YEAR)],
        "parts": [
            {
                "title": say(part.title, language),
                "entries": [
                    _matrix(one, language) if isinstance(one, Matrix) else _entry(one, language)
                    for one in part.entries
                ],
            }
            for part in sheet.parts
        ],
    }


def _around(page: str) -> list[str]:
    """Return what stands before, between and after the numbers of page and pages."""
    before, _, after = page.replace("##", "\0", 1).partition("#")
    between, _, last = after.partition("\0")
    return [before, between, last]


def _entry(entry: Entry, language: str) -> dict[str, Any]:
    boxes = [_box(box, language) for box in entry.boxes]
    return {
        "kind": entry.way,
        "number": str(entry.number) if entry.number else "",
        "wording": say(entry.wording, language),
        "condition": say(entry.condition, language),
        "conditional": entry.conditional,
        "hint": say(entry.hint, language) if entry.hint.kk or entry.hint.ru else "",
        "remarks": " ".join(say(one, language) for one in entry.remarks),
        "columns": _in_columns(boxes),
        "boxes": boxes,
        "size": entry.size,
    }


def _matrix(matrix: Matrix, language: str) -> dict[str, Any]:
    rows = [_entry(row, language) for row in matrix.rows]
    return {
        "kind": "matrix",
        "condition": say(matrix.condition, language),
        "conditional": matrix.conditional,
        "hint": rows[0]["hint"],
        "remarks": rows[0]["remarks"],
        "heads": [soft_hyphens(box["label"]) for box in rows[0]["boxes"]],
        "rows": rows,
    }


def _box(box: Box, language: str) -> dict[str, Any]:
    notes = " ".join(_said(note, language) for note in box.notes)
    return {"code": box.code, "label": _said(box.label, language), "notes": notes}


def _said(text: Sayable, language: str) -> str:
    return " ".join(say(text, language).split())


def _in_columns(boxes: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Share answers out into columns, to be read down."""
    longest = max((len(box["label"]) + len(box["notes"]) for box in boxes), default=0)
    most = next((columns for limit, columns in _COLUMNS if longest <= limit), 1)
    rows = ceil(len(boxes) / most)
    return [boxes[at : at + rows] for at in range(0, len(boxes), rows)] if rows else []
