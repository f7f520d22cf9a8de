"""The tables volume as a document: what the study is, how to read it, a section for each question.

In: a study, a population and its tables, all of one wave's revision. Out: a `Document` that any
writer can set in any language. How numbers are shown (whole percentages, means with two decimals)
and every sentence around them are decided here; nothing is computed, and no file is touched. A new
fact about the study is a line of `_facts`; a new kind of row is a branch of `_rows`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

import numpy as np

from tyndau.base.frames import Variable
from tyndau.base.languages import CONTENT_LANGUAGES, N_, Message, Sayable, Text, number
from tyndau.reporting.editions import MASTER, Edition, data_line
from tyndau.reporting.guide import about
from tyndau.reporting.model import (
    CrossCell,
    CrossColumn,
    CrossKind,
    CrossRow,
    CrossTable,
    Document,
    Heading,
    Paragraph,
    Section,
)
from tyndau.reporting.simulated import banner
from tyndau.reporting.table_notes import hides, table_notes
from tyndau.study.model import Study
from tyndau.study.standards import Thresholds
from tyndau.tabulation.table import ColumnHead, RowKind, Table

MEAN_DECIMALS = 2
# How the rows of a table are shown.
ROW_KINDS: Mapping[RowKind, CrossKind] = {
    "answer": "percent", "no_answer": "percent", "net": "net", "mean": "mean", "sd": "sd",
}  # fmt: skip

_SUBTITLE = N_("Tables volume. {population}")
_EVERYBODY = N_("all respondents")
_BASE = N_("Base: {base}. N = {count}")
_AMONG = N_("{base}; of these: {among}")
_ONLY = N_("only: {among}")
_INDEX = N_("Index to the total: {answer}")
_TOTAL_ONLY = N_("all respondents together")
_ONE_ANSWER = N_("One answer was possible.")
SEVERAL_ANSWERS = N_("Several answers were possible: percentages may add to more than 100.")
_SCALE = N_("Scale from {lowest} to {highest}: the mean leaves out answers without a score.")
_NUMBER = N_("The answer is a number.")
_BASE_ROW = N_("Base, N")
_UNWEIGHTED_BASE = N_("Unweighted base, N")
_WEIGHTED_BASE = N_("Weighted base")
_EFFECTIVE_BASE = N_("Effective base")
_MEAN_BASE = N_("Base of the mean, N")


def build_volume(
    study: Study,
    population: str,
    tables: Sequence[Table],
    *,
    wave: str,
    revision: int,
    rows: int,
    edition: Edition = MASTER,
    weights: Sequence[Sayable] = (),
) -> Document:
    """Make the tables volume of one population.

    Parameters
    ----------
    study : Study
        What was designed; its texts stand in the part about the volume.
    population : str
        Name of one of the study's forms.
    tables : sequence of Table
        In the order of the volume; tables of one question follow each other.
    wave : str
        Name of the wave that they are counted from.
    revision : int
        The wave's revision, from 1.
    rows : int
        Interviews in the wave.
    edition : {"master", "restricted", "public"}, optional
        For whom it is.
    weights : sequence of Text, Message or str, optional
        How the weights of the revision were made.

    Returns
    -------
    Document
        The part about the volume, then a section for each question.
    """
    subtitle = Message(_SUBTITLE, {"population": study.forms[population].title})
    sections = [about(study, population, subtitle, tables, wave, revision, rows, edition, weights)]
    first = 1
    for _, group in groupby(tables, key=lambda table: table.question.name):
        together = tuple(group)
        sections.append(_section(together, first, study))
        first += len(together)
    return Document(
        title=study.title,
        subtitle=subtitle,
        sections=tuple(sections),
        author=study.contractor,
        dated=study.end or study.start,
        footer=data_line(wave, revision, edition),
        banner=banner(study),
    )


def _section(tables: Sequence[Table], first: int, study: Study) -> Section:
    question = tables[0].question
    return Section(
        key=question.name,
        tab=question.name,
        title=question.label,
        blocks=(
            Heading(question.label),
            Paragraph(answer_kind(question), "note"),
            *(
                cross_table(
                    table, first + index, study.thresholds, chart=index == 0, index=study.index
                )
                for index, table in enumerate(tables)
            ),
        ),
    )


def answer_kind(question: Variable) -> Message:
    """Say how a question is answered, for the line under its wording.

    Parameters
    ----------
    question : Variable
        The question.

    Returns
    -------
    Message
        Whether one answer was possible or several, or the ends of its scale.
    """
    if question.kind == "multiple":
        return Message(SEVERAL_ANSWERS)
    if question.kind == "number":
        return Message(_NUMBER)
    scores = [category.score for category in question.categories if category.score is not None]
    if not scores:
        return Message(_ONE_ANSWER)
    return Message(_SCALE, {"lowest": _written(min(scores)), "highest": _written(max(scores))})


def _written(value: float) -> Text:
    decimals = 0 if float(value).is_integer() else 1
    said = {code: number(value, code, decimals=decimals) for code in CONTENT_LANGUAGES}
    return Text(**{code: text.replace("-", "\u2212") for code, text in said.items()})


def cross_table(
    table: Table,
    count: int,
    thresholds: Thresholds,
    *,
    chart: bool = False,
    index: bool = False,
) -> CrossTable:
    """Make a table of the report model from a table of statistics.

    Parameters
    ----------
    table : Table
        One question by a banner.
    count : int
        Its number in the document.
    thresholds : Thresholds
        Of the study, for the notes on low bases.
    chart : bool, default False
        Whether a chart of the total goes with it, where there is something to draw.
    index : bool, default False
        Whether its last rows are indices to the total, where there are columns beside it.

    Returns
    -------
    CrossTable
        Percentages whole, means with two decimals; columns without respondents are left out and
        named in a note.
    """
    total = table.columns[0]
    answers = sum(head.kind == "answer" for head in table.rows)
    shown = _shown(table)
    return CrossTable(
        number=count,
        title=table.question.label,
        by=_by(table),
        base=base_line(table),
        columns=tuple(
            CrossColumn(
                label=head.label,
                group=table.groups[head.group].title if head.group >= 0 else "",
                letter=head.letter if table.method.inference != "none" else "",
                mark=head.mark,
                within=head.within,
            )
            for head in (table.columns[index] for index in shown)
        ),
        rows=(
            *bases_said([table.columns[at] for at in shown], weighted=table.method.weighted),
            *_rows(table, shown),
            *(_indices(table, shown) if index else ()),
        ),
        tested=table.method.inference != "none",
        chart=chart and answers > 1 and total.base > 0 and not hides(table, 0),
        notes=tuple(table_notes(table, shown, thresholds)),
    )


def _by(table: Table) -> tuple[Sayable, ...]:
    """Name a table by its columns, and by whom it is limited to where it is."""
    titles = tuple(group.title for group in table.groups) or (Message(_TOTAL_ONLY),)
    return (*titles, Message(_ONLY, {"among": table.among})) if table.limited else titles


def base_line(table: Table) -> Message:
    """Say who was asked, in words, and how many.

    Parameters
    ----------
    table : Table
        One question.

    Returns
    -------
    Message
        Such as "Base: all respondents. N = 671".
    """
    words = base_words(table.question.base, table.among)
    return Message(_BASE, {"base": words, "count": _written(table.columns[0].base)})


def base_words(base: Text, among: Text) -> Sayable:
    """Say who was asked, and to whom of them a table is limited.

    Parameters
    ----------
    base : Text
        Who was asked; empty means everybody.
    among : Text
        To whom of them; empty means to nobody less.

    Returns
    -------
    Text or Message
        As it goes on after a colon.
    """
    asked = _running(base) if base.kk or base.ru else Message(_EVERYBODY)
    if not (among.kk or among.ru):
        return asked
    if not (base.kk or base.ru):
        return _running(among)
    return Message(_AMONG, {"base": asked, "among": _running(among)})


def _running(text: Text) -> Text:
    """Return a text as it goes on after a colon: with a small letter, unless it begins otherwise.

    A quotation, an abbreviation and a word of one letter stay as they are.
    """
    said = {code: getattr(text, code) for code in CONTENT_LANGUAGES}
    return Text(
        **{
            code: words[:1].lower() + words[1:] if words[1:2].islower() else words
            for code, words in said.items()
        }
    )


def _shown(table: Table) -> list[int]:
    """Return the columns that hold somebody; all of them where nobody was asked at all."""
    heads = table.columns
    return [index for index, head in enumerate(heads) if head.base or not heads[0].base]


def bases_said(heads: Sequence[ColumnHead], *, weighted: bool) -> Iterator[CrossRow]:
    """Set the bases of columns, the first rows of a table.

    Parameters
    ----------
    heads : sequence of ColumnHead
        The columns.
    weighted : bool
        Whether weights entered, so that the weighted and the effective base say more.

    Yields
    ------
    CrossRow
        The number of respondents; where there are weights, their sum and the effective base.
    """

    def row(label: str, values: Iterable[float]) -> CrossRow:
        return CrossRow(Message(label), tuple(CrossCell(value) for value in values), "base")

    yield row(_UNWEIGHTED_BASE if weighted else _BASE_ROW, (head.base for head in heads))
    if weighted:
        yield row(_WEIGHTED_BASE, (head.weighted_base for head in heads))
        yield row(_EFFECTIVE_BASE, (head.effective_base for head in heads))


def _rows(table: Table, shown: Sequence[int]) -> Iterable[CrossRow]:
    for index, head in enumerate(table.rows):
        yield CrossRow(
            label=head.label,
            cells=tuple(_cell(table, index, column) for column in shown),
            kind=ROW_KINDS[head.kind],
            decimals=0 if head.is_share else MEAN_DECIMALS,
        )
        last = head.kind == "sd" or (head.kind == "mean" and head is table.rows[-1])
        bases = [int(table.base[index, column]) for column in shown]
        if last and bases != [table.columns[column].base for column in shown]:
            yield CrossRow(Message(_MEAN_BASE), tuple(map(CrossCell, bases)), "base")


def _indices(table: Table, shown: Sequence[int]) -> Iterable[CrossRow]:
    """Go through the answers again, as percentages of the total's percentage."""
    values = table.index
    for row, head in enumerate(table.rows):
        if head.is_share and len(shown) > 1 and table.percent[row, 0] > 0:
            cells = (_index(table, values[row, column], row, column) for column in shown)
            yield CrossRow(Message(_INDEX, {"answer": head.label}), tuple(cells), "index")


def _index(table: Table, value: float, row: int, column: int) -> CrossCell:
    return (
        CrossCell(None, hidden=_hidden(table, row, column))
        if np.isnan(value)
        else CrossCell(float(value))
    )


def _hidden(table: Table, row: int, column: int) -> bool:
    return table.hidden is not None and bool(table.hidden[row, column])


def _cell(table: Table, row: int, column: int) -> CrossCell:
    value = float(table.percent[row, column])
    if np.isnan(value):
        return CrossCell(None, hidden=_hidden(table, row, column))
    versus = int(table.versus_rest[row, column])
    return CrossCell(
        value,
        table.letters(row, column),
        "higher" if versus > 0 else "lower" if versus < 0 else "",
    )
