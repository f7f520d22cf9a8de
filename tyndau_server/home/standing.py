"""How a study stands: the facts from which its course and its next step follow.

In: a study's folder, an edition of its results, the database. Out: `Standing`: what the workbook,
the sample, the instruments, the interviews, the waves and the results say of themselves. It is
counted at every request and remembered nowhere; what it means is said by `course` and `next_step`.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db.models import Count

from tyndau.reporting.editions import EDITIONS, MASTER, Edition, folder_of
from tyndau.reporting.steps import STEPS
from tyndau.sampling.record import RECORD
from tyndau_server.analysis.results import Results, newest
from tyndau_server.control.total import Total, total_of
from tyndau_server.fieldwork.models import Instrument, Quarantined, Submission
from tyndau_server.fieldwork.seen import is_limited, own_territories, quarantined_of
from tyndau_server.jobs.kinds import KINDS
from tyndau_server.jobs.models import Job
from tyndau_server.jobs.queue import latest
from tyndau_server.people.models import Membership
from tyndau_server.studies.described import Described, WaveLine, describe

_ASIDE = tuple(name for name, kind in KINDS.items() if kind.aside)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a study stands.

    Attributes
    ----------
    described : Described
        Its design, and the errors of it.
    sampled : bool
        Whether a sample was drawn here.
    planned : int
        Interviews that the sample plans; 0 where that is not known.
    total : Total
        How far the field is, as all pages tell it.
    limited : bool
        Whether that is told of the territories of a supervisor alone.
    instruments : mapping of str to int
        Versions of questionnaires by state; pilots that are not agreed count as they stand.
    interviews : mapping of str to int
        All that arrived, by state, test interviews left out: of every questionnaire, and with who
        was screened out.
    quarantined : int
        Arrivals that nobody settled yet.
    results : Results or None
        The newest results of the edition.
    editions : tuple of str
        Those of the newest results' revision that were built besides the master.
    job : Job or None
        The one that runs, waits or ended last.
    """

    described: Described
    sampled: bool
    planned: int
    total: Total
    limited: bool
    instruments: Mapping[str, int]
    interviews: Mapping[str, int]
    quarantined: int
    results: Results | None
    editions: tuple[Edition, ...]
    job: Job | None

    @property
    def accepted(self) -> int:
        """Interviews that count toward the target and were accepted."""
        return self.total.sums.accepted

    @property
    def target(self) -> int:
        """Interviews wanted: as the field was counted, else as the sample plans, all in all."""
        return self.total.target or (0 if self.limited else self.planned)

    @property
    def undecided(self) -> int:
        """Arrivals that nobody decided on yet."""
        return self.interviews[Submission.State.RECEIVED]

    @property
    def arrived(self) -> int:
        """Arrivals that may be data: all but the rejected."""
        return sum(self.interviews.values()) - self.interviews[Submission.State.REJECTED]

    @property
    def wave(self) -> WaveLine | None:
        """The last wave by name."""
        return self.described.waves[-1] if self.described.waves else None

    @property
    def outdated(self) -> bool:
        """Whether the last wave has a revision of which nothing was built."""
        if self.wave is None:
            return False
        built = self.results
        return built is None or (built.wave, built.revision) != (self.wave.name, self.wave.revision)

    @property
    def moving(self) -> bool:
        """Whether a job runs or waits."""
        return self.job is not None and self.job.state in Job.OPEN

    @property
    def failed(self) -> bool:
        """Whether the last job failed."""
        return self.job is not None and self.job.state == Job.State.FAILED


def standing_of(
    folder: Path, edition: Edition = MASTER, membership: Membership | None = None
) -> Standing:
    """Tell how a study stands.

    Parameters
    ----------
    folder : Path
        The study.
    edition : {"master", "restricted"}, optional
        That the person who asks is shown.
    membership : Membership, optional
        What that person is in the study: a supervisor of some territories is told of these.

    Returns
    -------
    Standing
        As it is now.
    """
    slug = folder.name
    results = newest(folder, edition)
    described = describe(folder)
    own = own_territories(membership)
    return Standing(
        described=described,
        sampled=(folder / RECORD).is_file(),
        planned=_planned(folder / RECORD),
        total=total_of(slug, described.study, own),
        limited=own is not None,
        instruments=_instruments(slug),
        interviews=_interviews(slug),
        quarantined=_quarantined(slug, membership),
        results=results,
        editions=_editions(folder, results),
        job=latest(slug, without=_ASIDE),
    )


def _quarantined(slug: str, membership: Membership | None) -> int:
    """Count what lies in quarantine, of a supervisor's territories what the supervisor may open."""
    if membership is not None and is_limited(membership):
        return quarantined_of(membership).filter(settled=None).count()
    return Quarantined.objects.filter(study=slug, settled=None).count()


def _interviews(slug: str) -> Counter[str]:
    """Count what arrived by state, each interview once, in its current version."""
    rows = Submission.objects.filter(study=slug, current=True, pilot=False)
    return Counter(dict(rows.values_list("state").annotate(Count("id")).order_by()))


def _instruments(slug: str) -> Counter[str]:
    rows = Instrument.objects.filter(study=slug)
    return Counter(dict(rows.values_list("state").annotate(Count("id")).order_by()))


def _planned(path: Path) -> int:
    """Return how many interviews a sample plans; a damaged record is told of by the build."""
    try:
        territories = json.loads(path.read_text("utf-8"))["territories"]
        return sum(int(one["interviews"]) for one in territories)
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def _editions(folder: Path, results: Results | None) -> tuple[Edition, ...]:
    if results is None:
        return ()
    wave = folder / "results" / results.wave
    return tuple(
        edition
        for edition in EDITIONS
        if edition != MASTER and (folder_of(wave, results.revision, edition) / STEPS).is_file()
    )
