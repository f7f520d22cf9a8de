"""Hiding what an edition must not show: from tables as counted to tables as published.

In: the tables of a population, its people, the rules of an edition. Out: `Hidden`: the tables with
what is hidden taken out of them, the audit of what is left, and why each cell was hidden. First
the bases: a column of too few people is left out, and with it another, lest its base be the total
less the rest. Then the cells. Nothing that is hidden stays in a table in any form, and what is
shown is rounded as it is printed, so that no file can tell more than the audit knew.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from tyndau.disclosure.audit import Audit, audit
from tyndau.disclosure.of_tables import Linked, Quoted, link
from tyndau.disclosure.people import People
from tyndau.disclosure.printed import MEAN_DECIMALS, rounded_shares
from tyndau.disclosure.relations import Booleans, Floats, Relations
from tyndau.disclosure.required import (
    Reason,
    further_bases,
    hidden_bases,
    required_cells,
    widths,
    with_bases,
    without_what_is_known,
)
from tyndau.disclosure.suppress import COMPLEMENT_WIDTH, Suppression, suppress
from tyndau.disclosure.thresholds import Rules, counts_of_silence
from tyndau.tabulation.table import ColumnHead, Table

# A hidden cell whose interval is no wider is known.
_LEAST = 0.1


@dataclass(frozen=True, eq=False)
class Hidden:
    """The tables of a population as an edition shows them.

    Attributes
    ----------
    tables : tuple of (Table or None)
        In the order in which they came; None where so few were asked that nothing is shown.
    linked : Linked
        The cells of the tables as they were counted.
    suppression : Suppression
        Which of them are hidden.
    relations : Relations
        What a reader is taken to know of all cells: bases too, but for those of routed questions.
    of_bases : ndarray of bool, shape (N,)
        Hidden bases, and sums of them, which are protected before all other cells.
    reasons : dict of int to str
        Why each hidden cell is hidden: few ``people``, a column with a low ``base``, a
        ``territory``, a ``column`` that is left out, or as a ``complement``.
    """

    tables: tuple[Table | None, ...]
    linked: Linked
    suppression: Suppression
    relations: Relations
    of_bases: Booleans
    reasons: dict[int, Reason]

    @cached_property
    def audit(self) -> Audit:
        """What a reader of the published tables learns of the hidden cells.

        As if bases were known; of hidden bases, and of what is doubtful then, from all there is.
        """
        hidden, width, bases = self.suppression.hidden, self.suppression.width, self.of_bases
        first = audit(self.relations, hidden & ~bases, allowed=np.where(bases, 0, width))
        must = np.zeros_like(hidden)
        # Answers of a column that is left out for another's sake may be known from elsewhere: they
        # are of enough people, or of nobody.
        must[[cell for cell, why in self.reasons.items() if why != "column"]] = True
        doubtful = bases | first.narrow | first.recovered | first.subtracted
        must &= hidden & ~self.linked.outside & ~self.linked.mean
        doubtful |= must & (width < COMPLEMENT_WIDTH / 2)
        if not doubtful.any():
            return first
        least = np.where(doubtful, np.maximum(width, _LEAST), 0)
        second = audit(self.linked.relations, hidden, allowed=least)
        return replace(
            first,
            hidden=hidden,
            low=np.where(doubtful, second.low, first.low),
            high=np.where(doubtful, second.high, first.high),
            allowed=np.where(doubtful, second.allowed, first.allowed),
            subtracted=np.where(doubtful, second.subtracted, first.subtracted),
            people=np.where(doubtful, second.people, first.people),
        )


def hide(
    tables: Sequence[Table],
    people: People,
    rules: Rules,
    *,
    quoted: Iterable[Quoted] = (),
    within: "Hidden | None" = None,
    exact: bool = False,
) -> Hidden:
    """Hide what an edition must not show.

    Parameters
    ----------
    tables : sequence of Table
        All tables of a population that are published together, as they were counted.
    people : People
        The respondents that they were counted from.
    rules : Rules
        What is hidden.
    quoted : iterable of Quoted, optional
        What texts quote; hidden last.
    within : Hidden, optional
        The same tables in an edition that shows more: whatever it hides is hidden here too, so that
        whoever holds both learns nothing by comparing them.
    exact : bool, default False
        Whether the numbers shown are left unrounded, which takes more hiding.

    Returns
    -------
    Hidden
        The tables, and the audit.
    """
    linked = link(tables, people, exact=exact, quoted=quoted)
    also = within.suppression.hidden.copy() if within else np.zeros(len(linked.count), np.bool_)
    while True:
        found = _found(linked, tables, people, rules, within, also)
        more = further_bases(linked, rules, found.suppression) & ~also
        if not more.any():
            break
        also |= more
    result = tuple(
        _published(table, linked, at, found.suppression.hidden, exact=exact)
        for at, table in enumerate(tables)
    )
    return replace(found, tables=result)


def _found(
    linked: Linked,
    tables: Sequence[Table],
    people: People,
    rules: Rules,
    within: Hidden | None,
    also: Booleans,
) -> Hidden:
    """Find what is hidden, bases first, some of them in any case; the tables are still to make."""
    bases = hidden_bases(linked, tables, rules, also)
    left_out = bases.hidden & linked.base
    # Sums of bases, such as nets of a banner's own variable, which would tell hidden ones.
    sums = bases.hidden & ~left_out & ~linked.outside
    relations, unknown = with_bases(linked, left_out)
    reasons = required_cells(linked, tables, people, rules, left_out)
    width = widths(linked, rules, reasons, relations.ceiling)
    # Other cells may protect a base that other bases cannot.
    few = np.where(bases.primary, float(rules.thresholds.people_below), bases.width)
    width = np.where(unknown, np.where(bases.short, few, bases.width), width)
    if within:
        earlier = within.suppression.hidden & ~linked.base
        before = {cell: why for cell, why in within.reasons.items() if earlier[cell]}
        reasons = before | reasons
        width = np.where(earlier, np.maximum(width, within.suppression.width), width)
    cells = _suppressed(linked, tables, relations, np.where(sums, 0, width), sums, left_out)
    cells = without_what_is_known(cells, linked, rules, reasons)
    suppression = _together(linked, cells, bases, left_out | sums, unknown)
    reasons = _reasons(suppression, linked, rules, reasons)
    of_bases = (left_out & ~unknown) | sums
    return Hidden((), linked, suppression, relations, of_bases, reasons)


def _suppressed(
    linked: Linked,
    tables: Sequence[Table],
    relations: Relations,
    width: Floats,
    sums: Booleans,
    left_out: Booleans,
) -> Suppression:
    """Hide the answers and means that must be hidden, and others for their sake.

    As if bases were known; where that leaves a cell no room at all, as they are known in truth.
    """
    answers = np.zeros(len(width), dtype=np.bool_)
    for places in linked.places:
        answers[places[places >= 0]] = True
    hideable = answers & ~linked.base & ~sums & ~counts_of_silence(linked, tables)
    open_ = (linked.outside & ~linked.silent) | sums
    first = suppress(
        relations, width > 0, width=width, hidden=open_, hideable=hideable, loss=linked.loss
    )
    known = first.short & (first.width < COMPLEMENT_WIDTH / 2) & ~linked.mean
    if not known.any():
        return first
    second = suppress(
        linked.relations,
        known,
        width=np.where(known, width, 0),
        hidden=first.hidden | left_out,
        hideable=hideable,
        loss=linked.loss,
    )
    fresh = known | (second.hidden & ~first.hidden & hideable)
    return Suppression(
        hidden=first.hidden | fresh,
        primary=first.primary,
        width=np.where(fresh, second.width, first.width),
        short=np.where(known, second.short, first.short),
        programmes=first.programmes + second.programmes,
    )


def _together(
    linked: Linked,
    cells: Suppression,
    bases: Suppression,
    left_out: Booleans,
    unknown: Booleans,
) -> Suppression:
    """Put together what is hidden of cells and of bases, some of which were protected as cells."""
    alone = left_out & ~unknown
    # A mean of which next to nothing can be known, such as that of people who all answer alike.
    vague = linked.mean & cells.short & (cells.width < COMPLEMENT_WIDTH / 2)
    return Suppression(
        hidden=cells.hidden | left_out,
        primary=cells.primary | (bases.primary & left_out),
        width=np.where(alone, bases.width, np.where(vague, 0, cells.width)),
        short=cells.short | (bases.short & alone),
        programmes=cells.programmes + bases.programmes,
    )


def _reasons(
    suppression: Suppression, linked: Linked, rules: Rules, known: Mapping[int, Reason]
) -> dict[int, Reason]:
    """Say of every hidden cell why it is hidden; of people in no column where they had to be."""
    reasons: dict[int, Reason] = {}
    for cell in map(int, np.flatnonzero(suppression.hidden)):
        few = linked.count[cell] < rules.thresholds.people_below
        if linked.base[cell]:
            reasons[cell] = "people" if few else "column"
        elif cell in known or not linked.outside[cell]:
            reasons[cell] = known.get(cell, "complement")
    return reasons


def _published(
    table: Table, linked: Linked, at: int, hidden: Booleans, *, exact: bool
) -> Table | None:
    """Take out of a table what is hidden, and round the rest as it is printed."""
    left_out = hidden[linked.bases[at]]
    if left_out[0]:
        return None
    kept = np.flatnonzero(~left_out)
    mask = hidden[linked.places[at][:, kept]]
    kinds = [head.kind for head in table.rows]
    if "sd" in kinds:
        mask[kinds.index("sd")] |= mask[kinds.index("mean")]
    share = np.array([head.is_share for head in table.rows])[:, None]
    percent = table.percent[:, kept]
    if not exact:
        percent = np.where(share, rounded_shares(percent), np.round(percent, MEAN_DECIMALS))
    heads = tuple(_head(table.columns[one], exact=exact) for one in kept)
    # How many had a score would tell how many said "don't know".
    rows = np.ones((len(table.rows), 1))
    nothing = np.full(percent.shape, np.nan)
    # Above what stands in no cell any more, nothing stands either.
    letters = ~mask[:, :, None] & ~mask[:, None, :]
    return replace(
        table,
        columns=heads,
        percent=np.where(mask, np.nan, percent),
        se=nothing,
        low=nothing,
        high=nothing,
        degrees=nothing,
        people=np.zeros(percent.shape, dtype=np.int64),
        base=(rows * [head.base for head in heads]).astype(np.int64),
        weighted_base=rows * [head.weighted_base for head in heads],
        effective_base=rows * [head.effective_base for head in heads],
        versus_rest=np.where(mask, 0, table.versus_rest[:, kept]).astype(np.int8),
        higher_than=table.higher_than[:, kept][:, :, kept] & letters,
        weakly=table.weakly[:, kept][:, :, kept] & letters,
        gates=np.full(len(table.groups), np.nan),
        hidden=mask,
        left_out=tuple(table.columns[one] for one in np.flatnonzero(left_out)),
    )


def _head(head: ColumnHead, *, exact: bool) -> ColumnHead:
    if exact:
        return head
    weighted, effective = round(head.weighted_base), round(head.effective_base)
    return replace(head, weighted_base=float(weighted), effective_base=float(effective))
