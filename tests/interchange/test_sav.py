"""SPSS files: values, labels, missing values, dates, long texts; damaged ones are one error."""

import io
from datetime import date, datetime

import openpyxl
import polars as pl
import pyreadstat
import pytest

from tyndau.base.errors import UserError
from tyndau.base.languages import Message
from tyndau.interchange import RawTable, read_sav, read_table


@pytest.fixture
def sav(tmp_path):
    """Write a .sav file with everything that studies put into them."""
    path = tmp_path / "answers.sav"
    frame = pl.DataFrame(
        {
            "q1": [1.0, 2.0, 99.0, None],
            "weight": [0.5, 1.25, 1 / 3, 2.0],
            "тілі": ["қазақша", "ә" * 300, "", "русский"],
            "day": [date(2026, 10, 1), None, date(2026, 10, 3), date(2026, 10, 4)],
            "begun": [datetime(2026, 10, 1, 9, 30), None, None, None],
        }
    )
    pyreadstat.write_sav(
        frame,
        path,
        column_labels={"q1": "Сұрақ 1"},
        variable_value_labels={"q1": {1.0: "Иә", 2.0: "Жоқ", 99.0: "Жауап бермеді"}},
        missing_ranges={"q1": [{"lo": 97, "hi": 99}]},
    )
    return path


def cells(table: RawTable, name: str) -> list[str]:
    """Return a column as texts."""
    column = table.columns[name]
    return [column.levels[level] for level in column.index]


def test_values_labels_and_declared_missing(sav):
    table = read_sav(sav)
    assert table.format == "sav"
    assert cells(table, "q1") == ["1", "2", "99", ""]
    assert table.columns["q1"].label == "Сұрақ 1"
    assert table.columns["q1"].labels == {"1": "Иә", "2": "Жоқ", "99": "Жауап бермеді"}
    assert table.columns["q1"].missing == {"99"}
    assert cells(table, "weight")[:2] == ["0.5", "1.25"]
    assert float(cells(table, "weight")[2]) == 1 / 3
    assert table.lines.tolist() == [1, 2, 3, 4]


def test_kazakh_names_long_texts_and_dates(sav):
    table = read_sav(sav)
    assert cells(table, "тілі") == ["қазақша", "ә" * 300, "", "русский"]
    assert cells(table, "day") == ["2026-10-01", "", "2026-10-03", "2026-10-04"]
    assert cells(table, "begun")[0] == "2026-10-01T09:30:00"


@pytest.mark.parametrize("keep", [3, 60, 176, 400, 0.5, 0.9, -1])
def test_a_cut_file_is_one_error(sav, keep):
    content = sav.read_bytes()
    size = int(len(content) * keep) if isinstance(keep, float) else keep
    sav.write_bytes(content[:size])
    with pytest.raises(UserError) as caught:
        read_sav(sav, shown="answers.sav")
    (found,) = caught.value.problems
    assert found.kind.code in ("data.sav-damaged", "data.wrong-type")
    assert found.place.file == "answers.sav"
    # Nothing of what the library says, which is English in every language.
    assert all(isinstance(value, Message) for value in found.values.values())


def test_a_file_that_crashes_the_library_does_not_crash_us(sav):
    """Value labels that name variable 0, which no file has, end ReadStat 1.1 by a signal."""
    content = sav.read_bytes()
    labelled = b"".join(number.to_bytes(4, "little") for number in (4, 1, 1, 7))
    assert content.count(labelled) == 1
    sav.write_bytes(content.replace(labelled, labelled[:8] + bytes(4) + labelled[12:]))
    with pytest.raises(UserError) as caught:
        read_sav(sav)
    assert caught.value.problems[0].kind.code == "data.sav-damaged"


def test_random_damage_never_ends_in_a_traceback(sav):
    content = sav.read_bytes()
    for seed in range(12):
        damaged = bytearray(content)
        for step in range(4):
            damaged[(seed * 7919 + step * 104729) % len(damaged)] = (seed * 31 + step * 17) % 256
        sav.write_bytes(damaged)
        try:
            read_sav(sav)
        except UserError as error:
            assert len(error.problems) == 1


def workbook() -> bytes:
    packed = io.BytesIO()
    openpyxl.Workbook().save(packed)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "advice"),
    [
        ("a.sav", b"id,q\n1,2\n", "ending .csv"),
        ("a.sav", workbook(), "CSV UTF-8"),
        ("a.csv", b"$FL2@(#) SPSS DATA FILE", "ending .sav"),
        ("a.xlsx", workbook(), "CSV UTF-8"),
    ],
)
def test_a_file_of_another_type_says_what_to_do(tmp_path, name, content, advice):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UserError) as caught:
        read_table(path)
    (found,) = caught.value.problems
    assert found.kind.code == "data.wrong-type"
    assert advice in found.remedy("en")


def test_an_empty_file_and_one_without_cases(tmp_path):
    path = tmp_path / "a.sav"
    path.write_bytes(b"")
    with pytest.raises(UserError) as caught:
        read_sav(path)
    assert caught.value.problems[0].kind.code == "data.empty"
    pyreadstat.write_sav(pl.DataFrame({"q": pl.Series([], dtype=pl.Float64)}), path)
    with pytest.raises(UserError) as caught:
        read_sav(path)
    assert caught.value.problems[0].kind.code == "data.no-rows"
