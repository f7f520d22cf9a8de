"""A questionnaire to be filled in by hand: what stands on the sheet, and nothing of how it is set.

In: nothing; `tyndau.reporting.paper.build` makes it. Out: a `Sheet` with texts in all languages,
which a writer sets in one of them. A new way to answer is a member of `Way` and a function of the
template.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from tyndau.base.languages import Sayable, Text

Way = Literal[
    "boxes", "scale", "places", "digits", "lines", "date", "time", "moment", "tick", "none",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Box:
    """A box to tick.

    Attributes
    ----------
    code : str
        What is typed in for it.
    label : Text, Message or str
        The answer.
    notes : tuple of Text, Message or str
        That it stands alone among several, where it leads.
    """

    code: str
    label: Sayable
    notes: tuple[Sayable, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A question, or a note that is read aloud.

    Attributes
    ----------
    name : str
        The question's name in the form.
    wording : Text
        What is read aloud.
    way : Way
        How it is answered: boxes in columns or in a row, places to be written beside answers,
        digits, lines, date, time, both, one box; ``none`` for a note.
    number : int
        Its number; 0 where it has none.
    condition : Text, Message or str
        Whom it is asked, where this must be said before it.
    conditional : bool
        Whether not everybody is asked; the condition may have been said for several at once.
    hint : Text
        What the interviewer alone reads.
    remarks : tuple of Text, Message or str
        How it is answered, in words; where numbers lead.
    boxes : tuple of Box
        The answers.
    size : int
        How many digits or lines there is room for.
    """

    name: str
    wording: Text
    way: Way
    number: int = 0
    condition: Sayable = ""
    conditional: bool = False
    hint: Text = field(default_factory=Text)
    remarks: tuple[Sayable, ...] = ()
    boxes: tuple[Box, ...] = ()
    size: int = 0


@dataclass(frozen=True, slots=True)
class Matrix:
    """Questions with the same answers, set as a table.

    Attributes
    ----------
    rows : tuple of Entry
        The questions, each with its own wording, number and condition; boxes are those of all.
    condition : Text, Message or str
        Whom all are asked, where this must be said before them.
    conditional : bool
        Whether not everybody is asked.
    """

    rows: tuple[Entry, ...]
    condition: Sayable = ""
    conditional: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Questions under one title.

    Attributes
    ----------
    title : Text
        The title; empty before the first.
    entries : tuple of Entry or Matrix
        In the order of asking.
    """

    title: Text
    entries: tuple[Entry | Matrix, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Boxes in the head of the sheet, ticked in the office.

    Attributes
    ----------
    name : str
        The calculate that they stand for.
    label : Text, Message or str
        What is ticked.
    boxes : tuple of Box
        The parts.
    """

    name: str
    label: Sayable
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A questionnaire on paper.

    Attributes
    ----------
    study, title : Text
        Titles of study and form.
    version : str
        The form's version.
    fields : tuple of Text, Message or str
        What is written in before the first question.
    draws : tuple of Choice
        Parts that chance hands out.
    rules : tuple of Text, Message or str
        How the sheet is filled in.
    parts : tuple of Part
        The questions.
    banner : Text, Message or str
        What stands on each page of a study of a made-up city.
    author : Text
        Who makes the study.
    dated : date or None
        The date that the file carries.
    """

    study: Text
    title: Text
    version: str
    fields: tuple[Sayable, ...]
    draws: tuple[Choice, ...]
    rules: tuple[Sayable, ...]
    parts: tuple[Part, ...]
    banner: Sayable = ""
    author: Text = field(default_factory=Text)
    dated: date | None = None
