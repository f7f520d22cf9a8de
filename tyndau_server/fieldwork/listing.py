"""A page of the list of interviews, and what stands beside one in it.

In: what a person sees, filters, a page's number. Out: `Listing`. However many interviews there are,
a page asks the database the same few questions, and the XML is read of the rows of the page alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from django.db.models import Count, Q, QuerySet

from tyndau_server.fieldwork.filters import LISTED, Filters
from tyndau_server.fieldwork.forms import known, minutes_of, read
from tyndau_server.fieldwork.interview import unknown_codes
from tyndau_server.fieldwork.models import Attachment, Submission
from tyndau_server.fieldwork.words import Badge, submission_badge
from tyndau_server.look.clock import said_at

PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """An interview in the list.

    Attributes
    ----------
    pk : int
        The number of its current version.
    state : Badge
        What was decided of it.
    received : str
        When it came, by the study's clock.
    population, version : str
        By what it was asked.
    interviewer, name : str
        Code and name of who asked; empty where it is not known.
    minutes : int or None
        How long it took by the phone's clock; None where the form does not say.
    missing : int
        How many of its attachments are not here.
    attached : int
        How many are.
    pilot : bool
        Whether it is a test interview.
    edited : bool
        Whether it is a later version.
    unknown : tuple of str
        Questions that were answered by a code which the form does not have.
    interview : str
        What it is called.
    """

    pk: int
    state: Badge
    received: str
    population: str
    version: str
    interviewer: str
    name: str
    minutes: int | None
    missing: int
    attached: int
    pilot: bool
    edited: bool
    unknown: tuple[str, ...]
    interview: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the list.

    Attributes
    ----------
    rows : tuple of Row
        The newest first.
    counts : tuple of tuple of Badge and int
        Interviews by state, all other filters being held.
    total, everything : int, int
        How many the filters leave; how many there are of whatever state.
    page, pages : int, int
        Which page this is, from 1, and how many there are.
    """

    rows: tuple[Row, ...]
    counts: tuple[tuple[Badge, int], ...]
    total: int
    everything: int
    page: int
    pages: int


def listing(
    seen: QuerySet[Submission], filters: Filters, zone: tzinfo, *, page: int = 1
) -> Listing:
    """Make a page of the list.

    Parameters
    ----------
    seen : QuerySet of Submission
        What a person sees.
    filters : Filters
        What is wanted of it.
    zone : tzinfo
        Of the study.
    page : int, default 1
        From 1; one beyond the end is the last.

    Returns
    -------
    Listing
        The page.
    """
    current = seen.filter(current=True)
    found = filters.without_state().narrow(current, zone)
    by_state: Mapping[str, int] = dict(
        found.order_by()
        .values_list("state")
        .annotate(Count("pk"))
        .values_list("state", "pk__count")
    )
    everything = sum(by_state.values())
    total = by_state.get(filters.state, 0) if filters.state else everything
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    counts = tuple((submission_badge(state), by_state.get(state, 0)) for state in LISTED)
    rows = _rows(filters.narrow(current, zone), page, zone)
    return Listing(rows, counts, total, everything, page, pages)


def _rows(found: QuerySet[Submission], page: int, zone: tzinfo) -> tuple[Row, ...]:
    # The numbers first: passing over thousands of rows should not read their interviews.
    first = (page - 1) * PAGE
    keys = list(_ordered(found).values_list("pk", flat=True)[first : first + PAGE])
    submissions = list(
        _ordered(Submission.objects.filter(pk__in=keys))
        .select_related("instrument", "membership__person")
        .defer("instrument__xform")
    )
    attached = _attached(submissions)
    return tuple(_row(one, attached.get(one.pk, set()), zone) for one in submissions)


def _ordered(found: QuerySet[Submission]) -> QuerySet[Submission]:
    return found.order_by("-received", "-pk")


def _attached(submissions: Sequence[Submission]) -> dict[int, set[str]]:
    names: dict[int, set[str]] = {}
    for key, name in Attachment.objects.filter(
        submission__in=[one.pk for one in submissions]
    ).values_list("submission", "name"):
        names.setdefault(key, set()).add(name)
    return names


def _row(submission: Submission, attached: set[str], zone: tzinfo) -> Row:
    membership, instrument = submission.membership, submission.instrument
    return Row(
        pk=submission.pk,
        state=submission_badge(submission.state),
        received=said_at(submission.received, zone),
        population=instrument.population,
        version=instrument.version,
        interviewer=membership.code if membership else "",
        name=membership.person.name if membership else "",
        minutes=minutes_of(submission),
        missing=len(set(submission.awaited) - attached),
        attached=len(attached),
        pilot=submission.pilot,
        edited=bool(submission.deprecated_id),
        unknown=unknown_codes(known(instrument), read(submission)),
        interview=submission.interview,
    )


def beside(found: QuerySet[Submission], submission: Submission) -> tuple[int | None, int | None]:
    """Return the interviews before and after one in a list.

    Parameters
    ----------
    found : QuerySet of Submission
        The list, filtered.
    submission : Submission
        The one, which need not stand in it any more.

    Returns
    -------
    before, after : int or None
        Numbers of current versions; None at the ends.
    """
    same = Q(received=submission.received)
    newer = found.filter(Q(received__gt=submission.received) | same & Q(pk__gt=submission.pk))
    older = found.filter(Q(received__lt=submission.received) | same & Q(pk__lt=submission.pk))
    before = newer.order_by("received", "pk").values_list("pk", flat=True).first()
    after = _ordered(older).values_list("pk", flat=True).first()
    return before, after
