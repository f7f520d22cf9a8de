"""Which interviews are within quota: a function of all interviews, never of their arrival.

In: for each interview its cell, interviewer, time and key; for each cell its target; for each
interviewer the share promised to them and what of it was given back. Out: `Settled`: the state of
each interview, and what is still open for whom. Nothing is refused here: what is over is marked,
stays in the data and can be used in weighting.

Shares are promises. An interview within its interviewer's share of a cell counts whenever it
arrives. Room that is promised to nobody is open to all, and is given by the time at which
interviews were made, then by their keys. When a late phone comes in, all is settled again, so that
an interview that was within may turn out to be over; one within a share never does.

In a cell with target T, let s be the share of an interviewer, r what was given back of it, d the
interviews that they made. Within the share are m = min(d, s), the first by time; promised are
p = max(s - r, m); open are max(T - sum of p, 0), for all other interviews by time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

# Whose interview belongs to nobody with a share, such as a helper of one day.
NOBODY: Final = -1
# States of an interview in a table: it has no cell; within its interviewer's share; in the open
# room; over.
NONE, SHARE, OPEN, OVER = range(4)


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """Interviews settled in one table. n interviews, I interviewers, K cells.

    Attributes
    ----------
    states : ndarray of int, shape (n,)
        `NONE`, `SHARE`, `OPEN` or `OVER`.
    targets : ndarray of int, shape (K,)
        Interviews wanted; 0 where none are.
    within, over : ndarray of int, shape (K,)
        How many are within quota, how many are over.
    own_left : ndarray of int, shape (I, K)
        What is still promised to each interviewer.
    open_left : ndarray of int, shape (K,)
        What anybody may still do.
    broken : ndarray of int, shape (K,)
        By how much the promises exceed the target: so many of them cannot be kept if all are used.
        0 everywhere where shares were given with care.
    """

    states: NDArray[np.int8]
    targets: NDArray[np.int64]
    within: NDArray[np.int64]
    over: NDArray[np.int64]
    own_left: NDArray[np.int64]
    open_left: NDArray[np.int64]
    broken: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Remaining:
    """What one interviewer still does, as of the interviews that were settled.

    Attributes
    ----------
    own : ndarray of int, shape (K,)
        What is needed of them: the rest of their share.
    open : ndarray of int, shape (K,)
        What they may do beyond it; others may take it meanwhile.
    """

    own: NDArray[np.int64]
    open: NDArray[np.int64]


def time_order(
    times: NDArray[np.datetime64], keys: NDArray[np.str_] | Sequence[str]
) -> NDArray[np.intp]:
    """Return the order in which open room is given; one for all tables of a study.

    Parameters
    ----------
    times : ndarray of datetime64, shape (n,)
        When each interview was made, all in one zone.
    keys : ndarray of str, shape (n,)
        Their keys, which decide between equal times.

    Returns
    -------
    ndarray of int, shape (n,)
        Positions, the earliest first.
    """
    moments = np.asarray(times)
    order = np.argsort(moments, kind="stable")
    sorted_moments = moments[order]
    again = sorted_moments[1:] == sorted_moments[:-1]
    equal = np.append(again, False) | np.insert(again, 0, False)
    # Only interviews of the same time are put into the order of their keys, which is slow for all.
    if equal.any():
        tied = order[equal]
        names = np.asarray(keys)[tied]
        order[equal] = tied[np.lexsort((names, moments[tied]))]
    return order


def settle(
    cells: NDArray[np.int64],
    interviewers: NDArray[np.int64],
    order: NDArray[np.intp],
    *,
    targets: NDArray[np.int64],
    shares: NDArray[np.int64],
    released: NDArray[np.int64] | None = None,
) -> Settled:
    """Settle which interviews are within the quota of a table.

    Parameters
    ----------
    cells : ndarray of int, shape (n,)
        From `tyndau.fieldwork.control.tables.cells_of`.
    interviewers : ndarray of int, shape (n,)
        From 0 to I - 1, or `NOBODY`.
    order : ndarray of int, shape (n,)
        From `time_order`.
    targets : ndarray of int, shape (K,) or that of the table
        Interviews wanted; negative where none are.
    shares : ndarray of int, shape (I, K) or (I, ...) as the table
        What was promised to each interviewer, given back or not.
    released : ndarray of int, same shape, optional
        How much of each promise was given back; what is left of it is open to all.

    Returns
    -------
    Settled
        Never more within quota than wanted; if too much was promised, the first are.
    """
    wanted = np.maximum(np.ravel(targets), 0)
    promised = np.reshape(shares, (len(shares), len(wanted)))
    back = 0 if released is None else np.reshape(released, promised.shape)
    kept = np.maximum(promised - back, 0)
    inside = order[cells[order] >= 0]
    cell = cells[inside]
    # Those without a share stand in a last row of their own, with nothing promised.
    rows = np.where(interviewers[inside] < 0, len(promised), interviewers[inside])
    places = rows * len(wanted) + cell
    padded = np.append(promised.ravel(), np.zeros_like(wanted))
    own = _rank(places) < padded[places]
    done = np.bincount(places[own], minlength=len(padded))[: promised.size].reshape(promised.shape)
    reserved = np.maximum(kept, done).sum(axis=0)
    room = np.maximum(wanted - reserved, 0)
    given = _states(cell, own, wanted, room)
    states = np.full(len(cells), NONE, dtype=np.int8)
    states[inside] = given
    shared, opened, over = (
        np.bincount(cell[given == state], minlength=len(wanted)) for state in (SHARE, OPEN, OVER)
    )
    return Settled(
        states=states,
        targets=wanted,
        within=shared + opened,
        over=over,
        own_left=np.maximum(kept - done, 0),
        open_left=room - opened,
        broken=np.maximum(reserved - wanted, 0),
    )


def _states(
    cell: NDArray[np.int64],
    own: NDArray[np.bool_],
    wanted: NDArray[np.int64],
    room: NDArray[np.int64],
) -> NDArray[np.int8]:
    """Return the states of interviews that have a cell, in the order of time."""
    given = np.empty(len(cell), dtype=np.int8)
    # A share is a promise; only one that exceeds the target can fail here.
    given[own] = np.where(_rank(cell[own]) < wanted[cell[own]], SHARE, OVER)
    given[~own] = np.where(_rank(cell[~own]) < room[cell[~own]], OPEN, OVER)
    return given


def _rank(groups: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the position of each element among those of its group, in their order, from 0."""
    order = np.argsort(groups, kind="stable")
    ordered = groups[order]
    begins = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])) if len(groups) else order
    lengths = np.diff(np.append(begins, len(groups)))
    rank = np.empty(len(groups), dtype=np.int64)
    rank[order] = np.arange(len(groups)) - np.repeat(begins, lengths)
    return rank


def remaining(settled: Settled, interviewer: int) -> Remaining:
    """Say what an interviewer still has to do, and may do, in each cell of a table.

    Parameters
    ----------
    settled : Settled
        The table, settled.
    interviewer : int
        From 0 to I - 1, or `NOBODY`.

    Returns
    -------
    Remaining
        The rest of their share, and the open room as of now.
    """
    nothing = np.zeros_like(settled.open_left)
    own = nothing if interviewer < 0 else settled.own_left[interviewer]
    return Remaining(own, settled.open_left)


def over_quota(settled: Sequence[Settled]) -> NDArray[np.bool_]:
    """Say which interviews are over in any of a study's tables.

    Parameters
    ----------
    settled : sequence of Settled
        At least one, each of the same interviews.

    Returns
    -------
    ndarray of bool, shape (n,)
        True for an interview that is over somewhere. It keeps its place in the other tables: each
        table is settled by itself.
    """
    over = np.stack([one.states == OVER for one in settled])
    return np.asarray(over.any(axis=0), dtype=np.bool_)
