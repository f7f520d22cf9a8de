"""The XLSForm expression language (a subset of XPath 1.0 with ``${name}``): its tree and parser.

In: the text of a cell. Out: a tree of frozen nodes, or `ExpressionSyntaxError` with the offending
part. It evaluates nothing and knows no form. Paths such as ``../x`` or ``instance('a')/root/item``
are kept as `Path`, which can be carried but not computed. To add a function, name it in
`FUNCTIONS`; to make it computable, see `tyndau.questionnaire.evaluation`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
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

# Beyond these an expression is taken for a mistake or an attack; no questionnaire comes near.
MAX_DEPTH = 60
MAX_CHAIN = 200

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


_TOKEN = re.compile(
    r"""\s*(?:
      (?P<reference>\$\{\s*(?:last-saved\#)?[^{}]*\})
    | (?P<number>\d+(?:\.\d*)?|\.\d+)
    | (?P<string>"[^"]*"|'[^']*')
    | (?P<name>[^\W\d][\w.\-]*(?::[^\W\d][\w.\-]*)?)
    | (?P<sign>!=|<=|>=|::|//|\.\.|[=<>+\-*/|.()\[\],@])
    )""",
    re.VERBOSE,
)
_TYPOGRAPHIC = "“”„‟‘’‚«»`"


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int


def _tokens(source: str) -> list[_Token]:
    tokens = []
    at = 0
    while source[at:].strip():
        match = _TOKEN.match(source, at)
        if match is None:
            rest = source[at:].strip()
            reason = "quotes" if rest[0] in _TYPOGRAPHIC + "'\"" else "part"
            raise ExpressionSyntaxError(rest[:30], reason)
        kind = match.lastgroup or ""
        tokens.append(_Token(kind, match.group(kind), match.start(kind)))
        at = match.end()
    return tokens


class _Parser:
    """Recursive descent, a method for each level of precedence."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.tokens = _tokens(source)
        self.at = 0
        self.depth = 0
        self.chained = 0

    def peek(self, ahead: int = 0) -> str:
        position = self.at + ahead
        if position >= len(self.tokens) or self.tokens[position].kind == "string":
            return ""
        return self.tokens[position].text

    def take(self) -> _Token:
        if self.at >= len(self.tokens):
            raise ExpressionSyntaxError(self.source.strip()[-30:], "end")
        self.at += 1
        return self.tokens[self.at - 1]

    def expect(self, text: str) -> None:
        token = self.take()
        if token.text != text:
            raise ExpressionSyntaxError(token.text)

    def whole(self) -> Node:
        node = self.condition()
        if self.at < len(self.tokens):
            token = self.tokens[self.at]
            wrong_case = token.text.lower() in ("and", "or", "div", "mod")
            reason, meant = ("case", token.text.lower()) if wrong_case else ("part", "")
            raise ExpressionSyntaxError(self.source[token.start :][:30], reason, meant)
        return node

    def condition(self) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ExpressionSyntaxError(self.source[:30], "size")
        parts = [self.conjunction()]
        while self.peek() == "or":
            self.take()
            parts.append(self.conjunction())
        self.depth -= 1
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def conjunction(self) -> Node:
        parts = [self.equality()]
        while self.peek() == "and":
            self.take()
            parts.append(self.equality())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def equality(self) -> Node:
        node = self.relation()
        for _ in self.chain("=", "!="):
            operator = self.take().text
            node = Comparison(operator, node, self.relation())  # type: ignore[arg-type]
        return node

    def relation(self) -> Node:
        node = self.sum()
        for _ in self.chain("<", "<=", ">", ">="):
            operator = self.take().text
            node = Comparison(operator, node, self.sum())  # type: ignore[arg-type]
        return node

    def sum(self) -> Node:
        node = self.product()
        for _ in self.chain("+", "-"):
            operator = self.take().text
            node = Arithmetic(operator, node, self.product())  # type: ignore[arg-type]
        return node

    def product(self) -> Node:
        node = self.signed()
        for _ in self.chain("*", "div", "mod"):
            operator = self.take().text
            node = Arithmetic(operator, node, self.signed())  # type: ignore[arg-type]
        return node

    def chain(self, *operators: str) -> Iterator[int]:
        """Go on while such operators follow; they are counted, for each makes the tree deeper."""
        while self.peek() in operators:
            self.chained += 1
            if self.chained > MAX_CHAIN:
                raise ExpressionSyntaxError(self.source[:30], "size")
            yield self.chained

    def signed(self) -> Node:
        minuses = 0
        while self.peek() == "-":
            self.take()
            minuses += 1
        node = self.path()
        if minuses % 2 == 0:
            return node
        if isinstance(node, Constant) and isinstance(node.value, float):
            return Constant(-node.value)
        return Arithmetic("-", Constant(0.0), node)

    def path(self) -> Node:
        start = self.at
        inner: list[Node] = []
        starts_with_step = self.peek() in ("/", "//", "..", "*", "@") or self.is_name()
        bare = False
        if starts_with_step:
            if self.peek() in ("/", "//"):
                self.take()
            bare = self.step(inner)
        else:
            inner.append(self.primary())
        plain = not starts_with_step
        for _ in self.chain("/", "//", "[", "|"):
            plain = bare = False
            if self.peek() == "[":
                self.predicate(inner)
            elif self.take().text == "|":
                inner.append(self.path())
            else:
                self.step(inner)
        if plain:
            return inner[0]
        last = self.tokens[self.at - 1]
        text = self.source[self.tokens[start].start : last.start + len(last.text)]
        return Path(text, tuple(inner), bare)

    def is_name(self) -> bool:
        """Whether a step begins here: a name that is no function call."""
        if self.at >= len(self.tokens) or self.tokens[self.at].kind != "name":
            return False
        return self.peek(1) != "("

    def step(self, inner: list[Node]) -> bool:
        token = self.take()
        if token.text == "@":
            token = self.take()
        if self.peek() == "::":
            self.take()
            token = self.take()
        if token.kind == "reference":
            inner.append(_reference(token))
            return False
        if token.kind != "name" and token.text not in ("*", ".", ".."):
            raise ExpressionSyntaxError(token.text)
        if self.peek() == "(" and token.text in ("node", "text"):
            self.take()
            self.expect(")")
            return False
        while self.peek() == "[":
            self.predicate(inner)
        return token.kind == "name"

    def predicate(self, inner: list[Node]) -> None:
        self.expect("[")
        inner.append(self.condition())
        self.expect("]")

    def primary(self) -> Node:
        token = self.take()
        if token.kind == "reference":
            return _reference(token)
        if token.kind == "number":
            return Constant(float(token.text))
        if token.kind == "string":
            return Constant(token.text[1:-1])
        if token.text == "(":
            node = self.condition()
            self.expect(")")
            return node
        if token.text == ".":
            return Itself()
        if token.kind == "name":
            return self.call(token)
        raise ExpressionSyntaxError(token.text)

    def call(self, token: _Token) -> Node:
        name = token.text
        if name not in FUNCTIONS:
            near = get_close_matches(name.lower(), FUNCTIONS, n=1, cutoff=0.6)
            raise ExpressionSyntaxError(name, "function", near[0] if near else "")
        self.expect("(")
        arguments: list[Node] = []
        if self.peek() != ")":
            arguments.append(self.condition())
            while self.peek() == ",":
                self.take()
                arguments.append(self.condition())
        self.expect(")")
        least, most = FUNCTIONS[name]
        if not least <= len(arguments) <= most:
            wanted = str(least) if least == most else f"{least}–{most}"
            raise ExpressionSyntaxError(name, "arguments", wanted)
        return Call(name, tuple(arguments))


def _reference(token: _Token) -> Node:
    name = token.text[2:-1].strip()
    if name.startswith("last-saved#"):
        return Path(token.text)
    if not re.fullmatch(r"[^\W\d][\w.\-]*", name):
        raise ExpressionSyntaxError(token.text)
    return Reference(name)


def parse_tree(source: str) -> Node:
    """Read an expression.

    Parameters
    ----------
    source : str
        The text of a cell.

    Returns
    -------
    Node
        Its tree.

    Raises
    ------
    ExpressionSyntaxError
        If it cannot be read, or is larger than any questionnaire needs.
    """
    return _Parser(source).whole()
