"""Writing CSV piece by piece, for Excel and for whoever opens it without looking.

In: names of columns, rows of texts, as an iterator. Out: pieces of text, the first at once, so that
a large export begins to arrive before it is computed. A text that a spreadsheet would take for a
formula gets an apostrophe before it: what respondents say must compute nothing on a desk.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

# Excel takes a file without it for one of its system's old encoding.
_MARK: Final = "\ufeff"
_ROWS: Final = 200  # of one piece; about 100 KB of a questionnaire of 60 questions
# How formulas begin, by the Open Web Application Security Project's page on CSV injection.
_FORMULA: Final = frozenset("=+-@\t\r")
_NUMBER: Final = re.compile(r"[+-]\d+(?:[.,]\d+)?")


def write_csv(
    names: Sequence[str], rows: Iterable[Sequence[str]], *, separator: str = ","
) -> Iterator[str]:
    """Write a table.

    Parameters
    ----------
    names : sequence of str
        Of the columns.
    rows : iterable of sequence of str
        As many texts as there are columns.
    separator : str, default ","
        Between cells; Excel in Russian and Kazakh opens a file with ``;`` as a table.

    Yields
    ------
    str
        A piece, to be written in UTF-8; the first is the line of names.
    """
    yield _MARK + _piece([names], separator)
    waiting = iter(rows)
    while part := list(islice(waiting, _ROWS)):
        yield _piece(part, separator)


def formula_safe(text: str) -> str:
    """Make a text safe to stand in a cell.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        With an apostrophe before what a spreadsheet would compute; numbers such as ``-5`` and
        ``+7.2`` stay as they are.
    """
    if text and text[0] in _FORMULA and not _NUMBER.fullmatch(text):
        return "'" + text
    return text


def _piece(rows: Iterable[Sequence[str]], separator: str) -> str:
    stream = io.StringIO(newline="")
    safe = formula_safe
    csv.writer(stream, delimiter=separator).writerows(
        [text if not text or text[0] not in _FORMULA else safe(text) for text in row]
        for row in rows
    )
    return stream.getvalue()
