"""What somebody typed or ticked, read as an answer of the form.

In: a field, the text and the ticks. Out: the text of the form, or a problem in words. Codes are
found by `tyndau.interchange`, as in files of answers; what the form's constraint forbids is refused
where the answer alone tells.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time

import numpy as np

from tyndau.base.errors import UserError
from tyndau.base.frames import Variable
from tyndau.base.languages import Text, say
from tyndau.interchange.cells import Codes
from tyndau.questionnaire.evaluation import evaluate
from tyndau.questionnaire.expression import parse
from tyndau.questionnaire.functions import NotComputableError
from tyndau.questionnaire.values import Strings, to_booleans
from tyndau_server.paper import problems
from tyndau_server.paper.fields import Field

_LONGEST = 4_000
_BETWEEN = re.compile(r"[,;.\s]+")


def read_typed(field: Field, typed: str, ticked: Sequence[str] = ()) -> str:
    """Read what was typed for a field.

    Parameters
    ----------
    field : Field
        The field.
    typed : str
        As typed: codes of the sheet, digits, words.
    ticked : sequence of str
        Codes of the form whose boxes were ticked; where there are any, they hold.

    Returns
    -------
    str
        The text of the form; empty where nothing was typed.

    Raises
    ------
    UserError
        If it is no answer to the question.
    """
    typed = say(typed, "en").strip()[:_LONGEST]
    if field.options:
        value = _codes(field, typed, ticked)
    elif field.kind == "tick":
        value = "OK" if ticked or typed else ""
    elif field.kind == "number":
        value = _number(field, typed)
    elif field.kind in ("date", "time", "moment"):
        value = _moment(field, typed)
    else:
        value = typed
    if value and not _allowed(field, value):
        raise problems.NOT_ALLOWED.error(field=field.said, got=typed or show(field, value))
    return value


def show(field: Field, value: str) -> str:
    """Return a value as it is typed.

    Parameters
    ----------
    field : Field
        The field.
    value : str
        The text of the form.

    Returns
    -------
    str
        Codes of the sheet for a closed question, else the text itself.
    """
    typed = {option.code: option.typed for option in field.options}
    if not typed:
        return value
    return ", ".join(typed.get(code, code) for code in value.split())


def _codes(field: Field, typed: str, ticked: Sequence[str]) -> str:
    codes = {option.code: option.typed for option in field.options}
    parts = [codes[code] for code in ticked if code in codes]
    parts = parts or [part for part in _BETWEEN.split(typed) if part]
    several = field.kind != "single"
    categories = tuple(replace(one.category, code=one.typed) for one in field.options)
    finder = Codes(Variable(field.name, "multiple", Text(), categories), labels=False)
    places, unknown = finder.several(" ".join(parts))
    if unknown:
        raise problems.UNKNOWN_CODE.error(
            field=field.said, got=", ".join(unknown), codes=", ".join(codes.values())
        )
    if not several and len(places) > 1:
        raise problems.ONE_ANSWER.error(field=field.said, got=", ".join(parts))
    if alone := finder.exclusive_beside(places):
        raise problems.ALONE.error(field=field.said, code=alone)
    # Of a ranking the order is the answer.
    order = [finder.code(part) for part in parts] if field.kind == "rank" else sorted(places)
    return " ".join(field.options[at].code for at in dict.fromkeys(order))


def _number(field: Field, typed: str) -> str:
    if not typed:
        return ""
    written = typed.replace(",", ".").replace(" ", "")
    whole = field.question is not None and "decimal" not in field.question.type
    pattern = r"[+-]?\d+" if whole else r"[+-]?\d+(\.\d+)?"
    if not re.fullmatch(pattern, written, re.ASCII):
        raise problems.NO_NUMBER.error(field=field.said, got=typed)
    return written


def _moment(field: Field, typed: str) -> str:
    if not typed:
        return ""
    try:
        if field.kind == "date":
            return date.fromisoformat(typed).isoformat()
        if field.kind == "time":
            # Where the browser offers no clock, 9:05 is typed as it is said.
            return time.fromisoformat(typed.zfill(len("09:05"))).isoformat("minutes")
        return datetime.fromisoformat(typed).isoformat(timespec="minutes")
    except ValueError:
        raise problems.NO_MOMENT.error(field=field.said, got=typed) from None


def _allowed(field: Field, value: str) -> bool:
    """Whether the constraint holds; one that asks for other answers is left to the form."""
    if field.question is None or not field.question.constraint:
        return True
    given = Strings((value,), np.zeros(1, np.int64))
    try:
        tree = parse(field.question.constraint).tree
        return bool(to_booleans(evaluate(tree, {".": given, field.name: given}, 1))[0])
    except (NotComputableError, UserError):
        return True
