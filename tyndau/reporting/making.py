"""Filling a folder with results: tables first, then prose held against them, then every file.

In: a study, a wave, what is wanted, an empty folder. Out: the files and the record of the steps. A
number of the prose that is not that of its cell stops it before the first file. A new format is a
line of `_files`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal, get_args

from tyndau.base.frames import Frame
from tyndau.base.languages import N_, Message
from tyndau.base.progress import Progress
from tyndau.estimation.design import frame_design
from tyndau.reporting.pdf import write_pdf
from tyndau.reporting.plan import plan_tables
from tyndau.reporting.prose import Cells, Prose, read_prose
from tyndau.reporting.report import Material, build_deck, build_report, gather
from tyndau.reporting.simulated import file_name
from tyndau.reporting.slides import write_slides
from tyndau.reporting.steps import write_steps
from tyndau.reporting.volume import build_volume
from tyndau.reporting.web import write_web
from tyndau.reporting.word import write_word
from tyndau.reporting.workbook import write_workbook
from tyndau.study import prepare, sample_of
from tyndau.study.model import Banner, SampleColumns, Study
from tyndau.tabulation import Table, tabulate, write_tables
from tyndau.waves import Wave

Kind = Literal["tables", "report", "slides", "pdf"]
KINDS: tuple[Kind, ...] = get_args(Kind)

# Where a foundation puts templates of its own.
REPORT_TEMPLATE = "templates/report.docx"
SLIDES_TEMPLATE = "templates/slides.pptx"

_WRITING = N_("Writing {file}")
_FINISHED = N_("Finished")


@dataclass(frozen=True, slots=True)
class _File:
    """A file to be written; ``step`` stands in the record."""

    name: str
    step: dict[str, Any]
    write: Callable[[Path], object]


def fill(
    folder: Path, study: Study, wave: Wave, inputs: Mapping[str, Any], progress: Progress
) -> None:
    """Write all results into an empty folder.

    Parameters
    ----------
    folder : Path
        The folder.
    study : Study
        The study.
    wave : Wave
        Whose results are made.
    inputs : mapping
        As `tyndau.reporting.steps.describe_inputs` gives them: languages and kinds among them.
    progress : Progress
        Told of each table and file.

    Raises
    ------
    UserError
        If tables cannot be computed, a number of the prose is not that of its cell, or a file
        cannot be written.
    """
    frames = {name: prepare(study, name, frame) for name, frame in wave.frames.items()}
    plans = {name: tuple(plan_tables(study, name, frame)) for name, frame in frames.items()}
    count = sum(map(len, plans.values()))
    total = count + _count_files(inputs, len(frames))
    steps: list[dict[str, Any]] = [
        {"step": "read_wave", "wave": wave.name, "revision": wave.revision}
    ]
    tables: dict[str, list[Table]] = {}
    for name, frame in frames.items():
        sample = sample_of(study.sample, frame, frames.values())
        steps.append(_tabulated(study, name, plans[name], sample))
        done = sum(map(len, tables.values()))
        tables[name] = _tabulate(study, frame, plans[name], sample, (done, total), progress)
    files = list(_Files(study, wave, frames, tables, inputs))
    outputs: dict[str, None] = {}
    for done, file in enumerate(files, start=count):
        progress(done, total, Message(_WRITING, {"file": file.name}))
        before = set(folder.rglob("*"))
        (folder / file.name).parent.mkdir(exist_ok=True)
        file.write(folder / file.name)
        made = sorted(path for path in set(folder.rglob("*")) - before if path.is_file())
        outputs |= {path.relative_to(folder).as_posix(): None for path in made}
        steps.append({**file.step, "file": file.name})
    write_steps(folder, dict(inputs), steps, tuple(outputs))
    progress(total, total, Message(_FINISHED))


def _count_files(inputs: Mapping[str, Any], populations: int) -> int:
    """Count the files before the tables are there, so that progress knows its end."""
    languages = len(inputs["languages"])
    reports = sum(kind in inputs["kinds"] for kind in ("report", "slides", "pdf"))
    volumes = (languages + 2) * populations if "tables" in inputs["kinds"] else 0
    return volumes + reports * languages


def _tabulate(
    study: Study,
    frame: Frame,
    plan: Sequence[tuple[str, Banner]],
    sample: SampleColumns,
    before: tuple[int, int],
    progress: Progress,
) -> list[Table]:
    design = frame_design(frame, sample)
    tables = []
    done, total = before
    for at, (question, banner) in enumerate(plan):
        progress(done + at, total, frame[question].variable.label)
        table = tabulate(
            frame,
            question,
            list(zip(banner.variables, banner.titles, strict=True)),
            design=design,
            inference=study.inference,
            thresholds=study.thresholds,
        )
        tables.append(table)
    return tables


def _tabulated(
    study: Study, population: str, plan: Sequence[tuple[str, Banner]], sample: SampleColumns
) -> dict[str, Any]:
    return {
        "step": "tabulate",
        "population": population,
        "inference": study.inference,
        "thresholds": asdict(study.thresholds),
        "sample": asdict(sample),
        "tables": [[question, list(banner.variables)] for question, banner in plan],
    }


class _Files:
    """Everything to be written, in order; documents are made when their turn comes."""

    def __init__(
        self,
        study: Study,
        wave: Wave,
        frames: Mapping[str, Frame],
        tables: Mapping[str, Sequence[Table]],
        inputs: Mapping[str, Any],
    ) -> None:
        self.study = study
        self.wave = wave
        self.languages: list[str] = inputs["languages"]
        self.kinds: list[Kind] = inputs["kinds"]
        self.tables = tables
        self.rows = {name: len(frame) for name, frame in frames.items()}
        # The largest population comes first: the others are seen beside it.
        first = sorted(tables, key=lambda name: -self.rows[name])
        self.materials = [gather(study, name, tables[name], self.rows[name]) for name in first]
        self.prose: dict[str, Prose] = {}
        if self.kinds != ["tables"]:
            cells = Cells(tables)
            for language in self.languages:
                self.prose[language] = read_prose(study.folder, language, cells)

    def __iter__(self) -> Iterator[_File]:
        if "tables" in self.kinds:
            for material in self.materials:
                yield from self.volume(material)
        for language in self.languages:
            if {"report", "pdf"} & set(self.kinds):
                yield from self.report(language)
            if "slides" in self.kinds:
                yield self.slides(language)

    def volume(self, material: Material) -> Iterator[_File]:
        name = material.population
        stem = "tables" if len(self.tables) == 1 else f"tables-{name}"
        tables = self.tables[name]
        document = build_volume(
            self.study,
            name,
            tables,
            wave=self.wave.name,
            revision=self.wave.revision,
            rows=self.rows[name],
        )
        for language in self.languages:
            yield _File(
                f"{stem}-{language}.xlsx",
                {"step": "write_workbook", "language": language},
                partial(write_workbook, document, language),
            )
        yield _File(
            file_name(self.study, stem, ".csv"),
            {"step": "write_tables"},
            lambda path: write_tables(tables, path),
        )
        charts = {item.question.name: item.chart for item in material.items.values() if item.chart}
        chapters = {
            item.question.name: part.title for part in material.parts for item in part.items
        }
        yield _File(
            f"web/{name}",
            {"step": "write_web"},
            lambda path: write_web(document, path, charts, chapters),
        )

    def report(self, language: str) -> Iterator[_File]:
        document = build_report(
            self.study,
            self.materials,
            self.prose[language],
            wave=self.wave.name,
            revision=self.wave.revision,
        )
        template = self.template(REPORT_TEMPLATE)
        if "report" in self.kinds:
            yield _File(
                f"report-{language}.docx",
                {"step": "write_word", "language": language},
                lambda path: write_word(document, language, path, template=template),
            )
        if "pdf" in self.kinds:
            yield _File(
                f"report-{language}.pdf",
                {"step": "write_pdf", "language": language},
                lambda path: write_pdf(document, language, path),
            )

    def slides(self, language: str) -> _File:
        document = build_deck(
            self.study,
            self.materials,
            self.prose[language],
            wave=self.wave.name,
            revision=self.wave.revision,
        )
        template = self.template(SLIDES_TEMPLATE)
        return _File(
            f"slides-{language}.pptx",
            {"step": "write_slides", "language": language},
            lambda path: write_slides(document, language, path, template=template),
        )

    def template(self, name: str) -> Path | None:
        path = self.study.folder / name
        return path if path.is_file() else None
