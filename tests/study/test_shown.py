"""What tables show beside single answers, as the workbook says it: nets, order, nesting, trends."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tyndau.base.errors import Problem
from tyndau.base.frames import Column, Frame, Net, Variable
from tyndau.base.languages import Text
from tyndau.study import check_study, derive, load_study
from tyndau.study.plan import Trend

NETS = ["list", "code", "label_kk", "label_ru", "codes"]
WHO = ["banner", "population", "variable", "filter", "filter_kk", "filter_ru"]


def faults(folder: Path) -> list[tuple[str, str]]:
    """Return code and words of each error."""
    _, found = check_study(folder)
    errors = [one for one in found if one.kind.severity == "error"]
    return [(one.kind.code, _said(one)) for one in errors]


def _said(problem: Problem) -> str:
    return f"{problem.place.sheet} {problem.place.row} {problem.what('en')}"


@pytest.fixture
def scale(sheets, form) -> list[list[object]]:
    """Give the good study a scale of five points, and return the rows of its sheet of nets."""
    points = [f"p{n}" for n in range(1, 6)]
    form["survey"].append(["select_one five", "service", "Қызмет?", "Услуги?", None])
    form["choices"] += [["five", code, f"{code} kk", f"{code} ru"] for code in points]
    form["choices"].append(["five", "dont_know", "Білмеймін", "Не знаю"])
    sheets["scales"] += [["five", code, at] for at, code in enumerate(points, 1)]
    sheets["nets"] = [list(NETS)]
    return sheets["nets"]


def named(folder: Path, name: str) -> Variable:
    """Return a variable of the residents as tables see it."""
    return next(one for one in load_study(folder).variables("residents") if one.name == name)


def test_the_ends_of_a_scale_are_found_by_their_scores(study, sheets, scale) -> None:
    scale += [["five", "top2", None, None, "top2"], ["five", "low", "Төмен", "Низко", "bottom2"]]
    # A scale may run the other way: scores decide, not the order of answers.
    for row in sheets["scales"]:
        if row[0] == "five":
            row[2] = 6 - row[2]
    assert named(study(), "service").nets == (
        Net("top2", Text("Ең жоғары екі баға", "Две высшие оценки"), ("p1", "p2")),
        Net("low", Text("Төмен", "Низко"), ("p4", "p5")),
    )


def test_a_net_of_a_list_holds_for_every_question_of_it(study, scale) -> None:
    scale.append(["source", "any", "Кез келген", "Хоть откуда", "internet, people"])
    (net,) = named(study(), "sources").nets
    assert net.codes == ("internet", "people")
    assert named(study(), "sex").nets == ()


def test_nets_of_a_variable_win_over_those_of_its_list(study, scale) -> None:
    scale += [["five", "all", "Бәрі", "Все", "p1 p5"], ["service", "one", "Бір", "Один", "p1"]]
    assert [net.code for net in named(study(), "service").nets] == ["one"]


@pytest.mark.parametrize(
    ("row", "code", "words"),
    [
        (["five", "p1", "а", "а", "p1 p2"], "study.net-code-taken", '"p1"'),
        (["five", "sd", "а", "а", "p1 p2"], "study.net-code-taken", '"sd"'),
        (["five", "net", "а", "а", "p1 p9"], "study.no-code", '"p9"'),
        (["agree", "net", None, None, "top2"], "study.net-no-scale", "4 or more points"),
        (["fife", "net", "а", "а", "p1"], "study.no-list", '"fife"'),
        (["five", "net", None, None, "p1 p2"], "study.empty-cell", "C2"),
        (["five", "net", "а", "а", None], "study.empty-cell", "E2"),
    ],
)
def test_what_is_wrong_with_a_net_is_said_once(study, scale, row, code, words) -> None:
    scale.append(row)
    ((found, said),) = faults(study())
    assert found == code
    assert said.startswith("nets 2 ")
    assert words in said


def test_a_list_that_is_sorted_must_be_there(study, sheets) -> None:
    sheets["sorted"] = [["list"], ["source"]]
    assert named(study(), "sources").descending
    assert not named(study(), "sex").descending
    sheets["sorted"].append(["sauce"])
    ((code, said),) = faults(study())
    assert (code, said.startswith("sorted 3 ")) == ("study.no-list", True)


def test_nested_columns_are_named_by_all_their_variables(study, sheets) -> None:
    sheets["banners"].append(["deep", "residents", "sex * age", None, None])
    deep = load_study(study()).banners[1]
    assert deep.variables == ("sex*age",)
    assert deep.titles == (Text("Жынысыңыз? × Жасы", "Ваш пол? × Возраст"),)


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("sex * town", "study.no-variable", '"town"'),
        ("sex * years", "study.not-a-banner", '"years"'),
        ("sex * sex", "study.nested-twice", '"sex"'),
        ("sex *", "study.wrong-value", "* between them"),
    ],
)
def test_what_is_wrong_in_a_nesting_is_said_once(study, sheets, name, code, words) -> None:
    sheets["banners"].append(["deep", "residents", name, None, None])
    ((found, said),) = faults(study())
    assert found == code
    assert words in said


def test_a_filter_stands_once_for_all_columns_of_a_banner(study, sheets) -> None:
    sheets["banners"] = [
        list(WHO),
        ["useful", "residents", "sex", "${useful} = 'yes' and ${age} = '30+'", None, None],
        ["useful", "residents", "age", None, "Пайдалы дейтіндер", "Считающие полезным"],
    ]
    (banner,) = load_study(study()).banners
    assert banner.among is not None
    assert banner.among.condition.names == {"useful", "age"}
    assert banner.among.words == Text("Пайдалы дейтіндер", "Считающие полезным")


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        (("${useful} = 'yes'", None), (None, None), "study.filter-words"),
        (("${useful} = 'yes'", "Кто"), ("${useful} = 'no'", None), "study.filters-differ"),
        (("${usefull} = 'yes'", "Кто"), (None, None), "study.no-variable"),
        (("${useful} = ", "Кто"), (None, None), "form.bad-expression"),
    ],
)
def test_what_is_wrong_with_a_filter_is_said_once(study, sheets, first, second, code) -> None:
    sheets["banners"] = [
        list(WHO),
        ["useful", "residents", "sex", first[0], first[1], first[1]],
        ["useful", "residents", "age", second[0], second[1], second[1]],
    ]
    assert [found for found, _ in faults(study())] == [code]


def test_categories_that_overlap_hold_a_row_in_each(study: Callable[..., Path], sheets) -> None:
    for row, over in zip(sheets["derived"], ("overlap", "yes", None), strict=True):
        row.append(over)
    sheets["derived"][2][7] = "${years} >= 18"
    loaded = load_study(study())
    variable = named(loaded.folder, "age")
    assert variable.kind == "multiple"
    years = np.array([20.0, 40.0, 10.0, 17.0, np.nan])
    column = Column(Variable("years", "number", Text()), years, np.array([1, 1, 1, 0, 1], bool))
    derived = derive(loaded, "residents", Frame(np.arange(5).astype(str), {"years": column}))["age"]
    # Under 30; 18 and older. Who was not asked is neither.
    assert derived.values.tolist() == [
        [True, True], [False, True], [True, False], [False, False], [False, False]
    ]  # fmt: skip
    assert derived.asked.tolist() == [True, True, True, False, False]


def test_trends_say_what_a_wave_called_a_variable(study, sheets) -> None:
    sheets["trends"] = [
        ["wave", "population", "variable", "was", "break"],
        ["2025", "residents", "useful", "q7", None],
        ["2026", "residents", "sources", None, "yes"],
    ]
    assert load_study(study()).trends == (
        Trend("2025", "residents", "useful", "q7", False),
        Trend("2026", "residents", "sources", "", True),
    )
    sheets["trends"][1][2] = "usefull"
    ((code, said),) = faults(study())
    assert (code, said.startswith("trends 2 ")) == ("study.no-variable", True)
