"""The worker's part in running the field: facts, quotas, counts and alerts, brought up to date.

In: a job and a study's folder. Out: rows of `Made`, `Counted` and `Alert`. Only interviews that
came since are read; all are settled together, since a late phone may change who is over.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.utils import timezone

from tyndau.base.languages import N_, Message
from tyndau.fieldwork.control.tables import quota_tables, residence
from tyndau.sampling import RECORD
from tyndau.study import Study, load_study
from tyndau_server.control import ask
from tyndau_server.control.ahead import pace_figures
from tyndau_server.control.alerts import write_alerts
from tyndau_server.control.counting import (
    by_territory,
    left_of,
    outcome_figures,
    quota_figures,
    tally_rows,
)
from tyndau_server.control.facts import Population, read_facts
from tyndau_server.control.models import Assignment, Counted
from tyndau_server.control.planned import read_plan
from tyndau_server.control.rules import rules_found
from tyndau_server.control.settling import Row, Settlement, rows_of, settle_all
from tyndau_server.control.wanted import wanted_of
from tyndau_server.control.watch import watch
from tyndau_server.fieldwork.models import Attachment
from tyndau_server.fieldwork.writing import writing
from tyndau_server.jobs import queue
from tyndau_server.jobs.models import Job

_COUNTING = N_("Counting the interviews: {population}")


def count_field(job: Job, folder: Path) -> None:
    """Bring the facts of a study's field up to date.

    Parameters
    ----------
    job : Job
        The job, which is told how far it is.
    folder : Path
        The study.

    Raises
    ------
    UserError
        If the study cannot be read.
    """
    study = load_study(folder)
    names = ask.populations_of(folder.name)
    for number, name in enumerate(names):
        queue.tell(job, number, len(names), Message(_COUNTING, {"population": name}))
        bring_up_to_date(study, name, timezone.now())


def look_again(job: Job, folder: Path) -> None:
    """Ask again where something came while the worker counted, and forget the job.

    Parameters
    ----------
    job : Job
        The job, which is over; a field is counted thousands of times.
    folder : Path
        The study.
    """
    if job.state == Job.State.DONE:
        Job.objects.filter(pk=job.pk).delete()
        ask.ask_where_needed([folder.name])


def bring_up_to_date(study: Study, name: str, moment: datetime) -> None:
    """Bring the facts of a population up to date.

    Parameters
    ----------
    study : Study
        The study.
    name : str
        Which of its populations.
    moment : datetime
        Now.
    """
    slug = study.folder.name
    # Taken first: whatever comes from here on makes another state.
    state = ask.state_of(slug)
    files = Attachment.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    plan = read_plan(study.folder)
    tables = quota_tables(study, name, plan.record if plan else None) if name in study.forms else ()
    home = residence(study, name) if name in study.forms else ""
    population = Population(study, name, tables, home)
    design = _digest(study)
    before = Counted.objects.filter(study=slug, population=name, membership=None).first()
    anew = before is None or before.design != design
    read_facts(population, anew=anew, after_file=before.files if before else 0)
    settlement, rows = settle_all(population, rows_of(population))
    counted = {"state": state, "design": design, "files": files, "moment": moment}
    figures = _whole(population, settlement, rows, moment)
    found = [*rules_found(population, rows), *watch(population, settlement, moment)]
    with writing():
        write_alerts(slug, name, found, moment)
        of = {"study": slug, "population": name}
        Counted.objects.filter(**of).delete()
        Counted.objects.create(**of, **counted, figures=figures)
        Counted.objects.bulk_create(
            Counted(**of, **counted, membership_id=member, figures={"left": left})
            for member, left in left_of(settlement).items()
        )


def _digest(study: Study) -> str:
    """Identify what facts are read by: workbook, forms, plan."""
    digest = sha256()
    paths = [study.folder / "study.xlsx", study.folder / RECORD]
    for path in (*paths, *(study.folder / form.path for form in study.forms.values())):
        digest.update(sha256(path.read_bytes() if path.is_file() else b"").digest())
    return digest.hexdigest()


def _whole(
    population: Population, settlement: Settlement, rows: Sequence[Row], moment: datetime
) -> dict[str, Any]:
    wanted = wanted_of(population.study, read_plan(population.study.folder), population.name)
    sent = _sent(population)
    # Of the plan, else of the points, else assigned.
    target = wanted.total or sum(sum(one.values()) for one in sent.values())
    tallies = tally_rows(rows)
    return {
        "target": target,
        "wanted": dict(wanted.territories),
        "places": by_territory(tallies),
        "pace": pace_figures(population, rows, target, moment),
        "sent": sent,
        "tallies": tallies,
        "quotas": quota_figures(settlement),
        "outcomes": outcome_figures(population),
    }


def _sent(population: Population) -> dict[str, dict[str, int]]:
    """Return how many interviews each interviewer is to make, by membership and point."""
    of = {"study": population.slug, "population": population.name, "ended": None}
    sent: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = Assignment.objects.filter(**of).values_list("membership", "point", "interviews")
    for member, point, count in rows:
        sent[str(member)][point] += count
    return sent
