"""Whose interviews a person sees.

In: a membership. Out: what queries of submissions and of the quarantine are narrowed to. The matrix
opens the pages to sociologists and supervisors alone; a supervisor who looks after some territories
sees the interviews of interviewers who work there, and no others.
"""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.http import HttpRequest

from tyndau_server.fieldwork.models import Quarantined, Submission, Withdrawal
from tyndau_server.people.models import Membership, Role


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


def interviewers_of(membership: Membership) -> list[Membership]:
    """Return the interviewers whose interviews somebody sees, former ones too.

    Parameters
    ----------
    membership : Membership
        Of a sociologist or a supervisor.

    Returns
    -------
    list of Membership
        By code; with their persons.
    """
    everybody = (
        Membership.objects.filter(study=membership.study, role=Role.INTERVIEWER)
        .select_related("person")
        .order_by("code", "pk")
    )
    return [one for one in everybody if _shares(membership, one)]


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
    if not _limited(membership):
        return found
    whose = interviewers_of(membership) if interviewers is None else interviewers
    return found.filter(membership__in=[one.pk for one in whose])


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
    if not _limited(membership):
        return found
    return found.filter(membership__in=[one.pk for one in interviewers_of(membership)])


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
    if not _limited(membership):
        return found
    return found.filter(membership__in=[one.pk for one in interviewers_of(membership)])


def _limited(membership: Membership) -> bool:
    return membership.role != Role.SOCIOLOGIST and bool(membership.territories)


def _shares(membership: Membership, interviewer: Membership) -> bool:
    """Whether somebody looks after a territory in which an interviewer works."""
    if not _limited(membership):
        return True
    return not set(membership.territories).isdisjoint(interviewer.territories)
