"""Hiding what an edition must not show: from tables as counted to tables as published.

In: the tables of a population, its people, the rules of an edition. Out: `Hidden`: the tables with
what is hidden taken out of them, the audit of what is left, and why each cell was hidden. First
the bases: a column of too few people is left out, and with it another, lest its base be the total
less the rest. Then the cells. Nothing that is hidden stays in a table in any form, and what is
shown is rounded as it is printed, so that no file can tell more than the audit knew.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from tyndau.disclosure.audit import Audit, audit
from tyndau.disclosure.of_tables import Linked, Quoted, link
from tyndau.disclosure.people import People
from tyndau.disclosure.printed import MEAN_DECIMALS, rounded_shares
from tyndau.disclosure.relations import Booleans, Floats
from tyndau.disclosure.suppress import COMPLEMENT_WIDTH, Suppression, suppress
from tyndau.disclosure.thresholds import Rules, counts_of_silence, low_columns, small_cells
from tyndau.tabulation.table import ColumnHead, Table

Reason = Literal["people", "base", "territory", "column", "complement"]


@dataclass(frozen=True, slots=True, eq=False)
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
    audit : Audit
        What a reader of the published tables learns of those.
    reasons : dict of int to str
        Why each hidden cell is hidden: few ``people``, a column with a low ``base``, a
        ``territory``, a ``column`` that is left out, or as a ``complement``.
    """

    tables: tuple[Table | None, ...]
    linked: Linked
    suppression: Suppression
    audit: Audit
    reasons: dict[int, Reason]


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
    bases = _hidden_bases(linked, rules, within)
    required, reasons = _required(linked, tables, people, rules, bases)
    width = np.where(required, _widths(linked, rules, reasons), 0.0)
    if within:
        reasons = {**within.reasons, **reasons}
        width = np.maximum(width, within.suppression.width)
        required = width > 0
    unseen = (linked.outside & ~linked.silent) | bases.hidden
    answers = np.zeros_like(required)
    for places in linked.places:
        answers[places[places >= 0]] = True
    silence = counts_of_silence(linked, tables)
    relations = replace(linked.relations, ceiling=_ceilings(linked, bases.hidden))
    suppression = suppress(
        relations,
        required,
        width=width,
        hidden=unseen,
        hideable=answers & ~linked.base & ~silence,
        loss=linked.loss,
    )
    suppression = _without_what_is_known(suppression, linked, answers)
    for cell in np.flatnonzero(suppression.hidden & answers):
        reasons.setdefault(int(cell), "complement")
    reasons = {cell: why for cell, why in reasons.items() if suppression.hidden[cell]}
    result = tuple(
        _published(table, linked, at, suppression.hidden, exact=exact)
        for at, table in enumerate(tables)
    )
    audited = audit(relations, suppression.hidden, allowed=suppression.width)
    return Hidden(result, linked, suppression, audited, reasons)


def _hidden_bases(linked: Linked, rules: Rules, within: Hidden | None) -> Suppression:
    """Hide bases of too few people, and others that would tell them."""
    relations = linked.relations
    counted = linked.base | linked.outside
    # Coefficients may cancel; their absolute values tell which relations hold other cells.
    rest = abs(relations.matrix) @ np.where(counted, 0.0, 1.0) > 0
    kept = np.flatnonzero(~rest)
    only_bases = replace(
        relations,
        matrix=relations.matrix[kept],
        least=relations.least[kept],
        most=relations.most[kept],
    )
    small = small_cells(linked, rules.thresholds.people_below) & linked.base
    if within:
        small |= within.suppression.hidden & linked.base
    columns = {int(base) for bases in linked.bases for base in bases[1:]}
    totals = {int(bases[0]) for bases in linked.bases}
    hideable = np.zeros_like(small)
    hideable[sorted(columns - totals)] = True
    return suppress(
        only_bases,
        small,
        width=float(rules.thresholds.people_below),
        hidden=linked.outside & ~linked.silent,
        hideable=hideable,
        loss=linked.loss,
    )


def _ceilings(linked: Linked, hidden: Booleans) -> Floats:
    """Return how many a cell can hold: as many as were asked, where their number is shown."""
    ceiling = np.full(len(linked.count), np.inf)
    for places, bases in zip(linked.places, linked.bases, strict=True):
        for number in np.flatnonzero(~hidden[bases]):
            cells = places[:, number]
            cells = cells[~linked.mean[cells]]
            base = linked.relations.value[bases[number]]
            ceiling[cells] = np.maximum(
                np.minimum(ceiling[cells], base), linked.relations.value[cells]
            )
    return ceiling


def _required(
    linked: Linked,
    tables: Sequence[Table],
    people: People,
    rules: Rules,
    bases: Suppression,
) -> tuple[Booleans, dict[int, Reason]]:
    """Find the cells that must be hidden and protected, and why."""
    reasons: dict[int, Reason] = {}
    small = small_cells(linked, rules.thresholds.people_below) & ~linked.base
    small &= ~counts_of_silence(linked, tables)
    for cell in np.flatnonzero(small):
        reasons[int(cell)] = "people"
    for cell in np.flatnonzero(bases.hidden & linked.base):
        few = linked.count[cell] < rules.thresholds.people_below
        reasons[int(cell)] = "people" if few else "column"
    for at, places in enumerate(linked.places):
        low, territory = low_columns(linked, at, tables, people, rules)
        left_out = bases.hidden[linked.bases[at]]
        for number in np.flatnonzero(low | territory | left_out):
            why: Reason = "column" if left_out[number] else "base" if low[number] else "territory"
            for cell, total in zip(places[:, number], places[:, 0], strict=True):
                # What nobody at all answered is no secret of a column.
                if not linked.base[cell] and linked.count[total]:
                    reasons.setdefault(int(cell), why)
    required = np.zeros(len(linked.count), dtype=np.bool_)
    required[sorted(reasons)] = True
    return required, reasons


def _without_what_is_known(
    suppression: Suppression, linked: Linked, answers: Booleans
) -> Suppression:
    """Show again what the bases tell anyhow, such as that nobody is left for an answer."""
    known = suppression.short & (suppression.width < COMPLEMENT_WIDTH / 2) & answers
    few = (linked.count > 0) & (suppression.width > 0)
    hidden = suppression.hidden & ~(known & ~few)
    return replace(
        suppression,
        hidden=hidden,
        width=np.where(hidden, suppression.width, 0),
        short=suppression.short & hidden & ~linked.outside,
    )


def _widths(linked: Linked, rules: Rules, reasons: dict[int, Reason]) -> Floats:
    """Return how wide each required cell's interval must be: `people_below`, for most.

    Answers of a column that is left out for another's sake, answers that nobody in a column gave,
    and what scores miss a mean by, need only not be known.
    """
    width = np.full(len(linked.count), float(rules.thresholds.people_below))
    width[linked.mean & np.isinf(linked.relations.floor)] = COMPLEMENT_WIDTH
    for cell, why in reasons.items():
        if why == "column" or not linked.count[cell]:
            width[cell] = COMPLEMENT_WIDTH
    return width


def _published(
    table: Table, linked: Linked, at: int, hidden: Booleans, *, exact: bool
) -> Table | None:
    """Take out of a table what is hidden, and round the rest as it is printed."""
    left_out = hidden[linked.bases[at]]
    if left_out[0]:
        return None
    kept = np.flatnonzero(~left_out)
    mask = hidden[linked.places[at][:, kept]]
    mean = np.array([head.kind == "mean" for head in table.rows])[:, None]
    percent = table.percent[:, kept]
    effective = table.effective_base[:, kept]
    if not exact:
        rounded = np.round(percent, MEAN_DECIMALS)
        percent = np.where(mean, rounded, rounded_shares(percent))
        effective = np.round(effective)
    heads = tuple(_head(table.columns[one], exact=exact) for one in kept)
    higher = table.higher_than[:, kept][:, :, kept]
    # How many had a score would tell how many said "don't know".
    base = np.tile([head.base for head in heads], (len(table.rows), 1)).astype(np.int64)
    nothing = np.full(percent.shape, np.nan)
    return replace(
        table,
        columns=heads,
        percent=np.where(mask, np.nan, percent),
        se=nothing,
        low=nothing,
        high=nothing,
        base=base,
        effective_base=np.where(mean, [head.effective_base for head in heads], effective),
        versus_rest=np.where(mask, 0, table.versus_rest[:, kept]).astype(np.int8),
        higher_than=higher & ~mask[:, :, None] & ~mask[:, None, :],
        hidden=mask,
        left_out=tuple(table.columns[one] for one in np.flatnonzero(left_out)),
    )


def _head(head: ColumnHead, *, exact: bool) -> ColumnHead:
    if exact:
        return head
    weighted, effective = round(head.weighted_base), round(head.effective_base)
    return replace(head, weighted_base=float(weighted), effective_base=float(effective))
