"""Answers that go with an age: pensioners are old, students young.

In: a code, ages. Out: what is added to the utility of the answer. The patterns of codes stand in
``data/leanings.csv``, read here and nowhere else.
"""

import csv
import re
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

# Within the ages an answer is as likely as others and somewhat more; outside it hardly occurs.
_WITHIN, _OUTSIDE = 1.2, -4.0


@cache
def _leanings() -> tuple[tuple[re.Pattern[str], int, int], ...]:
    source = files("tyndau.fieldwork.simulation") / "data" / "leanings.csv"
    rows = csv.DictReader(source.read_text("utf-8").splitlines())
    return tuple(
        (re.compile(row["pattern"]), int(row["youngest"]), int(row["oldest"])) for row in rows
    )


def leaning(code: str, age: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return how an answer goes with age.

    Parameters
    ----------
    code : str
        The answer.
    age : ndarray of int, shape (n,)
        Years.

    Returns
    -------
    ndarray of float, shape (n,)
        0 where no pattern fits.
    """
    for pattern, youngest, oldest in _leanings():
        if pattern.search(code.casefold()):
            return np.where((age >= youngest) & (age <= oldest), _WITHIN, _OUTSIDE)
    return np.zeros(len(age))
