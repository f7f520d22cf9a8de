"""Tables as a CSV file."""

import csv
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tyndau.base.errors import UserError
from tyndau.base.frames import Category, Column, Frame, Variable
from tyndau.base.languages import Text
from tyndau.estimation import make_design
from tyndau.tabulation import COLUMNS, Table, table_rows, tabulate, write_tables


def column(name: str, values: list[int], codes: str) -> Column:
    categories = tuple(
        Category(code, Text(ru=code), score=float(place)) for place, code in enumerate(codes, 1)
    )
    asked = np.ones(len(values), dtype=bool)
    variable = Variable(name, "single", Text(ru=name), categories)
    return Column(variable, np.array(values, dtype=np.int32), asked)


@pytest.fixture
def table() -> Table:
    """Two columns of 60, another banner with an empty column."""
    columns = [
        column("q", [0] * 50 + [1] * 10 + [0] * 20 + [1] * 40, "yn"),
        column("sex", [0] * 60 + [1] * 60, "fm"),
        column("area", [0] * 120, "ab"),
    ]
    frame = Frame(np.arange(120).astype(str), {part.variable.name: part for part in columns})
    banners = [("sex", Text(ru="Пол")), ("area", Text(ru="Место"))]
    return tabulate(frame, "q", banners, design=make_design(120), inference="model")


def test_every_banner_has_its_total_and_its_columns(table: Table) -> None:
    rows = list(table_rows(table))
    assert all(tuple(row) == COLUMNS for row in rows)
    heads = [(row["banner"], row["column"]) for row in rows if row["code"] == "y"]
    assert heads == [
        ("sex", "total"), ("sex", "f"), ("sex", "m"),
        ("area", "total"), ("area", "a"), ("area", "b"),
    ]  # fmt: skip
    assert [row["code"] for row in rows[::3]] == ["y", "n", "mean", "sd"] * 2
    assert [row["kind"] for row in rows[::3]] == ["answer", "answer", "mean", "sd"] * 2


def test_values_are_unrounded_and_named(table: Table) -> None:
    rows = {(row["code"], row["banner"], row["column"]): row for row in table_rows(table)}
    woman = rows["y", "sex", "f"]
    assert woman["percent"] == pytest.approx(500 / 6, rel=1e-12)
    assert woman["base"] == 60
    assert woman["effective_base"] == 60
    assert (woman["versus_rest"], woman["letters"]) == ("higher", "B")
    assert rows["y", "sex", "m"]["versus_rest"] == "lower"
    assert rows["y", "sex", "total"]["versus_rest"] == ""
    assert woman["method"] == "model:t:srs"
    assert woman["low"] < woman["percent"] < woman["high"]
    assert woman["weighted_base"] == 60
    total = rows["y", "sex", "total"]
    assert total["index"] == 100
    assert woman["index"] == pytest.approx(100 * woman["percent"] / total["percent"])
    assert rows["mean", "sex", "f"]["index"] == ""
    mean = rows["mean", "sex", "f"]
    assert mean["percent"] == pytest.approx(70 / 60)
    assert mean["low"] < mean["percent"] < mean["high"] < 2
    empty = rows["y", "area", "b"]
    assert (empty["percent"], empty["se"], empty["low"], empty["high"]) == ("", "", "", "")


def test_without_a_banner_the_total_is_there(table: Table) -> None:
    frame = Frame(np.array(["1", "2"]), {"q": column("q", [0, 1], "yn")})
    alone = tabulate(frame, "q", [], design=make_design(2), inference="none")
    assert [(row["banner"], row["column"]) for row in table_rows(alone)] == [("", "total")] * 4


def test_the_file_reads_back(table: Table, tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    write_tables([table], file)
    with file.open(encoding="utf-8", newline="") as stream:
        read = list(csv.DictReader(stream))
    assert tuple(read[0]) == COLUMNS
    assert [float(row["percent"] or "nan") for row in read] == pytest.approx(
        [float(row["percent"] or "nan") for row in table_rows(table)], rel=1e-15, nan_ok=True
    )
    assert list(tmp_path.iterdir()) == [file]


def test_nothing_is_half_written(table: Table, tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    file.write_text("before")

    def broken() -> Iterator[Table]:
        yield table
        raise RuntimeError("stopped")

    with pytest.raises(RuntimeError):
        write_tables(broken(), file)
    assert file.read_text() == "before"
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_that_is_not_there_is_an_error_of_the_user(table: Table, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        write_tables([table], tmp_path / "nowhere" / "out.csv")
    (problem,) = caught.value.problems
    assert problem.kind.code == "table.cannot-write"
    assert problem.place.file.endswith("out.csv")


def test_a_folder_in_the_place_of_a_file_is_an_error_of_the_user(
    table: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in (tmp_path, Path()):
        with pytest.raises(UserError) as caught:
            write_tables([table], folder)
        assert caught.value.problems[0].kind.code == "table.cannot-write"
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_written_into_and_stays_a_pipe(table: Table, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_tables([table], pipe)
        assert os.read(reader, 1 << 16).decode().startswith(",".join(COLUMNS))
    finally:
        os.close(reader)
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]
