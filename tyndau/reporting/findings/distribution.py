"""Choosing what is said of a question's answers: the most frequent, the sides of a scale, the mean.

In: a table of the question. Out: facts with the claims that their sentences will make, on the total
column alone.
"""

from collections.abc import Iterator

import numpy as np

from tyndau.reporting.cells import answers, at, hidden, mean_row, meaning, printed
from tyndau.reporting.findings.model import (
    Asides,
    Claim,
    Leaders,
    LowBase,
    Mean,
    Selected,
    Share,
    Side,
    Sides,
)
from tyndau.tabulation.table import Table

# Answers named in a sentence; from this percentage on "don't know" is worth one.
_MOST_ANSWERS = 3
_NOTABLE = 5


def distribution(table: Table) -> Iterator[Selected]:
    """Go through what is said of the answers of all who were asked.

    Parameters
    ----------
    table : Table
        Any table of the question: their totals are the same.

    Yields
    ------
    tuple of (Fact, tuple of Claim, Kind)
        A low base first; nothing where nobody was asked.
    """
    total = table.columns[0]
    if not total.base:
        return
    if total.mark:
        yield LowBase(total.base), (Claim("base", 0),), "distribution"
    yield from _answered(table)


def most_important(table: Table) -> Selected | None:
    """Choose the one fact that stands for a question.

    Parameters
    ----------
    table : Table
        Any table of the question.

    Returns
    -------
    tuple of (Fact, tuple of Claim, Kind) or None
        The most frequent answer, or the scale; None where there is nothing to say.
    """
    for fact, claims, kind in _answered(table) if table.columns[0].base else ():
        if isinstance(fact, Leaders):
            first = Leaders(fact.first, (), fact.several)
            return first, claims[: 2 * len(fact.first)], kind
        if isinstance(fact, Sides):
            heavier = Sides(fact.sides[:1], fact.mean, fact.lowest, fact.highest)
            return heavier, (claims[0], claims[-1]), kind
        return fact, claims, kind
    return None


def _answered(table: Table) -> Iterator[Selected]:
    row = mean_row(table)
    if table.question.kind == "number":
        if row is not None and not np.isnan(at(table, row, 0)):
            yield Mean(at(table, row, 0)), (Claim("mean", 0, (row,)),), "distribution"
        return
    scale = table.question.is_scale and row is not None and not np.isnan(at(table, row, 0))
    if scale and not any(
        hidden(table, one, 0) for one, category in answers(table) if category.score is not None
    ):
        assert row is not None
        yield _sides(table, row)
    else:
        yield from _leaders(table)
    yield from _asides(table)


def _leaders(table: Table) -> Iterator[Selected]:
    rows = [
        row
        for row, category in answers(table)
        if meaning(category) in ("", "none") and printed(table, row, 0) > 0
    ]
    rows.sort(key=lambda row: -at(table, row, 0))
    if not rows or _may_lead(table, at(table, rows[0], 0)):
        return
    top = printed(table, rows[0], 0)
    first = [row for row in rows if printed(table, row, 0) == top][:_MOST_ANSWERS]
    then = [row for row in rows if row not in first][: _MOST_ANSWERS - len(first)]
    claims = [
        *(
            claim
            for row in first
            for claim in (Claim("most", 0, (row,)), Claim("share", 0, (row,)))
        ),
        *(Claim("share", 0, (row,)) for row in then),
    ]
    fact = Leaders(
        tuple(_share(table, row) for row in first),
        tuple(_share(table, row) for row in then),
        table.question.kind == "multiple",
    )
    yield fact, tuple(claims), "distribution"


def _may_lead(table: Table, top: float) -> bool:
    """Tell whether an answer that is not shown may be given more often than any that is."""
    unseen = [row for row, _ in answers(table) if hidden(table, row, 0)]
    if not unseen:
        return False
    if table.question.kind == "multiple":
        return True
    heads = enumerate(table.rows)
    shares = [row for row, head in heads if head.kind in ("answer", "no_answer")]
    return 100 - sum(at(table, row, 0) for row in shares if row not in unseen) >= top


def _asides(table: Table) -> Iterator[Selected]:
    notable = [
        (row, meaning(category))
        for row, category in answers(table)
        if printed(table, row, 0) >= _NOTABLE
    ]
    rows = [row for row, kind in notable if kind == "dont_know"]
    refused = [row for row, kind in notable if kind == "refused"]
    empty = [
        row
        for row, head in enumerate(table.rows)
        if head.kind == "no_answer" and printed(table, row, 0) >= _NOTABLE
    ]
    if rows or refused or empty:
        fact = Asides(
            tuple(_share(table, row) for row in rows),
            at(table, refused[0], 0) if refused else None,
            at(table, empty[0], 0) if empty else None,
        )
        claims = tuple(Claim("share", 0, (row,)) for row in (*rows, *refused[:1], *empty))
        yield fact, claims, "distribution"


def _sides(table: Table, mean: int) -> Selected:
    scored = [(row, one, one.score) for row, one in answers(table) if one.score is not None]
    scores = [score for _, _, score in scored]
    lowest, highest = min(scores), max(scores)
    middle = (lowest + highest) / 2
    by_score = all(one.label.ru.startswith(f"{score:g}") for _, one, score in scored)
    parts = [
        [one for one in scored if one[2] > middle],
        [one for one in scored if one[2] < middle],
        [one for one in scored if one[2] == middle],
    ]
    sums = [sum(at(table, row, 0) for row, _, _ in part) for part in parts]
    # The heavier side first, the middle last.
    order = [1, 0, 2] if sums[1] > sums[0] else [0, 1, 2]
    sides = tuple(
        Side(
            tuple(one.label for _, one, _ in parts[at]),
            tuple(sorted(score for _, _, score in parts[at])) if by_score else (),
            sums[at],
        )
        for at in order
        if parts[at]
    )
    claims = [Claim("share", 0, tuple(row for row, _, _ in parts[at])) for at in order if parts[at]]
    claims.append(Claim("mean", 0, (mean,)))
    return Sides(sides, at(table, mean, 0), lowest, highest), tuple(claims), "distribution"


def _share(table: Table, row: int) -> Share:
    return Share(table.rows[row].label, at(table, row, 0))
