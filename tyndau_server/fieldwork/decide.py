"""Deciding on interviews: accepted, returned or rejected, by a person, with a reason.

In: interviews as somebody saw them, and what is to become of them. Out: their new state, a row of
their history and an entry in the log, all in one transaction; and what was refused, because
somebody decided otherwise meanwhile or a new version came. Whoever presses a button twice decides
once. Who counts something by decisions (quotas) appends a function to `DECIDED`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from tyndau.base.errors import Problem
from tyndau_server.audit import log
from tyndau_server.fieldwork import problems
from tyndau_server.fieldwork.models import Decision, Submission
from tyndau_server.fieldwork.words import submission_badge
from tyndau_server.fieldwork.writing import writing
from tyndau_server.look.clock import said_at
from tyndau_server.people.models import Person

# A page shows fifty; whoever sends more did not choose them there.
MOST_AT_ONCE = 500
_LONGEST_REASON = 2000
_WITH_REASON = (Submission.State.RETURNED, Submission.State.REJECTED)
STATES = (Submission.State.ACCEPTED, *_WITH_REASON)
# A correction of what was decided so meanwhile is for the supervisor to look at.
DECIDED_STATES = frozenset({Submission.State.ACCEPTED, Submission.State.REJECTED})
# Called once for decisions taken together, with the study's slug, inside their transaction.
DECIDED: list[Callable[[str], None]] = []


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of decisions.

    Attributes
    ----------
    done : int
        Interviews that have the state now, those that had it by the same decision included.
    refused : tuple of Problem
        Why others have not.
    """

    done: int
    refused: tuple[Problem, ...]


def decide(
    seen: Mapping[int, str],
    after: str,
    *,
    by: Person,
    among: QuerySet[Submission],
    zone: tzinfo,
    reason: str = "",
) -> Outcome:
    """Decide on interviews.

    Parameters
    ----------
    seen : mapping of int to str
        The numbers of submissions, each with the state in which the page showed it.
    after : str
        What they are to be: one of `STATES`.
    by : Person
        Who decides.
    among : QuerySet of Submission
        What the person sees; others are passed over as if they were not there.
    zone : tzinfo
        Of the study, in which moments are told.
    reason : str, optional
        In the person's words; needed for all but accepting.

    Returns
    -------
    Outcome
        How many are decided, and what was refused.

    Raises
    ------
    UserError
        If nothing is chosen, or a reason is lacking: nothing is decided.
    """
    reason = reason.replace("\0", "").strip()[:_LONGEST_REASON]
    _asked_rightly(seen, after, reason)
    refused: list[Problem] = []
    entries: list[dict[str, Any]] = []
    done = 0
    with writing():
        # In one order, so that two people never wait for each other.
        rows = among.filter(pk__in=list(seen)[:MOST_AT_ONCE]).order_by("pk").defer("xml")
        for submission in rows.select_for_update(of=("self",)):
            problem = _refusal(submission, seen[submission.pk], after, reason, by, zone)
            if problem is not None:
                refused.append(problem)
                continue
            done += 1
            if submission.state != after or submission.reason != reason:
                entries.append(_write(submission, after, reason, by))
        _tell({entry["study"] for entry in entries})
        for entry in entries:  # last, since the log is held from here on
            log.write(**entry)
    return Outcome(done, tuple(refused))


def _asked_rightly(seen: Mapping[int, str], after: str, reason: str) -> None:
    if not seen:
        raise problems.NOTHING_CHOSEN.error()
    if after in _WITH_REASON and not reason:
        raise problems.NO_REASON.error()


def _tell(studies: Iterable[str]) -> None:
    """Tell those who count by decisions."""
    for study in studies:
        for told in DECIDED:
            told(study)


def _refusal(
    submission: Submission, before: str, after: str, reason: str, by: Person, zone: tzinfo
) -> Problem | None:
    """Say why a decision cannot be taken on what the person saw; None where it can."""
    named = {"interview": submission.interview}
    if submission.state == Submission.State.WITHDRAWN:
        return problems.WITHDRAWN.at(**named)
    if not submission.current:
        newer = Submission.objects.filter(
            study=submission.study, interview=submission.interview, current=True
        ).values_list("received", flat=True)
        moment = said_at(newer.first(), zone)
        return problems.EDITED_MEANWHILE.at(**named, moment=moment)
    if submission.pilot and after == Submission.State.ACCEPTED:
        return problems.PILOT_INTERVIEW.at(**named)
    if submission.state == before:
        return None
    last = submission.decisions.select_related("person").order_by("-pk").first()
    if last is None or (last.person_id, last.after, last.reason) == (by.pk, after, reason):
        return None
    return problems.DECIDED_MEANWHILE.at(
        **named,
        person=last.person.name,
        state=submission_badge(submission.state).said,
        moment=said_at(last.moment, zone),
    )


def _write(submission: Submission, after: str, reason: str, by: Person) -> dict[str, Any]:
    """Write a decision; return what the log, which can lose nothing, is to say of it."""
    before = submission.state
    submission.state, submission.reason = after, reason
    submission.save(update_fields=["state", "reason"])
    Decision.objects.create(
        submission=submission,
        person=by,
        moment=timezone.now(),
        before=before,
        after=after,
        reason=reason,
    )
    return {
        "action": f"submission.{after}",
        "actor": by,
        "study": submission.study,
        "subject": submission.instance_id,
        "details": {"before": before},
    }
