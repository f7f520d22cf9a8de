"""A copy on a fictional city: no real name is left, the grammar stays, and it is a good study."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tyndau.base.errors import UserError
from tyndau.base.languages import Text
from tyndau.fieldwork.fictional import copy_to_fictional_city
from tyndau.fieldwork.fictional.names import Name, Renaming, proper_names, real_places, rename
from tyndau.fieldwork.fictional.replacing import Replacer, real_name_in
from tyndau.study import Study, check_study, load_study

RealStudy = Callable[..., Path]
TARAZ = Name(Text("Тараз", "Тараз"), "taraz")


def _texts(folder: Path) -> list[str]:
    found = [path.name for path in folder.rglob("*")]
    for path in folder.rglob("*.xlsx"):
        for sheet in load_workbook(path).worksheets:
            found += [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    return found + [path.read_text("utf-8") for path in folder.rglob("*.md")]


@pytest.fixture
def copy(tmp_path: Path, real_study: RealStudy) -> Study:
    copy_to_fictional_city(load_study(real_study()), tmp_path / "copy")
    return load_study(tmp_path / "copy")


def test_no_real_name_is_left_in_any_text(copy: Study) -> None:
    texts = _texts(copy.folder)
    assert len(texts) > 60
    for text in texts:
        folded = text.casefold().replace("asia/almaty", "")
        for name in ("тараз", "taraz", "шайқорық", "шайкорык", "shaikoryk", "222 33"):
            assert name not in folded, text


def test_the_copy_is_a_fictional_study_without_errors(copy: Study) -> None:
    _, found = check_study(copy.folder)
    assert not [problem for problem in found if problem.kind.severity == "error"]
    assert copy.fictional
    assert "Вымышленн" in copy.customer.ru
    assert "Ойдан шығарылған" in copy.contractor.kk
    assert copy.time_zone == "Asia/Almaty"
    assert [place.newly_annexed for place in copy.territories] == [True, False]


def test_a_made_up_city_lies_nowhere(tmp_path: Path, copy: Study) -> None:
    assert load_study(tmp_path / "taraz-study").place == (42.9, 71.37)
    assert copy.place is None


def test_names_keep_their_endings_and_codes_their_routes(copy: Study) -> None:
    form = copy.forms["residents"]
    city, village = "Самалжал", copy.territories[0].name
    assert copy.title == Text(
        f"{city} қаласы тұрғындарының пікірі", f"Мнение жителей города {city}а"
    )
    assert form["territory"].label == Text(
        f"{city}да қай жерде тұрасыз?", f"Где в {city}е вы живёте?"
    )
    assert (
        form["village"].label.ru
        == f"Чего не хватает {city.lower()}скому селу {village.ru.split()[-1]}?"
    )
    assert village.kk.endswith(" ауылы")
    code = copy.territories[0].code
    assert form["village"].route.source == f"${{territory}} = '{code}'"  # type: ignore[union-attr]
    assert [choice.category.code for choice in form["territory"].choices] == [code, "centre"]
    guide = (copy.folder / "guides" / "kk" / "focus.md").read_text("utf-8")
    assert guide.startswith(f"# {city}да өмір\n\n{city}дықтар ")
    assert form.id == "samalzhal_residents"


def test_a_name_that_would_be_left_is_refused(tmp_path: Path, real_study: RealStudy) -> None:
    study = load_study(real_study(["aim", None, "Мақсат", "Как живёт НовоТараз"]))
    with pytest.raises(UserError) as caught:
        copy_to_fictional_city(study, tmp_path / "copy")
    (problem,) = caught.value.problems
    assert problem.kind.code == "fieldwork.real-name"
    assert (problem.place.file, problem.place.sheet) == ("study.xlsx", "study")
    assert "НовоТараз" in problem.what("ru")
    assert not (tmp_path / "copy").exists()
    assert not list(tmp_path.glob(".fictional-*"))


def test_nothing_is_left_behind_when_it_is_refused(tmp_path: Path, real_study: RealStudy) -> None:
    study = load_study(real_study())
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "mine.txt").write_text("mine")
    with pytest.raises(UserError) as caught:
        copy_to_fictional_city(study, taken)
    assert caught.value.problems[0].kind.code == "study.not-empty"
    assert [path.name for path in taken.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ru", "Тараз, в Таразе, из Тараза, таразский",
         "Самалжал, в Самалжале, из Самалжала, самалжалский"),
        ("ru", "В Караганде и в Семее, семейное", "В Самалдале и в Шуакты, семейное"),
        ("kk", "Тараздың, Таразға, тараздық, ТАРАЗ",
         "Самалжалдың, Самалжалға, самалжалдық, САМАЛЖАЛ"),
        ("kk", "Қарағандыда", "Самалдалада"),
        ("ru", "Звоните 8 (7262) 43-12-12 или +7 701 222 33 44, a@b.kz",
         "Звоните +7 700 000 00 00 или +7 700 000 00 00, study@example.org"),
    ],
)  # fmt: skip
def test_names_in_running_text(language: str, text: str, expected: str) -> None:
    made_up = [
        (TARAZ, Name(Text("Самалжал", "Самалжал"), "samalzhal")),
        (
            Name(Text("Қарағанды", "Караганда"), "karaganda"),
            Name(Text("Самалдала", "Самалдала"), "x"),
        ),
        (Name(Text("Семей", "Семей"), "semey"), Name(Text("Шуақты", "Шуакты"), "shuakty")),
    ]
    replacer = Replacer([Renaming(real, other, True) for real, other in made_up], {}, {})
    assert replacer.text(text, language) == expected


def test_a_code_that_ends_like_a_city_is_a_code() -> None:
    aktobe = Renaming(
        Name(Text("Ақтөбе", "Актобе"), "aktobe"), Name(Text("Желкенді", "Желкенди"), "x"), True
    )
    replacer = Replacer([aktobe], {"zhalpaktobe": "kobelekti"}, {})
    route = "${territory} = 'zhalpaktobe' or ${at} = 'zhalpaktobe'"
    assert replacer.text(route, "ru") == "${territory} = 'kobelekti' or ${at} = 'kobelekti'"
    assert replacer.text("zhalpaktobe-03", "ru") == "kobelekti-03"
    assert not real_name_in("zhalpaktobe", [aktobe.real])


def test_made_up_names_are_no_real_ones() -> None:
    given = [one.made_up for one in rename((place, True) for place in real_places()[:25])]
    for name in given:
        for text in (name.text.kk, name.text.ru, name.code):
            assert not real_name_in(text, real_places())


def test_what_of_a_label_is_a_name() -> None:
    assert proper_names(Text("Бұлақ ауылы", "село Булак")) == [Text("Бұлақ", "Булак")]
    assert proper_names(Text("Солтүстік аудан", "Северный район")) == []
    assert proper_names(Text("«Арай» шағынауданы", "12-й микрорайон «Арай»")) == [
        Text("Арай", "Арай")
    ]
