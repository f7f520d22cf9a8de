"""The report model: blocks that every writer can set, and that know nothing of statistics.

In: nothing; builders such as `tyndau.reporting.volume` make documents. Out: a `Document` whose
blocks hold texts in all languages and numbers with the number of decimals to show. A writer turns a
document and a language into a file; it rounds by ``decimals`` and computes nothing else, so that a
number is the same in each format and language.
"""

from dataclasses import dataclass, field
from typing import Literal

from tyndau.base.languages import Sayable, Text


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading.

    Attributes
    ----------
    text : Text, Message or str
        What it says.
    level : int
        1 for a chapter, 2 for a section.
    """

    text: Sayable
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text.

    Attributes
    ----------
    text : Text, Message or str
        What it says.
    style : {"body", "base", "note"}
        ``base`` says who was asked; ``note`` stands under a table.
    """

    text: Sayable
    style: Literal["body", "base", "note"] = "body"


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of a list of facts, such as who ordered the study.

    Attributes
    ----------
    name, value : Text, Message or str
        What it is and what it says.
    """

    name: Sayable
    value: Sayable


@dataclass(frozen=True, slots=True)
class Facts:
    """A list of facts.

    Attributes
    ----------
    facts : tuple of Fact
        In order.
    """

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class CrossColumn:
    """A column of a cross table.

    Attributes
    ----------
    label : Text, Message or str
        Its head.
    group : Text, Message or str
        What stands above it and its neighbours; empty for the total.
    letter : str
        Its letter in tests; empty for the total.
    base : int
        Unweighted base.
    effective_base : float or None
        Effective base; None where data are unweighted.
    mark : str
        ``*``, ``**`` or empty.
    """

    label: Sayable
    group: Sayable
    letter: str
    base: int
    effective_base: float | None
    mark: str


@dataclass(frozen=True, slots=True)
class CrossCell:
    """A cell of a cross table.

    Attributes
    ----------
    value : float or None
        A percentage 0 to 100 or a mean; None where there is no base.
    letters : str
        Letters of the columns that it is significantly higher than.
    versus_rest : {"higher", "lower", ""}
        How it differs from the rest.
    """

    value: float | None
    letters: str = ""
    versus_rest: Literal["higher", "lower", ""] = ""


@dataclass(frozen=True, slots=True)
class CrossRow:
    """A row of a cross table.

    Attributes
    ----------
    label : Text, Message or str
        Its head.
    cells : tuple of CrossCell
        One a column.
    kind : {"percent", "mean"}
        How the values are shown.
    decimals : int
        Digits after the decimal separator.
    """

    label: Sayable
    cells: tuple[CrossCell, ...]
    kind: Literal["percent", "mean"] = "percent"
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class CrossTable:
    """A cross table with its number and title.

    Attributes
    ----------
    number : int
        Number of the table in the document, from 1.
    title : Text, Message or str
        What it shows.
    columns : tuple of CrossColumn
        The total first.
    rows : tuple of CrossRow
        Answers, then means.
    chart : bool
        Whether a chart of the total column stands beside it.
    notes : tuple of Text, Message or str
        What stands under it: method, marks.
    """

    number: int
    title: Sayable
    columns: tuple[CrossColumn, ...]
    rows: tuple[CrossRow, ...]
    chart: bool = False
    notes: tuple[Sayable, ...] = ()


Block = Heading | Paragraph | Facts | CrossTable


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document that a contents list names: in a workbook a sheet.

    Attributes
    ----------
    key : str
        Short name without spaces, unique in the document: a sheet's name, an anchor.
    title : Text, Message or str
        What the contents say.
    blocks : tuple of Block
        What it holds, in order.
    """

    key: str
    title: Sayable
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A document to be written in any language and format.

    Attributes
    ----------
    title : Text
        Its title.
    subtitle : Text, Message or str
        What kind of document it is.
    sections : tuple of Section
        In order.
    footer : Text, Message or str
        What stands at the foot of each page.
    """

    title: Text
    subtitle: Sayable
    sections: tuple[Section, ...]
    footer: Sayable = field(default="")
