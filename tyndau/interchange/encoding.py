"""From the bytes of a CSV file to its text.

In: bytes as Excel and other programs write them: UTF-8 with or without a mark, UTF-16,
Windows-1251. Out: the text, the encoding's name, warnings. A damaged UTF-8 file is an error, never
read as Windows-1251.
"""

import re

from tyndau.base.errors import Place, Problem
from tyndau.base.languages import N_, Message
from tyndau.interchange import problems

_CUT = N_("its last letter is not whole")

_CYRILLIC = "А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі"
# Before a letter, or instead of whole words; a question mark after a word is a question mark.
_LOST = re.compile(rf"(?<![?!.])\?(?=[{_CYRILLIC}])|\?{{4,}}|\?{{2,}} \?{{2,}}")
_AROUND = 12
_HEAD = 256  # bytes that tell UTF-16


def decode(data: bytes, file: str) -> tuple[str, str]:
    """Decode the bytes of a CSV file.

    Parameters
    ----------
    data : bytes
        The file.
    file : str
        Its path, for errors.

    Returns
    -------
    text : str
        Without a byte-order mark.
    encoding : str
        ``utf-8``, ``utf-16-le``, ``utf-16-be`` or ``windows-1251``.

    Raises
    ------
    UserError
        ``data.truncated``, ``data.nul`` or ``data.encoding``.
    """
    encoding = _utf_16(data)
    if encoding:
        text = _decode_utf_16(data, encoding, file)
    else:
        text, encoding = _decode_bytes(data, file)
    text = text.removeprefix("\ufeff")
    nul = text.find("\0")
    if nul >= 0:
        raise problems.NUL.error(Place(file=file, row=_line(text, nul)))
    return text, encoding


def lost_letters(text: str, file: str) -> list[Problem]:
    """Warn of question marks that stand where letters should be.

    Parameters
    ----------
    text : str
        The text of the file.
    file : str
        Its path.

    Returns
    -------
    list of Problem
        One warning at the first such line, or none.
    """
    first = _LOST.search(text)
    if not first:
        return []
    lines, line, position = set(), 1, 0
    for match in _LOST.finditer(text):
        line += text.count("\n", position, match.start())
        position = match.start()
        lines.add(line)
    before = text[: first.start()].splitlines()[-1:] or [""]
    after = text[first.start() :].splitlines()[0]
    sample = before[0][-_AROUND:] + after[: 2 * _AROUND]
    place = Place(file=file, row=min(lines))
    return [problems.LOST_LETTERS.at(place, sample=sample, count=len(lines))]


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _utf_16(data: bytes) -> str:
    if data.startswith(b"\xff\xfe"):
        return "utf-16-le"
    if data.startswith(b"\xfe\xff"):
        return "utf-16-be"
    # Without a mark: of Latin letters, digits and separators every other byte is NUL.
    even, odd = data[0:_HEAD:2].count(0), data[1:_HEAD:2].count(0)
    enough = min(len(data), _HEAD) // 8
    if odd > enough and not even:
        return "utf-16-le"
    if even > enough and not odd:
        return "utf-16-be"
    return ""


def _decode_utf_16(data: bytes, encoding: str, file: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as fault:
        text = data[: fault.start].decode(encoding)
        place = Place(file=file, row=_line(text, len(text)))
        if fault.end >= len(data) - 1:
            raise problems.TRUNCATED.error(place, reason=Message(_CUT)) from None
        raise problems.ENCODING.error(place) from None


def _decode_bytes(data: bytes, file: str) -> tuple[str, str]:
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as fault:
        start, reason = fault.start, fault.reason
    loose = data.decode("utf-8", errors="replace")
    broken = loose.count("\ufffd")
    whole = sum("\u0400" <= character <= "\u04ff" for character in loose)
    if whole > broken:
        # More letters are whole than broken: it is UTF-8, cut or damaged. In Windows-1251 only
        # rare pairs of letters look like one letter of UTF-8.
        place = Place(file=file, row=data.count(b"\n", 0, start) + 1)
        if reason == "unexpected end of data":
            raise problems.TRUNCATED.error(place, reason=Message(_CUT))
        raise problems.ENCODING.error(place)
    try:
        return data.decode("windows-1251"), "windows-1251"
    except UnicodeDecodeError as fault:
        row = data.count(b"\n", 0, fault.start) + 1
        raise problems.ENCODING.error(Place(file=file, row=row)) from None
