"""Expressions of a questionnaire: conditions and computations over answers.

In: the text of a cell, or of a condition in the workbook. Out: `Expression`, which knows its
source, the names it depends on, and which rows of a frame it holds for. The language is described
in `tyndau.questionnaire.syntax`, its semantics in `tyndau.questionnaire.evaluation`.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tyndau.base.errors import Place
from tyndau.base.frames import Frame
from tyndau.base.languages import Message
from tyndau.questionnaire import problems
from tyndau.questionnaire.evaluation import computable, evaluate
from tyndau.questionnaire.parser import parse_tree
from tyndau.questionnaire.syntax import (
    All,
    ExpressionSyntaxError,
    Node,
    Reference,
    walk,
)
from tyndau.questionnaire.values import to_booleans, value_of

# A longer expression is cut in an error.
_MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Expression:
    """A condition or a computation.

    Attributes
    ----------
    source : str
        As written.
    tree : Node
        Its parts.
    names : frozenset of str
        Questions, calculates and groups that it refers to by ``${name}``.
    """

    source: str
    tree: Node = field(compare=False)
    names: frozenset[str] = field(compare=False)

    @property
    def deterministic(self) -> bool:
        """Whether the answers alone determine it: no chance, clock, phone or path."""
        return all(computable(node) for node in walk(self.tree))

    def holds(self, frame: Frame) -> NDArray[np.bool_]:
        """Return the rows for which it holds.

        Parameters
        ----------
        frame : Frame
            Rows with a column for each of the expression's names.

        Returns
        -------
        ndarray of bool, shape (n,)
            True where it holds; a question that was not asked has the value ''.

        Raises
        ------
        NotComputableError
            If a name has no column, or the expression is not deterministic.
        """
        scope = {name: value_of(frame[name]) for name in self.names if name in frame}
        return to_booleans(evaluate(self.tree, scope, len(frame)))


def parse(source: str, place: Place | None = None) -> Expression:
    """Read an expression.

    Parameters
    ----------
    source : str
        The text of a cell.
    place : Place, optional
        Where it stands, for the error.

    Returns
    -------
    Expression
        The expression.

    Raises
    ------
    UserError
        ``form.bad-expression`` with the offending part.
    """
    try:
        tree = parse_tree(source)
    except ExpressionSyntaxError as fault:
        key = fault.reason if fault.suggestion or fault.reason != "function" else "unknown"
        reason = Message(problems.REASONS[key], {"meant": fault.suggestion})
        raise problems.BAD_EXPRESSION.error(
            place, expression=_shortened(source), part=fault.part, reason=reason
        ) from None
    names = frozenset(node.name for node in walk(tree) if isinstance(node, Reference))
    return Expression(source.strip(), tree, names)


def _shortened(source: str) -> str:
    source = " ".join(source.split())
    return source if len(source) <= _MOST_SHOWN else source[:_MOST_SHOWN] + "…"


def both(first: Expression | None, second: Expression | None) -> Expression | None:
    """Join two conditions that must both hold.

    Parameters
    ----------
    first, second : Expression or None
        The conditions; None holds always.

    Returns
    -------
    Expression or None
        The joint condition.
    """
    if first is None or second is None:
        return first or second
    parts = tuple(
        part
        for tree in (first.tree, second.tree)
        for part in (tree.parts if isinstance(tree, All) else (tree,))
    )
    source = f"({first.source}) and ({second.source})"
    return Expression(source, All(parts), first.names | second.names)
