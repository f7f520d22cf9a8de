"""Which column of a file holds which variable.

In: a raw table, the variables of a form. Out: `Match` by variable; what fits nothing is an error
with the nearest name. A multiple response stands in one column or in one a code: ``name/code``,
``name.code``, ``name_code``, ``name__code``; in .sav also ``name_1`` with the answer's label. What
servers of XLSForms write is taken as it is: names after those of their groups (``group/name``,
``group-name``); columns of notes and calculates and those of `SERVER_COLUMNS` are passed over.
"""

import difflib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from tyndau.base.errors import Place
from tyndau.base.frames import NO_CATEGORY, Variable
from tyndau.base.languages import N_, Message
from tyndau.interchange import problems
from tyndau.interchange.cells import Codes
from tyndau.interchange.findings import Findings
from tyndau.interchange.table import RawColumn, RawTable

_SEPARATORS = ("/", ".", "_", "__")
_GROUP_SEPARATORS = ("/", "-")
_NEAR = N_("{column} (perhaps {nearest})")
# So many unknown columns are compared with every name; more of them are another file altogether.
_COMPARED = 20

# What servers add to every export by themselves: keys and states of the submission, never answers,
# so that nobody has to name them to get an export as it is. KoboToolbox writes lower case, ODK
# Central and SurveyCTO capitals; the groups "meta" and "formhub" are of the form's envelope.
SERVER_COLUMNS = frozenset({
    "_id", "_uuid", "_index", "_parent_index", "_parent_table_name", "_status", "_notes", "_tags",
    "_submission_time", "_submitted_by", "_validation_status", "_version_", "__version__",
    "_submission__id", "_submission__uuid", "_submission__submission_time", "_submission__status",
    "_submission__validation_status", "_submission__notes", "_submission__tags",
    "_submission__submitted_by", "_submission___version__", "_xform_id_string", "_attachments",
    "_geolocation", "_bamboo_dataset_id", "_media_all_received", "_duration", "_edited",
    "_last_edited", "KEY", "PARENT_KEY", "SubmissionDate", "CompletionDate", "SubmitterID",
    "SubmitterName", "AttachmentsPresent", "AttachmentsExpected", "Status", "ReviewState",
    "DeviceID", "Edits", "FormVersion", "formdef_version", "review_quality", "review_comments",
    "review_corrections", "instanceID", "instanceName",
})  # fmt: skip
_ENVELOPES = ("meta/", "meta-", "formhub/", "formhub-")


@dataclass(slots=True)
class Match:
    """The columns that hold a variable.

    Attributes
    ----------
    variable : Variable
        The variable.
    whole : RawColumn or None
        The column that holds all of it.
    parts : dict of str to RawColumn
        The columns of single answers, by code.
    """

    variable: Variable
    whole: RawColumn | None = None
    parts: dict[str, RawColumn] = field(default_factory=dict)

    @property
    def present(self) -> bool:
        """Whether the file has the variable at all."""
        return self.whole is not None or bool(self.parts)

    @property
    def source(self) -> str:
        """The column to name in errors; empty if there is none."""
        columns = [self.whole] if self.whole else list(self.parts.values())
        return columns[0].name if columns else ""


def match_columns(
    table: RawTable,
    variables: Iterable[Variable],
    findings: Findings,
    *,
    key: str = "",
    ignore: Collection[str] = (),
    extra: Collection[str] = (),
    groups: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> tuple[list[Match], list[RawColumn]]:
    """Match the columns of a file to variables.

    Parameters
    ----------
    table : RawTable
        The file.
    variables : iterable of Variable
        What it may hold.
    findings : Findings
        Where columns that fit nothing are collected.
    key : str, optional
        The column of the rows' keys; it needs no variable.
    ignore : collection of str, optional
        Columns to pass over.
    extra : collection of str, optional
        Further columns to take as they are.
    groups : Mapping of str to sequence of str, optional
        For everything that the form names, the groups around it, the outermost first. What is no
        variable is passed over.

    Returns
    -------
    matches : list of Match
        One a variable, in their order, present or not.
    others : list of RawColumn
        The further columns.
    """
    for option, names in (("--key", [key] if key else []), ("--ignore", ignore)):
        for name in names:
            if name not in table.columns:
                findings.add(
                    problems.NO_SUCH_COLUMN, Place(file=table.file), column=name, option=option,
                    columns=list(table.columns),
                )  # fmt: skip
    matcher = _Matcher(variables, groups)
    others: list[RawColumn] = []
    unknown: list[str] = []
    for name, column in table.columns.items():
        if name in ignore:
            continue
        found = matcher.find(column)
        if found:
            _take(*found, column, Place(file=table.file, column=name), findings)
        elif name in extra:
            others.append(column)
        elif name != key and name not in matcher.passed and not _by_server(name):
            unknown.append(name)
    if unknown:
        _tell_unknown(table, matcher, unknown, extra, findings)
    return list(matcher.matches.values()), others


def _by_server(name: str) -> bool:
    return name in SERVER_COLUMNS or name.startswith(_ENVELOPES)


def _tell_unknown(
    table: RawTable,
    matcher: "_Matcher",
    unknown: Sequence[str],
    extra: Collection[str],
    findings: Findings,
) -> None:
    """Tell all columns that fit nothing at once, ready to be passed over."""
    said: list[str | Message] = []
    for count, name in enumerate(unknown):
        nearest = matcher.nearest(name, extra) if count < _COMPARED else []
        values: dict[str, object] = {"column": name, "nearest": nearest}
        said.append(Message(_NEAR, values) if nearest else name)
    listed = ",".join(unknown)
    if not re.fullmatch(r"[\w,./-]+", listed):
        listed = f'"{listed}"'  # a command line cuts at spaces and reads signs in its own way
    place = Place(file=table.file, column=unknown[0] if len(unknown) == 1 else "")
    findings.add(problems.COLUMN_UNKNOWN, place, count=len(unknown), columns=said, ignore=listed)


def _take(match: Match, code: str, column: RawColumn, place: Place, findings: Findings) -> None:
    taken = match.parts.get(code) if code else match.whole
    if taken is not None:
        variable = f"{match.variable.name}/{code}" if code else match.variable.name
        findings.add(
            problems.COLUMN_TWICE, place, first=taken.name, second=column.name, variable=variable
        )
    elif code:
        match.parts[code] = column
    else:
        match.whole = column


def _in_groups(name: str, groups: Sequence[str]) -> list[str]:
    """Return the names that servers make of a question and the groups around it."""
    return [separator.join((*groups, name)) for separator in _GROUP_SEPARATORS if groups]


class _Matcher:
    """Finds variables by the names and labels of columns."""

    def __init__(self, variables: Iterable[Variable], groups: Mapping[str, Sequence[str]]) -> None:
        self.matches = {variable.name: Match(variable) for variable in variables}
        self.passed = {
            written
            for name, around in groups.items()
            if name not in self.matches
            for written in (name, *_in_groups(name, around))
        }
        self._names: dict[str, tuple[str, str]] = {name: (name, "") for name in self.matches}
        for match in self.matches.values():
            if match.variable.kind != "multiple":
                continue
            for code in match.variable.codes:
                for separator in _SEPARATORS:
                    name = f"{match.variable.name}{separator}{code}"
                    self._names.setdefault(name, (match.variable.name, code))
        for name, target in list(self._names.items()):
            for written in _in_groups(name, groups.get(target[0], ())):
                self._names.setdefault(written, target)
        # SPSS users write names in any letters; two names that then fall together match neither.
        self._folded: dict[str, tuple[str, str] | None] = {}
        for name, target in self._names.items():
            folded = name.casefold()
            self._folded[folded] = None if folded in self._folded else target

    def find(self, column: RawColumn) -> tuple[Match, str] | None:
        """Return the variable, and the code for a column of one answer."""
        target = self._names.get(column.name) or self._folded.get(column.name.casefold())
        if target:
            return self.matches[target[0]], target[1]
        return self._by_label(column)

    def _by_label(self, column: RawColumn) -> tuple[Match, str] | None:
        if not column.label:
            return None
        for separator in _SEPARATORS:
            match = self.matches.get(column.name.rpartition(separator)[0])
            if match and match.variable.kind == "multiple":
                position = Codes(match.variable, labels=True).label(column.label)
                if position != NO_CATEGORY:
                    return match, match.variable.codes[position]
        return None

    def nearest(self, name: str, extra: Collection[str]) -> list[str]:
        """Return names that a misspelt column may mean."""
        known = {known.casefold(): known for known in (*extra, *self._names)}
        close = difflib.get_close_matches(name.casefold(), known, n=3, cutoff=0.6)
        return [known[folded] for folded in close]
