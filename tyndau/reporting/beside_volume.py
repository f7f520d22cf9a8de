"""The volume of samples side by side as a document: populations, or waves, with what differs.

In: questions of several samples. Out: a `Document` with a section for each question, whose columns
are the samples; there is no total, since nobody is in two of them. A sample of fewer people than
are tested is shown in numbers of people: a percentage of eleven experts says more than they do.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from tyndau.base.languages import CONTENT_LANGUAGES, N_, Message, Sayable, Text, say
from tyndau.reporting.beside import Beside
from tyndau.reporting.editions import MASTER, Edition, data_line
from tyndau.reporting.guide import about_beside
from tyndau.reporting.model import (
    HIDDEN,
    CrossCell,
    CrossColumn,
    CrossRow,
    CrossTable,
    Document,
    Heading,
    Paragraph,
    Section,
)
from tyndau.reporting.simulated import banner
from tyndau.reporting.table_notes import LOW, NOT_SHOWN, TOO_LOW
from tyndau.reporting.volume import (
    MEAN_DECIMALS,
    ROW_KINDS,
    answer_kind,
    base_words,
    bases_said,
)
from tyndau.study.model import Study
from tyndau.study.standards import Thresholds
from tyndau.tabulation import SideBySide

_POPULATIONS = N_("Populations side by side")
_WAVES = N_("Waves side by side")
_POPULATION = N_("Population")
_WAVE = N_("Wave")
_BASES = N_("Bases: {bases}")
_ASKED = N_("{sample}: {base}")
_PEOPLE = N_(
    "** Fewer than {hide} respondents: not tested; the figures of these columns are numbers of "
    "people, not percentages."
)
_WEAK = N_("** Effective base under {hide}: not tested, indicative only.")
_WORDED = N_("The question is worded otherwise in: {samples}.")
_NOT_OFFERED = N_("An empty cell: the answer was not offered there.")
_BROKEN = N_(
    "The question was asked so differently since {samples} that earlier waves are not compared "
    "with it."
)
_CHOSE = N_(
    "The respondents of {samples} chose themselves: percentages only, which are compared with "
    "nothing."
)
_INDEPENDENT = N_(
    "Method: the samples are independent; two-sided t tests at {risk}% level, degrees of freedom "
    "by Welch and Satterthwaite."
)
_NOTHING = N_("Method: percentages only, nothing is tested.")


def build_beside(
    study: Study,
    questions: Sequence[Beside],
    *,
    in_time: bool,
    wave: str,
    revision: int,
    edition: Edition = MASTER,
) -> Document:
    """Make the volume of samples side by side.

    Parameters
    ----------
    study : Study
        What was designed.
    questions : sequence of Beside
        In the order of the volume, one at least.
    in_time : bool
        Whether the samples are waves; else they are populations.
    wave : str
        Name of the wave that is built.
    revision : int
        Its revision, from 1.
    edition : {"master", "restricted", "public"}, optional
        For whom it is.

    Returns
    -------
    Document
        How it is read, then a section for each question.
    """
    subtitle = Message(_WAVES if in_time else _POPULATIONS)
    tables = [one.table for one in questions]
    several = len({one.population for one in questions}) > 1
    asked = (
        [one.population for one in questions]
        if in_time
        else [sample.name for table in tables for sample in table.samples]
    )
    sections = [about_beside(study, list(dict.fromkeys(asked)), subtitle, tables, in_time)]
    for number, one in enumerate(questions, 1):
        question = one.table.question
        title: Sayable = question.label
        blocks: list[Heading | Paragraph | CrossTable] = [Heading(title)]
        if several:
            blocks.append(Paragraph(study.forms[one.population].title, "note"))
        blocks.append(Paragraph(answer_kind(question), "note"))
        blocks.append(beside_table(one.table, number, study.thresholds, in_time=in_time))
        key = f"{one.population}-{question.name}" if several else question.name
        sections.append(Section(key, key if several else question.name, title, tuple(blocks)))
    return Document(
        title=study.title,
        subtitle=subtitle,
        sections=tuple(sections),
        author=study.contractor,
        dated=study.end or study.start,
        footer=data_line(wave, revision, edition),
        banner=banner(study),
    )


def beside_table(
    table: SideBySide, number: int, thresholds: Thresholds, *, in_time: bool
) -> CrossTable:
    """Make a table of the report model from samples side by side.

    Parameters
    ----------
    table : SideBySide
        A question.
    number : int
        Its number in the document.
    thresholds : Thresholds
        Of the study, for the notes on low bases.
    in_time : bool
        Whether the samples are waves.

    Returns
    -------
    CrossTable
        A column for each sample, without a total.
    """
    tested = any(table.tested)
    # An edition that hides these columns shows no numbers of people.
    few = [table.hidden is None and head.base < thresholds.hide_below for head in table.columns]
    weighted = any(method.weighted for method in table.methods)
    above = Message(_WAVE if in_time else _POPULATION)
    return CrossTable(
        number=number,
        title=table.question.label,
        by=(above,),
        base=_base(table),
        columns=tuple(
            CrossColumn(head.label, above, head.letter if tests else "", head.mark)
            for head, tests in zip(table.columns, table.tested, strict=True)
        ),
        rows=(*bases_said(table.columns, weighted=weighted), *_rows(table, few)),
        tested=tested,
        notes=tuple(_notes(table, thresholds, few, tested)),
    )


def _base(table: SideBySide) -> Message:
    """Say who was asked in each sample; once where it is the same for all."""
    said = [base_words(one.table.question.base, Text()) for one in table.samples]
    words = [
        Message(_ASKED, {"sample": one.label, "base": base})
        for one, base in zip(table.samples, said, strict=True)
    ]
    alike = len({tuple(say(base, code) for code in CONTENT_LANGUAGES) for base in said}) == 1
    return Message(_BASES, {"bases": said[0] if alike else words})


def _rows(table: SideBySide, few: Sequence[bool]) -> Iterator[CrossRow]:
    for row, head in enumerate(table.rows):
        cells = []
        for column in range(len(table.columns)):
            value = table.percent[row, column]
            people = head.is_share and few[column]
            if value != value:  # not offered, or nobody asked, or hidden
                hides = table.hidden is not None and bool(table.hidden[row, column])
                cells.append(CrossCell(None, hidden=hides))
                continue
            versus = int(table.versus_previous[row, column])
            cells.append(
                CrossCell(
                    float(table.people[row, column] if people else value),
                    table.letters(row, column),
                    "higher" if versus > 0 else "lower" if versus < 0 else "",
                    people=people,
                )
            )
        decimals = 0 if head.is_share else MEAN_DECIMALS
        yield CrossRow(head.label, tuple(cells), ROW_KINDS[head.kind], decimals)


def _notes(
    table: SideBySide, thresholds: Thresholds, few: Sequence[bool], tested: bool
) -> Iterable[Sayable]:
    marks = {head.mark for head in table.columns}
    hide = thresholds.hide_below
    worded = [
        one.label for one in table.samples if one.table.question.label != table.question.label
    ]
    if worded:
        yield Message(_WORDED, {"samples": worded})
    shares = [row for row, head in enumerate(table.rows) if head.kind == "answer"]
    asked = [at for at, head in enumerate(table.columns) if head.base]
    lacking = np.isnan(table.percent)
    if table.hidden is not None:
        lacking &= ~table.hidden
    if lacking[shares][:, asked].any():
        yield Message(_NOT_OFFERED)
    eras = [one.era for one in table.samples]
    new = [
        one.label
        for one, era, before in zip(table.samples[1:], eras[1:], eras[:-1], strict=True)
        if era != before
    ]
    if new:
        yield Message(_BROKEN, {"samples": new})
    if "*" in marks:
        yield Message(LOW, {"hide": hide, "mark": thresholds.mark_below - 1})
    if table.hidden is not None and table.hidden.any():
        yield Message(NOT_SHOWN, {"sign": HIDDEN, "people": thresholds.people_below})
    if any(few):
        yield Message(_PEOPLE, {"hide": hide})
    elif any(head.mark == "**" and head.base < hide for head in table.columns):
        yield Message(TOO_LOW, {"hide": hide})
    if any(head.mark == "**" and head.base >= hide for head in table.columns):
        yield Message(_WEAK, {"hide": hide})
    yield from _method(table, tested)


def _method(table: SideBySide, tested: bool) -> Iterator[Message]:
    chose = [head.label for head in table.without_inference]
    if 0 < len(chose) < len(table.columns):
        yield Message(_CHOSE, {"samples": chose})
    risk = f"{100 * (1 - table.methods[0].comparing.level):g}"
    yield Message(_INDEPENDENT, {"risk": risk}) if tested else Message(_NOTHING)
