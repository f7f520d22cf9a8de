"""Answers that are common or rare, and that go with an age: pensioners are old, students young.

In: the name of a question, a code, ages. Out: the level of the answer's utility. The patterns stand
in ``data/leanings.csv``, read here and nowhere else; the first that fits "name=code" counts. They
are what a sociologist expects of any city of the country, not the figures of one.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

# Outside its ages an answer hardly occurs.
_OUTSIDE = -5.0


@dataclass(frozen=True, slots=True)
class Leaning:
    """How common an answer is, and at which ages.

    Attributes
    ----------
    level : float
        Its utility beside that of other answers, whose levels lie around 0.
    youngest, oldest : int
        Ages between which it occurs.
    """

    level: float
    youngest: int
    oldest: int

    def at(self, age: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the level at an age.

        Parameters
        ----------
        age : ndarray of int, shape (n,)
            Years.

        Returns
        -------
        ndarray of float, shape (n,)
            Much lower outside the ages.
        """
        return np.where((age >= self.youngest) & (age <= self.oldest), self.level, _OUTSIDE)


@cache
def _leanings() -> tuple[tuple[re.Pattern[str], Leaning], ...]:
    source = files("tyndau.fieldwork.simulation") / "data" / "leanings.csv"
    rows = csv.DictReader(source.read_text("utf-8").splitlines())
    return tuple(
        (
            re.compile(row["pattern"]),
            Leaning(float(row["level"]), int(row["youngest"]), int(row["oldest"])),
        )
        for row in rows
    )


def leaning(question: str, code: str) -> Leaning | None:
    """Return how common an answer is.

    Parameters
    ----------
    question : str
        Name of the question.
    code : str
        The answer.

    Returns
    -------
    Leaning or None
        None where no pattern fits.
    """
    name = f"{question}={code}".casefold()
    return next((found for pattern, found in _leanings() if pattern.search(name)), None)
