"""The published volume against the wave from which it should come.

In: printed tables and `tyndau.tabulation`'s tables of the same questions and banners. Out: what
the wave expects, cell by cell, with the differences in people; and which differences stand out.
The wave is one witness among others: `tyndau.proofing.locate` weighs it against the print.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tyndau.base.languages import N_, Message, Number
from tyndau.proofing.intervals import Interval
from tyndau.proofing.published import Cell, PublishedTable
from tyndau.proofing.reading import Signal, Spot
from tyndau.tabulation.table import Table

_WAVE = N_("The study's wave has {percent} % here: {people} of {base} people.")

# Percentages are computed in floating point; a difference this small is none.
_FLOAT_ERROR = 1e-9

# A difference stands out if fewer cells than this would differ so much by ordinary disagreement.
_EXPECTED_BY_CHANCE = 0.05


@dataclass(frozen=True, slots=True)
class Expected:
    """What the wave gives for a published table.

    Attributes
    ----------
    base : dict of str to int
        People in each column who were asked, by code.
    size : dict of str to Fraction
        The sum of their weights.
    percent : dict of (str, str) to float
        Unrounded percentages by (answer, column).
    exclusive : frozenset of str
        Answers that stand alone, such as "don't know".
    """

    base: Mapping[str, int]
    size: Mapping[str, Fraction]
    percent: Mapping[Cell, float]
    exclusive: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that the wave does not round to the printed figure.

    Attributes
    ----------
    spot : (int, str, str)
        Table, answer, column.
    percent : float
        What the wave gives, unrounded.
    people : int
        How many people more or fewer would give the printed figure, 1 or more.
    """

    spot: Spot
    percent: float
    people: int


def expected_from(table: Table) -> Expected:
    """Take from a computed table what can be compared with a published one.

    Parameters
    ----------
    table : Table
        One question by one banner.

    Returns
    -------
    Expected
        Its answers' percentages and its columns' bases; of columns that share a code, none.
    """
    named = Counter(head.code for head in table.columns)
    # Variables side by side may have the same codes: such a code tells no column from the other.
    columns = [(c, head) for c, head in enumerate(table.columns) if c == 0 or named[head.code] == 1]
    return Expected(
        base={head.code: head.base for _, head in columns},
        size={head.code: Fraction(head.weighted_base) for _, head in columns},
        percent={
            (row.code, head.code): float(table.percent[r, c])
            for r, row in enumerate(table.rows)
            if row.kind == "answer"
            for c, head in columns
        },
        exclusive=frozenset(c.code for c in table.question.categories if c.exclusive),
    )


def differences(index: int, table: PublishedTable, expected: Expected) -> list[Difference]:
    """Find the cells that differ from the wave by more than rounding.

    Parameters
    ----------
    index : int
        The table's place in the volume.
    table : PublishedTable
        As printed.
    expected : Expected
        What the wave gives; cells that it does not know are passed over.

    Returns
    -------
    list of Difference
        In print order.
    """
    found = []
    for (code, column), printed in table.percent.items():
        percent = expected.percent.get((code, column))
        base = expected.base.get(column, 0)
        if percent is None or not base:
            continue
        away = abs(percent - float(printed)) - float(table.half)
        if away > _FLOAT_ERROR:
            count = math.ceil(away * base / 100 - _FLOAT_ERROR)
            found.append(Difference((index, code, column), percent, count))
    return found


def wave_signal(difference: Difference, table: PublishedTable, expected: Expected) -> Signal:
    """Turn a difference into a signal to be weighed with those of the print.

    Parameters
    ----------
    difference : Difference
        The difference.
    table : PublishedTable
        Its table.
    expected : Expected
        What the wave gives for the table.

    Returns
    -------
    Signal
        Settled by the wave's figure in this cell; never firm.
    """
    index, code, column = difference.spot
    exact = Fraction(difference.percent)
    base = expected.base[column]
    words: dict[str, object] = {
        "percent": Number(difference.percent, 1),
        "people": round(difference.percent * base / 100),
        "base": base,
    }
    return Signal(
        "wave", index, code, column,
        {difference.spot: Interval(exact - table.half, exact + table.half)},
        Fraction(difference.people), False, Message(_WAVE, words),
    )  # fmt: skip


def standing_out(people: Sequence[int]) -> int:
    """Say from how many people on a difference is more than ordinary disagreement.

    A volume made from a slightly earlier revision of the data differs from the wave in many cells
    by a person or two; a slip of the print differs by any number. So each difference is judged by
    the smaller ones of the same volume: where there are none, two people stand out.

    Parameters
    ----------
    people : sequence of int
        All differences that nothing else explains, in people, each 1 or more.

    Returns
    -------
    int
        The least difference that stands out, 2 or more.

    Notes
    -----
    The m differences below d are taken for geometric, P(X >= d) = r^(d-1), with r estimated as
    (Σ(x - 1) + 1/2) / (Σ x + 1); d stands out if m·r^(d-1) < 0.05 cells are expected.
    """
    threshold = 2
    while True:
        smaller = [count for count in people if count < threshold]
        total = sum(smaller)
        ratio = (total - len(smaller) + 0.5) / (total + 1)
        if len(smaller) * ratio ** (threshold - 1) < _EXPECTED_BY_CHANCE:
            return threshold
        threshold += 1
