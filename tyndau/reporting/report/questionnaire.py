"""A questionnaire as it was asked: wordings, answers, routing.

In: a form. Out: blocks of an annex. What is read to respondents stands as written, what only the
interviewer sees is set small; a question's base says in words who is asked it. Computed lines are
left out.
"""

from collections.abc import Iterator

from tyndau.base.languages import N_, Message, Text
from tyndau.questionnaire.bases import EVERYBODY, base_in_words
from tyndau.questionnaire.form import Form, Question
from tyndau.reporting.model import Block, Heading, Listing, Paragraph

_SPOKEN = frozenset(("single", "multiple", "rank", "number", "text", "date", "note", "acknowledge"))
_ASKED_OF = N_("Asked of: {base}.")
_KINDS = {
    "single": N_("One answer."),
    "multiple": N_("Several answers are possible."),
    "rank": N_("Answers in order of importance."),
    "number": N_("A number."),
    "text": N_("Open answer."),
    "date": N_("A date."),
    "acknowledge": N_("Confirmation."),
}
_SHUFFLED = N_("Answers are offered in random order.")
_SAME = N_("The same answers as in the question before.")
_QUESTION = N_("{number}. {wording}")


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
    number, group, answers = 0, "", ""
    for question in form.questions:
        if question.kind not in _SPOKEN or not _is_worded(question.label):
            continue
        around = question.groups[0] if question.groups else ""
        if around != group and _is_worded(form.groups.get(around, Text())):
            yield Heading(form.groups[around], 3)
        group = around
        if question.kind == "note":
            yield Paragraph(question.label)
            continue
        number += 1
        wording = {"number": number, "wording": question.label}
        yield Paragraph(Message(_QUESTION, wording), "lead")
        yield from _instructions(question, form)
        if question.choices and question.list_name == answers:
            yield Paragraph(Message(_SAME), "note")
        elif question.choices:
            yield Listing(tuple(choice.category.label for choice in question.choices))
        answers = question.list_name


def _instructions(question: Question, form: Form) -> Iterator[Paragraph]:
    base = base_in_words(question, form)
    if base != EVERYBODY:
        yield Paragraph(Message(_ASKED_OF, {"base": base}), "note")
    if _is_worded(question.hint):
        yield Paragraph(question.hint, "note")
    yield Paragraph(Message(_KINDS[question.kind]), "note")
    if question.parameters.get("randomize") == "true":
        yield Paragraph(Message(_SHUFFLED), "note")


def _is_worded(text: Text) -> bool:
    return bool(text.kk or text.ru)
