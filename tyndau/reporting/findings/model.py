"""What a finding is, and the facts that its sentence is made from.

In: nothing. Out: `Claim`, which points to cells of tables; `Finding`, a sentence with its claims;
and facts, one class for each kind of sentence, which hold labels and values ready to be said.
"""

from dataclasses import dataclass
from typing import Literal

from tyndau.base.languages import Text

Relation = Literal[
    "share", "mean", "base", "most", "higher", "lower", "pair", "more", "no_difference", "untested"
]
Kind = Literal["distribution", "difference", "none_found", "untested"]


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that a sentence says of cells, so that it can be held against them.

    Attributes
    ----------
    relation : str
        ``share`` and ``mean``: the value is said; of several rows their sum. ``base``: how many
        were asked. ``most``: no answer in the column has a larger share. ``higher``, ``lower``: the
        column differs significantly from the rest of the table's base. ``pair``: it is
        significantly higher than the column ``other``. ``more``: ``other`` further cells of the
        group differ from the rest. ``no_difference``: no cell of the group differs from the rest or
        from another. ``untested``: fewer than two columns of the group have a base that is tested.
    table : int
        Index of the table among those of the question.
    rows : tuple of int
        Rows that are spoken of.
    column : int
        The column; 0 is the total.
    group : int
        The group of columns, for claims about all of it; else -1.
    other : int
        The other column of a pair, or the number of further cells; else -1.
    """

    relation: Relation
    table: int
    rows: tuple[int, ...] = ()
    column: int = 0
    group: int = -1
    other: int = -1


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence with what it claims.

    Attributes
    ----------
    text : Text
        In both languages.
    claims : tuple of Claim
        In the order of the sentence.
    kind : {"distribution", "difference", "none_found", "untested"}
        What it is about: the answers of all who were asked, groups that differ, groups of which
        none was found to, groups too small to be tested.
    """

    text: Text
    claims: tuple[Claim, ...]
    kind: Kind


@dataclass(frozen=True, slots=True)
class Share:
    """An answer and the percentage that gave it.

    Attributes
    ----------
    label : Text
        The answer.
    value : float
        0 to 100.
    """

    label: Text
    value: float


@dataclass(frozen=True, slots=True)
class Leaders:
    """The answers given most often, the first of them on equal terms.

    Attributes
    ----------
    first : tuple of Share
        The most frequent; several where they are equal as printed.
    then : tuple of Share
        Those that follow.
    several : bool
        Whether several answers were possible.
    """

    first: tuple[Share, ...]
    then: tuple[Share, ...]
    several: bool


@dataclass(frozen=True, slots=True)
class Asides:
    """Answers without a meaning of their own, and those who left the question empty.

    Attributes
    ----------
    shares : tuple of Share
        "Don't know" and its like.
    refused, empty : float or None
        Percentage that refused to answer and without an answer; None where it is not worth a word.
    """

    shares: tuple[Share, ...]
    refused: float | None
    empty: float | None


@dataclass(frozen=True, slots=True)
class Side:
    """Answers on one side of a scale.

    Attributes
    ----------
    labels : tuple of Text
        The answers.
    scores : tuple of float
        Their scores where the labels say them; else empty.
    value : float
        Their percentages together.
    """

    labels: tuple[Text, ...]
    scores: tuple[float, ...]
    value: float


@dataclass(frozen=True, slots=True)
class Sides:
    """A scale by its sides, with its mean.

    Attributes
    ----------
    sides : tuple of Side
        The heavier first, the middle last.
    mean : float
        Mean score.
    lowest, highest : float
        Ends of the scale.
    """

    sides: tuple[Side, ...]
    mean: float
    lowest: float
    highest: float


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of answers that are numbers.

    Attributes
    ----------
    value : float
        The mean.
    """

    value: float


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a banner with its value.

    Attributes
    ----------
    label : Text
        Its head.
    value : float
        A percentage or a mean.
    place : bool
        Whether it is a territory of the study.
    """

    label: Text
    value: float
    place: bool


@dataclass(frozen=True, slots=True)
class Deviation:
    """Columns of a group that differ from the rest in one answer, or in the mean.

    Attributes
    ----------
    by : Text
        Title of the variable.
    answer : Text or None
        The answer; None for the mean.
    several : bool
        Whether several answers were possible.
    higher, lower : tuple of Column
        Columns above and below the rest.
    total : float
        Value of all together.
    """

    by: Text
    answer: Text | None
    several: bool
    higher: tuple[Column, ...]
    lower: tuple[Column, ...]
    total: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Two columns of a group of which one is higher.

    Attributes
    ----------
    by : Text
        Title of the variable.
    answer : Text or None
        The answer; None for the mean.
    several : bool
        Whether several answers were possible.
    high, low : Column
        The two columns.
    """

    by: Text
    answer: Text | None
    several: bool
    high: Column
    low: Column


@dataclass(frozen=True, slots=True)
class More:
    """How many further cells differ from the rest, by variable.

    Attributes
    ----------
    counts : tuple of (Text, int)
        Title and number.
    """

    counts: tuple[tuple[Text, int], ...]


@dataclass(frozen=True, slots=True)
class NoDifference:
    """Groups of columns in which nothing differs.

    Attributes
    ----------
    by : tuple of Text
        Titles of the variables.
    """

    by: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Untested:
    """Groups of columns too small to be tested.

    Attributes
    ----------
    by : tuple of Text
        Titles of the variables.
    """

    by: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class LowBase:
    """How few were asked.

    Attributes
    ----------
    count : int
        People.
    """

    count: int


Fact = Leaders | Asides | Sides | Mean | Deviation | Pair | More | NoDifference | Untested | LowBase
Selected = tuple[Fact, tuple[Claim, ...], Kind]
