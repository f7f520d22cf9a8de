"""A sample at the limits of what can be said, from the files to the file, against R `survey`."""

import csv
from pathlib import Path

import pytest

from tyndau.base.languages import Text
from tyndau.estimation import frame_design
from tyndau.interchange import read_plain
from tyndau.study.model import SampleColumns
from tyndau.tabulation import tabulate, write_tables

DATA = Path(__file__).parent / "data"
DESIGNS = {
    "clusters": SampleColumns(weight="w", strata="stratum", cluster="cluster"),
    "records": SampleColumns(weight="w", strata="stratum"),
}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("name", DESIGNS)
def test_every_cell_and_every_decision_is_that_of_r(name: str, tmp_path: Path) -> None:
    """Figures, and which column is higher than which, where the design leaves little.

    Reference: R 4.2.2, survey 4.1-1 (Debian 12), program ``data/extreme.R``: ``svymean``,
    ``svyciprop(method = "beta")``, and ``svyglm`` on a column's indicator with ``degf`` of both
    columns, none where a side has under 30 people or under 30 in effect, or no degree of freedom.
    Two clusters a stratum, weights of 0 and of 1e-5 beside 1, a column within one cluster.
    Tolerance 1e-8: R's values are recorded to 12 digits.
    """
    codebook = tmp_path / "codebook.csv"
    codes = [("q", "abc"), ("group", "xyzv")]
    lines = [f"{variable},single,{code},{code}" for variable, of in codes for code in of]
    codebook.write_text("\n".join(["variable,kind,code,label_ru", *lines]), encoding="utf-8")
    frame = read_plain(DATA / "extreme.csv", codebook)
    design = frame_design(frame, DESIGNS[name])
    found = tabulate(frame, "q", [("group", Text())], design=design, inference="design")
    write_tables([found], tmp_path / "out.csv")
    cells = {(row["code"], row["column"]): row for row in _rows(tmp_path / "out.csv")}
    said = [row for row in _rows(DATA / "survey.csv") if row["design"] == name]
    assert len(said) == len(cells) == 15
    for expected in said:
        cell = cells[expected["code"], expected["column"]]
        for key in ("base", "versus_rest", "letters"):
            assert cell[key] == expected[key], (key, expected)
        for key in ("effective_base", "percent", "se", "low", "high"):
            assert bool(cell[key]) == bool(expected[key]), (key, expected)
            if expected[key]:
                assert float(cell[key]) == pytest.approx(float(expected[key]), rel=1e-8), expected
