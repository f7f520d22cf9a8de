"""What people decide of alerts and questions: settled with a note, answered.

In: alerts or a question, who decides, in whose words. Out: the row, and an entry in the log.
Whoever presses a button twice decides once; of two who do it at once the second is told who was
first, and keeps the own words.
"""

from collections.abc import Sequence

from django.utils import timezone

from tyndau_server.audit import log
from tyndau_server.control import problems
from tyndau_server.control.models import Alert, Question
from tyndau_server.fieldwork.writing import writing
from tyndau_server.people.models import Person

_LONGEST = 2000


def _words(written: str) -> str:
    said = written.replace("\0", "").strip()[:_LONGEST]
    if not said:
        raise problems.NO_NOTE.error()
    return said


def settle_alerts(alerts: Sequence[Alert], note: str, *, by: Person) -> int:
    """Write that somebody looked at alerts, and what was done, with one note for all of them.

    Parameters
    ----------
    alerts : sequence of Alert
        Which; each keeps a row of its own, and one entry of the log says how many and which.
    note : str
        In the person's words.
    by : Person
        Who.

    Returns
    -------
    int
        How many were settled now; those that the same person settled before are left as they are.

    Raises
    ------
    UserError
        If nothing is chosen or said, or one of them was settled with other words before; then none
        is.
    """
    said = _words(note)
    if not alerts:
        raise problems.NO_ALERT.error()
    with writing():
        held = Alert.objects.select_for_update(of=("self",)).order_by("pk")
        chosen = list(held.filter(pk__in=[one.pk for one in alerts]))
        for one in chosen:
            if one.settled is not None and (one.settled_by_id != by.pk or one.note != said):
                raise problems.SETTLED_MEANWHILE.error(person=one.settled_by)
        now = [one for one in chosen if one.settled is None]
        for one in now:
            one.settled, one.settled_by, one.note = timezone.now(), by, said
        Alert.objects.bulk_update(now, ["settled", "settled_by", "note"])
        if now:
            _write(now, said, by)
    return len(now)


def _write(settled: Sequence[Alert], note: str, by: Person) -> None:
    """Write one entry, however many alerts there are."""
    rules = sorted({one.rule for one in settled})
    of: dict[str, object] = {"rule": ", ".join(rules), "note": note}
    if len(settled) == 1:
        action, subject = "alert.settled", settled[0].key
    else:
        action, subject = "alerts.settled", ""
        of |= {"count": len(settled), "alerts": [one.key for one in settled]}
    log.write(action, actor=by, study=settled[0].study, subject=subject, details=of)


def answer_question(question: Question, answer: str, *, by: Person) -> None:
    """Answer an interviewer, whose phone shows it at its next contact.

    Parameters
    ----------
    question : Question
        Which.
    answer : str
        In the person's words.
    by : Person
        Who.

    Raises
    ------
    UserError
        If nothing is said, or an answer of other words is there already.
    """
    said = _words(answer)
    with writing():
        held = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
        if held.answered is not None:
            if held.answered_by_id == by.pk and held.answer == said:
                return
            raise problems.ANSWERED_MEANWHILE.error(person=held.answered_by, answer=held.answer)
        held.answered, held.answered_by, held.answer = timezone.now(), by, said
        held.save(update_fields=["answered", "answered_by", "answer"])
        log.write(
            "question.answered", actor=by, study=held.study, subject=f"question {held.pk}",
        )  # fmt: skip
