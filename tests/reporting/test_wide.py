"""A table too wide for a page: every column once, the total on each part, groups kept together."""

from dataclasses import replace

import pytest

from tyndau.base.languages import say
from tyndau.reporting.model import CrossTable, Document
from tyndau.reporting.wide import parts


@pytest.fixture
def wide(report: Document) -> CrossTable:
    """Return a table of a total and 26 columns in groups of 6, 6, 6, 6 and 2."""
    return next(
        table for section in report.sections for table in section.tables if len(table.columns) > 20
    )


def _heads(table: CrossTable) -> list[tuple[str, str]]:
    return [(say(column.group, "ru"), say(column.label, "ru")) for column in table.columns]


def _values(table: CrossTable) -> list[list[float | None]]:
    return [[cell.value for cell in row.cells] for row in table.rows]


def test_a_table_that_fits_stays_as_it_is(wide: CrossTable) -> None:
    assert parts(wide, len(wide.columns)) == [wide]


@pytest.mark.parametrize("most", [2, 4, 7, 9, 14, 26])
def test_every_column_stands_once_beside_the_total(wide: CrossTable, most: int) -> None:
    cut = parts(wide, most)
    for part in cut:
        assert 1 < len(part.columns) <= most
        assert _heads(part)[0] == _heads(wide)[0]
        assert [row[0] for row in _values(part)] == [row[0] for row in _values(wide)]
    assert [head for part in cut for head in _heads(part)[1:]] == _heads(wide)[1:]
    for line, row in enumerate(_values(wide)):
        assert [value for part in cut for value in _values(part)[line][1:]] == row[1:]


@pytest.mark.parametrize(("most", "expected"), [(7, [6, 6, 6, 6, 2]), (15, [12, 14])])
def test_groups_are_kept_whole_where_they_fit(
    wide: CrossTable, most: int, expected: list[int]
) -> None:
    cut = parts(wide, most)
    assert [len(part.columns) - 1 for part in cut] == expected
    titles = [{group for group, _ in _heads(part)[1:]} for part in cut]
    assert sum(map(len, titles)) == len(set().union(*titles))


def test_a_group_wider_than_a_page_is_cut_evenly(wide: CrossTable) -> None:
    assert [len(part.columns) - 1 for part in parts(wide, 5)] == [3, 3, 3, 3, 3, 3, 3, 3, 2]


def test_notes_stand_once_under_the_last_part(wide: CrossTable) -> None:
    cut = parts(replace(wide, notes=("one", "two")), 9)
    assert [part.notes for part in cut[:-1]] == [()] * (len(cut) - 1)
    assert cut[-1].notes == ("one", "two")
