"""The sheet of territories: tiles of the map, and answers of the form that name them."""

from collections.abc import Callable
from pathlib import Path

from tyndau.base.errors import Problem
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


def with_tiles(sheets: Sheets, *tiles: tuple[object, object]) -> None:
    sheets["territories"][0] += ["grid_row", "grid_column"]
    for row, tile in zip(sheets["territories"][1:], tiles, strict=True):
        row += list(tile)


def with_question(form: Sheets, *codes: str) -> None:
    question = ["select_one place", "territory", "Қайда тұрасыз?", "Где вы живёте?", None]
    form["survey"].insert(2, question)  # after consent, which comes first
    form["choices"] += [["place", code, code, code] for code in codes]


def test_tiles_are_optional_and_may_not_be_shared(sheets: Sheets, study: Write) -> None:
    with_tiles(sheets, (None, None), (1, 2), (2, 2))
    assert [one.grid for one in load_study(study()).territories] == [None, (1, 2), (2, 2)]
    sheets["territories"][3][-2:] = [1, 2]
    assert 'that of "north" already' in only(study(), "study.grid-twice")
    sheets["territories"][3][-2:] = [1, None]
    assert '"far"' in only(study(), "study.grid-half")


def test_the_answers_of_the_form_are_the_smallest_territories(
    sheets: Sheets, form: Sheets, study: Write
) -> None:
    with_question(form, "far", "elsewhere")
    form["choices"][0].append("meaning")
    form["choices"][-1].append("other")
    assert told(study()) == []
    sheets["territories"][3][3] = None
    words = only(study(), "study.territory-answers")
    assert "Only in the form: –. Only in the sheet: north." in words
    form["choices"][-1][-1] = None
    assert "Only in the form: elsewhere." in only(study(), "study.territory-answers")
