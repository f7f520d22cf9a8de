"""The sample that R `survey` saw, and what it said of it (``data/survey.R`` makes both)."""

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tyndau.base.frames import NO_CATEGORY, Category, Column, Frame, Variable
from tyndau.base.languages import Text

DATA = Path(__file__).parent / "data"

CLOSED = {
    "scale": ("single", ("1", "2", "3", "4", "5", "dk")),
    "many": ("multiple", ("m1", "m2", "m3")),
    "area": ("single", ("north", "east", "west")),
    "sex": ("single", ("f", "m")),
    "media": ("multiple", ("tv", "net", "paper")),
}


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="session")
def sample() -> Frame:
    """The sample as a frame; ``scale``, ``many`` and ``number`` were asked of four in five."""
    rows = _rows("sample.csv")
    asked = np.array([row["asked"] == "1" for row in rows])
    everybody = np.ones(len(rows), dtype=bool)

    def columns() -> Iterator[Column]:
        for name, (kind, codes) in CLOSED.items():
            categories = tuple(
                Category(code, Text(ru=code), score=float(code) if code.isdigit() else None)
                for code in codes
            )
            if kind == "single":
                values = np.array(
                    [codes.index(row[name]) if row[name] else NO_CATEGORY for row in rows],
                    dtype=np.int32,
                )
            else:
                values = np.array([[code in row[name].split() for code in codes] for row in rows])
            whom = asked if name in ("scale", "many") else everybody
            yield Column(Variable(name, kind, Text(ru=name), categories), values, whom)
        for name in ("number", "w", "w0"):
            values = np.array([float(row[name] or "nan") for row in rows])
            whom = asked if name == "number" else everybody
            yield Column(Variable(name, "number", Text(ru=name)), values, whom)
        for name in ("stratum", "cluster"):
            values = np.array([row[name] for row in rows], dtype=object)
            yield Column(Variable(name, "text", Text(ru=name)), values, everybody)

    keys = np.array([str(number) for number in range(len(rows))])
    return Frame(keys, {column.variable.name: column for column in columns()})


@pytest.fixture(scope="session")
def survey() -> dict[str, list[dict[str, str]]]:
    """What R said, by design: rows with answer, column, other, value, se, low, high, df, base."""
    said: dict[str, list[dict[str, str]]] = {}
    for row in _rows("survey.csv"):
        said.setdefault(row["design"], []).append(row)
    return said
