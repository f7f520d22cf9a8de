"""The study of the demo: the design of Taraz on a city that does not exist."""

import re
from pathlib import Path

import numpy as np
import pytest
from openpyxl import load_workbook

from tyndau.fieldwork.simulation import simulate
from tyndau.interchange import import_frame, read_csv
from tyndau.study import Study, check_study, load_study, prepare

from .answers_file import write_answers

PARADATA = {"start", "end", "interviewer", "language_start", "language_end"}
REAL = re.compile(
    r"тараз|жамбыл|taraz|zhambyl|шайқор|шайкор|салтанат|мичурин|жалпақтөбе|жалпактобе|сұлтұтөре|"
    r"султуторе|ақбұлым|акбулым|түркісіб|туркисиб|мыңбұлақ|мынбулак|құмшағал|кумшагал|шөлдала|"
    r"шолдала|ақжол|акжол|бәйтерек|байтерек|\bТалас\b|\bКемел\b"
)


@pytest.fixture(scope="module")
def folder(repository: Path) -> Path:
    return repository / "studies" / "demo-city"


@pytest.fixture(scope="module")
def study(folder: Path) -> Study:
    return load_study(folder)


def test_its_design_stands_without_fault(folder: Path, study: Study) -> None:
    _, found = check_study(folder)
    assert [problem.kind.code for problem in found if problem.kind.severity != "hint"] == []
    assert study.fictional
    assert sum(place.newly_annexed for place in study.territories) >= 5
    assert sum(point.interviews for point in study.points if not point.substitute_for) == 2500


def test_no_name_of_taraz_is_left(folder: Path) -> None:
    texts = [path.read_text("utf-8") for path in folder.glob("guides/*.md")]
    for path in (folder / "study.xlsx", *sorted(folder.glob("forms/*.xlsx"))):
        for sheet in load_workbook(path).worksheets:
            texts += [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert len(texts) > 5000
    assert [text for text in texts if REAL.search(text)] == []


def test_no_market_or_street_is_left(study: Study) -> None:
    assert {re.sub(r"\d+", "", point.name.ru) for point in study.points} == {"Точка "}
    assert {re.sub(r"\d+", "", point.name.kk) for point in study.points} == {"-нүкте"}


def test_import_accepts_its_interviews(tmp_path: Path, study: Study) -> None:
    for population, frame in simulate(study, 400, 2026).frames.items():
        path = write_answers(tmp_path / f"{population}.csv", frame)
        ignore = PARADATA if population == "residents" else PARADATA - {"point_territory"}
        imported = import_frame(read_csv(path), study, population, key="key", ignore=ignore).frame
        for column in imported:
            own = frame[column.variable.name]
            np.testing.assert_array_equal(own.values, column.values, column.variable.name)


def test_every_route_by_chance_is_taken(study: Study) -> None:
    frame = prepare(study, "residents", simulate(study, 600, 1).frames["residents"])
    modules = [frame[name].asked for name in ("law_equal", "religion_free", "labour_rights")]
    assert (np.sum(modules, axis=0) == 1).all()
    assert min(module.mean() for module in modules) > 0.25
