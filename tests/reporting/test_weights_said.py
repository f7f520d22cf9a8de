"""How the weights of a revision were made is said where its results are published."""

from pathlib import Path

import numpy as np

from tyndau.base.languages import Message
from tyndau.reporting.facts import study_facts
from tyndau.reporting.report.material import Material
from tyndau.reporting.report.methodology import methodology
from tyndau.reporting.weights_said import weights_said
from tyndau.waves import WeightsRecord

from .sampled import make_study

WEIGHTS = np.array([0.5, 1.0, 1.5])
FOUND = {
    "minimum": 50.0, "maximum": 150.0, "mean": 100.0, "kish": 1.17, "effective": 1425.0, "n": 1671
}  # fmt: skip
LOG = {
    "steps": [{"step": "base"}, {"step": "rake"}],
    "figures": [{"variable": "sex", "date": "2026-01-01"}, {"variable": "age_group", "date": None}],
    "diagnostics": FOUND,
}


def record(log: dict[str, object]) -> WeightsRecord:
    return WeightsRecord(np.array(list("abc")), WEIGHTS, WEIGHTS, None, None, None, None, log)


def test_steps_variables_dates_range_and_cost_are_said(tmp_path: Path) -> None:
    study = make_study(tmp_path / "study")
    (said,) = weights_said(study, {"residents": record(LOG)})
    words = said.say("ru").replace("\xa0", " ")
    assert "базовые веса, рейкинг" in words
    assert "«Пол респондента», «Возраст»" in words and "1 января 2026" in words
    assert "от 0,50 до 1,50 среднего" in words
    assert "1,17" in words and "1 425 из 1 671" in words
    (alone,) = weights_said(study, {"residents": record({**LOG, "figures": []})})
    assert "Пол" not in alone.say("ru")


def test_no_publication_names_a_column_that_there_is_not(tmp_path: Path) -> None:
    study = make_study(tmp_path / "study")
    said = weights_said(study, {"residents": record(LOG)})
    facts = [fact.value for fact in study_facts(study, ["residents"], True, "data", 3, said)]
    assert said[0] in facts
    asked = Material("residents", study.forms["residents"], 3, ())
    grid = next(block for block in methodology(study, [asked], said) if hasattr(block, "rows"))
    words = [cell.say("kk") for row in grid.rows for cell in row if isinstance(cell, Message)]
    assert any(said[0].say("kk") in one for one in words)
    assert not any("«»" in one for one in words)
