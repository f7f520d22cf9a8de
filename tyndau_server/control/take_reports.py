"""What phones tell besides interviews, taken in: contacts at points, questions, their own state.

In: what a phone sealed, opened, and whose phone it is. Out: rows of `Contact`, `Question` and
`Report`, committed. What comes again changes nothing; what a phone says last of a contact holds,
also that there was none (a slip of the thumb). A point that the plan does not know is kept as
given. No answer of a respondent comes this way.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from tyndau_server.control import ask
from tyndau_server.control.models import Contact, Question, Report
from tyndau_server.fieldwork.models import NAME
from tyndau_server.fieldwork.phone import Phone
from tyndau_server.fieldwork.tombstones import is_withdrawn_id

LONGEST_QUESTION = 2000
BANDS = ("", "0-100", "100-500", "500-1000", "1000+")
_UID = 40
_MOST_PASSED = 100_000
# A phone that is asked anew at every press of its interviewer's would write as often.
_ANEW = timedelta(minutes=1)
_OUTCOMES = frozenset(Contact.Outcome.values)


class CannotTakeError(ValueError):
    """What a phone told is nothing that is taken; the text says why, for the log."""


def take_item(phone: Phone, item: Mapping[str, Any]) -> None:
    """Take in one thing that a phone told.

    Parameters
    ----------
    phone : Phone
        Which.
    item : mapping
        A contact (``kind`` is ``contact``), the word that there was none (``none``) or a question
        (``question``), as ``client/keep/reports.ts`` describes them.

    Raises
    ------
    CannotTakeError
        If it is none of them; nothing is kept then.
    """
    try:
        kind, uid = item["kind"], _short(item["uid"], _UID)
        if not uid:
            raise CannotTakeError("no uid")
        if kind == "none":
            _own(Contact, phone, uid).delete()
        elif kind == "contact":
            _take_contact(phone, uid, item)
        elif kind == "question":
            _take_question(phone, uid, item)
        else:
            raise CannotTakeError(f"kind {kind!r}")
        if kind != "question":
            ask.ask_after(phone.membership.study)
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as fault:
        raise CannotTakeError(repr(fault)) from fault


def take_report(phone: Phone, said: Mapping[str, Any], now: datetime) -> None:
    """Write down what a phone says of itself, once a minute at most.

    Parameters
    ----------
    phone : Phone
        Which.
    said : mapping
        ``now``, its clock; ``unsent`` and ``drafts``, how many; ``kept``, whether its browser
        promised to keep them, or None.
    now : datetime
        By the server's clock.

    Raises
    ------
    CannotTakeError
        If it says something else.
    """
    if Report.objects.filter(token=phone.token, moment__gt=now - _ANEW).exists():
        return
    try:
        kept = said["kept"]
        values = {
            "moment": now,
            "unsent": _count(said["unsent"]),
            "drafts": _count(said["drafts"]),
            "ahead": round((_moment(said["now"]) - now).total_seconds()),
            "kept": kept if isinstance(kept, bool) else None,
        }
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as fault:
        raise CannotTakeError(repr(fault)) from fault
    Report.objects.update_or_create(token=phone.token, defaults=values)


def answers_of(phone: Phone) -> list[dict[str, str]]:
    """Return what was answered to the questions of a phone's interviewer.

    Parameters
    ----------
    phone : Phone
        Which.

    Returns
    -------
    list of dict
        ``uid``, ``text`` and ``answer``, the newest last, of the last 20 that were answered.
    """
    membership = phone.membership
    answered = Question.objects.filter(study=membership.study, membership=membership).exclude(
        answered=None
    )
    return [
        {"uid": one.uid, "text": one.text, "answer": one.answer}
        for one in reversed(answered.order_by("-answered")[:20])
    ]


def _take_contact(phone: Phone, uid: str, item: Mapping[str, Any]) -> None:
    outcome, band = item["outcome"], item["band"]
    if outcome not in _OUTCOMES or band not in BANDS:
        raise CannotTakeError(f"outcome {outcome!r}, band {band!r}")
    now = timezone.now()
    values: dict[str, Any] = {
        "population": _short(item["population"]),
        "token": phone.token,
        "point": _short(item["point"]),
        "moment": _corrected(item, now),
        "outcome": outcome,
        "passed": _count(item["passed"]),
        "interview": _short(item["interview"]),
        "band": band,
    }
    membership = phone.membership
    if is_withdrawn_id(membership.study, values["interview"]):
        values["interview"] = ""
    with transaction.atomic():
        if _own(Contact, phone, uid).update(**values):
            return
        # One that another interviewer sent by this number stays as it is.
        Contact.objects.get_or_create(
            study=membership.study, uid=uid,
            defaults={**values, "membership": membership, "received": now},
        )  # fmt: skip


def _take_question(phone: Phone, uid: str, item: Mapping[str, Any]) -> None:
    text = _short(item["text"], LONGEST_QUESTION).strip()
    if not text:
        raise CannotTakeError("no text")
    now = timezone.now()
    membership = phone.membership
    values = {
        "membership": membership, "text": text, "moment": _corrected(item, now), "received": now,
    }  # fmt: skip
    Question.objects.get_or_create(study=membership.study, uid=uid, defaults=values)


def _own(model: type[Contact], phone: Phone, uid: str) -> Any:
    membership = phone.membership
    return model.objects.filter(study=membership.study, uid=uid, membership=membership)


def _corrected(item: Mapping[str, Any], now: datetime) -> datetime:
    """Bring a moment of the phone's clock to the server's; nothing happens later than now."""
    ahead = item["clock"]
    moment = _moment(item["moment"])
    return min(moment - timedelta(seconds=0 if ahead is None else float(ahead)), now)


def _moment(said: str) -> datetime:
    moment = datetime.fromisoformat(said)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _count(said: object) -> int:
    if not isinstance(said, int) or isinstance(said, bool) or not 0 <= said <= _MOST_PASSED:
        raise CannotTakeError(f"{said!r} is no count")
    return said


def _short(said: object, longest: int = NAME) -> str:
    if not isinstance(said, str) or len(said) > longest or "\0" in said:
        raise CannotTakeError("a text is missing or too long")
    return said
