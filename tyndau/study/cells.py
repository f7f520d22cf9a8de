"""What a cell holds, as the type that its column asks for.

In: the value that Excel shows and the kind of value wanted. Out: a typed value, or
`WrongKindError`. It knows what people and Excel do to values (numbers for codes, commas for decimal
points, dates as text, "иә" for yes) and nothing of sheets. To add a kind, add it to `ValueKind`,
`EXPECTED` and `_CONVERT`.
"""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tyndau.base.languages import CONTENT_LANGUAGES, N_
from tyndau.base.written import as_number, as_yes_no
from tyndau.study.schema import NESTED, ValueKind

EXPECTED: Mapping[ValueKind, str] = {
    "any": N_("a value"),
    "text": N_("a text"),
    "code": N_("a code without spaces"),
    "name": N_("a name of Latin letters, digits and underscores that begins with a letter"),
    "names": N_("a name, or names of variables with * between them"),
    "number": N_("a number"),
    "whole": N_("a whole number, 1 or more"),
    "flag": N_("yes, or nothing for no"),
    "date": N_("a date such as 2026-05-01"),
    "condition": N_("a condition such as ${age} >= 18"),
    "languages": N_("kk, ru, or both with a space between"),
    "zone": N_("a time zone such as Asia/Almaty"),
}

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_MIDNIGHT = (0, 0, 0, 0)


class WrongKindError(ValueError):
    """A value that is not of the kind wanted."""


def as_text(value: object) -> str:
    """Write a value as a person would type it.

    Parameters
    ----------
    value : object
        A cell's value.

    Returns
    -------
    str
        A whole number without decimals, a date as ``2026-05-01``, anything else as it is.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, datetime):
        clock = (value.hour, value.minute, value.second, value.microsecond)
        return value.date().isoformat() if clock == _MIDNIGHT else value.isoformat(" ")
    return str(value)


def convert(value: object, kind: ValueKind) -> object:
    """Turn a cell's value into the kind that is wanted.

    Parameters
    ----------
    value : object
        A cell's value, not None.
    kind : ValueKind
        What is wanted.

    Returns
    -------
    object
        str for texts, codes, names, conditions and zones (``names`` without spaces); float; int for
        ``whole``; bool for ``flag``; date; tuple of str for ``languages``; the value itself for
        ``any``.

    Raises
    ------
    WrongKindError
        If it is not of that kind.
    """
    return _CONVERT[kind](value)


def _code(value: object) -> str:
    text = as_text(value)
    if isinstance(value, date) or not text or any(sign.isspace() for sign in text):
        raise WrongKindError
    return text


def _name(value: object) -> str:
    text = as_text(value)
    if isinstance(value, date) or not _NAME.fullmatch(text):
        raise WrongKindError
    return text


def _names(value: object) -> str:
    return NESTED.join(_name(part.strip()) for part in as_text(value).split(NESTED))


def _number(value: object) -> float:
    if isinstance(value, str):
        value = as_number(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise WrongKindError
    try:
        number = float(value)
    except OverflowError:
        raise WrongKindError from None
    if not math.isfinite(number):
        raise WrongKindError
    return number


def _whole(value: object) -> int:
    number = _number(value)
    if number < 1 or not number.is_integer():
        raise WrongKindError
    return int(number)


def _flag(value: object) -> bool:
    said = as_yes_no(as_text(value))
    if said is None:
        raise WrongKindError
    return said


def _date(value: object) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise WrongKindError
    day_first = _DAY_FIRST.fullmatch(value)
    try:
        if day_first:
            day, month, year = map(int, day_first.groups())
            return date(year, month, day)
        return date.fromisoformat(value)
    except ValueError:
        raise WrongKindError from None


def _condition(value: object) -> str:
    # A condition that Excel shows as TRUE or 1 is the formula "always": true().
    if isinstance(value, bool):
        return f"{str(value).lower()}()"
    if not isinstance(value, str):
        raise WrongKindError
    return " ".join(value.split())


def _languages(value: object) -> tuple[str, ...]:
    words = tuple(dict.fromkeys(re.split(r"[\s,;]+", as_text(value).casefold())))
    if not words or any(word not in CONTENT_LANGUAGES for word in words):
        raise WrongKindError
    return words


def _zone(value: object) -> str:
    name = as_text(value)
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):  # no such zone, a path out of the folder, a folder
        raise WrongKindError from None
    return name


_CONVERT: Mapping[ValueKind, Callable[[object], object]] = {
    "any": lambda value: value,
    "text": as_text,
    "code": _code,
    "name": _name,
    "names": _names,
    "number": _number,
    "whole": _whole,
    "flag": _flag,
    "date": _date,
    "condition": _condition,
    "languages": _languages,
    "zone": _zone,
}
