"""The typed questionnaire: what an XLSForm says, in the words of survey research.

In: nothing; `tyndau.questionnaire.load` makes it. Out: `Form` with its questions in the order of
asking. Groups are folded into their questions (path and combined routing), so that whoever reads a
`Form` sees one flat list. Nothing here reads files or knows pyxform.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from tyndau.base.errors import Problem
from tyndau.base.frames import Category
from tyndau.base.languages import Text
from tyndau.questionnaire.expression import Expression

QuestionKind = Literal[
    "single", "multiple", "rank", "number", "text", "date", "place", "media", "note",
    "acknowledge", "calculate", "hidden",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer offered, with where it stands in the form.

    Attributes
    ----------
    category : Category
        Code, label, meaning.
    extra : dict of str to str
        Other columns of the sheet ``choices``, for choice filters.
    row : int
        Row of the sheet ``choices``; 0 when it comes from a file.
    labels : dict of str to str
        The label by language code, as written.
    """

    category: Category
    extra: Mapping[str, str] = field(default_factory=dict)
    row: int = 0
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """One line of the questionnaire that is asked, read aloud, shown or computed.

    Attributes
    ----------
    name : str
        Variable name.
    kind : QuestionKind
        How it is answered.
    type : str
        The XLSForm type as written, such as ``select_one yes_no``.
    label, hint : Text
        What is read to the respondent; what the interviewer alone sees.
    choices : tuple of Choice
        The answers of a select, in order.
    list_name : str
        Name of the choice list; empty where there is none.
    own_route : Expression or None
        The condition in its own row.
    route : Expression or None
        The condition under which it is asked: its own and those of all groups around it.
    calculation : Expression or None
        How a calculate is computed.
    groups : tuple of str
        Names of the groups around it, outermost first.
    repeated : bool
        Whether it stands in a repeat; such questions are not columns of a wave.
    required : bool
        Whether the form insists on an answer.
    constraint, choice_filter, appearance : str
        As written in the form.
    parameters : dict of str to str
        For example ``randomize`` and ``seed``.
    row : int
        Row of the sheet ``survey``.
    texts : dict of str to dict of str to str
        Everything that people read, by column (``label``, ``hint``, ``constraint_message``,
        ``required_message``, ``guidance_hint``) and language code, as written.
    """

    name: str
    kind: QuestionKind
    type: str
    label: Text
    hint: Text = field(default_factory=Text)
    choices: tuple[Choice, ...] = ()
    list_name: str = ""
    own_route: Expression | None = None
    route: Expression | None = None
    calculation: Expression | None = None
    groups: tuple[str, ...] = ()
    repeated: bool = False
    required: bool = False
    constraint: str = ""
    choice_filter: str = ""
    appearance: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    row: int = 0
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Form:
    """A questionnaire of one population.

    Attributes
    ----------
    population : str
        The file's stem, such as ``residents``.
    path : str
        The file, relative to the study where it belongs to one.
    id, version : str
        As in the sheet ``settings``.
    title : Text
        Title by language.
    languages : tuple of str
        Codes of the languages in which it has labels; none where no column names its language.
    questions : tuple of Question
        In the order of asking.
    xform : bytes
        The XForm that pyxform made, as it is stored and agreed.
    warnings : tuple of Problem
        What was noticed on reading and does not stop; `tyndau.questionnaire.lint` repeats it.
    groups : dict of str to Text
        What people read above a group of questions, by the group's name.
    headings : dict of str to dict of str to str
        Headings as written, by sheet (``survey``, ``choices``), canonical column and language
        (``label::kk``).
    """

    population: str
    path: str
    id: str
    version: str
    title: Text
    languages: tuple[str, ...]
    questions: tuple[Question, ...]
    xform: bytes
    warnings: tuple[Problem, ...] = ()
    groups: Mapping[str, Text] = field(default_factory=dict)
    headings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Question:
        """Return the question of this name.

        Raises
        ------
        KeyError
            If there is none.
        """
        for question in self.questions:
            if question.name == name:
                return question
        raise KeyError(name)

    def heading(self, sheet: str, column: str, language: str) -> str:
        """Return the heading of a column of texts in a language, as people find it in the form.

        Parameters
        ----------
        sheet : {"survey", "choices"}
            The sheet.
        column : str
            Canonical name, such as ``hint``.
        language : str
            Code of a language of the form.

        Returns
        -------
        str
            As written; where the sheet has no such column, as it is to be written beside the
            others, such as ``hint::Қазақша (kk)``.
        """
        key = f"{column}::{language}"
        if key in self.headings.get(sheet, {}):
            return self.headings[sheet][key]
        for headings in self.headings.values():
            for other, written in headings.items():
                name = written.rpartition("::")[2].strip()
                if other.endswith(f"::{language}") and "::" in written:
                    return f"{column}::{name}"
        return key

    def __contains__(self, name: object) -> bool:
        """Return whether the form has a question of this name."""
        return any(question.name == name for question in self.questions)
