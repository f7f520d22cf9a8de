"""Who may send whom where, what holds now, and what is left of it.

In: a membership, a study. Out: `Decider`, assignments that hold, interviews left of each, points
that may stand in for others. Nothing is changed here: `tyndau_server.control.assign` does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from django.db.models import Count, Sum

from tyndau.study import Study
from tyndau_server.control import problems
from tyndau_server.control.models import Assignment
from tyndau_server.control.planned import read_plan
from tyndau_server.control.toward import counting
from tyndau_server.fieldwork.seen import interviewers_of, is_limited
from tyndau_server.people.models import Membership


@dataclass(frozen=True, slots=True)
class Decider:
    """Who decides where interviewers work.

    Attributes
    ----------
    membership : Membership
        Of a sociologist or a supervisor.
    study : Study
        Whose points they are.
    """

    membership: Membership
    study: Study

    def points(self) -> dict[str, str]:
        """Return the points that are theirs to give.

        Returns
        -------
        dict of str to str
            The territory of each, by code; a supervisor of some territories has those in them.
        """
        own = self.membership.territories if is_limited(self.membership) else ()
        return {
            one.code: one.territory for one in self.study.points if not own or one.territory in own
        }

    def interviewers(self) -> list[Membership]:
        """Return the interviewers whom they may send, who are still in the study.

        Returns
        -------
        list of Membership
            By code.
        """
        return [one for one in interviewers_of(self.membership) if one.ended is None]

    def interviewer(self, number: int) -> Membership:
        """Return one of them.

        Parameters
        ----------
        number : int
            Of the membership.

        Returns
        -------
        Membership
            The interviewer's.

        Raises
        ------
        UserError
            If it is none whom they may send.
        """
        found = next((one for one in self.interviewers() if one.pk == number), None)
        if found is None:
            raise problems.NO_INTERVIEWER.error()
        return found


def assignments_of(decider: Decider, population: str) -> list[Assignment]:
    """Return the assignments that hold and that somebody may decide of.

    Parameters
    ----------
    decider : Decider
        Who.
    population : str
        The form.

    Returns
    -------
    list of Assignment
        By day, hour and point, with their interviewers.
    """
    of = {"study": decider.membership.study, "population": population, "ended": None}
    points = decider.points()
    rows = Assignment.objects.filter(**of).select_related("membership__person")
    # Those of any day last, whatever the database thinks of nothing.
    return sorted(
        (one for one in rows if one.point in points or not is_limited(decider.membership)),
        key=lambda one: (one.day or date.max, one.begins or time.min, one.point, one.pk),
    )


def left_of(assignments: Sequence[Assignment]) -> dict[int, int]:
    """Tell how many interviews are left of each assignment.

    Parameters
    ----------
    assignments : sequence of Assignment
        Of one study and population, all that hold of their interviewers.

    Returns
    -------
    dict of int to int
        By number; what an interviewer made at a point counts for the earlier days first, and what
        was made of an assignment that ended for no other.
    """
    if not assignments:
        return {}
    first = assignments[0]
    made = {
        (member, point): count
        for member, point, count in counting(first.study, population=first.population)
        .values_list("membership", "point")
        .order_by()
        .annotate(Count("pk"))
    }
    ended = Assignment.objects.filter(study=first.study, population=first.population)
    for member, point, count in (
        ended.exclude(ended=None)
        .values_list("membership", "point")
        .order_by()
        .annotate(Sum("interviews"))
    ):
        made[member, point] = max(made.get((member, point), 0) - count, 0)
    left = {}
    for one in sorted(assignments, key=lambda one: (one.day or date.max, one.pk)):
        done = min(made.get((one.membership_id, one.point), 0), one.interviews)
        left[one.pk] = one.interviews - done
        made[one.membership_id, one.point] = made.get((one.membership_id, one.point), 0) - done
    return left


def substitutes_of(study: Study, point: str) -> list[str]:
    """Return the points that may stand in for one.

    Parameters
    ----------
    study : Study
        Whose points they are.
    point : str
        Code of a point.

    Returns
    -------
    list of str
        Those that the workbook names for it, then those that the sample drew for its territory.
    """
    territory = next((one.territory for one in study.points if one.code == point), "")
    named = [one.code for one in study.points if one.substitute_for == point]
    plan = read_plan(study.folder)
    drawn = [
        str(one["code"])
        for place in (plan.record["territories"] if plan else ())
        if place["code"] == territory
        for one in place["substitutes"]
    ]
    return [one for one in dict.fromkeys((*named, *drawn)) if one != point]
