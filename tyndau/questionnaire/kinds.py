"""What the column ``type`` of an XLSForm says.

In: the text of a cell. Out: `RowType`. Old and long names of types are known too. To support
another type, add it to `_SIMPLE`.
"""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from tyndau.questionnaire.form import QuestionKind

Control = Literal["", "begin", "end", "setting"]

_SELECTS: dict[str, QuestionKind] = {
    "add select one prompt using": "single", "add select multiple prompt using": "multiple",
    "select all that apply from": "multiple", "select all that apply": "multiple",
    "select one from file": "single", "select multiple from file": "multiple",
    "select_one_from_file": "single", "select_multiple_from_file": "multiple",
    "select_one_external": "single", "select one external": "single",
    "select one from": "single", "select one using": "single", "select one": "single",
    "select_one": "single", "select1": "single", "select multiple from": "multiple",
    "select multiple using": "multiple", "select_multiple": "multiple", "rank": "rank",
}  # fmt: skip
_SELECT = re.compile(
    rf"(?P<select>{'|'.join(sorted(_SELECTS, key=len, reverse=True))})"
    r"(?: (?P<list>\S+))?(?P<other> (?:or_other|or other|or specify other))?"
)
_CONTROL = re.compile(r"(?P<control>begin|end)[ _](?P<what>\w+(?: group)?)(?: over (?P<list>\S+))?")
_REPEATS = ("repeat", "lgroup", "looped group", "loop")
_SIMPLE: dict[str, QuestionKind] = {
    "integer": "number", "int": "number", "decimal": "number", "percentage": "number",
    "range": "number", "number of days in last month": "number",
    "number of days in last six months": "number", "number of days in last year": "number",
    "text": "text", "string": "text", "barcode": "text", "phone number": "text",
    "date": "date", "time": "date", "datetime": "date", "date time": "date",
    "geopoint": "place", "gps": "place", "location": "place", "geotrace": "place",
    "geoshape": "place", "photo": "media", "image": "media", "picture": "media",
    "audio": "media", "video": "media", "file": "media", "osm": "media", "note": "note",
    "acknowledge": "acknowledge", "trigger": "acknowledge", "calculate": "calculate",
    "hidden": "hidden", "start": "hidden", "end": "hidden", "today": "hidden",
    "deviceid": "hidden", "device id": "hidden", "subscriberid": "hidden", "simserial": "hidden",
    "phonenumber": "hidden", "username": "hidden", "email": "hidden", "imei": "hidden",
    "audit": "hidden", "start-geopoint": "hidden", "background-audio": "hidden",
    "background-geopoint": "hidden", "xml-external": "hidden", "csv-external": "hidden",
}  # fmt: skip
_SETTINGS = (
    "form title", "form id", "set form title", "set form id", "default language", "public key",
    "submission url", "style", "version", "title", "id string", "prefix", "sms keyword",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RowType:
    """What a row of the sheet ``survey`` is.

    Attributes
    ----------
    kind : QuestionKind
        How a question is answered; ``hidden`` for what is no question.
    control : {"", "begin", "end", "setting"}
        Whether it begins or ends a group, or sets something for the whole form.
    list_name : str
        Choice list, or file with the choices.
    repeat : bool
        Whether the group is repeated.
    or_other : bool
        Whether the converter adds "other" and a question for it.
    select : bool
        Whether it needs a list.
    """

    kind: QuestionKind = "hidden"
    control: Control = ""
    list_name: str = ""
    repeat: bool = False
    or_other: bool = False
    select: bool = False

    @property
    def from_file(self) -> bool:
        """Whether its choices come from a file."""
        return self.select and bool(re.search(r"\.(csv|xml|geojson)$", self.list_name, re.I))


def read_type(written: str, known: frozenset[str]) -> RowType | None:
    """Read a type.

    Parameters
    ----------
    written : str
        The text of the cell.
    known : frozenset of str
        Types that the converter knows beside ours; they are read as ``hidden``.

    Returns
    -------
    RowType or None
        None where there is no such type.
    """
    text = " ".join(written.split())
    if match := _SELECT.fullmatch(text):
        kind = _SELECTS[match["select"]]
        return RowType(
            kind, list_name=match["list"] or "", or_other=bool(match["other"]), select=True
        )
    if (match := _CONTROL.fullmatch(text.casefold())) and match["what"] in ("group", *_REPEATS):
        control: Control = "begin" if match["control"] == "begin" else "end"
        return RowType(control=control, repeat=match["what"] in _REPEATS)
    if text.replace("_", " ").casefold() in _SETTINGS:
        return RowType(control="setting")
    simple = re.sub(r"^(?:q |add |get |uri:)|( prompt)$", "", text.casefold())
    simple = re.sub(r"^(?:q |add |get )|( prompt)$", "", simple)
    if simple in _SIMPLE:
        return RowType(_SIMPLE[simple])
    if text.startswith("osm "):
        return RowType("media")
    return RowType() if text in known else None


def nearest_type(written: str) -> str:
    """Return the type that was probably meant.

    Parameters
    ----------
    written : str
        What stands in the cell.

    Returns
    -------
    str
        Its name, with the list that was written; empty where nothing is near, or where the name
        is right and what follows it is not.
    """
    word, _, rest = " ".join(written.split()).partition(" ")
    names = ("select_one", "select_multiple", "begin_group", "end_group", "begin_repeat",
             "end_repeat", *_SIMPLE)  # fmt: skip
    near = get_close_matches(word.casefold(), names, n=1, cutoff=0.6)
    return f"{near[0]} {rest}".strip() if near and near[0] != word else ""
