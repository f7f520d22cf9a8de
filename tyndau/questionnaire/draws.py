"""Parts of a questionnaire that chance hands out: who gets the block on safety, who that on youth.

In: a form. Out: the calculates that say which part was drawn, each with its values. On a phone the
form draws; on paper the office does it beforehand, so the parts must be known by name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tyndau.questionnaire.form import Form, Question
from tyndau.questionnaire.syntax import Call, Constant, Node, Reference, unwrapped, walk

# Functions whose value chance decides.
CHANCE = ("random", "rand", "once")
# What parts are called where people tick and read them, in every language.
PART_NAMES = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
# A draw of more parts than this is no part of a questionnaire, but a number.
_MOST_PARTS = len(PART_NAMES)


@dataclass(frozen=True, slots=True)
class Draw:
    """A calculate by which chance hands out parts of the questionnaire.

    Attributes
    ----------
    name : str
        The calculate.
    parts : tuple of str
        Its values, two or more, in the order in which they are written.
    """

    name: str
    parts: tuple[str, ...]


def draws(form: Form) -> tuple[Draw, ...]:
    """Find the parts that chance hands out.

    Parameters
    ----------
    form : Form
        The questionnaire.

    Returns
    -------
    tuple of Draw
        In the order of the form; only those on which it depends what is asked.
    """
    questions = {question.name: question for question in form.questions}
    routed = {
        name for question in form.questions if question.route for name in question.route.names
    }
    found = []
    for question in form.questions:
        if question.name not in routed or question.calculation is None:
            continue
        parts = tuple(dict.fromkeys(_parts(question.calculation.tree, questions)))
        if "" not in parts and 1 < len(parts) <= _MOST_PARTS:
            found.append(Draw(question.name, parts))
    return tuple(found)


def _parts(tree: Node, questions: Mapping[str, Question]) -> Iterator[str]:
    """Go through the values that ``if()`` gives by chance; an empty one where it is none such."""
    node = unwrapped(tree)
    if isinstance(node, Constant) and isinstance(node.value, str):
        yield node.value.strip()
    elif isinstance(node, Call) and node.function == "if":
        condition, *values = node.arguments
        if not _by_chance(condition, questions, frozenset()):
            yield ""
        for value in values:
            yield from _parts(value, questions)
    else:
        yield ""


def _by_chance(node: Node, questions: Mapping[str, Question], seen: frozenset[str]) -> bool:
    """Whether chance alone decides a condition."""
    names = {part.name for part in walk(node) if isinstance(part, Reference)}
    drawn = any(isinstance(part, Call) and part.function in CHANCE for part in walk(node))
    for name in names:
        question = questions.get(name)
        if question is None or question.calculation is None or name in seen:
            return False
        if not _by_chance(question.calculation.tree, questions, seen | {name}):
            return False
    return drawn or bool(names)
