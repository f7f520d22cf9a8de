"""Everything that a wave says, before it is set into any document.

In: a study and a wave. Out: `Counted`: respondents, designs and tables of each population, the
findings that were declared, and the steps of the record. Nothing is hidden here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tyndau.base.frames import Frame
from tyndau.base.languages import Message
from tyndau.base.progress import Progress
from tyndau.estimation import Design, wave_design
from tyndau.reporting.plan import plan_tables
from tyndau.sampling import sample_notes
from tyndau.study import prepare, sample_of
from tyndau.study.model import Banner, Study
from tyndau.study.standards import SampleColumns
from tyndau.tabulation import Examined, Table, examine, tabulate
from tyndau.waves import Wave

_Plan = Sequence[tuple[str, Banner]]


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """What a wave says, by population.

    Attributes
    ----------
    frames : mapping of str to Frame
        The respondents.
    samples : mapping of str to SampleColumns
        Which columns hold the sample.
    designs : mapping of str to Design
        Their designs, with the weights of the revision.
    tables : mapping of str to sequence of Table
        All tables, in the order of the plan.
    examined : tuple of Examined
        The findings that the workbook declares, tested.
    steps : tuple of dict
        What was done, for the record.
    """

    frames: Mapping[str, Frame]
    samples: Mapping[str, SampleColumns]
    designs: Mapping[str, Design]
    tables: Mapping[str, Sequence[Table]]
    examined: tuple[Examined, ...]
    steps: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Planned:
    """What is to be counted.

    Attributes
    ----------
    frames : mapping of str to Frame
        The respondents, by population.
    plans : mapping of str to sequence
        Questions with the banners that they are shown by.
    """

    frames: Mapping[str, Frame]
    plans: Mapping[str, _Plan]

    @classmethod
    def of(cls, study: Study, wave: Wave) -> "Planned":
        """Plan the tables of a wave.

        Parameters
        ----------
        study : Study
            The study.
        wave : Wave
            The wave.

        Returns
        -------
        Planned
            Its respondents and tables.
        """
        frames = {name: prepare(study, name, frame) for name, frame in wave.frames.items()}
        plans = {name: tuple(plan_tables(study, name, frame)) for name, frame in frames.items()}
        return cls(frames, plans)

    def __len__(self) -> int:
        """Return the number of tables."""
        return sum(map(len, self.plans.values()))


def count(study: Study, wave: Wave, planned: Planned, total: int, progress: Progress) -> Counted:
    """Tabulate a wave and test what was declared.

    Parameters
    ----------
    study : Study
        The study.
    wave : Wave
        Its wave.
    planned : Planned
        What is counted.
    total : int
        Steps that progress counts in all.
    progress : Progress
        Told of each table.

    Returns
    -------
    Counted
        What the wave says.

    Raises
    ------
    UserError
        If tables cannot be computed.
    """
    frames = planned.frames
    samples = {name: sample_of(study.sample, one, frames.values()) for name, one in frames.items()}
    designs = {
        name: wave_design(frame, samples[name], wave.weights.get(name), population=name)
        for name, frame in frames.items()
    }
    tables: dict[str, list[Table]] = {}
    steps = []
    for name, plan in planned.plans.items():
        weights = name in wave.weights
        steps.append(_tabulated(study, name, plan, samples[name], weights=weights))
        done = sum(map(len, tables.values()))
        notes = sample_notes(study.folder, name)
        tables[name] = _tabulate(
            study, name, frames[name], plan, designs[name], notes, (done, total), progress
        )
    tested = {name: one for name, one in frames.items() if study.inference_of(name) != "none"}
    examined = examine(
        study.key_findings, tested, designs, thresholds=study.thresholds, comparing=study.comparing
    )
    if study.key_findings:
        steps.append({"step": "examine", "findings": [one.code for one in study.key_findings]})
    return Counted(frames, samples, designs, tables, examined, tuple(steps))


def _tabulate(
    study: Study,
    population: str,
    frame: Frame,
    plan: _Plan,
    design: Design,
    notes: tuple[Message, ...],
    before: tuple[int, int],
    progress: Progress,
) -> list[Table]:
    tables = []
    done, total = before
    for at, (question, banner) in enumerate(plan):
        progress(done + at, total, frame[question].variable.label)
        table = tabulate(
            frame,
            question,
            list(zip(banner.variables, banner.titles, strict=True)),
            design=design,
            inference=study.inference_of(population),
            thresholds=study.thresholds,
            comparing=study.comparing,
            among=banner.among,
            sample_notes=notes,
        )
        tables.append(table)
    return tables


def _tabulated(
    study: Study,
    population: str,
    plan: _Plan,
    sample: SampleColumns,
    *,
    weights: bool,
) -> dict[str, Any]:
    return {
        "step": "tabulate",
        "population": population,
        "inference": study.inference_of(population),
        "thresholds": asdict(study.thresholds),
        "comparing": asdict(study.comparing),
        "sample": asdict(sample),
        "weights": weights,
        "tables": [_named(question, banner) for question, banner in plan],
    }


def _named(question: str, banner: Banner) -> list[object]:
    """Name a table in the record; one that is limited with its condition."""
    table: list[object] = [question, list(banner.variables)]
    return [*table, banner.among.condition.source] if banner.among else table
