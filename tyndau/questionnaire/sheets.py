"""Sheets of an XLSForm as rows with canonical column names and texts by language.

In: rows of cells with their numbers, as the child process hands them over. Out: `Sheet` and `Row`.
XLSForm allows several names for a column; they are brought to one here, and nowhere else. To read
another column, add it to `COLUMNS`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from tyndau.base.errors import Place, Problem
from tyndau.base.languages import Message, Text, without_dash
from tyndau.questionnaire import problems

# Canonical name of a column by the names that XLSForm and its older versions know.
_ALIASES = {
    "caption": "label", "command": "type", "tag": "name", "value": "name",
    "relevance": "relevant", "calculate": "calculation", "list name": "list_name",
    "readonly": "read_only", "constraining_message": "constraint_message",
    "jr:constraintmsg": "constraint_message", "requiredmsg": "required_message",
    "jr:requiredmsg": "required_message", "count": "repeat_count", "jr:count": "repeat_count",
    "noapperrorstring": "no_app_error_string",
    "set_form_title": "form_title", "title": "form_title", "set_form_id": "form_id",
    "id_string": "form_id",
}  # fmt: skip
# In the sheet of choices other columns are the author's own, for filters, and stay as written.
_CHOICE_ALIASES = {"caption": "label", "value": "name", "list name": "list_name"}
_KAZAKH = frozenset("әғқңөұүһі")
_PREFIXES = ("bind", "control", "media", "body")
TRANSLATABLE = (
    "label", "hint", "guidance_hint", "constraint_message", "required_message", "image", "audio",
    "video", "big-image",
)  # fmt: skip
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "survey": (
        "type", "name", "label", "hint", "guidance_hint", "relevant", "calculation", "constraint",
        "constraint_message", "required", "required_message", "appearance", "default",
        "choice_filter", "parameters", "repeat_count", "read_only", "trigger", "image", "audio",
        "video", "big-image", "disabled", "autoplay", "rows", "save_to", "no_app_error_string",
        "instance", "compact_tag", "sms_field", "sms_option", "save_instance",
    ),
    "choices": ("list_name", "name", "label", "image", "audio", "video", "big-image", "meaning"),
}  # fmt: skip

_LANGUAGES = {
    "kk": "kk", "kaz": "kk", "kazakh": "kk", "қазақша": "kk", "қазақ тілі": "kk",
    "казахский": "kk", "ru": "ru", "rus": "ru", "russian": "ru", "русский": "ru",
    "орысша": "ru", "english": "en", "eng": "en", "default": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet.

    Attributes
    ----------
    number : int
        As the user's program numbers it.
    cells : dict of str to str
        By canonical column; a column with languages has its plain or first text here.
    texts : dict of str to dict of str to str
        By canonical column and language code; the code is empty where the heading names none.
    """

    number: int
    cells: Mapping[str, str]
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def __getitem__(self, column: str) -> str:
        """Return a cell, empty where there is none."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of an XLSForm.

    Attributes
    ----------
    name : str
        Its canonical name.
    headings : dict of str to str
        Headings as written, by canonical column and language, such as ``label::ru``.
    rows : tuple of Row
        The filled rows below the headings.
    numbers : tuple of int
        Numbers of all filled rows, the headings' first.
    """

    name: str
    headings: Mapping[str, str]
    rows: tuple[Row, ...]
    numbers: tuple[int, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Canonical names of the columns, each once."""
        return tuple(dict.fromkeys(key.partition("::")[0] for key in self.headings))

    @property
    def languages(self) -> tuple[str, ...]:
        """Codes of the languages that the labels name, in the order of the columns."""
        labels = [key for key in self.headings if key.startswith("label::")]
        return tuple(dict.fromkeys(key.partition("::")[2] for key in labels))


def language_code(name: str) -> str:
    """Return the code of a language as an XLSForm names it.

    Parameters
    ----------
    name : str
        Such as ``Русский (ru)``, ``kk`` or ``English``.

    Returns
    -------
    str
        Such as ``ru``; empty for ``default``; the name itself where no code is known.
    """
    in_brackets = re.search(r"\(\s*([A-Za-z]{2,3})(?:-[\w-]+)?\s*\)\s*$", name)
    word = (in_brackets[1] if in_brackets else name).strip().casefold()
    return _LANGUAGES.get(word, word)


def canonical(heading: str, sheet: str) -> tuple[str, str | None]:
    """Return the canonical column of a heading and its language.

    Parameters
    ----------
    heading : str
        As written, such as ``Label::Русский (ru)`` or ``bind:relevant``.
    sheet : str
        Canonical name of its sheet.

    Returns
    -------
    column : str
        Such as ``label``.
    language : str or None
        Language code; empty where the heading names none; None for a column without languages.
    """
    parts = [part.strip() for part in re.split("::" if "::" in heading else ":", heading)]
    if parts[0].casefold() in _PREFIXES and len(parts) > 1:
        parts = parts[1:]
    if parts[0].casefold() == "jr" and len(parts) > 1:
        parts = [":".join(parts[:2]), *parts[2:]]
    aliases = _CHOICE_ALIASES if sheet.endswith("choices") else _ALIASES
    column = parts[0].casefold()
    column = aliases.get(column, re.sub(r"\s+", "_", column))
    column = aliases.get(column, column)
    if column in TRANSLATABLE:
        return column, language_code(parts[1]) if len(parts) > 1 else ""
    if sheet.endswith("choices") and column not in COLUMNS["choices"]:
        return heading, None
    return "::".join([column, *parts[1:]]), None


def read_sheet(
    name: str,
    rows: Sequence[tuple[int, Sequence[str]]],
    place: Place,
    found: list[Problem],
    default_language: str = "",
) -> Sheet:
    """Make a sheet of its rows.

    Parameters
    ----------
    name : str
        Canonical name of the sheet.
    rows : sequence of (int, sequence of str)
        Filled rows with their numbers, the headings first.
    place : Place
        The file and the sheet, for problems.
    found : list of Problem
        Where problems of the headings are added.
    default_language : str, optional
        Code of the language of headings that name none.

    Returns
    -------
    Sheet
        The sheet.
    """
    if not rows:
        return Sheet(name, {}, (), ())
    heads = []
    for heading in rows[0][1]:
        column, language = canonical(heading, name)
        language = language if language is None else language or default_language
        heads.append((column, language, heading) if heading else None)
    headings: dict[str, str] = {}
    for head in heads:
        if head is None:
            continue
        column, language, heading = head
        key = f"{column}::{language}" if language else column
        if key in headings:
            where = Place(place.file, place.sheet, rows[0][0], heading)
            found.append(_repeated(where, headings[key], heading, column, language))
        headings.setdefault(key, heading)
    return Sheet(
        name,
        headings,
        tuple(_row(number, cells, heads) for number, cells in rows[1:]),
        tuple(number for number, _ in rows),
    )


def _repeated(where: Place, first: str, second: str, column: str, language: str | None) -> Problem:
    if first == second:
        return problems.REPEATED_COLUMN.at(where, heading=second)
    values: dict[str, object] = {"column": column, "language": language}
    meant = Message(problems.IN_LANGUAGE, values) if language else column
    return problems.SAME_COLUMN.at(where, first=first, second=second, meant=meant)


def _row(
    number: int, values: Sequence[str], heads: Sequence[tuple[str, str | None, str] | None]
) -> Row:
    cells: dict[str, str] = {}
    texts: dict[str, dict[str, str]] = {}
    for head, value in zip(heads, values, strict=False):
        if head is None or not value:
            continue
        column, language, _ = head
        cells.setdefault(column, value)
        if language is not None:
            texts.setdefault(column, {})[language] = value
    return Row(number, cells, texts)


def misspelt_columns(sheet: Sheet, place: Place) -> Iterator[Problem]:
    """Find columns that are not read and nearly have the name of one that is.

    Parameters
    ----------
    sheet : Sheet
        The sheet ``survey`` or ``choices``.
    place : Place
        The file and the sheet.

    Yields
    ------
    Problem
        A warning for each such column.
    """
    known = COLUMNS[sheet.name]
    present = sheet.columns
    for column in present:
        near = get_close_matches(column.partition("::")[0], known, n=1, cutoff=0.8)
        if column in known or ("::" in column and column.partition("::")[0] in known) or not near:
            continue
        if near[0] in present:
            continue
        heading = next(text for key, text in sheet.headings.items() if key == column)
        where = Place(place.file, place.sheet, sheet.numbers[0], heading)
        yield problems.UNKNOWN_COLUMN.at(where, heading=heading, meant=near[0])


def as_text(labels: Mapping[str, str], languages: Sequence[str]) -> Text:
    """Return a text of a form as the pair that people read.

    Parameters
    ----------
    labels : Mapping of str to str
        The text by language code, as written.
    languages : sequence of str
        Languages of the form.

    Returns
    -------
    Text
        A dash counts as missing. A text without a language stands for both; so does the first
        language of a form that is neither in Kazakh nor in Russian.
    """
    written = {code: text for code, text in labels.items() if without_dash(text)}
    common = written.get("", "")
    if not common and "kk" not in languages and "ru" not in languages:
        common = next(iter(written.values()), "")
    return Text(kk=written.get("kk", common), ru=written.get("ru", common))


def as_title(written: str) -> Text:
    """Return the title of a form as the pair that people read.

    Parameters
    ----------
    written : str
        The setting ``form_title``; XLSForm has one for all languages.

    Returns
    -------
    Text
        Both halves of "Kazakh / Russian", told apart by letters that only Kazakh has; a title that
        is not so written stands for both languages.
    """
    halves = [half.strip() for half in written.split(" / ")]
    kazakh = [bool(_KAZAKH & set(half.casefold())) for half in halves]
    if kazakh.count(True) != 1 or len(halves) != 2:
        return Text(kk=written, ru=written)
    return Text(kk=halves[kazakh.index(True)], ru=halves[kazakh.index(False)])
