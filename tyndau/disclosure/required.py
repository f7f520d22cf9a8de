"""What must be hidden in an edition: bases first, then cells, each with the room it must have.

In: the cells of a volume, rules. Out: `hidden_bases` and `further_bases`, which columns are left
out of which tables; `required_cells`, which cells of what is left must be hidden and protected, and
why; `with_bases`, the relations that they are protected in. It searches for nothing: that is
`tyndau.disclosure.suppress`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from tyndau.disclosure.of_tables import Linked
from tyndau.disclosure.people import OUTSIDE, People
from tyndau.disclosure.relations import Booleans, Floats, Relations
from tyndau.disclosure.suppress import COMPLEMENT_WIDTH, Suppression, suppress
from tyndau.disclosure.thresholds import Rules, counts_of_silence, low_columns, small_cells
from tyndau.tabulation.table import Table

Reason = Literal["people", "base", "territory", "column", "complement"]


def hidden_bases(
    linked: Linked, tables: Sequence[Table], rules: Rules, also: Booleans
) -> Suppression:
    """Hide bases of too few people, and others that would tell them.

    A column whose base is hidden is left out of its table. Totals are never hidden for another's
    sake.

    Parameters
    ----------
    linked : Linked
        The cells.
    tables : sequence of Table
        Their tables.
    rules : Rules
        The thresholds.
    also : ndarray of bool, shape (N,)
        Bases that another edition hides, or that were found to be needed.

    Returns
    -------
    Suppression
        Over all cells; only bases are hidden for others' sake.
    """
    only_bases, apart = _of_bases(linked)
    hideable = (apart & ~counts_of_silence(linked, tables)) | _column_bases(linked)
    hideable &= linked.count > 0
    primary = small_cells(linked, rules.thresholds.people_below) | also
    found = suppress(
        only_bases,
        primary & (linked.base | hideable),
        width=float(rules.thresholds.people_below),
        hidden=linked.outside & ~linked.silent,
        hideable=hideable,
        loss=linked.loss,
    )
    # Of a banner with one column its base is the total less the silent: hiding it hides nothing.
    enough = linked.count >= rules.thresholds.people_below
    told = found.short & (found.width < COMPLEMENT_WIDTH / 2) & enough
    return replace(found, hidden=found.hidden & ~told, short=found.short & ~told)


def _column_bases(linked: Linked) -> Booleans:
    """Find the bases that go with a column; totals of tables of everybody stay."""
    columns = {int(base) for bases in linked.bases for base in bases[1:]}
    columns |= {int(bases[0]) for bases in linked.bases if not linked.whole[bases[0]]}
    totals = {int(linked.bases[at][0]) for at in linked.unlimited}
    found = np.zeros(len(linked.count), dtype=np.bool_)
    found[sorted(columns - totals)] = True
    return found


def further_bases(linked: Linked, rules: Rules, suppression: Suppression) -> Booleans:
    """Find bases that must be hidden too, since some cell of few people is known with them.

    Parameters
    ----------
    linked : Linked
        The cells.
    rules : Rules
        The thresholds.
    suppression : Suppression
        What is hidden, in columns too.

    Returns
    -------
    ndarray of bool, shape (N,)
        Bases that are shown, and whose columns would have to go; nearly always none.
    """
    few = small_cells(linked, rules.thresholds.people_below) & ~linked.outside
    known = few & suppression.hidden & (suppression.width < COMPLEMENT_WIDTH / 2)
    if not known.any():
        return known
    found = suppress(
        linked.relations,
        known,
        width=float(rules.thresholds.people_below),
        hidden=suppression.hidden,
        # With a column go its answers.
        hideable=(_column_bases(linked) & (linked.count > 0)) | (linked.answer & ~linked.base),
        loss=linked.loss,
    )
    return np.asarray(found.hidden & ~suppression.hidden & linked.base, dtype=np.bool_)


def _of_bases(linked: Linked) -> tuple[Relations, Booleans]:
    """Return the relations between bases, and cells that are sums of bases and nothing else."""
    relations = linked.relations
    nowhere = [any(code == OUTSIDE for _, code in key) for key in linked.keys]
    sums = _sums_of(linked.base | (linked.outside & np.array(nowhere)), linked) & ~linked.outside
    counted = linked.base | linked.outside | sums
    # Coefficients may cancel; their absolute values tell which relations hold other cells.
    matrix = abs(relations.matrix)
    rest = matrix @ np.where(counted, 0.0, 1.0) > 0
    # What adds up to other cells as well is not safe with bases alone.
    others = matrix[np.flatnonzero(rest & (relations.least == relations.most))]
    apart = sums & ~(others.T @ np.ones(others.shape[0]) > 0)
    # Bases that stay unknown are protected with those cells later on (`with_bases`).
    later = matrix @ np.where(sums & ~apart, 1.0, 0.0) > 0
    later &= ~(matrix @ np.where(linked.whole, 1.0, 0.0) > 0)
    kept = np.flatnonzero(~rest & ~later)
    only_bases = replace(
        relations,
        matrix=relations.matrix[kept],
        least=relations.least[kept],
        most=relations.most[kept],
    )
    return only_bases, apart


def _sums_of(counted: Booleans, linked: Linked) -> Booleans:
    """Find cells that are sums of bases, such as people of an age in a place of sexes by ages."""
    relations = linked.relations
    held = abs(relations.matrix[np.flatnonzero(relations.least == relations.most)]) > 0
    known = counted.copy()
    while True:
        alone = held[np.flatnonzero(held @ np.where(known, 0, 1) == 1)]
        found = ~known & (alone.T @ np.ones(alone.shape[0]) > 0)
        if not found.any():
            return np.asarray(known & ~counted, dtype=np.bool_)
        known |= found


def with_bases(linked: Linked, left_out: Booleans) -> tuple[Relations, Booleans]:
    """Return the relations as if bases were known exactly, even where they are hidden or rounded.

    Whoever knows more can compute more: cells that are safe here are safe in truth. Known bases
    also keep questions apart, which would else be one system of thousands of cells. Hidden bases of
    routed questions stay unknown: answers to other questions might tell them.

    Parameters
    ----------
    linked : Linked
        The cells.
    left_out : ndarray of bool, shape (N,)
        Bases that are hidden.

    Returns
    -------
    relations : Relations
        No cell is larger than its base.
    unknown : ndarray of bool, shape (N,)
        Hidden bases that stay unknown.
    """
    relations = linked.relations
    unknown = left_out & ~linked.whole
    known = (linked.base & ~unknown & ~_unprinted_beside(unknown, linked)) | linked.silent
    ceiling = np.full(len(linked.count), np.inf)
    for places, bases in zip(linked.places, linked.bases, strict=True):
        for cells, base in zip(places.T, bases, strict=True):
            if unknown[base]:
                continue
            people = cells[~linked.mean[cells]]
            most = np.maximum(relations.value[base], relations.value[people])
            ceiling[people] = np.minimum(ceiling[people], most)
    return replace(
        relations,
        low=np.where(known, relations.value, relations.low),
        high=np.where(known, relations.value, relations.high),
        ceiling=ceiling,
    ), unknown


def _unprinted_beside(unknown: Booleans, linked: Linked) -> Booleans:
    """Find bases that no table prints and that add up with unknown ones, directly or not."""
    free = linked.base & linked.answer & np.isinf(linked.relations.high)
    held = abs(linked.relations.matrix) > 0
    found = np.zeros_like(unknown)
    while True:
        rows = np.flatnonzero(held @ np.where(unknown | found, 1, 0))
        new = free & ~found & (held[rows].T @ np.ones(len(rows)) > 0)
        if not new.any():
            return np.asarray(found, dtype=np.bool_)
        found |= new


def required_cells(
    linked: Linked,
    tables: Sequence[Table],
    people: People,
    rules: Rules,
    left_out: Booleans,
) -> dict[int, Reason]:
    """Find the cells that must be hidden and protected, and why; bases aside.

    Parameters
    ----------
    linked : Linked
        The cells.
    tables : sequence of Table
        Their tables.
    people : People
        The respondents.
    rules : Rules
        The thresholds.
    left_out : ndarray of bool, shape (N,)
        Bases that are hidden, and their columns with them.

    Returns
    -------
    dict of int to str
        The reason, by cell.
    """
    reasons: dict[int, Reason] = {}
    small = small_cells(linked, rules.thresholds.people_below) & ~linked.base
    small &= ~counts_of_silence(linked, tables)
    for cell in np.flatnonzero(small):
        reasons[int(cell)] = "people"
    for at, places in enumerate(linked.places):
        low, territory = low_columns(linked, at, tables, people, rules)
        absent = left_out[linked.bases[at]]
        for number in np.flatnonzero(low | territory | absent):
            why: Reason = "column" if absent[number] else "base" if low[number] else "territory"
            for cell, total in zip(places[:, number], places[:, 0], strict=True):
                # What nobody at all answered is no secret of a column.
                if not linked.base[cell] and linked.count[total]:
                    reasons.setdefault(int(cell), why)
    return reasons


def widths(linked: Linked, rules: Rules, reasons: Mapping[int, Reason], ceiling: Floats) -> Floats:
    """Return how wide each required cell's interval must be: `people_below`, for most.

    A cell need not be less certain than whether it holds all of its column or nobody. Answers of a
    column that is left out for another's sake, answers that nobody in a column gave, and what
    scores miss a mean by, need only not be known.

    Parameters
    ----------
    linked : Linked
        The cells.
    rules : Rules
        The thresholds.
    reasons : mapping of int to str
        As `required_cells` gives them.
    ceiling : ndarray of float, shape (N,)
        How many each cell can hold at most.

    Returns
    -------
    ndarray of float, shape (N,)
        0 for cells that may be shown.
    """
    people = float(rules.thresholds.people_below)
    width = np.zeros(len(linked.count))
    for cell, why in reasons.items():
        slight = why == "column" or not linked.count[cell]
        score = linked.mean[cell] and np.isinf(linked.relations.floor[cell])
        width[cell] = COMPLEMENT_WIDTH if slight or score else min(people, ceiling[cell])
    return width


def without_what_is_known(
    suppression: Suppression, linked: Linked, rules: Rules, reasons: Mapping[int, Reason]
) -> Suppression:
    """Show again what the bases of a low column tell anyhow, such as that nobody is left.

    Parameters
    ----------
    suppression : Suppression
        What is hidden.
    linked : Linked
        The cells.
    rules : Rules
        The thresholds.
    reasons : mapping of int to str
        Why cells had to be hidden.

    Returns
    -------
    Suppression
        Less, but never cells of few people, nor of columns that are left out.
    """
    low = np.zeros(len(linked.count), dtype=np.bool_)
    low[[cell for cell, why in reasons.items() if why in ("base", "territory")]] = True
    low &= ~small_cells(linked, rules.thresholds.people_below)
    known = suppression.short & (suppression.width < COMPLEMENT_WIDTH / 2) & low
    hidden = suppression.hidden & ~known
    return replace(
        suppression,
        hidden=hidden,
        width=np.where(hidden, suppression.width, 0),
        short=suppression.short & hidden & ~linked.outside,
    )
