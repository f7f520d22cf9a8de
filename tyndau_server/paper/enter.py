"""Typing a sheet in: beginning an entry, saving it, finishing it.

In: who types, what was typed. Out: rows and words in the log. The second entry is another person's,
always, and nobody is shown what the first one typed. A sheet whose interview was returned is typed
in anew under its number, by those who may see that interview and by the version of the
questionnaire that it was printed by: what comes of it is a version of the same interview.
"""

from collections.abc import Collection, Mapping
from uuid import uuid4

from django.db import IntegrityError
from django.db.models import Q
from django.utils import timezone

from tyndau_server.audit import log
from tyndau_server.fieldwork.models import Instrument, Submission
from tyndau_server.fieldwork.seen import submissions_of
from tyndau_server.fieldwork.tombstones import is_withdrawn_id
from tyndau_server.fieldwork.writing import writing
from tyndau_server.paper import problems
from tyndau_server.paper.fields import BEGUN, DATE, ENDED, Field
from tyndau_server.paper.models import Entry, Settled, Sheet
from tyndau_server.people.models import Membership

LONGEST_NUMBER = 40
_TURNS = 2


def begin(instrument: Instrument, number: str, interviewer: Membership, *, by: Membership) -> Entry:
    """Begin to type a sheet in, or go on with it.

    Parameters
    ----------
    instrument : Instrument
        By which it was printed.
    number : str
        As it stands on the sheet, 1 to 40 characters.
    interviewer : Membership
        Who filled it in.
    by : Membership
        Of who types.

    Returns
    -------
    Entry
        The person's own.

    Raises
    ------
    UserError
        If the number stands for a sheet of another interviewer, the person has finished an entry
        of it already, or two others type it in; if its interview was returned and the person may
        not see it, or it was typed in by another version of the questionnaire.
    """
    try:
        return _begin(instrument, number, interviewer, by)
    except IntegrityError:  # two began the same sheet at once: now the first one is there
        return _begin(instrument, number, interviewer, by)


def _begin(instrument: Instrument, number: str, interviewer: Membership, by: Membership) -> Entry:
    now = timezone.now()
    with writing():
        sheet, is_new = Sheet.objects.select_for_update().get_or_create(
            study=instrument.study, instrument=instrument, number=number,
            defaults={
                "membership": interviewer, "instance_id": f"uuid:{uuid4()}", "made": now,
            },
        )  # fmt: skip
        if sheet.membership_id != interviewer.pk:
            raise problems.OTHER_INTERVIEWER.error(number=number)
        if is_withdrawn(sheet):
            raise problems.WITHDRAWN.error(number=number)
        if is_new:
            _require_first(sheet)
        else:
            _correct(sheet, by)
        entries = list(sheet.entries.order_by("turn"))
        own = next((one for one in entries if one.person_id == by.person_id), None)
        if own is not None:
            if own.finished:
                raise problems.SAME_PERSON.error(number=number)
            return own
        if len(entries) == _TURNS:
            raise problems.TYPED_TWICE.error(number=number)
        entry = Entry.objects.create(
            sheet=sheet, turn=len(entries) + 1, person=by.person, begun=now
        )
        log.write(
            "paper.begun", actor=by.person, study=sheet.study, subject=sheet.instance_id,
            details={"sheet": number, "turn": entry.turn},
        )  # fmt: skip
    return entry


def _require_first(sheet: Sheet) -> None:
    """Refuse a sheet that was returned as one of another version: its interview would be two."""
    others = Sheet.objects.filter(
        Q(submission__state=Submission.State.RETURNED) | Q(submission=None) & ~Q(corrects=None),
        study=sheet.study, instrument__population=sheet.instrument.population,
        number=sheet.number, membership=sheet.membership_id,
    )  # fmt: skip
    before = others.exclude(pk=sheet.pk).select_related("instrument").first()
    if before is not None:
        version = before.instrument.version
        raise problems.OTHER_VERSION.error(number=sheet.number, version=version)


def _correct(sheet: Sheet, by: Membership) -> None:
    """Open a sheet whose interview was returned, for those alone who may see the interview."""
    returned = sheet.submission
    is_back = returned is not None and returned.state == Submission.State.RETURNED
    instance = sheet.instance_id if is_back else sheet.corrects
    if (sheet.submission is not None and not is_back) or instance is None:
        return
    if not submissions_of(by).filter(instance_id=instance).exists():
        raise problems.ELSEWHERE.error(number=sheet.number)
    if is_back:
        _open_anew(sheet)


def _open_anew(sheet: Sheet) -> None:
    """Let a sheet be typed in twice again; what it was stands in the version that came of it."""
    sheet.entries.all().delete()
    sheet.settled.all().delete()
    sheet.corrects, sheet.instance_id = sheet.instance_id, f"uuid:{uuid4()}"
    sheet.submission = sheet.sent = sheet.sent_by = None
    sheet.save()


def is_withdrawn(sheet: Sheet) -> bool:
    """Tell whether the respondent of a sheet withdrew the interview.

    Parameters
    ----------
    sheet : Sheet
        The sheet.

    Returns
    -------
    bool
        Also where it is being typed in anew.
    """
    numbers = (sheet.instance_id, sheet.corrects)
    return any(is_withdrawn_id(sheet.study, one) for one in numbers if one)


def save(entry: Entry, values: Mapping[str, str]) -> None:
    """Keep what was typed as a draft.

    Parameters
    ----------
    entry : Entry
        The entry.
    values : mapping of str to str
        All of it, by field; what is empty is left out.

    Raises
    ------
    UserError
        If the entry is finished, or the interview was withdrawn.
    """
    if is_withdrawn(entry.sheet):
        raise problems.WITHDRAWN.error(number=entry.sheet.number)
    kept = {name: text for name, text in values.items() if text}
    if not Entry.objects.filter(pk=entry.pk, finished=None).update(values=kept):
        raise problems.FINISHED.error(number=entry.sheet.number)
    entry.values = kept


def finish(entry: Entry, fields: Mapping[str, Field]) -> None:
    """End an entry: from now on it is compared, and not changed.

    Parameters
    ----------
    entry : Entry
        The entry, saved.
    fields : mapping of str to Field
        What is typed in, by name.

    Raises
    ------
    UserError
        If date or times of the sheet are missing, or it is finished already.
    """
    missing = [fields[name].label for name in (DATE, BEGUN, ENDED) if name not in entry.values]
    if missing:
        raise problems.HEAD_MISSING.error(fields=missing)
    sheet = entry.sheet
    with writing():
        open_ = Entry.objects.filter(pk=entry.pk, finished=None)
        if not open_.update(finished=timezone.now()):
            raise problems.FINISHED.error(number=sheet.number)
        log.write(
            "paper.finished", actor=entry.person, study=sheet.study, subject=sheet.instance_id,
            details={"sheet": sheet.number, "turn": entry.turn},
        )  # fmt: skip


def erase_typed(study: str, ids: Collection[str]) -> None:
    """Erase what was typed in of interviews that are withdrawn; who typed, and when, stays.

    Parameters
    ----------
    study : str
        The study's slug.
    ids : collection of str
        Numbers of the interviews.
    """
    sheets = Sheet.objects.filter(Q(instance_id__in=ids) | Q(corrects__in=ids), study=study)
    Entry.objects.filter(sheet__in=sheets).update(values={})
    Settled.objects.filter(sheet__in=sheets).delete()
