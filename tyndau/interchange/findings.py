"""Collecting faults of a file: the first of each kind in full, the rest as a count.

In: faults, one by one, as they are found. Out: problems to show, or one `UserError` with all of
them. It decides nothing of what is a fault.
"""

from collections import Counter

from tyndau.base.errors import Kind, Place, Problem, UserError
from tyndau.interchange import problems

# As many of one kind are read to the end; more would bury the other kinds.
LISTED = 20


class Findings:
    """Faults found so far.

    Attributes
    ----------
    counts : Counter of Kind
        How many of each kind were found, listed or not.
    """

    def __init__(self) -> None:
        self.counts: Counter[Kind] = Counter()
        self._problems: list[Problem] = []
        self._file = ""

    def add(self, kind: Kind, place: Place, /, **values: object) -> None:
        """Take a fault in; beyond the first `LISTED` of a kind it is only counted.

        Parameters
        ----------
        kind : Kind
            What is wrong.
        place : Place
            Where.
        **values : object
            What the placeholders hold.
        """
        self.counts[kind] += 1
        self._file = self._file or place.file
        if self.counts[kind] <= LISTED:
            self._problems.append(kind.at(place, **values))

    def is_full(self, kind: Kind) -> bool:
        """Tell whether a further fault of a kind will only be counted.

        Parameters
        ----------
        kind : Kind
            What is wrong.

        Returns
        -------
        bool
            True beyond the first `LISTED`.
        """
        return self.counts[kind] >= LISTED

    def problems(self, severity: str) -> tuple[Problem, ...]:
        """Return the faults of a severity, with a count of those not listed.

        Parameters
        ----------
        severity : {"error", "warning"}
            Which ones.

        Returns
        -------
        tuple of Problem
            In the order in which they were found, kind by kind.
        """
        listed: list[Problem] = []
        for kind, count in self.counts.items():
            if kind.severity != severity:
                continue
            listed.extend(problem for problem in self._problems if problem.kind is kind)
            if count > LISTED:
                place = Place(file=self._file)
                listed.append(problems.MORE.at(place, count=count - LISTED, code=kind.code))
        return tuple(listed)

    def stop_on_errors(self) -> None:
        """Raise all errors that were found, if there are any.

        Raises
        ------
        UserError
            Carrying every listed error.
        """
        errors = self.problems("error")
        if errors:
            raise UserError(*errors)
