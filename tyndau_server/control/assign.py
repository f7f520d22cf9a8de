"""Sending interviewers to points: added, ended, handed over, a point replaced, all logged.

In: who decides, what. Out: rows of `Assignment` and `Share`, an entry in the log for each act, and
a request to count the field anew. What an interviewer made stays theirs; what is left of a promise
goes to whoever takes the rest over, or to all. Taking over the plan of the sample is
`tyndau_server.control.plan`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.utils import timezone

from tyndau.study import Study
from tyndau_server.audit import log
from tyndau_server.control import ask, problems
from tyndau_server.control.assigned import Decider, assignments_of, left_of, substitutes_of
from tyndau_server.control.models import Assignment, Share
from tyndau_server.control.toward import counting
from tyndau_server.fieldwork.writing import writing
from tyndau_server.people.models import Membership

MOST_INTERVIEWS = 500
_LONGEST_REASON = 2000


@dataclass(frozen=True, slots=True)
class Shift:
    """When somebody works at a point.

    Attributes
    ----------
    day, begins, ends : date, time, time or None
        None for any day or hour.
    """

    day: date | None = None
    begins: time | None = None
    ends: time | None = None


def add(
    decider: Decider,
    population: str,
    interviewer: int,
    point: str,
    interviews: int,
    shift: Shift,
) -> Assignment:
    """Send an interviewer to a point.

    Parameters
    ----------
    decider : Decider
        Who decides.
    population : str
        The form that is asked there.
    interviewer : int
        Number of the membership.
    point : str
        Code of the point.
    interviews : int
        How many.
    shift : Shift
        When.

    Returns
    -------
    Assignment
        The new one.

    Raises
    ------
    UserError
        If the point or the interviewer is not theirs to send, or the number makes no sense.
    """
    member = decider.interviewer(interviewer)
    if point not in decider.points():
        raise problems.POINT_UNKNOWN.error(point=point)
    if not 1 <= interviews <= MOST_INTERVIEWS:
        raise problems.INTERVIEWS.error(most=MOST_INTERVIEWS)
    with writing():
        made = Assignment.objects.create(
            study=decider.membership.study, population=population, membership=member, point=point,
            interviews=interviews, day=shift.day, begins=shift.begins, ends=shift.ends,
            made_by=decider.membership.person,
        )  # fmt: skip
        _log("assignment.added", decider, member.code, _details([made]))
    return made


def end(
    decider: Decider,
    population: str,
    numbers: Iterable[int],
    reason: str,
    *,
    heir: int = 0,
) -> int:
    """End assignments, and hand what is left of them to another interviewer, in one act.

    Parameters
    ----------
    decider : Decider
        Who decides.
    population : str
        The form.
    numbers : iterable of int
        Of the assignments.
    reason : str
        Why.
    heir : int, default 0
        Number of the membership that takes the rest over; 0 for nobody: it is open to all.

    Returns
    -------
    int
        How many interviews are left of them.

    Raises
    ------
    UserError
        If none of them holds, no reason is given, or the heir has them already.
    """
    reason = _reason(reason)
    held = assignments_of(decider, population)
    chosen = [one for one in held if one.pk in set(numbers)]
    if not chosen:
        raise problems.NOTHING_CHOSEN.error()
    takes = decider.interviewer(heir) if heir else None
    if takes and any(one.membership_id == takes.pk for one in chosen):
        raise problems.SAME_INTERVIEWER.error()
    left = left_of(held)
    with writing():
        ended = _end(decider, chosen, reason, left)
        if takes:
            Assignment.objects.bulk_create(
                _heir(decider, one, takes, left[one.pk], reason) for one in ended if left[one.pk]
            )
        for member in {one.membership_id for one in ended}:
            _pass_shares(decider, population, member, ended, takes)
        details = {**_details(ended), "reason": reason}
        action = "assignment.ended"
        if takes:
            action, details["to"] = "assignment.handed-over", takes.code
        _log(action, decider, ended[0].membership.code if ended else "", details)
    return sum(left[one.pk] for one in ended)


def substitute(decider: Decider, population: str, point: str, instead: str, reason: str) -> int:
    """Move what is left of all assignments at a point to a substitute, in one act.

    Parameters
    ----------
    decider : Decider
        Who approves it.
    population : str
        The form.
    point : str
        Code of the point that does not serve any more.
    instead : str
        Code of the substitute.
    reason : str
        Why.

    Returns
    -------
    int
        How many interviews are left and go there.

    Raises
    ------
    UserError
        If nobody is sent to the point, the other one is no substitute in its territory, or no
        reason is given.
    """
    reason = _reason(reason)
    held = assignments_of(decider, population)
    chosen = [one for one in held if one.point == point]
    if not chosen:
        raise problems.NOBODY_THERE.error(point=point)
    if instead not in substitutes_of(decider.study, point):
        raise problems.NOT_A_SUBSTITUTE.error(substitute=instead)
    left = left_of(held)
    with writing():
        ended = _end(decider, chosen, reason, left)
        if not ended:
            raise problems.NOBODY_THERE.error(point=point)
        Assignment.objects.bulk_create(
            Assignment(
                study=one.study, population=population, membership=one.membership, point=instead,
                interviews=left[one.pk], day=one.day, begins=one.begins, ends=one.ends,
                stands_for=one.stands_for or point, reason=reason,
                made_by=decider.membership.person,
            )
            for one in ended if left[one.pk]
        )  # fmt: skip
        moved = sum(left[one.pk] for one in ended)
        details = {
            **_details(ended), "interviewers": sorted({one.membership.code for one in ended}),
            "substitute": instead, "left": moved, "reason": reason,
        }  # fmt: skip
        _log("assignment.substituted", decider, point, details)
    return moved


def _end(
    decider: Decider, chosen: Iterable[Assignment], reason: str, left: Mapping[int, int]
) -> list[Assignment]:
    """End those that still hold; of two who do it at once, the second finds none."""
    held = Assignment.objects.select_for_update(of=("self",)).filter(
        pk__in=[one.pk for one in chosen], ended=None
    )
    ended = list(held.select_related("membership"))
    now = timezone.now()
    for one in ended:
        # What was made of it stays its own, and is not counted for another that holds there.
        Assignment.objects.filter(pk=one.pk).update(
            interviews=one.interviews - left[one.pk], ended=now,
            ended_by=decider.membership.person, end_reason=reason,
        )  # fmt: skip
    return ended


def _heir(
    decider: Decider, one: Assignment, takes: Membership, left: int, reason: str
) -> Assignment:
    return Assignment(
        study=one.study, population=one.population, membership=takes, point=one.point,
        interviews=left, day=one.day, begins=one.begins, ends=one.ends, stands_for=one.stands_for,
        takes_over=one.membership, reason=reason, made_by=decider.membership.person,
    )  # fmt: skip


def _pass_shares(
    decider: Decider,
    population: str,
    member: int,
    ended: Iterable[Assignment],
    takes: Membership | None,
) -> None:
    """Give back what was promised where an interviewer works no more, or hand it on."""
    slug = decider.membership.study
    of = {"study": slug, "population": population, "membership": member}
    working = list(Assignment.objects.filter(**of, ended=None).values_list("point", flat=True))
    still = _places(decider.study, working)
    left = _places(decider.study, (one.point for one in ended if one.membership_id == member))
    shares = [
        share
        for share in Share.objects.filter(**of, released=None)
        if not working or _territory(share.cell) in left - still
    ]
    made = _made_in_cells(of) if takes else Counter()
    own = _made_in_cells({**of, "membership": takes.pk}, over=False) if takes else Counter()
    for share in shares:
        rest = share.interviews - made[share.cell]
        if takes and rest > 0:
            given, _ = Share.objects.get_or_create(
                study=slug, population=population, membership=takes, cell=share.cell,
                defaults={"interviews": 0},
            )  # fmt: skip
            # What the heir made already uses nothing of it up, nor does what was given back hold.
            held = given.interviews if given.released is None else 0
            given.interviews = max(held, own[share.cell]) + rest
            given.released = None
            given.save(update_fields=["interviews", "released"])
    Share.objects.filter(pk__in=[one.pk for one in shares]).update(released=timezone.now())


def _made_in_cells(of: Mapping[str, Any], *, over: bool = True) -> Counter[str]:
    """Count an interviewer's interviews by quota cell, as quotas count them."""
    return Counter(
        cell
        for cells, beyond in counting(**of).values_list("cells", "over")
        for cell in cells
        if over or cell not in beyond
    )


def _places(study: Study, points: Iterable[str]) -> set[str]:
    """Return the territories in which points lie, and all that hold these: quotas go by either."""
    lies_in = {one.code: one.territory for one in study.points}
    parents = {one.code: one.parent for one in study.territories}
    found: set[str] = set()
    for point in points:
        code = lies_in.get(point, "")
        while code and code not in found:
            found.add(code)
            code = parents.get(code, "")
    return found


def _territory(cell: str) -> str:
    """Return the territory of a share's cell, which its plan names first."""
    return cell.partition(" ")[0].partition("=")[2]


def _reason(reason: str) -> str:
    said = reason.replace("\0", "").strip()[:_LONGEST_REASON]
    if not said:
        raise problems.NO_REASON.error()
    return said


def _details(assignments: Sequence[Assignment]) -> dict[str, object]:
    return {
        "points": sorted({one.point for one in assignments}),
        "interviews": sum(one.interviews for one in assignments),
        "days": sorted({one.day.isoformat() for one in assignments if one.day}),
    }


def _log(action: str, decider: Decider, subject: str, details: dict[str, object]) -> None:
    """Write the decision down, last, and have the field counted anew."""
    ask.ask_after(decider.membership.study)
    log.write(
        action, actor=decider.membership.person, study=decider.membership.study, subject=subject,
        details=details,
    )  # fmt: skip
