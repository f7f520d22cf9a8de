"""Where an answer leads: the line that is read next, when others are passed over.

In: a form. Out: for each question the answers after which lines are left out, with the line that
follows. Conditions stand in a form before the questions that they concern; whoever fills in a sheet
by hand needs them at the answer too. A condition is taken as known only where the answer, and what
must have been answered to get there, settles it; what is not settled is told before the line by
`tyndau.questionnaire.bases.condition_in_words`.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from tyndau.questionnaire.clauses import (
    Always,
    Amount,
    Answer,
    Both,
    Chance,
    Clause,
    Either,
    Given,
)
from tyndau.questionnaire.conditions import clause_of, implies, without_screening
from tyndau.questionnaire.form import Form, Question
from tyndau.questionnaire.lines import DEVICE_ONLY, Line, lines
from tyndau.questionnaire.outcomes import outcomes

_COMPARED = {
    "=": float.__eq__, "!=": float.__ne__, "<": float.__lt__, "<=": float.__le__,
    ">": float.__gt__, ">=": float.__ge__,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Jump:
    """Answers after which lines are left out.

    Attributes
    ----------
    target : str
        The question or note that is read next; empty where the questionnaire ends.
    codes : tuple of str
        Answers of a closed question.
    low, high : float or None
        Smallest and greatest number, both included; None where there is no such bound.
    """

    target: str
    codes: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None


def jumps(form: Form) -> dict[str, tuple[Jump, ...]]:
    """Find the answers after which lines are left out.

    Parameters
    ----------
    form : Form
        The questionnaire.

    Returns
    -------
    dict of str to tuple of Jump
        By question; only those that have such answers: single answers, multiple ones that stand
        alone, numbers.
    """
    walked = [line for line in lines(form) if line.question.kind not in DEVICE_ONLY]
    conditions = {
        line.question.name: clause_of(line.question.route.tree, form, screening=True)
        for line in walked
        if line.question.route is not None
    }
    found: dict[str, tuple[Jump, ...]] = {}
    for at, line in enumerate(walked):
        own = tuple(_jumps(line.question, walked[at + 1 :], conditions, form))
        if own:
            found[line.question.name] = own
    return found


def specified(question: Question, form: Form) -> str:
    """Tell whose "other" answer an open question asks to specify.

    Parameters
    ----------
    question : Question
        The question.
    form : Form
        Its form.

    Returns
    -------
    str
        The closed question; empty where it is no such open question.
    """
    if question.kind != "text" or question.route is None:
        return ""
    clause = without_screening(clause_of(question.route.tree, form), form)
    for part in clause.parts if isinstance(clause, Both) else (clause,):
        if isinstance(part, Answer) and part.positive:
            meanings = {
                choice.category.code: choice.category.meaning
                for choice in form[part.question].choices
            }
            if all(code == "other" or meanings.get(code) == "other" for code in part.codes):
                return part.question
    return ""


def _jumps(
    question: Question, later: Sequence[Line], conditions: Mapping[str, Clause], form: Form
) -> Iterator[Jump]:
    own = conditions.get(question.name, Always())
    known = tuple(own.parts if isinstance(own, Both) else (own,))
    if question.kind in ("single", "multiple"):
        alone = question.kind == "single"
        codes = [one.category.code for one in question.choices if alone or one.category.exclusive]
        walks = [_Walk(form, known, question.name, code=code) for code in codes]
        leads = [_target(walk, later, conditions, form) for walk in walks]
        for name in dict.fromkeys(name for name in leads if name is not None):
            there = zip(codes, leads, strict=True)
            yield Jump(name, tuple(code for code, other in there if other == name))
    elif question.kind == "number":
        numbers = [float(one) for one in outcomes(form, [question.name]).get(question.name, ())]
        walks = [_Walk(form, known, question.name, number=one) for one in numbers]
        leads = [_target(walk, later, conditions, form) for walk in walks]
        yield from _ranges(numbers, leads)


def _target(
    walk: "_Walk", later: Sequence[Line], conditions: Mapping[str, Clause], form: Form
) -> str | None:
    """Return what is read next; None where nothing is left out that needs to be told."""
    passed: list[str] = []
    for line in later:
        name = line.question.name
        if walk.holds(conditions.get(name, Always())) is not False:
            told = all(specified(form[one], form) == walk.name for one in passed)
            return None if told else name
        walk.skipped.add(name)
        passed.append(name)
    return "" if passed else None


def _ranges(numbers: Sequence[float], leads: Sequence[str | None]) -> Iterator[Jump]:
    """Bring numbers that lead to the same line into ranges, open at both ends."""
    first = 0
    for name, run in groupby(leads):
        last = first + len(list(run)) - 1
        if name is not None:
            low = numbers[first] if first else None
            yield Jump(name, low=low, high=numbers[last] if last < len(numbers) - 1 else None)
        first = last + 1


class _Walk:
    """The way on from one answer, with what is known on it."""

    def __init__(
        self,
        form: Form,
        known: Sequence[Clause],
        name: str,
        *,
        code: str = "",
        number: float | None = None,
    ) -> None:
        self.known, self.name, self.code, self.number = known, name, code, number
        self.singles = {one.name for one in form.questions if one.kind == "single"}
        self.skipped: set[str] = set()

    def holds(self, clause: Clause) -> bool | None:
        """Tell whether a condition holds; None where that is not known."""
        if any(implies(fact, clause) for fact in self.known):
            return True
        if any(_excludes(fact, clause, self.singles) for fact in self.known):
            return False
        if isinstance(clause, Always):
            return clause.holds
        if isinstance(clause, Both | Either):
            parts = [self.holds(part) for part in clause.parts]
            decisive = isinstance(clause, Either)
            if decisive in parts:
                return decisive
            return None if None in parts else not decisive
        if isinstance(clause, Answer | Given | Amount):
            if clause.question in self.skipped:
                return _of_nothing(clause)
            return self.own(clause) if clause.question == self.name else None
        return None

    def own(self, clause: Answer | Given | Amount) -> bool | None:
        """Tell what the answer itself settles."""
        if isinstance(clause, Given):
            return clause.positive
        if isinstance(clause, Answer):
            return (self.code in clause.codes) == clause.positive
        value = 1.0 if clause.chosen else self.number
        if value is None:
            return None
        if clause.to is not None:
            return clause.value <= value <= clause.to
        return bool(_COMPARED[clause.operator](value, float(clause.value)))


def _of_nothing(clause: Answer | Given | Amount) -> bool:
    """Tell whether a condition holds where the question was not asked."""
    if isinstance(clause, Given):
        return not clause.positive
    if isinstance(clause, Answer):
        return not clause.positive and not clause.given
    if clause.chosen and clause.to is None:
        return bool(_COMPARED[clause.operator](0.0, float(clause.value)))
    return clause.operator == "!="


def _excludes(fact: Clause, clause: Clause, singles: Container[str]) -> bool:
    """Whether who fits the first clause, of one answer or one draw, cannot fit the second."""
    if isinstance(fact, Given) and isinstance(clause, Given):
        return fact.question == clause.question and fact.positive != clause.positive
    if isinstance(fact, Chance) and isinstance(clause, Chance):
        if not fact.draw or fact.draw != clause.draw or not fact.positive:
            return False
        inside = set(fact.parts) <= set(clause.parts)
        apart = set(fact.parts).isdisjoint(clause.parts)
        return apart if clause.positive else inside
    if not (isinstance(fact, Answer) and isinstance(clause, Answer)) or not fact.positive:
        return False
    if fact.question != clause.question:
        return False
    if clause.positive:  # of several answers another may stand beside it
        return fact.question in singles and set(fact.codes).isdisjoint(clause.codes)
    return set(fact.codes) <= set(clause.codes)
