"""Building the results of a real study: whole, repeatable, never half-way."""

import csv
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest
from openpyxl import load_workbook

from tyndau.base import folders
from tyndau.base.errors import UserError
from tyndau.base.frames import Column, Frame
from tyndau.base.languages import Sayable, Text, say
from tyndau.interchange import import_wave
from tyndau.reporting.build import BuildResult
from tyndau.reporting.build import build as build_all
from tyndau.reporting.stale import stale_results
from tyndau.reporting.steps import _contents, sha256
from tyndau.study import load_study, new_study
from tyndau.waves import erase, freeze, read_wave

WAVE = "2023"


KEPT = ("city", "age", "income", "employment", "education", "q7_heard", "q19_effective")


@pytest.fixture
def whole_study(repository: Path, tmp_path: Path) -> Path:
    """Return a copy of the study of public councils with its wave and without results."""
    folder = tmp_path / "public-councils-2023"
    source = repository / "studies" / "public-councils-2023"
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("results"))
    return folder


@pytest.fixture
def study_folder(whole_study: Path) -> Path:
    """Return the study with the banners and two questions of its wave, for speed."""
    frame = read_wave(whole_study, WAVE).frames["residents"]
    columns = {name: column for name, column in frame.columns.items() if name in KEPT}
    shutil.rmtree(whole_study / "waves")
    freeze(whole_study, WAVE, {"residents": Frame(frame.keys, columns)}, provenance={})
    return whole_study


def build(folder: Path, **arguments: object) -> BuildResult:
    """Build the volumes alone: what holds of a build holds of each of its files."""
    return build_all(folder, only=["tables"], **arguments)  # type: ignore[arg-type]


def _documents(built: BuildResult) -> list[str]:
    """Return the names of the files that are handed in, without what pages are made from."""
    return sorted(path.name for path in built.files if path.parent == built.folder)


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _cells(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


@pytest.mark.requirement("C9")
def test_a_study_becomes_volumes_in_its_languages_and_all_cells(whole_study: Path) -> None:
    built = build(whole_study)
    assert built.built
    assert built.folder == whole_study / "results" / WAVE / "r1"
    names = ["tables-kk.xlsx", "tables-ru.xlsx", "tables.csv"]
    assert _documents(built) == names
    assert sorted(path.name for path in built.folder.iterdir()) == ["steps.json", *names, "web"]
    questions = {cell["question"] for cell in _cells(built.folder / "tables.csv")}
    for language in ("kk", "ru"):
        tabs = load_workbook(built.folder / f"tables-{language}.xlsx").sheetnames
        assert set(tabs[2:]) == questions


def test_every_question_stands_by_every_banner_but_not_by_itself(study_folder: Path) -> None:
    built = build(study_folder, languages=["en"])
    cells = list(_cells(built.folder / "tables.csv"))
    pairs = {(cell["question"], cell["banner"]) for cell in cells}
    published = {"income", "employment", "education"}
    # Only what was published is known: no crossing of two traits, and of these questions by three.
    assert {banner for question, banner in pairs if question == "q7_heard"} == published
    assert {banner for question, banner in pairs if question == "city"} == {""}
    # The question that the ages were derived from has no answers in this wave.
    assert {banner for question, banner in pairs if question == "age"} == {""}
    assert built.tables == len(pairs)


def test_the_workbook_shows_what_the_cells_hold(study_folder: Path) -> None:
    built = build(study_folder, languages=["en"])
    cells = _cells(built.folder / "tables.csv")
    (total,) = (
        float(cell["percent"])
        for cell in cells
        if (cell["question"], cell["banner"], cell["column"], cell["code"])
        == ("q7_heard", "income", "total", "well")
    )
    sheet = load_workbook(built.folder / "tables-en.xlsx")["q7_heard"]
    answers = next(row[0].row for row in sheet.iter_rows() if row[0].value == "Base, N") + 1
    assert sheet.cell(answers, 2).value == pytest.approx(total / 100)


def test_the_same_inputs_are_not_built_again(study_folder: Path) -> None:
    first = build(study_folder, languages=["en"])
    before = {path: path.stat().st_mtime_ns for path in first.folder.iterdir()}
    second = build(study_folder, languages=["en"])
    assert first.built and not second.built
    assert {path: path.stat().st_mtime_ns for path in second.folder.iterdir()} == before
    assert (second.files, second.tables) == (first.files, first.tables)


def test_what_python_compiled_is_no_part_of_the_program(tmp_path: Path) -> None:
    """Python keeps compiled files beside its own, unless it is told not to; numba does always."""
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "module.py").write_text("1", encoding="utf-8")
    before = _contents(tmp_path)
    (tmp_path / "room" / "__pycache__").mkdir()
    (tmp_path / "room" / "__pycache__" / "module.cpython-311.pyc").write_bytes(b"1")
    assert _contents(tmp_path) == before
    (tmp_path / "room" / "module.py").write_text("2", encoding="utf-8")
    assert _contents(tmp_path) != before


def test_two_builds_give_the_same_bytes(study_folder: Path) -> None:
    built = build(study_folder, languages=["en"])
    before = _files(built.folder)
    shutil.rmtree(study_folder / "results")
    assert _files(build(study_folder, languages=["en"]).folder) == before


@pytest.mark.parametrize("change", ["missing", "damaged", "languages", "workbook", "record"])
def test_what_changed_is_built_again(study_folder: Path, change: str) -> None:
    built = build(study_folder, languages=["en"])
    volume = built.folder / "tables-en.xlsx"
    languages = ["en"]
    if change == "missing":
        volume.unlink()
    elif change == "damaged":
        volume.write_bytes(b"damaged")
    elif change == "languages":
        languages = ["ru"]
    elif change == "record":
        (built.folder / "steps.json").write_text("{")
    else:
        workbook = load_workbook(study_folder / "study.xlsx")
        workbook["study"].append(["title", None, "Басқа атау", "Другое название"])
        for row in workbook["study"].iter_rows(min_row=2):
            if row[0].value == "title":
                workbook["study"].delete_rows(row[0].row)
                break
        workbook.save(study_folder / "study.xlsx")
    again = build(study_folder, languages=languages)
    assert again.built
    opened = load_workbook(again.folder / f"tables-{languages[0]}.xlsx")
    if change == "workbook":
        assert opened.properties.title == "Другое название"
    if change == "languages":
        assert {path.name for path in again.files} >= {"tables-en.xlsx", "tables-ru.xlsx"}
    if change == "damaged":
        assert volume.with_stem("tables-en-edited").read_bytes() == b"damaged"


def test_what_the_sample_allows_reaches_every_table(study_folder: Path) -> None:
    """A sample planned after the first build: its sentences stand under every table of the next."""
    allows = {
        "inference": "model", "choice": "named", "interviews": 671, "points": 40,
        "territories": 5, "direct": ["almaty"], "design_effect": 1.5, "effective": 447.3,
    }  # fmt: skip
    record = {"format": 1, "population": "residents", "allows": allows}
    before = build(study_folder, languages=["en"])
    (study_folder / "sample").mkdir()
    (study_folder / "sample" / "sample.json").write_text(json.dumps(record), "utf-8")
    after = build(study_folder, languages=["en"])
    assert after.built
    assert not build(study_folder, languages=["en"]).built
    line = "1 of 5 territories with a direct estimate"
    volume = load_workbook(after.folder / "tables-en.xlsx")
    cells = [str(cell.value) for sheet in volume for row in sheet.iter_rows() for cell in row]
    assert after.tables == before.tables
    # Once under each table, and once where the method is said in full.
    assert sum(line in cell for cell in cells) == after.tables + 1
    assert sum("447 independent interviews" in cell for cell in cells) == 1


def test_the_record_names_inputs_steps_and_outputs(study_folder: Path) -> None:
    built = build(study_folder, languages=["en"])
    record = json.loads((built.folder / "steps.json").read_text(encoding="utf-8"))
    files = record["inputs"]["files"]
    revision = f"waves/{WAVE}/r1/manifest.json"
    texts = {
        path.relative_to(study_folder).as_posix() for path in (study_folder / "text").rglob("*.md")
    }
    designed = {"study.xlsx", "forms/residents.xlsx", "forms/ngo.xlsx"}
    assert len(texts) > 10
    assert set(files) == designed | texts | {revision}
    assert all(sha256(study_folder / name) == digest for name, digest in files.items())
    steps = [step["step"] for step in record["steps"]]
    assert steps == ["read_wave", "tabulate", "write_workbook", "write_tables", "write_web"]
    assert record["steps"][1]["inference"] == "model"
    assert record["outputs"] == {
        path.relative_to(built.folder).as_posix(): sha256(path) for path in built.files
    }
    assert str(study_folder) not in json.dumps(record)


def test_a_failed_build_leaves_the_old_results(study_folder: Path) -> None:
    built = build(study_folder, languages=["en"])
    before = _files(study_folder)
    workbook = load_workbook(study_folder / "study.xlsx")
    for row in workbook["study"].iter_rows(min_row=2):
        if row[0].value == "weight":
            row[1].value = "no_such_column"
    workbook.save(study_folder / "study.xlsx")
    with pytest.raises(UserError):
        build(study_folder, languages=["en"])
    after = _files(study_folder)
    assert {**after, "study.xlsx": b""} == {**before, "study.xlsx": b""}
    assert [path.name for path in built.folder.parent.iterdir()] == ["r1"]


def test_a_results_folder_keeps_what_others_put_there(study_folder: Path) -> None:
    built = build(study_folder, languages=["en"])
    (built.folder / "notes.txt").write_text("mine")
    (built.folder / "tables.csv").unlink()
    again = build(study_folder, languages=["ru"])
    names = {path.name for path in again.folder.iterdir()}
    assert names == {
        "notes.txt",
        "steps.json",
        "tables-en.xlsx",
        "tables-ru.xlsx",
        "tables.csv",
        "web",
    }


def test_a_volume_changed_by_hand_is_kept_beside_the_new_one(study_folder: Path) -> None:
    for _ in range(2):
        built = build(study_folder, languages=["en"])
        (built.folder / "tables-en.xlsx").write_bytes(b"my remarks")
    build(study_folder, languages=["en"])

    kept = sorted(path.name for path in built.folder.glob("*-edited*"))
    assert kept == ["tables-en-edited.xlsx", "tables-en-edited2.xlsx"]
    assert not build(study_folder, languages=["en"]).built


def test_a_form_that_left_the_study_is_asked_back(study_folder: Path) -> None:
    (study_folder / "forms" / "residents.xlsx").rename(study_folder / "forms" / "people.xlsx")
    workbook = load_workbook(study_folder / "study.xlsx")
    for sheet in ("banners", "derived"):
        for row in workbook[sheet].iter_rows(min_row=2):
            row[1].value = "people" if row[1].value == "residents" else row[1].value
    workbook.save(study_folder / "study.xlsx")

    with pytest.raises(UserError) as caught:
        build(study_folder, languages=["en"])
    (problem,) = caught.value.problems
    assert problem.kind.code == "study.wave-without-form"
    assert "people" in problem.remedy("en")


KILLED = """
import os, sys
from pathlib import Path
from tyndau.reporting.build import build
renames = 0
last = int(sys.argv[2])

def die(event, arguments):
    global renames
    # The parts of a workbook are renamed too; those are not the folders meant here.
    if event == "os.rename" and "results" in str(arguments) and ".part." not in str(arguments):
        renames += 1
        if renames == last:
            os._exit(9)

sys.addaudithook(die)
build(Path(sys.argv[1]), languages=["ru"], only=["tables"])
"""


@pytest.mark.parametrize("rename", [1, 2, 3, 4])
def test_a_build_killed_at_any_rename_loses_nothing_and_is_put_right(
    study_folder: Path, rename: int
) -> None:
    built = build(study_folder, languages=["en"])
    (built.folder / "notes.txt").write_text("mine")
    killed = subprocess.run([sys.executable, "-c", KILLED, str(study_folder), str(rename)])
    assert killed.returncode == 9
    left = {path.name for path in built.folder.parent.iterdir()}
    assert left > {".lock"} and left != {"r1"}
    again = build(study_folder, languages=["ru"])
    assert (again.folder / "notes.txt").read_text() == "mine"
    assert [path.name for path in again.folder.parent.iterdir()] == ["r1"]
    names = {path.name for path in again.folder.iterdir()}
    assert names == {
        "notes.txt",
        "steps.json",
        "tables-en.xlsx",
        "tables-ru.xlsx",
        "tables.csv",
        "web",
    }


def test_what_a_killed_build_left_is_cleared_even_if_nothing_is_built(study_folder: Path) -> None:
    built = build(study_folder, languages=["en"])
    (built.folder.with_name(".r2-0badcafe") / "parts").mkdir(parents=True)
    assert not build(study_folder, languages=["en"]).built
    assert [path.name for path in built.folder.parent.iterdir()] == ["r1"]


def test_a_build_at_the_same_moment_loses_nothing(study_folder: Path) -> None:
    """The second waits for the first, whose unfinished folder it leaves alone."""
    results = study_folder / "results" / WAVE
    waiting, done = Event(), []

    def progress(done: int, total: int, what: Sayable) -> None:
        if "Waiting" in say(what, "en"):
            waiting.set()

    def second() -> None:
        done.append(build(study_folder, languages=["en"], progress=progress))

    with folders.one_at_a_time(results):
        (results / ".r1-0badcafe").mkdir()
        builder = Thread(target=second)
        builder.start()
        assert waiting.wait(60)
        assert (results / ".r1-0badcafe").is_dir()
    builder.join()
    assert done[0].built
    assert [path.name for path in results.iterdir()] == ["r1"]


def _reword(frame: Frame, name: str, **changes: object) -> Frame:
    column = frame[name]
    variable = replace(column.variable, **changes)  # type: ignore[arg-type]
    return Frame(frame.keys, {**frame.columns, name: Column(variable, column.values, column.asked)})


def test_who_corrects_a_label_is_told_that_the_wave_keeps_its_own(study_folder: Path) -> None:
    assert build(study_folder).problems == ()
    frame = read_wave(study_folder, WAVE).frames["residents"]
    heard = frame["q7_heard"].variable.categories
    other = replace(heard[0], label=Text("Басқа", "Иначе"))
    frame = _reword(frame, "q7_heard", categories=(other, *heard[1:]))
    frame = _reword(frame, "city", label=Text("Қала?", "Город?"))
    freeze(study_folder, WAVE, {"residents": frame}, provenance={}, parent="r1")
    for built in (True, False):
        result = build(study_folder)
        assert result.built is built
        (warning,) = result.problems
        assert warning.kind.code == "report.wording-changed"
        assert warning.kind.severity == "warning"
        said = warning.what("en")
        assert "questions 2, answers 1" in said and "city" in said and "q7_heard" in said
        assert "--revise" in warning.remedy("en")
    # Kazakh alone was changed: it does not matter to a volume in Russian.
    frame = read_wave(study_folder, WAVE, 1).frames["residents"]
    label = replace(frame["city"].variable.label, kk="Қала?")
    frame = _reword(frame, "city", label=label)
    freeze(study_folder, WAVE, {"residents": frame}, provenance={}, parent="r2")
    assert build(study_folder, languages=["ru"]).problems == ()
    assert len(build(study_folder, languages=["kk"]).problems) == 1


def test_a_label_corrected_in_the_form_is_told_one_of_a_derived_variable_arrives(
    tmp_path: Path,
) -> None:
    folder, answers = tmp_path / "town", tmp_path / "answers.csv"
    new_study(folder)
    answers.write_text(
        "consent,lives,age,territory,employment,sex,point\n"
        "yes,yes,40,centre,works,male,1\nyes,yes,20,north,works,male,2\n"
    )
    import_wave(load_study(folder), answers, wave="w", population="residents")
    for path, sheet, column in (
        ("study.xlsx", "derived", "label_ru"),
        ("forms/residents.xlsx", "survey", "label::Русский (ru)"),
    ):
        assert build(folder).problems == ()
        book = load_workbook(folder / path)
        rows = book[sheet]
        heads = [cell.value for cell in rows[1]]
        name = heads.index("variable" if sheet == "derived" else "name")
        cells = next(row for row in rows.iter_rows() if row[name].value in ("age_group", "sex"))
        cells[heads.index(column)].value = "Новая подпись"
        book.save(folder / path)
    (warning,) = build(folder).problems
    assert "questions 1, answers 0 (sex)" in warning.what("en")
    assert warning.place.file == "forms/residents.xlsx"


def test_several_populations_get_a_volume_each(study_folder: Path) -> None:
    wave = read_wave(study_folder, WAVE)
    frames = {"residents": wave.frames["residents"], "ngo": wave.frames["residents"]}
    freeze(study_folder, "2024-spring", frames, provenance={})
    built = build(study_folder, languages=["en"])
    assert (built.wave, built.revision) == ("2024-spring", 1)
    assert set(_documents(built)) == {
        "tables-residents-en.xlsx", "tables-ngo-en.xlsx", "tables-residents.csv", "tables-ngo.csv",
        "populations-en.xlsx", "populations.csv", "waves-en.xlsx", "waves.csv",
    }  # fmt: skip


def test_a_wave_can_be_chosen_and_a_revision_gets_its_own_results(study_folder: Path) -> None:
    wave = read_wave(study_folder, WAVE)
    freeze(study_folder, WAVE, wave.frames, provenance={}, parent="r1")
    freeze(study_folder, "2024-spring", wave.frames, provenance={})
    built = build(study_folder, wave=WAVE, languages=["en"])
    assert built.folder == study_folder / "results" / WAVE / "r2"


def test_a_study_without_a_wave_says_what_to_do(study_folder: Path) -> None:
    shutil.rmtree(study_folder / "waves")
    with pytest.raises(UserError) as caught:
        build(study_folder, languages=["en"])
    assert caught.value.problems[0].kind.code == "wave.none"
    assert "tyndau import" in caught.value.problems[0].remedy("en")
    assert not (study_folder / "results").exists()


def test_an_unknown_wave_is_named_with_those_that_exist(study_folder: Path) -> None:
    with pytest.raises(UserError) as caught:
        build(study_folder, wave="2099", languages=["en"])
    assert WAVE in caught.value.problems[0].what("en")


def test_progress_runs_from_the_first_table_to_the_end(study_folder: Path) -> None:
    told: list[tuple[int, int, str]] = []

    def progress(done: int, total: int, what: Sayable) -> None:
        told.append((done, total, say(what, "en")))

    built = build(study_folder, languages=["en"], progress=progress)
    assert [done for done, _, _ in told] == list(range(len(told)))
    assert {total for _, total, _ in told} == {built.tables + 3}
    assert told[-1][2] == "Written: web/residents"


def test_those_whom_the_screening_turned_away_are_in_no_base(tmp_path: Path) -> None:
    folder = tmp_path / "town"
    new_study(folder)
    let_in = "yes,40,yes,better,roads,,fully,no,,centre,works,female,"
    answers = tmp_path / "answers.csv"
    answers.write_text(
        "consent,age,lives,life_change,problems,problems_other,utilities,appealed,appeal_handled,"
        "territory,employment,sex,point\n"
        f"no,,,,,,,,,,,,\nyes,16,yes,,,,,,,,,,\n{let_in}1\n{let_in}1\n{let_in}2\n",
        encoding="utf-8",
    )
    # The point, which is the cluster, is not recorded for those who were turned away.
    import_wave(load_study(folder), answers, wave="w", population="residents")
    built = build(folder, languages=["kk"])
    totals = {
        cell["question"]: cell["base"]
        for cell in _cells(built.folder / "tables.csv")
        if cell["column"] == "total"
    }
    assert set(totals) >= {"age", "life_change"}
    # Every respondent consented and lives here: a table of that says nothing.
    assert not {"consent", "lives"} & set(totals)
    assert set(totals.values()) <= {"3", "0"}
    texts = [
        row[1]
        for row in load_workbook(built.folder / "tables-kk.xlsx").worksheets[0].values
        if row[0] == "Жүргізілген сұхбат саны"
    ]
    assert texts == ["3"]


def test_no_question_stands_by_what_it_gave_through_another(tmp_path: Path) -> None:
    folder, answers = tmp_path / "town", tmp_path / "answers.csv"
    new_study(folder)
    book = load_workbook(folder / "study.xlsx")
    labels = ("Ересек", "Взрослые", "all", "Бәрі", "Все")
    book["derived"].append(["grown", "residents", *labels, "${age_group} != ''"])
    book["banners"].append(["grown", "residents", "grown", "Ересек", "Взрослые"])
    book.save(folder / "study.xlsx")
    answers.write_text(
        "consent,lives,age,territory,employment,sex,point\n"
        "yes,yes,40,centre,works,male,1\nyes,yes,20,north,works,male,2\n"
    )
    import_wave(load_study(folder), answers, wave="w", population="residents")
    cells = list(_cells(build(folder, languages=["kk"]).folder / "tables.csv"))
    pairs = {(cell["question"], cell["banner"]) for cell in cells}
    assert ("sex", "grown") in pairs
    assert ("age", "grown") not in pairs


def test_results_that_count_a_withdrawn_interview_are_named_and_made_anew(
    study_folder: Path,
) -> None:
    """A build sees that the revision is another one; what it is told by is the manifest."""
    built = build(study_folder, languages=["ru"])
    build(study_folder, languages=["ru"], edition="public")
    assert stale_results(study_folder) == []
    key = str(read_wave(study_folder, WAVE).frames["residents"].keys[0])
    assert erase(study_folder, [key]) == [f"{WAVE}/r1"]
    assert stale_results(study_folder) == [f"results/{WAVE}/public/r1", f"results/{WAVE}/r1"]
    before = (built.folder / "tables.csv").read_bytes()
    assert build(study_folder, languages=["ru"]).built
    assert (built.folder / "tables.csv").read_bytes() != before
    assert stale_results(study_folder) == [f"results/{WAVE}/public/r1"]
