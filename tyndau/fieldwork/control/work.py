"""Who worked where and when: interviews and contacts as arrays, and the stays read from them.

In: interviews and contacts with their local times. Out: `Work`, its days by interviewer, and
`Stays`, how long somebody was at a point. Presence is known by what was noted: whoever notes
nothing was, for these rules, not there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from tyndau.fieldwork.control.spans import reached

# A longer gap between two notes of one interviewer at one point is no stay: they had left.
_LEFT = np.timedelta64(3, "h")

Times = NDArray[np.datetime64]


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """Interviews and contacts of the field. n of both together.

    Attributes
    ----------
    interviewers, points : ndarray of str, shape (n,)
        Whose, and where; an empty point where none is known.
    starts, ends : ndarray of datetime64[s], shape (n,)
        Local time of the study.
    interviews : ndarray of bool, shape (n,)
        Whether an interview was made; false for a contact that came to none, an arrival, a note.
    """

    interviewers: NDArray[np.str_]
    points: NDArray[np.str_]
    starts: Times
    ends: Times
    interviews: NDArray[np.bool_]

    def where(self, rows: NDArray[np.bool_] | NDArray[np.intp]) -> "Work":
        """Return some of the rows.

        Parameters
        ----------
        rows : ndarray of bool or int
            Which ones.

        Returns
        -------
        Work
            These, in their order.
        """
        return Work(
            self.interviewers[rows],
            self.points[rows],
            self.starts[rows],
            self.ends[rows],
            self.interviews[rows],
        )

    def days(self) -> Iterator[tuple[str, date, "Work"]]:
        """Go through what each interviewer did each day, by the time of beginning.

        Yields
        ------
        interviewer : str
            Who.
        day : date
            The day on which it began.
        work : Work
            What was done, in the order of time.
        """
        days = self.starts.astype("datetime64[D]")
        order = np.lexsort((self.starts, days, self.interviewers))
        for rows in _runs(order, self.interviewers, days):
            first = rows[0]
            yield str(self.interviewers[first]), moment(self.starts[first]).date(), self.where(rows)

    def by_point(self) -> Iterator[tuple[str, "Work"]]:
        """Go through what was done at each point, by the time of beginning.

        Yields
        ------
        point : str
            Where; what has no point is left out.
        work : Work
            What was done, in the order of time.
        """
        order = np.lexsort((self.starts, self.points))
        for rows in _runs(order, self.points):
            if self.points[rows[0]]:
                yield str(self.points[rows[0]]), self.where(rows)


@dataclass(frozen=True, slots=True, eq=False)
class Stays:
    """Stays of interviewers at points. n of them.

    Attributes
    ----------
    interviewers, points : ndarray of str, shape (n,)
        Who, and where.
    days : ndarray of datetime64[D], shape (n,)
        The day on which it began.
    starts, ends : ndarray of datetime64[s], shape (n,)
        From the first note to the end of the last.
    """

    interviewers: NDArray[np.str_]
    points: NDArray[np.str_]
    days: Times
    starts: Times
    ends: Times


def moment(time: np.datetime64) -> datetime:
    """Return a time of an array as a time of the calendar.

    Parameters
    ----------
    time : datetime64
        Local time.

    Returns
    -------
    datetime
        The same to the second, without a zone.
    """
    found = time.astype("datetime64[s]").item()
    assert isinstance(found, datetime)
    return found


def _runs(order: NDArray[np.intp], *columns: NDArray[np.generic]) -> list[NDArray[np.intp]]:
    """Split an order where any of the columns changes."""
    if not len(order):
        return []
    changes = np.zeros(len(order) - 1, dtype=np.bool_)
    for column in columns:
        ordered = column[order]
        changes |= ordered[1:] != ordered[:-1]
    return np.split(order, np.flatnonzero(changes) + 1)


def stays(work: Work) -> Stays:
    """Return who stayed at which point.

    Parameters
    ----------
    work : Work
        Interviews and contacts.

    Returns
    -------
    Stays
        By interviewer, day and time. A stay goes on until its interviewer notes something
        elsewhere, or nothing for three hours.
    """
    days = work.starts.astype("datetime64[D]")
    order = np.lexsort((work.starts, days, work.interviewers))
    done, days = work.where(order), days[order]
    another = np.ones(len(order), dtype=np.bool_)
    another[1:] = (done.interviewers[1:] != done.interviewers[:-1]) | (days[1:] != days[:-1])
    until = reached(np.cumsum(another), done.ends.astype("datetime64[s]").astype(np.int64))
    begins = another.copy()
    begins[1:] |= done.points[1:] != done.points[:-1]
    begins[1:] |= done.starts[1:] - until[:-1].astype("datetime64[s]") > _LEFT
    first = np.flatnonzero(begins)
    ends = np.maximum.reduceat(done.ends, first)
    first, ends = first[done.points[first] != ""], ends[done.points[first] != ""]
    return Stays(
        done.interviewers[first], done.points[first], days[first], done.starts[first], ends
    )
