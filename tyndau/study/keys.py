"""The keys of the sheet ``study``: what may stand in it, and of which kind each value is.

In: nothing; this is data. Out: `KEYS`, read by `tyndau.study.sheets.settings`. A new key is added
here and described in ``docs/study-folder.md``.
"""

from dataclasses import dataclass
from typing import Literal

from tyndau.study.schema import ValueKind


@dataclass(frozen=True, slots=True)
class KeySpec:
    """A key of the sheet ``study``.

    Attributes
    ----------
    name : str
        What stands in the column ``key``.
    kind : ValueKind or "texts"
        What its value is; ``texts`` stand in the columns ``kk`` and ``ru``, all else in ``value``.
    allowed : tuple of str
        The possible values; empty where any of the kind is good.
    need : {"", "notes", "always"}
        Whether a study must have it, always or for the notes of what is published.
    """

    name: str
    kind: ValueKind | Literal["texts"]
    allowed: tuple[str, ...] = ()
    need: Literal["", "notes", "always"] = ""


# What a report says of how the study was made, beyond what every publication needs (AAPOR
# Transparency Initiative, ESOMAR/WAPOR guideline on opinion polls); a missing one is listed there.
METHOD_WORDS = (
    "aim", "authors", "recruitment", "training", "screening", "quality", "weighting", "outcomes",
    "limitations", "contact",
)  # fmt: skip

KEYS: tuple[KeySpec, ...] = (
    KeySpec("title", "texts", need="always"),
    KeySpec("customer", "texts", need="notes"),
    KeySpec("sponsor", "texts"),
    KeySpec("contractor", "texts", need="notes"),
    KeySpec("population", "texts", need="notes"),
    KeySpec("sample", "texts", need="notes"),
    KeySpec("mode", "texts", need="notes"),
    *(KeySpec(name, "texts") for name in METHOD_WORDS),
    KeySpec("start", "date", need="notes"),
    KeySpec("end", "date", need="notes"),
    KeySpec("languages", "languages"),
    KeySpec("time_zone", "zone"),
    KeySpec("latitude", "number"),
    KeySpec("longitude", "number"),
    KeySpec("inference", "code", allowed=("design", "model", "none"), need="always"),
    KeySpec("inference_model", "texts"),
    KeySpec("weight", "name"),
    KeySpec("strata", "name"),
    KeySpec("cluster", "name"),
    KeySpec("hide_below", "whole"),
    KeySpec("mark_below", "whole"),
    KeySpec("people_below", "whole"),
    KeySpec("tests", "code", allowed=("design", "quantum")),
    KeySpec("level", "number"),
    KeySpec("second_level", "number"),
    KeySpec("least_difference", "number"),
    KeySpec("index", "flag"),
    KeySpec("territory_interviews", "whole"),
    KeySpec("territory_points", "whole"),
    KeySpec("release_keys", "text"),
    KeySpec("release_k", "whole"),
    KeySpec("fictional", "flag"),
)
