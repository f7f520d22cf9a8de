"""The fonts that come with this package, and what they can show.

A PDF file that keeps has its fonts inside and no letter without a shape. People write what no font
of ours has, an emoji in an open answer: it is printed as a mark that says so, and the rest is kept.
"""

from contextlib import AbstractContextManager
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from fontTools.ttLib import TTFont

# What stands for a character that no font has.
MISSING = "\ufffd"
# What a private character means only its font knows; a PDF file that keeps may hold none.
_PRIVATE = range(0xE000, 0xF900)


def font_folder() -> AbstractContextManager[Path]:
    """Give the folder of the font files.

    Returns
    -------
    context manager of Path
        The folder, for as long as the context lasts.
    """
    return as_file(files("tyndau.reporting") / "fonts")


def showable(text: str) -> str:
    """Put a mark for each character that no font of this package has.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        The text, with ``MISSING`` for what cannot be shown; line breaks stay.
    """
    if text.isascii():
        return text
    unknown = set(text) - _characters()
    return text.translate({ord(character): MISSING for character in unknown})


@cache
def _characters() -> frozenset[str]:
    ascii_characters = {chr(code) for code in range(128)}
    with font_folder() as folder:
        maps = [TTFont(path).getBestCmap() for path in sorted(folder.glob("*.ttf"))]
    known = {code for codes in maps for code in codes if code not in _PRIVATE}
    return frozenset(ascii_characters | set(map(chr, known)))
