"""Taking over the plan of the sample: who works where and when, and whose share is what.

In: the record of the drawn plan, an interviewer for each of its numbers. Out: assignments of every
visit of every point, and shares of quota cells, in one act with one entry in the log.
"""

from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any

from tyndau_server.audit import log
from tyndau_server.control import ask, problems
from tyndau_server.control.assigned import Decider
from tyndau_server.control.models import Assignment, Share
from tyndau_server.control.planned import Plan
from tyndau_server.fieldwork.writing import writing
from tyndau_server.people.models import Membership

_HOURS = 24


def take_over(decider: Decider, plan: Plan | None, chosen: Mapping[int, int], place: str) -> int:
    """Take the plan over.

    Parameters
    ----------
    decider : Decider
        Who decides.
    plan : Plan or None
        As `read_plan` gave it.
    chosen : mapping of int to int
        Number of a membership by number of the plan, from 0.
    place : str
        The variable that says in which territory a respondent lives, as quota cells name it.

    Returns
    -------
    int
        How many assignments were made.

    Raises
    ------
    UserError
        If there is no plan, it was taken over, or a number has no interviewer of its own.
    """
    if plan is None:
        raise problems.NO_PLAN.error(population="")
    of = {"study": decider.membership.study, "population": plan.population}
    members = _members(decider, plan, chosen)
    person = decider.membership.person
    with writing():
        if Assignment.objects.filter(**of, ended=None).exists():
            raise problems.PLAN_TAKEN.error(population=plan.population)
        made = Assignment.objects.bulk_create(
            (Assignment(**of, made_by=person, **one) for one in _visits(plan, members)),
            batch_size=500,
        )
        Share.objects.filter(**of).delete()
        Share.objects.bulk_create(
            (Share(**of, **one) for one in _shares(plan, members, place)), batch_size=500
        )
        ask.ask_after(decider.membership.study)
        log.write(
            "assignment.planned", actor=person, study=decider.membership.study,
            subject=plan.population,
            details={
                "interviewers": [one.code for one in members],
                "interviews": sum(one.interviews for one in made),
            },
        )  # fmt: skip
    return len(made)


def _members(decider: Decider, plan: Plan, chosen: Mapping[int, int]) -> list[Membership]:
    known = {one.pk: one for one in decider.interviewers()}
    numbers = range(len(plan.interviews))
    found = [known.get(chosen.get(number, 0)) for number in numbers]
    taken = [chosen.get(number, 0) for number in numbers]
    wrong = [
        number + 1 for number in numbers if found[number] is None or taken.count(taken[number]) > 1
    ]
    if wrong:
        raise problems.PLAN_NUMBERS.error(numbers=wrong)
    return [one for one in found if one is not None]


def _visits(plan: Plan, members: list[Membership]) -> Iterator[dict[str, Any]]:
    """Go through who comes to which point when, and for how many interviews."""
    for territory in plan.record["territories"]:
        for point in territory["points"]:
            visits = point["visits"] or [{"interviews": point["interviews"]}]
            for number, share in zip(point["interviewers"], point["shares"], strict=True):
                parts = _split(share, [int(one["interviews"]) for one in visits])
                for visit, interviews in zip(visits, parts, strict=True):
                    if interviews:
                        yield {
                            "membership": members[number - 1],
                            "point": point["code"],
                            "interviews": interviews,
                            **_shift(visit),
                        }


def _split(share: int, visits: list[int]) -> list[int]:
    """Split an interviewer's part of a point by its visits, so that it adds up."""
    whole, until, given = sum(visits), 0, 0
    parts = []
    for one in visits:
        until += one
        reached = (2 * share * until + whole) // (2 * whole) if whole else 0
        parts.append(reached - given)
        given = reached
    return parts


def _shift(visit: Mapping[str, Any]) -> dict[str, Any]:
    day = visit.get("date")
    start, end = visit.get("start"), visit.get("end")
    return {
        "day": date.fromisoformat(day) if day else None,
        "begins": time(int(start)) if start is not None else None,
        "ends": time(int(end)) if end is not None and int(end) < _HOURS else None,
    }


def _shares(plan: Plan, members: list[Membership], place: str) -> Iterator[dict[str, Any]]:
    """Go through the quota cells of each interviewer."""
    quotas = plan.record["quotas"]
    territories = [one["code"] for one in plan.record["territories"]]
    names = [place, *quotas["variables"]]
    for member, table in zip(members, quotas["interviewers"], strict=False):
        for codes, count in _cells(table, [territories, *quotas["codes"]]):
            if count:
                pairs = zip(names, codes, strict=True)
                cell = " ".join(f"{name}={code}" for name, code in pairs)
                yield {"membership": member, "cell": cell, "interviews": count}


def _cells(table: Any, codes: list[list[str]]) -> Iterator[tuple[tuple[str, ...], int]]:
    if not codes:
        yield (), int(table)
        return
    for code, part in zip(codes[0], table, strict=True):
        for rest, count in _cells(part, codes[1:]):
            yield (code, *rest), count
