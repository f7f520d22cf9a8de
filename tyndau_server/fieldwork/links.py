"""Links by which residents fill a questionnaire in themselves: made, found, used up, closed.

In: a study and a population; or the last part of an address. Out: links. A population is asked by
interviewers or by links and never by both: who finds a link is not drawn like who is met at a
point, and the two must not fall into one wave. A personal link is kept as a digest and shown once.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from tyndau.base.errors import Problem
from tyndau.study import Study
from tyndau_server.audit import log
from tyndau_server.fieldwork import problems
from tyndau_server.fieldwork.models import Instrument, Link, Submission
from tyndau_server.people.models import Person
from tyndau_server.people.tokens import digest, new_secret

MOST = 5000
# Open addresses are typed from posters.
_CODE = 10


def make_open(study: str, population: str, *, by: Person | None) -> Link:
    """Make an open link.

    Parameters
    ----------
    study, population : str
        Where it leads to.
    by : Person or None
        Who makes it.

    Returns
    -------
    Link
        The one that is open already, or a new one.

    Raises
    ------
    UserError
        If interviewers ask that population, or it has no questionnaire in the field.
    """
    with transaction.atomic():
        _check(study, population)
        here = Link.objects.filter(study=study, population=population, closed=None).exclude(code="")
        if found := here.first():
            return found
        code = new_secret().replace("-", "").replace("_", "").lower()[:_CODE]
        link = Link.objects.create(
            study=study, population=population, code=code, digest=digest(code),
            batch=timezone.now(), made_by=by,
        )  # fmt: skip
        log.write("link.opened", actor=by, study=study, subject=population)
    return link


def make_personal(study: str, population: str, count: int, *, by: Person | None) -> list[str]:
    """Make personal links, each for one interview.

    Parameters
    ----------
    study, population : str
        Where they lead to.
    count : int
        How many, 1 to `MOST`.
    by : Person or None
        Who makes them.

    Returns
    -------
    list of str
        The last parts of their addresses, which nobody can read again.

    Raises
    ------
    UserError
        As for `make_open`, or if the number is out of bounds.
    """
    if not 1 <= count <= MOST:
        raise problems.LINK_COUNT.error(most=MOST)
    secrets, now = [new_secret() for _ in range(count)], timezone.now()
    with transaction.atomic():
        _check(study, population)
        Link.objects.bulk_create(
            Link(
                study=study, population=population, digest=digest(secret), batch=now, made_by=by,
            )
            for secret in secrets
        )  # fmt: skip
        details = {"count": count}
        log.write("link.personal", actor=by, study=study, subject=population, details=details)
    return secrets


def close(study: str, population: str, batch: datetime, *, by: Person | None) -> int:
    """Close links that were made at once.

    Parameters
    ----------
    study, population : str
        Where they led to.
    batch : datetime
        When they were made.
    by : Person or None
        Who closes them.

    Returns
    -------
    int
        How many were open.
    """
    with transaction.atomic():
        found = Link.objects.filter(study=study, population=population, batch=batch, closed=None)
        closed = found.update(closed=timezone.now())
        if closed:
            details = {"count": closed}
            log.write("link.closed", actor=by, study=study, subject=population, details=details)
    return closed


def link_of(secret: str) -> Link | None:
    """Find the link of an address.

    Parameters
    ----------
    secret : str
        The last part of it.

    Returns
    -------
    Link or None
        Also one that is used up or closed; None where there never was one.
    """
    return Link.objects.filter(digest=digest(secret)).first()


def instrument_of(link: Link) -> Instrument | None:
    """Return the questionnaire to which a link leads now.

    Parameters
    ----------
    link : Link
        The link.

    Returns
    -------
    Instrument or None
        The version that came into the field last; None where the link leads nowhere any more.
    """
    if link.closed or link.used:
        return None
    found = Instrument.objects.filter(
        study=link.study, population=link.population, state=Instrument.State.FIELD
    )
    return found.defer("xform").order_by("-pk").first()


def use_up(link: Link) -> None:
    """Note that an interview came by a personal link; nothing says which.

    Parameters
    ----------
    link : Link
        The link; an open one is never used up.
    """
    if not link.code:
        today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
        Link.objects.filter(pk=link.pk, used=None).update(used=today)


def asked_by_link(study: str) -> Collection[str]:
    """Return the populations to which links lead.

    Parameters
    ----------
    study : str
        The study.

    Returns
    -------
    collection of str
        Their names; closed links count, since their interviews are there.
    """
    return set(Link.objects.filter(study=study).values_list("population", flat=True).distinct())


def too_strong(study: Study) -> list[Problem]:
    """Find the populations of open links of whose samples the study says too much.

    Parameters
    ----------
    study : Study
        The study; its slug is the name of its folder.

    Returns
    -------
    list of Problem
        A warning for each, by name; a wave of them can be frozen all the same.
    """
    opened = Link.objects.filter(study=study.folder.name).exclude(code="")
    names = opened.order_by("population").values_list("population", flat=True).distinct()
    return [
        problems.LINK_INFERENCE.at(population=name, inference=study.inference_of(name))
        for name in names
        if name in study.forms and study.inference_of(name) != "none"
    ]


def _check(study: str, population: str) -> None:
    """Refuse a population that cannot be asked by link."""
    of = {"study": study, "population": population}
    if not Instrument.objects.filter(**of, state=Instrument.State.FIELD).exists():
        raise problems.LINK_NOT_IN_FIELD.error(population=population)
    asked = Submission.objects.filter(
        study=study, instrument__population=population, membership__isnull=False, pilot=False
    )
    if asked.exists():
        raise problems.LINK_POPULATION.error(population=population)
