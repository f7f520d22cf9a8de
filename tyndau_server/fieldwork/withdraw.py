"""Withdrawing an interview: found by the code on its respondent's slip, erased by a person's word.

In: a code, what a person sees. Out: the interviews of this code, without answers; a withdrawal, in
one transaction: every version's XML, the rows of its files, the reasons of decisions and what was
typed in from paper are gone, and a tombstone stays. The log holds who, when and why. Waves, bytes
of files, copies in quarantine and bundles are the work of a job, `tyndau_server.fieldwork.erasing`.

Who keeps something of an interview in tables of its own appends a function to `ROWS`.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from tyndau.fieldwork.openrosa import read_code, withdrawal_code
from tyndau_server.audit import log
from tyndau_server.fieldwork import problems
from tyndau_server.fieldwork.models import (
    Attachment,
    Decision,
    Quarantined,
    Submission,
    Withdrawal,
)
from tyndau_server.fieldwork.tombstones import lay
from tyndau_server.fieldwork.writing import writing
from tyndau_server.people.models import Membership, Person

# Called with the study and the numbers of all versions, inside the transaction.
ROWS: list[Callable[[str, Collection[str]], None]] = []

EMPTY = sha256(b"").hexdigest()
_LONGEST_REASON = 2000


@dataclass(frozen=True, slots=True)
class Found:
    """An interview that a code names, without anything that was answered in it.

    Attributes
    ----------
    interview : str
        The number of its first version.
    population, version : str
        By what it was asked; empty where it only lies in quarantine.
    membership : Membership or None
        Who asked.
    received : datetime
        When it came, in UTC.
    state : str
        What was decided of it; empty where it only lies in quarantine.
    versions, files, quarantined : int
        How many versions, files and copies in quarantine there are.
    """

    interview: str
    population: str
    version: str
    membership: Membership | None
    received: datetime
    state: str
    versions: int
    files: int
    quarantined: int


def find(
    typed: str, among: QuerySet[Submission], quarantined: QuerySet[Quarantined]
) -> list[Found]:
    """Find interviews by the code on a slip.

    Parameters
    ----------
    typed : str
        As somebody typed it.
    among : QuerySet of Submission
        What the person sees.
    quarantined : QuerySet of Quarantined
        What the person sees of the quarantine.

    Returns
    -------
    list of Found
        One; very seldom more, since a code is short.

    Raises
    ------
    UserError
        If it is no code, or of no interview that the person sees.
    """
    code = read_code(typed)
    if code is None:
        raise problems.NO_CODE.error(typed=typed.strip()[:40])
    here = among.exclude(state=Submission.State.WITHDRAWN)
    numbers = dict.fromkeys(here.order_by("pk").values_list("interview", flat=True))
    numbers |= dict.fromkeys(
        quarantined.exclude(instance_id="").values_list("instance_id", flat=True)
    )
    named = [one for one in numbers if withdrawal_code(one) == code]
    if not named:
        raise problems.NO_INTERVIEW.error(code=code)
    return [_found(one, here, quarantined) for one in named]


def _found(
    interview: str, among: QuerySet[Submission], quarantined: QuerySet[Quarantined]
) -> Found:
    versions = list(
        among.filter(interview=interview)
        .select_related("instrument", "membership__person")
        .defer("xml", "instrument__xform")
        .order_by("pk")
    )
    ids = {interview, *(one.instance_id for one in versions)}
    copies = quarantined.filter(instance_id__in=ids)
    first: Submission | Quarantined = (
        versions[0] if versions else copies.select_related("membership__person").earliest("pk")
    )
    last = versions[-1] if versions else None
    return Found(
        interview=interview,
        population=last.instrument.population if last else "",
        version=last.instrument.version if last else "",
        membership=first.membership,
        received=first.received,
        state=last.state if last else "",
        versions=len(versions),
        files=Attachment.objects.filter(submission__in=[one.pk for one in versions]).count(),
        quarantined=copies.count(),
    )


def withdraw(
    interview: str,
    *,
    study: str,
    typed: str,
    reason: str,
    by: Person,
    among: QuerySet[Submission],
    quarantined: QuerySet[Quarantined],
) -> Withdrawal:
    """Withdraw an interview: nothing brings it back.

    Parameters
    ----------
    interview : str
        The number of its first version.
    study : str
        The study's slug.
    typed : str
        The code on the slip, typed once more.
    reason : str
        In the person's words.
    by : Person
        Who does it.
    among : QuerySet of Submission
        What the person sees.
    quarantined : QuerySet of Quarantined
        What the person sees of the quarantine.

    Returns
    -------
    Withdrawal
        The same one, however often it is asked.

    Raises
    ------
    UserError
        If the code is another one, no reason is given, or the person sees no such interview:
        nothing is erased.
    """
    reason = reason.replace("\0", "").strip()[:_LONGEST_REASON]
    code = withdrawal_code(interview)
    if read_code(typed) != code:
        raise problems.OTHER_CODE.error()
    if not reason:
        raise problems.NO_REASON.error()
    seen = among.filter(interview=interview).exists()
    if not seen and not quarantined.filter(instance_id=interview).exists():
        raise problems.NO_INTERVIEW.error(code=code)
    _overwrite_what_goes()
    with writing():
        there = Withdrawal.objects.filter(study=study, interview=interview).first()
        return there or _withdraw(interview, study, reason, by)


def _overwrite_what_goes() -> None:
    """Let SQLite overwrite what is deleted; PostgreSQL does so by the job's VACUUM."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")


def _withdraw(interview: str, study: str, reason: str, by: Person) -> Withdrawal:
    versions = _held(study, interview)
    ids = {interview, *(one.instance_id for one in versions)}
    copies = Quarantined.objects.filter(study=study, instance_id__in=ids)
    attached = Attachment.objects.filter(submission__in=[one.pk for one in versions])
    files = {*attached.values_list("sha256", flat=True)}
    first = versions[0] if versions else copies.earliest("pk")
    last = versions[-1] if versions else None
    withdrawal = Withdrawal.objects.create(
        study=study,
        interview=interview,
        key=last.key if last else "",
        population=last.instrument.population if last else "",
        membership=first.membership,
        received=first.received,
        by=by,
        moment=timezone.now(),
        reason=reason,
        files=sorted(files),
    )
    lay(withdrawal, ids)
    told = {"versions": len(versions), "files": attached.count(), "reason": reason}
    attached.delete()
    for one in versions:
        _bury(one)
    # What people wrote about it may tell of its answers; who decided what and when stays.
    Decision.objects.filter(submission__in=[one.pk for one in versions]).update(reason="")
    if last is not None:
        Decision.objects.create(
            submission=last, person=by, moment=withdrawal.moment, before=last.state,
            after=Submission.State.WITHDRAWN, reason=reason,
        )  # fmt: skip
    for erase_rows in ROWS:
        erase_rows(study, ids)
    log.write(
        "submission.withdrawn", actor=by, study=study, subject=interview, details=told
    )  # last, since the log is held from here on
    return withdrawal


def _held(study: str, interview: str) -> Sequence[Submission]:
    """Return all versions, held; a correction that came while we waited is among them."""
    rows = Submission.objects.filter(study=study, interview=interview)
    held = rows.select_related("instrument", "membership").defer("xml", "instrument__xform")
    list(held.select_for_update(of=("self",)).order_by("pk"))
    return list(held.select_for_update(of=("self",)).order_by("pk"))


def _bury(submission: Submission) -> None:
    """Leave of a version what says that it was there, and nothing of what it held."""
    Submission.objects.filter(pk=submission.pk).update(
        xml=b"",
        sha256=EMPTY,
        current=False,
        device_id="",
        token=None,
        awaited=[],
        complete=True,
        state=Submission.State.WITHDRAWN,
        reason="",
    )
