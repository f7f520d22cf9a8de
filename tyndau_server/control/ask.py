"""Asking for the facts of the field to be counted again, and the state that they were counted at.

In: a study's slug. Out: a job in the queue, one at most that waits. Every arrival, every decision
and every new design asks after its own transaction, which stays as short as it was; what comes
while the worker counts is seen by it at the end, since the state of the field is another one then.
"""

from collections.abc import Iterable
from contextlib import suppress

from django.db import transaction
from django.db.models import Count, Max, QuerySet, Sum

from tyndau_server.control.models import Assignment, Contact, Counted, Share
from tyndau_server.fieldwork.models import Attachment, Decision, Instrument, Submission
from tyndau_server.jobs.models import Job
from tyndau_server.jobs.queue import enqueue

KIND = "field"


def ask(slug: str) -> None:
    """Ask for the facts of a study, if nobody has yet.

    Parameters
    ----------
    slug : str
        The study.
    """
    if not Job.objects.filter(study=slug, kind=KIND, state=Job.State.WAITING).exists():
        # One that ran a moment ago and is done looks by itself whether something came.
        with suppress(Job.DoesNotExist):
            enqueue(slug, KIND)


def ask_after(slug: str) -> None:
    """Ask once the transaction at hand is committed; what fails then harms nobody.

    Parameters
    ----------
    slug : str
        The study.
    """
    transaction.on_commit(lambda: ask(slug), robust=True)


def on_arrival(submission: Submission) -> None:
    """Ask for the facts when an interview came; joins `tyndau_server.fieldwork.receive.COUNTERS`.

    Parameters
    ----------
    submission : Submission
        The interview.
    """
    ask_after(submission.study)


def on_design(slug: str) -> None:
    """Ask when the design is another one; joins `tyndau_server.studies.design.CHANGED`.

    Parameters
    ----------
    slug : str
        The study; one of which nothing is or was in the field is passed over.
    """
    if populations_of(slug):
        ask_after(slug)


def ask_where_needed(slugs: Iterable[str]) -> None:
    """Ask for the facts of the studies in which something came since they were counted.

    Parameters
    ----------
    slugs : iterable of str
        The studies.
    """
    for slug in slugs:
        if Submission.objects.filter(study=slug).exists() and not up_to_date(slug):
            ask(slug)


def populations_of(slug: str) -> list[str]:
    """Return the populations that are or were in the field.

    Parameters
    ----------
    slug : str
        The study.

    Returns
    -------
    list of str
        By name; one that was only tried out has test interviews alone, which nobody counts.
    """
    asked = (Instrument.State.FIELD, Instrument.State.CLOSED)
    issued = Instrument.objects.filter(study=slug, state__in=asked)
    return list(issued.order_by("population").values_list("population", flat=True).distinct())


def up_to_date(slug: str) -> bool:
    """Tell whether the facts speak of the field as it is.

    Parameters
    ----------
    slug : str
        The study.

    Returns
    -------
    bool
        False too where they were never counted; True where there is nothing to count.
    """
    counted = Counted.objects.filter(study=slug, membership=None, state=state_of(slug))
    return set(populations_of(slug)) <= set(counted.values_list("population", flat=True))


def state_of(slug: str) -> str:
    """Name the state of a field: another one after every arrival, decision and assignment.

    Parameters
    ----------
    slug : str
        The study.

    Returns
    -------
    str
        A few numbers.
    """
    shares = Share.objects.filter(study=slug).aggregate(
        last=Max("pk"), all=Sum("interviews"), released=Count("released")
    )
    assignments = Assignment.objects.filter(study=slug).aggregate(
        last=Max("pk"), ended=Count("ended")
    )
    parts = [
        _last(Submission.objects.filter(study=slug)),
        _last(Attachment.objects.filter(submission__study=slug)),
        _last(Decision.objects.filter(submission__study=slug)),
        _last(Contact.objects.filter(study=slug)),
        Contact.objects.filter(study=slug).count(),
        *shares.values(),
        *assignments.values(),
    ]
    return ".".join(str(part or 0) for part in parts)


def _last(
    rows: QuerySet[Submission] | QuerySet[Attachment] | QuerySet[Decision] | QuerySet[Contact],
) -> int:
    return rows.order_by("-pk").values_list("pk", flat=True).first() or 0
