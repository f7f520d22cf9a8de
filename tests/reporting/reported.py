"""Tables of both studies of the repository: the real one and, simulated, the one of the demo."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from tyndau.base.frames import Frame
from tyndau.estimation import frame_design
from tyndau.fieldwork.simulation import simulate
from tyndau.reporting.plan import plan_tables
from tyndau.study import Study, load_study, prepare, sample_of
from tyndau.tabulation import Table, tabulate
from tyndau.waves import read_wave


@dataclass(frozen=True)
class Reported:
    """A study with the tables of each question, by population and name."""

    study: Study
    questions: Mapping[str, list[Table]]
    rows: Mapping[str, int]

    @property
    def places(self) -> frozenset[str]:
        return frozenset(place.code for place in self.study.territories)


def _reported(study: Study, waves: Mapping[str, Frame]) -> Reported:
    frames = {name: prepare(study, name, frame) for name, frame in waves.items()}
    questions: dict[str, list[Table]] = {}
    for name, frame in frames.items():
        design = frame_design(frame, sample_of(study.sample, frame, frames.values()))
        tables = [
            tabulate(
                frame,
                question,
                list(zip(banner.variables, banner.titles, strict=True)),
                design=design,
                inference=study.inference,
                thresholds=study.thresholds,
            )
            for question, banner in plan_tables(study, name, frame)
        ]
        for question, together in groupby(tables, key=lambda table: table.question.name):
            questions[f"{name}/{question}"] = list(together)
    return Reported(study, questions, {name: len(frame) for name, frame in frames.items()})


def councils(repository: Path) -> Reported:
    """Return the real study."""
    folder = repository / "studies" / "public-councils-2023"
    return _reported(load_study(folder), read_wave(folder, "").frames)


def demo_city(repository: Path) -> Reported:
    """Return the study of the demo, 900 interviews simulated."""
    study = load_study(repository / "studies" / "demo-city")
    return _reported(study, simulate(study, 900, 2026).frames)
