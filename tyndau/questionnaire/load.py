"""From a file to a `Form`, or to one error that carries everything that is wrong with it.

In: paths of XLSForms (.xlsx, .xlsm, .xls, .csv, .md) or a text in Markdown or CSV notation. Out:
typed forms. Foreign files are opened in a child process only; what they hold is checked by our own
rules first, and what the converter refuses beyond them is passed on in its words. Nothing is
written.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from tyndau.base.errors import Place, Problem, UserError, refusal
from tyndau.questionnaire import child, problems
from tyndau.questionnaire.build import Draft, build
from tyndau.questionnaire.choices import read_choice_file, read_choices
from tyndau.questionnaire.form import Choice, Form
from tyndau.questionnaire.lint import lint
from tyndau.questionnaire.references import asked_later, bare_names, circles, unknown_names
from tyndau.questionnaire.sheets import (
    Sheet,
    as_title,
    language_code,
    misspelt_columns,
    read_sheet,
)
from tyndau.questionnaire.sniff import MAX_BYTES, Notation, sniff

_FAULTS = {"uncomputed": problems.UNCOMPUTED, "error": problems.ERROR_VALUE}
_ROW = re.compile(r"\[row\s*:\s*(\d+)\]\s*")
_SHEET = re.compile(r"'(survey|choices|settings|entities)' sheet")
# Notes of the converter that our lint gives better, or that say nothing about the questionnaire.
_OWN_NOTES = re.compile(
    r"translation|has no label|max-pixels|do not contain valid|Row without name|Choices should have"
)


def load_form(path: Path, *, population: str = "", shown: str = "") -> Form:
    """Read a questionnaire.

    Parameters
    ----------
    path : Path
        An XLSForm: .xlsx, .xlsm, .xls, .csv or .md.
    population : str, optional
        Whom it is put to; the file's stem by default.
    shown : str, optional
        The path to be printed in errors; ``path`` by default.

    Returns
    -------
    Form
        The questionnaire.

    Raises
    ------
    UserError
        With all problems that could be found.
    """
    outcome = load_forms([path], populations=[population], shown=[shown])[0]
    if isinstance(outcome, UserError):
        raise outcome
    return outcome


def load_forms(
    paths: Sequence[Path], *, populations: Sequence[str] = (), shown: Sequence[str] = ()
) -> list[Form | UserError]:
    """Read several questionnaires, which costs little more than one.

    Parameters
    ----------
    paths : sequence of Path
        XLSForms.
    populations, shown : sequence of str, optional
        As for `load_form`, one for each path; an empty text stands for the default.

    Returns
    -------
    list of Form or UserError
        For each path the questionnaire, or all that is wrong with it.
    """
    names = [population or path.stem for population, path in _zip(populations, paths)]
    shown = [text or str(path) for text, path in _zip(shown, paths)]
    outcomes: dict[int, Form | UserError] = {}
    sources: dict[int, child.Source] = {}
    for at, path in enumerate(paths):
        place = Place(shown[at])
        try:
            notation = sniff(_content(path, place), path.suffix, place)
        except UserError as error:
            outcomes[at] = error
        else:
            sources[at] = child.Source(notation, names[at], path)
    answers = child.run(list(sources.values()))
    for at, answer in zip(sources, answers, strict=True):
        try:
            notation = sources[at].notation
            outcomes[at] = _form(answer, names[at], shown[at], paths[at].parent, notation)
        except UserError as error:
            outcomes[at] = error
    return [outcomes[at] for at in range(len(paths))]


def read_form(text: str, notation: Literal["md", "csv"], *, population: str = "form") -> Form:
    """Read a questionnaire from a text, as tests and examples write it.

    Parameters
    ----------
    text : str
        The sheets in Markdown or CSV notation.
    notation : {"md", "csv"}
        Which.
    population : str, default "form"
        Whom it is put to.

    Returns
    -------
    Form
        The questionnaire.

    Raises
    ------
    UserError
        With all problems that could be found.
    """
    answers = child.run([child.Source(notation, population, text=text)])
    return _form(answers[0], population, f"{population}.{notation}", None, notation)


def _zip(texts: Sequence[str], paths: Sequence[Path]) -> list[tuple[str, Path]]:
    return list(zip(texts or [""] * len(paths), paths, strict=True))


def _content(path: Path, place: Place) -> bytes:
    try:
        with path.open("rb") as stream:
            # One byte more than allowed is enough to see that it is too large.
            return stream.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise problems.NO_FILE.error(place) from None
    except OSError as fault:
        raise problems.NOT_READABLE.error(place, detail=refusal(fault)) from None


def _form(
    answer: Mapping[str, Any] | None,
    population: str,
    shown: str,
    folder: Path | None,
    notation: Notation,
) -> Form:
    """Make a form of what the child found, or raise everything that is wrong."""
    file = Place(shown)
    if answer is None or answer.get("fatal") == "memory":
        seconds, memory = child.SECONDS_FOR_ONE, child.MEMORY // 1_000_000
        raise problems.TOO_HEAVY.error(file, seconds=seconds, memory=memory)
    if "fatal" in answer:
        detail = " ".join(str(answer["fatal"]).split())
        if "encrypted" in detail:
            raise problems.ENCRYPTED.error(file)
        raise problems.NOT_READABLE.error(file, detail=detail[:300])
    found = _cell_faults(answer, file)
    if any(problem.kind is problems.TOO_MANY_ROWS for problem in found):
        raise UserError(*found)
    if "survey" not in answer["sheets"] and notation == "csv":
        raise problems.IS_CSV.error(file)
    if "survey" not in answer["sheets"]:
        names = ", ".join(name[:40] for name in answer["names"][:8]) or "-"
        raise UserError(*found, problems.NO_SHEET.at(file, wanted="survey", found=names))
    reading = _Reading(answer, file, found, folder)
    reading.check(answer)
    if any(problem.kind.severity == "error" for problem in reading.found):
        errors = [problem for problem in reading.found if problem.kind.severity == "error"]
        # What is merely to be mended is told with them, so that one look at the form is enough.
        remarks = [
            problem
            for problem in lint(reading.form(population, shown, ""))
            if problem.kind.severity == "warning"
        ]
        raise UserError(*sorted(errors, key=lambda problem: problem.place.row), *remarks)
    return reading.form(population, shown, str(answer["xform"]))


def _cell_faults(answer: Mapping[str, Any], file: Place) -> list[Problem]:
    found = []
    for fault in answer["faults"]:
        place = Place(file.file, fault["sheet"], fault.get("row", 0))
        if fault["fault"] == "rows":
            found.append(problems.TOO_MANY_ROWS.at(place, limit=fault["limit"]))
        else:
            kind = _FAULTS[fault["fault"]]
            name = "formula" if kind is problems.UNCOMPUTED else "value"
            found.append(kind.at(place, cell=fault["cell"], **{name: fault["value"]}))
    return found


class _Reading:
    """The sheets of one form with all that is found wrong in them."""

    def __init__(
        self, answer: Mapping[str, Any], file: Place, found: list[Problem], folder: Path | None
    ) -> None:
        self.file = file
        self.found = found
        self.folder = folder
        self.settings = self.sheet(answer, "settings", "")
        first = self.settings.rows[0] if self.settings.rows else None
        self.setting = dict(first.cells) if first else {}
        default = language_code(self.setting.get("default_language", ""))
        self.survey = self.sheet(answer, "survey", default)
        self.lists = [self.sheet(answer, name, default) for name in ("choices", "external_choices")]
        self.languages = tuple(
            code for code in dict.fromkeys((*self.survey.languages, *self.lists[0].languages))
        )
        self.draft = Draft()

    def sheet(self, answer: Mapping[str, Any], name: str, default: str) -> Sheet:
        place = Place(self.file.file, name)
        return read_sheet(name, answer["sheets"].get(name, ()), place, self.found, default)

    def check(self, answer: Mapping[str, Any]) -> None:
        """Check the sheets, then add what the converter refused beyond that."""
        place = Place(self.file.file, "survey")
        if not self.survey.rows:
            self.found.append(problems.EMPTY_SHEET.at(place))
            return
        absent = [wanted for wanted in ("type", "name") if wanted not in self.survey.columns]
        if absent:
            names = ", ".join(self.survey.headings.values())
            where = Place(place.file, place.sheet, self.survey.numbers[0])
            for wanted in absent:
                self.found.append(problems.NO_COLUMN.at(where, wanted=wanted, found=names))
            return
        self.build(place, frozenset(answer.get("types", ())))
        self.found.extend(self.draft.problems)
        self.found.extend(unknown_names(self.draft))
        self.found.extend(circles(self.draft, place))
        self.add_refusal(answer)
        if not any(problem.kind.severity == "error" for problem in self.found):
            self.warn(answer, place)

    def build(self, place: Place, types: frozenset[str]) -> None:
        repeated = self.setting.get("allow_choice_duplicates", "").casefold() in ("yes", "true")
        choices, external = (
            read_choices(
                sheet,
                Place(place.file, sheet.name),
                self.languages,
                self.found,
                duplicates=repeated,
            )
            for sheet in self.lists
        )
        choices.lists = {**external.lists, **choices.lists}
        self.draft = build(
            self.survey,
            choices,
            place,
            self.languages,
            types=types,
            read_file=self.read_file,
        )

    def read_file(
        self, name: str, parameters: Mapping[str, str], place: Place
    ) -> tuple[Choice, ...]:
        """Read choices from a CSV file beside the form; other files are left to the phone."""
        if self.folder is None or not name.casefold().endswith(".csv"):
            return ()
        path = self.folder / name
        if "/" in name or "\\" in name or not path.is_file():
            raise problems.NO_SUCH_FILE.error(place, name=name)
        if path.stat().st_size > MAX_BYTES:
            size = path.stat().st_size // 1_000_000
            raise problems.TOO_LARGE.error(
                Place(str(path)), size=size, limit=MAX_BYTES // 1_000_000
            )
        value, label = parameters.get("value", "name"), parameters.get("label", "label")
        return read_choice_file(path.read_bytes(), value, label, name, place)

    def add_refusal(self, answer: Mapping[str, Any]) -> None:
        """Add what the converter refused, unless our rules have found it already."""
        if "refused" not in answer:
            return
        message = str(answer["refused"])
        place = self.place_in(message)
        errors = [problem for problem in self.found if problem.kind.severity == "error"]
        known = {(problem.place.sheet, problem.place.row) for problem in errors}
        if errors and (not place.row or (place.sheet, place.row) in known):
            return
        if errors and place.sheet == "survey" and (self.lists[0].name, place.row) in known:
            return
        detail = " ".join(_ROW.sub("", message).split())[:500]
        self.found.append(problems.REFUSED.at(place, detail=detail))

    def place_in(self, message: str) -> Place:
        """Return the place that the converter names; it counts rows without the empty ones."""
        sheet_match, row_match = _SHEET.search(message), _ROW.search(message)
        name = sheet_match[1] if sheet_match else "survey"
        if row_match is None:
            return Place(self.file.file, name if sheet_match else "")
        sheet = {"survey": self.survey, "choices": self.lists[0], "settings": self.settings}
        numbers = sheet[name].numbers if name in sheet else ()
        counted = int(row_match[1])
        row = numbers[counted - 1] if 0 < counted <= len(numbers) else counted
        return Place(self.file.file, name, row)

    def warn(self, answer: Mapping[str, Any], place: Place) -> None:
        """Add what does not stop."""
        self.found.extend(misspelt_columns(self.survey, place))
        self.found.extend(misspelt_columns(self.lists[0], Place(place.file, "choices")))
        self.found.extend(asked_later(self.draft))
        self.found.extend(bare_names(self.draft))
        if "label" in self.survey.headings:
            heading = self.survey.headings["label"]
            where = Place(place.file, place.sheet, self.survey.numbers[0], heading)
            self.found.append(problems.NO_LANGUAGE.at(where, heading=heading))
        for note in answer.get("warnings", ()):
            if not _OWN_NOTES.search(note):
                detail = " ".join(_ROW.sub("", note).split())[:300]
                self.found.append(problems.CONVERTER_NOTE.at(self.place_in(note), detail=detail))

    def form(self, population: str, shown: str, xform: str) -> Form:
        """Return the form."""
        return Form(
            population=population,
            path=shown,
            id=self.setting.get("form_id", population),
            version=self.setting.get("version", ""),
            title=as_title(self.setting.get("form_title", "")),
            languages=self.languages,
            questions=tuple(self.draft.questions),
            groups=self.draft.titles,
            xform=xform.encode(),
            warnings=tuple(self.found),
            headings={"survey": self.survey.headings, "choices": self.lists[0].headings},
        )
