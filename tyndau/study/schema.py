"""What the workbook may hold: its sheets with their columns.

In: nothing; this is data. Out: `SHEETS`, read by `tyndau.study.entries`. To add a sheet, add a
`SheetSpec` here, describe it in ``docs/study-folder.md``, and read its entries in
`tyndau.study.load`; headings, types, translations and duplicates are then checked without further
code.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from tyndau.base.languages import CONTENT_LANGUAGES

ValueKind = Literal[
    "any", "text", "code", "name", "names", "number", "whole", "flag", "date", "condition",
    "languages", "zone",
]  # fmt: skip

# Stands between the variables of nested columns, the outermost first.
NESTED = "*"

# How many known names an error lists; they stand in the order of likeness.
_LISTED = 12


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column of a sheet.

    Attributes
    ----------
    name : str
        Its heading.
    kind : ValueKind
        What its cells hold.
    required : bool
        Whether the column must exist and each row must fill it.
    allowed : tuple of str
        The possible values; empty where any of the kind is good.
    """

    name: str
    kind: ValueKind = "text"
    required: bool = False
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextSpec:
    """A text in both languages: the columns ``NAME_kk`` and ``NAME_ru``.

    Attributes
    ----------
    name : str
        The part of the headings before the language.
    need : {"", "column", "cell"}
        Whether one of its columns must exist, or each row must also fill one of them.
    """

    name: str
    need: Literal["", "column", "cell"] = ""

    def column(self, language: str) -> str:
        """Return the heading of the text's column in a language.

        Parameters
        ----------
        language : str
            ``kk`` or ``ru``.

        Returns
        -------
        str
            For example ``title_kk``.
        """
        return f"{self.name}_{language}"


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """A sheet of the workbook.

    Attributes
    ----------
    name : str
        Its name.
    parts : tuple of ColumnSpec or TextSpec
        Its columns, texts in both languages counted as one, in the order of the documentation.
    unique : tuple of str
        Columns whose values together name a row and stand once only; none where rows may repeat.
    required : bool
        Whether a study must have it.
    """

    name: str
    parts: tuple[ColumnSpec | TextSpec, ...]
    unique: tuple[str, ...] = ()
    required: bool = False

    @property
    def columns(self) -> tuple[ColumnSpec, ...]:
        """Its plain columns and those of its texts, in order."""
        return tuple(
            column
            for part in self.parts
            for column in (
                (part,)
                if isinstance(part, ColumnSpec)
                else tuple(ColumnSpec(part.column(language)) for language in CONTENT_LANGUAGES)
            )
        )

    @property
    def texts(self) -> tuple[TextSpec, ...]:
        """Its texts in both languages."""
        return tuple(part for part in self.parts if isinstance(part, TextSpec))


STUDY = SheetSpec(
    "study",
    (
        ColumnSpec("key", "code", required=True),
        ColumnSpec("population", "code"),
        ColumnSpec("value", "any"),
        *(ColumnSpec(language) for language in CONTENT_LANGUAGES),
    ),
    unique=("key", "population"),
    required=True,
)
TERRITORIES = SheetSpec(
    "territories",
    (
        ColumnSpec("code", "code", required=True),
        TextSpec("name", need="cell"),
        ColumnSpec("parent", "code"),
        ColumnSpec("newly_annexed", "flag"),
        ColumnSpec("remote", "flag"),
        ColumnSpec("new_microdistrict", "flag"),
        ColumnSpec("grid_row", "whole"),
        ColumnSpec("grid_column", "whole"),
    ),
    unique=("code",),
)
BANNERS = SheetSpec(
    "banners",
    (
        ColumnSpec("banner", "code", required=True),
        ColumnSpec("population", "code", required=True),
        ColumnSpec("variable", "names", required=True),
        TextSpec("title"),
        ColumnSpec("not_for"),
        ColumnSpec("filter", "condition"),
        TextSpec("filter"),
    ),
    unique=("banner", "population", "variable"),
)
SCALES = SheetSpec(
    "scales",
    (
        ColumnSpec("list", "name", required=True),
        ColumnSpec("code", "code", required=True),
        ColumnSpec("score", "number", required=True),
    ),
    unique=("list", "code"),
)
NETS = SheetSpec(
    "nets",
    (
        ColumnSpec("list", "name", required=True),
        ColumnSpec("code", "code", required=True),
        TextSpec("label"),
        ColumnSpec("codes", required=True),
    ),
    unique=("list", "code"),
)
SORTED = SheetSpec("sorted", (ColumnSpec("list", "name", required=True),), unique=("list",))
TRENDS = SheetSpec(
    "trends",
    (
        ColumnSpec("wave", "code", required=True),
        ColumnSpec("population", "code", required=True),
        ColumnSpec("variable", "name", required=True),
        ColumnSpec("was", "name"),
        ColumnSpec("break", "flag"),
    ),
    unique=("wave", "population", "variable"),
)
DERIVED = SheetSpec(
    "derived",
    (
        ColumnSpec("variable", "name", required=True),
        ColumnSpec("population", "code", required=True),
        TextSpec("label", need="column"),
        ColumnSpec("code", "code", required=True),
        TextSpec("code", need="cell"),
        ColumnSpec("condition", "condition", required=True),
        ColumnSpec("overlap", "flag"),
    ),
    unique=("variable", "population", "code"),
)

# Where people are met: passing by, at their doors, at their cars.
POINT_KINDS = ("street", "dwelling", "parking")
# Which houses of a street belong to a point: every number, or those of one side.
HOUSE_SIDES = ("all", "odd", "even")
# What a rule counts; docs/study-folder.md says it of each.
RULE_KINDS = (
    "minutes", "same_answers", "dont_know", "empty", "duplicate", "hour_from", "hour_to",
    "hours_a_day", "hours_on_end", "metres", "at_point",
)  # fmt: skip
# How weights are made, step by step; docs/weighting.md says it of each.
WEIGHTING_STEPS = (
    "base", "nonresponse", "poststratify", "rake", "calibrate_linear", "calibrate_raking",
    "calibrate_logit", "trim",
)  # fmt: skip
# What shows that something promised is done.
EVIDENCE = (
    "interviews", "staff", "experts", "groups", "agreements", "territories", "indices", "reports",
    "events", "cases", "views",
)  # fmt: skip

POPULATION = SheetSpec(
    "population",
    (
        ColumnSpec("population", "code", required=True),
        ColumnSpec("territory", "code"),
        ColumnSpec("variable", "name", required=True),
        ColumnSpec("code", "code", required=True),
        ColumnSpec("people", "whole", required=True),
        TextSpec("source", need="cell"),
        ColumnSpec("date", "date", required=True),
    ),
    unique=("population", "territory", "variable", "code"),
)
POINTS = SheetSpec(
    "points",
    (
        ColumnSpec("code", "code", required=True),
        ColumnSpec("territory", "code", required=True),
        TextSpec("name", need="cell"),
        ColumnSpec("kind", "code", required=True, allowed=POINT_KINDS),
        ColumnSpec("interviews", "whole"),
        ColumnSpec("step", "whole", required=True, allowed=("3", "5")),
        ColumnSpec("substitute_for", "code"),
        ColumnSpec("size", "number"),
        ColumnSpec("latitude", "number"),
        ColumnSpec("longitude", "number"),
    ),
    unique=("code",),
)
STREETS = SheetSpec(
    "streets",
    (
        ColumnSpec("point", "code", required=True),
        TextSpec("street", need="cell"),
        ColumnSpec("first", "whole"),
        ColumnSpec("last", "whole"),
        ColumnSpec("side", "code", allowed=HOUSE_SIDES),
        ColumnSpec("flats", "whole"),
    ),
)
SAMPLING = SheetSpec(
    "sampling",
    (
        ColumnSpec("key", "code", required=True),
        ColumnSpec("territory", "code"),
        ColumnSpec("value", "any"),
    ),
    unique=("key", "territory"),
)
QUOTAS = SheetSpec(
    "quotas",
    (
        ColumnSpec("population", "code", required=True),
        ColumnSpec("territory", "code"),
        ColumnSpec("variable", "name", required=True),
        ColumnSpec("code", "code", required=True),
        ColumnSpec("target", "whole", required=True),
    ),
    unique=("population", "territory", "variable", "code"),
)
WEIGHTING = SheetSpec(
    "weighting",
    (
        ColumnSpec("population", "code", required=True),
        ColumnSpec("step", "code", required=True, allowed=WEIGHTING_STEPS),
        ColumnSpec("variables"),
        ColumnSpec("lower", "number"),
        ColumnSpec("upper", "number"),
        ColumnSpec("scale_to", "name"),
        ColumnSpec("condition", "condition"),
        TextSpec("note"),
    ),
)
RULES = SheetSpec(
    "rules",
    (
        ColumnSpec("rule", "code", required=True),
        ColumnSpec("kind", "code", required=True, allowed=RULE_KINDS),
        ColumnSpec("population", "code", required=True),
        ColumnSpec("questions"),
        ColumnSpec("threshold", "number", required=True),
        TextSpec("name", need="cell"),
    ),
    unique=("rule",),
)
DELIVERABLES = SheetSpec(
    "deliverables",
    (
        ColumnSpec("code", "code", required=True),
        TextSpec("name", need="cell"),
        ColumnSpec("target", "number", required=True),
        TextSpec("unit", need="cell"),
        ColumnSpec("due", "date"),
        ColumnSpec("evidence", "code", required=True, allowed=EVIDENCE),
    ),
    unique=("code",),
)

# What a key finding claims of a group beside another.
CLAIMS = ("higher", "lower", "differs", "same")

KEY_FINDINGS = SheetSpec(
    "key_findings",
    (
        ColumnSpec("finding", "code", required=True),
        ColumnSpec("population", "code", required=True),
        ColumnSpec("question", "name", required=True),
        ColumnSpec("answer", "code", required=True),
        ColumnSpec("variable", "name", required=True),
        ColumnSpec("code", "code", required=True),
        ColumnSpec("against", "code"),
        ColumnSpec("claim", "code", required=True, allowed=CLAIMS),
        TextSpec("statement", need="cell"),
    ),
    unique=("finding",),
)

TEAM = SheetSpec(
    "team",
    (
        ColumnSpec("code", "code", required=True),
        ColumnSpec("name", required=True),
        ColumnSpec("photo"),
        ColumnSpec("number", "whole"),
    ),
    unique=("code",),
)

SHEETS: tuple[SheetSpec, ...] = (
    STUDY, TERRITORIES, POPULATION, WEIGHTING, POINTS, STREETS, QUOTAS, SAMPLING, BANNERS, SCALES,
    NETS, SORTED, DERIVED, TRENDS, RULES, DELIVERABLES, KEY_FINDINGS, TEAM,
)  # fmt: skip


def plain(name: str) -> str:
    """Bring a name that a person typed to the form in which names are compared.

    Parameters
    ----------
    name : str
        A sheet's name, a heading or a key.

    Returns
    -------
    str
        Small letters, without spaces around, an underscore for spaces within.
    """
    return "_".join(name.split()).casefold()


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """Order known names by their likeness to a name that is not known.

    Parameters
    ----------
    name : str
        What was written.
    known : iterable of str
        What could have been meant.

    Returns
    -------
    list of str
        The nearest first; at most twelve, then an ellipsis.
    """
    wanted = plain(name)
    ordered = sorted(
        dict.fromkeys(known), key=lambda other: -SequenceMatcher(None, wanted, plain(other)).ratio()
    )
    return ordered[:_LISTED] + ["…"] * (len(ordered) > _LISTED)
