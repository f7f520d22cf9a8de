"""What happens in the field right now: alerts, phones, questions; and whether anything is new.

In: a membership, the interviewers whose work somebody sees. Out: plain lines for pages, and a name
for the state of all that a dashboard shows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db.models import Exists, OuterRef, Q, QuerySet

from tyndau_server.control.models import Alert, Made, Question
from tyndau_server.fieldwork.seen import is_limited, sees_all_of
from tyndau_server.people.models import Membership, Token

_MOST = 200


@dataclass(frozen=True, slots=True)
class AlertLine:
    """An alert as a page shows it.

    Attributes
    ----------
    alert : Alert
        The row.
    what, next_step : dict of str to str
        What was found, and what to do about it, by language.
    """

    alert: Alert
    what: Mapping[str, str]
    next_step: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PhoneLine:
    """A phone.

    Attributes
    ----------
    number : int
        Of its token.
    interviewer : Membership
        Whose it is.
    label : str
        Which one.
    seen : datetime or None
        Its last contact of whatever kind; None for never.
    unsent, drafts : int or None
        What waits on it; None where it never said.
    """

    number: int
    interviewer: Membership
    label: str
    seen: datetime | None
    unsent: int | None
    drafts: int | None


def alerts_of(
    membership: Membership, interviewers: Sequence[Membership], points: Iterable[str]
) -> QuerySet[Alert]:
    """Return the alerts that somebody sees.

    Parameters
    ----------
    membership : Membership
        Who looks.
    interviewers : sequence of Membership
        Whom the person sees.
    points : iterable of str
        The points of the person's territories.

    Returns
    -------
    QuerySet of Alert
        Of the study, settled ones too.
    """
    found = Alert.objects.filter(study=membership.study)
    if not is_limited(membership):
        return found
    own = Q(membership__in=[one.pk for one in interviewers if sees_all_of(membership, one)])
    # Of guests what was found at a point here; what names none where they worked here that day, or
    # where it names no day either, such as a silent phone.
    here = Made.objects.filter(
        membership=OuterRef("membership"), day=OuterRef("day"),
        population=OuterRef("population"), territory__in=membership.territories,
    )  # fmt: skip
    guests = Q(membership__in=[one.pk for one in interviewers], point="")
    return found.filter(own | guests & (Q(day=None) | Exists(here)) | Q(point__in=list(points)))


def open_alerts(alerts: QuerySet[Alert], population: str) -> list[AlertLine]:
    """Return the alerts on which somebody should act, the newest first.

    Parameters
    ----------
    alerts : QuerySet of Alert
        What the person sees.
    population : str
        Of which questionnaire.

    Returns
    -------
    list of AlertLine
        Neither settled nor gone.
    """
    rows = alerts.filter(population=population, settled=None, gone=None)
    return [
        line_of(one)
        for one in rows.select_related("membership__person").order_by("-raised", "-pk")[:_MOST]
    ]


def line_of(alert: Alert) -> AlertLine:
    """Say an alert.

    Parameters
    ----------
    alert : Alert
        The row.

    Returns
    -------
    AlertLine
        In words.
    """
    return AlertLine(alert, alert.facts.get("said", {}), alert.facts.get("next", {}))


def phones_of(interviewers: Sequence[Membership]) -> list[PhoneLine]:
    """Return the phones that hold, those that were silent longest first.

    Parameters
    ----------
    interviewers : sequence of Membership
        Whose phones the person sees.

    Returns
    -------
    list of PhoneLine
        Each with what it last said of itself.
    """
    by_number: Mapping[int, Membership] = {one.pk: one for one in interviewers}
    tokens = Token.objects.filter(membership__in=list(by_number), revoked=None)
    lines = []
    for token in tokens.select_related("report").order_by("pk"):
        token.membership = by_number[token.membership_id]
        lines.append(line_of_phone(token))
    return sorted(lines, key=lambda line: (line.seen is not None, line.seen or 0, line.label))


def line_of_phone(token: Token) -> PhoneLine:
    """Tell what is known of a phone.

    Parameters
    ----------
    token : Token
        Of the phone.

    Returns
    -------
    PhoneLine
        With what it last said of itself.
    """
    report = getattr(token, "report", None)
    moments = [one for one in (token.used, report.moment if report else None) if one]
    return PhoneLine(
        token.pk, token.membership, token.label, max(moments, default=None),
        report.unsent if report else None, report.drafts if report else None,
    )  # fmt: skip


def questions_of(membership: Membership, interviewers: Sequence[Membership]) -> QuerySet[Question]:
    """Return the questions that somebody may answer.

    Parameters
    ----------
    membership : Membership
        Who looks.
    interviewers : sequence of Membership
        Whose questions the person sees.

    Returns
    -------
    QuerySet of Question
        Of the study, answered ones too.
    """
    found = Question.objects.filter(study=membership.study)
    if is_limited(membership):
        found = found.filter(membership__in=[one.pk for one in interviewers])
    return found.select_related("membership__person")


def name_of(*parts: object) -> str:
    """Name the state of what a page shows, so that a browser need not be sent the same again.

    Parameters
    ----------
    *parts : object
        What it is made of, each with a text of its own.

    Returns
    -------
    str
        A digest.
    """
    return sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:32]
