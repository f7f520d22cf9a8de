"""Whose papers somebody makes, and where they lie.

In: a study, what somebody is in it. Out: interviewers, the path of a zip file below the data
folder. A supervisor of some territories has the papers of the interviewers who work there, in a
file of their own, which is offered only as long as it is of these and no others.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tyndau_server.fieldwork.seen import interviewers_of
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
        Of all interviewers, or of those of a supervisor's territories.
    """
    everybody = tuple(
        Membership.objects.filter(study=slug, role=Role.INTERVIEWER, ended=None)
        .exclude(code="")
        .select_related("person")
        .order_by("code", "pk")
    )
    if membership is None or membership.role != Role.SUPERVISOR or not membership.territories:
        return Edition(folder_of_papers(slug) / f"{EVERYBODY}.zip", everybody)
    seen = {one.pk for one in interviewers_of(membership)}
    own = tuple(one for one in everybody if one.pk in seen)
    return Edition(folder_of_papers(slug) / f"{EVERYBODY}-{_digest(own)}.zip", own)


def editions(slug: str) -> Iterator[Edition]:
    """Go through all papers of a study.

    Parameters
    ----------
    slug : str
        The study.

    Yields
    ------
    Edition
        That of everybody, then one for each supervisor of some territories; none comes twice.
    """
    supervisors = Membership.objects.filter(study=slug, role=Role.SUPERVISOR, ended=None)
    paths = set()
    for one in (None, *supervisors.order_by("pk")):
        edition = edition_for(slug, one)
        if edition.path not in paths:
            paths.add(edition.path)
            yield edition


def _digest(members: Iterable[Membership]) -> str:
    said = " ".join(str(one.pk) for one in members)
    return hashlib.sha256(said.encode()).hexdigest()[:24]
