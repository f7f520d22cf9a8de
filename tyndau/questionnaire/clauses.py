"""Routing as clauses about answers, so that it can be put into words.

In: the tree of a condition and its form. Out: a `Clause`. Negation is pushed down to the leaves,
conditions on the same question are merged, calculates made of ``if()`` are replaced by what they
test, and the screening condition is left out. What has no simple form becomes `Obscure`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tyndau.questionnaire.form import Form
from tyndau.questionnaire.routing import ELIGIBLE, LET_IN
from tyndau.questionnaire.syntax import (
    All,
    AnyOf,
    Call,
    Comparison,
    ComparisonOperator,
    Constant,
    Node,
    Reference,
    walk,
)

_OPPOSITE: dict[str, ComparisonOperator] = {
    "=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">",
}  # fmt: skip
_MIRRORED: dict[str, ComparisonOperator] = {
    "=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<=",
}  # fmt: skip
_CHANCE = ("random", "rand", "once")
# Calculates may refer to calculates; deeper than this they are not followed.
_MAX_INLINED = 8


@dataclass(frozen=True, slots=True)
class Always:
    """Holds for everybody, or for nobody.

    Attributes
    ----------
    holds : bool
        Which of the two.
    """

    holds: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """One of some answers was given to a closed question, or none of them.

    Attributes
    ----------
    question : str
        The question.
    codes : tuple of str
        The answers.
    positive : bool
        Whether one of them was given.
    given : bool
        For a negative clause: whether the question was answered nevertheless.
    """

    question: str
    codes: tuple[str, ...]
    positive: bool = True
    given: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """A question was answered, or not.

    Attributes
    ----------
    question : str
        The question.
    positive : bool
        Whether it was.
    """

    question: str
    positive: bool = True


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that was given, or the number of answers chosen, lies in a range.

    Attributes
    ----------
    question : str
        The question.
    operator : {"=", "!=", "<", "<=", ">", ">="}
        How it compares.
    value : float
        With what.
    chosen : bool
        Whether answers chosen are counted.
    to : float or None
        With ``>=``: the greatest number that belongs to it too.
    """

    question: str
    operator: ComparisonOperator
    value: float
    chosen: bool = False
    to: float | None = None


@dataclass(frozen=True, slots=True)
class Chance:
    """Chosen at random."""


@dataclass(frozen=True, slots=True)
class Obscure:
    """Something that has no simple form."""


@dataclass(frozen=True, slots=True)
class Both:
    """All parts hold.

    Attributes
    ----------
    parts : tuple of Clause
        Two or more.
    """

    parts: tuple["Clause", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part holds.

    Attributes
    ----------
    parts : tuple of Clause
        Two or more.
    """

    parts: tuple["Clause", ...]


Clause = Always | Answer | Given | Amount | Chance | Obscure | Both | Either


def clause_of(tree: Node, form: Form) -> Clause:
    """Bring a condition into clauses.

    Parameters
    ----------
    tree : Node
        The condition.
    form : Form
        The form whose questions it refers to.

    Returns
    -------
    Clause
        What it says about answers.
    """
    return _Reader(form).read(tree, positive=True)


def without_screening(clause: Clause, form: Form) -> Clause:
    """Leave out of a condition what holds for everybody whom the screening lets in.

    Parameters
    ----------
    clause : Clause
        The condition.
    form : Form
        A form, with a calculate `ELIGIBLE` or without.

    Returns
    -------
    Clause
        What remains to be said.
    """
    calculation = form[ELIGIBLE].calculation if ELIGIBLE in form else None
    if calculation is None:
        return clause
    passed = _Reader(form).compare("=", calculation.tree, Constant(LET_IN))
    known = _flat([passed], Both)
    parts = _flat([clause], Both)
    return _both(part for part in parts if not any(_implies(fact, part) for fact in known))


def _implies(fact: Clause, part: Clause) -> bool:
    """Whether who fits the first clause fits the second too."""
    if fact == part:
        return True
    if isinstance(fact, Answer) and isinstance(part, Given):
        answered = fact.positive or fact.given
        return fact.question == part.question and part.positive and answered
    if not (isinstance(fact, Answer) and isinstance(part, Answer)):
        return False
    if fact.question != part.question or fact.positive != part.positive:
        return False
    if fact.positive:
        return set(fact.codes) <= set(part.codes)
    return set(part.codes) <= set(fact.codes) and fact.given >= part.given


class _Reader:
    def __init__(self, form: Form) -> None:
        self.questions = {question.name: question for question in form.questions}
        self.inlined = 0

    def read(self, node: Node, *, positive: bool) -> Clause:
        if isinstance(node, All | AnyOf):
            parts = [self.read(part, positive=positive) for part in node.parts]
            return _both(parts) if isinstance(node, All) == positive else _either(parts)
        if isinstance(node, Comparison):
            operator = node.operator if positive else _OPPOSITE[node.operator]
            return self.compare(operator, node.left, node.right)
        if isinstance(node, Reference):
            return self.compare("!=" if positive else "=", node, Constant(""))
        if isinstance(node, Call):
            return self.call(node, positive=positive)
        return Obscure()

    def call(self, node: Call, *, positive: bool) -> Clause:
        if node.function in ("true", "false"):
            return Always((node.function == "true") == positive)
        if node.function == "not":
            return self.read(node.arguments[0], positive=not positive)
        if node.function == "boolean":
            return self.read(node.arguments[0], positive=positive)
        if node.function == "selected":
            answers, code = node.arguments
            if isinstance(answers, Reference) and isinstance(code, Constant):
                return self.answer(answers.name, _text(code), positive=positive)
        return Obscure()

    def answer(self, name: str, code: str, *, positive: bool) -> Clause:
        question = self.questions.get(name)
        if question is None or question.kind not in ("single", "multiple"):
            return Obscure()
        return Answer(name, (code,), positive)

    def compare(self, operator: ComparisonOperator, left: Node, right: Node) -> Clause:
        left, right = _unwrapped(left), _unwrapped(right)
        if isinstance(left, Constant) and not isinstance(right, Constant):
            left, right, operator = right, left, _MIRRORED[operator]
        if isinstance(right, Call) and right.function in ("true", "false"):
            holds = (right.function == "true") == (operator == "=")
            return self.read(left, positive=holds) if operator in ("=", "!=") else Obscure()
        if not isinstance(right, Constant):
            return Obscure()
        if isinstance(left, Constant):
            return Always((left.value == right.value) == (operator == "="))
        if isinstance(left, Call):
            return self.compare_call(operator, left, right)
        if isinstance(left, Reference):
            return self.compare_reference(operator, left.name, right)
        return Obscure()

    def compare_reference(self, operator: ComparisonOperator, name: str, right: Constant) -> Clause:
        question = self.questions.get(name)
        if question is None or question.repeated:
            return Obscure()
        if question.calculation is not None:
            return self.compare_calculate(operator, name, question.calculation.tree, right)
        equality = operator in ("=", "!=")
        if equality and right.value == "":
            return Given(name, operator == "!=")
        if equality and question.kind == "single":
            return Answer(name, (_text(right),), operator == "=")
        number = _number(right)
        if question.kind == "number" and number is not None:
            return Amount(name, operator, number)
        return Obscure()

    def compare_calculate(
        self, operator: ComparisonOperator, name: str, tree: Node, right: Constant
    ) -> Clause:
        if name == ELIGIBLE and operator in ("=", "!="):
            return Always((_text(right) == LET_IN) == (operator == "="))
        if any(isinstance(node, Call) and node.function in _CHANCE for node in walk(tree)):
            return Chance()
        self.inlined += 1
        if self.inlined > _MAX_INLINED:
            return Obscure()
        clause = self.compare(operator, tree, right)
        self.inlined -= 1
        return clause

    def compare_call(self, operator: ComparisonOperator, left: Call, right: Constant) -> Clause:
        if left.function == "if":
            condition, yes, no = left.arguments
            return _either(
                [
                    _both([self.read(condition, positive=True),
                           self.compare(operator, yes, right)]),
                    _both([self.read(condition, positive=False),
                           self.compare(operator, no, right)]),
                ]
            )  # fmt: skip
        number, argument = _number(right), left.arguments[0] if left.arguments else None
        if number is None or not isinstance(argument, Reference):
            return Obscure()
        if argument.name not in self.questions:
            return Obscure()
        if left.function == "count-selected":
            return Amount(argument.name, operator, number, chosen=True)
        if left.function == "string-length" and (operator, number) in (
            (">", 0.0), ("!=", 0.0), (">=", 1.0), ("=", 0.0), ("<", 1.0), ("<=", 0.0),
        ):  # fmt: skip
            return Given(argument.name, operator in (">", "!=", ">="))
        return Obscure()


def _unwrapped(node: Node) -> Node:
    while isinstance(node, Call) and node.function in ("number", "string") and node.arguments:
        node = node.arguments[0]
    return node


def _text(constant: Constant) -> str:
    if isinstance(constant.value, str):
        return constant.value.strip()
    return f"{constant.value:g}"


def _number(constant: Constant) -> float | None:
    try:
        return float(constant.value)
    except ValueError:
        return None


def _flat(parts: Iterable[Clause], kind: type[Both] | type[Either]) -> list[Clause]:
    flat: list[Clause] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, kind) else (part,))
    return flat


def _both(parts: Iterable[Clause]) -> Clause:
    return _joined(_flat(parts, Both), neutral=True)


def _either(parts: Iterable[Clause]) -> Clause:
    return _joined(_flat(parts, Either), neutral=False)


def _joined(parts: list[Clause], *, neutral: bool) -> Clause:
    """Merge parts joined by "and" (where "holds always" is neutral) or by "or"."""
    kept: list[Clause] = []
    for part in parts:
        if isinstance(part, Always):
            if part.holds != neutral:
                return part
            continue
        for at, other in enumerate(kept):
            merged = _merged(other, part, conjunction=neutral)
            if merged is not None:
                kept[at] = merged
                break
        else:
            kept.append(part)
    if not kept:
        return Always(neutral)
    if len(kept) == 1:
        return kept[0]
    return Both(tuple(kept)) if neutral else Either(tuple(kept))


def _merged(first: Clause, second: Clause, *, conjunction: bool) -> Clause | None:
    """Return one clause that says what two say, where there is one."""
    if first == second:
        return first
    if isinstance(first, Answer) and isinstance(second, Answer):
        same = first.question == second.question and first.positive == second.positive
        # "a or b" is one clause, so is "neither a nor b"; "both a and b" of a multiple is not.
        if same and first.positive != conjunction:
            codes = tuple(dict.fromkeys(first.codes + second.codes))
            return replace(first, codes=codes, given=first.given or second.given)
        return None
    if not conjunction:
        return None
    for one, other in ((first, second), (second, first)):
        if isinstance(one, Given) and one.positive and not isinstance(other, Given):
            if isinstance(other, Answer) and other.question == one.question:
                return replace(other, given=not other.positive)
            if isinstance(other, Amount) and other.question == one.question:
                return other
    if isinstance(first, Amount) and isinstance(second, Amount):
        return _range(first, second)
    return None


def _range(first: Amount, second: Amount) -> Amount | None:
    if (first.question, first.chosen) != (second.question, second.chosen):
        return None
    low, high = (first, second) if first.operator == ">=" else (second, first)
    if low.operator != ">=" or high.operator != "<=" or low.to is not None:
        return None
    return replace(low, to=high.value)
