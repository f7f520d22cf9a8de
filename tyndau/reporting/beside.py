"""What stands beside each other: populations that were asked the same, waves of one population.

In: a study, its waves, the tables of the wave that is built. Out: questions as `SideBySide`. Names
say what is the same question; where an earlier wave called a variable otherwise or asked it so
differently that it cannot be compared, the sheet ``trends`` of the workbook says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tyndau.base.frames import Frame
from tyndau.base.languages import CONTENT_LANGUAGES, Text, say
from tyndau.estimation import wave_design
from tyndau.study import prepare
from tyndau.study.model import Study
from tyndau.study.standards import SampleColumns
from tyndau.tabulation import (
    Sample,
    SideBySide,
    Table,
    shown_beside,
    side_by_side,
    tabulate_many,
)
from tyndau.waves import Wave, wave_said


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """Questions of several samples.

    Attributes
    ----------
    population : str
        Whose waves they are; empty where populations stand side by side.
    table : SideBySide
        The question.
    """

    population: str
    table: SideBySide


def populations_beside(
    study: Study,
    tables: Mapping[str, Sequence[Table]],
    order: Sequence[str],
    published: Mapping[str, Sequence[Table | None]] | None = None,
) -> list[Beside]:
    """Put the populations of a wave side by side.

    Parameters
    ----------
    study : Study
        Its forms give the populations' names.
    tables : dict of str to sequence of Table
        By population; the first table of a question shows everybody who was asked.
    order : sequence of str
        The populations in the order of the columns.
    published : dict of str to sequence of (Table or None), optional
        The same tables as an edition shows them.

    Returns
    -------
    list of Beside
        A question for each name that two populations have, in the order of asking; of an edition
        with what it shows of their own tables.
    """
    totals = {name: _totals(tables[name]) for name in order}
    found = []
    for question in dict.fromkeys(one for name in order for one in totals[name]):
        samples = [
            Sample(name, study.forms[name].title, totals[name][question])
            for name in order
            if question in totals[name]
        ]
        table = side_by_side(samples, in_time=False)
        if table is not None and published is not None:
            shown = [
                next(
                    after
                    for before, after in zip(tables[one.name], published[one.name], strict=True)
                    if before is one.table
                )
                for one in table.samples
            ]
            table = shown_beside(table, shown)
        if table is not None:
            found.append(Beside("", table))
    return found


def waves_beside(
    study: Study, earlier: Sequence[Wave], now: Wave, tables: Mapping[str, Sequence[Table]]
) -> list[Beside]:
    """Put the waves of each population side by side.

    Parameters
    ----------
    study : Study
        Its form of today says what is asked, its workbook what waves called or asked otherwise.
    earlier : sequence of Wave
        The waves before, the first first.
    now : Wave
        The wave that is built.
    tables : dict of str to sequence of Table
        Of the wave that is built, by population.

    Returns
    -------
    list of Beside
        A question for each name that this wave and one before have, in the order of asking.
    """
    found = []
    for population, of_population in tables.items():
        totals = _totals(of_population)
        waves = [
            (wave.name, _of_wave(study, wave, population, totals))
            for wave in earlier
            if population in wave.frames
        ]
        waves.append((now.name, totals))
        names = [name for name, _ in waves]
        for question in totals:
            samples = [
                Sample(
                    name,
                    _named(name),
                    one[question],
                    _era(study, population, question, names[: at + 1]),
                )
                for at, (name, one) in enumerate(waves)
                if question in one
            ]
            beside = side_by_side(samples, in_time=True)
            if beside is not None:
                found.append(Beside(population, beside))
    return found


def _totals(tables: Sequence[Table]) -> dict[str, Table]:
    """Return the first table of each question."""
    first: dict[str, Table] = {}
    for table in tables:
        first.setdefault(table.question.name, table)
    return first


def _renamed(study: Study, wave: Wave, population: str) -> Frame:
    """Return a wave's frame with the names of today."""
    frame = wave.frames[population]
    names = {
        one.was: one.variable
        for one in study.trends
        if (one.wave, one.population) == (wave.name, population) and one.was in frame
    }
    columns = {}
    for name, column in frame.columns.items():
        today = names.get(name, name)
        if name in names or name not in names.values():
            columns[today] = replace(column, variable=replace(column.variable, name=today))
    return Frame(frame.keys, columns)


def _of_wave(study: Study, wave: Wave, population: str, wanted: Iterable[str]) -> dict[str, Table]:
    """Tabulate the questions of an earlier wave that it has, for everybody together."""
    frame = prepare(study, population, _renamed(study, wave, population))
    held = [name for name in wanted if name in frame and frame[name].variable.kind != "text"]
    # An earlier wave may have had no weights, strata or points.
    columns = (study.sample.weight, study.sample.strata, study.sample.cluster)
    sample = SampleColumns(*(one if one in frame else "" for one in columns))
    design = wave_design(frame, sample, wave.weights.get(population), population=population)
    tables = tabulate_many(
        frame,
        held,
        [],
        design=design,
        inference=study.inference_of(population),
        thresholds=study.thresholds,
    )
    return {table.question.name: table for table in tables}


def _era(study: Study, population: str, question: str, waves: Sequence[str]) -> int:
    """Count the breaks of a question's wording up to the last of some waves."""
    broken = {
        one.wave
        for one in study.trends
        if one.breaks and (one.population, one.variable) == (population, question)
    }
    return len(broken.intersection(waves))


def _named(wave: str) -> Text:
    said = wave_said(wave)
    return Text(**{code: say(said, code) for code in CONTENT_LANGUAGES})
