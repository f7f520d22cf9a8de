"""Whose interviews a person sees.

In: a membership. Out: what queries of submissions and of the quarantine are narrowed to. The matrix
opens the pages to sociologists and supervisors alone. A supervisor who looks after some territories
sees the interviewers who have one of them, with all that these do, and what was made at points
there, whoever made it. Who was merely sent to a point there is seen while that lasts; what such a
guest does elsewhere is not.
"""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from tyndau_server.fieldwork.models import Quarantined, Submission, Withdrawal
from tyndau_server.people.models import Membership, Role
from tyndau_server.studies.described import describe
from tyndau_server.studies.served import served


def membership_of(request: HttpRequest) -> Membership:
    """Return what the person who asks is in the study of the address.

    Parameters
    ----------
    request : HttpRequest
        That the gate let in.

    Returns
    -------
    Membership
        Of the person in the study.
    """
    found: Membership = request.membership  # type: ignore[attr-defined] # set by the gate
    return found


def is_limited(membership: Membership) -> bool:
    """Tell whether somebody sees some territories alone.

    Parameters
    ----------
    membership : Membership
        Of a sociologist or a supervisor.

    Returns
    -------
    bool
        Whether.
    """
    return membership.role == Role.SUPERVISOR and bool(membership.territories)


def own_territories(membership: Membership | None) -> frozenset[str] | None:
    """Return the territories to which what somebody sees is narrowed.

    Parameters
    ----------
    membership : Membership or None
        Of anybody in the study; None for who is in it by another right.

    Returns
    -------
    frozenset of str or None
        Their codes; None where all are seen.
    """
    if membership is None or not is_limited(membership):
        return None
    return frozenset(membership.territories)


def sees_all_of(membership: Membership, interviewer: Membership) -> bool:
    """Tell whether somebody sees all that an interviewer does, wherever.

    Parameters
    ----------
    membership : Membership
        Of a sociologist or a supervisor.
    interviewer : Membership
        Of the same study.

    Returns
    -------
    bool
        False of a guest, who was sent to the supervisor's territories from elsewhere.
    """
    own = set(membership.territories)
    return not is_limited(membership) or not own.isdisjoint(interviewer.territories)


def everybody_of(membership: Membership) -> dict[Membership, bool]:
    """Return all interviewers of a study, and whether somebody sees each of them.

    Parameters
    ----------
    membership : Membership
        Of a sociologist or a supervisor.

    Returns
    -------
    dict of Membership to bool
        By code, former ones too, with their persons; a supervisor of some territories sees those
        who have one of them or are sent to a point there now.
    """
    everybody = (
        Membership.objects.filter(study=membership.study, role=Role.INTERVIEWER)
        .select_related("person")
        .order_by("code", "pk")
    )
    if not is_limited(membership):
        return dict.fromkeys(everybody, True)
    # By the name of the relation: this room knows nothing of how the field is run.
    here = Membership.objects.filter(
        pk=OuterRef("pk"), assignments__study=membership.study,
        assignments__point__in=_points(membership), assignments__ended=None,
    )  # fmt: skip
    asked = everybody.annotate(sent_here=Exists(here))
    return {one: one.sent_here or sees_all_of(membership, one) for one in asked}


def interviewers_of(membership: Membership) -> list[Membership]:
    """Return the interviewers whom somebody sees, former ones too.

    Parameters
    ----------
    membership : Membership
        Of a sociologist or a supervisor.

    Returns
    -------
    list of Membership
        Of `everybody_of`.
    """
    return [one for one, is_seen in everybody_of(membership).items() if is_seen]


def submissions_of(
    membership: Membership, interviewers: Iterable[Membership] | None = None
) -> QuerySet[Submission]:
    """Return the submissions that somebody sees, replaced versions among them.

    Parameters
    ----------
    membership : Membership
        Of a sociologist or a supervisor.
    interviewers : iterable of Membership, optional
        What `interviewers_of` gave, where that was asked already.

    Returns
    -------
    QuerySet of Submission
        Of the study.
    """
    found = Submission.objects.filter(study=membership.study)
    if not is_limited(membership):
        return found
    here = found.filter(made__territory__in=membership.territories).values("interview")
    return found.filter(_own(membership, interviewers) | Q(interview__in=here))


def quarantined_of(membership: Membership) -> QuerySet[Quarantined]:
    """Return what of the quarantine somebody sees.

    Parameters
    ----------
    membership : Membership
        Of a sociologist or a supervisor.

    Returns
    -------
    QuerySet of Quarantined
        Of the study.
    """
    found = Quarantined.objects.filter(study=membership.study)
    if not is_limited(membership):
        return found
    # What could not be read names no point, so that of guests nothing is shown.
    return found.filter(_own(membership))


def withdrawals_of(membership: Membership) -> QuerySet[Withdrawal]:
    """Return the withdrawals of interviews that somebody saw.

    Parameters
    ----------
    membership : Membership
        Of a sociologist or a supervisor.

    Returns
    -------
    QuerySet of Withdrawal
        Of the study.
    """
    found = Withdrawal.objects.filter(study=membership.study)
    if not is_limited(membership):
        return found
    # What is withdrawn has no point any more; whoever did it sees it through.
    return found.filter(_own(membership) | Q(by=membership.person_id))


def _own(membership: Membership, interviewers: Iterable[Membership] | None = None) -> Q:
    """Narrow rows to those of interviewers all of whose work somebody sees."""
    whose = interviewers_of(membership) if interviewers is None else interviewers
    return Q(membership__in=[one.pk for one in whose if sees_all_of(membership, one)])


def _points(membership: Membership) -> list[str]:
    folder = served().get(membership.study)
    study = describe(folder).study if folder else None
    points = study.points if study else ()
    return [one.code for one in points if one.territory in membership.territories]
