"""From the rows of an XLSForm to typed questions.

In: the sheets. Out: a `Draft`: the questions, with the routing of groups folded in, and everything
they refer to, each reference with its row and column; problems are collected, not raised. It
checks rows one by one; what needs all of them (unknown names, circles) is in
`tyndau.questionnaire.references`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from tyndau.base.errors import Place, Problem, UserError
from tyndau.base.frames import Category
from tyndau.base.languages import Message, Text
from tyndau.questionnaire import problems
from tyndau.questionnaire.choices import ChoiceLists
from tyndau.questionnaire.expression import Expression, both, parse
from tyndau.questionnaire.form import Choice, Question
from tyndau.questionnaire.kinds import RowType, nearest_type, read_type
from tyndau.questionnaire.sheets import Row, Sheet, as_text

_NAME = re.compile(r"[^\W\d][\w.\-]*")
_PLACEHOLDER = re.compile(r"\$\{\s*([^\W\d][\w.\-]*)\s*\}")
_TRUE = ("yes", "true", "true()")
_EXPRESSIONS = ("relevant", "calculation", "constraint", "choice_filter", "required",
                "repeat_count", "read_only")  # fmt: skip

# What the converter adds for "or_other": content, which has two languages.
_OTHER = Text(kk="Басқа", ru="Другое")
_SPECIFY = Text(kk="Нақтылап айтыңыз", ru="Уточните")

ReadChoices = Callable[[str, Mapping[str, str], Place], tuple[Choice, ...]]


@dataclass(frozen=True, slots=True)
class Use:
    """One place that refers to questions.

    Attributes
    ----------
    owner : str
        The question or group in whose row it stands.
    column : str
        Canonical column.
    names : tuple of str
        What it refers to, in the order of writing.
    expression : Expression or None
        The expression; None for a text with placeholders.
    place : Place
        Where it stands.
    """

    owner: str
    column: str
    names: tuple[str, ...]
    expression: Expression | None
    place: Place


@dataclass(slots=True)
class Draft:
    """A form in the making.

    Attributes
    ----------
    questions : list of Question
        In the order of asking.
    groups : dict of str to int
        Rows of groups and repeats by name.
    titles : dict of str to Text
        What people read above a group or repeat, by name.
    uses : list of Use
        Every reference.
    problems : list of Problem
        What is wrong, as far as single rows show.
    """

    questions: list[Question] = field(default_factory=list)
    groups: dict[str, int] = field(default_factory=dict)
    titles: dict[str, Text] = field(default_factory=dict)
    uses: list[Use] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Group:
    name: str
    repeat: bool
    route: Expression | None
    place: Place
    written: str


def build(
    survey: Sheet,
    choices: ChoiceLists,
    place: Place,
    languages: tuple[str, ...],
    *,
    types: frozenset[str],
    read_file: ReadChoices,
) -> Draft:
    """Build the questions.

    Parameters
    ----------
    survey : Sheet
        The sheet ``survey``.
    choices : ChoiceLists
        The choice lists.
    place : Place
        The file and the sheet.
    languages : tuple of str
        Languages of the form.
    types : frozenset of str
        Further types that the converter knows.
    read_file : callable
        Reads choices from a file named in the form; takes its name, the question's parameters
        and the place for errors.

    Returns
    -------
    Draft
        Questions, references and problems.
    """
    builder = _Builder(survey, choices, place, languages, types, read_file)
    for row in survey.rows:
        if row["disabled"].casefold() not in _TRUE:
            builder.take(row)
    for group in builder.stack:
        builder.draft.problems.append(problems.UNBALANCED.at(group.place, got=group.written))
    return builder.draft


class _Builder:
    """Goes through the rows, knowing the groups around."""

    def __init__(
        self,
        survey: Sheet,
        choices: ChoiceLists,
        place: Place,
        languages: tuple[str, ...],
        types: frozenset[str],
        read_file: ReadChoices,
    ) -> None:
        self.survey = survey
        self.choices = choices
        self.place = place
        self.languages = languages
        self.types = types
        self.read_file = read_file
        self.draft = Draft()
        self.stack: list[_Group] = []
        self.seen: dict[str, int] = {}
        # The converter names nameless notes by the row as it counts: without empty rows.
        self.count = {number: at for at, number in enumerate(survey.numbers, start=1)}

    def at(self, row: Row, column: str) -> Place:
        heading = self.survey.headings.get(column, "")
        return Place(self.place.file, self.place.sheet, row.number, heading or column)

    def fail(self, problem: Problem) -> None:
        self.draft.problems.append(problem)

    def take(self, row: Row) -> None:
        written = row["type"]
        if not written:
            if row["name"] or "label" in row.texts:
                name = row["name"] or row["label"]
                self.fail(problems.NO_TYPE.at(self.at(row, "type"), name=name))
            return
        row_type = read_type(written, self.types)
        if row_type is None:
            near = nearest_type(written)
            meant = Message(problems.NEAREST, {"name": near}) if near else ""
            self.fail(problems.UNKNOWN_TYPE.at(self.at(row, "type"), got=written, meant=meant))
            row_type = RowType()
        if row_type.control == "end":
            self.close(row, row_type)
        elif row_type.control == "begin":
            self.open(row, row_type)
        elif row_type.control == "":
            self.ask(row, row_type)

    def name_of(self, row: Row) -> str:
        name = row["name"]
        generated = f"generated_note_name_{self.count[row.number]}"
        fallback = {"note": generated, "audit": "audit"}.get(row["type"], "")
        if not name and not fallback:
            self.fail(problems.NO_NAME.at(self.at(row, "name"), got=row["type"]))
        elif name and not _NAME.fullmatch(name):
            self.fail(problems.BAD_NAME.at(self.at(row, "name"), name=name))
        return name or fallback

    def open(self, row: Row, row_type: RowType) -> None:
        name = self.name_of(row)
        uses = self.expressions(row, name)
        around = self.stack[-1] if self.stack else None
        route = both(around.route if around else None, uses.get("relevant"))
        repeat = row_type.repeat or bool(around and around.repeat)
        self.draft.groups.setdefault(name, row.number)
        title = as_text(self.texts(row, name).get("label", {}), self.languages)
        self.draft.titles.setdefault(name, title)
        self.stack.append(_Group(name, repeat, route, self.at(row, "type"), row["type"]))

    def close(self, row: Row, row_type: RowType) -> None:
        if not self.stack:
            self.fail(problems.UNBALANCED.at(self.at(row, "type"), got=row["type"]))
            return
        group = self.stack.pop()
        is_repeat = read_type(group.written, self.types)
        if is_repeat is not None and is_repeat.repeat != row_type.repeat:
            self.fail(problems.UNBALANCED.at(self.at(row, "type"), got=row["type"]))

    def ask(self, row: Row, row_type: RowType) -> None:
        name = self.name_of(row)
        if name and name in self.seen:
            where = self.at(row, "name")
            self.fail(problems.DUPLICATE_NAME.at(where, name=name, other=self.seen[name]))
        self.seen.setdefault(name, row.number)
        uses = self.expressions(row, name)
        parameters = _parameters(row["parameters"])
        self.note_names(row, name, "parameters", row["parameters"])
        around = self.stack[-1] if self.stack else None
        question = Question(
            name=name,
            kind=row_type.kind,
            type=row["type"],
            label=as_text(self.texts(row, name).get("label", {}), self.languages),
            hint=as_text(row.texts.get("hint", {}), self.languages),
            choices=self.offered(row, row_type, parameters),
            list_name=row_type.list_name,
            own_route=uses.get("relevant"),
            route=both(around.route if around else None, uses.get("relevant")),
            calculation=uses.get("calculation"),
            groups=tuple(group.name for group in self.stack),
            repeated=bool(around and around.repeat),
            required=row["required"].casefold() in _TRUE,
            constraint=row["constraint"],
            choice_filter=row["choice_filter"],
            appearance=row["appearance"],
            parameters=parameters,
            row=row.number,
            texts=row.texts,
        )
        self.draft.questions.append(question)
        if row_type.or_other:
            self.draft.questions.append(_specify_other(question))

    def expressions(self, row: Row, owner: str) -> dict[str, Expression]:
        """Read the expressions of a row and note what they refer to."""
        found = {}
        for column in _EXPRESSIONS:
            source = row[column]
            if not source or source.casefold() in (*_TRUE, "no", "false", "false()"):
                continue
            place = self.at(row, column)
            try:
                expression = parse(source, place)
            except UserError as error:
                self.draft.problems.extend(error.problems)
                self.note_names(row, owner, column, source)
                continue
            found[column] = expression
            names = tuple(sorted(expression.names))
            self.draft.uses.append(Use(owner, column, names, expression, place))
        return found

    def texts(self, row: Row, owner: str) -> Mapping[str, Mapping[str, str]]:
        """Return the texts of a row and note the answers that they insert."""
        for column, by_language in row.texts.items():
            self.note_names(row, owner, column, " ".join(by_language.values()))
        return row.texts

    def note_names(self, row: Row, owner: str, column: str, text: str) -> None:
        names = tuple(dict.fromkeys(_PLACEHOLDER.findall(text)))
        if names:
            self.draft.uses.append(Use(owner, column, names, None, self.at(row, column)))

    def offered(
        self, row: Row, row_type: RowType, parameters: Mapping[str, str]
    ) -> tuple[Choice, ...]:
        """Return the choices of a select."""
        name, place = row_type.list_name, self.at(row, "type")
        if not row_type.select:
            return ()
        if not name:
            self.fail(problems.NO_LIST_NAME.at(place, got=row["type"]))
            return ()
        if name.startswith("${"):
            self.note_names(row, row["name"], "type", name)
            return ()
        if row_type.from_file:
            try:
                return self.read_file(name, parameters, place)
            except UserError as error:
                self.draft.problems.extend(error.problems)
                return ()
        if name not in self.choices.lists:
            self.fail(
                problems.NO_SUCH_LIST.at(place, name=name, meant=nearest(name, self.choices.lists))
            )
            return ()
        if row_type.kind in ("multiple", "rank"):
            # Each such code is a fault once, however many questions use the list.
            self.draft.problems.extend(self.choices.spaced.pop(name, []))
        offered = self.choices.lists[name]
        if row_type.or_other and all(choice.category.code != "other" for choice in offered):
            # The converter writes it into the form in English; people read it in a table.
            offered = (*offered, Choice(Category("other", _OTHER, "other")))
        return offered


def nearest(name: str, names: Mapping[str, object]) -> Message | str:
    """Say which name was probably meant.

    Parameters
    ----------
    name : str
        What was written.
    names : Mapping of str
        What there is.

    Returns
    -------
    Message or str
        Words to stand after the name that was written; empty if nothing is near.
    """
    near = get_close_matches(name, names, n=1, cutoff=0.6)
    return Message(problems.NEAREST, {"name": near[0]}) if near else ""


def _parameters(written: str) -> dict[str, str]:
    pairs = re.findall(r"([\w-]+)\s*=\s*(\$\{[^}]*\}|[^\s,;]+)", written)
    return {key.casefold(): value for key, value in pairs}


def _specify_other(question: Question) -> Question:
    own = parse(f"selected(${{{question.name}}}, 'other')")
    return Question(
        name=f"{question.name}_other",
        kind="text",
        type="text",
        label=_SPECIFY,
        own_route=own,
        route=both(question.route, own),
        groups=question.groups,
        repeated=question.repeated,
        row=question.row,
    )
