"""Numbers and truth values as people and their programs write them here.

In: the text of a cell. Out: its value, or None where the text means none. Workbooks and files of
answers are read alike, so that a comma or a "да" means the same everywhere.
"""

import math
import re

# Excel writes truth values in the language of its menus.
_YES = frozenset(["1", "true", "yes", "y", "да", "иә", "ия", "истина", "ақиқат"])
_NO = frozenset(["0", "false", "no", "n", "нет", "жоқ", "ложь", "жалған"])

# Thin, narrow and no-break spaces group thousands in Russian and Kazakh writing.
_SPACES = re.compile(r"(?<=\d)[\s\u00a0\u2009\u202f'](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:(?:,\d{3})+\.\d+|(?:\.\d{3})+,\d+)")


def as_number(text: str) -> float | None:
    """Read a number as people and programs here write it.

    Parameters
    ----------
    text : str
        Digits with a decimal comma or point, thousands apart by spaces: ``1 234,5``.

    Returns
    -------
    float or None
        The number; None if the text is none. Infinity and NaN are none.
    """
    text = _SPACES.sub("", text.strip()).replace("\u2212", "-")
    if _THOUSANDS.fullmatch(text):
        grouping = "," if text.rfind(",") < text.rfind(".") else "."
        text = text.replace(grouping, "")
    if not _NUMBER.fullmatch(text):
        return None
    number = float(text.replace(",", "."))
    return number if math.isfinite(number) else None


def as_yes_no(text: str) -> bool | None:
    """Read a cell that says whether an answer was given.

    Parameters
    ----------
    text : str
        1 or 0, TRUE or FALSE, yes or no in three languages.

    Returns
    -------
    bool or None
        None if the text says neither.
    """
    word = text.strip().casefold()
    if word in _YES:
        return True
    return False if word in _NO else None
