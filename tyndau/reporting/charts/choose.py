"""Which chart shows a question: by how it is answered and by whom it is broken down.

In: the tables of a question. Out: a `Chart`, or None where there is nothing to draw. A scale
becomes bars that diverge from its middle, for all and for each group; several answers become small
multiples where a banner has few groups, else bars; one answer becomes bars in the order of asking.
Columns too small to be tested are not drawn, nor is what an edition hides; the chart says so.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from tyndau.base.frames import MEANINGS
from tyndau.base.languages import CONTENT_LANGUAGES, N_, Message, Sayable, Text
from tyndau.base.languages import number as written
from tyndau.reporting.cells import answers, at, hidden, meaning
from tyndau.reporting.model import Chart, Series
from tyndau.reporting.volume import LOW, SEVERAL_ANSWERS
from tyndau.tabulation.table import Table

# Small multiples beside each other, the total among them, and answers that they are drawn for.
_MOST_PANELS = 6
_MOST_ANSWERS = 10
# Rows of a scale: the total and its groups.
_MOST_ROWS = 20

_TOTAL = N_("All")
_NOT_DRAWN = N_("Answers and groups of too few people are not shown.")
_LEFT_EMPTY = "no_answer"


def choose_chart(tables: Sequence[Table], number: int, base: Sayable) -> Chart | None:
    """Choose the chart of a question.

    Parameters
    ----------
    tables : sequence of Table
        Tables of one question by banners, one at least; the first banner is drawn.
    number : int
        Number of the chart in its document.
    base : Text, Message or str
        Who was asked, in words, and how many.

    Returns
    -------
    Chart or None
        None where nobody was asked, where the answers are numbers, or where fewer than two are
        shown.
    """
    table = tables[0]
    rows = [row for row in _ordered(table) if not hidden(table, row, 0)]
    if not table.columns[0].base or len(rows) < 2:
        return None
    columns = [0, *_groups(table)]
    whole = [column for column in columns if not _hides(table, column)]
    if table.question.is_scale and table.question.kind == "single" and 0 in whole:
        drawn = whole if len(whole) <= _MOST_ROWS else [0]
        return _diverging(table, drawn, number, base)
    several = table.question.kind == "multiple"
    if several and 2 < len(columns) <= _MOST_PANELS and len(rows) <= _MOST_ANSWERS:
        return _panels(table, rows, columns, number, base)
    return Chart(
        number,
        table.question.label,
        base,
        "bars",
        tuple(table.rows[row].label for row in rows),
        (Series("", tuple(_value(table, row, 0) for row in rows)),),
        aside=_aside(table, rows),
        notes=tuple(_notes(table, [0], lacking=_hides(table, 0))),
    )


def compare_populations(
    tables: Sequence[tuple[Text, Table]], number: int, base: Sayable
) -> Chart | None:
    """Draw one question as several populations answered it, side by side.

    Parameters
    ----------
    tables : sequence of (Text, Table)
        The populations' names, each with a table of the question.
    number : int
        Number of the chart in its document.
    base : Text, Message or str
        Who was asked, in words, and how many, for each population.

    Returns
    -------
    Chart or None
        The answers that all of them were offered; None where these are fewer than two.
    """
    first = tables[0][1]
    by_code = [{head.code: row for row, head in enumerate(table.rows)} for _, table in tables]
    rows = [
        row
        for row in _ordered(first)
        if all(
            first.rows[row].code in one and not hidden(table, one[first.rows[row].code], 0)
            for (_, table), one in zip(tables, by_code, strict=True)
        )
    ]
    if len(rows) < 2 or not all(table.columns[0].base for _, table in tables):
        return None
    return Chart(
        number,
        first.question.label,
        base,
        "grouped",
        tuple(first.rows[row].label for row in rows),
        tuple(
            Series(name, tuple(_value(table, codes[first.rows[row].code], 0) for row in rows))
            for (name, table), codes in zip(tables, by_code, strict=True)
        ),
        aside=_aside(first, rows),
        notes=tuple(_notes(first, [0], lacking=any(_hides(table, 0) for _, table in tables))),
    )


def _diverging(table: Table, columns: Sequence[int], number: int, base: Sayable) -> Chart | None:
    scored = [(row, one) for row, one in answers(table) if one.score is not None]
    scores = sorted({one.score for _, one in scored if one.score is not None})
    if len(scores) < 2:
        return None
    middle = (scores[0] + scores[-1]) / 2
    scored.sort(key=lambda pair: pair[1].score or 0)
    unscored = [row for row, one in answers(table) if one.score is None]
    unscored += [row for row, head in enumerate(table.rows) if head.code == _LEFT_EMPTY]
    series = [
        Series(
            one.label,
            tuple(_value(table, row, column) for column in columns),
            "negative" if one.score < middle else "positive" if one.score > middle else "neutral",
        )
        for row, one in scored
        if one.score is not None
    ]
    series += [
        Series(
            table.rows[row].label,
            tuple(_value(table, row, column) for column in columns),
            "aside",
        )
        for row in unscored
        if any(_value(table, row, column) for column in columns)
    ]
    return Chart(
        number,
        table.question.label,
        base,
        "diverging",
        tuple(_named(table, column) for column in columns),
        tuple(series),
        notes=tuple(_notes(table, columns, lacking=len(columns) <= len(_groups(table)))),
    )


def _panels(
    table: Table, rows: Sequence[int], columns: Sequence[int], number: int, base: Sayable
) -> Chart:
    return Chart(
        number,
        table.question.label,
        base,
        "panels",
        tuple(table.rows[row].label for row in rows),
        tuple(
            Series(_named(table, column), tuple(_value(table, row, column) for row in rows))
            for column in columns
        ),
        aside=_aside(table, rows),
        notes=tuple(_notes(table, columns, lacking=any(_hides(table, one) for one in columns))),
    )


def _groups(table: Table) -> list[int]:
    """Return the columns of the first banner variable that can be drawn."""
    return [
        column
        for column, head in enumerate(table.columns)
        if head.group == 0 and head.base and head.mark != "**" and not MEANINGS.get(head.answer)
    ]


def _named(table: Table, column: int) -> Sayable:
    """Name a column with its base and the mark of a low one."""
    head = table.columns[column]
    label: Message | Text = Message(_TOTAL) if column == 0 else head.named
    said = {
        code: f"{label.say(code)}{head.mark}\u00a0({written(head.base, code)})"
        for code in CONTENT_LANGUAGES
    }
    return Text(**said)


def _ordered(table: Table) -> list[int]:
    """Return the rows in the order of the chart.

    Several answers from the most frequent on, one answer in the order of asking; answers without a
    meaning of their own at the end.
    """
    kinds = {row: meaning(one) for row, one in answers(table)}
    rows = [row for row, kind in kinds.items() if kind in ("", "none")]
    if table.question.kind == "multiple":
        rows.sort(key=lambda row: -np.nan_to_num(table.percent[row, 0]))
    others = [row for row, kind in kinds.items() if kind == "other"]
    aside = [row for row, kind in kinds.items() if kind in ("dont_know", "refused")]
    empty = [row for row, head in enumerate(table.rows) if head.code == _LEFT_EMPTY]
    return [*rows, *others, *aside, *empty]


def _hides(table: Table, column: int) -> bool:
    return any(hidden(table, row, column) for row in range(len(table.rows)))


def _aside(table: Table, rows: Sequence[int]) -> frozenset[int]:
    kinds = {row: meaning(one) for row, one in answers(table)}
    return frozenset(
        place
        for place, row in enumerate(rows)
        if kinds.get(row, "refused") in ("dont_know", "refused")
    )


def _value(table: Table, row: int, column: int) -> float | None:
    value = at(table, row, column)
    return None if np.isnan(value) else value


def _notes(table: Table, columns: Sequence[int], *, lacking: bool) -> Iterator[Sayable]:
    if table.question.kind == "multiple":
        yield Message(SEVERAL_ANSWERS)
    if lacking:
        yield Message(_NOT_DRAWN)
    if any(table.columns[column].mark == "*" for column in columns):
        limits = table.method.thresholds
        yield Message(LOW, {"hide": limits.hide_below, "mark": limits.mark_below - 1})
