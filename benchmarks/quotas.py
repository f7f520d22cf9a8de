"""How long it takes to settle quotas: 25,000 interviews, 20 interviewers, tables of 200 cells.

Run ``.venv/bin/python benchmarks/quotas.py [--runs K] [--check]``. Interviews are made by a fixed
seed over 21 days, a fifth more than wanted, and arrive in no order; two thirds of each cell are
promised. Settling is held against a plain loop over the interviews, which gives the same states.
"""

import argparse
import statistics
import sys
import time
from collections import Counter

import numpy as np
from numpy.typing import NDArray

from tyndau.fieldwork.control.settle import OPEN, OVER, SHARE, settle, time_order

SEED, INTERVIEWS, PEOPLE, CELLS, TABLES = 20, 25_000, 20, 200, 3
BOUND = 0.1  # seconds for a table, the order of the interviews included

Whole = NDArray[np.int64]


def plain(
    cells: Whole,
    who: Whole,
    times: NDArray[np.datetime64],
    keys: NDArray[np.str_],
    targets: Whole,
    shares: Whole,
) -> list[int]:
    """Settle interview by interview."""
    rows = sorted(range(len(cells)), key=lambda at: (times[at], keys[at]))
    room = targets - shares.sum(axis=0)
    done: Counter[tuple[int, int]] = Counter()
    taken: Counter[int] = Counter()
    states = [0] * len(cells)
    for at in rows:
        cell, person = int(cells[at]), int(who[at])
        if done[person, cell] < shares[person, cell]:
            done[person, cell] += 1
            states[at] = SHARE
        elif taken[cell] < room[cell]:
            taken[cell] += 1
            states[at] = OPEN
        else:
            states[at] = OVER
    return states


def main() -> int:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--check", action="store_true", help="fail where a bound is not kept")
    given = parser.parse_args()
    random = np.random.default_rng(SEED)
    targets = random.multinomial(int(INTERVIEWS / 1.2), np.full(CELLS, 1 / CELLS))
    shares = np.stack([targets * 2 // 3 // PEOPLE] * PEOPLE)
    minutes = random.integers(0, 21 * 600, INTERVIEWS)
    times = np.datetime64("2026-10-05T09:00:00") + minutes.astype("timedelta64[m]")
    keys = np.array([f"uuid:{number:032x}" for number in random.permutation(INTERVIEWS)])
    who = random.integers(0, PEOPLE, INTERVIEWS)
    tables = [random.integers(0, CELLS, INTERVIEWS) for _ in range(TABLES)]
    orders, ours = [], []
    for _ in range(given.runs):
        begin = time.perf_counter()
        order = time_order(times, keys)
        between = time.perf_counter()
        states = [settle(one, who, order, targets=targets, shares=shares) for one in tables]
        orders.append(between - begin)
        ours.append((time.perf_counter() - between) / TABLES)
    begin = time.perf_counter()
    looped = plain(tables[0], who, times, keys, targets, shares)
    loop = time.perf_counter() - begin
    assert states[0].states.tolist() == looped, "the loop gives other states"
    order_time, settle_time = statistics.median(orders), statistics.median(ours)
    print(f"{INTERVIEWS} interviews, {PEOPLE} interviewers, {CELLS} cells, median of {given.runs}")
    print(f"  order of time, once for all tables  {order_time * 1000:8.1f} ms")
    print(f"  settling a table                    {settle_time * 1000:8.1f} ms")
    print(f"  a plain loop, order included        {loop * 1000:8.1f} ms")
    return int(given.check and order_time + settle_time > BOUND)


if __name__ == "__main__":
    sys.exit(main())
