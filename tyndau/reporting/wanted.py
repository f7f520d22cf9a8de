"""The files of a build: what is made, from which document, by which writer.

In: what was counted and what of it an edition shows, the prose. Out: `File` by file, in tasks
that are written together. Nothing is computed or written here; a new format is a method of
`Wanted`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tyndau.reporting.beside import populations_beside, waves_beside
from tyndau.reporting.beside_volume import build_beside
from tyndau.reporting.counting import Counted
from tyndau.reporting.editions import MASTER, Edition, stem
from tyndau.reporting.model import Document
from tyndau.reporting.pdf import write_pdf
from tyndau.reporting.prose import Cells, Prose, read_prose
from tyndau.reporting.published import Published
from tyndau.reporting.records import release_records, write_records, write_release_report
from tyndau.reporting.report import Material, build_deck, build_report, gather
from tyndau.reporting.simulated import file_name
from tyndau.reporting.slides import write_slides
from tyndau.reporting.steps import Kind
from tyndau.reporting.volume import build_volume
from tyndau.reporting.web.write import write_web
from tyndau.reporting.weights_said import weights_said
from tyndau.reporting.word import write_word
from tyndau.reporting.workbook import write_workbook
from tyndau.study.model import Study
from tyndau.tabulation import write_sides, write_tables
from tyndau.waves import Wave

# Where a foundation puts templates of its own.
REPORT_TEMPLATE = "templates/report.docx"
SLIDES_TEMPLATE = "templates/slides.pptx"


@dataclass(frozen=True, slots=True)
class File:
    """A file to be written.

    Attributes
    ----------
    name : str
        Its name, or that of its folder.
    step : dict
        What stands in the record.
    write : callable
        Writes it; takes its ``path``.
    """

    name: str
    step: dict[str, Any]
    write: Callable[..., object]


class Wanted:
    """Everything to be written: documents and what writes them.

    Parameters
    ----------
    study : Study
        The study.
    wave : Wave
        The wave.
    counted : Counted
        What it says.
    published : mapping of str to Published
        What of it the edition shows, by population.
    inputs : mapping
        As `tyndau.reporting.steps.describe_inputs` gives them.
    earlier : sequence of Wave
        The waves before.

    Raises
    ------
    UserError
        If a number of the prose is not that of its cell, or is hidden.
    """

    def __init__(
        self,
        study: Study,
        wave: Wave,
        counted: Counted,
        published: Mapping[str, Published],
        inputs: Mapping[str, Any],
        earlier: Sequence[Wave],
    ) -> None:
        self.study = study
        self.wave = wave
        self.frames = counted.frames
        self.examined = counted.examined
        self.edition: Edition = inputs["edition"]
        self.languages: list[str] = inputs["languages"]
        self.kinds: list[Kind] = inputs["kinds"]
        self.tables = {name: one.shown for name, one in published.items()}
        self.rows = {name: len(frame) for name, frame in counted.frames.items()}
        # The largest population comes first: the others are seen beside it.
        first = sorted(counted.tables, key=lambda name: -self.rows[name])
        shown = {name: one.tables for name, one in published.items()}
        hides = None if self.edition == MASTER else shown
        beside = populations_beside(study, counted.tables, first, hides)
        self.beside = {"populations": beside}
        if self.edition == MASTER:  # an earlier wave's own edition may have hidden other cells
            self.beside["waves"] = waves_beside(study, earlier, wave, counted.tables)
        compared = {one.table.question.name: one.table for one in beside}
        self.materials = [
            gather(study, name, self.tables[name], self.rows[name], compared) for name in first
        ]
        self.prose: dict[str, Prose] = {}
        if self.reported:
            shown = {name: one.tables for name, one in published.items() if one.hidden}
            cells = Cells(counted.tables, shown)
            for language in self.languages:
                self.prose[language] = read_prose(study.folder, language, cells)

    @property
    def reported(self) -> bool:
        """Whether reports or slides are among them, which take long."""
        return self.kinds != ["tables"]

    def tasks(self) -> list[list[File]]:
        """Return what is written together, in the order in which it is named.

        A report's two formats show the same pictures, which one process draws once.

        Returns
        -------
        list of list of File
            Tasks, none of which is empty.
        """
        tasks: list[list[File]] = []
        for material in self.materials if "tables" in self.kinds else []:
            document = self._volume(material)
            tasks += [[file] for file in self._tables_of(material, document)]
            tasks.append([self._web(material, document)])
        tasks += [[file] for file in self._samples() if "tables" in self.kinds]
        if self.edition == "public" and self.study.release_keys:
            tasks += [self._microdata(name) for name in self.frames]
        for language in self.languages:
            tasks.append(self._report(language))
            if "slides" in self.kinds:
                tasks.append([self._slides(language)])
        return [task for task in tasks if task]

    def _volume(self, material: Material) -> Document:
        name = material.population
        own = self.wave.weights.get(name)
        return build_volume(
            self.study,
            name,
            self.tables[name],
            wave=self.wave.name,
            revision=self.wave.revision,
            rows=self.rows[name],
            edition=self.edition,
            weights=weights_said(self.study, {name: own} if own else {}),
        )

    def _tables_of(self, material: Material, document: Document) -> Iterator[File]:
        name = material.population
        beginning = stem("tables" if len(self.tables) == 1 else f"tables-{name}", self.edition)
        yield from self._workbooks(beginning, document)
        yield File(
            file_name(self.study, beginning, ".csv"),
            {"step": "write_tables"},
            partial(write_tables, self.tables[name]),
        )

    def _workbooks(self, beginning: str, document: Document) -> Iterator[File]:
        for language in self.languages:
            yield File(
                f"{beginning}-{language}.xlsx",
                {"step": "write_workbook", "language": language},
                partial(write_workbook, document, language),
            )

    def _samples(self) -> Iterator[File]:
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
            yield from self._workbooks(beginning, document)
            yield File(
                file_name(self.study, beginning, ".csv"),
                {"step": "write_sides"},
                partial(write_sides, [(one.population, one.table) for one in questions]),
            )

    def _web(self, material: Material, document: Document) -> File:
        items = material.items.values()
        charts = {item.question.name: item.chart for item in items if item.chart}
        chapters = {
            item.question.name: part.title for part in material.parts for item in part.items
        }
        return File(
            f"web/{material.population}",
            {"step": "write_web"},
            partial(write_web, document, charts=charts, chapters=chapters),
        )

    def _report(self, language: str) -> list[File]:
        if not {"report", "pdf"} & set(self.kinds):
            return []
        document = build_report(
            self.study,
            self.materials,
            self.prose[language],
            wave=self.wave.name,
            revision=self.wave.revision,
            edition=self.edition,
            examined=self.examined,
            weights=weights_said(self.study, self.wave.weights),
        )
        template = self._template(REPORT_TEMPLATE)
        name = stem("report", self.edition)
        word = File(
            f"{name}-{language}.docx",
            {"step": "write_word", "language": language},
            partial(write_word, document, language, template=template),
        )
        pdf = File(
            f"{name}-{language}.pdf",
            {"step": "write_pdf", "language": language},
            partial(write_pdf, document, language),
        )
        return [file for kind, file in (("report", word), ("pdf", pdf)) if kind in self.kinds]

    def _slides(self, language: str) -> File:
        document = build_deck(
            self.study,
            self.materials,
            self.prose[language],
            wave=self.wave.name,
            revision=self.wave.revision,
            edition=self.edition,
            weights=weights_said(self.study, self.wave.weights),
        )
        template = self._template(SLIDES_TEMPLATE)
        return File(
            f"{stem('slides', self.edition)}-{language}.pptx",
            {"step": "write_slides", "language": language},
            partial(write_slides, document, language, template=template),
        )

    def _microdata(self, population: str) -> list[File]:
        """Return the records of a population and the report on them."""
        frame, study = self.frames[population], self.study
        released = release_records(study, population, frame)
        beginning = "microdata" if len(self.frames) == 1 else f"microdata-{population}"
        name = stem(beginning, self.edition)
        if released is None:
            return []
        return [
            File(
                file_name(study, name, ".csv"),
                {"step": "write_records", "seed": released.release.seed},
                partial(write_records, released),
            ),
            File(
                file_name(study, f"{name}-report", ".json"),
                {"step": "write_release_report"},
                partial(write_release_report, released),
            ),
        ]

    def _template(self, name: str) -> Path | None:
        path = self.study.folder / name
        return path if path.is_file() else None
