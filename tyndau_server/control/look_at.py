"""What people decide of alerts and questions: settled with a note, answered.

In: an alert or a question, who decides, in whose words. Out: the row, and an entry in the log.
Whoever presses a button twice decides once; of two who do it at once the second is told who was
first, and keeps the own words.
"""

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


def settle_alert(alert: Alert, note: str, *, by: Person) -> None:
    """Write that somebody looked, and what was done.

    Parameters
    ----------
    alert : Alert
        Which.
    note : str
        In the person's words.
    by : Person
        Who.

    Raises
    ------
    UserError
        If nothing is said, or it is settled with another note already.
    """
    said = _words(note)
    with writing():
        held = Alert.objects.select_for_update(of=("self",)).get(pk=alert.pk)
        if held.settled is not None:
            if held.settled_by_id == by.pk and held.note == said:
                return
            raise problems.SETTLED_MEANWHILE.error(person=held.settled_by)
        held.settled, held.settled_by, held.note = timezone.now(), by, said
        held.save(update_fields=["settled", "settled_by", "note"])
        log.write(
            "alert.settled", actor=by, study=held.study, subject=held.key,
            details={"rule": held.rule, "note": said},
        )  # fmt: skip


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
