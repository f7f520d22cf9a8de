"""Frames: the records of a wave as typed columns of NumPy arrays.

In: nothing; other rooms build frames. Out: `Variable`, which says what a column means in both
languages, and `Frame`, its rows. Two kinds of absence are kept apart everywhere: *not asked* (the
routing passed the question by; ``asked`` is false) and *no answer* (asked, left empty). "Don't
know" and "refused" are answers: categories with a meaning.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from tyndau.base.languages import N_, Message, Text

VariableKind = Literal["single", "multiple", "number", "text"]
Meaning = Literal["", "dont_know", "refused", "none", "other"]

KIND_WORDS: Mapping[VariableKind, Message] = {
    "single": Message(N_("one answer of several")),
    "multiple": Message(N_("several answers")),
    "number": Message(N_("a number")),
    "text": Message(N_("free text")),
}

# What a code means where the form does not say it in the choices' column "meaning".
MEANINGS: Mapping[str, Meaning] = {
    "dont_know": "dont_know",
    "dk": "dont_know",
    "refused": "refused",
    "none": "none",
    "nothing": "none",
    "none_of_these": "none",
    "other": "other",
}

# Rows and columns of every table have these codes, so that no answer may.
RESERVED_CODES = frozenset({"total", "mean", "sd", "no_answer"})

NO_CATEGORY = -1


@dataclass(frozen=True, slots=True)
class Category:
    """One answer that a closed question offers.

    Attributes
    ----------
    code : str
        The code in the data; unique in its variable, without spaces.
    label : Text
        What people read.
    meaning : {"", "dont_know", "refused", "none", "other"}
        What kind of answer it is; empty for a substantive one.
    score : float or None
        Its score on a scale; None where the answer has none (a "don't know" has none).
    """

    code: str
    label: Text
    meaning: Meaning = ""
    score: float | None = None

    @property
    def exclusive(self) -> bool:
        """Whether it must stand alone in a multiple response ("don't know", "refused", "none")."""
        return self.meaning in ("dont_know", "refused", "none")


@dataclass(frozen=True, slots=True)
class Net:
    """Several answers of a closed question taken together: whoever gave any of them.

    Attributes
    ----------
    code : str
        Code of its row in tables; different from those of the answers.
    label : Text
        What people read.
    codes : tuple of str
        The answers that it holds.
    """

    code: str
    label: Text
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Variable:
    """What a column of a frame means.

    Attributes
    ----------
    name : str
        Name in the form, the data and the workbook.
    kind : {"single", "multiple", "number", "text"}
        How it is answered; a single with scores is a scale and has a mean.
    label : Text
        The question's wording, or the title of a derived variable.
    categories : tuple of Category
        The answers of a single or multiple response, in the order of the questionnaire.
    base : Text
        Who was asked, in words; empty means everybody.
    nets : tuple of Net
        Answers that tables also show together.
    descending : bool
        Whether tables show the answers from the most frequent on.
    """

    name: str
    kind: VariableKind
    label: Text
    categories: tuple[Category, ...] = ()
    base: Text = field(default_factory=Text)
    nets: tuple[Net, ...] = ()
    descending: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """The categories' codes, in order."""
        return tuple(category.code for category in self.categories)

    @property
    def is_scale(self) -> bool:
        """Whether a mean score can be computed from its categories."""
        return any(category.score is not None for category in self.categories)


@dataclass(frozen=True, slots=True)
class Column:
    """One variable's answers.

    Attributes
    ----------
    variable : Variable
        What they mean.
    values : ndarray
        By kind: single, signed integers (n,), index into the categories or `NO_CATEGORY`;
        multiple, bool (n, k); number, float64 (n,), NaN where there is none; text, object (n,)
        of str.
    asked : ndarray of bool, shape (n,)
        Whether the row was asked the question. A derived variable is asked of those for whom it
        is defined.
    """

    variable: Variable
    values: NDArray[Any]
    asked: NDArray[np.bool_]

    @property
    def answered(self) -> NDArray[np.bool_]:
        """Rows that were asked and gave an answer, "don't know" included; bool, shape (n,)."""
        if self.variable.kind == "single":
            given = self.values != NO_CATEGORY
        elif self.variable.kind == "multiple":
            given = self.values.any(axis=1)
        elif self.variable.kind == "number":
            given = ~np.isnan(self.values)
        else:
            given = self.values != ""
        return np.asarray(self.asked & given, dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class Frame:
    """The rows of a wave.

    Attributes
    ----------
    keys : ndarray of str, shape (n,)
        The rows' keys, unique.
    columns : dict of str to Column
        By variable name, in the order of the questionnaire, derived variables last.
    """

    keys: NDArray[np.str_]
    columns: dict[str, Column]

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.keys)

    def __iter__(self) -> Iterator[Column]:
        """Go through the columns in order."""
        return iter(self.columns.values())

    def __contains__(self, name: object) -> bool:
        """Return whether the frame has a column of this name."""
        return name in self.columns

    def __getitem__(self, name: str) -> Column:
        """Return the column of this name."""
        return self.columns[name]

    def where(self, rows: NDArray[np.bool_]) -> "Frame":
        """Return some of the rows, in their order.

        Parameters
        ----------
        rows : ndarray of bool, shape (n,)
            Which ones.

        Returns
        -------
        Frame
            These rows of every column.
        """
        columns = {
            name: Column(column.variable, column.values[rows], column.asked[rows])
            for name, column in self.columns.items()
        }
        return Frame(self.keys[rows], columns)
