"""The family of errors that users can cause."""

from pathlib import Path

import pytest

from tyndau.base.errors import EXIT_CODES, Kind, Place, UserError, declare, refusal, where
from tyndau.base.languages import say

KIND = Kind("data.made-up", "The code {code} is unknown.", "Write one of {known}.")


def test_a_problem_says_what_is_wrong_and_what_to_do() -> None:
    problem = KIND.at(Place(file="d.csv", row=7), code="x", known=["a", "b"])

    assert problem.what("en") == "The code x is unknown."
    assert problem.remedy("en") == "Write one of a, b."
    assert problem.kind.severity == "error"


def test_an_error_carries_its_problems_and_the_exit_code_of_its_class() -> None:
    first, second = KIND.at(code="x", known=[]), KIND.at(code="y", known=[])
    error = UserError(first, second)

    assert error.problems == (first, second)
    assert error.exit_code == EXIT_CODES["data"]
    assert "data.made-up: The code x is unknown.; data.made-up: The code y" in str(error)


def test_a_place_speaks_spreadsheet() -> None:
    place = Place(file="study.xlsx", sheet="banners", row=4, column="variable")

    assert where(place, "en") == 'study.xlsx, sheet "banners", row 4, column "variable"'
    assert where(place, "ru") == "study.xlsx, лист «banners», строка 4, столбец «variable»"
    assert where(Place(), "en") == ""


def test_a_refusal_of_the_system_is_said_in_the_language_asked_for(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        (tmp_path / "absent").read_bytes()

    assert say(refusal(caught.value), "en") == "there is no such file or folder"
    assert say(refusal(caught.value), "ru") == "такого файла или папки нет"
    assert say(refusal(OSError(-1, "a rare fault")), "ru") == "a rare fault"


def test_a_code_is_declared_once_and_has_a_known_class() -> None:
    with pytest.raises(ValueError, match=r"nothing\.here"):
        declare("nothing.here", "x", "y")
    with pytest.raises(ValueError, match=r"usage\.misused"):
        from tyndau.cli import problems  # noqa: F401

        declare("usage.misused", "x", "y")
