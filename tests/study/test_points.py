"""The sheet of points: read, with their sizes, territories and substitutes checked."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tyndau.base.errors import Problem
from tyndau.base.languages import Text
from tyndau.study import check_study, load_study

Sheets = dict[str, list[list[object]]]
Write = Callable[..., Path]


def told(folder: Path) -> list[Problem]:
    """Return errors and warnings."""
    return [problem for problem in check_study(folder)[1] if problem.kind.severity != "hint"]


def only(folder: Path, code: str) -> str:
    """Return the words of the one problem there is."""
    problems = told(folder)
    assert [problem.kind.code for problem in problems] == [code]
    return f"{problems[0].what('en')} {problems[0].remedy('en')}"


pytestmark = pytest.mark.requirement("C2")

HEAD = ["code", "territory", "name_kk", "name_ru", "kind", "interviews", "step", "substitute_for"]
ROW = ["n1", "north", "Базардың кіреберісі", "Вход на рынок", "street", 20, 5, None]
SUBSTITUTE = ["n2", "north", "Саябақ", "Парк", "street", None, 3, "n1"]


def test_a_substitute_has_the_interviews_of_the_point_it_replaces(
    sheets: Sheets, study: Write
) -> None:
    sheets["points"] = [HEAD, ROW, SUBSTITUTE]
    folder = study()
    assert told(folder) == []
    point, other = load_study(folder).points
    assert (point.code, point.territory, point.kind) == ("n1", "north", "street")
    assert (point.interviews, point.step, point.substitute_for) == (20, 5, "")
    assert point.name == Text("Базардың кіреберісі", "Вход на рынок")
    assert (other.interviews, other.step, other.substitute_for) == (20, 3, "n1")


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        (1, "nowhere", "study.no-territory"),
        (2, None, "study.untranslated"),
        (4, "market", "study.not-allowed"),
        (5, 9, "study.point-size"),
        (5, 21, "study.point-size"),
        (5, None, "study.point-size"),
        (6, 4, "study.not-allowed"),
        (7, "n9", "study.no-point"),
    ],
)
def test_each_cell_is_checked(
    column: int, value: object, code: str, sheets: Sheets, study: Write
) -> None:
    row = list(ROW)
    row[column] = value
    sheets["points"] = [HEAD, row]
    only(study(), code)


def test_a_substitute_replaces_a_planned_point_of_its_own_territory(
    sheets: Sheets, study: Write
) -> None:
    sheets["points"] = [HEAD, ROW, ["n2", "far", *SUBSTITUTE[2:]]]
    assert '"n1" of the territory "north"' in only(study(), "study.far-substitute")
    sheets["points"] = [HEAD, ROW, SUBSTITUTE, ["n3", *SUBSTITUTE[1:7], "n2"]]
    only(study(), "study.no-point")


PLACED = [*HEAD, "latitude", "longitude"]


def test_a_point_may_say_where_it_lies(sheets: Sheets, study: Write) -> None:
    sheets["points"] = [PLACED, [*ROW, 42.9, "71,37"], [*SUBSTITUTE, None, None]]
    folder = study()
    assert told(folder) == []
    assert [point.position for point in load_study(folder).points] == [(42.9, 71.37), None]


@pytest.mark.parametrize("place", [(90.5, 71.4), (42.9, 180.1), (None, 71.4), (42.9, None), (0, 1)])
def test_a_position_that_is_on_no_map_is_named(
    sheets: Sheets, study: Write, place: tuple[object, object]
) -> None:
    sheets["points"] = [PLACED, [*ROW, *place]]
    assert 'The point "n1"' in only(study(), "study.point-position")
