"""A cross table as rows of HTML: what is shown and what is read aloud, in each language."""

import pytest

from tyndau.base.languages import Text
from tyndau.reporting.model import CrossCell, CrossColumn, CrossRow, CrossTable
from tyndau_server.analysis.grid import Cell, grid

CITY = Text("Қала", "Город")


def _only(cell: CrossCell, kind: str = "percent", decimals: int = 0, language: str = "ru") -> Cell:
    columns = (CrossColumn("Всего", ""), CrossColumn("Первый", CITY, "A", "**"))
    row = CrossRow("Да", (CrossCell(1.0), cell), kind, decimals)  # type: ignore[arg-type]
    return grid(CrossTable(1, "", (CITY,), "", columns, (row,)), language).rows[0].cells[1]


@pytest.mark.parametrize(
    ("value", "kind", "decimals", "ru", "kk"),
    [
        (49.4, "percent", 0, "49\u00a0%", "49%"),
        (0.0, "percent", 0, "–", "–"),
        (0.3, "percent", 0, "0\u00a0%", "0%"),
        (None, "percent", 0, "", ""),
        (12345.0, "base", 0, "12\u00a0345", "12\u00a0345"),
        (0.0, "base", 0, "0", "0"),
        (3.256, "mean", 2, "3,26", "3,26"),
        (-1.0, "mean", 2, "\u22121,00", "\u22121,00"),
    ],
)
def test_numbers_are_those_of_the_volume(
    value: float | None, kind: str, decimals: int, ru: str, kk: str
) -> None:
    assert _only(CrossCell(value), kind, decimals).value == ru
    assert _only(CrossCell(value), kind, decimals, "kk").value == kk


def test_signs_have_words() -> None:
    cell = _only(CrossCell(50.0, "BC", "higher"))
    assert (cell.arrow, cell.letters) == ("▲", "BC")
    assert cell.words == "выше, чем среди остальных, выше, чем в столбцах B, C"
    assert _only(CrossCell(50.0, "", "lower")).words == "ниже, чем среди остальных"
    assert _only(CrossCell(50.0)).words == ""
    assert _only(CrossCell(None)).words == "нет базы"


def test_double_letters_are_not_torn_apart() -> None:
    columns = (CrossColumn("Всего", ""), *(CrossColumn(str(n), CITY, "AA") for n in range(2)))
    row = CrossRow("Да", (CrossCell(1.0), CrossCell(50.0, "A AA"), CrossCell(1.0)))
    words = grid(CrossTable(1, "", (CITY,), "", columns, (row,)), "ru").rows[0].cells[1].words
    assert words == "выше, чем в столбцах A, AA"


def test_groups_stand_over_their_columns() -> None:
    sex = Text("Жынысы", "Пол")
    columns = (
        CrossColumn("Всего", ""), CrossColumn("Первый", CITY, "A"),
        CrossColumn("Второй", CITY, "B"), CrossColumn("Мужчины", sex, "A"),
    )  # fmt: skip
    made = grid(CrossTable(1, "", (CITY, sex), "", columns, ()), "ru")
    assert [[(head.text, head.columns) for head in row] for row in made.upper] == [
        [("Город", 2), ("Пол", 1)],
    ]
    assert [head.first for head in made.heads] == [False, True, False, True]
    assert made.head_rows == 3


def test_where_nothing_is_tested_there_is_no_row_of_letters() -> None:
    columns = (CrossColumn("Всего", ""), CrossColumn("Первый", CITY))
    assert grid(CrossTable(1, "", (CITY,), "", columns, (), tested=False), "ru").head_rows == 2


def test_untested_columns_are_set_apart() -> None:
    assert _only(CrossCell(50.0)).untested
    assert not _only(CrossCell(20.0), "base").untested
