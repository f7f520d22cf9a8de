"""A questionnaire as it was asked: wordings, answers, routing.

In: a form. Out: blocks of an annex. What is read to respondents stands as written, what only the
interviewer sees is set small; a question's base says in words who is asked it. Computed lines are
left out.
"""

from collections.abc import Iterator

from tyndau.base.languages import N_, Message
from tyndau.questionnaire.bases import EVERYBODY, base_in_words
from tyndau.questionnaire.form import Form, Question
from tyndau.questionnaire.lines import DEVICE_ONLY, is_worded, lines
from tyndau.reporting.asking import ASKED_OF, HOW_ANSWERED, QUESTION
from tyndau.reporting.model import Block, Heading, Listing, Paragraph

_SHUFFLED = N_("Answers are offered in random order.")
_SAME = N_("The same answers as in the question before.")


def questionnaire(form: Form) -> Iterator[Block]:
    """Go through a questionnaire as it was asked.

    Parameters
    ----------
    form : Form
        The questionnaire.

    Yields
    ------
    Block
        Its title, titles of its groups, then questions with their answers.
    """
    yield Heading(form.title, 2)
    answers = ""
    for line in lines(form):
        question = line.question
        if question.kind in DEVICE_ONLY:
            continue
        if is_worded(line.heading):
            yield Heading(line.heading, 3)
        if question.kind == "note":
            yield Paragraph(question.label)
            continue
        wording = {"number": line.number, "wording": question.label}
        yield Paragraph(Message(QUESTION, wording), "lead")
        yield from _instructions(question, form)
        if question.choices and question.list_name == answers:
            yield Paragraph(Message(_SAME), "note")
        elif question.choices:
            yield Listing(tuple(choice.category.label for choice in question.choices))
        answers = question.list_name


def _instructions(question: Question, form: Form) -> Iterator[Paragraph]:
    base = base_in_words(question, form)
    if base != EVERYBODY:
        yield Paragraph(Message(ASKED_OF, {"base": base}), "note")
    if is_worded(question.hint):
        yield Paragraph(question.hint, "note")
    yield Paragraph(Message(HOW_ANSWERED[question.kind]), "note")
    if question.parameters.get("randomize") == "true":
        yield Paragraph(Message(_SHUFFLED), "note")
