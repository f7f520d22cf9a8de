"""The sheet of streets: walking order kept, houses counted, what cannot be named with its place."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tyndau.base.languages import Text
from tyndau.fieldwork.fictional import copy_to_fictional_city
from tyndau.study import check_study, load_study
from tyndau.study.versions.workbook import compare_workbooks

from .test_points import HEAD, ROW, only, told

Sheets = dict[str, list[list[object]]]
Write = Callable[..., Path]

pytestmark = pytest.mark.requirement("C2")

DWELLING = ["d1", "north", "Ауыл", "Село", "dwelling", 10, 3, None]
COLUMNS = ["point", "street_kk", "street_ru", "first", "last", "side", "flats"]
ABAY = ["d1", "Абай көшесі", "улица Абая", 1, 45, "odd", None]
TOLE = ["d1", "Төле би көшесі", "улица Толе би", 12, None, None, 40]


@pytest.fixture
def spoil(sheets: Sheets, study: Write) -> Callable[..., Path]:
    """Return what writes the study with these rows of streets."""

    def spoil(*rows: list[object]) -> Path:
        sheets["points"] = [HEAD, ROW, DWELLING]
        sheets["streets"] = [COLUMNS, *rows]
        return study()

    return spoil


def test_streets_stand_in_the_order_of_walking_with_their_houses(
    spoil: Callable[..., Path],
) -> None:
    folder = spoil(TOLE, ABAY, ["n1", "Желтоқсан көшесі", "улица Желтоксан", *[None] * 4])
    assert told(folder) == []
    tole, abay, bare = load_study(folder).streets
    assert (tole.point, tole.name) == ("d1", Text("Төле би көшесі", "улица Толе би"))
    assert (list(tole.houses), tole.dwellings) == ([12], 40)
    assert (abay.houses[0], abay.houses[-1], abay.dwellings) == (1, 45, 23)
    assert (bare.point, list(bare.houses), bare.dwellings) == ("n1", [], 0)


def test_a_study_without_the_sheet_has_no_streets(sheets: Sheets, study: Write) -> None:
    sheets["points"] = [HEAD, ROW]
    assert load_study(study()).streets == ()


@pytest.mark.parametrize(
    ("changed", "code", "words"),
    [
        ({"point": "d2"}, "study.street-point", '"points" has no code "d2"'),
        ({"street_ru": None}, "study.untranslated", ""),
        ({"street_kk": None, "street_ru": None}, "study.empty-cell", ""),
        ({"first": 46}, "study.street-order", "begin at 46 and end at 45"),
        ({"first": 2, "last": 2}, "study.street-side", "from 2 to 2 no house"),
        ({"last": 1000}, "study.street-high", '"last" is 1000; up to 999'),
        ({"flats": 2026}, "study.street-high", '"flats" is 2026'),
        ({"flats": 100}, "study.street-many", "2340 dwellings; 2000 at most"),
        ({"first": None}, "study.street-first", '"last" is filled'),
        ({"side": "left"}, "study.not-allowed", ""),
        ({"point": "n1"}, "study.street-kind", 'the point "n1" is of the kind "street"'),
    ],
)
def test_what_cannot_be_is_named(
    changed: dict[str, object], code: str, words: str, spoil: Callable[..., Path]
) -> None:
    row = [changed.get(name, value) for name, value in zip(COLUMNS, ABAY, strict=True)]
    folder = spoil(TOLE, row)
    problems = [problem for problem in told(folder) if problem.kind.code != "study.few-dwellings"]
    assert {problem.kind.code for problem in problems} == {code}
    assert words in problems[0].what("en")
    assert problems[0].place.sheet == "streets"


def test_a_house_that_stands_twice_is_named_with_both_rows(spoil: Callable[..., Path]) -> None:
    again = ["d1", "Басқа", "УЛИЦА  Абая", 40, 44, "all", None]
    said = only(spoil(ABAY, TOLE, again), "study.street-twice")
    assert "houses 41, 43 of this street" in said
    assert "row 2" in said
    assert told(spoil(ABAY, TOLE, ["d1", "Абай көшесі", "улица Абая", 2, 44, "even", None])) == []


def test_a_list_that_is_shorter_than_the_interviews_is_a_warning(
    spoil: Callable[..., Path],
) -> None:
    said = only(spoil(ABAY), "study.few-dwellings")
    assert "23 dwellings. One in 3 is drawn, 7 in all, and 10 interviews" in said
    assert check_study(spoil(ABAY))[0] is not None, "it does not stop the study"


def test_a_change_of_a_street_is_told_between_versions(
    spoil: Callable[..., Path], tmp_path: Path
) -> None:
    before = spoil(TOLE, ABAY).joinpath("study.xlsx").rename(tmp_path / "before.xlsx")
    after = spoil(TOLE, [*ABAY[:4], 47, *ABAY[5:]]) / "study.xlsx"
    (sheet,) = compare_workbooks(before, after, "study.xlsx")
    assert sheet.sheet == "streets"
    ((cell,),) = [row.cells for row in sheet.rows]
    assert (cell.column, cell.before, cell.after) == ("last", "45", "47")


def test_a_copy_on_a_made_up_city_names_no_real_street(
    spoil: Callable[..., Path], tmp_path: Path
) -> None:
    study = load_study(spoil(TOLE, ABAY))
    copy_to_fictional_city(study, tmp_path / "copy")
    book = load_workbook(tmp_path / "copy" / "study.xlsx")
    rows = list(book["streets"].iter_rows(min_row=2, max_col=4, values_only=True))
    assert [row[1:] for row in rows] == [
        ("1-көше", "Улица 1", 12),
        ("2-көше", "Улица 2", 1),
    ]
