"""Whose papers somebody makes, and where they lie.

In: a study, what somebody is in it. Out: interviewers, the path of a zip file below the data
folder. A supervisor of some territories has the papers of the interviewers who have one of them, in
a file of their own, which is offered only as long as it is of these and no others; none of guests,
since a point plan says where else one works.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db.models import QuerySet

from tyndau_server.fieldwork.seen import is_limited, sees_all_of
from tyndau_server.people.models import Membership, Role
from tyndau_server.people.photos import folder_of_papers

EVERYBODY = "papers"


@dataclass(frozen=True, slots=True)
class Edition:
    """Papers that are one file.

    Attributes
    ----------
    path : Path
        A zip file, which need not be there.
    members : tuple of Membership
        The interviewers, by code.
    """

    path: Path
    members: tuple[Membership, ...]


def edition_for(slug: str, membership: Membership | None) -> Edition:
    """Return the papers that are somebody's to make and to fetch.

    Parameters
    ----------
    slug : str
        The study.
    membership : Membership or None
        What the person is in it; None for an administrator without a part in it.

    Returns
    -------
    Edition
        Of all interviewers, or of those who have one of a supervisor's territories.
    """
    return _edition(slug, membership, tuple(_with_papers(slug)))


def member_for(slug: str, membership: Membership | None, number: int) -> Membership | None:
    """Return an interviewer whose papers and photo are somebody's to see to.

    Parameters
    ----------
    slug : str
        The study.
    membership : Membership or None
        As for `edition_for`.
    number : int
        Of the interviewer's part in the study.

    Returns
    -------
    Membership or None
        None where `edition_for` has no such interviewer.
    """
    found = _with_papers(slug).filter(pk=number).first()
    return found if found is not None and _is_own(membership, found) else None


def editions(slug: str) -> Iterator[Edition]:
    """Go through all papers of a study, all of them of the interviewers of one moment.

    Parameters
    ----------
    slug : str
        The study.

    Yields
    ------
    Edition
        That of everybody, then one for each supervisor of some territories; none comes twice.
    """
    everybody = tuple(_with_papers(slug))
    supervisors = Membership.objects.filter(study=slug, role=Role.SUPERVISOR, ended=None)
    paths = set()
    for one in (None, *supervisors.order_by("pk")):
        edition = _edition(slug, one, everybody)
        if edition.path not in paths:
            paths.add(edition.path)
            yield edition


def _with_papers(slug: str) -> QuerySet[Membership]:
    return (
        Membership.objects.filter(study=slug, role=Role.INTERVIEWER, ended=None)
        .exclude(code="")
        .select_related("person")
        .order_by("code", "pk")
    )


def _edition(
    slug: str, membership: Membership | None, everybody: tuple[Membership, ...]
) -> Edition:
    if membership is None or not is_limited(membership):
        return Edition(folder_of_papers(slug) / f"{EVERYBODY}.zip", everybody)
    own = tuple(one for one in everybody if _is_own(membership, one))
    return Edition(folder_of_papers(slug) / f"{EVERYBODY}-{_digest(own)}.zip", own)


def _is_own(membership: Membership | None, interviewer: Membership) -> bool:
    return membership is None or sees_all_of(membership, interviewer)


def _digest(members: Iterable[Membership]) -> str:
    said = " ".join(str(one.pk) for one in members)
    return hashlib.sha256(said.encode()).hexdigest()[:24]
