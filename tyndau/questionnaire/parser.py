"""Reading expressions: from the text of a cell to the tree of `tyndau.questionnaire.syntax`.

In: a text. Out: its tree, or `ExpressionSyntaxError` with the offending part. Recursive descent;
depth and chains are bounded, so that no text can exhaust the stack.
"""

import re
from dataclasses import dataclass
from difflib import get_close_matches

from tyndau.questionnaire.syntax import (
    FUNCTIONS,
    All,
    AnyOf,
    Arithmetic,
    Call,
    Comparison,
    Constant,
    ExpressionSyntaxError,
    Itself,
    Node,
    Path,
    Reference,
    children,
)

# Beyond these an expression is taken for a mistake or an attack; no questionnaire comes near.
MAX_BRACKETS = 60
MAX_DEPTH = 300

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
_OPERATOR_WORDS = ("and", "or", "div", "mod")
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
        self.brackets = 0

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
            wrong_case = token.text.lower() in _OPERATOR_WORDS
            reason, meant = ("case", token.text.lower()) if wrong_case else ("part", "")
            raise ExpressionSyntaxError(self.source[token.start :][:30], reason, meant)
        return node

    def condition(self) -> Node:
        self.brackets += 1
        if self.brackets > MAX_BRACKETS:
            raise ExpressionSyntaxError(self.source[:30], "size")
        parts = [self.conjunction()]
        while self.peek() == "or":
            self.take()
            parts.append(self.conjunction())
        self.brackets -= 1
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def conjunction(self) -> Node:
        parts = [self.equality()]
        while self.peek() == "and":
            self.take()
            parts.append(self.equality())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def equality(self) -> Node:
        node = self.relation()
        while self.peek() in ("=", "!="):
            operator = self.take().text
            node = Comparison(operator, node, self.relation())  # type: ignore[arg-type]
        return node

    def relation(self) -> Node:
        node = self.sum()
        while self.peek() in ("<", "<=", ">", ">="):
            operator = self.take().text
            node = Comparison(operator, node, self.sum())  # type: ignore[arg-type]
        return node

    def sum(self) -> Node:
        node = self.product()
        while self.peek() in ("+", "-"):
            operator = self.take().text
            node = Arithmetic(operator, node, self.product())  # type: ignore[arg-type]
        return node

    def product(self) -> Node:
        node = self.signed()
        while self.peek() in ("*", "div", "mod"):
            operator = self.take().text
            node = Arithmetic(operator, node, self.signed())  # type: ignore[arg-type]
        return node

    def union(self) -> Node:
        start = self.at
        parts = [self.path()]
        while self.peek() == "|":
            self.take()
            parts.append(self.path())
        return parts[0] if len(parts) == 1 else Path(self.text_from(start), tuple(parts))

    def text_from(self, start: int) -> str:
        """Return the source from a token to the one that was taken last."""
        last = self.tokens[self.at - 1]
        return self.source[self.tokens[start].start : last.start + len(last.text)]

    def signed(self) -> Node:
        minuses = 0
        while self.peek() == "-":
            self.take()
            minuses += 1
        node = self.union()
        if minuses % 2 == 0:
            return node
        if isinstance(node, Constant) and isinstance(node.value, float):
            return Constant(-node.value)
        return Arithmetic("-", Constant(0.0), node)

    def path(self) -> Node:
        start = self.at
        inner: list[Node] = []
        if self.peek() in _OPERATOR_WORDS:
            # XPath would take it for an element's name; here an operand is missing before it.
            raise ExpressionSyntaxError(self.source[self.tokens[start].start :][:30])
        starts_with_step = self.peek() in ("/", "//", "..", "*", "@") or self.is_name()
        bare = False
        if starts_with_step:
            if self.peek() in ("/", "//"):
                self.take()
            bare = self.step(inner)
        else:
            inner.append(self.primary())
        plain = not starts_with_step
        while self.peek() in ("/", "//", "["):
            plain = bare = False
            if self.peek() == "[":
                self.predicate(inner)
            else:
                self.take()
                self.step(inner)
        return inner[0] if plain else Path(self.text_from(start), tuple(inner), bare)

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
    tree = _Parser(source).whole()
    if _deeper_than(tree, MAX_DEPTH):
        raise ExpressionSyntaxError(source.strip()[:30], "size")
    return tree


def _deeper_than(tree: Node, depth: int) -> bool:
    """Look level by level: long chains of operators make a tree deep without brackets."""
    level: list[Node] = [tree]
    for _ in range(depth):
        level = [child for node in level for child in children(node)]
    return bool(level)
