"""Writing a frame as an SPSS file (.sav), in UTF-8.

In: a frame, a language. Out: a file with labels in that language. A single response is a number
with labels: its code where that is a whole number, else its place in the questionnaire; "don't
know" is 98 and "refused" 99, as values like others. A multiple response is a variable an answer,
``NAME_code``, 1 or 0. Who was not asked has nothing (system-missing); who was asked and said
nothing has a value that is declared missing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl
import pyreadstat
from numpy.typing import NDArray

from tyndau.base.frames import NO_CATEGORY, Column, Frame, Variable
from tyndau.base.languages import N_, Message
from tyndau.interchange.sav_names import Names, cut
from tyndau.waves import KEY

# What SPSS holds of labels, in bytes.
_OF_VARIABLE: Final = 255
_OF_VALUE: Final = 120
_OF_FILE: Final = 64
_OF_TEXT: Final = 32_767
_NO_ANSWER: Final = Message(N_("no answer"))
_YES: Final = Message(N_("yes"))
_NO: Final = Message(N_("no"))
_MARK: Final = "…"


@dataclass(slots=True)
class _Variable:
    """A variable of the file."""

    values: pl.Series
    label: str
    measure: str
    format: str = ""
    labels: Mapping[float, str] = field(default_factory=dict)
    missing: float | None = None


def write_sav(frame: Frame, path: Path, *, language: str, title: str = "") -> None:
    """Write a frame as an SPSS file.

    Parameters
    ----------
    frame : Frame
        The rows and columns; an existing file is written over.
    path : Path
        Where to; ends in ``.sav``.
    language : str
        ``kk`` or ``ru``: of the labels.
    title : str, optional
        What the file calls itself.
    """
    names = Names()
    variables = {
        names.take(KEY): _Variable(pl.Series(list(map(str, frame.keys)), dtype=pl.String), "", "")
    }
    # Questions keep their names; an answer of a multiple response gives way to them.
    own = names.take_all(c.variable.name for c in frame if c.variable.kind != "multiple")
    for column in frame:
        for code, variable in _variables(column, language):
            name = column.variable.name
            parts = (f"{name}_{code}", f"{name}__{code}")
            variables[names.take(*parts) if code else own[name]] = variable
    formats = {name: one.format for name, one in variables.items() if one.format}
    pyreadstat.write_sav(
        pl.DataFrame({name: variable.values for name, variable in variables.items()}),
        str(path),
        file_label=cut(title, _OF_FILE, _MARK),
        column_labels={name: cut(v.label, _OF_VARIABLE, _MARK) for name, v in variables.items()},
        row_compress=True,
        variable_value_labels={
            name: {value: cut(label, _OF_VALUE, _MARK) for value, label in one.labels.items()}
            for name, one in variables.items()
            if one.labels
        },
        missing_ranges={
            name: [one.missing] for name, one in variables.items() if one.missing is not None
        },
        variable_measure={name: one.measure for name, one in variables.items() if one.measure},
        variable_format=formats,
    )


def category_numbers(variable: Variable) -> tuple[int, ...]:
    """Return the numbers by which a .sav file knows the answers of a single response.

    Parameters
    ----------
    variable : Variable
        A single response.

    Returns
    -------
    tuple of int
        One a category, in order, all different.
    """
    written = [int(code) if _is_whole(code) else None for code in variable.codes]
    taken = {number for number in written if number is not None}
    highest = max((*taken, len(written)))
    dont_know = next(n for n in (98, 998, 9_998, 99_998, 10**9 - 2) if n > highest)
    kept = {"dont_know": dont_know, "refused": dont_know + 1}
    numbers = []
    for place, (category, number) in enumerate(
        zip(variable.categories, written, strict=True), start=1
    ):
        found = kept.get(category.meaning, place) if number is None else number
        if number is None:
            while found in taken:
                found += 1
            taken.add(found)
        numbers.append(found)
    return tuple(numbers)


def _is_whole(code: str) -> bool:
    """Whether a code is a whole number as a number is written: ``01`` and ``+1`` are not."""
    return len(code) < 9 and code.isascii() and code.isdecimal() and str(int(code)) == code


def _variables(column: Column, language: str) -> Iterator[tuple[str, _Variable]]:
    """Go through the variables of a column, each with the code that it is about, if with any."""
    variable = column.variable
    label = " ".join(variable.label.say(language).split())
    if variable.kind == "multiple":
        yield from _dichotomies(column, label, language)
    elif variable.kind == "single":
        yield "", _single(column, label, language)
    elif variable.kind == "number":
        yield "", _number(column, label, language)
    else:
        texts = [cut(str(text), _OF_TEXT) for text in np.where(column.asked, column.values, "")]
        yield "", _Variable(pl.Series(texts, dtype=pl.String), label, "nominal")


def _single(column: Column, label: str, language: str) -> _Variable:
    variable = column.variable
    numbers = np.array(category_numbers(variable), dtype=np.float64)
    labels = {
        float(number): category.label.say(language) or category.code
        for number, category in zip(numbers, variable.categories, strict=True)
    }
    given = column.values != NO_CATEGORY
    values = np.full(len(given), np.nan)
    values[given] = numbers[column.values[given]]
    measure = "ordinal" if variable.is_scale else "nominal"
    return _with_silence(column, _Variable(_series(values), label, measure, "F8.0", labels), values,
                         language)  # fmt: skip


def _number(column: Column, label: str, language: str) -> _Variable:
    values = np.where(column.asked, column.values, np.nan).astype(np.float64)
    known = values[np.isfinite(values)]
    whole = bool((known == np.round(known)).all())
    variable = _Variable(_series(values), label, "scale", "F8.0" if whole else "F12.4")
    return _with_silence(column, variable, values, language)


def _with_silence(
    column: Column, variable: _Variable, values: NDArray[np.float64], language: str
) -> _Variable:
    """Tell who was asked and gave no answer from who was not asked, where there is anybody."""
    silent = column.asked & ~column.answered
    if not silent.any():
        return variable
    code = next(n for n in (-9.0, -99.0, -999.0, -9e8) if not (values == n).any())
    variable.values = _series(np.where(silent, code, values))
    variable.labels = {**variable.labels, code: _NO_ANSWER.say(language)}
    variable.missing = code
    return variable


def _dichotomies(column: Column, label: str, language: str) -> Iterator[tuple[str, _Variable]]:
    variable = column.variable
    labels = {0.0: _NO.say(language), 1.0: _YES.say(language)}
    for position, category in enumerate(variable.categories):
        values = np.where(column.asked, column.values[:, position], np.nan)
        # The answer first: labels are cut at their end, and the question is the same in all.
        said = f"{category.label.say(language) or category.code}: {label}"
        yield category.code, _Variable(_series(values), said, "nominal", "F1.0", labels)


def _series(values: NDArray[Any]) -> pl.Series:
    return pl.Series(values, dtype=pl.Float64).fill_nan(None)
