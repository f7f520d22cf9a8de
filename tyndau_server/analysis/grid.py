"""A cross table as rows of HTML cells: rounded, said in a language, nothing else.

In: a cross table of the report model, a language. Out: heads with their spans and cells with the
words that are shown and those that are only read aloud. The same numbers as in the volume: whole
percentages, a dash for none, an empty cell where there is no base.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tyndau.base.languages import N_, Message, number, say
from tyndau.reporting.model import HIDDEN, CrossCell, CrossRow, CrossTable
from tyndau.reporting.printed import UpperHead, upper_heads

# Kazakh sets the percent sign close, Russian after a space (Unicode CLDR).
_PERCENT = {"kk": "%", "ru": "\u00a0%", "en": "%"}
_DASH = "–"
_ARROWS = {"higher": "▲", "lower": "▼", "": ""}

_HIGHER = N_("higher than among the rest")
_LOWER = N_("lower than among the rest")
_LETTERS = N_("higher than in columns {letters}")
_NO_BASE = N_("no base")
_NOT_SHOWN = N_("not shown")
_LOW = N_("low base")
_TOO_LOW = N_("base too low to test")
_SPOKEN = {"higher": _HIGHER, "lower": _LOWER}
_MARKS = {"*": _LOW, "**": _TOO_LOW}


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column.

    Attributes
    ----------
    label, letter, mark : str
        What it says.
    mark_words : str
        What the mark means, read aloud.
    first : bool
        Whether a group begins here.
    """

    label: str
    letter: str
    mark: str
    mark_words: str
    first: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell.

    Attributes
    ----------
    value : str
        The number as shown; a sign where it is hidden; empty where there is no base.
    arrow, letters : str
        Signs beside it.
    words : str
        What the signs mean, read aloud.
    versus : {"higher", "lower", ""}
        How it differs from the rest.
    untested : bool
        Whether its column has too low a base to be tested.
    first : bool
        Whether a group begins here.
    """

    value: str
    arrow: str
    letters: str
    words: str
    versus: str
    untested: bool
    first: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row.

    Attributes
    ----------
    label : str
        Its head.
    kind : {"base", "percent", "net", "mean", "sd", "index"}
        What its values are.
    cells : tuple of Cell
        One a column.
    """

    label: str
    kind: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table ready to be set.

    Attributes
    ----------
    upper : tuple of tuple of UpperHead
        What stands above the heads of columns, from the top; the total is not among it.
    heads : tuple of Head
        The heads of the columns.
    rows : tuple of Row
        In order.
    lettered : bool
        Whether columns have letters.
    """

    upper: tuple[tuple[UpperHead, ...], ...]
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    lettered: bool

    @property
    def head_rows(self) -> int:
        """How many rows of heads there are."""
        return self.total_rows + (1 if self.lettered else 0)

    @property
    def total_rows(self) -> int:
        """Over how many rows of heads that of the total goes down."""
        return len(self.upper) + 1


def grid(table: CrossTable, language: str) -> Grid:
    """Make a table ready to be set.

    Parameters
    ----------
    table : CrossTable
        The table.
    language : str
        ``kk``, ``ru`` or ``en``.

    Returns
    -------
    Grid
        Heads and rows in that language.
    """
    first = _begins(table)
    heads = tuple(
        Head(
            say(column.label, language),
            column.letter,
            column.mark,
            Message(_MARKS[column.mark]).say(language) if column.mark else "",
            first[place],
        )
        for place, column in enumerate(table.columns)
    )
    return Grid(
        upper=tuple(map(tuple, upper_heads(table.columns[1:], language))),
        heads=heads,
        rows=tuple(
            Row(say(row.label, language), row.kind, tuple(_cells(table, row, first, language)))
            for row in table.rows
        ),
        lettered=any(head.letter for head in heads),
    )


def _begins(table: CrossTable) -> list[bool]:
    groups = [(column.group, column.within) for column in table.columns]
    return [place > 0 and groups[place - 1] != group for place, group in enumerate(groups)]


def _cells(table: CrossTable, row: CrossRow, first: list[bool], language: str) -> Iterator[Cell]:
    # Beyond Z letters are double, and spaces stand between them.
    double = any(len(column.letter) > 1 for column in table.columns)
    for place, cell in enumerate(row.cells):
        yield Cell(
            value=_value(cell, row, language),
            arrow=_ARROWS[cell.versus_rest],
            letters=cell.letters,
            words=_words(cell, double, language),
            versus=cell.versus_rest,
            untested=table.columns[place].mark == "**" and row.kind != "base",
            first=first[place],
        )


def _value(cell: CrossCell, row: CrossRow, language: str) -> str:
    if cell.hidden:
        return HIDDEN
    if cell.value is None:
        return ""
    if row.is_share and cell.value == 0:
        return _DASH
    words = number(cell.value, language, decimals=row.decimals).replace("-", "\u2212")
    return words + _PERCENT[language] if row.is_share else words


def _words(cell: CrossCell, double: bool, language: str) -> str:
    if cell.hidden:
        return Message(_NOT_SHOWN).say(language)
    if cell.value is None:
        return Message(_NO_BASE).say(language)
    parts = []
    if cell.versus_rest:
        parts.append(Message(_SPOKEN[cell.versus_rest]).say(language))
    if cell.letters:
        letters = cell.letters.split() if double else list(cell.letters)
        parts.append(Message(_LETTERS, {"letters": letters}).say(language))
    return ", ".join(parts)
