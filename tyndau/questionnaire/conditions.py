"""Reading a condition as clauses about answers, so that it can be put into words.

In: the tree of a condition and its form. Out: a `Clause`. Negation is pushed down to the leaves,
calculates made of ``if()`` are replaced by what they test, and the screening condition is left out.
What has no simple form becomes `Obscure`.
"""

from tyndau.questionnaire.clauses import (
    Always,
    Amount,
    Answer,
    Both,
    Chance,
    Clause,
    Given,
    Obscure,
    all_of,
    any_of,
)
from tyndau.questionnaire.draws import CHANCE, draws
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
    unwrapped,
    walk,
)

_OPPOSITE: dict[str, ComparisonOperator] = {
    "=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">",
}  # fmt: skip
_MIRRORED: dict[str, ComparisonOperator] = {
    "=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<=",
}  # fmt: skip
# Calculates may refer to calculates; deeper than this they are not followed.
_MAX_INLINED = 8


def clause_of(tree: Node, form: Form, *, screening: bool = False) -> Clause:
    """Bring a condition into clauses.

    Parameters
    ----------
    tree : Node
        The condition.
    form : Form
        The form whose questions it refers to.
    screening : bool, default False
        Whether it is said what the screening asks for; else everybody has passed it.

    Returns
    -------
    Clause
        What it says about answers.
    """
    return _Reader(form, screening=screening).read(tree, positive=True)


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
    known = passed.parts if isinstance(passed, Both) else (passed,)
    parts = clause.parts if isinstance(clause, Both) else (clause,)
    return all_of(part for part in parts if not any(implies(fact, part) for fact in known))


def implies(fact: Clause, part: Clause) -> bool:
    """Tell whether who fits one clause fits another too.

    Parameters
    ----------
    fact, part : Clause
        What is known, and what is asked.

    Returns
    -------
    bool
        False also where it cannot be told.
    """
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
    def __init__(self, form: Form, *, screening: bool = False) -> None:
        self.questions = {question.name: question for question in form.questions}
        self.draws = {draw.name for draw in draws(form)}
        self.screening = screening
        self.inlined = 0

    def read(self, node: Node, *, positive: bool) -> Clause:
        if isinstance(node, All | AnyOf):
            parts = [self.read(part, positive=positive) for part in node.parts]
            return all_of(parts) if isinstance(node, All) == positive else any_of(parts)
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
        left, right = unwrapped(left), unwrapped(right)
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
        alone = {one.category.code for one in question.choices if one.category.exclusive}
        if equality and (
            question.kind == "single" or (question.kind == "multiple" and _text(right) in alone)
        ):
            return Answer(name, (_text(right),), operator == "=")
        number = _number(right)
        if question.kind == "number" and number is not None:
            return Amount(name, operator, number)
        return Obscure()

    def compare_calculate(
        self, operator: ComparisonOperator, name: str, tree: Node, right: Constant
    ) -> Clause:
        if name in self.draws and operator in ("=", "!="):
            return Chance(name, (_text(right),), operator == "=")
        if name == ELIGIBLE and operator in ("=", "!=") and not self.screening:
            return Always((_text(right) == LET_IN) == (operator == "="))
        if any(isinstance(node, Call) and node.function in CHANCE for node in walk(tree)):
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
            return any_of(
                [
                    all_of([self.read(condition, positive=True),
                           self.compare(operator, yes, right)]),
                    all_of([self.read(condition, positive=False),
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


def _text(constant: Constant) -> str:
    if isinstance(constant.value, str):
        return constant.value.strip()
    return f"{constant.value:g}"


def _number(constant: Constant) -> float | None:
    try:
        return float(constant.value)
    except ValueError:
        return None
