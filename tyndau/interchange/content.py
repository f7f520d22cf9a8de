"""Whether a file of answers is of the kind that its ending promises.

In: the bytes of a file. Out: the values of ``data.wrong-type``, with what to do to get a file that
can be read. What a file is, `tyndau.base.content` knows.
"""

from typing import Literal

from tyndau.base.content import ContentKind, identify
from tyndau.base.languages import N_, Message

_EXPECTED = {"csv": N_("a CSV file"), "sav": N_("an SPSS file (.sav)")}
_EXCEL = N_('Open it in Excel and save it as "CSV UTF-8", then import that file.')
_ENDING = N_("Give the file the ending .sav, then import it.")
_UNPACK = N_("Unpack it and import the CSV or .sav file inside.")
_EXPORT = N_("Export the data as CSV or .sav, then import that file.")
_TEXT = N_("If it is a CSV file, give it the ending .csv; otherwise save it again as .sav.")

_ADVICE: dict[ContentKind, str] = {
    "workbook": _EXCEL,
    "strict-workbook": _EXCEL,
    "binary-workbook": _EXCEL,
    "old-workbook": _EXCEL,
    "open-document": _EXCEL,
    "web-page": _EXCEL,
    "archive": _UNPACK,
    "broken-archive": _UNPACK,
    "packed": _UNPACK,
    "spss": _ENDING,
    "text": _TEXT,
    "binary": _TEXT,
    "xml": _TEXT,
}
# What the reader of CSV looks at itself: it knows encodings, and names the line of a zero byte.
_PERHAPS_CSV = {"text", "binary", "xml", "empty"}


def wrong_type(content: bytes, expected: Literal["csv", "sav"]) -> dict[str, Message] | None:
    """Tell what a file is if it is not what it should be.

    Parameters
    ----------
    content : bytes
        The whole file.
    expected : {"csv", "sav"}
        What it should be.

    Returns
    -------
    dict of str to Message, or None
        Values ``got``, ``expected`` and ``advice`` of ``data.wrong-type``; None if it may be that.
    """
    found = identify(content)
    if found.kind in _PERHAPS_CSV if expected == "csv" else found.kind == "spss":
        return None
    return {
        "got": found.words,
        "expected": Message(_EXPECTED[expected]),
        "advice": Message(_ADVICE.get(found.kind, _EXPORT)),
    }
