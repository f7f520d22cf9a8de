"""Heads of nested columns in every format: what stands above what, on one page and on the next."""

from pathlib import Path

import docx
import pytest

from tyndau.base.languages import Text
from tyndau.reporting.model import CrossCell, CrossColumn, CrossRow, CrossTable, Document, Section
from tyndau.reporting.pdf import write_pdf
from tyndau.reporting.pdf.plain import plain
from tyndau.reporting.printed import upper_heads
from tyndau.reporting.wide import parts
from tyndau.reporting.word import write_word

PLACE, SEX = Text("Орны", "Место"), Text("Жынысы × жасы", "Пол × возраст")


def table(ages: int = 3) -> CrossTable:
    """Two sexes by ages, and two places beside them."""
    columns = [CrossColumn("Всего", "")]
    for sex in ("Женщины", "Мужчины"):
        columns += [
            CrossColumn(f"{20 + 10 * age}–{29 + 10 * age}", SEX, chr(65 + age), "", (sex,))
            for age in range(ages)
        ]
    columns += [CrossColumn("Центр", PLACE, "A"), CrossColumn("Село", PLACE, "B")]
    cells = tuple(CrossCell(float(at)) for at in range(len(columns)))
    rows = (
        CrossRow("База", cells, "base"),
        CrossRow("Да", cells),
        CrossRow("Вместе", cells, "net"),
    )
    return CrossTable(1, "Вопрос", (SEX, PLACE), "База: все", tuple(columns), rows)


def document(*tables: CrossTable) -> Document:
    return Document(Text("Т", "Т"), "", (Section("q", "q", "Вопрос", tables),))


def test_a_plain_group_goes_down_beside_a_nested_one() -> None:
    upper = upper_heads(table().columns[1:], "ru")
    said = [[(one.text, one.columns, one.rows) for one in row] for row in upper]
    assert said == [
        [("Пол × возраст", 6, 1), ("Место", 2, 2)],
        [("Женщины", 3, 1), ("Мужчины", 3, 1), ("", 2, 0)],
    ]


def test_the_same_answer_under_two_heads_is_not_joined() -> None:
    columns = [
        CrossColumn(age, SEX, "", "", (place, sex))
        for place, sex, age in (("Центр", "Мужчины", "18+"), ("Село", "Мужчины", "18+"))
    ]
    upper = upper_heads(columns, "ru")
    assert [[one.columns for one in row] for row in upper] == [[2], [1, 1], [1, 1]]


@pytest.mark.parametrize("most", [9, 6, 5])
def test_a_page_ends_between_blocks_that_are_compared(most: int) -> None:
    for part in parts(table(), most):
        blocks = {(one.group, one.within) for one in part.columns[1:]}
        for block in blocks:
            whole = [one for one in table().columns if (one.group, one.within) == block]
            assert [one for one in part.columns if (one.group, one.within) == block] == whole
        assert len(part.columns) <= most


def test_a_block_wider_than_a_page_is_cut_evenly() -> None:
    found = parts(table(ages=11), 9)
    assert [len(part.columns) - 1 for part in found] == [6, 5, 6, 7]
    assert [one.label for part in found for one in part.columns[1:]] == [
        one.label for one in table(ages=11).columns[1:]
    ]


def test_word_keeps_every_cell_of_a_row_under_its_head(tmp_path: Path) -> None:
    write_word(document(table(ages=2)), "ru", tmp_path / "a.docx")
    (found,) = docx.Document(str(tmp_path / "a.docx")).tables
    rows = [[cell.text.replace("\u00ad", "") for cell in row.cells] for row in found.rows]
    assert len({len(row) for row in rows}) == 1
    assert rows[0][2:] == ["Пол × возраст"] * 4 + ["Место"] * 2
    assert rows[1][2:] == ["Женщины"] * 2 + ["Мужчины"] * 2 + ["Место"] * 2
    assert rows[2][2:4] == ["20–29", "30–39"]
    assert [row[1] for row in rows[:3]] == ["Всего"] * 3
    assert rows[3][2:] == list("ABABAB")


def test_pdf_is_set_with_heads_of_two_levels(tmp_path: Path) -> None:
    made = document(table())
    data, _ = plain(made, "ru")
    (part,) = data["blocks"][0]["parts"]
    assert [len(row) for row in part["upper"]] == [2, 3]
    write_pdf(made, "ru", tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
