"""Reading a published volume: what is tolerated, and how faults are named."""

from fractions import Fraction
from pathlib import Path

import pytest

from tyndau.base.errors import UserError
from tyndau.proofing import read_published

TABLE = """
12 trust single sex
answer | total | men | women
base   | 200   | 90* | 110
yes    | 52    | 50  | 54
no     | 48    | 50  | 46
"""


def refused(path: Path) -> list[tuple[str, int, str, str]]:
    with pytest.raises(UserError) as caught:
        read_published(path)
    return [
        (each.kind.code, each.place.row, each.place.column, each.what("en"))
        for each in caught.value.problems
    ]


def test_it_works(written) -> None:
    (table,) = read_published(written(TABLE)).tables
    assert (table.number, table.question, table.kind, table.banner) == (
        "12", "trust", "single", "sex",
    )  # fmt: skip
    assert {code: column.base for code, column in table.columns.items()} == {
        "total": 200, "men": 90, "women": 110,
    }  # fmt: skip
    assert [column.marked for column in table.columns.values()] == [False, True, False]
    assert table.percent["yes", "women"] == 54
    assert table.half == Fraction(1, 2)


def test_excel_in_kazakhstan(written) -> None:
    def change(rows):
        for row in rows:
            row["label_ru"] = {"yes": "Да; конечно", "no": "Нет"}[row["code"]]
            row["percent"] = row["percent"].replace("54", "54,4").replace("50", "50,0")
        return rows

    path = written(TABLE, change=change, delimiter=";", encoding="cp1251")
    (table,) = read_published(path).tables
    assert table.answers == {"yes": "Да; конечно", "no": "Нет"}
    assert table.percent["yes", "women"] == Fraction("54.4")
    assert table.half == Fraction(1, 20)


def test_a_percent_sign_is_read(written) -> None:
    path = written(TABLE.replace("52", "52%"))
    assert read_published(path).tables[0].percent["yes", "total"] == 52


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("percent", "5O", '"5O" was found where a percentage from 0 to 100 was expected.'),
        ("percent", "", '"" was found where a percentage from 0 to 100 was expected.'),
        ("percent", "101", '"101" was found where a percentage from 0 to 100 was expected.'),
        ("percent", "-3", '"-3" was found where a percentage from 0 to 100 was expected.'),
        ("base", "9,5", '"9,5" was found where a whole number of people, 1 or more was expected.'),
        ("base", "0", '"0" was found where a whole number of people, 1 or more was expected.'),
        ("kind", "grid", '"grid" was found where single, multi was expected.'),
        ("low_base_marked", "*", '"*" was found where 0, 1 was expected.'),
        ("code", "", '"" was found where something was expected.'),
    ],
)
def test_a_value_that_cannot_be_read(written, name: str, value: str, says: str) -> None:
    def change(rows):
        rows[4][name] = value
        return rows

    assert refused(written(TABLE, change=change)) == [("data.published-value", 6, name, says)]


def test_all_faults_are_named_at_once(written) -> None:
    def change(rows):
        rows[0]["percent"], rows[3]["base"] = "?", "?"
        return rows

    assert [(row, column) for _, row, column, _ in refused(written(TABLE, change=change))] == [
        (2, "percent"),
        (5, "base"),
    ]


def test_missing_columns_are_named(tmp_path: Path) -> None:
    path = tmp_path / "published.csv"
    path.write_text("table,question,code,percent\n1,q,yes,50\n", encoding="utf-8")
    ((code, _, _, says),) = refused(path)
    assert code == "data.published-columns"
    assert says == (
        "The published tables lack columns: kind, banner, column, column_label, base, "
        "low_base_marked, label_ru."
    )


def test_a_header_alone_is_no_volume(written) -> None:
    with pytest.raises(UserError):
        read_published(written(TABLE, change=lambda rows: []))


def test_shares_are_not_taken_for_percentages(written) -> None:
    def change(rows):
        return [row | {"percent": f"0.{row['percent']}"} for row in rows]

    ((code, _, column, says),) = refused(written(TABLE, change=change))
    assert (code, column) == ("data.published-shares", "percent")
    assert "shares, not percentages" in says


def test_percentages_of_0_and_1_are_not_taken_for_shares(written) -> None:
    path = written(TABLE.replace("52", "1").replace("54", "1").replace("50", "0"))
    assert read_published(path).tables[0].percent["yes", "total"] == 1


def test_a_table_without_a_total(written) -> None:
    found = refused(written(TABLE, change=lambda rows: [r for r in rows if r["column"] != "total"]))
    assert found == [
        ("data.published-total", 2, "column", 'Table 12 has no column "total".')
    ]  # fmt: skip


def test_a_table_with_a_cell_missing(written) -> None:
    ((code, row, _, says),) = refused(written(TABLE, change=lambda rows: rows[:4] + rows[5:]))
    assert (code, row) == ("data.published-cells", 2)
    assert says == (
        "Table 12 is not complete: 1 cells are missing, the first one is answer "
        '"no" in column "men".'
    )


def test_a_base_that_changes_within_a_column(written) -> None:
    def change(rows):
        rows[4]["base"] = "91"
        return rows

    ((code, row, column, says),) = refused(written(TABLE, change=change))
    assert (code, row, column) == ("data.published-unsteady", 6, "base")
    assert says == 'Table 12, column "men" has 91 here, but 90 in row 3.'


def test_a_number_printed_twice_gives_two_tables(made) -> None:
    volume = made(TABLE + "\n" + TABLE)
    assert [table.number for table in volume.tables] == ["12", "12"]
    assert volume.cells == 12
