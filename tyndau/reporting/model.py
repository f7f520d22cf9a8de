"""The report model: blocks that every writer can set, and that know nothing of statistics.

In: nothing; builders such as `tyndau.reporting.volume` make documents. Out: a `Document` whose
blocks hold texts in all languages and numbers with the number of decimals to show. A writer turns a
document and a language into a file; it rounds by ``decimals`` and computes nothing else, so that a
number is the same in each format and language.
"""

from dataclasses import dataclass
from datetime import date
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
    style : {"body", "note"}
        ``note`` is set smaller: what explains rather than tells.
    """

    text: Sayable
    style: Literal["body", "note"] = "body"


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
        What stands above it and its neighbours of the same group; empty for the total.
    letter : str
        Its letter in tests; empty for the total and where nothing is tested.
    mark : {"", "*", "**"}
        ``*`` a low base, ``**`` one too low to test; a writer shows it at the head.
    """

    label: Sayable
    group: Sayable
    letter: str = ""
    mark: Literal["", "*", "**"] = ""


@dataclass(frozen=True, slots=True)
class CrossCell:
    """A cell of a cross table.

    Attributes
    ----------
    value : float or None
        A number of people, a percentage 0 to 100 or a mean; None where there is no base.
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
    kind : {"base", "percent", "mean"}
        What the values are; a base is a count, weighted or not.
    decimals : int
        Digits after the decimal separator that readers see.
    """

    label: Sayable
    cells: tuple[CrossCell, ...]
    kind: Literal["base", "percent", "mean"] = "percent"
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class CrossTable:
    """A cross table with its number and title.

    Attributes
    ----------
    number : int
        Number of the table in the document, from 1.
    title : Text, Message or str
        What it shows: the question's wording.
    by : tuple of Text, Message or str
        By whom: the titles of the banner's variables.
    base : Text, Message or str
        Who was asked, in words, and how many.
    columns : tuple of CrossColumn
        The total first; columns of one group stand side by side.
    rows : tuple of CrossRow
        Bases, then answers, then means.
    tested : bool
        Whether letters and comparisons may occur, so that a writer keeps room for them.
    chart : bool
        Whether a chart of the total column's percentages goes with it.
    notes : tuple of Text, Message or str
        What stands under it: method, marks.
    """

    number: int
    title: Sayable
    by: tuple[Sayable, ...]
    base: Sayable
    columns: tuple[CrossColumn, ...]
    rows: tuple[CrossRow, ...]
    tested: bool = True
    chart: bool = False
    notes: tuple[Sayable, ...] = ()


Block = Heading | Paragraph | Facts | CrossTable


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document that a contents list names: in a workbook a sheet.

    Attributes
    ----------
    key : str
        Name without spaces, unique in the document: an anchor.
    tab : Text, Message or str
        A word or two for narrow places, such as the tab of a sheet.
    title : Text, Message or str
        What the contents say.
    blocks : tuple of Block
        What it holds, in order.
    """

    key: str
    tab: Sayable
    title: Sayable
    blocks: tuple[Block, ...]

    @property
    def tables(self) -> tuple[CrossTable, ...]:
        """The section's cross tables, in order."""
        return tuple(block for block in self.blocks if isinstance(block, CrossTable))


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
    author : Text, Message or str
        Who answers for it.
    dated : date or None
        The date that files carry as their date of creation, so that the same content gives the
        same bytes; None where no date is known.
    footer : Text, Message or str
        What stands at the foot of each page.
    """

    title: Text
    subtitle: Sayable
    sections: tuple[Section, ...]
    author: Sayable = ""
    dated: date | None = None
    footer: Sayable = ""
