"""Reading XML that anybody may have sent, without being harmed by it.

In: bytes and limits. Out: the root element, or `NotParsed` with a short reason. Document types,
entities and references to elsewhere are refused by defusedxml; size, depth and number of elements
here, because deep nesting costs others their memory (10,000 levels are a body of 70 KB).
"""

from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, ParseError, TreeBuilder
from xml.parsers.expat import errors

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_OF_ENCODING: Final = frozenset(
    errors.codes[message]
    for message in (
        errors.XML_ERROR_UNKNOWN_ENCODING,
        errors.XML_ERROR_INCORRECT_ENCODING,
        errors.XML_ERROR_PARTIAL_CHAR,
    )
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a document may be.

    Attributes
    ----------
    size : int
        Bytes.
    depth : int
        Levels of nesting.
    elements : int
        Elements and attributes together.
    """

    size: int
    depth: int
    elements: int


class NotParsed(Exception):  # noqa: N818 - said of a document, it reads as a sentence
    """A document that was not read.

    Parameters
    ----------
    reason : str
        ``empty``, ``too-large``, ``nul``, ``encoding``, ``doctype``, ``too-deep``,
        ``too-many-elements`` or ``not-xml``.
    detail : str
        What was found, in English; for logs and for whoever looks at the file.
    line : int, default 0
        Where, from 1; 0 where it is about the whole.

    Attributes
    ----------
    reason, detail, line : str, str, int
        As given.
    """

    def __init__(self, reason: str, detail: str, line: int = 0) -> None:
        super().__init__(reason, detail, line)
        self.reason = reason
        self.detail = detail
        self.line = line


def parse(content: bytes, limits: Limits, *, local: bool) -> Element:
    """Read a document.

    Parameters
    ----------
    content : bytes
        The whole of it.
    limits : Limits
        What is still read.
    local : bool
        Whether names lose their namespaces: ``instanceID`` instead of ``{http://…}instanceID``.
        The root then keeps its own in the attribute ``xmlns``, unless it has none.

    Returns
    -------
    Element
        The root; comments and processing instructions are left out.

    Raises
    ------
    NotParsed
        If it is no XML, or goes beyond the limits.
    """
    _look(content, limits)
    builder = TreeBuilder()
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    _guard(parser, builder, limits, local=local)
    try:
        parser.feed(content)
        root: Element = parser.close()
    except DefusedXmlException as error:
        raise NotParsed("doctype", "a document type or an entity is declared") from error
    except ParseError as error:
        raise _unparsed(content, error) from error
    except (LookupError, ValueError) as error:
        raise NotParsed("encoding", str(error)) from error
    return root


def _look(content: bytes, limits: Limits) -> None:
    """Refuse what need not be parsed to be refused."""
    if len(content) > limits.size:
        raise NotParsed("too-large", f"{len(content)} bytes, {limits.size} are the limit")
    if not content.strip():
        raise NotParsed("empty", "there is nothing in it")
    if not content.startswith(_UTF_16) and (position := content.find(b"\0")) >= 0:
        raise NotParsed("nul", f"a zero byte at {position}")


def _guard(parser: DefusedXMLParser, builder: TreeBuilder, limits: Limits, *, local: bool) -> None:
    """Let elements go to the builder, which is written in C, and count them on the way."""
    depth = count = 0
    begin, end = builder.start, builder.end

    def started(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth += 1
        count += 1 + len(attributes)
        if depth > limits.depth:
            raise NotParsed("too-deep", f"more than {limits.depth} levels")
        if count > limits.elements:
            raise NotParsed("too-many-elements", f"more than {limits.elements}")
        if local:
            namespace, _, name = name.rpartition("}")
            if attributes:
                attributes = {key.rpartition("}")[2]: text for key, text in attributes.items()}
            if depth == 1 and namespace:
                attributes["xmlns"] = namespace
        else:
            name = _clark(name)
            attributes = {_clark(key): text for key, text in attributes.items()}
        begin(name, attributes)

    def ended(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name)

    parser.parser.ordered_attributes = False
    parser.parser.StartElementHandler = started
    parser.parser.EndElementHandler = ended
    parser.parser.CharacterDataHandler = builder.data


def _clark(name: str) -> str:
    """Write a name with its namespace as ElementTree does."""
    return "{" + name if "}" in name else name


def _unparsed(content: bytes, error: ParseError) -> NotParsed:
    if error.code in _OF_ENCODING:
        return NotParsed("encoding", str(error))
    if not content.startswith(_UTF_16):
        try:
            content.decode("utf-8")
        except UnicodeDecodeError as invalid:
            return NotParsed("encoding", f"no UTF-8 at byte {invalid.start}")
    return NotParsed("not-xml", str(error), error.position[0])
