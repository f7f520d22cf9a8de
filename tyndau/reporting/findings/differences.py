"""Choosing what is said of differences between groups, by the tests of the tables alone.

In: the tables of one question by banners, and the codes of the study's territories. Out: facts with
the claims that their sentences will make. Of each variable the largest deviation is told, of the
others how many there are; a variable is never passed over because nothing was found in it.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from tyndau.base.frames import MEANINGS
from tyndau.base.languages import Text
from tyndau.reporting.cells import answers, at, mean_row, meaning, printed
from tyndau.reporting.findings.model import (
    Claim,
    Column,
    Deviation,
    More,
    NoDifference,
    Pair,
    Relation,
    Selected,
    Untested,
)
from tyndau.tabulation.table import Table

# Columns named on each side of a comparison.
_MOST_COLUMNS = 3
_VERSUS = ("higher", "lower")


def differences(tables: Sequence[Table], places: Set[str]) -> Iterator[Selected]:
    """Go through what is said of groups.

    Parameters
    ----------
    tables : sequence of Table
        Tables of one question; of a sample that allows no tests nothing is said.
    places : set of str
        Codes of the study's territories: columns of these codes are named as places.

    Yields
    ------
    tuple of (Fact, tuple of Claim, Kind)
        Differences, then where nothing was found, then what was not tested.
    """
    groups = [
        _Group(index, table, group, places)
        for index, table in enumerate(tables)
        for group in range(len(table.groups))
        if table.columns[0].base and table.method.inference != "none"
    ]
    tested = [group for group in groups if len(group.tested) > 1]
    more: list[tuple[_Group, int]] = []
    for group in tested:
        said: list[tuple[int, int]] = []
        for fact, claims, kind in _largest(group):
            yield fact, claims, kind
            said.extend((one.rows[0], one.column) for one in claims if one.relation in _VERSUS)
        left = int((group.table.versus_rest[:, group.columns] != 0).sum()) - len(said)
        if left:
            more.append((group, left))
    if more:
        counts = tuple((group.title, count) for group, count in more)
        further = tuple(
            Claim("more", group.at, group=group.index, other=count) for group, count in more
        )
        yield More(counts), further, "difference"
    without = [group for group in tested if not (group.differs or group.hides)]
    if without:
        found = tuple(Claim("no_difference", one.at, group=one.index) for one in without)
        yield NoDifference(tuple(one.title for one in without)), found, "none_found"
    untested = [group for group in groups if len(group.tested) < 2]
    if untested:
        small = tuple(Claim("untested", one.at, group=one.index) for one in untested)
        yield Untested(tuple(one.title for one in untested)), small, "untested"


@dataclass(frozen=True, slots=True)
class _Group:
    """The columns of one variable of a banner in one of the tables."""

    at: int
    table: Table
    index: int
    places: Set[str]

    @property
    def title(self) -> Text:
        return self.table.groups[self.index].title

    @property
    def columns(self) -> list[int]:
        heads = enumerate(self.table.columns)
        return [column for column, head in heads if head.group == self.index and head.base]

    @property
    def tested(self) -> list[int]:
        return [column for column in self.columns if self.table.columns[column].mark != "**"]

    @property
    def differs(self) -> bool:
        versus = self.table.versus_rest[:, self.columns]
        pairs = self.table.higher_than[:, self.columns]
        return bool(versus.any() or pairs.any())

    @property
    def hides(self) -> bool:
        """Whether an edition does not show some of it: a difference may be among that."""
        hidden = self.table.hidden
        return bool(self.table.left_out) or (
            hidden is not None and bool(hidden[:, self.tested].any())
        )

    @property
    def named(self) -> list[int]:
        """Columns that may be named: tested, and of people of whom something is known."""
        heads = self.table.columns
        return [column for column in self.tested if not MEANINGS.get(heads[column].answer)]

    def column(self, row: int, column: int) -> Column:
        head = self.table.columns[column]
        return Column(head.named, at(self.table, row, column), head.code in self.places)


def _largest(group: _Group) -> Iterator[Selected]:
    """Tell the largest deviation from the rest; where there is none, the largest pair."""
    far: dict[int, float] = {}
    for row in _rows(group.table):
        gaps = [abs(_gap(group, row, column)) for column in _deviating(group, row)]
        if gaps:
            far[row] = max(gaps)
    mean = mean_row(group.table)
    if mean in far:
        yield _deviation(group, mean)
    elif far:
        yield _deviation(group, max(far, key=lambda row: far[row]))
    else:
        yield from _pair(group)


def _rows(table: Table) -> list[int]:
    """Return the rows worth a sentence: answers of people who said something, and the mean.

    A net says again what its answers say.
    """
    aside = {row for row, category in answers(table) if meaning(category) == "other"}
    heads = enumerate(table.rows)
    return [row for row, head in heads if head.kind in ("answer", "mean") and row not in aside]


def _gap(group: _Group, row: int, column: int) -> float:
    return at(group.table, row, column) - at(group.table, row, 0)


def _deviating(group: _Group, row: int) -> list[int]:
    """Return the columns that differ from the rest in a row, visibly so, the farthest first."""
    table = group.table
    columns = [
        column
        for column in group.named
        if table.versus_rest[row, column] * _gap(group, row, column) > 0
        and _worth_naming(table, row, column, 0)
    ]
    return sorted(columns, key=lambda column: -abs(_gap(group, row, column)))


def _deviation(group: _Group, row: int) -> Selected:
    table = group.table
    columns = _deviating(group, row)
    higher = [one for one in columns if table.versus_rest[row, one] > 0][:_MOST_COLUMNS]
    lower = [one for one in columns if table.versus_rest[row, one] < 0][:_MOST_COLUMNS]
    value = _relation(table, row)
    claims = [Claim("higher", group.at, (row,), one) for one in higher]
    claims += [Claim("lower", group.at, (row,), one) for one in lower]
    claims += [Claim(value, group.at, (row,), one) for one in (*higher, *lower, 0)]
    fact = Deviation(
        group.title,
        _answer(table, row),
        table.question.kind == "multiple",
        tuple(group.column(row, one) for one in higher),
        tuple(group.column(row, one) for one in lower),
        at(table, row, 0),
    )
    return fact, tuple(claims), "difference"


def _pair(group: _Group) -> Iterator[Selected]:
    table = group.table
    found = _pairs(group, group.named)
    # Where nothing else is told of the group, people of whom nothing is known are named too.
    if not found and not table.versus_rest[:, group.columns].any():
        found = _pairs(group, group.tested)
    if not found:
        return
    _, row, high, low = max(found)
    value = _relation(table, row)
    fact = Pair(
        group.title,
        _answer(table, row),
        table.question.kind == "multiple",
        group.column(row, high),
        group.column(row, low),
    )
    claims = (
        Claim("pair", group.at, (row,), high, other=low),
        Claim(value, group.at, (row,), high),
        Claim(value, group.at, (row,), low),
    )
    yield fact, claims, "difference"


def _pairs(group: _Group, columns: Sequence[int]) -> list[tuple[float, int, int, int]]:
    """Return pairs of columns that differ: by how much, in which row, the higher, the lower."""
    table = group.table
    return [
        (at(table, row, high) - at(table, row, low), row, high, low)
        for row in _rows(table)
        for high in columns
        for low in columns
        if table.higher_than[row, high, low] and _worth_naming(table, row, high, low)
    ]


def _worth_naming(table: Table, row: int, one: int, other: int) -> bool:
    """Tell whether two values differ as printed, and by as much as the study finds worth naming."""
    if printed(table, row, one) == printed(table, row, other):
        return False
    gap = abs(at(table, row, one) - at(table, row, other))
    return not table.rows[row].is_share or gap >= table.method.comparing.least_difference


def _relation(table: Table, row: int) -> Relation:
    return "mean" if table.rows[row].kind == "mean" else "share"


def _answer(table: Table, row: int) -> Text | None:
    return None if table.rows[row].kind == "mean" else table.rows[row].label
