"""In which notation a questionnaire is written, by its content: names of files lie.

In: the bytes of a file. Out: the notation in which `tyndau.questionnaire.convert` reads it, or a
user error that says what was found instead. What a file is, `tyndau.base.content` knows.
"""

from typing import Literal

from tyndau.base.content import identify
from tyndau.base.errors import Place
from tyndau.questionnaire import problems

Notation = Literal["xlsx", "xls", "csv", "md"]

# A questionnaire of 1,000 questions is below 1 MB; unpacked, a workbook's XML is up to 20 times
# larger, and a "zip bomb" a thousand times.
MAX_BYTES = 10_000_000
MAX_UNPACKED = 120_000_000


def sniff(content: bytes, suffix: str, place: Place) -> Notation:
    """Tell the notation of a questionnaire by its content.

    Parameters
    ----------
    content : bytes
        The whole file.
    suffix : str
        The end of its name, which decides only between CSV and Markdown.
    place : Place
        The file, for errors.

    Returns
    -------
    {"xlsx", "xls", "csv", "md"}
        How to read it.

    Raises
    ------
    UserError
        If it is empty, too large, protected, or something else than a spreadsheet.
    """
    found = identify(content)
    for size, limit in ((len(content), MAX_BYTES), (found.unpacked, MAX_UNPACKED)):
        if size > limit:
            megabytes = -(-size // 1_000_000)
            raise problems.TOO_LARGE.error(place, size=megabytes, limit=limit // 1_000_000)
    if found.kind == "workbook":
        return "xlsx"
    if found.kind == "old-workbook":
        return "xls"
    if found.kind == "text":
        start = content[:100].lstrip(b"\xef\xbb\xbf \t\r\n")
        is_table = suffix.lower() != ".csv" and start.startswith(b"|")
        return "md" if suffix.lower() == ".md" or is_table else "csv"
    if found.kind == "empty":
        raise problems.EMPTY_FILE.error(place)
    if found.kind == "encrypted":
        raise problems.ENCRYPTED.error(place)
    if found.kind == "xform":
        raise problems.IS_XFORM.error(place)
    if found.kind == "broken-archive":
        raise problems.NOT_READABLE.error(place, detail=found.words)
    raise problems.NOT_A_WORKBOOK.error(place, found=found.words)
