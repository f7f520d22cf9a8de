"""The queue of jobs: put in, taken, told of, finished.

In: a study's slug and a kind of work. Out: rows of `Job`. Taking one is one transaction that holds
the database from its beginning (SQLite's IMMEDIATE) or the row (PostgreSQL), so that a job is taken
once. It knows nothing of what a job does.
"""

from collections.abc import Collection, Iterable, Mapping

from django.db import IntegrityError, connection, transaction
from django.db.models import Max, Q
from django.utils import timezone

from tyndau.base.errors import Problem
from tyndau.base.languages import INTERFACE_LANGUAGES, Sayable, say
from tyndau_server.jobs.models import Job
from tyndau_server.look.wrong import in_every_language
from tyndau_server.people.models import Person

# A job that takes its worker with it this often (for want of memory, say) is not taken again.
MOST_ATTEMPTS = 3
# Under which study jobs stand that belong to none yet.
SERVER = ""


def enqueue(
    study: str,
    kind: str,
    *,
    arguments: Mapping[str, object] | None = None,
    asked_by: Person | None = None,
) -> Job:
    """Ask for work; where the same waits or runs already, nothing is added.

    Parameters
    ----------
    study : str
        The study's slug.
    kind : str
        What is to be done; one of `tyndau_server.jobs.kinds`.
    arguments : mapping, optional
        What the work needs to know besides the study; as JSON holds.
    asked_by : Person, optional
        Who asks; nobody where the server itself does.

    Returns
    -------
    Job
        The job that will do it.
    """
    try:
        with transaction.atomic():
            return Job.objects.create(
                study=study, kind=kind, arguments=dict(arguments or {}), asked_by=asked_by
            )
    except IntegrityError:
        return Job.objects.filter(study=study, kind=kind, state__in=Job.OPEN).latest("id")


def take(studies: Collection[str], kinds: Collection[str] = ()) -> Job | None:
    """Take the job that has waited longest.

    Parameters
    ----------
    studies : collection of str
        Slugs of the studies that this server serves; jobs of others wait on.
    kinds : collection of str, optional
        Kinds of which a job is taken; any where none is given.

    Returns
    -------
    Job or None
        The job, now running; None where none waits.
    """
    with transaction.atomic():
        # The row is held until it is taken; whoever looks meanwhile waits or passes it over.
        waiting = Job.objects.filter(state=Job.State.WAITING, study__in=studies).order_by("id")
        if kinds:
            waiting = waiting.filter(kind__in=kinds)
        job = waiting.select_for_update(
            skip_locked=connection.features.has_select_for_update_skip_locked
        ).first()
        if job is not None:
            job.state = Job.State.RUNNING
            job.attempts += 1
            job.done = job.total = 0
            job.save()
        return job


def take_back(problem: Problem, among: Collection[int] = ()) -> None:
    """Let jobs whose worker died wait again; called by a worker that is alone.

    Parameters
    ----------
    problem : Problem
        What a job is told to have failed of that was tried too often.
    among : collection of int, optional
        Numbers of the jobs that are over; all where none is given, since nothing is at work then.
    """
    running = Job.objects.filter(state=Job.State.RUNNING)
    for job in running.filter(pk__in=among) if among else running:
        if job.attempts >= MOST_ATTEMPTS:
            fail(job, [problem])
        else:
            job.state = Job.State.WAITING
            job.save()


def tell(job: Job, done: int, total: int, what: Sayable) -> None:
    """Write how far a job is.

    Parameters
    ----------
    job : Job
        The job.
    done, total : int
        Steps done and steps in all.
    what : Text, Message or str
        What is being done now.
    """
    job.done, job.total, job.words = (
        done,
        total,
        {code: say(what, code) for code in INTERFACE_LANGUAGES},
    )
    job.save(update_fields=["done", "total", "words"])


def finish(job: Job) -> None:
    """Write that a job is done.

    Parameters
    ----------
    job : Job
        The job.
    """
    job.state = Job.State.DONE
    job.finished = timezone.now()
    job.save()


def fail(job: Job, problems: Iterable[Problem]) -> None:
    """Write that a job failed, and of what.

    Parameters
    ----------
    job : Job
        The job.
    problems : iterable of Problem
        Each with its place and remedy.
    """
    job.state = Job.State.FAILED
    job.problems = [in_every_language(problem) for problem in problems]
    job.finished = timezone.now()
    job.save()


def latest(study: str, *, without: Collection[str] = ()) -> Job | None:
    """Return the job that says how a study stands.

    Parameters
    ----------
    study : str
        The study's slug.
    without : collection of str, optional
        Kinds that say nothing of it.

    Returns
    -------
    Job or None
        The running one, else the one that waits; else of the last of each kind the one that failed
        last, since other work does not mend it; else the last one that ended.
    """
    jobs = Job.objects.filter(study=study).exclude(kind__in=without)
    last_of_each = jobs.values("kind").order_by().annotate(last=Max("id")).values("last")
    # One question, since it is asked for every page.
    found = list(jobs.filter(Q(state__in=Job.OPEN) | Q(id__in=last_of_each)).order_by("id"))
    for state in (Job.State.RUNNING, Job.State.WAITING):
        if (job := next((one for one in found if one.state == state), None)) is not None:
            return job
    failed = [one for one in found if one.state == Job.State.FAILED]
    return next(iter([*failed[-1:], *found[-1:]]), None)
