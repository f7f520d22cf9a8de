"""The report model: blocks that every writer can set, and that know nothing of statistics.

In: nothing; builders such as `tyndau.reporting.volume` make documents. Out: a `Document` whose
blocks hold texts in all languages and numbers with the decimals to show. A writer turns it and a
language into a file; it rounds and computes nothing else: a number is the same in each of them.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from tyndau.base.languages import Sayable, Text

# In place of a hidden number: a Cyrillic letter, as in Kazakhstan's official statistics.
HIDDEN = "х"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading.

    Attributes
    ----------
    text : Text, Message or str
        What it says.
    level : int
        1 for a chapter, 2 for a section, 3 for a part of it; levels are never skipped.
    """

    text: Sayable
    level: int = 1


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of running text in one typeface.

    Attributes
    ----------
    text : Text, Message or str
        What it says, spaces around it included.
    bold, italic : bool
        How it is set.
    link : str
        Address that it leads to; empty where it leads nowhere.
    """

    text: Sayable
    bold: bool = False
    italic: bool = False
    link: str = ""


Running = Sayable | tuple[Span, ...]


def spans(text: Running) -> tuple[Span, ...]:
    """Return a running text as its spans.

    Parameters
    ----------
    text : Text, Message, str or tuple of Span
        A text of one or of several typefaces.

    Returns
    -------
    tuple of Span
        One for a text of one typeface.
    """
    return text if isinstance(text, tuple) else (Span(text),)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text.

    Attributes
    ----------
    text : Text, Message, str or tuple of Span
        What it says.
    style : {"body", "note", "lead"}
        ``note`` is set smaller; ``lead`` is bold and stays with what follows: a question's wording.
    """

    text: Running
    style: Literal["body", "note", "lead"] = "body"


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of points.

    Attributes
    ----------
    items : tuple of (Text, Message, str or tuple of Span)
        In order.
    numbered : bool
        Whether they are counted 1, 2, 3; else bullets.
    """

    items: tuple[Running, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody said, in the attribution that this person approved.

    Attributes
    ----------
    text : Text, Message or str
        The words, without quotation marks.
    by : Text, Message or str
        Who said it; never a name that was not approved.
    """

    text: Sayable
    by: Sayable


@dataclass(frozen=True, slots=True)
class Grid:
    """A plain table of words, such as abbreviations or items of disclosure.

    Attributes
    ----------
    heads : tuple of Text, Message or str
        Heads of the columns; they repeat on each page.
    rows : tuple of tuple of Text, Message or str
        The cells, as many a row as there are heads.
    widths : tuple of float
        Shares of the page's width, in sum 1; equal where empty.
    """

    heads: tuple[Sayable, ...]
    rows: tuple[tuple[Sayable, ...], ...]
    widths: tuple[float, ...] = ()


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


CrossKind = Literal["base", "percent", "net", "mean", "sd", "index"]


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
        ``*`` a low base, ``**`` one too low to test.
    within : tuple of (Text, Message or str)
        What stands between group and label where columns are nested, the outermost first.
    """

    label: Sayable
    group: Sayable
    letter: str = ""
    mark: Literal["", "*", "**"] = ""
    within: tuple[Sayable, ...] = ()


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
        How it differs from the rest; of samples side by side from the one before.
    hidden : bool
        Whether this edition does not show it; it has no value then.
    people : bool
        Whether it is a number of people in a row of percentages.
    """

    value: float | None
    letters: str = ""
    versus_rest: Literal["higher", "lower", ""] = ""
    hidden: bool = False
    people: bool = False


@dataclass(frozen=True, slots=True)
class CrossRow:
    """A row of a cross table.

    Attributes
    ----------
    label : Text, Message or str
        Its head.
    cells : tuple of CrossCell
        One a column.
    kind : {"base", "percent", "net", "mean", "sd", "index"}
        What the values are; a net is of several answers, an index in hundredths of the total's.
    decimals : int
        Digits after the decimal separator that readers see.
    """

    label: Sayable
    cells: tuple[CrossCell, ...]
    kind: CrossKind = "percent"
    decimals: int = 0

    @property
    def is_share(self) -> bool:
        """Whether its values are percentages of respondents."""
        return self.kind in ("percent", "net")


@dataclass(frozen=True, slots=True)
class CrossTable:
    """A cross table with its number and title.

    Attributes
    ----------
    number : int
        Number of the table in the document, from 1.
    title, base : Text, Message or str
        The question's wording; who was asked, in words, and how many.
    by : tuple of Text, Message or str
        By whom: the titles of the banner's variables.
    columns : tuple of CrossColumn
        The total first, where there is one: then it has no group; groups stand side by side.
    rows : tuple of CrossRow
        Bases, then answers and nets, then means, then indices.
    tested : bool
        Whether letters and comparisons may occur, for which a writer keeps room.
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


ChartKind = Literal["bars", "diverging", "stacked", "grouped", "panels"]


@dataclass(frozen=True, slots=True)
class Series:
    """The values of a chart that share a colour, or in small multiples a panel.

    Attributes
    ----------
    label : Text, Message or str
        Its name; empty where a chart has one series only.
    values : tuple of float or None
        One a category of the chart; None where it is hidden.
    side : {"", "negative", "neutral", "positive", "aside"}
        In a diverging chart where its bars stand; answers without a score apart, at the right.
    """

    label: Sayable
    values: tuple[float | None, ...]
    side: Literal["", "negative", "neutral", "positive", "aside"] = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its number, wording and base: every writer draws the same values.

    Attributes
    ----------
    number : int
        Number of the chart in the document, from 1.
    title, base : Text, Message or str
        The question's wording; who was asked and how many, which stands under the chart.
    kind : {"bars", "diverging", "stacked", "grouped", "panels"}
        ``bars``: one series of horizontal bars. ``diverging``: answers of a scale (series) around a
        middle. ``stacked``: answers (series) that add to 100. ``grouped``: populations (series)
        side by side. ``panels``: small multiples, a series a panel.
    categories : tuple of Text, Message or str
        In the order of reading, from the top.
    series : tuple of Series
        In the order of reading, from the left.
    aside : frozenset of int
        Categories that stand apart at the end: "don't know", "refused".
    decimals : int
        Digits after the decimal separator in labels of values.
    unit : {"percent", "mean"}
        What the values are; percentages are drawn on an axis from 0 to 100.
    notes : tuple of Text, Message or str
        What stands under the base: several answers, low bases.
    """

    number: int
    title: Sayable
    base: Sayable
    kind: ChartKind
    categories: tuple[Sayable, ...]
    series: tuple[Series, ...]
    aside: frozenset[int] = frozenset()
    decimals: int = 0
    unit: Literal["percent", "mean"] = "percent"
    notes: tuple[Sayable, ...] = ()


Block = Heading | Paragraph | Listing | Quote | Facts | Grid | CrossTable | Chart


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
        The date of creation that files carry, so that the same content gives the same bytes.
    footer : Text, Message or str
        What stands at the foot of each page.
    banner : Text, Message or str
        What must be read on every page, sheet, slide and picture: that the values are simulated.
    cover : tuple of Fact
        What stands on the title page under title and subtitle.
    layout : {"report", "sheet"}
        A ``report`` has a title page and contents; a ``sheet`` of a page or a few, to be taken
        along, begins with its first block.
    """

    title: Text
    subtitle: Sayable
    sections: tuple[Section, ...]
    author: Sayable = ""
    dated: date | None = None
    footer: Sayable = ""
    banner: Sayable = ""
    cover: tuple[Fact, ...] = ()
    layout: Literal["report", "sheet"] = "report"
