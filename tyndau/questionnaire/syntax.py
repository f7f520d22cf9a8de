"""The XLSForm expression language (a subset of XPath 1.0 with ``${name}``): its trees.

In: nothing; `tyndau.questionnaire.parser` makes trees. Out: frozen nodes, and ways through them.
Paths such as ``../x`` or ``instance('a')/root/item`` are kept as `Path`, which can be carried but
not computed. To add a function, name it in `FUNCTIONS`; to make it computable, see
`tyndau.questionnaire.functions`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

# Functions of the ODK XForms specification and of Collect, Enketo and pyxform (pulldata), with the
# least and greatest number of arguments. A name outside this table is taken for a misspelling.
_MANY = 99
FUNCTIONS: dict[str, tuple[int, int]] = {
    "abs": (1, 1), "acos": (1, 1), "add": (1, _MANY), "area": (1, 1), "asin": (1, 1),
    "atan": (1, 1), "atan2": (2, 2), "base64-decode": (1, 1), "boolean": (1, 1),
    "boolean-from-string": (1, 1), "ceiling": (1, 1), "checklist": (2, _MANY),
    "coalesce": (2, 2), "concat": (1, _MANY), "contains": (2, 2), "cos": (1, 1), "count": (1, 1),
    "count-non-empty": (1, 1), "count-selected": (1, 1), "current": (0, 0), "date": (1, 1),
    "date-time": (1, 1), "decimal-date": (1, 1), "decimal-date-time": (1, 1),
    "decimal-time": (1, 1), "depend": (1, _MANY), "digest": (2, 3), "distance": (1, _MANY),
    "ends-with": (2, 2), "enclosed-area": (1, 1), "exp": (1, 1), "exp10": (1, 1),
    "extract-signed": (2, 2), "false": (0, 0), "floor": (1, 1), "format-date": (2, 2),
    "format-date-time": (2, 2), "geofence": (2, 2), "hex-encode": (1, 1), "id": (1, 1),
    "if": (3, 3), "indexed-repeat": (3, 7), "instance": (1, 1), "int": (1, 1), "intersects": (1, 1),
    "join": (2, _MANY), "jr:choice-name": (2, 2), "jr:itext": (1, 1), "lang": (1, 1),
    "last": (0, 0), "local-name": (0, 1), "log": (1, 1), "log10": (1, 1), "max": (1, _MANY),
    "min": (1, _MANY), "name": (0, 1), "normalize-space": (0, 1), "not": (1, 1), "now": (0, 0),
    "number": (0, 1), "once": (1, 1), "pi": (0, 0), "position": (0, 1), "pow": (2, 2),
    "property": (1, 1), "pulldata": (4, 4), "random": (0, 0), "randomize": (1, 2),
    "regex": (2, 2), "round": (1, 2), "rand": (0, 0), "search": (1, 6), "selected": (2, 2),
    "selected-at": (2, 2), "sin": (1, 1), "sqrt": (1, 1), "starts-with": (2, 2),
    "string": (0, 1), "string-length": (0, 1), "substr": (2, 3), "substring": (2, 3),
    "substring-after": (2, 2), "substring-before": (2, 2), "sum": (1, 1), "tan": (1, 1),
    "thousandsep": (1, 1), "today": (0, 0), "translate": (3, 3), "true": (0, 0), "uuid": (0, 1),
    "version": (0, 0), "weighted-checklist": (4, _MANY),
}  # fmt: skip

ComparisonOperator = Literal["=", "!=", "<", "<=", ">", ">="]
ArithmeticOperator = Literal["+", "-", "*", "div", "mod"]


@dataclass(frozen=True, slots=True)
class Constant:
    """A string or a number as written.

    Attributes
    ----------
    value : str or float
        The string without its quotes, or the number.
    """

    value: str | float


@dataclass(frozen=True, slots=True)
class Reference:
    """``${name}``.

    Attributes
    ----------
    name : str
        The question, calculate or group referred to.
    """

    name: str


@dataclass(frozen=True, slots=True)
class Itself:
    """``.``, the answer that a constraint is about."""


@dataclass(frozen=True, slots=True)
class Path:
    """An XPath location that is not a plain reference.

    Attributes
    ----------
    text : str
        As written.
    inner : tuple of Node
        Expressions inside it (its start, its predicates).
    bare : bool
        Whether it is one plain name, such as a column of the choices in a choice filter.
    """

    text: str
    inner: tuple["Node", ...] = ()
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """A function call.

    Attributes
    ----------
    function : str
        Name of the function.
    arguments : tuple of Node
        Its arguments.
    """

    function: str
    arguments: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison of two values.

    Attributes
    ----------
    operator : {"=", "!=", "<", "<=", ">", ">="}
        How they are compared.
    left, right : Node
        What is compared.
    """

    operator: ComparisonOperator
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """A computation with two numbers.

    Attributes
    ----------
    operator : {"+", "-", "*", "div", "mod"}
        The operation.
    left, right : Node
        The operands.
    """

    operator: ArithmeticOperator
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class All:
    """Conditions joined by ``and``.

    Attributes
    ----------
    parts : tuple of Node
        Two or more.
    """

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Conditions joined by ``or``.

    Attributes
    ----------
    parts : tuple of Node
        Two or more.
    """

    parts: tuple["Node", ...]


Node = Constant | Reference | Itself | Path | Call | Comparison | Arithmetic | All | AnyOf


class ExpressionSyntaxError(ValueError):
    """An expression that cannot be read.

    Parameters
    ----------
    part : str
        The offending part, or where the text ends.
    reason : {"part", "end", "quotes", "function", "arguments", "case", "size"}
        What is wrong with it.
    suggestion : str, optional
        What was probably meant.
    """

    def __init__(self, part: str, reason: str = "part", suggestion: str = "") -> None:
        self.part = part
        self.reason = reason
        self.suggestion = suggestion
        super().__init__(f"{reason}: {part}")


def children(node: Node) -> tuple[Node, ...]:
    """Return the nodes directly below a node.

    Parameters
    ----------
    node : Node
        Any node.

    Returns
    -------
    tuple of Node
        Its operands, arguments or inner expressions; empty for a leaf.
    """
    if isinstance(node, Call):
        return node.arguments
    if isinstance(node, Comparison | Arithmetic):
        return (node.left, node.right)
    if isinstance(node, All | AnyOf):
        return node.parts
    return node.inner if isinstance(node, Path) else ()


def walk(node: Node) -> Iterator[Node]:
    """Go through a tree, a node before what is below it.

    Parameters
    ----------
    node : Node
        The root.

    Yields
    ------
    Node
        Each node of the tree.
    """
    yield node
    for child in children(node):
        yield from walk(child)


def unwrapped(node: Node) -> Node:
    """Return what stands in ``number(...)`` and ``string(...)``, which change no comparison.

    Parameters
    ----------
    node : Node
        A node.

    Returns
    -------
    Node
        The node inside, or itself.
    """
    while isinstance(node, Call) and node.function in ("number", "string") and node.arguments:
        node = node.arguments[0]
    return node
