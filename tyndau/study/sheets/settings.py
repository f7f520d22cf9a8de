"""The sheet ``study``: what is true of the whole study, a key a row.

In: the sheet's entries. Out: `Settings`, typed, with defaults where a key may be left out, and
every problem found. Keys are data, `tyndau.study.keys.KEYS`; what several keys say together is
checked here; what names columns of the forms, in `tyndau.study.sheets.columns`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

from tyndau.base.errors import Place, Problem
from tyndau.base.languages import CONTENT_LANGUAGES, Message, Text, without_dash
from tyndau.study import problems
from tyndau.study.cells import EXPECTED, WrongKindError, as_text, convert
from tyndau.study.entries import Entries, Entry
from tyndau.study.keys import KEYS, KeySpec
from tyndau.study.schema import nearest, plain
from tyndau.study.sheets.known import Known
from tyndau.study.sheets.problems import KEY_OF_WHOLE, LEVEL_RANGE
from tyndau.study.standards import Comparing, Inference, SampleColumns, Thresholds

# All of Kazakhstan has kept one time since March 2024; this is its name.
_DEFAULT_ZONE = "Asia/Almaty"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the sheet ``study`` says.

    Attributes
    ----------
    entries : dict of str to Entry
        The row of each key that stands in the sheet.
    texts : dict of str to Text
        The texts, by key.
    values : dict of str to object
        The other values that are filled and right, by key.
    inferences : dict of str to {"design", "model", "none"}
        What the samples of single populations allow, where the sheet says it of them.
    """

    entries: Mapping[str, Entry]
    texts: Mapping[str, Text]
    values: Mapping[str, object]
    inferences: Mapping[str, Inference]

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages of the content; both where the sheet does not say."""
        return cast(tuple[str, ...], self.values.get("languages", CONTENT_LANGUAGES))

    @property
    def time_zone(self) -> str:
        """The study's time zone; Kazakhstan's where the sheet does not say."""
        return self.name("time_zone") or _DEFAULT_ZONE

    @property
    def inference(self) -> Inference:
        """What the sample allows; ``none`` where the sheet does not say, which is an error."""
        return cast(Inference, self.values.get("inference", "none"))

    @property
    def thresholds(self) -> Thresholds:
        """The bases from which numbers are tested, marked and shown."""
        given = {key: self.values[key] for key in Thresholds.__slots__ if key in self.values}
        return Thresholds(**cast(dict[str, int], given))

    @property
    def comparing(self) -> Comparing:
        """How differences are tested; levels stand in the sheet in percent."""
        second = self.values.get("second_level")
        return Comparing(
            cast(Literal["design", "quantum"], self.values.get("tests", "design")),
            cast(float, self.values.get("level", 95)) / 100,
            None if second is None else cast(float, second) / 100,
            cast(float, self.values.get("least_difference", 0)),
        )

    @property
    def sample(self) -> SampleColumns:
        """Columns of weights, strata and clusters."""
        return SampleColumns(self.name("weight"), self.name("strata"), self.name("cluster"))

    @property
    def release_keys(self) -> tuple[str, ...]:
        """Variables by which a person might be known; records are released where they are named."""
        return tuple(dict.fromkeys(self.name("release_keys").replace(",", " ").split()))

    @property
    def fictional(self) -> bool:
        """Whether the study's city is made up."""
        return bool(self.values.get("fictional", False))

    @property
    def recording(self) -> bool:
        """Whether answers may be recorded, of respondents who agree to it."""
        return bool(self.values.get("recording", False))

    @property
    def correct_hours(self) -> int:
        """For how long interviewers may correct what they sent; 0: only what was returned."""
        return cast(int, self.values.get("correct_hours", 0))

    @property
    def index(self) -> bool:
        """Whether volumes show indices to the total."""
        return bool(self.values.get("index", False))

    def text(self, key: str) -> Text:
        """Return a text.

        Parameters
        ----------
        key : str
            Its key.

        Returns
        -------
        Text
            Empty where the sheet has none.
        """
        return self.texts.get(key, Text())

    def name(self, key: str) -> str:
        """Return a value that is a name.

        Parameters
        ----------
        key : str
            Its key.

        Returns
        -------
        str
            Empty where the sheet has none.
        """
        return as_text(self.values.get(key))

    def day(self, key: str) -> date | None:
        """Return a value that is a date.

        Parameters
        ----------
        key : str
            For example ``start``.

        Returns
        -------
        date or None
            None where the sheet has none.
        """
        return cast(date | None, self.values.get(key))


def read_settings(sheet: Entries, file: str, known: Known) -> tuple[Settings, list[Problem]]:
    """Read the sheet ``study``.

    Parameters
    ----------
    sheet : Entries
        Its rows.
    file : str
        The workbook's path as errors print it.
    known : Known
        What the forms offer.

    Returns
    -------
    settings : Settings
        What it says.
    problems : list of Problem
        What is wrong with the keys; what is wrong with cells stands in ``sheet.problems``.
    """
    reader = _Reader(Place(file, sheet.spec.name), known)
    for entry in sheet.rows:
        reader.read(entry)
    settings = Settings(reader.entries, reader.texts, reader.values, reader.inferences)
    if sheet.rows:
        reader.check_missing(settings)
    _check_order(settings, reader.found)
    _check_levels(settings, reader.found)
    return settings, reader.found


class _Reader:
    """Reads keys one by one, collecting problems."""

    def __init__(self, place: Place, known: Known) -> None:
        self.place = place
        self.known = known
        # Keys of which it was said that what stands beside them is wrong.
        self.broken: set[str] = set()
        self.keys = {key.name: key for key in KEYS}
        self.entries: dict[str, Entry] = {}
        self.texts: dict[str, Text] = {}
        self.values: dict[str, object] = {}
        self.inferences: dict[str, Inference] = {}
        self.found: list[Problem] = []

    def read(self, entry: Entry) -> None:
        written = entry.text("key")
        key = self.keys.get(plain(written))
        if key is None:
            if written:
                known = nearest(written, self.keys)
                self.found.append(
                    problems.UNKNOWN_KEY.at(entry.place("key"), key=written, known=known)
                )
            return
        if entry.text("population"):
            self.read_of_population(key, entry)
            return
        if key.name in self.entries:
            return  # reported as standing twice
        self.entries[key.name] = entry
        if entry.reported & set(CONTENT_LANGUAGES if key.kind == "texts" else ("value",)):
            self.broken.add(key.name)
        text = Text(*(without_dash(entry.text(language)) for language in CONTENT_LANGUAGES))
        value = entry.values.get("value")
        if key.kind == "texts":
            self.texts[key.name] = text
            if without_dash(entry.text("value")):
                self.wrong_side(key, entry, "value", bool(text.kk or text.ru))
            return
        if value is not None and (typed := self.typed(key, entry, value)) is not None:
            self.values[key.name] = typed
        if text.kk or text.ru:
            self.wrong_side(key, entry, "kk" if text.kk else "ru", value is not None)

    def wrong_side(self, key: KeySpec, entry: Entry, column: str, filled: bool) -> None:
        """Say that a cell is not read: an error where nothing stands in the right place either."""
        columns = CONTENT_LANGUAGES if key.kind == "texts" else ("value",)
        values = {"key": entry.text("key"), "value": entry.text(column), "columns": columns}
        place = entry.place(column)
        if filled:
            self.found.append(problems.BESIDE.at(place, cell=entry.cell(column), **values))
            return
        self.broken.add(key.name)
        self.found.append(problems.WRONG_SIDE.at(place, column=column, **values))

    def read_of_population(self, key: KeySpec, entry: Entry) -> None:
        """Read what is said of a single population."""
        if not key.by_population:
            values = {"cell": entry.cell("population"), "key": key.name}
            may = [one.name for one in KEYS if one.by_population]
            self.found.append(KEY_OF_WHOLE.at(entry.place("population"), **values, known=may))
            return
        name, value = entry.text("population"), entry.values.get("value")
        self.known.check_population(entry, self.found)
        if value is None and "value" not in entry.reported:
            place = entry.place("value")
            self.found.append(problems.NO_KEY.at(place, key=key.name, expected=key.allowed))
        elif value is not None and (typed := self.typed(key, entry, value)) is not None:
            self.inferences.setdefault(name, cast(Inference, typed))

    def typed(self, key: KeySpec, entry: Entry, value: object) -> object | None:
        """Return a value in its type; None where it is wrong, which is reported."""
        if key.kind == "texts":
            return None
        cell, place, shown = entry.cell("value"), entry.place("value"), as_text(value)
        try:
            typed = convert(value, key.kind)
        except WrongKindError:
            self.broken.add(key.name)
            expected = Message(EXPECTED[key.kind])
            self.found.append(
                problems.WRONG_VALUE.at(place, cell=cell, value=shown, expected=expected)
            )
            return None
        if key.allowed and typed not in key.allowed:
            self.broken.add(key.name)
            known = nearest(shown, key.allowed)
            self.found.append(problems.NOT_ALLOWED.at(place, cell=cell, value=shown, known=known))
            return None
        return typed

    def check_missing(self, settings: Settings) -> None:
        for key in KEYS:
            if key.name not in self.broken:
                self.check_key(key, settings)
            self.check_placeholders(key, settings)
        said = {settings.inference, *settings.inferences.values()}
        if "model" in said and "inference_model" not in self.broken:
            missing = settings.text("inference_model").missing
            for language in settings.languages:
                if language in missing:
                    self.found.append(problems.NO_MODEL_WORDS.at(self.place, language=language))
        for language in settings.languages:
            if all(language not in entry.letters for entry in self.entries.values()):
                values = {"name": language, "language": language}
                self.found.append(problems.NO_TRANSLATIONS.at(self.place, **values))

    def check_key(self, key: KeySpec, settings: Settings) -> None:
        text = settings.text(key.name)
        if key.name in self.values or text.kk or text.ru:
            self.check_translated(key, settings)
        elif key.need == "always":
            kind = "text" if key.kind == "texts" else key.kind
            expected = key.allowed or Message(EXPECTED[kind])
            self.found.append(problems.NO_KEY.at(self.place, key=key.name, expected=expected))
        elif key.need == "notes":
            columns = settings.languages if key.kind == "texts" else ("value",)
            self.found.append(problems.NO_WORDS.at(self.place, key=key.name, columns=columns))

    def check_translated(self, key: KeySpec, settings: Settings) -> None:
        # The words of the model are asked for below, more strictly.
        if key.kind != "texts" or key.name == "inference_model":
            return
        entry, text = self.entries[key.name], self.texts[key.name]
        for language in settings.languages:
            if language in text.missing and language in entry.letters:
                values = {"cell": entry.cell(language), "other": text.kk or text.ru}
                place = entry.place(language)
                self.found.append(problems.UNTRANSLATED.at(place, **values, language=language))

    def check_placeholders(self, key: KeySpec, settings: Settings) -> None:
        for language in settings.languages if key.name in self.texts else ():
            entry, text = self.entries[key.name], getattr(self.texts[key.name], language)
            if text.startswith("[") and text.endswith("]"):
                values = {"cell": entry.cell(language), "text": text, "key": key.name}
                self.found.append(problems.PLACEHOLDER.at(entry.place(language), **values))


def _check_order(settings: Settings, found: list[Problem]) -> None:
    start, end = settings.day("start"), settings.day("end")
    if start and end and end < start:
        place = settings.entries["end"].place("value")
        found.append(problems.DATE_ORDER.at(place, start=start.isoformat(), end=end.isoformat()))
    bases = settings.thresholds
    for low, high in (("people_below", "hide_below"), ("hide_below", "mark_below")):
        if getattr(bases, low) > getattr(bases, high):
            entry = settings.entries.get(low) or settings.entries[high]
            values = {"low_key": low, "high_key": high}
            found.append(
                problems.THRESHOLD_ORDER.at(
                    entry.place("value"),
                    **values,
                    low=getattr(bases, low),
                    high=getattr(bases, high),
                )
            )


def _check_levels(settings: Settings, found: list[Problem]) -> None:
    """See that levels are percentages between half and whole, the second below the first."""
    levels = {
        "level": (50.0, 100.0),
        "second_level": (50.0, 100 * settings.comparing.level),
        "least_difference": (0.0, 100.0),
    }
    for key, (low, high) in levels.items():
        value = settings.values.get(key)
        if value is None:
            continue
        number = cast(float, value)
        if not (low < number < high or (key == "least_difference" and number == 0)):
            entry = settings.entries[key]
            values = {"key": key, "value": f"{number:g}", "low": f"{low:g}", "high": f"{high:g}"}
            found.append(LEVEL_RANGE.at(entry.place("value"), **values))
