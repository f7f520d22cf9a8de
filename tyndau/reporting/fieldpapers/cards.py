"""Show cards: which questions have one, and what stands on it.

In: a form. Out: its cards. A question has a card where its appearance is ``show-card`` or its hint
names one by number (``№1 карта``, ``Карточка № 1``). Questions with the same number share a card,
as do those without a number whose answers are the same. "Don't know" and "refused" are never on it,
as on the phone. Answers stand in the order of the form, also where a phone shuffles them.
"""

import re
from collections.abc import Iterator

from tyndau.base.errors import Place, UserError
from tyndau.base.languages import Text
from tyndau.questionnaire.form import Form, Question
from tyndau.questionnaire.lines import lines
from tyndau.reporting.fieldpapers.model import Card
from tyndau.reporting.problems import CARD_TWICE

APPEARANCE = "show-card"
_UNSAID = frozenset(("dont_know", "refused"))
_NUMBERED = (
    re.compile(r"№\s*(\d+)[\s-]*карта", re.IGNORECASE),
    re.compile(r"карта\w*\s*№\s*(\d+)", re.IGNORECASE),
    re.compile(r"карточк\w*\s*№\s*(\d+)", re.IGNORECASE),
)
_KINDS = frozenset(("single", "multiple", "rank"))


def cards_of(form: Form) -> tuple[Card, ...]:
    """Find the show cards of a form.

    Parameters
    ----------
    form : Form
        The questionnaire.

    Returns
    -------
    tuple of Card
        By number; cards that the form does not number follow those that it does.

    Raises
    ------
    UserError
        If two different lists of answers stand on a card of the same number.
    """
    numbers = {line.question.name: line.number for line in lines(form)}
    numbered: dict[int, dict[tuple[Text, ...], list[Question]]] = {}
    others: dict[tuple[Text, ...], list[Question]] = {}
    for question, number in _shown(form):
        lists = others if number is None else numbered.setdefault(number, {})
        lists.setdefault(_answers(question), []).append(question)
    clashing = [
        CARD_TWICE.at(
            Place(file=form.path),
            number=number,
            questions=[questions[0].name for questions in lists.values()],
        )
        for number, lists in numbered.items()
        if len(lists) > 1
    ]
    if clashing:
        raise UserError(*clashing)
    found = {number: next(iter(lists.items())) for number, lists in numbered.items()}
    for answers, questions in others.items():
        # Whoever says the number in one hint only means the same card in the others.
        same = next((one for one in found.values() if one[0] == answers), None)
        if same:
            same[1].extend(questions)
        else:
            found[max(found, default=0) + 1] = (answers, questions)
    return tuple(
        Card(number, answers, tuple(sorted({numbers[one.name] for one in questions})))
        for number, (answers, questions) in sorted(found.items())
    )


def _shown(form: Form) -> Iterator[tuple[Question, int | None]]:
    """Go through the questions that have a card, each with its number if it has one."""
    listed = {line.question.name for line in lines(form)}
    for question in form.questions:
        if question.kind not in _KINDS or question.name not in listed or not _answers(question):
            continue
        hints = (question.hint.kk, question.hint.ru)
        matches = (pattern.search(hint) for hint in hints for pattern in _NUMBERED)
        number = next((int(match[1]) for match in matches if match), None)
        if number is not None or APPEARANCE in question.appearance.split():
            yield question, number


def _answers(question: Question) -> tuple[Text, ...]:
    said = (one.category for one in question.choices if one.category.meaning not in _UNSAID)
    return tuple(dict.fromkeys(one.label for one in said))
