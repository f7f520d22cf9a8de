"""From a volume and what the wave expects to findings: each check once, each slip once.

In: the published tables, the expected ones by index, the study's thresholds. Out: `Proof`. Bases
come first, for all arithmetic rests on them; then signals of the print and of the wave are weighed
together; what accuses no cell is reported as it is or counted.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tyndau.base.languages import N_, Message
from tyndau.proofing.bases import Bases, examine_bases
from tyndau.proofing.checks import (
    banner_signals,
    mention_signals,
    people_signals,
    sum_signals,
    total_signals,
)
from tyndau.proofing.compare import Difference, Expected, differences, standing_out, wave_signal
from tyndau.proofing.findings import Finding, describe, rank
from tyndau.proofing.locate import Located, likely_figure, locate, nearest_figure
from tyndau.proofing.published import PublishedTable, PublishedVolume
from tyndau.proofing.reading import Reading, Signal, Spot, fit
from tyndau.proofing.repeats import find_repeats
from tyndau.proofing.sentences import (
    from_banners,
    from_base,
    from_cell,
    from_misfit,
    from_people,
    from_repeat,
    from_sum,
    from_totals,
    from_wave,
)
from tyndau.study.standards import Thresholds

_ONE_PERSON = N_("{count} cells differ from the study's wave by one person: tables {tables}.")
_BASE_ONE = N_("{count} bases differ from the study's wave by one person: tables {tables}.")
_WHOLE_PEOPLE = N_(
    "{count} times, counted in whole people, answers of a column or columns of a total do not "
    "add up by a person or two, which rounding may hide: tables {tables}."
)
_UNMARKED = N_(
    "{count} columns with a base under {limit} have no mark of a low base, {few} of them with a "
    "base under {hidden}."
)
_COUNTS = N_(
    "{cells} printed cells in {tables} tables; {compared} compared with the wave: {agreeing} agree "
    "to the printed rounding, {one} differ by one person, {more} by more."
)
_NOT_COMPARED = N_("{cells} printed cells in {tables} tables, none compared with a wave.")


@dataclass(frozen=True, slots=True)
class Proof:
    """What proofing a volume found.

    Attributes
    ----------
    path : str
        The published file.
    findings : tuple of Finding
        Slips first, each group by how many people it is about.
    tables, cells : int
        How many were read.
    compared, agreeing : int
        Cells that the wave knows; those of them that it rounds to the printed figure.
    one_person : int
        Cells that differ by one person.
    """

    path: str
    findings: tuple[Finding, ...]
    tables: int
    cells: int
    compared: int
    agreeing: int
    one_person: int

    @property
    def slips(self) -> tuple[Finding, ...]:
        """The findings that cannot be right in the print."""
        return tuple(finding for finding in self.findings if finding.severity == "slip")

    @property
    def summary(self) -> Message:
        """The counts in one sentence."""
        words: dict[str, object] = {"cells": self.cells, "tables": self.tables}
        if not self.compared:
            return Message(_NOT_COMPARED, words)
        more = self.compared - self.agreeing - self.one_person
        return Message(_COUNTS, words | {
            "compared": self.compared, "agreeing": self.agreeing, "one": self.one_person,
            "more": more,
        })  # fmt: skip

    def as_dict(self, language: str) -> dict[str, Any]:
        """Return the proof for other programs.

        Parameters
        ----------
        language : str
            Language of the sentences: ``kk``, ``ru`` or ``en``.

        Returns
        -------
        dict
            Counts and findings, of strings, numbers, lists and None.
        """
        return {
            "published": self.path,
            "tables": self.tables,
            "cells": self.cells,
            "compared": self.compared,
            "agreeing": self.agreeing,
            "one_person": self.one_person,
            "slips": len(self.slips),
            "findings": [_finding_dict(finding, language) for finding in self.findings],
        }


def _finding_dict(finding: Finding, language: str) -> dict[str, Any]:
    headline, *evidence = (sentence.say(language) for sentence in describe(finding))
    return {
        "severity": finding.severity,
        "kind": finding.kind,
        "table": finding.table,
        "question": finding.question,
        "banner": finding.banner,
        "column": finding.column,
        "code": finding.code,
        "printed": _plain(finding.printed),
        "likely": _plain(finding.likely),
        "headline": headline,
        "evidence": evidence,
    }


def _plain(number: float | None) -> float | int | None:
    return int(number) if number is not None and number.is_integer() else number


@dataclass(slots=True)
class _Examiner:
    tables: Sequence[PublishedTable]
    expected: Mapping[int, Expected]
    bases: Bases
    found: list[Finding] = field(default_factory=list)

    def signals(self, apart: Sequence[Difference]) -> list[Signal]:
        signals = banner_signals(self.bases.readings)
        for reading in self.bases.readings:
            # Where right bases do not follow, nothing can be counted by them.
            if reading.size:
                signals += total_signals(reading)
            signals += sum_signals(reading)
            signals += mention_signals(reading)
            signals += people_signals(reading)
        for each in apart:
            index = each.spot[0]
            signals.append(wave_signal(each, self.tables[index], self.expected[index]))
        return signals

    def weigh(self, apart: Sequence[Difference]) -> None:
        located, left = locate(self.signals(apart), self.bases.readings)
        unsure = {s.table for s in left if s.source == "total" and s.firm}
        at: dict[Spot, list[Signal]] = defaultdict(list)
        for signal in left:
            if signal.source == "wave":
                at[signal.table, signal.code, signal.column].append(signal)
        seen = {cell.spot: at.pop(cell.spot, []) for cell in located}
        alone = [signals[0] for spot, signals in at.items() if spot[0] not in unsure]
        threshold = standing_out([int(signal.gap) for signal in alone])
        for cell in located:
            self.cell(cell, seen[cell.spot], threshold, total_unsure=cell.spot[0] in unsure)
        for index in sorted(unsure):
            rows = [s for s in left if s.table == index and s.source == "total" and s.firm]
            more = sum(spot[0] == index for spot in at)
            self.found.append(from_totals(rows, self.tables[index], more=more))
        self.wave_alone(alone, threshold)
        self.rest(left)

    def cell(
        self, cell: Located, seen: Sequence[Signal], threshold: int, *, total_unsure: bool
    ) -> None:
        index = cell.spot[0]
        likely = likely_figure(
            cell, self.bases.readings[index], self.expected.get(index), total_unsure=total_unsure
        )
        far = any(s.source == "wave" and s.gap >= threshold for s in cell.signals)
        self.found.append(
            from_cell(cell, likely, self.tables[index], slip=cell.firm or far, seen=seen)
        )

    def wave_alone(self, alone: Sequence[Signal], threshold: int) -> None:
        """Report what the wave alone contradicts: single cells, or how many by one person."""
        one_person = []
        for signal in alone:
            table = self.tables[signal.table]
            slip = signal.gap >= threshold
            misfit = signal.column in self.bases.readings[signal.table].misfits
            if signal.gap <= 1:
                one_person.append(table)
            elif slip or not misfit:
                likely = nearest_figure(signal, table.half)
                self.found.append(from_wave(signal, likely, table, slip=slip))
        self.count("one-person", _ONE_PERSON, one_person)

    def rest(self, left: Sequence[Signal]) -> None:
        for signal in left:
            table = self.tables[signal.table]
            if signal.source == "sum" and signal.firm:
                self.found.append(from_sum(signal, table))
            elif signal.source == "banners":
                self.found.append(from_banners(signal, self.tables))
            elif signal.source == "people":
                self.found.append(from_people(signal, table))
        whole = [s for s in left if s.source in ("total", "sum") and not s.firm]
        self.count("whole-people", _WHOLE_PEOPLE, [self.tables[s.table] for s in whole])

    def misfits(self) -> None:
        """Report columns whose figures ask for another base: one base for a column's tables."""
        groups: dict[tuple[str, str, int], list[Reading]] = defaultdict(list)
        for reading in self.bases.readings:
            for column in reading.misfits:
                groups[reading.table.banner, column, reading.base[column]].append(reading)
        for (_, column, _), group in groups.items():
            near = {reading.misfits[column].fits or 0 for reading in group} - {0}
            common = [b for b in sorted(near) if all(fit(b, r.table, column) for r in group)]
            for reading in group:
                also = [r.table.number for r in group if common and r is not reading]
                fits = common[0] if common else reading.misfits[column].fits
                misfit = reading.misfits[column]
                self.found.append(from_misfit(column, misfit, reading, fits=fits, also=also))

    def count(self, kind: Any, template: str, tables: Sequence[PublishedTable]) -> None:
        if tables:
            numbers = list(dict.fromkeys(table.number for table in tables))
            words: dict[str, object] = {"count": len(tables), "tables": numbers}
            self.found.append(Finding("minor", kind, Message(template, words)))

    def marks(self, limits: Thresholds) -> None:
        bases = [
            column.base
            for table in self.tables
            for column in table.columns.values()
            if column.base < limits.mark_below and not column.marked
        ]
        if bases:
            words: dict[str, object] = {
                "count": len(bases),
                "limit": limits.mark_below,
                "few": sum(base < limits.hide_below for base in bases),
                "hidden": limits.hide_below,
            }
            self.found.append(Finding("minor", "unmarked", Message(_UNMARKED, words)))


def examine(
    volume: PublishedVolume,
    expected: Mapping[int, Expected] | None = None,
    *,
    thresholds: Thresholds | None = None,
    weighted: bool = False,
    noticed: Sequence[Finding] = (),
) -> Proof:
    """Proof a volume, on itself and against what the wave expects.

    Parameters
    ----------
    volume : PublishedVolume
        The printed tables.
    expected : dict of int to Expected, optional
        What the wave gives, by the table's index in the volume; tables that are not in it are
        checked on themselves alone.
    thresholds : Thresholds, optional
        Bases from which columns are marked.
    weighted : bool, default False
        Whether the printed percentages are weighted: then nothing is counted in whole people.
    noticed : sequence of Finding, optional
        What was found before, to be ranked with the rest.

    Returns
    -------
    Proof
        Findings and counts.
    """
    known = expected or {}
    apart = [
        each
        for index, wave in known.items()
        for each in differences(index, volume.tables[index], wave)
    ]
    bases = examine_bases(volume.tables, known, weighted=weighted)
    examiner = _Examiner(volume.tables, known, bases, list(noticed))
    examiner.found += [from_base(wrong, volume.tables[wrong.table]) for wrong in bases.wrong]
    examiner.found += [from_repeat(each, volume.tables) for each in find_repeats(volume.tables)]
    examiner.weigh(apart)
    examiner.misfits()
    examiner.count("base-one", _BASE_ONE, [volume.tables[index] for index, _ in bases.off_by_one])
    examiner.marks(thresholds or Thresholds())
    compared = sum(
        cell in wave.percent
        for index, wave in known.items()
        for cell in volume.tables[index].percent
    )
    return Proof(
        path=volume.path,
        findings=rank(examiner.found),
        tables=len(volume.tables),
        cells=volume.cells,
        compared=compared,
        agreeing=compared - len(apart),
        one_person=sum(each.people == 1 for each in apart),
    )
