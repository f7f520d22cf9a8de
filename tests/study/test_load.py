"""A study's folder: workbook and forms, each spoilt in one way, and all ways at once."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tyndau.base.errors import Problem, UserError, where
from tyndau.base.languages import Text
from tyndau.study import Thresholds, check_study, load_study


def found(folder: Path, *, severity: str = "error") -> list[Problem]:
    study, problems = check_study(folder)
    assert (study is None) == any(p.kind.severity == "error" for p in problems)
    return [problem for problem in problems if problem.kind.severity == severity]


def told(folder: Path) -> list[Problem]:
    """Return errors and warnings."""
    return [problem for problem in check_study(folder)[1] if problem.kind.severity != "hint"]


def only(folder: Path, code: str, *, severity: str = "error") -> str:
    """Return place and words of the one problem of that severity."""
    problems = found(folder, severity=severity)
    assert [problem.kind.code for problem in problems] == [code]
    (problem,) = problems
    assert problem.remedy("en")
    return f"{where(problem.place, 'en')}: {problem.what('en')} {problem.remedy('en')}"


def test_a_good_study_is_loaded(study: Callable[..., Path]) -> None:
    folder = study()
    loaded, problems = check_study(folder)
    assert [p for p in problems if p.kind.severity != "hint"] == []
    assert loaded is not None
    assert loaded.title == Text("Қала тұрғындарының пікірі", "Мнение жителей города")
    assert (loaded.start, loaded.end) == (date(2026, 5, 1), date(2026, 5, 20))
    assert loaded.languages == ("kk", "ru")
    assert loaded.inference == "model"
    assert loaded.thresholds == Thresholds(30, 100, 10)
    assert loaded.scales == {"agree": {"yes": 1.0, "no": -0.5}}
    assert list(loaded.forms) == ["residents"]
    assert loaded.forms["residents"].path == "forms/residents.xlsx"
    (banner,) = loaded.banners
    assert banner.variables == ("sex", "age")
    assert banner.titles == (Text("Жынысы", "Пол"), Text("Жасы", "Возраст"))


def test_a_banner_names_the_questions_that_it_never_stands_over(
    sheets: dict[str, list[list[object]]], study: Callable[..., Path]
) -> None:
    sheets["banners"][0].append("not_for")
    sheets["banners"][1].append("useful, sources")
    (banner,) = load_study(study()).banners
    assert banner.not_for == {"sex": frozenset({"useful", "sources"})}
    sheets["banners"][1][5] = "usefull"
    assert 'row 2, column "not_for"' in only(study(), "study.no-variable")


def test_numbers_serve_as_codes_and_words_of_three_languages_as_yes(study) -> None:
    loaded = load_study(study())
    town, north, far = loaded.territories
    assert (town.code, north.parent) == ("1", "1")
    assert (north.newly_annexed, north.remote, north.new_microdistrict) == (True, False, True)
    assert (far.newly_annexed, far.remote, far.new_microdistrict) == (False, True, False)


def test_variables_have_scores_and_derived_ones_stand_last(study, sheets) -> None:
    sheets["scales"] += [["age", "18-29", 1], ["age", "30+", 2]]
    variables = {v.name: v for v in load_study(study()).variables("residents")}
    assert list(variables) == ["sex", "years", "useful", "sources", "why", "age"]
    scores = {c.code: c.score for c in variables["useful"].categories}
    assert scores == {"yes": 1.0, "no": -0.5, "dont_know": None, "refused": None}
    assert [c.score for c in variables["age"].categories] == [1.0, 2.0]
    assert not variables["sex"].is_scale
    assert variables["age"].base == Text()


def test_scores_under_a_variable_win_over_those_of_its_list(study, sheets) -> None:
    sheets["scales"] += [["useful", "yes", 10], ["useful", "no", 0]]
    variables = {v.name: v for v in load_study(study()).variables("residents")}
    assert [c.score for c in variables["useful"].categories] == [10.0, 0.0, None, None]


def test_a_multiple_response_has_no_scores(study, sheets, form) -> None:
    form["survey"].append(["select_multiple agree", "both", "Қайсысы?", "Что из этого?", None])
    variables = {v.name: v for v in load_study(study()).variables("residents")}
    assert variables["useful"].is_scale
    assert not variables["both"].is_scale


def test_sheets_may_be_absent(study, sheets) -> None:
    for name in ("territories", "banners", "scales", "derived"):
        del sheets[name]
    loaded = load_study(study())
    assert (loaded.territories, loaded.banners, loaded.derived) == ((), (), ())


def test_languages_zone_and_thresholds_may_be_left_to_their_defaults(study, sheets) -> None:
    rows = sheets["study"]
    sheets["study"] = [row for row in rows if row[0] not in ("languages", "time_zone")]
    loaded = load_study(study())
    assert loaded.languages == ("kk", "ru")
    assert loaded.time_zone == "Asia/Almaty"


# The folder


def test_no_folder(tmp_path: Path) -> None:
    assert "There is no folder" in only(tmp_path / "nowhere", "study.no-folder")


def test_a_file_in_place_of_the_folder_names_the_folder(study) -> None:
    folder = study()
    for file in (folder / "study.xlsx", folder / "forms" / "residents.xlsx"):
        words = only(file, "study.not-a-folder")
        assert f'"{file}" is a file, but a study is a folder' in words
        assert f'Name the folder of the study: "{folder}".' in words
    (folder.parent / "notes.txt").write_text("x")
    assert f'"{folder.parent}".' in only(folder.parent / "notes.txt", "study.not-a-folder")


def test_no_workbook_still_checks_the_forms(study, form) -> None:
    form["survey"].append(["select_one missing", "extra", "x", "x", None])
    folder = study()
    (folder / "study.xlsx").unlink()
    codes = [problem.kind.code for problem in found(folder)]
    assert codes[0] == "study.no-workbook"
    assert any(code.startswith("form.") for code in codes)


def test_no_forms(study) -> None:
    folder = study()
    (folder / "forms" / "residents.xlsx").rename(folder / "forms" / "~$residents.xlsx")
    assert [problem.kind.code for problem in found(folder)] == ["study.no-forms"]


def test_two_forms_of_one_population(study) -> None:
    folder = study()
    content = (folder / "forms" / "residents.xlsx").read_bytes()
    (folder / "forms" / "residents.xlsm").write_bytes(content)
    words = only(folder, "study.form-twice")
    assert "residents.xlsm" in words


def test_a_form_whose_name_is_no_population(study, form) -> None:
    words = only(study(residents=form, **{"тұрғындар": form}), "study.form-name")
    assert "forms/тұрғындар.xlsx" in words


def test_a_form_with_errors_causes_no_further_ones(study, form) -> None:
    form["survey"].append(["select_one missing", "extra", "x", "x", None])
    problems = found(study())
    assert problems
    assert all(problem.kind.code.startswith("form.") for problem in problems)


def test_what_is_not_compared_with_an_unread_form_is_told_once(study, sheets, form) -> None:
    sheets["banners"][1][2] = "sexx"
    form["survey"].append(["select_one missing", "extra", "x", "x", None])
    words = only(study(), "study.not-compared", severity="warning")
    assert "Forms that cannot be read: residents." in words
    for name in ("banners", "scales", "derived"):
        del sheets[name][1:]
    assert only(study(), "study.no-banners", severity="warning")


def test_without_a_banner_tables_have_the_total_only(study, sheets) -> None:
    del sheets["banners"][1:]
    assert 'tables will have the column "total" only' in only(
        study(), "study.no-banners", severity="warning"
    )
    sheets["banners"] = []
    assert only(study(), "study.no-banners", severity="warning")
    del sheets["banners"]
    assert only(study(), "study.no-banners", severity="warning")


def test_a_form_that_lacks_a_language_is_a_warning(study, form) -> None:
    for rows in (form["survey"], form["choices"]):
        for row in rows:
            del row[2]
    form["settings"][1][3] = "Русский (ru)"
    codes = [p.kind.code for p in check_study(study())[1] if p.kind.severity == "warning"]
    assert "study.form-language" in codes


# Sheets, columns, cells


def test_an_empty_workbook(study, sheets) -> None:
    sheets.clear()
    sheets["Лист1"] = []
    words = only(study(), "study.no-sheet")
    assert 'no sheet "study"' in words
    assert "Лист1" in words


def test_an_empty_study_sheet(study, sheets) -> None:
    sheets["study"] = []
    assert "key, population, value, kk, ru" in only(study(), "study.empty-sheet")


def test_notes_beside_the_table_are_no_row_of_it(study, sheets) -> None:
    sheets["scales"][0].append("our notes")
    sheets["scales"].append([None, None, None, "ask Aigul"])
    folder = study()
    assert found(folder) == []
    assert '"our notes"' in only(folder, "study.unknown-column", severity="warning")


def test_a_misspelt_sheet_suggests_the_nearest_name(study, sheets) -> None:
    sheets["banner"] = sheets.pop("banners")
    first, second = found(study(), severity="warning")
    assert (first.kind.code, second.kind.code) == ("study.unknown-sheet", "study.no-banners")
    assert "the nearest name first: banners" in first.remedy("en")


def test_names_of_sheets_and_headings_may_have_capitals_and_spaces(study, sheets) -> None:
    sheets["Banners "] = sheets.pop("banners")
    sheets["Banners "][0] = ["Banner", " POPULATION", "variable", "Title KK", "title_ru"]
    assert load_study(study()).banners[0].titles[0].kk == "Жынысы"


def test_a_missing_column(study, sheets) -> None:
    sheets["banners"][0][2] = "varable"
    problems = check_study(study())[1]
    (error,) = [p for p in problems if p.kind.severity == "error"]
    assert error.kind.code == "study.no-column"
    assert 'no column "variable"; its columns are: varable' in error.what("en")
    (warning,) = [p for p in problems if p.kind.severity == "warning"]
    assert "the nearest name first: variable" in warning.remedy("en")


def test_a_column_that_stands_twice(study, sheets) -> None:
    for row in sheets["scales"]:
        row.append(row[2])
    assert "two columns: C and D" in only(study(), "study.column-twice")


def test_a_wrong_type_names_cell_value_and_expectation(study, sheets) -> None:
    sheets["scales"][1][2] = "много"
    words = only(study(), "study.wrong-value")
    assert words.startswith('study.xlsx, sheet "scales", row 2, column "score": Cell C2')
    assert 'holds "много"; expected: a number.' in words


def test_a_code_that_excel_made_a_date_of(study, sheets) -> None:
    sheets["derived"][1][4] = date(2026, 10, 12)
    words = only(study(), "study.date-for-code")
    assert "E2 holds the date 2026-10-12" in words
    assert "Format the column as Text" in words


def test_an_empty_cell(study, sheets) -> None:
    sheets["territories"][2][1:3] = [None, None]
    words = only(study(), "study.empty-cell")
    assert 'row 3, column "name_kk": Cell B3 is empty' in words


def test_a_duplicate_code_names_both_rows(study, sheets) -> None:
    sheets["territories"].append(["north", "Тағы", "Ещё", None, None, None, None])
    words = only(study(), "study.twice")
    assert 'row 5, column "code"' in words
    assert '"north" stands twice: here and in row 3' in words


def test_a_number_and_a_text_are_one_code(study, sheets) -> None:
    sheets["territories"].append(["1", "Тағы", "Ещё", None, None, None, None])
    assert only(study(), "study.twice")


def test_a_missing_translation_is_a_warning(study, sheets) -> None:
    sheets["territories"][3][1] = "\u00a0"
    words = only(study(), "study.untranslated", severity="warning")
    assert 'Cell B4 has no text: "Дальнее село" is not translated into the language "kk"' in words


@pytest.mark.parametrize("dash", ["-", "–", " — "])
def test_a_dash_is_no_translation(study, sheets, dash: str) -> None:
    sheets["territories"][3][1] = dash
    words = only(study(), "study.untranslated", severity="warning")
    assert 'Cell B4 has no text: "Дальнее село"' in words


def test_a_missing_column_of_translations_is_one_warning(study, sheets) -> None:
    for row in sheets["territories"]:
        del row[1]
    words = only(study(), "study.no-translations", severity="warning")
    assert 'no column "name_kk"' in words


def test_a_study_in_one_language_misses_no_translation(study, sheets) -> None:
    sheets["study"][9][1] = "ru"
    for name, column in (("territories", 1), ("derived", 5)):
        for row in sheets[name][1:]:
            row[column] = None
    assert found(study(), severity="warning") == []


def spoil(folder: Path, sheet: str, cell: str, value: object) -> Path:
    path = folder / "study.xlsx"
    book = load_workbook(path)
    book[sheet][cell] = value
    book.save(path)
    return folder


def test_a_formula_without_value(study) -> None:
    folder = spoil(study(), "scales", "C2", "=1+1")
    assert "Cell C2 holds a formula" in only(folder, "study.formula-without-value")


@pytest.mark.parametrize(
    ("sheet", "cell"),
    [("study", "C3"), ("study", "C2"), ("territories", "B2"), ("banners", "D2"), ("derived", "C2")],
)
def test_a_text_without_value_is_told_once(study, sheet: str, cell: str) -> None:
    folder = spoil(study(), sheet, cell, '="a"&"b"')
    assert [problem.kind.code for problem in told(folder)] == ["study.formula-without-value"]


def test_texts_that_are_all_without_value_are_not_missing(study) -> None:
    folder = study()
    for cell in ("C2", "D2", "C13", "D13"):
        spoil(folder, "study", cell, '="a"&"b"')
    for cell in ("C2", "D2"):
        spoil(folder, "derived", cell, '="a"&"b"')
    assert {problem.kind.code for problem in told(folder)} == {"study.formula-without-value"}


def test_an_error_value(study) -> None:
    folder = spoil(study(), "scales", "C2", "#REF!")
    assert "Cell C2 shows the error #REF!" in only(folder, "study.error-value")


def test_formulas_with_values_and_references_to_other_workbooks(study) -> None:
    import xlsxwriter

    folder = study()
    book = load_workbook(folder / "study.xlsx")
    with xlsxwriter.Workbook(folder / "study.xlsx") as written:
        for old in book:
            sheet = written.add_worksheet(old.title)
            for number, row in enumerate(old.values):
                sheet.write_row(number, 0, row)
            if old.title == "scales":
                sheet.write_formula("C2", "=2-1", None, 1)
                sheet.write_formula("B3", "=[codes.xlsx]Codes!A7", None, "no")
    problems = check_study(folder)[1]
    (error,) = [p for p in problems if p.kind.severity == "error"]
    assert error.kind.code == "study.external-reference"
    assert "B3" in error.what("en")
    (warning,) = [p for p in problems if p.kind.severity == "warning"]
    assert 'C2 holds a formula; its last computed value "1" was taken' in warning.what("en")


def test_cells_merged_across_columns(study) -> None:
    folder = study()
    book = load_workbook(folder / "study.xlsx")
    book["banners"].merge_cells("D2:E2")
    book["territories"].merge_cells("A2:C2")
    book.save(folder / "study.xlsx")
    problems = told(folder)
    assert [problem.kind.code for problem in problems] == ["study.merged-cells"] * 2
    assert [problem.values["range"] for problem in problems] == ["A2:C2", "D2:E2"]


def test_a_hundred_thousand_rows_are_one_error(study) -> None:
    import xlsxwriter

    folder = study()
    book = load_workbook(folder / "study.xlsx")
    with xlsxwriter.Workbook(folder / "study.xlsx") as written:
        for old in book:
            sheet = written.add_worksheet(old.title)
            for number, row in enumerate(old.values):
                sheet.write_row(number, 0, row)
            for number in range(100_000 if old.title == "territories" else 0):
                sheet.write_row(number + 4, 0, [f"t{number}", "ауыл", "село"])
    words = only(folder, "study.many-rows")
    assert 'sheet "territories"' in words
    assert "more than 10000 filled rows" in words


# The sheet "study"


@pytest.mark.parametrize(
    ("key", "column", "value", "code", "words"),
    [
        ("title", 2, None, "study.untranslated", 'not translated into the language "kk"'),
        ("customer", 2, "-", "study.untranslated", 'not translated into the language "kk"'),
        ("customer", 0, "custommer", "study.unknown-key", "the nearest name first: customer"),
        ("mode", 0, None, "study.empty-cell", "A7 is empty"),
        ("start", 1, "весна", "study.wrong-value", "a date such as 2026-05-01"),
        ("start", 1, "2026-06-01", "study.date-order", "before it starts on 2026-06-01"),
        ("start", 1, None, "study.no-words", '"start" is missing or empty'),
        ("languages", 1, "kz", "study.wrong-value", "kk, ru, or both"),
        ("time_zone", 1, "Asia/Taraz", "study.wrong-value", 'holds "Asia/Taraz"'),
        ("latitude", 1, "42,9 N", "study.wrong-value", "42,9 N"),
        ("latitude", 1, 142.9, "study.place-range", "must lie between -90 and 90"),
        ("time_zone", 1, "../etc", "study.wrong-value", 'holds "../etc"'),
        ("inference", 1, "modell", "study.not-allowed", "one of: model, none, design"),
        ("inference", 1, None, "study.no-key", "needed: design, model, none"),
        ("inference_model", 3, None, "study.no-model-words", 'in the language "ru"'),
    ],
)
def test_keys(study, sheets, key: str, column: int, value: object, code: str, words: str) -> None:
    row = next(row for row in sheets["study"] if row[0] == key)
    row[column] = value
    problems = {p.kind.code: p for p in check_study(study())[1]}
    assert code in problems
    assert words in problems[code].what("en") + problems[code].remedy("en")


def test_a_place_has_both_degrees(study, sheets) -> None:
    assert load_study(study()).place == (42.9, 71.37)
    sheets["study"] = [row for row in sheets["study"] if row[0] != "longitude"]
    (problem,) = [p for p in check_study(study())[1] if p.kind.code == "study.half-place"]
    assert "longitude" in problem.what("en")
    sheets["study"] = [row for row in sheets["study"] if row[0] != "latitude"]
    assert load_study(study()).place is None


def of_population(sheets, *row: object) -> None:
    """Say something in the sheet ``study`` of one population."""
    for one in sheets["study"]:
        one.append(None)
    sheets["study"][0][4] = "population"
    sheets["study"].append(list(row))


def test_a_population_may_have_an_inference_of_its_own(study, sheets) -> None:
    of_population(sheets, "inference", "none", None, None, "residents")
    loaded, _ = check_study(study())
    assert loaded is not None
    assert (loaded.inference, loaded.inference_of("residents")) == ("model", "none")
    assert loaded.inference_of("experts") == "model"


@pytest.mark.parametrize(
    ("row", "code", "words"),
    [
        (("inference", "nune", None, None, "residents"), "study.not-allowed", "B16"),
        (("inference", None, None, None, "residents"), "study.no-key", "design, model, none"),
        (("inference", "none", None, None, "online"), "study.no-population", "residents"),
        (("mode", None, "Үй", "Дом", "residents"), "study.key-of-whole", "inference"),
        (("inference", "none", None, None, None), "study.twice", 'column "key"'),
    ],
)
def test_what_is_said_of_a_population_is_checked(study, sheets, row, code, words) -> None:
    of_population(sheets, *row)
    problems = {p.kind.code: p for p in check_study(study())[1]}
    assert code in problems
    problem = problems[code]
    said = where(problem.place, "en") + problem.what("en") + problem.remedy("en")
    assert words in said


def test_placeholders_of_the_template_are_named_each(study, sheets) -> None:
    sheets["study"][2][2:4] = ["[Тапсырыс берушінің атауы]", "[Название заказчика]"]
    sheets["study"][12][3] = "[Модель]"
    sheets["study"][3][3] = "Исполнитель [уточнить]"
    problems = found(study(), severity="warning")
    assert [problem.kind.code for problem in problems] == ["study.placeholder"] * 3
    assert [problem.values["cell"] for problem in problems] == ["C3", "D3", "D13"]
    assert 'Cell D3: "[Название заказчика]" still stands as in the template' in problems[1].what(
        "en"
    )
    assert '"customer"' in problems[1].remedy("en")
    sheets["study"][9][1] = "ru"
    assert [p.values["cell"] for p in found(study(), severity="warning")] == ["D3", "D13"]


def test_a_title_is_needed(study, sheets) -> None:
    del sheets["study"][1]
    assert 'The key "title" is missing' in only(study(), "study.no-key")


def test_a_text_in_the_column_of_values(study, sheets) -> None:
    sheets["study"][2] = ["customer", "Заказчик", None, None]
    words = only(study(), "study.wrong-column")
    assert 'has "Заказчик" in the column "value"' in words
    assert "Move it to: kk, ru" in words


@pytest.mark.parametrize(
    ("row", "column", "columns"),
    [
        (["customer", "Новый заказчик", "Тапсырыс беруші", "Заказчик"], 1, "kk, ru"),
        (["customer", "Новый заказчик", None, "Заказчик"], 1, "kk, ru"),
        (["start", "2026-05-01", None, "весной"], 3, "value"),
    ],
)
def test_a_text_beside_those_that_are_read_is_never_dropped_in_silence(
    study, sheets, row: list[object], column: int, columns: str
) -> None:
    at = next(at for at, one in enumerate(sheets["study"]) if one[0] == row[0])
    sheets["study"][at] = row
    problems = {p.kind.code: p for p in told(study())}
    words = problems["study.text-beside"].what("en") + problems["study.text-beside"].remedy("en")
    assert f'Cell {"ABCD"[column]}{at + 1}: "{row[column]}" is not read' in words
    assert f"is read from: {columns}" in words


def test_a_dash_in_the_column_of_values_is_no_text(study, sheets) -> None:
    sheets["study"][2] = ["customer", "–", "Тапсырыс беруші", "Заказчик"]
    assert told(study()) == []


def test_a_key_that_stands_twice(study, sheets) -> None:
    sheets["study"].append(["mode", None, "Телефонмен", "По телефону"])
    assert '"mode" stands twice: here and in row 7' in only(study(), "study.twice")


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("hide_below", 0, "study.wrong-value"),
        ("hide_below", "ten", "study.wrong-value"),
        ("hide_below", 150, "study.threshold-order"),
        ("people_below", 40, "study.threshold-order"),
    ],
)
def test_thresholds_are_positive_and_ordered(study, sheets, key, value, code) -> None:
    sheets["study"].append([key, value, None, None])
    assert only(study(), code)


@pytest.mark.parametrize(("key", "name"), [("weight", "sex"), ("cluster", "sources")])
def test_columns_of_the_sample_can_serve_as_such(study, sheets, key, name) -> None:
    sheets["study"].append([key, name, None, None])
    assert f'"{name}" of the form "residents" cannot' in only(study(), "study.sample-column")


def test_columns_of_the_sample_may_come_with_the_data(study, sheets) -> None:
    sheets["study"] += [["weight", "w_final", None, None], ["cluster", "point", None, None]]
    assert load_study(study()).sample.cluster == "point"


# Sheets against forms and against each other


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value", "code", "words"),
    [
        (
            "territories",
            2,
            3,
            "2",
            "study.no-parent",
            "D3: there is no territory with",
        ),
        ("territories", 1, 3, "far", "study.circular-territory", "1 → far → north → 1"),
        ("banners", 1, 1, "resident", "study.no-population", "that have a form: residents"),
        ("banners", 1, 2, "sexx", "study.no-variable", "the nearest names first: sex"),
        ("banners", 1, 2, "why", "study.not-a-banner", "its answer is free text"),
        ("banners", 1, 2, "years", "study.not-a-banner", "its answer is a number"),
        ("scales", 1, 0, "agre", "study.no-list", "the nearest names first: agree"),
        ("scales", 1, 0, "sources", "study.no-list", '"sources" is neither'),
        ("scales", 1, 1, "yess", "study.no-code", 'no answer with the code "yess"'),
        ("scales", 1, 1, "dont_know", "study.scored-non-answer", '"dont_know" means'),
        ("derived", 1, 7, "${yeers} < 30", "study.no-variable", "first: years"),
        ("derived", 1, 7, "${thanks} = ''", "study.not-a-column", "its type is note"),
        ("derived", 1, 7, "random() < 0.5", "study.not-computable", "random() < 0.5"),
        ("derived", 1, 7, "${years} < ", "form.bad-expression", "years"),
        ("derived", 1, 7, "${age} = '30+'", "study.circular-derivation", "age → age"),
    ],
)
def test_references(study, sheets, sheet, row, column, value, code, words) -> None:
    sheets[sheet][row][column] = value
    errors = [p for p in found(study()) if p.kind.code == code]
    assert len(errors) == 1
    assert words in errors[0].what("en") + errors[0].remedy("en")
    assert errors[0].place.file == "study.xlsx"
    assert errors[0].place.sheet == sheet
    assert errors[0].place.row in (row + 1, 2)


def test_a_derived_variable_may_not_take_a_questions_name(study, sheets) -> None:
    sheets["derived"].append(
        ["sex", "residents", "Жынысы", "Пол", "any", "Кез келген", "Любой", "true()"]
    )
    assert '"sex" is a question of the form' in only(study(), "study.name-clash")


def test_derived_variables_may_use_each_other_in_any_order(study, sheets) -> None:
    sheets["derived"].insert(
        1, ["young", "residents", "Жас", "Молодой", "yes", "Иә", "Да", "${age} = '18-29'"]
    )
    assert [one.name for one in load_study(study()).derived] == ["young", "age"]


def test_a_circle_of_derived_variables_is_one_error(study, sheets) -> None:
    sheets["derived"].insert(
        1, ["young", "residents", "Жас", "Молодой", "yes", "Иә", "Да", "${age} = '18-29'"]
    )
    sheets["derived"][2][7] = "${young} = 'yes'"
    words = only(study(), "study.circular-derivation")
    assert "young → age → young" in words or "age → young → age" in words


def test_a_derived_variable_needs_a_label(study, sheets) -> None:
    sheets["derived"][1][2:4] = [None, None]
    assert "C2 is empty" in only(study(), "study.empty-cell")


@pytest.mark.parametrize("condition", ["${useful} = 'yess'", "selected(${sources}, 'yess')"])
def test_a_code_that_no_answer_has_is_a_warning(study, sheets, condition) -> None:
    sheets["derived"][1][7] = condition
    words = only(study(), "study.code-in-condition", severity="warning")
    assert 'with "yess", which it never answers' in words


def test_an_answer_without_a_score_is_a_warning(study, sheets) -> None:
    del sheets["scales"][2]
    words = only(study(), "study.scale-gap", severity="warning")
    assert "gives no score to: no." in words


def test_codes_of_non_answers_are_to_be_marked_in_the_form(study, sheets, form) -> None:
    form["choices"].append(["agree", "99", "Айтпады", "Не сказал"])
    words = only(study(), "study.scale-gap", severity="warning")
    assert 'mark it in the column "meaning" of the sheet "choices" of the form' in words
    form["choices"][0].append("meaning")
    form["choices"][-1].append("refused")
    assert found(study(), severity="warning") == []


def test_all_problems_come_at_once(study, sheets) -> None:
    sheets["study"][7][1] = "весна"
    sheets["territories"][2][3] = "nowhere"
    sheets["banners"][1][2] = "sexx"
    sheets["scales"][1][2] = "много"
    sheets["derived"][1][7] = "${yeers} < 30"
    folder = study()
    codes = [problem.kind.code for problem in found(folder)]
    assert codes == [
        "study.wrong-value",
        "study.no-parent",
        "study.no-variable",
        "study.wrong-value",
        "study.no-variable",
    ]
    with pytest.raises(UserError) as caught:
        load_study(folder)
    assert [problem.kind.code for problem in caught.value.problems] == codes
    assert caught.value.exit_code == 3
