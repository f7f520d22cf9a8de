"""The codebook of a population: what each column of its Parquet file means, as JSON.

In: variables. Out: JSON text, and variables again from it. It reads and writes no file. A new
property of a `Variable` is added here in `_variable` and `_read_variable` alike, and the number of
the manifest's format goes up when old readers would misunderstand it.
"""

import json
from collections.abc import Iterable
from typing import Any

from tyndau.base.frames import Category, Variable
from tyndau.base.languages import N_, Text
from tyndau.waves.damage import DamagedError

_NOT_A_CODEBOOK = N_("it is no codebook, or a part of it is missing")
_UNKNOWN_KIND = N_('the variable "{variable}" is of the unknown kind "{kind}"')


def _text(text: Text) -> dict[str, str]:
    return {"kk": text.kk, "ru": text.ru}


def _variable(variable: Variable) -> dict[str, Any]:
    return {
        "name": variable.name,
        "kind": variable.kind,
        "label": _text(variable.label),
        "base": _text(variable.base),
        "categories": [
            {
                "code": category.code,
                "label": _text(category.label),
                "meaning": category.meaning,
                "score": category.score,
            }
            for category in variable.categories
        ],
    }


def _read_text(written: Any) -> Text:
    return Text(kk=str(written["kk"]), ru=str(written["ru"]))


def _read_category(written: Any) -> Category:
    score = written["score"]
    return Category(
        str(written["code"]),
        _read_text(written["label"]),
        written["meaning"],
        None if score is None else float(score),
    )


def _read_variable(written: Any) -> Variable:
    if written["kind"] not in ("single", "multiple", "number", "text"):
        values = {"variable": written["name"], "kind": written["kind"]}
        raise DamagedError(_UNKNOWN_KIND, values)
    return Variable(
        str(written["name"]),
        written["kind"],
        _read_text(written["label"]),
        tuple(_read_category(category) for category in written["categories"]),
        _read_text(written["base"]),
    )


def write_codebook(variables: Iterable[Variable]) -> str:
    """Write variables as the JSON text of a codebook.

    Parameters
    ----------
    variables : iterable of Variable
        The columns of a frame, in order.

    Returns
    -------
    str
        JSON, the same text for the same variables.
    """
    written = {"variables": [_variable(variable) for variable in variables]}
    return json.dumps(written, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def read_codebook(text: str) -> tuple[Variable, ...]:
    """Read variables from the JSON text of a codebook.

    Parameters
    ----------
    text : str
        What `write_codebook` wrote.

    Returns
    -------
    tuple of Variable
        The variables, in order.

    Raises
    ------
    DamagedError
        If the text is not a codebook; the reason says why.
    """
    try:
        written = json.loads(text)
        return tuple(_read_variable(variable) for variable in written["variables"])
    except DamagedError:
        raise
    except (KeyError, TypeError, AttributeError, ValueError) as fault:
        raise DamagedError(_NOT_A_CODEBOOK) from fault
