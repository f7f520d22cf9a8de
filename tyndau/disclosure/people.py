"""Who is in a cell of a table: people by conditions, counted and weighted.

In: the frame that tables were counted from, and the weights. Out: for a set of conditions such as
"said no" and "lives in the city's north" how many people meet all of them. It reads rows, so that
what is hidden rests on people and not on percentages. A filter is a condition like any: that of an
answer, where it looks at the very people who gave it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

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
# Before a code: did not give this answer.
NOT = " not "
_AMONG = " among"


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
    def of(cls, frame: Frame, weights: Floats | None = None) -> "People":
        """Take the respondents of a frame.

        Parameters
        ----------
        frame : Frame
            The rows that tables were counted from.
        weights : ndarray of float, shape (n,), optional
            Their weights; all count alike without them.

        Returns
        -------
        People
            With weights in sum n.
        """
        if weights is None:
            return cls(frame, np.ones(len(frame)), 0.0)
        given = np.asarray(weights, dtype=np.float64)
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
        return frozenset({self._known().setdefault(rows.tobytes(), (question, ASKED))})

    def among(self, rows: Booleans) -> Key:
        """Return the condition that some people meet and nobody else.

        Parameters
        ----------
        rows : ndarray of bool, shape (n,)
            Such as those whom a filter looks at.

        Returns
        -------
        frozenset of Condition
            Empty for everybody; an answer, where these people gave it and nobody else did.
        """
        if rows.all():
            return frozenset()
        known = self._known()
        at = rows.tobytes()
        if at not in known:
            known[at] = (_AMONG, str(len(known)))
            self._members[known[at]] = rows
        return frozenset({known[at]})

    def _known(self) -> dict[bytes, Condition]:
        """Return conditions by the people who meet them, answers first."""
        if not self._asked:
            for kind in ("single", "multiple"):
                for column in self.frame:
                    codes = (*column.variable.codes, NO_ANSWER)
                    for code in codes if column.variable.kind == kind else ():
                        one = (column.variable.name, code)
                        if self.members(one).any():
                            self._asked.setdefault(self.members(one).tobytes(), one)
        return self._asked

    def members(self, condition: Condition) -> Booleans:
        """Return who meets a condition.

        Parameters
        ----------
        condition : (str, str)
            A variable and the code of an answer or a net, one after `NOT`, `ASKED`, `ANSWERED`,
            `NO_ANSWER` or `OUTSIDE`.

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
        if code.startswith(NOT):
            return ~self.members((name, code.removeprefix(NOT)))
        variable = column.variable
        net = next((one.codes for one in variable.nets if one.code == code), (code,))
        places = [variable.codes.index(one) for one in net]
        values = column.values
        if variable.kind == "multiple":
            return np.asarray(column.asked & values[:, places].any(axis=1), dtype=np.bool_)
        return np.asarray(column.asked & np.isin(values, places), dtype=np.bool_)

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

    def made_of(self, whole: Key, parts: Iterable[Key]) -> list[Key]:
        """Return of which columns another is made, as an age group is of ages.

        Parameters
        ----------
        whole : frozenset of Condition
            A column.
        parts : iterable of frozenset of Condition
            Others, of which nobody is in two.

        Returns
        -------
        list of frozenset of Condition
            Those that hold its people and nobody else; none where there are no such.
        """
        rows = self.rows(whole)
        left = rows.copy()
        found = []
        for part in parts:
            inside = self.rows(part)
            if (inside & rows).any():
                if (inside & ~rows).any():
                    return []
                found.append(part)
                left &= ~inside
        return [] if left.any() else found
