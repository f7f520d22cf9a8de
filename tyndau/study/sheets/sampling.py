"""The sheet ``sampling``: how large the sample is, how it is shared out, drawn and paid.

In: the sheet's entries, what the forms offer, the territories. Out: `Sampling`, typed, and what is
wrong with keys and values. What is missing for a plan is asked by `tyndau.sampling` alone, so that
a study may say what it knows and leave the rest open. A new key is a line of `SAMPLING_KEYS` and a
field of `Sampling`.
"""

from collections.abc import Sequence
from typing import Any

from tyndau.base.errors import Problem
from tyndau.base.languages import Message
from tyndau.study import problems
from tyndau.study.cells import EXPECTED, WrongKindError, as_text, convert
from tyndau.study.entries import Entries, Entry
from tyndau.study.plan import Sampling
from tyndau.study.schema import nearest, plain
from tyndau.study.sheets.known import Known, check_territory
from tyndau.study.sheets.problems import SAMPLING_RANGE, SAMPLING_WHOLE
from tyndau.study.sheets.sampling_keys import SAMPLING_KEYS, SamplingSpec

_KEYS = {key.name: key for key in SAMPLING_KEYS}


def read_sampling(
    sheet: Entries, known: Known, territories: Sequence[str]
) -> tuple[Sampling | None, list[Problem]]:
    """Read how the sample is to be drawn.

    Parameters
    ----------
    sheet : Entries
        The sheet ``sampling``.
    known : Known
        What the forms offer, derived variables included.
    territories : sequence of str
        Codes of the territories.

    Returns
    -------
    sampling : Sampling or None
        What the sheet says; None where the workbook has no such sheet, or an empty one.
    problems : list of Problem
        Unknown keys, populations, variables and territories; values of the wrong kind or size.
    """
    found: list[Problem] = []
    values: dict[str, Any] = {}
    shares: dict[str, float] = {}
    for entry in sheet.rows:
        key = _key(entry, found)
        if key is None or "value" not in entry.values:
            continue
        check_territory(entry, territories, found)
        value = _value(key, entry, found)
        if value is None or not _is_of_the_whole(key, entry, found):
            continue
        if entry.text("territory"):
            shares[entry.text("territory")] = value
        else:
            values.setdefault(key.name, value)
            _check_names(key.name, entry, values, known, found)
    if not sheet.rows:
        return None, found
    if "quotas" in values:
        values["quotas"] = _words(values["quotas"])
    return Sampling(**values, shares=shares), found


def _key(entry: Entry, found: list[Problem]) -> SamplingSpec | None:
    written = entry.text("key")
    key = _KEYS.get(plain(written))
    if key is None and written:
        known = nearest(written, _KEYS)
        found.append(problems.UNKNOWN_KEY.at(entry.place("key"), key=written, known=known))
    return key


def _value(key: SamplingSpec, entry: Entry, found: list[Problem]) -> Any:
    """Return the value in its type; None where it is wrong, which is reported."""
    written = entry.values["value"]
    place, shown, cell = entry.place("value"), as_text(written), entry.cell("value")
    try:
        value = convert(written, key.kind)
    except WrongKindError:
        expected = Message(EXPECTED[key.kind])
        found.append(problems.WRONG_VALUE.at(place, cell=cell, value=shown, expected=expected))
        return None
    if key.allowed and value not in key.allowed:
        near = nearest(shown, key.allowed)
        found.append(problems.NOT_ALLOWED.at(place, cell=cell, value=shown, known=near))
        return None
    if isinstance(value, (int, float)) and not key.low <= value <= key.high:
        limits = {"low": f"{key.low:.15g}", "high": f"{key.high:.15g}"}
        found.append(SAMPLING_RANGE.at(place, cell=cell, key=key.name, value=shown, **limits))
        return None
    return value


def _is_of_the_whole(key: SamplingSpec, entry: Entry, found: list[Problem]) -> bool:
    if not entry.text("territory") or key.by_territory:
        return True
    may = [one.name for one in SAMPLING_KEYS if one.by_territory]
    place, cell = entry.place("territory"), entry.cell("territory")
    found.append(SAMPLING_WHOLE.at(place, cell=cell, key=key.name, known=may))
    return False


def _check_names(
    key: str, entry: Entry, values: dict[str, Any], known: Known, found: list[Problem]
) -> None:
    """See that the form and the variables that the sheet names are there."""
    place, cell = entry.place("value"), entry.cell("value")
    if key == "population" and known.forms and values[key] not in known.forms:
        if values[key] not in known.unread:
            near = nearest(values[key], [*known.forms, *known.unread])
            values_ = {"cell": cell, "value": values[key]}
            found.append(problems.NO_POPULATION.at(place, **values_, known=near))
    elif key == "quotas":
        population = values.get("population", "")
        offered = [
            name
            for form, variables in known.variables.items()
            if population in ("", form)
            for name, variable in variables.items()
            if variable.categories
        ]
        for name in _words(values[key]) if offered and not known.unread else ():
            if name not in offered:
                said = {"cell": cell, "population": population or list(known.forms), "value": name}
                near = nearest(name, offered)
                found.append(problems.NO_VARIABLE.at(place, **said, known=near))


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").split())
