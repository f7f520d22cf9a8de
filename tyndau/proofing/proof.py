"""A study's wave beside its published volume: what `tyndau proof` does.

In: a study, a wave, the published file. Out: `Proof`. The wave is tabulated by the questions and
banners that the volume prints, without errors or tests; all judging is in `examine`. Names of the
file that the study does not know become findings; a file of which it knows nothing is an error.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from tyndau.base.errors import Place
from tyndau.base.frames import Frame
from tyndau.base.languages import Text
from tyndau.estimation import frame_design
from tyndau.proofing import problems
from tyndau.proofing.compare import Expected, expected_from
from tyndau.proofing.examine import Proof, examine
from tyndau.proofing.findings import Finding
from tyndau.proofing.published import (
    TOTAL,
    PublishedTable,
    PublishedVolume,
    Response,
    read_published,
)
from tyndau.proofing.sentences import of_kind, of_unknown
from tyndau.study import Banner, Study, prepare, sample_of
from tyndau.study.model import factors
from tyndau.tabulation import tabulate
from tyndau.waves import Wave


@dataclass(slots=True)
class _Expectations:
    """What the wave gives for each table of a volume, computed once a question and banner."""

    study: Study
    frames: Mapping[str, Frame]
    known: dict[tuple[str, str], Expected | None] = field(default_factory=dict)

    def of(self, table: PublishedTable) -> Expected | None:
        key = (table.question, table.banner)
        if key not in self.known:
            self.known[key] = self.compute(*key)
        return self.known[key]

    def compute(self, question: str, banner: str) -> Expected | None:
        for population, frame in self.frames.items():
            designed = _banner(self.study, population, banner, frame)
            if designed and _is_closed(frame, question):
                sample = sample_of(self.study.sample, frame, self.frames.values())
                table = tabulate(
                    frame,
                    question,
                    [(variable, Text()) for variable in designed.variables],
                    design=frame_design(frame, sample),
                    inference="none",
                    among=designed.among,
                )
                return expected_from(table)
        return None

    def kind(self, question: str) -> Response:
        for frame in self.frames.values():
            if _is_closed(frame, question):
                return "multi" if frame[question].variable.kind == "multiple" else "single"
        raise KeyError(question)

    def names(self) -> Iterator[str]:
        for frame in self.frames.values():
            yield from (name for name in frame.columns if _is_closed(frame, name))


def _is_closed(frame: Frame, name: str) -> bool:
    return name in frame and frame[name].variable.kind in ("single", "multiple")


def _banner(study: Study, population: str, banner: str, frame: Frame) -> Banner | None:
    """Return a published banner: one of the study, or a variable; None where nobody knows it."""
    for one in study.banners:
        if (one.name, one.population) == (banner, population):
            known = tuple(
                name
                for name in one.variables
                if all(_is_closed(frame, factor) for factor in factors(name))
            )
            return replace(one, variables=known) if known else None
    return Banner(banner, population, (banner,), ()) if _is_closed(frame, banner) else None


def proof(study: Study, wave: Wave, published: Path) -> Proof:
    """Proof a published volume of tables against a wave of its study.

    Parameters
    ----------
    study : Study
        The study.
    wave : Wave
        The wave from which the volume was made.
    published : Path
        The published cells, a CSV file.

    Returns
    -------
    Proof
        Findings, slips first, and counts.

    Raises
    ------
    UserError
        If the file cannot be read as tables, holds nothing that the study knows, or no total of it
        agrees with the wave.
    """
    volume = read_published(published)
    known = {name: frame for name, frame in wave.frames.items() if name in study.forms}
    frames = {name: prepare(study, name, frame) for name, frame in known.items()}
    expectations = _Expectations(study, frames)
    expected: dict[int, Expected] = {}
    noticed: list[Finding] = []
    tables = []
    for index, printed in enumerate(volume.tables):
        table, wanted = printed, expectations.of(printed)
        unknown = _unknown(printed, wanted, expectations)
        if unknown:
            noticed.append(of_unknown(printed, unknown))
        if wanted:
            asked = expectations.kind(printed.question)
            if asked != printed.kind:
                noticed.append(of_kind(printed, asked))
                table = replace(printed, kind=asked)
            if not unknown:
                expected[index] = wanted
        tables.append(table)
    volume = replace(volume, tables=tuple(tables))
    _require_same_data(volume, expected, expectations)
    return examine(
        volume,
        expected,
        thresholds=study.thresholds,
        weighted=any(study.sample.weight in frame for frame in frames.values()),
        noticed=noticed,
    )


def _unknown(
    table: PublishedTable, wanted: Expected | None, expectations: _Expectations
) -> list[str]:
    """Return the names of a published table that the wave does not have."""
    if wanted is None:
        known = set(expectations.names())
        missing = [name for name in (table.question, table.banner) if name not in known]
        return missing or [table.question, table.banner]
    answers = {code for code, _ in wanted.percent}
    columns = [code for code in table.columns if code != TOTAL and code not in wanted.base]
    return [*columns, *(code for code in table.answers if code not in answers)]


def _require_same_data(
    volume: PublishedVolume, expected: Mapping[int, Expected], expectations: _Expectations
) -> None:
    first = volume.tables[0]
    place = Place(volume.path, row=first.columns[TOTAL].line)
    if not expected:
        raise problems.UNKNOWN.error(
            place, question=first.question, banner=first.banner, known=list(expectations.names())
        )
    if not any(volume.tables[i].total_base == wave.base[TOTAL] for i, wave in expected.items()):
        index, wave = next(iter(expected.items()))
        table = volume.tables[index]
        raise problems.OTHER_DATA.error(
            place, table=table.number, printed=table.total_base, expected=wave.base[TOTAL]
        )
