"""The plan of the study of Taraz: it promises what the grant specification asks for.

Territories come from the lots, numbers from the specification. The sheets are read without the
questionnaires: what of them depends on a form is held against it by `tyndau check`.
"""

from collections import Counter, defaultdict
from pathlib import Path

import pytest

from tyndau.questionnaire import load_form
from tyndau.questionnaire.lint import lint
from tyndau.study import check_study
from tyndau.study.entries import Entries, is_known, read_entries, untranslated
from tyndau.study.guides import read_guides
from tyndau.study.model import Territory
from tyndau.study.plan import Point
from tyndau.study.sheets.deliverables import read_deliverables
from tyndau.study.sheets.known import Known
from tyndau.study.sheets.points import read_points
from tyndau.study.sheets.settings import read_settings
from tyndau.study.sheets.territories import read_territories
from tyndau.study.workbook import read_workbook

LOTS = ("Жалпақтөбе", "Сұлтұтөре", "Ақбұлым", "Шайқорық", "Түркісіб", "Талас", "Кемел")
INTERVIEWS = 2500


@pytest.fixture(scope="module")
def folder(repository: Path) -> Path:
    return repository / "studies" / "taraz-2026"


@pytest.fixture(scope="module")
def sheets(folder: Path) -> dict[str, Entries]:
    return read_entries(read_workbook(folder / "study.xlsx", "study.xlsx", is_known))


@pytest.fixture(scope="module")
def territories(sheets: dict[str, Entries]) -> tuple[Territory, ...]:
    read, found = read_territories(sheets["territories"])
    assert found == []
    return tuple(one for one in read if one.parent)


@pytest.fixture(scope="module")
def points(sheets: dict[str, Entries], territories: tuple[Territory, ...]) -> tuple[Point, ...]:
    read, found = read_points(sheets["points"], [one.code for one in territories])
    assert found == []
    return read


def test_the_study_is_checked_as_a_whole_without_an_error(folder: Path) -> None:
    study, problems = check_study(folder)
    said = [
        f"{problem.kind.code}: {problem.what('en')}"
        for problem in problems
        if problem.kind.severity == "error" or "translation" in problem.kind.code
    ]
    assert said == []
    assert study is not None
    assert sorted(study.forms) == ["experts", "ngo", "residents", "satisfaction"]
    assert not (folder / "waves").exists(), "a study of a real place holds no simulated answers"


def test_every_cell_is_right_and_every_text_is_a_pair(sheets: dict[str, Entries]) -> None:
    for sheet in sheets.values():
        assert sheet.problems == []
        assert untranslated(sheet, ("kk", "ru")) == []
    settings, found = read_settings(sheets["study"], "study.xlsx", Known({}, frozenset(), {}))
    # The days of fieldwork are not agreed yet; nothing else is wanting.
    assert sorted(str(problem.values["key"]) for problem in found) == ["end", "start"]
    assert all(not text.missing for text in settings.texts.values())
    assert settings.inference == "model"
    assert (settings.sample.strata, settings.sample.cluster) == ("point_territory", "point")


@pytest.mark.requirement("T5", "C2")
def test_territories_are_those_of_the_lots_and_the_new_and_remote_are_marked(
    territories: tuple[Territory, ...],
) -> None:
    assert len(territories) >= 12
    named = {one.name.kk: one for one in territories}
    assert set(LOTS) <= named.keys()
    assert all(named[name].newly_annexed for name in LOTS)
    assert any(one.remote for one in territories)
    assert any(one.new_microdistrict for one in territories)
    assert all(one.grid for one in territories)


@pytest.mark.requirement("C2", "T5")
def test_points_let_every_territory_be_assessed(
    territories: tuple[Territory, ...], points: tuple[Point, ...]
) -> None:
    planned = [point for point in points if not point.substitute_for]
    assert len(planned) >= 150
    counts = Counter(point.territory for point in planned)
    assert all(counts[one.code] >= 8 for one in territories)
    assert sum(point.interviews for point in planned) == INTERVIEWS
    assert {point.kind for point in planned} == {"street", "dwelling", "parking"}
    spare = Counter(point.territory for point in points if point.substitute_for)
    assert all(spare[one.code] >= 1 for one in territories)


@pytest.mark.requirement("T1", "C2")
def test_quotas_divide_the_interviews_in_all_and_in_each_territory(
    sheets: dict[str, Entries], points: tuple[Point, ...]
) -> None:
    sums: dict[tuple[str, str], int] = defaultdict(int)
    targets = {}
    for entry in sheets["quotas"].rows:
        sums[entry.text("territory"), entry.text("variable")] += int(entry.text("target"))
        if entry.text("variable") == "territory":
            targets[entry.text("code")] = int(entry.text("target"))
    assert {total for (place, _), total in sums.items() if not place} == {INTERVIEWS}
    assert {variable for place, variable in sums if not place} >= {"sex", "age_group", "territory"}
    at_points: Counter[str] = Counter()
    for point in points:
        if not point.substitute_for:
            at_points[point.territory] += point.interviews
    assert targets == at_points
    assert all(total == targets[place] for (place, _), total in sums.items() if place)
    assert min(targets.values()) >= 50


@pytest.mark.requirement("T22", "L22")
def test_deliverables_are_those_of_the_specification(sheets: dict[str, Entries]) -> None:
    promised = {one.code: one.target for one in read_deliverables(sheets["deliverables"])}
    assert promised == {
        "T1.1": 2500,
        "T1.2": 1,
        "T2.1": 7,
        "T2.2": 4,
        "T3.1": 2,
        "T3.2": 7,
        "T4": 2,
        "T5": 10,
        "T6": 5,
        "T7.1": 2,
        "T7.2": 1,
        "T8.1": 1,
        "T8.2": 1,
        "I1": 15,
        "I2": 5000,
    }


@pytest.mark.requirement("T3", "C6")
def test_guides_are_there_in_both_languages(folder: Path) -> None:
    assert read_guides(folder, ("kk", "ru")) == (("expert", "focus-group"), [])


@pytest.mark.requirement("T2", "C6")
@pytest.mark.requirement("C24")
@pytest.mark.parametrize("name", ["experts", "ngo", "satisfaction"])
def test_the_smaller_forms_have_both_languages_and_no_error(folder: Path, name: str) -> None:
    form = load_form(folder / "forms" / f"{name}.xlsx")
    assert sorted(form.languages) == ["kk", "ru"]
    assert [p.kind.code for p in lint(form) if p.kind.severity != "hint"] == []


@pytest.mark.requirement("C6")
def test_an_expert_is_asked_for_consent_before_anything_else(folder: Path) -> None:
    form = load_form(folder / "forms" / "experts.xlsx")
    names = [question.name for question in form.questions]
    assert names[:3] == ["intro", "consent", "eligible"]
    assert names.index("attribution") < names.index("expert_kind")
    kinds = [choice.category.code for choice in form["expert_kind"].choices]
    assert kinds == ["state", "specialist", "council", "leader"]
