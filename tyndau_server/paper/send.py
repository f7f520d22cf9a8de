"""Sending a sheet on which nothing differs any more: it becomes an interview.

In: a sheet, the form that it was printed from. Out: a submission that `receive` took in, of the
device ``paper`` and of the interviewer who filled the sheet in; from there on it is like any other.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from io import BytesIO

from django.utils import timezone

from tyndau.base.errors import UserError
from tyndau.fieldwork.openrosa.write import write_instance
from tyndau.questionnaire.form import Form
from tyndau_server.audit import log
from tyndau_server.fieldwork.advice import advice
from tyndau_server.fieldwork.asked import asked, computed
from tyndau_server.fieldwork.body import Body
from tyndau_server.fieldwork.decide import DECIDED_STATES
from tyndau_server.fieldwork.forms import known
from tyndau_server.fieldwork.models import Submission
from tyndau_server.fieldwork.quarantine import Sender
from tyndau_server.fieldwork.receive import receive
from tyndau_server.fieldwork.refusals import Refused
from tyndau_server.fieldwork.tombstones import Withdrawn
from tyndau_server.fieldwork.writing import writing
from tyndau_server.paper import problems
from tyndau_server.paper.enter import is_withdrawn
from tyndau_server.paper.fields import BEGUN, DATE, ENDED, fields_of
from tyndau_server.paper.models import Sheet
from tyndau_server.paper.settle import settled_values
from tyndau_server.people.models import Person

DEVICE = "paper"
_BOUNDARY = "tyndau-paper-5f3a09c1d2b7"


def send(sheet: Sheet, form: Form, *, zone: tzinfo, by: Person) -> Submission:
    """Take the interview of a sheet in.

    Parameters
    ----------
    sheet : Sheet
        The sheet, typed in twice, with nothing left to settle.
    form : Form
        The form that it was printed from.
    zone : tzinfo
        By whose clock date and times were written on it.
    by : Person
        Who sends it.

    Returns
    -------
    Submission
        The interview; the same one, however often it is sent.

    Raises
    ------
    UserError
        If differences are left, or the interview was not taken; it is in quarantine then.
    """
    if is_withdrawn(sheet):
        raise _withdrawn(sheet)
    values = settled_values(sheet, fields_of(form))
    xml = _instance(sheet, form, values, zone)
    sender = Sender(sheet.study, sheet.membership, None, DEVICE)
    try:
        with _body(xml) as body:
            submission = receive(body, sender, stay=DECIDED_STATES)
    except Withdrawn as gone:
        raise _withdrawn(sheet) from gone
    except Refused as refused:
        why = advice(refused.refusal.code).what
        raise problems.NOT_TAKEN.error(number=sheet.number, why=why) from refused
    with writing():
        new = Sheet.objects.filter(pk=sheet.pk, sent=None)
        if new.update(submission=submission, sent=timezone.now(), sent_by=by):
            log.write(
                "paper.sent", actor=by, study=sheet.study, subject=sheet.instance_id,
                details={"sheet": sheet.number},
            )  # fmt: skip
    return submission


def _withdrawn(sheet: Sheet) -> UserError:
    return problems.WITHDRAWN.error(number=sheet.number)


def _instance(sheet: Sheet, form: Form, values: Mapping[str, str], zone: tzinfo) -> bytes:
    """Write the interview as a phone would: what was not asked is empty, what follows is there."""
    wording = known(sheet.instrument).wording
    told = asked(form, values)
    answers = {
        name: text for name, text in values.items() if name in form and told[name] is not False
    }
    answers = {**computed(form, answers), **answers}
    begun = _moment(values[DATE], values[BEGUN], zone)
    ended = _moment(values[DATE], values[ENDED], zone)
    if ended < begun:  # it went on after midnight
        ended += timedelta(days=1)
    filled = {"deviceid": DEVICE, "today": values[DATE]}
    texts = {}
    for question in form.questions:
        path = "/".join((*question.groups, question.name))
        text = answers.get(question.name, "") or filled.get(question.type, "")
        if text:
            texts[path] = text
    for path, moment in ((wording.start, begun), (wording.end, ended)):
        if path:
            texts[path] = moment.isoformat(timespec="milliseconds")
    return write_instance(
        bytes(sheet.instrument.xform), texts,
        instance_id=sheet.instance_id, deprecated_id=sheet.corrects or "",
    )  # fmt: skip


def _moment(day: str, hour: str, zone: tzinfo) -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(hour), zone)


def _body(xml: bytes) -> Body:
    head = (
        f"--{_BOUNDARY}\r\n"
        'Content-Disposition: form-data; name="xml_submission_file"; filename="paper.xml"\r\n'
        "Content-Type: text/xml\r\n\r\n"
    )
    content = head.encode() + xml + f"\r\n--{_BOUNDARY}--\r\n".encode()
    kind = f"multipart/form-data; boundary={_BOUNDARY}"
    return Body(BytesIO(content), len(content), len(content), kind)
