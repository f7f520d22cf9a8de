"""``tyndau tables`` on plain files, as another program would call it."""

import csv
from pathlib import Path

import pytest

from tyndau.base.errors import EXIT_CODES

from .conftest import Tyndau

COLUMNS = (
    "question,code,banner,column,base,effective_base,percent,se,low,high,versus_rest,letters,method,"
    "kind,weighted_base,index,among"
)
CODEBOOK = """variable,kind,code,label_ru,label_kk
q,single,a,А,А
q,single,b,Б,Б
town,single,x,Икс,Икс
town,single,y,Игрек,Игрек
points,scale,1,плохо,жаман
points,scale,5,хорошо,жақсы
points,scale,dont_know,не знаю,білмеймін
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Eight interviews with weights, and their codebook."""
    rows = ["q,town,points,w"]
    rows += ["a,x,1,1", "a,x,5,2", "b,x,5,1", "b,x,dont_know,1"]
    rows += ["a,y,1,1", "b,y,1,1", "b,y,5,3", ",y,,1"]
    data, codebook = tmp_path / "data.csv", tmp_path / "codebook.csv"
    data.write_text("\n".join(rows) + "\n", encoding="utf-8")
    codebook.write_text(CODEBOOK, encoding="utf-8")
    return data, codebook


def _read(path: Path) -> dict[tuple[str, ...], dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        assert ",".join(reader.fieldnames or []) == COLUMNS
        names = ("question", "code", "banner", "column")
        return {tuple(row[name] for name in names): row for row in reader}


def test_it_works(tyndau: Tyndau, files: tuple[Path, Path], tmp_path: Path) -> None:
    data, codebook = files
    out = tmp_path / "out.csv"

    outcome = tyndau(
        "tables", "--data", data, "--codebook", codebook, "--rows", "q,points",
        "--banner", "town", "--weight", "w", "--out", out,
    )  # fmt: skip
    cells = _read(out)
    total = cells["q", "a", "town", "total"]
    assert outcome.code == 0
    assert total["base"] == "7"
    assert float(total["percent"]) == pytest.approx(40)
    assert float(cells["q", "a", "town", "x"]["percent"]) == pytest.approx(60)
    assert total["method"] == "design:t:weights"
    mean = cells["points", "mean", "town", "total"]
    assert mean["base"] == "6"
    assert float(mean["percent"]) == pytest.approx((1 + 10 + 5 + 1 + 1 + 15) / 9)


def test_without_inference_there_are_only_percentages(
    tyndau: Tyndau, files: tuple[Path, Path], tmp_path: Path
) -> None:
    data, codebook = files
    out = tmp_path / "out.csv"

    tyndau(
        "tables", "--data", data, "--codebook", codebook, "--rows", "q", "--banner", "town",
        "--inference", "none", "--out", out,
    )  # fmt: skip
    for row in _read(out).values():
        assert row["percent"] != ""
        assert (row["se"], row["low"], row["high"], row["letters"]) == ("", "", "", "")
        assert row["method"] == "none"


@pytest.mark.parametrize(("rows", "banner", "named"), [("q9", "town", "q9"), ("q", "city", "city")])
def test_an_unknown_variable_is_named_and_nothing_is_written(
    tyndau: Tyndau, files: tuple[Path, Path], tmp_path: Path, rows: str, banner: str, named: str
) -> None:
    data, codebook = files
    out = tmp_path / "out.csv"

    outcome = tyndau(
        "tables", "--data", data, "--codebook", codebook, "--rows", rows, "--banner", banner,
        "--out", out,
    )  # fmt: skip
    assert outcome.code == EXIT_CODES["table"]
    assert named in outcome.err
    assert not out.exists()


def test_the_files_that_are_read_are_not_written_over(
    tyndau: Tyndau, files: tuple[Path, Path], tmp_path: Path
) -> None:
    data, codebook = files
    linked = tmp_path / "linked.csv"
    linked.symlink_to(data)
    before = data.read_bytes(), codebook.read_bytes()
    for out in (data, codebook, linked):
        outcome = tyndau(
            "tables", "--data", data, "--codebook", codebook, "--rows", "q", "--banner", "town",
            "--out", out,
        )  # fmt: skip
        assert outcome.code == EXIT_CODES["table"]
        assert out.name in outcome.err
    assert (data.read_bytes(), codebook.read_bytes()) == before


def test_no_questions_are_no_table(
    tyndau: Tyndau, files: tuple[Path, Path], tmp_path: Path
) -> None:
    data, codebook = files
    out = tmp_path / "out.csv"

    outcome = tyndau(
        "tables", "--data", data, "--codebook", codebook, "--rows", " , ", "--banner", "town",
        "--out", out,
    )  # fmt: skip
    assert outcome.code == EXIT_CODES["usage"]
    assert "--rows" in outcome.err
    assert not out.exists()


@pytest.mark.oracle
@pytest.mark.requirement("C9")
def test_published_cells_agree_to_the_printed_rounding(
    tyndau: Tyndau, oracles: Path, tmp_path: Path
) -> None:
    folder = oracles / "public-councils-2023"
    with (folder / "published-tables.csv").open(encoding="utf-8", newline="") as stream:
        published = list(csv.DictReader(stream))
    questions = dict.fromkeys(row["question"] for row in published)
    out = tmp_path / "out.csv"

    tyndau(
        "tables", "--data", folder / "microdata.csv", "--codebook", folder / "codebook.csv",
        "--rows", ",".join(questions), "--banner", "city,age,income,employment,education",
        "--inference", "model", "--out", out,
    )  # fmt: skip
    cells = _read(out)
    agreeing = sum(
        abs(float(cells[key]["percent"]) - float(row["percent"])) <= 0.5
        for row in published
        for key in [(row["question"], row["code"], row["banner"], row["column"])]
    )
    assert len(published) == 2494
    assert agreeing >= 2405
