"""Who is in a cell of a table: people by conditions, counted and weighted.

In: the frame that tables were counted from, and the weights. Out: for a set of conditions such as
"said no" and "lives in the city's north" how many people meet all of them. It reads rows, so that
what is hidden rests on people and not on percentages.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tyndau.base.frames import Frame
from tyndau.disclosure.relations import Booleans, Floats

# A variable and one of its codes, or one of the words below, which no code can be.
Condition = tuple[str, str]
# People who meet all of its conditions; without any, everybody.
Key = frozenset[Condition]

ASKED = " asked"
NO_ANSWER = "no_answer"
# In no column of a banner variable.
OUTSIDE = " outside"
# Gave a number.
ANSWERED = " answered"


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """The rows of a frame by conditions.

    Attributes
    ----------
    frame : Frame
        The rows.
    weights : ndarray of float, shape (n,)
        Their weights, in sum n.
    unit : float
        How much of these weights one unit of a printed weighted base is; 0 where all count alike,
        so that bases are people.
    """

    frame: Frame
    weights: Floats
    unit: float
    _members: dict[Condition, Booleans] = field(default_factory=dict)
    _asked: dict[bytes, Condition] = field(default_factory=dict)

    @classmethod
    def of(cls, frame: Frame, weight: str = "") -> "People":
        """Take the respondents of a frame.

        Parameters
        ----------
        frame : Frame
            The rows that tables were counted from.
        weight : str, optional
            The variable that holds their weights; all count alike without one.

        Returns
        -------
        People
            With weights in sum n.
        """
        if not weight:
            return cls(frame, np.ones(len(frame)), 0.0)
        given = np.asarray(frame[weight].values, dtype=np.float64)
        unit = len(frame) / float(given.sum()) if given.sum() else 1.0
        return cls(frame, given * unit, unit)

    def asked(self, question: str) -> Key:
        """Return who was asked a question; the same key for all questions put to the same people.

        Parameters
        ----------
        question : str
            A variable.

        Returns
        -------
        frozenset of Condition
            Empty where everybody was asked; the answer that leads to the question, where it is one.
        """
        rows = self.frame[question].asked
        if rows.all():
            return frozenset()
        if not rows.any():
            return frozenset({(question, ASKED)})
        if not self._asked:
            for column in self.frame:
                if column.variable.kind == "single":
                    for code in (*column.variable.codes, NO_ANSWER):
                        one = (column.variable.name, code)
                        self._asked.setdefault(self.members(one).tobytes(), one)
        return frozenset({self._asked.setdefault(rows.tobytes(), (question, ASKED))})

    def members(self, condition: Condition) -> Booleans:
        """Return who meets a condition.

        Parameters
        ----------
        condition : (str, str)
            A variable and a code, `ASKED`, `ANSWERED`, `NO_ANSWER` or
            `OUTSIDE`.

        Returns
        -------
        ndarray of bool, shape (n,)
            Which rows.
        """
        if condition not in self._members:
            self._members[condition] = self._find(*condition)
        return self._members[condition]

    def _find(self, name: str, code: str) -> Booleans:
        column = self.frame[name]
        if code == ASKED:
            return column.asked
        if code == NO_ANSWER:
            return column.asked & ~column.answered
        if code == OUTSIDE:
            return ~column.answered
        if code == ANSWERED:
            return column.answered
        place = column.variable.codes.index(code)
        values = column.values
        chosen = values[:, place] if column.variable.kind == "multiple" else values == place
        return np.asarray(column.asked & chosen, dtype=np.bool_)

    def rows(self, key: Key) -> Booleans:
        """Return who meets all conditions.

        Parameters
        ----------
        key : frozenset of Condition
            The conditions.

        Returns
        -------
        ndarray of bool, shape (n,)
            Which rows.
        """
        found = np.ones(len(self.frame), dtype=np.bool_)
        for condition in key:
            found &= self.members(condition)
        return found

    def sum(self, key: Key) -> tuple[int, float, float]:
        """Count who meets all conditions.

        Parameters
        ----------
        key : frozenset of Condition
            The conditions.

        Returns
        -------
        count : int
            People.
        weighted : float
            Sum of their weights.
        effective : float
            Kish's effective number of them.
        """
        weights = self.weights[self.rows(key)]
        total, squares = float(weights.sum()), float((weights**2).sum())
        return len(weights), total, total**2 / squares if squares else 0.0

    def points(self, key: Key, cluster: str) -> int:
        """Count the points at which the people of a cell were interviewed.

        Parameters
        ----------
        key : frozenset of Condition
            The conditions.
        cluster : str
            The variable that holds the points.

        Returns
        -------
        int
            How many different ones.
        """
        return len(set(self.frame[cluster].values[self.rows(key)].tolist()))

    def unions(self, key: Key, questions: Iterable[str]) -> Iterator[tuple[list[Condition], bool]]:
        """Find questions whose answers say who is in a cell, as a routing does.

        Parameters
        ----------
        key : frozenset of Condition
            Who was asked something.
        questions : iterable of str
            Single responses that might decide it.

        Yields
        ------
        conditions : list of Condition
            Answers of one question; all people of the cell gave one of them.
        exact : bool
            Whether all who gave one of them are in the cell.
        """
        rows = self.rows(key)
        for name in questions:
            if not (self.frame[name].asked | ~rows).all():
                continue
            codes = [*self.frame[name].variable.codes, NO_ANSWER]
            answers = [(name, code) for code in codes if self.members((name, code)).any()]
            inside = [one for one in answers if self.members(one)[rows].any()]
            if len(inside) < len(answers):
                yield inside, all(rows[self.members(one)].all() for one in inside)

    def nested(self, names: Iterable[str]) -> Iterator[tuple[Condition, list[Condition]]]:
        """Find categories that are made of those of another variable, as age groups of ages.

        Parameters
        ----------
        names : iterable of str
            Single responses, banner variables.

        Yields
        ------
        whole : Condition
            A category.
        parts : list of Condition
            The categories of another variable that it is made of, two at least.
        """
        known = list(names)
        for fine in known:
            for coarse in known:
                values = self._crossed(fine, coarse)
                if fine == coarse or values is None:
                    continue
                places, codes = values, self.frame[fine].variable.codes
                for at, code in enumerate(self.frame[coarse].variable.codes):
                    parts = [(fine, codes[part]) for part in np.flatnonzero(places == at)]
                    if len(parts) > 1:
                        yield (coarse, code), parts

    def _crossed(self, fine: str, coarse: str) -> NDArray[np.intp] | None:
        """Return in which category of one variable each of another lies; None if it is not so."""
        one, other = self.frame[fine], self.frame[coarse]
        if not np.array_equal(one.answered, other.answered):
            return None
        pairs = sorted(
            {
                (int(a), int(b))
                for a, b in zip(one.values[one.answered], other.values[one.answered], strict=True)
            }
        )
        if any(before[0] == after[0] for before, after in pairwise(pairs)):
            return None
        places = np.full(len(one.variable.categories), -1, dtype=np.intp)
        for part, whole in pairs:
            places[part] = whole
        return places
