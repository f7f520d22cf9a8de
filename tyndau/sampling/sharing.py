"""Who shares the list of a point, and where it begins: one rule for paper and phone.

In: the routes of the plan of the sample, who is sent where. Out: `Shared`. Populations do not
matter: a door is rung at once, whoever is asked behind it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Shared:
    """What lists of dwellings need to know of all interviewers together.

    Attributes
    ----------
    starts : dict of str to int
        By point, the number of the first dwelling, where a sample was planned.
    people : dict of str to tuple of str
        By point, the codes of those who are sent there, in the order of their turns.
    """

    starts: Mapping[str, int] = field(default_factory=dict)
    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def turn(self, point: str, code: str) -> tuple[int, int] | None:
        """Return when it is an interviewer's turn at a point.

        Parameters
        ----------
        point, code : str
            Codes of the point and of the interviewer.

        Returns
        -------
        tuple of int, or None
            Whose turn it is, from 0, and of how many; None of an interviewer who is not sent there.
        """
        people = self.people.get(point, ())
        return (people.index(code), len(people)) if code in people else None


def share_points(
    routes: Mapping[str, Mapping[str, Mapping[str, Any]]], sent: Iterable[tuple[str, str]]
) -> Shared:
    """Find out who shares the list of a point, and where it begins.

    Parameters
    ----------
    routes : dict
        As `tyndau.sampling.planned_routes` returns them.
    sent : iterable of tuple of str
        Codes of a point and of an interviewer who is sent there: all interviewers of the study.

    Returns
    -------
    Shared
        The same for everybody, so that no two get the same door.
    """
    people: dict[str, set[str]] = defaultdict(set)
    for point, code in sent:
        people[point].add(code)
    starts = {
        code: route["start"]
        for by_point in routes.values()
        for code, route in by_point.items()
        if isinstance(route.get("start"), int)
    }
    return Shared(starts, {point: tuple(sorted(codes)) for point, codes in people.items()})
