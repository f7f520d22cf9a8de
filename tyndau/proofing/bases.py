"""Bases: are they possible, do they add up, which ones hold.

In: printed tables and, where the study knows them, the wave's bases, which follow from routing.
Out: for every table the bases by which its percentages are to be read, and the printed bases that
are wrong, with the evidence. A base that is off by one person where the print does not contradict
itself is counted, not accused.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from tyndau.base.languages import N_, Message
from tyndau.proofing.compare import Expected
from tyndau.proofing.intervals import misprint, share
from tyndau.proofing.published import TOTAL, PublishedTable
from tyndau.proofing.reading import Reading, fit, misfits

_ROUTED = N_(
    "Routing puts the question to {asked} people of the wave in all, {expected} of them in this "
    "column."
)
_ROUTED_TOTAL = N_("Routing puts the question to {asked} people of the wave.")
_LEAVES = N_("The other columns leave {left} of the {total} people of the total.")
_SUM = N_("The columns' bases add to {sum}, the total's base is {total}.")
_EVERYBODY = N_("Only {count} people of this column were interviewed at all (table {table}).")
_FITS = N_("The column's percentages come out in whole people from a base of {base}.")
_OTHERS = N_("The same question is over {base} people in tables {tables}.")
_SAME = N_("The table prints the bases of the tables put to everybody (such as table {table}).")

# A sum of computed percentages; less by a floating-point error is still all.
_FULL = 100 - 1e-6

# A wave's base may differ by so many people before the print alone is doubted.
_OFF_BY_ONE = 1


@dataclass(frozen=True, slots=True)
class WrongBase:
    """A printed base, or all bases of a table, that cannot be right.

    Attributes
    ----------
    table : int
        Index of the table.
    column : str
        The column; the total where the whole table's bases are wrong; empty where they do not add
        up and it does not follow which one is wrong.
    whole_table : bool
        Whether the table's other bases are wrong with it.
    likely : dict of str to int
        The right bases that follow, by column.
    evidence : tuple of Message
        Why.
    """

    table: int
    column: str
    whole_table: bool
    likely: Mapping[str, int]
    evidence: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Bases:
    """What is known of the bases of a volume.

    Attributes
    ----------
    readings : tuple of Reading
        One for each table, with the bases that hold.
    wrong : tuple of WrongBase
        Printed bases that cannot be right.
    off_by_one : tuple of (int, str)
        Table and column of bases that differ from the wave by one person.
    """

    readings: tuple[Reading, ...]
    wrong: tuple[WrongBase, ...]
    off_by_one: tuple[tuple[int, str], ...]


@dataclass(slots=True)
class _Survey:
    """The printed bases of all tables side by side."""

    tables: Sequence[PublishedTable]
    expected: Mapping[int, Expected]
    everybody: int = 0
    open_banners: set[str] = field(default_factory=set)
    overlapping: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        counts = Counter(table.total_base for table in self.tables)
        repeated = [base for base, times in counts.items() if times > 1]
        self.everybody = max(repeated or counts)
        for banner in {table.banner for table in self.tables}:
            sums = [(_sum(t), t.total_base) for t in self.tables if t.banner == banner]
            # A banner whose columns never hold everybody leaves some people in none of them; one
            # whose columns always hold more is of several variables, or of several answers.
            if len(sums) > 1 and all(parts < total for parts, total in sums):
                self.open_banners.add(banner)
            if len(sums) > 1 and all(parts > total for parts, total in sums):
                self.overlapping.add(banner)
        for index, known in self.expected.items():
            table = self.tables[index]
            if sum(known.base.get(column, 0) for column in table.parts) > known.base[TOTAL]:
                self.overlapping.add(table.banner)

    def adds_up(self, table: PublishedTable) -> bool:
        if table.banner in self.overlapping:
            return True
        if table.banner in self.open_banners:
            return _sum(table) <= table.total_base
        return _sum(table) == table.total_base

    def others(self, table: PublishedTable) -> list[PublishedTable]:
        return [t for t in self.tables if t.question == table.question and t is not table]

    def majority(self, table: PublishedTable) -> int | None:
        """Return the base of the question's total in most of its tables, if it is another."""
        votes = Counter(t.total_base for t in self.others(table) if self.adds_up(t))
        ranked = votes.most_common(2)
        if not ranked or ranked[0][0] == table.total_base:
            return None
        own = votes[table.total_base] + 1
        return ranked[0][0] if ranked[0][1] > own else None

    def twin(self, table: PublishedTable, total: int) -> PublishedTable | None:
        """Return a table of the same banner and total base whose bases add up."""
        for other in self.tables:
            alike = other.banner == table.banner and set(other.columns) == set(table.columns)
            if other is not table and alike and other.total_base == total and self.adds_up(other):
                return other
        return None


def _sum(table: PublishedTable) -> int:
    return sum(table.columns[column].base for column in table.parts)


def _printed(table: PublishedTable) -> dict[str, int]:
    return {code: column.base for code, column in table.columns.items()}


def examine_bases(
    tables: Sequence[PublishedTable], expected: Mapping[int, Expected], *, weighted: bool
) -> Bases:
    """Find wrong bases, and the bases by which each table is to be read.

    Parameters
    ----------
    tables : sequence of PublishedTable
        The volume.
    expected : dict of int to Expected
        What the wave gives, by the table's index; tables may be missing.
    weighted : bool
        Whether the volume's percentages are weighted.

    Returns
    -------
    Bases
        Readings, wrong bases and bases off by one.
    """
    survey = _Survey(tables, expected)
    readings, wrong, off_by_one = [], [], []
    for index, table in enumerate(tables):
        known = expected.get(index)
        if known:
            doubts = _against_wave(survey, index, table, known)
            off_by_one += [
                (index, code)
                for code, column in table.columns.items()
                if abs(column.base - known.base.get(code, column.base)) == 1
                and not any(code in doubt.likely for doubt in doubts)
            ]
        else:
            doubts = _alone(survey, index, table)
        wrong += doubts
        base = _printed(table)
        for doubt in doubts:
            # Percentages of nobody cannot be reckoned with: the printed base stays.
            base |= {column: count for column, count in doubt.likely.items() if count}
        readings.append(_reading(index, table, base, known, doubts, weighted=weighted))
    return Bases(tuple(readings), tuple(wrong), tuple(off_by_one))


def _reading(
    index: int,
    table: PublishedTable,
    base: Mapping[str, int],
    known: Expected | None,
    doubts: Sequence[WrongBase],
    *,
    weighted: bool,
) -> Reading:
    size: Mapping[str, Fraction] = {code: Fraction(count) for code, count in base.items()}
    if weighted:
        size = known.size if known and set(table.columns) <= set(known.size) else {}
    if any(not doubt.likely for doubt in doubts) or not all(size.values()):
        size = {}
    odd = {} if weighted or not size else misfits(table, base)
    partial = _partial(table, known)
    return Reading(index, table, base, size, not weighted and bool(size), odd, partial)


def _partial(table: PublishedTable, known: Expected | None) -> frozenset[str]:
    """Return the columns in which people gave answers, or none, that are not printed.

    The wave says it; without the wave, a print in which most columns fall short of 100.
    """
    sums: dict[str, float] = dict.fromkeys(table.columns, 0.0)
    for code, column in table.percent:
        if known:
            sums[column] += known.percent.get((code, column), 0.0)
        else:
            sums[column] += float(share(table.percent[code, column], table.half).high)
    short = frozenset(column for column, total in sums.items() if total < _FULL)
    if known:
        return short
    return frozenset(sums) if 2 * len(short) > len(sums) else frozenset()


def _against_wave(
    survey: _Survey, index: int, table: PublishedTable, known: Expected
) -> list[WrongBase]:
    printed = _printed(table)
    off = {c: known.base[c] for c, n in printed.items() if c in known.base and known.base[c] != n}
    far = {c: n for c, n in off.items() if abs(printed[c] - n) > _OFF_BY_ONE}
    if not far and not survey.adds_up(table):
        far = off
    if not far:
        return _alone(survey, index, table) if not survey.adds_up(table) else []
    if len(far) > 2 or (TOTAL in far and len(far) > 1):
        return [WrongBase(index, TOTAL, True, far, _evidence(survey, table, far, known))]
    return [
        WrongBase(index, c, False, {c: n}, _evidence(survey, table, {c: n}, known))
        for c, n in far.items()
    ]


def _alone(survey: _Survey, index: int, table: PublishedTable) -> list[WrongBase]:
    """Judge a table's bases by the print alone."""
    majority = survey.majority(table)
    if majority is not None:
        twin = survey.twin(table, majority)
        likely = {TOTAL: majority}
        if twin:
            printed = _printed(twin)
            likely |= {c: n for c, n in printed.items() if n != table.columns[c].base}
        elif _sum(table) != majority:
            likely = {}
        found = _evidence(survey, table, likely or {TOTAL: majority}, None)
        return [WrongBase(index, TOTAL, len(likely) != 1, likely, found)]
    if survey.adds_up(table):
        return []
    column, base = _odd_column(survey, table)
    if not column:
        words: dict[str, object] = {"sum": _sum(table), "total": table.total_base}
        return [WrongBase(index, "", False, {}, (Message(_SUM, words),))]
    return [
        WrongBase(index, column, False, {column: base},
                  _evidence(survey, table, {column: base}, None))
    ]  # fmt: skip


def _odd_column(survey: _Survey, table: PublishedTable) -> tuple[str, int]:
    """Return the column whose base, changed alone, lets the bases add up, if one is likeliest."""
    twin = survey.twin(table, table.total_base)
    everyone = survey.twin(table, survey.everybody)
    scores: dict[str, int] = {}
    left_to: dict[str, int] = {}
    for column in table.parts:
        printed = table.columns[column].base
        left = printed + table.total_base - _sum(table)
        if left < 1:
            continue
        left_to[column] = left
        scores[column] = sum((
            bool(everyone) and printed > (everyone or table).columns[column].base,
            bool(twin) and (twin or table).columns[column].base == left,
            fit(left, table, column) and not fit(printed, table, column),
            bool(misprint(str(printed), str(left))),
        ))  # fmt: skip
    best = max(scores.values(), default=0)
    leaders = [column for column, score in scores.items() if score == best]
    if best and len(leaders) == 1:
        return leaders[0], left_to[leaders[0]]
    return "", 0


def _evidence(
    survey: _Survey, table: PublishedTable, likely: Mapping[str, int], known: Expected | None
) -> tuple[Message, ...]:
    found = []
    if TOTAL in likely or len(likely) > 1:
        total = likely.get(TOTAL, table.total_base)
        if known:
            found.append(Message(_ROUTED_TOTAL, {"asked": known.base[TOTAL]}))
        same = [t.number for t in survey.others(table) if t.total_base == total]
        if same and TOTAL in likely:
            found.append(Message(_OTHERS, {"base": total, "tables": same}))
        everyone = survey.twin(table, survey.everybody)
        if everyone and _printed(everyone) == _printed(table) and total != survey.everybody:
            found.append(Message(_SAME, {"table": everyone.number}))
        return tuple(found)
    ((column, base),) = likely.items()
    printed = table.columns[column].base
    if known:
        asked = {"asked": known.base[TOTAL], "expected": known.base[column]}
        found.append(Message(_ROUTED, dict(asked)))
    if not survey.adds_up(table):
        left = printed + table.total_base - _sum(table)
        found.append(Message(_LEAVES, {"left": left, "total": table.total_base}))
    everyone = survey.twin(table, survey.everybody)
    if everyone and printed > everyone.columns[column].base:
        count = everyone.columns[column].base
        found.append(Message(_EVERYBODY, {"count": count, "table": everyone.number}))
    if fit(base, table, column) and not fit(printed, table, column):
        found.append(Message(_FITS, {"base": base}))
    return tuple(found)
