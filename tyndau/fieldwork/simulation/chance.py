"""Expressions that depend on chance or the clock, made computable for simulated interviews.

In: a tree, the scope, what chance and the clock give. Out: values. `random()` is replaced by
uniform draws of each respondent, the date and the hour by those of the interview, a column of the
choices by the value of the choice in question; all else is left to
`tyndau.questionnaire.evaluation`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from tyndau.questionnaire.evaluation import evaluate
from tyndau.questionnaire.expression import Expression
from tyndau.questionnaire.functions import NotComputableError
from tyndau.questionnaire.syntax import (
    All,
    AnyOf,
    Arithmetic,
    Call,
    Comparison,
    Constant,
    Node,
    Path,
    Reference,
)
from tyndau.questionnaire.values import Numbers, Value, constant, to_strings

_CHANCE = ("random", "rand")
_TODAY = ("today", "now")


@dataclass(frozen=True, slots=True)
class Chance:
    """Computes expressions for the interviews of one round.

    Attributes
    ----------
    rng : numpy.random.Generator
        Where chance comes from.
    rows : int
        How many interviews.
    today : str
        The date that the phone's clock shows, as ISO.
    """

    rng: np.random.Generator
    rows: int
    today: str

    def compute(
        self,
        expression: Expression,
        scope: Mapping[str, Value],
        columns: Mapping[str, str] | None = None,
    ) -> Value | None:
        """Compute an expression.

        Parameters
        ----------
        expression : Expression
            A condition or a computation.
        scope : mapping of str to Value
            What names stand for.
        columns : mapping of str to str, optional
            What the columns of a choice hold, for choice filters.

        Returns
        -------
        Value or None
            None where it depends on what a simulation does not have, such as a position.
        """
        drawn: dict[str, Value] = {}
        tree = self._settled(expression.tree, drawn, columns or {})
        try:
            return evaluate(tree, {**scope, **drawn}, self.rows)
        except NotComputableError:
            return None

    def _settled(self, node: Node, drawn: dict[str, Value], columns: Mapping[str, str]) -> Node:
        if isinstance(node, Path) and node.bare and node.text in columns:
            return Constant(columns[node.text])
        if isinstance(node, Call) and node.function in (*_CHANCE, *_TODAY):
            name = f"{node.function}() {len(drawn)}"
            today = to_strings(constant(self.today, self.rows))
            by_chance = node.function in _CHANCE
            drawn[name] = Numbers(self.rng.random(self.rows)) if by_chance else today
            return Reference(name)
        if isinstance(node, Call):
            parts = (self._settled(part, drawn, columns) for part in node.arguments)
            return replace(node, arguments=tuple(parts))
        if isinstance(node, All | AnyOf):
            parts = (self._settled(part, drawn, columns) for part in node.parts)
            return replace(node, parts=tuple(parts))
        if isinstance(node, Comparison | Arithmetic):
            left = self._settled(node.left, drawn, columns)
            return replace(node, left=left, right=self._settled(node.right, drawn, columns))
        return node
