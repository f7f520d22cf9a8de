"""Who conducts a study and who interviews, as the workbook says it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tyndau.base.errors import Problem
from tyndau.base.languages import Text
from tyndau.study import check_study, load_study
from tyndau.study.identity import Identity, Member

Sheets = dict[str, list[list[object]]]
Write = Callable[..., Path]

pytestmark = pytest.mark.requirement("C3")


def told(folder: Path) -> list[Problem]:
    """Return errors and warnings."""
    return [problem for problem in check_study(folder)[1] if problem.kind.severity != "hint"]


def test_the_identity_is_read(sheets: Sheets, study: Write) -> None:
    sheets["study"] += [
        ["contractor_bin", "090140012345", None, None],
        ["contractor_address", None, "Тараз", "г. Тараз"],
        ["head", None, "Әлімқұлова Г.", "Алимкулова Г."],
        ["coordinator", None, "Сейітова М.", "Сеитова М."],
        ["coordinator_phone", 77000000001, None, None],
        ["safety_phone", "+7 700 000 00 02", None, None],
        ["withdraw_until", "21.11.2026", None, None],
    ]
    folder = study()
    assert told(folder) == []
    assert load_study(folder).identity == Identity(
        "090140012345",
        Text("Тараз", "г. Тараз"),
        Text("Әлімқұлова Г.", "Алимкулова Г."),
        Text("Сейітова М.", "Сеитова М."),
        "77000000001",
        "+7 700 000 00 02",
        date(2026, 11, 21),
    )


def test_nothing_is_asked_for(study: Write) -> None:
    folder = study()
    assert told(folder) == []
    assert load_study(folder).identity == Identity()
    assert load_study(folder).team == ()


@pytest.mark.parametrize("number", [90140012345, "0901400123456", "09014001234x"])
def test_a_number_without_its_zeros_is_an_error(
    number: object, sheets: Sheets, study: Write
) -> None:
    sheets["study"].append(["contractor_bin", number, None, None])
    (problem,) = told(study())
    assert problem.kind.code == "study.bin"
    assert "B16" in problem.what("en")


def test_the_team_is_read(sheets: Sheets, study: Write) -> None:
    sheets["team"] = [
        ["code", "name", "photo", "number"],
        ["i01", "Құдайбергенова Нұрсәуле Әбдіманапқызы", "photos/i01.jpg", 2],
        ["i02", "Ли Ян", None, None],
    ]
    folder = study()
    assert told(folder) == []
    assert load_study(folder).team == (
        Member("i01", "Құдайбергенова Нұрсәуле Әбдіманапқызы", "photos/i01.jpg", 2),
        Member("i02", "Ли Ян"),
    )


def test_a_number_of_the_plan_is_one_interviewers(sheets: Sheets, study: Write) -> None:
    sheets["team"] = [
        ["code", "name", "number"], ["i01", "Ли Ян", 1], ["i02", "Ким Ю", 1],
    ]  # fmt: skip
    (problem,) = told(study())
    assert problem.kind.code == "study.team-number"
    assert "C3" in problem.what("en")


def test_a_code_stands_once_and_everybody_has_a_name(sheets: Sheets, study: Write) -> None:
    sheets["team"] = [["code", "name"], ["i01", "Ли Ян"], ["i01", "Ким Ю"], ["i02", None]]
    assert all(problem.kind.severity == "error" for problem in told(study()))
    assert len(told(study())) == 2
