"""Which interviews are within quota, settled over all that came, and what is still needed of whom.

In: facts of interviews, shares, the tables of quotas. Out: `Settlement`, and `Made.over` written
where it changed. An interview that was rejected takes nobody's place; one that is over is kept and
marked. Called by the worker alone.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

import numpy as np
from django.db.models import TextField
from django.db.models.functions import Cast
from numpy.typing import NDArray

from tyndau.fieldwork.control.settle import NOBODY, OVER, Settled, settle, time_order
from tyndau.fieldwork.control.tables import NO_CELL, QuotaTable
from tyndau_server.control.facts import Population, cell_name, current_of
from tyndau_server.control.models import Made, Share
from tyndau_server.control.toward import counts

_NEVER = "9999-01-01"


@dataclass(frozen=True, slots=True)
class Row:
    """The facts of an interview while they are counted.

    Attributes
    ----------
    pk, membership : int
        Of `Made`; of the interviewer, 0 for nobody.
    point, territory : str
        Where.
    moment, ended : str
        Texts in UTC; an unknown moment is its day, and then ``ended`` is empty.
    day : str
        As ISO writes it.
    minutes : float or None
        How long it took.
    outcome : str
        As of `Made`.
    cells, over : tuple of str
        Quota cells, and those of them that it is over.
    state, key : str
        What was decided; the key of its row.
    """

    pk: int
    membership: int
    point: str
    territory: str
    moment: str
    ended: str
    day: str
    minutes: float | None
    outcome: str
    cells: tuple[str, ...]
    over: tuple[str, ...]
    state: str
    key: str

    @property
    def counts(self) -> bool:
        """Whether it counts toward the target and the quotas."""
        return counts(self.outcome, self.state)


@dataclass(frozen=True, slots=True)
class Settlement:
    """All quotas of a population, settled.

    Attributes
    ----------
    tables : tuple of QuotaTable
        The tables.
    settled : tuple of Settled
        Each of them.
    members : tuple of int
        Numbers of memberships, in the order of the rows of `Settled.own_left`.
    """

    tables: tuple[QuotaTable, ...]
    settled: tuple[Settled, ...]
    members: tuple[int, ...]


def rows_of(population: Population) -> list[Row]:
    """Read all facts of a population with what was decided of each interview.

    Parameters
    ----------
    population : Population
        Which.

    Returns
    -------
    list of Row
        Facts of current interviews; few questions, however many there are.
    """
    states = {
        pk: (state, key)
        for pk, state, key in current_of(population).values_list("pk", "state", "key")
    }
    made = (
        Made.objects.filter(study=population.slug, population=population.name)
        .annotate(
            cells_as=Cast("cells", TextField()),
            over_as=Cast("over", TextField()),
            # As texts, which a database hands over ten times as fast as moments.
            began_as=Cast("began", TextField()),
            ended_as=Cast("ended", TextField()),
            day_as=Cast("day", TextField()),
        )
        .values_list(
            "pk", "submission", "membership", "point", "territory", "began_as", "ended_as",
            "day_as", "minutes", "outcome", "cells_as", "over_as",
        )
    )  # fmt: skip
    return [
        Row(
            pk, membership or 0, point, territory, utc(began or day or _NEVER),
            utc(ended or "") if began else "", day or "", minutes, outcome, _names(cells),
            _names(over), *states[submission],
        )
        for (
            pk, submission, membership, point, territory, began, ended, day, minutes, outcome,
            cells, over,
        ) in made
        if submission in states
    ]  # fmt: skip


def utc(written: str) -> str:
    """Leave the zone out of a moment that a database wrote, which is UTC in both.

    Parameters
    ----------
    written : str
        Such as ``2026-10-01 05:17:13+00``.

    Returns
    -------
    str
        Without what follows the plus.
    """
    return written.partition("+")[0]


@lru_cache(maxsize=4096)
def _names(written: str) -> tuple[str, ...]:
    return tuple(json.loads(written))


def settle_all(population: Population, rows: Sequence[Row]) -> tuple[Settlement, list[Row]]:
    """Settle the quotas of a population, and write which interviews are over.

    Parameters
    ----------
    population : Population
        Which.
    rows : sequence of Row
        From `rows_of`.

    Returns
    -------
    Settlement
        All tables.
    list of Row
        The rows with what they are over in now.
    """
    shares = list(
        Share.objects.filter(study=population.slug, population=population.name).values_list(
            "membership", "cell", "interviews", "released"
        )
    )
    members = tuple(sorted({share[0] for share in shares}))
    at = {member: number for number, member in enumerate(members)}
    who = np.array([at.get(row.membership, NOBODY) for row in rows], dtype=np.int64)
    moments = np.array([row.moment for row in rows], dtype="datetime64[us]")
    order = time_order(moments, [row.key for row in rows])
    over: list[list[str]] = [[] for _ in rows]
    settled = []
    for table in population.tables:
        names = cells_by_name(table)
        called = {cell: name for name, cell in names.items()}
        cells = np.array([_cell(row, names) for row in rows], dtype=np.int64)
        promised, released = _promises(shares, at, names, table.cells)
        one = settle(
            cells, who, order, targets=table.targets.ravel(), shares=promised, released=released
        )
        for row in np.flatnonzero(one.states == OVER):
            over[row].append(called[int(cells[row])])
        settled.append(one)
    return Settlement(population.tables, tuple(settled), members), _written(rows, over)


def cells_by_name(table: QuotaTable) -> Mapping[str, int]:
    """Return the cells of a table by how `Made` and `Share` call them.

    Parameters
    ----------
    table : QuotaTable
        The table.

    Returns
    -------
    mapping of str to int
        From 0 to K - 1.
    """
    return {cell_name(table, cell): cell for cell in range(table.cells)}


def _cell(row: Row, names: Mapping[str, int]) -> int:
    """Return an interview's cell in a table; one that does not count has none."""
    if not row.counts:
        return NO_CELL
    return next((names[name] for name in row.cells if name in names), NO_CELL)


def _promises(
    shares: Sequence[tuple[int, str, int, datetime | None]],
    at: Mapping[int, int],
    names: Mapping[str, int],
    cells: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return what was promised to each interviewer in each cell, and what of it was given back."""
    promised = np.zeros((len(at), cells), dtype=np.int64)
    released = np.zeros_like(promised)
    for membership, cell, interviews, since in shares:
        if cell in names:
            promised[at[membership], names[cell]] += interviews
            if since is not None:
                released[at[membership], names[cell]] += interviews
    return promised, released


def _written(rows: Sequence[Row], over: Sequence[Sequence[str]]) -> list[Row]:
    """Write where an interview is over now that was not, or is no more."""
    found = []
    changed = []
    for row, names in zip(rows, over, strict=True):
        now = tuple(names)
        if now != row.over:
            changed.append(Made(pk=row.pk, over=list(now)))
            row = replace(row, over=now)
        found.append(row)
    Made.objects.bulk_update(changed, ["over"], batch_size=400)
    return found
