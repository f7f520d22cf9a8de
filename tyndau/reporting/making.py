"""Filling a folder with results: tables first, then prose held against them, then every file.

In: a study, a wave, what is wanted, an empty folder. Out: the files and the record of the steps. A
number of the prose that is not that of its cell stops it before the first file. A new format is a
method of `_Files`.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tyndau.base.frames import Frame
from tyndau.base.languages import N_, Message
from tyndau.base.progress import Progress
from tyndau.estimation import Design, wave_design
from tyndau.reporting.beside import populations_beside, waves_beside
from tyndau.reporting.beside_volume import build_beside
from tyndau.reporting.editions import MASTER, Edition, stem
from tyndau.reporting.model import Document
from tyndau.reporting.pdf import write_pdf
from tyndau.reporting.plan import plan_tables
from tyndau.reporting.prose import Cells, Prose, prose_quotes, read_prose
from tyndau.reporting.published import Published, account, publish
from tyndau.reporting.records import release_records, write_records, write_release_report
from tyndau.reporting.report import Material, build_deck, build_report, gather
from tyndau.reporting.simulated import file_name
from tyndau.reporting.slides import write_slides
from tyndau.reporting.steps import Kind, write_steps
from tyndau.reporting.volume import build_volume
from tyndau.reporting.web import write_web
from tyndau.reporting.word import write_word
from tyndau.reporting.workbook import write_workbook
from tyndau.reporting.workers import perform
from tyndau.sampling import sample_notes
from tyndau.study import prepare, sample_of
from tyndau.study.model import Banner, SampleColumns, Study
from tyndau.tabulation import Table, tabulate, write_sides, write_tables
from tyndau.waves import Wave, read_wave

# Where a foundation puts templates of its own.
REPORT_TEMPLATE = "templates/report.docx"
SLIDES_TEMPLATE = "templates/slides.pptx"

# What takes long begins first, so that all processes end at about the same time.
_LONGEST = {"write_word": 0, "write_pdf": 1, "write_web": 2, "write_slides": 3}

_HIDING = N_("Hiding what this edition must not show")
_WRITING = N_("Writing files")
_WRITTEN = N_("Written: {files}")


@dataclass(frozen=True, slots=True)
class _File:
    """A file to be written; ``step`` stands in the record, ``write`` takes its ``path``."""

    name: str
    step: dict[str, Any]
    write: Callable[..., object]


def fill(
    folder: Path, study: Study, wave: Wave, inputs: Mapping[str, Any], progress: Progress
) -> str:
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
        As `tyndau.reporting.steps.describe_inputs` gives them: languages, kinds and the edition
        among them.
    progress : Progress
        Told of each table and file.

    Returns
    -------
    str
        The account of what the edition hides, as JSON: not for the folder. Empty for the master.

    Raises
    ------
    UserError
        If tables cannot be computed, a number of the prose is not that of its cell or is hidden, or
        a file cannot be written.
    """
    frames = {name: prepare(study, name, frame) for name, frame in wave.frames.items()}
    plans = {name: tuple(plan_tables(study, name, frame)) for name, frame in frames.items()}
    count = sum(map(len, plans.values()))
    edition: Edition = inputs["edition"]
    total = count + _count_files(inputs, len(frames))
    steps: list[dict[str, Any]] = [
        {"step": "read_wave", "wave": wave.name, "revision": wave.revision}
    ]
    tables: dict[str, list[Table]] = {}
    samples = {name: sample_of(study.sample, one, frames.values()) for name, one in frames.items()}
    designs = {
        name: wave_design(frame, samples[name], wave.weights.get(name), population=name)
        for name, frame in frames.items()
    }
    for name in frames:
        weights = name in wave.weights
        steps.append(_tabulated(study, name, plans[name], samples[name], weights=weights))
        done = sum(map(len, tables.values()))
        notes = sample_notes(study.folder, name)
        tables[name] = _tabulate(
            study, frames[name], plans[name], designs[name], notes, (done, total), progress
        )
    if edition != MASTER:
        progress(count, total, Message(_HIDING))
    published = _publish(study, frames, samples, designs, tables, edition)
    files = _Files(study, wave, frames, tables, published, inputs, _earlier(study, inputs))
    tasks = files.tasks()
    total = count + sum(map(len, tasks))
    progress(count, total, Message(_WRITING))
    for done, names in _written(folder, tasks, beside=files.reported):
        progress(count + done, total, Message(_WRITTEN, {"files": names}))
    written = [file for task in tasks for file in task]
    steps += [{**file.step, "file": file.name} for file in written]
    write_steps(folder, dict(inputs), steps, _outputs(folder, written))
    if edition == MASTER:
        return ""
    told = account(study, edition, published)
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _outputs(folder: Path, written: Sequence[_File]) -> list[str]:
    """List the files that were written, those in folders too."""
    outputs: list[str] = []
    for file in written:
        path = folder / file.name
        made = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
        outputs += [one.relative_to(folder).as_posix() for one in made]
    return outputs


def _publish(
    study: Study,
    frames: Mapping[str, Frame],
    samples: Mapping[str, SampleColumns],
    designs: Mapping[str, Design],
    tables: Mapping[str, Sequence[Table]],
    edition: Edition,
) -> dict[str, Published]:
    """Make the tables of each population as the edition shows them."""
    # Of all languages, whichever are built: an edition hides the same in each of them.
    quotes = list(prose_quotes(study.folder, study.languages, Cells(tables)))
    return {
        name: publish(
            study, frame, samples[name], designs[name], tables[name], edition,
            [quoted for population, quoted in quotes if population == name],
        )
        for name, frame in frames.items()
    }  # fmt: skip


def _earlier(study: Study, inputs: Mapping[str, Any]) -> list[Wave]:
    """Read the waves before, in the revisions that the record names."""
    return [read_wave(study.folder, name, revision) for name, revision in inputs["earlier"].items()]


def _written(
    folder: Path, tasks: Sequence[Sequence[_File]], *, beside: bool
) -> Iterator[tuple[int, list[str]]]:
    """Write all files, several beside each other if asked to.

    Yields how many there are so far, and the names of the latest.
    """
    for file in (file for task in tasks for file in task):
        (folder / file.name).parent.mkdir(exist_ok=True)
    if beside:
        tasks = sorted(tasks, key=lambda task: _LONGEST.get(task[0].step["step"], len(_LONGEST)))
    calls = [[partial(file.write, path=folder / file.name) for file in task] for task in tasks]
    done = 0
    for at in perform(calls) if beside else _one_by_one(calls):
        done += len(tasks[at])
        yield done, [file.name for file in tasks[at]]


def _one_by_one(calls: Sequence[Sequence[Callable[[], object]]]) -> Iterator[int]:
    """Perform tasks here, one after the other."""
    for at, task in enumerate(calls):
        for call in task:
            call()
        yield at


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
            inference=study.inference,
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
    plan: Sequence[tuple[str, Banner]],
    sample: SampleColumns,
    *,
    weights: bool,
) -> dict[str, Any]:
    return {
        "step": "tabulate",
        "population": population,
        "inference": study.inference,
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


class _Files:
    """Everything to be written: documents and what writes them."""

    def __init__(
        self,
        study: Study,
        wave: Wave,
        frames: Mapping[str, Frame],
        tables: Mapping[str, Sequence[Table]],
        published: Mapping[str, Published],
        inputs: Mapping[str, Any],
        earlier: Sequence[Wave],
    ) -> None:
        self.study = study
        self.wave = wave
        self.frames = frames
        self.edition: Edition = inputs["edition"]
        self.languages: list[str] = inputs["languages"]
        self.kinds: list[Kind] = inputs["kinds"]
        self.tables = {name: one.shown for name, one in published.items()}
        self.rows = {name: len(frame) for name, frame in frames.items()}
        # The largest population comes first: the others are seen beside it.
        first = sorted(tables, key=lambda name: -self.rows[name])
        shown = {name: one.tables for name, one in published.items()}
        hides = None if self.edition == MASTER else shown
        beside = populations_beside(study, tables, first, hides)
        self.beside = {"populations": beside}
        if self.edition == MASTER:  # an earlier wave's own edition may have hidden other cells
            self.beside["waves"] = waves_beside(study, earlier, wave, tables)
        compared = {one.table.question.name: one.table for one in beside}
        self.materials = [
            gather(study, name, self.tables[name], self.rows[name], compared) for name in first
        ]
        self.prose: dict[str, Prose] = {}
        if self.reported:
            shown = {name: one.tables for name, one in published.items() if one.hidden}
            cells = Cells(tables, shown)
            for language in self.languages:
                self.prose[language] = read_prose(study.folder, language, cells)

    @property
    def reported(self) -> bool:
        """Whether reports or slides are among them, which take long."""
        return self.kinds != ["tables"]

    def tasks(self) -> list[list[_File]]:
        """Return what is written together, in the order in which it is named.

        A report's two formats show the same pictures, which one process draws once.
        """
        tasks: list[list[_File]] = []
        for material in self.materials if "tables" in self.kinds else []:
            document = self.volume(material)
            tasks += [[file] for file in self.tables_of(material, document)]
            tasks.append([self.web(material, document)])
        tasks += [[file] for file in self.samples() if "tables" in self.kinds]
        if self.edition == "public" and self.study.release_keys:
            tasks += [self.microdata(name) for name in self.frames]
        for language in self.languages:
            tasks.append(self.report(language))
            if "slides" in self.kinds:
                tasks.append([self.slides(language)])
        return [task for task in tasks if task]

    def volume(self, material: Material) -> Document:
        name = material.population
        return build_volume(
            self.study,
            name,
            self.tables[name],
            wave=self.wave.name,
            revision=self.wave.revision,
            rows=self.rows[name],
            edition=self.edition,
        )

    def tables_of(self, material: Material, document: Document) -> Iterator[_File]:
        name = material.population
        beginning = stem("tables" if len(self.tables) == 1 else f"tables-{name}", self.edition)
        for language in self.languages:
            yield _File(
                f"{beginning}-{language}.xlsx",
                {"step": "write_workbook", "language": language},
                partial(write_workbook, document, language),
            )
        yield _File(
            file_name(self.study, beginning, ".csv"),
            {"step": "write_tables"},
            partial(write_tables, self.tables[name]),
        )

    def samples(self) -> Iterator[_File]:
        """Return the volumes of populations, or waves, side by side, where there are any."""
        for name, questions in self.beside.items():
            if not questions:
                continue
            document = build_beside(
                self.study,
                questions,
                in_time=name == "waves",
                wave=self.wave.name,
                revision=self.wave.revision,
                edition=self.edition,
            )
            beginning = stem(name, self.edition)
            for language in self.languages:
                yield _File(
                    f"{beginning}-{language}.xlsx",
                    {"step": "write_workbook", "language": language},
                    partial(write_workbook, document, language),
                )
            yield _File(
                file_name(self.study, beginning, ".csv"),
                {"step": "write_sides"},
                partial(write_sides, [(one.population, one.table) for one in questions]),
            )

    def web(self, material: Material, document: Document) -> _File:
        items = material.items.values()
        charts = {item.question.name: item.chart for item in items if item.chart}
        chapters = {
            item.question.name: part.title for part in material.parts for item in part.items
        }
        return _File(
            f"web/{material.population}",
            {"step": "write_web"},
            partial(write_web, document, charts=charts, chapters=chapters),
        )

    def report(self, language: str) -> list[_File]:
        if not {"report", "pdf"} & set(self.kinds):
            return []
        document = build_report(
            self.study,
            self.materials,
            self.prose[language],
            wave=self.wave.name,
            revision=self.wave.revision,
            edition=self.edition,
        )
        template = self.template(REPORT_TEMPLATE)
        name = stem("report", self.edition)
        word = _File(
            f"{name}-{language}.docx",
            {"step": "write_word", "language": language},
            partial(write_word, document, language, template=template),
        )
        pdf = _File(
            f"{name}-{language}.pdf",
            {"step": "write_pdf", "language": language},
            partial(write_pdf, document, language),
        )
        return [file for kind, file in (("report", word), ("pdf", pdf)) if kind in self.kinds]

    def slides(self, language: str) -> _File:
        document = build_deck(
            self.study,
            self.materials,
            self.prose[language],
            wave=self.wave.name,
            revision=self.wave.revision,
            edition=self.edition,
        )
        template = self.template(SLIDES_TEMPLATE)
        return _File(
            f"{stem('slides', self.edition)}-{language}.pptx",
            {"step": "write_slides", "language": language},
            partial(write_slides, document, language, template=template),
        )

    def microdata(self, population: str) -> list[_File]:
        """Return the records of a population and the report on them."""
        frame, study = self.frames[population], self.study
        released = release_records(study, population, frame)
        beginning = "microdata" if len(self.frames) == 1 else f"microdata-{population}"
        name = stem(beginning, self.edition)
        if released is None:
            return []
        return [
            _File(
                file_name(study, name, ".csv"),
                {"step": "write_records", "seed": released.release.seed},
                partial(write_records, released),
            ),
            _File(
                file_name(study, f"{name}-report", ".json"),
                {"step": "write_release_report"},
                partial(write_release_report, released),
            ),
        ]

    def template(self, name: str) -> Path | None:
        path = self.study.folder / name
        return path if path.is_file() else None
