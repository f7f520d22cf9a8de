"""The record of a plan, and what it says under tables."""

import json
from pathlib import Path

import pytest

from tyndau.base.errors import UserError
from tyndau.sampling import RECORD, as_record, plan_sample, sample_notes
from tyndau.study.model import Study


@pytest.fixture
def folder(tmp_path: Path, city: Study) -> Path:
    """Return a folder with the record of the made-up city."""
    plan, _ = plan_sample(city)
    path = tmp_path / RECORD
    path.parent.mkdir()
    path.write_text(json.dumps(as_record(plan)), "utf-8")
    return tmp_path


def test_it_holds_all_arguments_chances_and_versions(folder: Path, city: Study) -> None:
    record = json.loads((folder / RECORD).read_text("utf-8"))
    assert city.sampling is not None
    assert record["arguments"]["seed"] == city.sampling.seed == 2026
    assert record["software"].keys() == {"tyndau", "numpy", "scipy", "svy"}
    points = [point for place in record["territories"] for point in place["points"]]
    assert sum(point["interviews"] for point in points) == 2500
    assert all(0 < point["probability"] <= 1 for point in points)
    assert str(folder) not in json.dumps(record)


def test_tables_are_told_what_was_planned(folder: Path) -> None:
    notes = [note.say("en") for note in sample_notes(folder, "residents")]
    assert "2,500 interviews at 166 points drawn at random" in notes[0]
    assert "16 of 16 territories with a direct estimate" in notes[0]
    assert "1,137 independent interviews" in notes[1]
    assert "chances are not known" in notes[2]
    assert "50 interviews and 8 points" in notes[3]


def test_tables_of_another_population_are_not(folder: Path, tmp_path: Path) -> None:
    assert sample_notes(folder, "ngo") == ()
    assert sample_notes(tmp_path / "elsewhere", "residents") == ()


@pytest.mark.parametrize(
    "content", ["", "{}", '{"format": 9}', '{"format": 1, "allows": {}}', "[]"]
)
def test_a_damaged_record_is_an_error_and_no_note(folder: Path, content: str) -> None:
    (folder / RECORD).write_text(content, "utf-8")
    with pytest.raises(UserError) as caught:
        sample_notes(folder, "residents")
    assert caught.value.problems[0].kind.code == "study.sample-damaged"
