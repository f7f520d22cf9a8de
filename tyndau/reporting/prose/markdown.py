"""Markdown to blocks of the report model.

In: Markdown without references (they are words by now) and with marks for inserts. Out: blocks with
the line of each, and problems for what a report cannot hold. The grammar is CommonMark with
tables, read by markdown-it-py; HTML stays text.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from tyndau.base.errors import Place, Problem
from tyndau.base.languages import N_, Message
from tyndau.reporting import problems
from tyndau.reporting.model import Block, Grid, Heading, Listing, Paragraph, Quote, Running, Span
from tyndau.reporting.prose.references import Insert

# Private characters around the number of an insert.
MARK = "\ue000{}\ue001"
_DASHES = ("— ", "– ", "-- ")

_ELEMENTS = {
    "image": N_("a picture"),
    "fence": N_("program code"),
    "code_block": N_("program code (lines set in by four spaces)"),
    "code_inline": N_("program code"),
    "hr": N_("a line across the page"),
}
_OTHER = N_("such an element")


def blocks_of(
    markdown: str, file: str, inserts: Sequence[Insert]
) -> tuple[list[Block | Insert], list[Problem]]:
    """Turn Markdown into blocks.

    Parameters
    ----------
    markdown : str
        The text.
    file : str
        Its path as errors print it.
    inserts : sequence of Insert
        What the marks in the text stand for, by number.

    Returns
    -------
    blocks : list of Block or Insert
        In order.
    problems : list of Problem
        What a report cannot hold.
    """
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader = _Reader(file, inserts)
    for node in SyntaxTreeNode(parser.parse(markdown)).children:
        reader.take(node)
    return reader.blocks, reader.problems


class _Reader:
    def __init__(self, file: str, inserts: Sequence[Insert]) -> None:
        self.file = file
        self.inserts = inserts
        self.blocks: list[Block | Insert] = []
        self.problems: list[Problem] = []
        self.level = 0
        self.takers: dict[str, Callable[[SyntaxTreeNode], None]] = {
            "heading": self.heading,
            "paragraph": self.paragraph,
            "bullet_list": self.listing,
            "ordered_list": self.listing,
            "blockquote": self.quote,
            "table": self.table,
        }

    def place(self, node: SyntaxTreeNode) -> Place:
        line = node.map[0] + 1 if node.map else 0
        return Place(self.file, row=line)

    def take(self, node: SyntaxTreeNode) -> None:
        taker = self.takers.get(node.type)
        if taker:
            taker(node)
        else:
            self.refuse(node)

    def refuse(self, node: SyntaxTreeNode) -> None:
        element = Message(_ELEMENTS.get(node.type, _OTHER))
        self.problems.append(problems.TEXT_ELEMENT.at(self.place(node), element=element))

    def heading(self, node: SyntaxTreeNode) -> None:
        text, level = _plain(self.running(node)), int(node.tag[1])
        if (level == 1) == bool(self.blocks) or not text.strip():
            self.problems.append(problems.TEXT_TITLE.at(self.place(node)))
        elif level > min(self.level + 1, 3):
            self.problems.append(problems.TEXT_LEVEL.at(self.place(node), text=text))
        self.level = level
        self.blocks.append(Heading(text, level))

    def paragraph(self, node: SyntaxTreeNode) -> None:
        insert = self.insert(node)
        if not self.level:
            self.problems.append(problems.TEXT_TITLE.at(self.place(node)))
            self.level = 1
        self.blocks.append(insert or Paragraph(self.running(node)))

    def insert(self, node: SyntaxTreeNode) -> Insert | None:
        words = node.children[0].content.strip() if node.children else ""
        if words.startswith(MARK[0]) and words.endswith(MARK[-1]) and words[1:-1].isdigit():
            return self.inserts[int(words[1:-1])]
        return None

    def listing(self, node: SyntaxTreeNode) -> None:
        items: list[Running] = []
        for item in node.children:
            parts = [self.running(part) for part in item.children if part.type == "paragraph"]
            for part in item.children:
                if part.type != "paragraph":
                    self.refuse(part)
            items.append(_joined(parts))
        self.blocks.append(Listing(tuple(items), numbered=node.type == "ordered_list"))

    def quote(self, node: SyntaxTreeNode) -> None:
        """Read a quotation; a last line that begins with a dash says whose words they are."""
        lines = "\n".join(_plain(self.running(part)) for part in node.children).split("\n")
        by = ""
        if len(lines) > 1 and lines[-1].startswith(_DASHES):
            by = lines.pop().lstrip("—–- ")
        self.blocks.append(Quote(" ".join(lines), by))

    def table(self, node: SyntaxTreeNode) -> None:
        rows = [
            tuple(_plain(self.running(cell)) for cell in row.children)
            for part in node.children
            for row in part.children
        ]
        self.blocks.append(Grid(rows[0], tuple(rows[1:])))

    def running(self, node: SyntaxTreeNode) -> Running:
        spans = tuple(
            span for inline in node.children for span in self.spans(inline.children, Span(""))
        )
        if any(span.bold or span.italic or span.link for span in spans):
            return spans
        return "".join(str(span.text) for span in spans)

    def spans(self, nodes: Sequence[SyntaxTreeNode], around: Span) -> Iterator[Span]:
        for node in nodes:
            if node.type == "text":
                yield replace(around, text=node.content)
            elif node.type in ("softbreak", "hardbreak"):
                # A quotation needs its lines; elsewhere a line's end is a space.
                yield replace(around, text="\n" if _in_quote(node) else " ")
            elif node.type == "strong":
                yield from self.spans(node.children, replace(around, bold=True))
            elif node.type == "em":
                yield from self.spans(node.children, replace(around, italic=True))
            elif node.type == "link":
                link = str(node.attrs.get("href", ""))
                yield from self.spans(node.children, replace(around, link=link))
            else:
                self.refuse(node)


def _in_quote(node: SyntaxTreeNode) -> bool:
    parent = node.parent
    while parent is not None and parent.type != "blockquote":
        parent = parent.parent
    return parent is not None


def _plain(running: Running) -> str:
    if isinstance(running, tuple):
        return "".join(str(span.text) for span in running)
    return str(running)


def _joined(parts: Sequence[Running]) -> Running:
    if len(parts) == 1:
        return parts[0]
    return " ".join(map(_plain, parts))
