"""The facts of interviews by which the field is run, read from what phones sent.

In: a study, a population, what is here. Out: rows of `Made`. The XML of an interview is read once,
when it came or when its log of times did; all are read anew when the design changed. Called by the
worker alone, since it brings the pipeline with it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from tyndau.base.frames import Frame
from tyndau.fieldwork.control.dispositions import outcome_of_interview
from tyndau.fieldwork.control.tables import NO_CELL, QuotaTable, cells_of
from tyndau.fieldwork.openrosa import Instance, read_instance
from tyndau.fieldwork.paradata import Audit, read_audit
from tyndau.interchange.importer import readable_frame
from tyndau.interchange.submissions import submissions_table
from tyndau.questionnaire.routing import interviewed
from tyndau.study import Study
from tyndau.waves import KEY
from tyndau_server.control.models import Made, Report
from tyndau_server.fieldwork.blobs import open_blob
from tyndau_server.fieldwork.export import versions_of
from tyndau_server.fieldwork.forms import known
from tyndau_server.fieldwork.models import Attachment, Instrument, Submission
from tyndau_server.fieldwork.timeline import NAME as LOG
from tyndau_server.fieldwork.writing import writing

_AT_ONCE = 5_000
# A database takes so many numbers in one question, whichever it is.
_NUMBERS = 500
# Longer is no interview but a phone whose clock was set meanwhile, or one left lying overnight.
_LONGEST_MINUTES = 24 * 60.0
# The question by which a person agrees to be asked, and the answer of who does not.
CONSENT, NO_CONSENT = "consent", "no"


@dataclass(frozen=True, slots=True)
class Population:
    """A questionnaire of a study whose interviews are read.

    Attributes
    ----------
    study : Study
        The study; its slug is the name of its folder.
    name : str
        Which of its populations; interviews of a form that the study does not hold are counted,
        and nothing is known of their answers.
    tables : tuple of QuotaTable
        Its quotas.
    home : str
        The variable that says in which territory a respondent lives.
    """

    study: Study
    name: str
    tables: tuple[QuotaTable, ...]
    home: str = ""

    @property
    def slug(self) -> str:
        """The study's slug."""
        return self.study.folder.name

    @property
    def zone(self) -> tzinfo:
        """By whose clock days are told."""
        return ZoneInfo(self.study.time_zone)


def cell_name(table: QuotaTable, cell: int) -> str:
    """Name a quota cell, as `Made` and `Share` hold it.

    Parameters
    ----------
    table : QuotaTable
        The table.
    cell : int
        From 0 to K - 1.

    Returns
    -------
    str
        Such as ``territory=center sex=male``.
    """
    pairs = zip(table.variables, table.codes_of(cell), strict=True)
    return " ".join(f"{variable}={code}" for variable, code in pairs)


def current_of(population: Population) -> QuerySet[Submission]:
    """Return the interviews of which facts are kept.

    Parameters
    ----------
    population : Population
        Of which questionnaire.

    Returns
    -------
    QuerySet of Submission
        Current versions; test interviews are none.
    """
    # Without any join: PostgreSQL that has not counted its rows yet goes a slow way through one.
    of = {"study": population.slug}
    issued = Instrument.objects.filter(**of, population=population.name)
    versions = list(issued.values_list("pk", flat=True))
    return Submission.objects.filter(**of, current=True, pilot=False, instrument__in=versions)


def read_facts(population: Population, *, anew: bool, after_file: int) -> int:
    """Read the interviews that came since, and forget those that were replaced.

    Parameters
    ----------
    population : Population
        Of which questionnaire.
    anew : bool
        Whether all are read, because the design is another one.
    after_file : int
        The last attachment that was looked at: a log of times that came later is read too.

    Returns
    -------
    int
        How many interviews were read.
    """
    kept = Made.objects.filter(study=population.slug, population=population.name)
    current = set(current_of(population).values_list("pk", flat=True))
    known = dict(kept.values_list("submission", "pk"))
    stale = [pk for submission, pk in known.items() if anew or submission not in current]
    for few in _parts(stale, _NUMBERS):
        Made.objects.filter(pk__in=few).delete()
    wanted = current if anew else current - set(known)
    logged = Attachment.objects.filter(pk__gt=after_file, name=LOG)
    wanted |= current & set(logged.values_list("submission", flat=True))
    ahead = dict(Report.objects.exclude(ahead=0).values_list("token", "ahead"))
    for part in _parts(sorted(wanted), _AT_ONCE):
        facts = _facts(population, part, ahead)
        with writing():
            for few in _parts(part, _NUMBERS):
                Made.objects.filter(submission__in=few).delete()
            Made.objects.bulk_create(facts, batch_size=_NUMBERS)
    return len(wanted)


def _parts(keys: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    return (keys[first : first + size] for first in range(0, len(keys), size))


def _facts(population: Population, keys: Sequence[int], ahead: Mapping[int, int]) -> list[Made]:
    """Read interviews and turn them into facts."""
    submissions = [
        one
        for few in _parts(keys, _NUMBERS)
        # One that was withdrawn or replaced meanwhile is none any more.
        for one in Submission.objects.filter(pk__in=few, current=True)
        .select_related("instrument")
        .defer("instrument__xform")
    ]
    instances = [read_instance(bytes(one.xml)) for one in submissions]
    answers = _answers(population, submissions, instances)
    logs = dict(_logs(keys))
    return [
        _made(population, submission, answer, _times(submission, instance, logs, ahead))
        for submission, instance, answer in zip(submissions, instances, answers, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Answers:
    """What of the answers to an interview the field is run by."""

    outcome: str = "complete"
    point: str = ""
    residence: str = ""
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Times:
    """How an interview was made, by the server's clock."""

    began: datetime | None
    ended: datetime | None
    minutes: float | None
    language: str


def _made(population: Population, submission: Submission, answers: _Answers, times: _Times) -> Made:
    lies_in = {one.code: one.territory for one in population.study.points}
    moment = times.began or submission.received
    return Made(
        study=population.slug,
        population=population.name,
        submission=submission,
        membership_id=submission.membership_id,
        point=answers.point[:255],
        territory=lies_in.get(answers.point, ""),
        residence=answers.residence[:255],
        began=times.began,
        ended=times.ended,
        day=moment.astimezone(population.zone).date(),
        minutes=times.minutes,
        language=times.language[:20],
        outcome=answers.outcome,
        cells=list(answers.cells),
    )


def _answers(
    population: Population, submissions: Sequence[Submission], instances: Sequence[Instance]
) -> list[_Answers]:
    """Read the answers by the study's form; of a form that it does not hold nothing is known."""
    study, name = population.study, population.name
    if name not in study.forms:
        return [_Answers()] * len(submissions)
    keys = [one.key for one in submissions]
    versions = [known(one).xform for one in versions_of(population.slug, name)]
    table = submissions_table(zip(keys, instances, strict=True), study, name, versions=versions)
    frame = readable_frame(table, study, name, key=KEY)
    outcomes = _outcomes(study, name, frame)
    points = _texts(frame, study.sample.cluster)
    homes = _texts(frame, population.home)
    cells = [(one, cells_of(one, frame)) for one in population.tables]
    return [
        _Answers(
            outcome,
            points[row],
            homes[row],
            tuple(cell_name(one, int(at[row])) for one, at in cells if at[row] != NO_CELL),
        )
        for row, outcome in enumerate(outcomes)
    ]


def _outcomes(study: Study, population: str, frame: Frame) -> list[str]:
    """Say what became of each interview, by the routing of its form."""
    form = study.forms[population]
    let_in = interviewed(form, frame)
    consent = _texts(frame, CONSENT)
    answered = _answered(frame, {one.name for one in form.questions})
    return [
        _outcome(bool(inside), said, float(share))
        for inside, said, share in zip(let_in, consent, answered, strict=True)
    ]


def _outcome(let_in: bool, consent: str, answered: float) -> str:
    if not let_in:
        return "refused" if consent == NO_CONSENT else "not_eligible"
    return "interrupted" if outcome_of_interview(answered) == "break_off" else "complete"


def _answered(frame: Frame, questions: Iterable[str]) -> NDArray[np.float64]:
    """Return which share of the closed questions that applied was answered, by row."""
    asked = np.zeros(len(frame))
    given = np.zeros(len(frame))
    for name in questions:
        if name in frame and frame[name].variable.kind != "text":
            asked += frame[name].asked
            given += frame[name].answered
    return given / np.maximum(asked, 1)


def _texts(frame: Frame, name: str) -> list[str]:
    """Return codes or texts of a column; empty where there is none."""
    if name not in frame:
        return [""] * len(frame)
    column = frame[name]
    if column.variable.kind == "single":
        codes = (*column.variable.codes, "")
        return [codes[int(at)] for at in column.values]
    if column.variable.kind == "number":
        return ["" if np.isnan(one) else f"{one:g}" for one in column.values]
    return [str(one) for one in column.values]


def _logs(keys: Sequence[int]) -> Iterator[tuple[int, Audit]]:
    """Read the logs of times that phones sent with interviews."""
    for few in _parts(keys, _NUMBERS):
        found = Attachment.objects.filter(submission__in=few, name=LOG)
        for submission, sha256 in found.values_list("submission", "sha256"):
            try:
                with open_blob(sha256) as stream:
                    yield submission, read_audit(stream.read())
            except FileNotFoundError:
                continue


def _times(
    submission: Submission,
    instance: Instance,
    logs: Mapping[int, Audit],
    ahead: Mapping[int, int],
) -> _Times:
    wording = known(submission.instrument).wording
    began, ended = (_moment(instance, path) for path in (wording.start, wording.end))
    log = logs.get(submission.pk)
    if log is not None and len(log):
        began = began or min(event.start for event in log)
        ended = ended or max(event.end or event.start for event in log)
    minutes = log.minutes if log is not None and len(log) else _between(began, ended)
    told = ahead.get(submission.token_id or 0, 0)
    by = timedelta(seconds=told if submission.ahead is None else submission.ahead)
    # A clock that is still ahead of the server's was set since the phone last told.
    last = ended or began
    if last is not None:
        by = max(by, last - submission.received)
    languages = log.languages() if log is not None else ()
    return _Times(
        began - by if began else None,
        ended - by if ended else None,
        minutes,
        languages[-1][1] if languages else "",
    )


def _moment(instance: Instance, path: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(instance.root.findtext(path, "")) if path else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None


def _between(began: datetime | None, ended: datetime | None) -> float | None:
    if began is None or ended is None:
        return None
    minutes = (ended - began).total_seconds() / 60
    return minutes if 0 <= minutes <= _LONGEST_MINUTES else None
