"""From a form to the sheet on paper.

In: a study and one of its forms. Out: a `Sheet`. Numbers, conditions and jumps are those of
`tyndau.questionnaire`; questions with the same answers that stand together become a table. What
paper cannot hold is refused (`unprintable`) or said in place.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count, groupby

from tyndau.base.languages import N_, Message, Number, Sayable, Text
from tyndau.questionnaire.bases import EVERYBODY, Naming, base_in_words, condition_in_words
from tyndau.questionnaire.draws import PART_NAMES, Draw, draws
from tyndau.questionnaire.form import Form, Question
from tyndau.questionnaire.jumps import Jump, jumps, specified
from tyndau.questionnaire.keying import typed_codes
from tyndau.questionnaire.lines import DEVICE_ONLY, Line, is_worded, lines
from tyndau.reporting.asking import ASKED_OF, HOW_ANSWERED
from tyndau.reporting.paper.model import Box, Choice, Entry, Matrix, Part, Sheet, Way
from tyndau.reporting.simulated import banner
from tyndau.study.model import Study

# More answers than this are not printed: they are read from a list, and written in words.
MOST_ANSWERS = 100
# A table has columns for so many answers, and heads of so many characters.
_MOST_COLUMNS, _LONGEST_HEAD = 7, 34
_LONGEST_QUOTE = 40
# Room for an open answer.
_LINES = 2

_FIELDS = (
    N_("Sheet no."), N_("Interviewer (code)"), N_("Point (code)"), N_("Date"), N_("Begun at"),
    N_("Ended at"),
)  # fmt: skip
_RULES = (
    N_("Read aloud what is set in bold type; what is in italics is for you alone."),
    N_("Tick the box of each answer; leave no question without a mark that is to be asked."),
    N_("A question with a line at its left is asked only of those named above it."),
    N_('After an answer with an arrow "→" go on where it says, else to the next question.'),
)
_PART = N_("Part of the questionnaire (ticked in the office beforehand, by lot)")
_ALL_ASKED_OF = N_("Questions {first} to {last} are asked of: {base}.")
_ALONE = N_("(single)")
_TURN = N_(
    "Read in turn from the tick put at an answer beforehand; after the last go on with the first."
)
_FITTING = N_("Only answers that fit question {numbers}.")
_TOO_LONG = N_("The list has {count} answers: write the answer in full.")
_DEVICE = N_("Only a phone can take this; leave it out on paper.")
_TO_QUESTION = N_("→ {number}")
_TO_NOTE = N_("→ “{words}”")
_TO_END = N_("→ end")
_UP_TO = N_("{high} or less {jump}")
_FROM = N_("{low} or more {jump}")
_FROM_TO = N_("{low} to {high} {jump}")

_WAYS: Mapping[str, Way] = {
    "number": "digits", "text": "lines", "acknowledge": "tick", "note": "none", "rank": "places",
    "place": "none", "media": "none", "single": "boxes", "multiple": "boxes",
}  # fmt: skip
_MOMENTS: Mapping[str, Way] = {"date": "date", "time": "time"}
_REFERENCE = re.compile(r"\$\{([^}]+)\}")


def unprintable(form: Form) -> tuple[str, ...]:
    """Name the questions that a sheet of paper cannot hold.

    Parameters
    ----------
    form : Form
        The questionnaire.

    Returns
    -------
    tuple of str
        Questions that are asked again for each of an unknown number of things.
    """
    return tuple(line.question.name for line in lines(form) if line.question.repeated)


def build_sheet(study: Study, form: Form) -> Sheet:
    """Make the sheet of a form.

    Parameters
    ----------
    study : Study
        The study.
    form : Form
        One of its forms, without repeated questions.

    Returns
    -------
    Sheet
        To be set in any language.
    """
    return Sheet(
        study=study.title,
        title=form.title if is_worded(form.title) else Text(form.population, form.population),
        version=form.version,
        fields=tuple(map(Message, _FIELDS)),
        draws=tuple(_choices(draws(form))),
        rules=tuple(map(Message, _RULES)),
        parts=tuple(_Building(form).parts()),
        banner=banner(study),
        author=study.contractor,
        dated=study.start,
    )


def _choices(found: Sequence[Draw]) -> Iterator[Choice]:
    numerals = iter(PART_NAMES * len(found))
    for draw in found:
        boxes = tuple(Box(next(numerals), "") for _ in draw.parts)
        yield Choice(draw.name, Message(_PART), boxes)


class _Building:
    """A form on its way onto paper."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.lines = lines(form)
        self.numbers = {line.question.name: line.number for line in self.lines if line.number}
        numerals = iter(PART_NAMES * len(draws(form)))
        parts = {(draw.name, part): next(numerals) for draw in draws(form) for part in draw.parts}
        self.naming = Naming(self.numbers, parts)
        self.jumps = jumps(form)
        self.conditions = {line.question.name: self.condition(line.question) for line in self.lines}

    def parts(self) -> Iterator[Part]:
        """Go through what stands under each title."""
        begun = count()
        at = -1
        keyed: list[tuple[int, Line]] = []
        for line in self.lines:
            at = next(begun) if is_worded(line.heading) or at < 0 else at
            keyed.append((at, line))
        for _, group in groupby(keyed, key=lambda pair: pair[0]):
            own = [line for _, line in group]
            yield Part(own[0].heading, tuple(self.entries(own)))

    def entries(self, own: Sequence[Line]) -> Iterator[Entry | Matrix]:
        """Set the lines of a part: those with the same answers, then those with one condition."""
        tables = [list(group) for _, group in groupby(own, key=self.table_of)]
        blocks: list[tuple[Text | None, list[Line]]] = []
        for rows in tables:
            first, *others = {self.conditions[row.question.name] for row in rows}
            blocks.append((None if others else first, rows))
        for condition, group in groupby(blocks, key=lambda block: block[0]):
            if condition is None:
                for _, rows in group:
                    yield Matrix(tuple(self.row(row) for row in rows))
            else:
                yield from self.alike([rows for _, rows in group], condition)

    def row(self, line: Line) -> Entry:
        """Set a row of a table whose rows are not asked of the same people."""
        condition = self.conditions[line.question.name]
        conditional = is_worded(condition)
        said: Sayable = Message(ASKED_OF, {"base": condition}) if conditional else ""
        return self.entry(line, said, conditional=conditional)

    def alike(self, tables: Sequence[list[Line]], condition: Text) -> Iterator[Entry | Matrix]:
        """Set lines that have one condition, said before the first of them."""
        conditional = is_worded(condition)
        said: Sayable = Message(ASKED_OF, {"base": condition}) if conditional else ""
        numbers = [line.number for rows in tables for line in rows if line.number]
        if conditional and len(numbers) > 1:
            values = {"first": numbers[0], "last": numbers[-1], "base": condition}
            said = Message(_ALL_ASKED_OF, values)
        for rows in tables:
            if len(rows) > 1:
                entries = tuple(self.entry(row, "", conditional=False) for row in rows)
                yield Matrix(entries, said, conditional)
            else:
                yield self.entry(rows[0], said, conditional=conditional)
            said = ""

    def table_of(self, line: Line) -> tuple[object, ...]:
        """Return what lines of one table have in common; such a thing of its own if none."""
        question = line.question
        labels = [choice.category.label for choice in question.choices]
        fits = (
            question.kind == "single"
            and 1 < len(labels) <= _MOST_COLUMNS
            and all(len(part) <= _LONGEST_HEAD for one in labels for part in (one.kk, one.ru))
            and question.name not in self.jumps
            and not question.choice_filter
            and question.parameters.get("randomize") != "true"
        )
        if fits:
            return True, question.list_name, tuple(labels), question.hint
        return False, question.name

    def condition(self, question: Question) -> Text:
        """Say whom a question is asked; nothing where the jumps say it."""
        words = condition_in_words(question, self.form, self.naming)
        condition = Text(kk=_within(words.kk), ru=_within(words.ru))
        if question.route is None or base_in_words(question, self.form) != EVERYBODY:
            return condition
        told = all(
            name in self.form and self.form[name].kind in ("single", "number")
            for name in question.route.names
        )
        return Text() if told else condition

    def entry(self, line: Line, said: Sayable, *, conditional: bool) -> Entry:
        question = line.question
        way, size = self.way(question)
        return Entry(
            name=question.name,
            wording=question.label,
            way=way,
            number=line.number,
            condition=said,
            conditional=conditional,
            hint=question.hint,
            remarks=tuple(self.remarks(question)),
            boxes=tuple(self.boxes(question)) if way in ("boxes", "scale", "places") else (),
            size=size,
        )

    def way(self, question: Question) -> tuple[Way, int]:
        """Return how a question is answered, and how many digits or lines it takes."""
        if question.kind == "date":
            return _MOMENTS.get(question.type.casefold(), "moment"), 0
        if len(question.choices) > MOST_ANSWERS:
            return "lines", 1
        if question.kind == "number":
            figures = re.findall(r"\d+", question.constraint + question.parameters.get("end", ""))
            whole = "decimal" not in question.type
            return ("digits", max(map(len, figures), default=6)) if whole else ("lines", 1)
        if question.kind == "text":
            return "lines", 1 if specified(question, self.form) else _LINES
        if question.kind == "single" and _is_scale(question):
            return "scale", 0
        return _WAYS[question.kind], 0

    def remarks(self, question: Question) -> Iterator[Sayable]:
        if question.kind in ("multiple", "rank"):
            yield Message(HOW_ANSWERED[question.kind])
        if question.kind in DEVICE_ONLY:
            yield Message(_DEVICE)
        if len(question.choices) > MOST_ANSWERS:
            yield Message(_TOO_LONG, {"count": Number(len(question.choices))})
        elif question.parameters.get("randomize") == "true":
            yield Message(_TURN)
        named = dict.fromkeys(_REFERENCE.findall(question.choice_filter))
        numbers = [self.numbers[name] for name in named if name in self.numbers]
        if numbers:
            yield Message(_FITTING, {"numbers": numbers})
        for jump in self.jumps.get(question.name, ()):
            if not jump.codes:
                yield self.range(jump)

    def boxes(self, question: Question) -> Iterator[Box]:
        codes = typed_codes(question)
        leads = {code: jump for jump in self.jumps.get(question.name, ()) for code in jump.codes}
        seen = set()
        for choice in question.choices:
            code = choice.category.code
            if code in seen:
                continue
            seen.add(code)
            notes: list[Sayable] = []
            if question.kind == "multiple" and choice.category.exclusive:
                notes.append(Message(_ALONE))
            if code in leads:
                notes.append(self.lead(leads[code]))
            yield Box(codes[code], choice.category.label, tuple(notes))

    def lead(self, jump: Jump) -> Message:
        """Say where an answer leads."""
        if not jump.target:
            return Message(_TO_END)
        if jump.target in self.numbers:
            return Message(_TO_QUESTION, {"number": self.numbers[jump.target]})
        label = self.form[jump.target].label
        return Message(_TO_NOTE, {"words": Text(kk=_begun(label.kk), ru=_begun(label.ru))})

    def range(self, jump: Jump) -> Message:
        """Say from what number on an answer leads elsewhere."""
        values: dict[str, object] = {"jump": self.lead(jump)}
        if jump.low is not None:
            values["low"] = f"{jump.low:g}"
        if jump.high is not None:
            values["high"] = f"{jump.high:g}"
        if jump.low is None:
            return Message(_UP_TO, values)
        return Message(_FROM if jump.high is None else _FROM_TO, values)


def _is_scale(question: Question) -> bool:
    """Whether answers are steps of a scale, which reads best as a row."""
    steps = [one.category for one in question.choices if not one.category.meaning]
    labels = [one.category.label for one in question.choices]
    return (
        len(steps) > 2
        and all(one.code.lstrip("-").isdigit() for one in steps)
        and len(question.choices) <= _MOST_COLUMNS
        and all(len(part) <= _LONGEST_HEAD for one in labels for part in (one.kk, one.ru))
    )


def _within(words: str) -> str:
    """Return words as they stand within a sentence; a numeral keeps its capitals."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def _begun(words: str) -> str:
    """Return the first words of a note, by which it is found."""
    words = " ".join(words.split())
    if len(words) <= _LONGEST_QUOTE:
        return words
    return words[:_LONGEST_QUOTE].rsplit(" ", 1)[0].rstrip(" ,;:(«") + "…"
