"""What interviewers are owed, and what people decided to pay less.

In: accepted interviews, the rate of the workbook, cuts. Out: `Register` of
`tyndau.fieldwork.control.pay` and entries in the log. No rule cuts anything: a person does, with a
reason, and may take it back.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, Min, QuerySet
from django.utils import timezone

from tyndau.fieldwork.control import pay
from tyndau.study import Study
from tyndau_server.audit import log
from tyndau_server.control import problems
from tyndau_server.control.models import Cut
from tyndau_server.control.toward import finished
from tyndau_server.fieldwork.models import Submission
from tyndau_server.fieldwork.writing import writing
from tyndau_server.people.models import Membership, Person, Role

_LONGEST_REASON = 2000
_MOST = Decimal(10_000_000)


@dataclass(frozen=True, slots=True)
class Owed:
    """What one interviewer is owed.

    Attributes
    ----------
    member : Membership
        The interviewer.
    line : Line
        Accepted interviews, cuts and sums in tenge; its ``interviewer`` is a name of ours.
    first, last : date or None
        Days of the first and the last accepted interview.
    """

    member: Membership
    line: pay.Line
    first: date | None
    last: date | None


def rate_of(study: Study | None) -> Decimal | None:
    """Return what is paid for an interview.

    Parameters
    ----------
    study : Study or None
        Whose sheet ``sampling`` says it.

    Returns
    -------
    Decimal or None
        In tenge; None where it is not said.
    """
    rate = study.sampling.rate_interview if study and study.sampling else None
    return None if rate is None else pay.money(rate)


def register_of(slug: str, study: Study | None, *, only: Membership | None = None) -> list[Owed]:
    """Reckon what interviewers are owed.

    Parameters
    ----------
    slug : str
        The study's slug.
    study : Study or None
        The study.
    only : Membership, optional
        One interviewer; all by default.

    Returns
    -------
    list of Owed
        By code, with cuts at their days in the study's zone; nobody where the workbook names no
        rate.

    Raises
    ------
    UserError
        If cuts take more than was earned.
    """
    rate = rate_of(study)
    if study is None or rate is None:
        return []
    zone = ZoneInfo(study.time_zone)
    everybody = Membership.objects.filter(study=slug, role=Role.INTERVIEWER)
    if only is not None:
        everybody = everybody.filter(pk=only.pk)
    members = {_name(one): one for one in everybody.select_related("person").order_by("code", "pk")}
    by_number = {one.pk: name for name, one in members.items()}
    accepted = dict.fromkeys(members, 0)
    days: dict[str, tuple[date | None, date | None]] = {}
    for number, count, *between in (
        finished(slug, membership__in=list(by_number))
        .filter(submission__state=Submission.State.ACCEPTED)
        .values_list("membership")
        .order_by()
        .annotate(Count("pk"), Min("day"), Max("day"))
    ):
        accepted[by_number[number]] = count
        days[by_number[number]] = (between[0], between[1])
    cuts = [
        pay.Cut(by_number[one.membership_id], one.amount, one.made_by.name, one.reason,
                one.made.astimezone(zone).date())
        for one in cuts_of(slug).filter(revoked=None, membership__in=list(by_number))
    ]  # fmt: skip
    return [
        Owed(members[one.interviewer], one, *days.get(one.interviewer, (None, None)))
        for one in pay.register(accepted, rate, cuts).lines
        if one.accepted or one.cuts or members[one.interviewer].ended is None
    ]


def _name(member: Membership) -> str:
    # A code may come again after somebody left.
    return f"{member.code} {member.pk:09d}"


def cuts_of(slug: str) -> QuerySet[Cut]:
    """Return the cuts of a study, the newest first.

    Parameters
    ----------
    slug : str
        The study's slug.

    Returns
    -------
    QuerySet of Cut
        Those that were taken back too.
    """
    found = Cut.objects.filter(study=slug).select_related("membership__person", "made_by")
    return found.order_by("-made", "-pk")


def cut(
    slug: str, study: Study | None, member: Membership, amount: str, reason: str, *, by: Person
) -> Cut:
    """Decide to pay an interviewer less.

    Parameters
    ----------
    slug, study : str, Study or None
        Where.
    member : Membership
        Of the interviewer.
    amount : str
        In tenge, as typed.
    reason : str
        Why.
    by : Person
        Who decides.

    Returns
    -------
    Cut
        The decision.

    Raises
    ------
    UserError
        If no reason is given, the sum cannot be read, or it is more than is owed.
    """
    said = reason.replace("\0", "").strip()[:_LONGEST_REASON]
    if not said:
        raise problems.NO_REASON.error()
    try:
        sum_ = pay.money(amount.strip().replace(" ", "").replace(",", "."))
    except InvalidOperation:
        raise problems.AMOUNT.error() from None
    if not sum_.is_finite() or not 0 < sum_ <= _MOST:
        raise problems.AMOUNT.error()
    with writing():
        # Held, so that two cuts at once cannot take more than is owed together.
        Membership.objects.select_for_update().get(pk=member.pk)
        made = Cut.objects.create(
            study=slug, membership=member, amount=sum_, reason=said, made_by=by
        )
        register_of(slug, study, only=member)
        log.write(
            "cut.made", actor=by, study=slug, subject=member.code,
            details={"amount": str(sum_), "reason": said},
        )  # fmt: skip
    return made


def revoke(found: Cut, *, by: Person) -> None:
    """Take a cut back.

    Parameters
    ----------
    found : Cut
        Which.
    by : Person
        Who decides.
    """
    with writing():
        held = Cut.objects.filter(pk=found.pk, revoked=None)
        if held.update(revoked=timezone.now(), revoked_by=by):
            log.write(
                "cut.revoked", actor=by, study=found.study, subject=found.membership.code,
                details={"amount": str(found.amount)},
            )  # fmt: skip
