"""What a colleague would remark on a questionnaire that can be used as it is.

In: a form. Out: warnings and hints, in the order of the rows. Nothing here stops; what makes a
questionnaire unusable is an error of `tyndau.questionnaire.load`. To add a rule, write a generator
over a form and name it in `_RULES`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations

import numpy as np

from tyndau.base.errors import Place, Problem, UserError
from tyndau.base.languages import without_dash
from tyndau.questionnaire import problems, wording
from tyndau.questionnaire.evaluation import evaluate
from tyndau.questionnaire.expression import parse
from tyndau.questionnaire.form import Choice, Form, Question
from tyndau.questionnaire.functions import NotComputableError
from tyndau.questionnaire.kinds import read_type
from tyndau.questionnaire.values import Strings, to_booleans

# Columns whose translations are compared, as written and as people say them.
_COMPARED = ("label", "hint", "constraint_message", "required_message", "guidance_hint")
_PLACEHOLDER = re.compile(r"\$\{\s*[^{}]+\s*\}|\{\w*\}")
_ESCAPES = ("dont_know", "refused")
# What takes no answer of a respondent.
_NOT_ASKED = ("note", "calculate", "hidden")
_SPOKEN = ("single", "multiple", "number", "text", "rank", "date", "note", "acknowledge")


def lint(form: Form) -> list[Problem]:
    """Look for what should be looked at.

    Parameters
    ----------
    form : Form
        The questionnaire.

    Returns
    -------
    list of Problem
        Warnings and hints, those of reading included, by row.
    """
    found = [*form.warnings, *(problem for rule in _RULES for problem in rule(form))]
    return sorted(found, key=lambda problem: (problem.place.sheet != "survey", problem.place.row))


def consent_first(form: Form) -> list[Problem]:
    """See that a form of a study asks for consent before everything else.

    Parameters
    ----------
    form : Form
        By which people are asked.

    Returns
    -------
    list of Problem
        One warning where something else is asked before, or consent may be passed over. Consent is
        a question of one answer whose name begins with ``consent``.
    """
    first = next((one for one in form.questions if one.kind not in _NOT_ASKED), None)
    if first is None:
        return []
    asks = first.kind in ("single", "acknowledge") and first.name.startswith("consent")
    if asks and first.required and not first.route:
        return []
    return [problems.CONSENT_LATE.at(_place(form, first, "name"))]


def _place(form: Form, question: Question, column: str = "") -> Place:
    return Place(form.path, "survey", question.row, column)


def _lists(form: Form) -> dict[str, tuple[Choice, ...]]:
    """Return the lists that stand in the form's own sheet, each once."""
    return {
        question.list_name: question.choices
        for question in form.questions
        if question.choices and question.choices[0].row
    }


def _untranslated(form: Form) -> Iterator[Problem]:
    for question in form.questions:
        for column in _COMPARED:
            texts = question.texts.get(column, {})
            for language in _missing(texts, form.languages):
                where = _place(form, question, form.heading("survey", column, language))
                values = {"name": question.name, "column": column, "language": language}
                yield problems.UNTRANSLATED.at(where, **values)
    for choices in _lists(form).values():
        for choice in choices:
            for language in _missing(choice.labels, form.languages):
                heading = form.heading("choices", "label", language)
                where = Place(form.path, "choices", choice.row, heading)
                values = {"name": choice.category.code, "column": "label", "language": language}
                yield problems.UNTRANSLATED.at(where, **values)


def _missing(texts: Mapping[str, str], languages: tuple[str, ...]) -> list[str]:
    """Return the languages that lack a text which another language has."""
    if not any(texts.values()) or "" in texts:
        return []
    return [code for code in languages if not without_dash(texts.get(code, ""))]


def _placeholders(form: Form) -> Iterator[Problem]:
    for question in form.questions:
        for column in _COMPARED:
            texts = question.texts.get(column, {})
            for one, other in combinations(texts, 2):
                first, second = (_inserted(texts[code]) for code in (one, other))
                if first != second and without_dash(texts[one]) and without_dash(texts[other]):
                    values = {"name": question.name, "column": column, "one": one, "other": other}
                    yield problems.PLACEHOLDERS.at(
                        _place(form, question, column),
                        first=", ".join(first) or "-",
                        second=", ".join(second) or "-",
                        **values,
                    )
                    break


def _inserted(text: str) -> list[str]:
    return sorted("".join(found.split()) for found in _PLACEHOLDER.findall(text))


def _no_escape(form: Form) -> Iterator[Problem]:
    for question in form.questions:
        if question.kind not in ("single", "multiple") or not question.choices:
            continue
        if not any(choice.category.meaning in _ESCAPES for choice in question.choices):
            yield problems.NO_ESCAPE.at(_place(form, question, "type"), name=question.name)


def _or_other(form: Form) -> Iterator[Problem]:
    for question in form.questions:
        row_type = read_type(question.type, frozenset())
        if row_type is not None and row_type.or_other:
            yield problems.OR_OTHER.at(_place(form, question, "type"), name=question.name)


def _no_seed(form: Form) -> Iterator[Problem]:
    for question in form.questions:
        shuffled = question.parameters.get("randomize", "").casefold() == "true"
        if shuffled and "seed" not in question.parameters:
            yield problems.NO_SEED.at(_place(form, question, "parameters"), name=question.name)


def _unguarded(form: Form) -> Iterator[Problem]:
    for question in form.questions:
        if question.kind != "multiple":
            continue
        alone = [choice.category.code for choice in question.choices if choice.category.exclusive]
        others = [
            part.category.code for part in question.choices if part.category.code not in alone
        ]
        open_codes = [code for code in alone if others and _allows(question, f"{code} {others[0]}")]
        if open_codes:
            yield problems.UNGUARDED.at(
                _place(form, question, "constraint"),
                name=question.name,
                codes=", ".join(open_codes),
                code=open_codes[0],
            )


def _allows(question: Question, answer: str) -> bool:
    """Try an answer on the question's constraint; what cannot be tried is taken as guarded."""
    if not question.constraint:
        return True
    value = Strings((answer,), np.zeros(1, np.intp))
    try:
        tree = parse(question.constraint).tree
        return bool(to_booleans(evaluate(tree, {".": value, question.name: value}, 1))[0])
    except (NotComputableError, UserError):
        return False


def _wordings(form: Form) -> Iterator[Problem]:
    """Remark once a question and kind of fault, whichever language shows it."""
    for question in form.questions:
        if question.kind not in _SPOKEN:
            continue
        texts = [question.label.ru, question.label.kk]
        place = _place(form, question, "label")
        if question.kind != "note":
            for kind, find in (
                (problems.LEADING, wording.leading),
                (problems.DOUBLE_BARRELLED, wording.double_barrelled),
            ):
                part = next(filter(None, map(find, texts)), "")
                if part:
                    yield kind.at(place, name=question.name, part=part)
        labels = [choice.category.label for choice in question.choices]
        texts += [text for label in labels for text in (label.ru, label.kk)]
        part = next(filter(None, map(wording.election, texts)), "")
        if part:
            yield problems.ELECTION.at(place, name=question.name, part=part)


_RULES: tuple[Callable[[Form], Iterator[Problem]], ...] = (
    _untranslated,
    _placeholders,
    _no_escape,
    _or_other,
    _no_seed,
    _unguarded,
    _wordings,
)
