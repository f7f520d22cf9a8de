"""Who was asked, as a sociologist writes it under a table, in Kazakh and in Russian.

In: a question and its form. Out: `Text`. The screening (`eligible`) is left out: the respondents
are those who passed it. A condition that has no simple form is not guessed: the base then names
the questions that it depends on. The words stand here and not in the catalogues, because they
belong to the content, which has two languages, and not to the interface.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from tyndau.base.frames import Category, Variable, VariableKind
from tyndau.base.languages import Text
from tyndau.questionnaire.clauses import (
    Always,
    Amount,
    Answer,
    Both,
    Chance,
    Clause,
    Either,
    Given,
    Obscure,
)
from tyndau.questionnaire.conditions import clause_of, without_screening
from tyndau.questionnaire.form import Form, Question
from tyndau.questionnaire.routing import ELIGIBLE

EVERYBODY = Text(kk="Барлық респонденттер", ru="Все респонденты")
_SCREENED_OUT = Text(kk="Іріктеуден өтпегендер", ru="Те, кто не прошёл отбор")
_NOBODY = Text(kk="Ешкім: шарт ешқашан орындалмайды", ru="Никто: условие никогда не выполняется")

# A long wording is cut at a word: a base stands in one or two lines under a table.
_LONGEST = 110
_KINDS: dict[str, VariableKind] = {
    "single": "single", "multiple": "multiple", "number": "number", "text": "text",
    "date": "text",
}  # fmt: skip
_MARKUP = re.compile(r"<[^>]*>|[*_]{2,}|^#+\s*", re.MULTILINE)
_PLACEHOLDER = re.compile(r"\$\{[^}]*\}")


@dataclass(frozen=True, slots=True)
class Naming:
    """By what short names a condition speaks of questions and of parts drawn by chance.

    Attributes
    ----------
    numbers : dict of str to int
        Numbers of questions, by name; a question without one is named by its wording.
    parts : dict of (str, str) to str
        Short names of parts, by calculate and value; without them chance is named alone.
    """

    numbers: Mapping[str, int] = field(default_factory=dict)
    parts: Mapping[tuple[str, str], str] = field(default_factory=dict)


_WORDINGS = Naming()


def base_in_words(question: Question, form: Form, naming: Naming = _WORDINGS) -> Text:
    """Say who was asked a question.

    Parameters
    ----------
    question : Question
        The question.
    form : Form
        Its form.
    naming : Naming, optional
        Short names, for a sheet on which questions stand with their numbers.

    Returns
    -------
    Text
        Such as "Все респонденты", or who answered what to which question. Whoever is a respondent
        was asked all of the screening.
    """
    if question.route is None or _is_screening(question, form):
        return EVERYBODY
    clause = without_screening(clause_of(question.route.tree, form), form)
    if isinstance(clause, Always):
        return EVERYBODY if clause.holds else _NOBODY
    return _said(clause, question, form, naming)


def condition_in_words(question: Question, form: Form, naming: Naming = _WORDINGS) -> Text:
    """Say whom an interviewer asks a question, those included whom the screening lets go.

    Parameters
    ----------
    question : Question
        The question, or a note.
    form : Form
        Its form.
    naming : Naming, optional
        Short names, for a sheet on which questions stand with their numbers.

    Returns
    -------
    Text
        As `base_in_words`, but of the screening itself too; empty where everybody is asked who
        gets there.
    """
    if question.route is None:
        return Text()
    if _is_screening(question, form):
        clause = clause_of(question.route.tree, form, screening=True)
        return Text() if isinstance(clause, Always) else _said(clause, question, form, naming)
    base = base_in_words(question, form, naming)
    if base == _NOBODY:
        passed = clause_of(question.route.tree, form, screening=True)
        return base if passed == Always(False) else _SCREENED_OUT
    return Text() if base == EVERYBODY else base


def _said(clause: Clause, question: Question, form: Form, naming: Naming) -> Text:
    if _is_obscure(clause):
        return _by_names(question, form, naming)
    return Text(kk=_Kazakh(form, naming).say(clause), ru=_Russian(form, naming).say(clause))


def form_variables(form: Form) -> tuple[Variable, ...]:
    """Return the variables that a form gives a wave.

    Parameters
    ----------
    form : Form
        The questionnaire.

    Returns
    -------
    tuple of Variable
        Single and multiple responses, numbers, texts and dates (as text), in the order of
        asking, with bases in words. Repeated questions, notes, pictures and calculates are no
        variables.
    """
    variables = []
    for question in form.questions:
        if question.repeated or question.kind not in _KINDS:
            continue
        categories: dict[str, Category] = {}
        for choice in question.choices:
            categories.setdefault(choice.category.code, choice.category)
        variables.append(
            Variable(
                question.name,
                _KINDS[question.kind],
                question.label,
                tuple(categories.values()),
                base_in_words(question, form),
            )
        )
    return tuple(variables)


def _is_screening(question: Question, form: Form) -> bool:
    """Whether a question and its routing serve to find out who is let in."""
    calculation = form[ELIGIBLE].calculation if ELIGIBLE in form else None
    if calculation is None or question.route is None:
        return False
    return {question.name, *question.route.names} <= calculation.names


def _is_obscure(clause: Clause) -> bool:
    if isinstance(clause, Both | Either):
        return any(_is_obscure(part) for part in clause.parts)
    return isinstance(clause, Obscure)


def _by_names(question: Question, form: Form, naming: Naming) -> Text:
    """Name the questions that a condition depends on, through calculates."""
    questions = {other.name: other for other in form.questions}
    route = question.route
    waiting = sorted(route.names, reverse=True) if route else []
    found: dict[str, None] = {}
    while waiting:
        name = waiting.pop()
        if name in found or name == ELIGIBLE or name not in questions:
            continue
        calculation = questions[name].calculation
        if calculation is None or not calculation.names:
            found[name] = None
        else:
            waiting.extend(sorted(calculation.names - {name}))
    kk = ", ".join(_Kazakh(form, naming).question(name) for name in found)
    ru = ", ".join(_Russian(form, naming).question(name) for name in found)
    if not found:
        return Text(
            kk="Респонденттердің бір бөлігі (шартын сауалнамадан қараңыз)",
            ru="Часть респондентов (условие см. в анкете)",
        )
    return Text(
        kk=f"Респонденттердің бір бөлігі; шарт мына сұрақтардың жауаптарына байланысты: {kk}",
        ru=f"Часть респондентов; условие зависит от ответов на вопросы: {ru}",
    )


def _quoted(text: Text, name: str, language: str) -> str:
    """Return a wording in quotes, without markup and not too long; a name where there is none."""
    words = " ".join(_PLACEHOLDER.sub("…", _MARKUP.sub(" ", text.say(language))).split())
    words = re.sub(r" ([,.;:?!])", r"\1", words)
    if len(words) > _LONGEST:
        words = words[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:(«") + "…"
    words = words.replace("«", "„").replace("»", "“")
    if words.count("„") > words.count("“"):
        words += "“"
    return f"«{words or name}»"


class _Words:
    """What both languages share: looking up wordings."""

    language = ""

    def __init__(self, form: Form, naming: Naming) -> None:
        self.questions = {question.name: question for question in form.questions}
        self.naming = naming

    def question(self, name: str) -> str:
        """Return a question's number, or its wording in quotes."""
        if name in self.naming.numbers:
            return str(self.naming.numbers[name])
        return _quoted(self.questions[name].label, name, self.language)

    def answers(self, clause: Answer) -> list[str]:
        """Return the wordings of the answers in quotes, in the order of the questionnaire."""
        choices = self.questions[clause.question].choices
        labels = {choice.category.code: choice.category.label for choice in choices}
        order = [code for code in labels if code in clause.codes]
        order += [code for code in clause.codes if code not in labels]
        return [_quoted(labels.get(code, Text()), code, self.language) for code in order]

    def parts(self, clause: Chance) -> list[str]:
        """Return the names of parts drawn by chance; none where they have no names."""
        names = self.naming.parts
        return [names[clause.draw, one] for one in clause.parts if (clause.draw, one) in names]

    def is_multiple(self, name: str) -> bool:
        """Whether several answers could be chosen."""
        return self.questions[name].kind == "multiple"


def _listed(items: list[str], last: str) -> str:
    """Return "a, b or c"."""
    return f" {last} ".join([", ".join(items[:-1]), items[-1]] if items[1:] else items)


def _figure(value: float) -> str:
    return f"{value:g}".replace(".", ",")


class _Russian(_Words):
    language = "ru"

    def say(self, clause: Clause) -> str:
        parts = clause.parts if isinstance(clause, Either) else (clause,)
        return "Те, кто " + ", а также те, кто ".join(self.predicate(part) for part in parts)

    def predicate(self, clause: Clause) -> str:
        if isinstance(clause, Both):
            return " и ".join(self.predicate(part) for part in clause.parts)
        if isinstance(clause, Either):
            return f"({' или '.join(self.predicate(part) for part in clause.parts)})"
        if isinstance(clause, Answer):
            return self.answer(clause)
        if isinstance(clause, Given):
            return f"{'' if clause.positive else 'не '}ответил на вопрос " + self.question(
                clause.question
            )
        if isinstance(clause, Amount):
            return self.amount(clause)
        assert isinstance(clause, Chance)
        parts = self.parts(clause)
        if not parts:
            return "попал в случайно отобранную часть"
        return f"{'' if clause.positive else 'не '}попал в часть {_listed(parts, 'или')}"

    def answer(self, clause: Answer) -> str:
        question, answers = self.question(clause.question), self.answers(clause)
        multiple = self.is_multiple(clause.question)
        verb = "выбрал" if multiple else "ответил"
        if clause.positive:
            return f"на вопрос {question} {verb} {_listed(answers, 'или')}"
        if clause.given and not multiple:
            return f"на вопрос {question} ответил что-либо, кроме {_listed(answers, 'и')}"
        none = answers[0] if len(answers) == 1 else "ни " + ", ни ".join(answers)
        if clause.given:
            return f"ответил на вопрос {question}, но не выбрал {none}"
        return f"на вопрос {question} не {verb} {none}"

    def amount(self, clause: Amount) -> str:
        question, value = self.question(clause.question), _figure(clause.value)
        if clause.to is not None:
            words = f"от {value} до {_figure(clause.to)}"
        else:
            words = {
                "=": value, "!=": f"не {value}", ">": f"больше {value}",
                "<": f"меньше {value}", ">=": f"{value} или больше", "<=": f"{value} или меньше",
            }[clause.operator]  # fmt: skip
        if clause.chosen:
            return f"на вопрос {question} выбрал ответов: {words}"
        return f"на вопрос {question} назвал число {words}"


class _Kazakh(_Words):
    language = "kk"

    def say(self, clause: Clause) -> str:
        parts = clause.parts if isinstance(clause, Either) else (clause,)
        return _capital(", сондай-ақ ".join(self.people(part) for part in parts))

    def people(self, clause: Clause) -> str:
        """Return the participle in the plural: who answered, who chose."""
        if isinstance(clause, Both):
            # What is in brackets cannot take the ending of the plural, so it goes first.
            parts = sorted(clause.parts, key=lambda part: not isinstance(part, Either))
            clause = Both(tuple(parts))
        words = self.participle(clause)
        if words.endswith(")"):
            return f"{words} респонденттер"
        return words + ("дар" if words.endswith(("ған", "қан")) else "дер")

    def participle(self, clause: Clause) -> str:
        if isinstance(clause, Both):
            return " және ".join(self.participle(part) for part in clause.parts)
        if isinstance(clause, Either):
            return f"({' немесе '.join(self.participle(part) for part in clause.parts)})"
        if isinstance(clause, Answer):
            return self.answer(clause)
        if isinstance(clause, Given):
            verb = "берген" if clause.positive else "бермеген"
            return f"{self.to(clause.question)} жауап {verb}"
        if isinstance(clause, Amount):
            return self.amount(clause)
        assert isinstance(clause, Chance)
        parts = self.parts(clause)
        if not parts:
            return "кездейсоқ іріктелген бөлікке түскен"
        return f"{_listed(parts, 'немесе')} бөлігіне {'түскен' if clause.positive else 'түспеген'}"

    def answer(self, clause: Answer) -> str:
        to, at = self.to(clause.question), self.at(clause.question)
        answers = _listed(self.answers(clause), "немесе")
        if not self.is_multiple(clause.question):
            if clause.given:
                return f"{to} {answers} дегеннен басқа жауап берген"
            verb = "берген" if clause.positive else "бермеген"
            return f"{to} {answers} деп жауап {verb}"
        if clause.given:
            return f"{to} жауап берген, бірақ {answers} нұсқасын таңдамаған"
        verb = "таңдаған" if clause.positive else "таңдамаған"
        return f"{at} {answers} нұсқасын {verb}"

    def to(self, name: str) -> str:
        """Return "to the question"."""
        words = self.question(name)
        return f"{words}-сұраққа" if name in self.naming.numbers else f"{words} сұрағына"

    def at(self, name: str) -> str:
        """Return "at the question"."""
        words = self.question(name)
        return f"{words}-сұрақта" if name in self.naming.numbers else f"{words} сұрағында"

    def amount(self, clause: Amount) -> str:
        value = _figure(clause.value)
        span = "" if clause.to is None else f"{value}–{_figure(clause.to)}"
        if clause.chosen:
            words = {
                "=": f"{value} жауап", "!=": f"{value} жауаптан өзге санда",
                ">": f"{value} жауаптан көп", "<": f"{value} жауаптан аз",
                ">=": f"кемінде {value} жауап", "<=": f"ең көбі {value} жауап",
            }[clause.operator]  # fmt: skip
            return f"{self.at(clause.question)} {f'{span} жауап' if span else words} таңдаған"
        words = {
            "=": f"{value} санын", "!=": f"{value} санынан басқа сан",
            ">": f"{value} санынан үлкен сан", "<": f"{value} санынан кіші сан",
            ">=": f"{value} немесе одан үлкен сан", "<=": f"{value} немесе одан кіші сан",
        }[clause.operator]  # fmt: skip
        return f"{self.to(clause.question)} {f'{span} аралығындағы сан' if span else words} айтқан"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
