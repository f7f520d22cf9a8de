"""What is typed in from a sheet, in its order: the head, parts drawn by lot, the questions.

In: a form of the study. Out: `Field`, with numbers, conditions and codes as they are printed
(`tyndau.reporting.paper` prints them from the same sources).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from tyndau.base.frames import Category
from tyndau.base.languages import N_, Message, Sayable, Text
from tyndau.questionnaire.bases import Naming, condition_in_words
from tyndau.questionnaire.draws import PART_NAMES, draws
from tyndau.questionnaire.form import Form, Question
from tyndau.questionnaire.keying import typed_codes
from tyndau.questionnaire.lines import DEVICE_ONLY, lines

Kind = Literal[
    "single", "multiple", "rank", "number", "text", "date", "time", "moment", "tick", "note",
]  # fmt: skip

DATE, BEGUN, ENDED = "@date", "@begun", "@ended"
_HEAD: tuple[tuple[str, Kind, str], ...] = (
    (DATE, "date", N_("Date")), (BEGUN, "time", N_("Begun at")), (ENDED, "time", N_("Ended at")),
)  # fmt: skip
_ON_SHEET = N_("Head of the sheet")
_PART = N_("Part of the questionnaire (ticked in the office beforehand, by lot)")
_MOMENTS: dict[str, Kind] = {"date": "date", "time": "time"}


@dataclass(frozen=True, slots=True)
class Option:
    """An answer that may be typed in.

    Attributes
    ----------
    code, typed : str
        Its code in the form, and the one on paper.
    category : Category
        Its label and meaning.
    """

    code: str
    typed: str
    category: Category


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is typed in.

    Attributes
    ----------
    name : str
        By which its value is kept: the question's name; of the head, one that begins with ``@``.
    kind : Kind
        How it is answered; a ``note`` takes nothing.
    label : Text, Message or str
        Its wording.
    number : int
        The question's number; 0 where it has none.
    heading : Text, Message or str
        The title that stands before it; empty where none begins.
    condition : Text
        Whom it is asked; empty for everybody.
    options : tuple of Option
        The answers.
    question : Question or None
        The question; None for the head and for draws.
    """

    name: str
    kind: Kind
    label: Sayable
    number: int = 0
    heading: Sayable = ""
    condition: Text = field(default_factory=Text)
    options: tuple[Option, ...] = ()
    question: Question | None = None

    @property
    def said(self) -> Sayable:
        """How errors call it: its number, else its wording."""
        return str(self.number) if self.number else self.label


def fields_of(form: Form) -> tuple[Field, ...]:
    """Return what is typed in from a sheet.

    Parameters
    ----------
    form : Form
        The questionnaire; it has no repeats.

    Returns
    -------
    tuple of Field
        In the order of the sheet.
    """
    return (*_head(form), *_questions(form))


def _head(form: Form) -> Iterator[Field]:
    for at, (name, kind, label) in enumerate(_HEAD):
        yield Field(name, kind, Message(label), heading=Message(_ON_SHEET) if at == 0 else "")
    names = _part_names(form)
    for draw in draws(form):
        options = tuple(
            Option(part, str(at), Category(part, Text(name, name)))
            for at, part in enumerate(draw.parts, 1)
            if (name := names[draw.name, part])
        )
        yield Field(draw.name, "single", Message(_PART), options=options)


def _part_names(form: Form) -> dict[tuple[str, str], str]:
    pairs = [(draw.name, part) for draw in draws(form) for part in draw.parts]
    return dict(zip(pairs, PART_NAMES * len(pairs), strict=False))


def _questions(form: Form) -> Iterator[Field]:
    numbers = {line.question.name: line.number for line in lines(form) if line.number}
    naming = Naming(numbers, _part_names(form))
    for line in lines(form):
        question = line.question
        if question.kind in DEVICE_ONLY:
            continue
        codes = typed_codes(question)
        categories = {one.category.code: one.category for one in question.choices}
        yield Field(
            name=question.name,
            kind=_kind(question),
            label=question.label,
            number=line.number,
            heading=line.heading if line.heading.kk or line.heading.ru else "",
            condition=condition_in_words(question, form, naming),
            options=tuple(Option(code, codes[code], one) for code, one in categories.items()),
            question=question,
        )


def _kind(question: Question) -> Kind:
    if question.kind == "date":
        return _MOMENTS.get(question.type.casefold(), "moment")
    if question.kind == "acknowledge":
        return "tick"
    kind = question.kind
    assert kind in ("single", "multiple", "rank", "number", "text", "note")
    return kind
