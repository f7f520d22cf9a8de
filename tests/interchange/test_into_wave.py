"""``tyndau import`` as a whole: a revision, or an error and nothing written."""

import hashlib
import shutil

import pytest

from tyndau.base.errors import UserError
from tyndau.interchange import import_wave
from tyndau.study import load_study
from tyndau.waves import list_waves, read_wave

GOOD = "age,city,sources,quality\n25,taraz,tap well,1\n40,shu,well,\n"


@pytest.fixture
def file(tmp_path):
    """Write a good file of answers."""
    path = tmp_path / "answers.csv"
    path.write_text(GOOD, "utf-8")
    return path


def test_a_file_becomes_a_wave_that_says_where_it_came_from(study, file, form_residents):
    steps = []
    wave, problems = import_wave(
        study,
        file,
        wave="2026-q4",
        population="residents",
        progress=lambda done, total, what: steps.append((done, total)),
    )
    assert wave.id == "2026-q4/r1"
    assert read_wave(study.folder, "2026-q4").frames["residents"]["city"].values.tolist() == [0, 1]
    source = wave.manifest.provenance["imports"]["residents"]
    assert source["file"] == "answers.csv"
    assert source["sha256"] == hashlib.sha256(GOOD.encode()).hexdigest()
    assert (source["format"], source["encoding"], source["rows"]) == ("csv", "utf-8", 2)
    form = wave.manifest.populations["residents"].form
    assert (form.id, form.version) == ("residents", "7")
    assert form.sha256 == hashlib.sha256(form_residents.xform).hexdigest()
    assert [p.kind.code for p in problems] == ["data.no-column"]
    assert steps[0] == (0, 3) and steps[-1] == (3, 3)


def test_a_population_is_replaced_only_by_a_revision(study, file):
    import_wave(study, file, wave="w", population="residents")
    with pytest.raises(UserError) as caught:
        import_wave(study, file, wave="w", population="residents")
    (found,) = caught.value.problems
    assert found.kind.code == "wave.population-frozen"
    assert "--revise" in found.remedy("en")
    file.write_text(GOOD + "50,shu,well,\n", "utf-8")
    wave, _ = import_wave(study, file, wave="w", population="residents", revise=True)
    assert (wave.id, wave.manifest.parent) == ("w/r2", "r1")
    assert len(wave.frames["residents"]) == 3
    assert len(read_wave(study.folder, "w", 1).frames["residents"]) == 2


def test_other_populations_are_carried_over(study, file):
    first, _ = import_wave(study, file, wave="w", population="residents")
    wave, _ = import_wave(study, file, wave="w", population="ngo")
    assert (wave.id, wave.manifest.parent) == ("w/r2", "r1")
    assert list(wave.frames) == ["residents", "ngo"]
    assert wave.frames["residents"].keys.tolist() == first.frames["residents"].keys.tolist()
    name = "residents.parquet"
    assert wave.manifest.files[name] == first.manifest.files[name]
    assert wave.manifest.populations["residents"] == first.manifest.populations["residents"]
    assert set(wave.manifest.provenance["imports"]) == {"residents", "ngo"}


def test_a_faulty_file_leaves_nothing(study, file):
    file.write_text(GOOD.replace("shu", "osh"), "utf-8")
    with pytest.raises(UserError):
        import_wave(study, file, wave="w", population="residents")
    assert list_waves(study.folder) == []
    assert not (study.folder / "waves").exists()


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"wave": "w", "population": "experts"}, "usage.unknown-population"),
        ({"wave": "a/b", "population": "residents"}, "wave.name"),
        ({"wave": "w", "population": "residents", "revise": True}, "wave.unknown"),
    ],
)
def test_names_that_do_not_exist(study, file, options, code):
    with pytest.raises(UserError) as caught:
        import_wave(study, file, **options)
    assert caught.value.problems[0].kind.code == code


def test_a_file_that_is_not_there(study, tmp_path):
    with pytest.raises(UserError) as caught:
        import_wave(study, tmp_path / "none.csv", wave="w", population="residents")
    assert caught.value.problems[0].kind.code == "data.cannot-read"


@pytest.mark.oracle
def test_the_councils_of_2023_are_imported(repository, oracles, tmp_path):
    folder = tmp_path / "public-councils-2023"
    original = repository / "studies" / "public-councils-2023"
    shutil.copytree(original, folder, ignore=shutil.ignore_patterns("waves", "results"))
    study = load_study(folder)
    data = oracles / "public-councils-2023" / "microdata.csv"
    wave, problems = import_wave(study, data, wave="2023-spring", population="residents", key="id")
    frame = wave.frames["residents"]
    assert len(frame) == 671 and frame.keys[:3].tolist() == ["1", "2", "3"]
    asked = {column.variable.name: int(column.asked.sum()) for column in frame}
    answered = {column.variable.name: int(column.answered.sum()) for column in frame}
    assert asked == answered
    assert (asked["q12_result"], asked["q17_social"], asked["q18_members"]) == (357, 208, 208)
    assert asked["age"] == asked["income"] == 671
    assert [problem.kind.code for problem in problems] == ["data.no-column"]
