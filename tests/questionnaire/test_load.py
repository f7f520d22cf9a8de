"""Loading: what is read, and one clear error, with every problem in it, for what cannot be."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from tyndau.base.errors import Problem, UserError
from tyndau.base.languages import Text
from tyndau.questionnaire import Form, child, lint, load_form, load_forms, read_form

HEAD = ("type", "name", "label::Қазақша (kk)", "label::Русский (ru)", "relevant", "calculation")
CHOICES = ("list_name", "name", "label::Қазақша (kk)", "label::Русский (ru)")
YES_NO = [CHOICES, ("yn", "y", "Иә", "Да"), ("yn", "n", "Жоқ", "Нет")]

Sheets = dict[str, list[tuple[object, ...]]]


def _write(path: Path, sheets: Sheets) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def _problems(call: Callable[[], object]) -> list[Problem]:
    with pytest.raises(UserError) as caught:
        call()
    return list(caught.value.problems)


def _codes(problems: list[Problem]) -> list[tuple[str, int]]:
    return [(problem.kind.code, problem.place.row) for problem in problems]


def _survey(*rows: str, choices: str = "") -> str:
    head = "| survey |\n| | type | name | label | relevant | calculation | constraint |\n"
    body = "".join(f"| | {row} |\n" for row in rows)
    return head + body + (f"\n| choices |\n| | list_name | name | label |\n{choices}")


def test_a_workbook_is_read(tmp_path: Path) -> None:
    sheets: Sheets = {
        "survey": [
            HEAD,
            ("begin_group", "g", "Топ", "Группа", "${age} > 17", None),
            ("select_one yn", "knows", "Білесіз бе?", "Знаете?", "${age} < 60", None),
            (),
            ("end_group", None, None, None, None, None),
            ("integer", "age", "Жасыңыз?", "Возраст?", None, None),
            ("calculate", "old", None, None, None, "if(${age} > 60, 'yes', 'no')"),
        ],
        "choices": [*YES_NO, ("yn", 9, "Білмеймін", "Не знаю")],
        "settings": [("form_title", "form_id", "version"), ("Опрос", "survey1", 3)],
    }
    form = load_form(_write(tmp_path / "residents.xlsx", sheets), shown="forms/residents.xlsx")
    assert (form.population, form.path, form.id, form.version) == (
        "residents", "forms/residents.xlsx", "survey1", "3",
    )  # fmt: skip
    assert form.title == Text("Опрос", "Опрос")
    assert form.languages == ("kk", "ru")
    knows = form["knows"]
    assert knows.label == Text("Білесіз бе?", "Знаете?")
    assert [choice.category.code for choice in knows.choices] == ["y", "n", "9"]
    assert (knows.row, form["age"].row, knows.choices[2].row) == (3, 6, 4)
    assert knows.groups == ("g",)
    assert knows.own_route is not None and knows.own_route.source == "${age} < 60"
    assert knows.route is not None and knows.route.names == {"age"}
    assert "17" in knows.route.source
    assert form["old"].calculation is not None
    assert b"<h:html" in form.xform
    assert [problem.kind.code for problem in form.warnings] == ["form.asked-later"] * 2


def test_a_group_keeps_its_title(tmp_path: Path) -> None:
    rows = [
        HEAD,
        ("begin_group", "safety", "Қауіпсіздік", "Безопасность"),
        ("select_one yn", "q1", "Иә ме?", "Да?"),
        ("end_group",),
    ]
    form = load_form(_write(tmp_path / "f.xlsx", {"survey": rows, "choices": YES_NO}))
    assert form.groups == {"safety": Text("Қауіпсіздік", "Безопасность")}
    assert form["q1"].groups == ("safety",)


def test_all_problems_are_found_at_once() -> None:
    text = _survey(
        "select_oen yn | a | A | | |",
        "select_one nolist | b | B | ${typo} = 1 | |",
        "text | b | B | | |",
        "text | c d | C | | |",
        "text | e | E ${gone} | ${a} = ‘y’ | |",
        "text | | F | | |",
        "end_group | | | | |",
        "begin_group | g | G | | |",
        choices="| | yn | y | Да |\n| | yn | y | Нет |\n| | yn | | Пусто |\n"
        "| | yn | mean | Средне |\n",
    )
    assert _codes(_problems(lambda: read_form(text, "md"))) == [
        ("form.unknown-type", 3),
        ("form.no-such-list", 4),
        ("form.unknown-name", 4),
        ("form.duplicate-name", 5),
        ("form.bad-name", 6),
        ("form.bad-expression", 7),
        ("form.unknown-name", 7),
        ("form.no-name", 8),
        ("form.unbalanced-group", 9),
        ("form.unbalanced-group", 10),
        ("form.duplicate-code", 15),
        ("form.no-code", 16),
        ("form.reserved-code", 17),
    ]


def test_a_problem_says_what_was_meant() -> None:
    text = _survey(
        "select_one yesno | knows | A | | |",
        "text | why | B | ${konws} = 'y' | |",
        choices="| | yes_no | y | Да |\n",
    )
    no_list, no_name = _problems(lambda: read_form(text, "md"))
    assert no_list.what("en") == 'There is no choice list "yesno"; "yes_no" was probably meant.'
    assert '"knows" was probably meant' in no_name.what("en")
    assert (no_name.place.file, no_name.place.sheet, no_name.place.column) == (
        "form.md", "survey", "relevant",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "cycle", "row"),
    [
        (["text | a | A | ${b} = '1' | |", "text | b | B | ${a} = '1' | |"], "a → b → a", 3),
        (["text | a | A | | |", "text | b | B | ${b} = '1' | |"], "b → b", 4),
        (["begin_group | g | G | ${a} = '1' | |", "text | a | A | | |", "end_group | | | | |"],
         "a → a", 4),
        (["calculate | a | | | ${c} + 1 |", "text | b | B | ${a} = 2 | |",
          "calculate | c | | | if(${b} = 'x', 1, 2) |"], "a → c → b → a", 3),
    ],
)  # fmt: skip
def test_circular_routing_names_its_circle(rows: list[str], cycle: str, row: int) -> None:
    (problem,) = _problems(lambda: read_form(_survey(*rows), "md"))
    assert problem.kind.code == "form.circular"
    assert f"{cycle}." in problem.what("en")
    assert problem.place.row == row


def test_two_constraints_may_refer_to_each_other() -> None:
    text = _survey(
        "integer | a | A | | | . < ${b} or ${b} = ''",
        "integer | b | B | | | . > ${a}",
    )
    assert read_form(text, "md")["a"].constraint.startswith(". <")


def test_a_form_of_many_circles_and_chains_is_checked_quickly() -> None:
    rows = [f"calculate | c{n} | | | ${{c{n - 1}}} + 1 |" for n in range(1, 3000)]
    text = _survey("calculate | c0 | | | ${c2999} |", *rows)
    (problem,) = _problems(lambda: read_form(text, "md"))
    assert problem.kind.code == "form.circular"


def test_csv_notation_in_excels_own_encoding(tmp_path: Path) -> None:
    lines = (
        "survey;;;\n;type;name;label::Русский (ru)\n;select_one yn;q;Да или «нет»?\n"
        "choices;;;\n;list_name;name;label::Русский (ru)\n;yn;y;Да\n;yn;n;Нет\n"
    )
    path = tmp_path / "q.csv"
    path.write_bytes(lines.encode("cp1251"))
    form = load_form(path)
    assert form["q"].label.ru == "Да или «нет»?"
    assert (form["q"].row, form["q"].choices[1].row) == (3, 7)


def test_or_other_and_choices_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "villages.csv").write_text("name,label\nv1,Айша бибі\nv2,Сарыкемер\n", "utf-8")
    sheets: Sheets = {
        "survey": [
            ("type", "name", "label"),
            ("select_one yn or_other", "q", "Вопрос"),
            ("select_one_from_file villages.csv", "v", "Село"),
        ],
        "choices": [("list_name", "name", "label"), ("yn", "y", "Да")],
    }
    form = load_form(_write(tmp_path / "q.xlsx", sheets))
    assert [choice.category.meaning for choice in form["q"].choices] == ["", "other"]
    assert form["q"].choices[1].category.label == Text("Басқа", "Другое")
    assert form["q_other"].label == Text("Нақтылап айтыңыз", "Уточните")
    route = form["q_other"].route
    assert route is not None and route.source == "selected(${q}, 'other')"
    assert [choice.category.label.ru for choice in form["v"].choices] == ["Айша бибі", "Сарыкемер"]


@pytest.mark.parametrize("name", ["gone.csv", "../secret.csv", "/etc/passwd.csv"])
def test_choices_from_a_file_that_is_not_beside_the_form(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.csv").write_text("name,label\n1,secret\n")
    (tmp_path / "forms").mkdir()
    sheets: Sheets = {
        "survey": [("type", "name", "label"), (f"select_one_from_file {name}", "v", "Село")]
    }
    path = _write(tmp_path / "forms" / "q.xlsx", sheets)
    (problem,) = _problems(lambda: load_form(path))
    assert problem.kind.code in ("form.no-such-file", "form.refused")
    assert problem.place.row == 2


def test_meanings_of_choices() -> None:
    text = _survey("select_multiple l | q | Q | | |")
    text += (
        "\n| choices |\n| | list_name | name | label | meaning |\n| | l | a | A | |\n"
        "| | l | nothing | N | |\n| | l | z | Z | refused |\n| | l | dk | D | other |\n"
        "| | l | w | W | whatever |\n"
    )
    text = text.replace("\n| choices |\n| | list_name | name | label |\n\n", "\n")
    form = read_form(text, "md")
    meanings = [choice.category.meaning for choice in form["q"].choices]
    assert meanings == ["", "none", "refused", "other", ""]
    assert "form.bad-meaning" in [problem.kind.code for problem in lint(form)]


# Bad files


def _docx() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document/>")
    return stream.getvalue()


def _bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 130_000_000)
    return stream.getvalue()


def _entities() -> bytes:
    """Return a workbook whose sheet asks for a file of this computer (an external entity)."""
    stream, book = io.BytesIO(), io.BytesIO()
    xlsxwriter.Workbook(book, {"in_memory": True}).close()
    with zipfile.ZipFile(book) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                head, rest = data.split(b"?>", 1)
                doctype = b'?><!DOCTYPE x [<!ENTITY e SYSTEM "secret.txt">]>'
                data = head + doctype + rest
            target.writestr(name, data)
    return stream.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("content", "code", "word"),
    [
        (b"", "form.empty-file", "empty"),
        (b" \n\t", "form.empty-file", "empty"),
        (_docx(), "form.not-a-workbook", "a Word document"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "form.encrypted", "password"),
        (OLE + "WordDocument".encode("utf-16-le"), "form.not-a-workbook", "a Word document"),
        (OLE + "Workbook".encode("utf-16-le"), "form.not-readable", "cannot be read"),
        (b"PK\x03\x04 torn off", "form.not-readable", "cannot be read"),
        (_bomb(), "form.too-large", "MB"),
        (b"a" * 10_000_001, "form.too-large", "MB"),
        (_entities(), "form.not-readable", "invalid XML"),
        (b"%PDF-1.7 ...", "form.not-a-workbook", "a PDF document"),
        (b"<!DOCTYPE html><html></html>", "form.not-a-workbook", "a web page"),
        (b'<?xml version="1.0"?><h:html xmlns="http://www.w3.org/2002/xforms"/>',
         "form.is-xform", "XForm"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "form.not-a-workbook", "no spreadsheet"),
        (b"type,name,label\ntext,q1,Question\n", "form.is-csv", "CSV"),
        ("type;name;label\ntext;q1;Вопрос\n".encode("cp1251"), "form.is-csv", "no workbook"),
        (b"Dear colleagues, the form is ready.", "form.is-csv", "plain text"),
    ],
)  # fmt: skip
def test_what_is_no_questionnaire_gets_one_clear_error(
    tmp_path: Path, content: bytes, code: str, word: str
) -> None:
    path = tmp_path / "q.xlsx"
    path.write_bytes(content)
    (problem,) = _problems(lambda: load_form(path))
    assert problem.kind.code == code
    assert word in problem.what("en")
    assert problem.place.file == str(path)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    assert _codes(_problems(lambda: load_form(tmp_path / "no.xlsx"))) == [("form.no-file", 0)]
    assert _codes(_problems(lambda: load_form(tmp_path))) == [("form.not-readable", 0)]


@pytest.mark.parametrize(
    ("sheets", "code", "word"),
    [
        ({"Sheet1": [], "Sheet2": []}, "form.no-sheet", "Sheet1, Sheet2"),
        ({"survey": []}, "form.empty-sheet", "no questions"),
        ({"survey": [HEAD]}, "form.empty-sheet", "no questions"),
        ({"choices": YES_NO, "other": []}, "form.no-sheet", '"survey"'),
        ({"survey": [("a", "name"), ("text", "q")]}, "form.no-column", '"type"'),
        ({"survey": [HEAD, ("select_one yn", "q", "Қ", "Р")]}, "form.no-such-list", '"yn"'),
        ({"survey": [(*HEAD, "name"), ("text", "q", "Қ", "Р")]}, "form.repeated-column", "name"),
        (
            {"survey": [(*HEAD, "relevance"), ("text", "q", "Қ", "Р")]},
            "form.same-column",
            'headings "relevant" and "relevance" mean the same column: relevant',
        ),
        (
            {
                "survey": [(*HEAD, "label"), ("text", "q", "Қ", "Р")],
                "settings": [("default_language",), ("Қазақша (kk)",)],
            },
            "form.same-column",
            '"label" mean the same column: label in the language "kk"',
        ),
    ],
)
def test_a_workbook_that_lacks_something(
    tmp_path: Path, sheets: Sheets, code: str, word: str
) -> None:
    (problem,) = _problems(lambda: load_form(_write(tmp_path / "q.xlsx", sheets)))
    assert problem.kind.code == code
    assert word in problem.what("en")


def test_formulas_are_read_by_their_value_or_refused(tmp_path: Path) -> None:
    def make(name: str, formula: str, value: str) -> Path:
        path = tmp_path / name
        book = xlsxwriter.Workbook(str(path))
        sheet = book.add_worksheet("survey")
        for column, heading in enumerate(("type", "name", "label")):
            sheet.write(0, column, heading)
        sheet.write_row(1, 0, ("text", "q"))
        sheet.write_formula(1, 2, formula, None, value)
        book.close()
        return path

    assert (
        load_form(make("a.xlsx", '=CONCATENATE("Во","прос")', "Вопрос"))["q"].label.ru == "Вопрос"
    )
    external = make("b.xlsx", "='[other.xlsx]Sheet1'!A1", "Вопрос")
    assert load_form(external)["q"].label.ru == "Вопрос"
    (problem,) = _problems(lambda: load_form(make("c.xlsx", "='[other.xlsx]Sheet1'!A1", "#REF!")))
    assert (problem.kind.code, problem.place.row) == ("form.error-value", 2)
    assert "C2" in problem.what("en")
    sheets: Sheets = {"survey": [("type", "name", "label"), ("text", "q", '="Во"&"прос"')]}
    (problem,) = _problems(lambda: load_form(_write(tmp_path / "d.xlsx", sheets)))
    assert (problem.kind.code, problem.place.row) == ("form.uncomputed-formula", 2)
    assert "C2" in problem.what("en")


def test_a_hundred_thousand_rows_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "q.xlsx"
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("survey")
    sheet.write_row(0, 0, ("type", "name", "label"))
    for row in range(1, 100_001):
        sheet.write_row(row, 0, ("text", f"q{row}", "Вопрос"))
    book.close()
    (problem,) = _problems(lambda: load_form(path))
    assert problem.kind.code == "form.too-many-rows"


def test_what_the_converter_refuses_is_passed_on_with_its_row() -> None:
    text = "| survey |\n| | type | name | label | parameters |\n"
    text += "| | text | a | A | |\n| | range | b | B | start=x |\n"
    (problem,) = _problems(lambda: read_form(text, "md"))
    assert (problem.kind.code, problem.place.sheet, problem.place.row) == (
        "form.refused", "survey", 4,
    )  # fmt: skip
    assert "must be a number" in problem.what("en")


def test_one_bad_form_does_not_hinder_the_others(tmp_path: Path) -> None:
    good: Sheets = {"survey": [("type", "name", "label"), ("text", "q", "Вопрос")]}
    paths = [_write(tmp_path / f"{name}.xlsx", good) for name in ("a", "b", "c")]
    paths[1].write_bytes(_docx())
    first, second, third = load_forms(paths)
    assert isinstance(first, Form) and first.population == "a"
    assert isinstance(second, UserError)
    assert isinstance(third, Form) and third.population == "c"


# Other projects' forms

# What pyxform 4.5 refuses (manifest.csv), and one whose calculation is prose.
REFUSED = {
    "bad_calc.xlsx": "form.bad-expression",
    "duplicate_columns.xlsx": "form.repeated-column",
    "include.xls": "form.unknown-type",
    "include.xlsx": "form.unknown-type",
    "include_json.xlsx": "form.unknown-type",
}


@pytest.mark.oracle
def test_forms_of_other_projects_load_or_get_one_clear_error(oracles: Path) -> None:
    paths = [
        path
        for path in sorted((oracles / "forms").iterdir())
        if path.suffix in (".xls", ".xlsx", ".xlsm")
    ]
    assert len(paths) >= 25
    for path, outcome in zip(paths, load_forms(paths), strict=True):
        code = REFUSED.get(path.name.split("__")[-1])
        if code is None:
            assert isinstance(outcome, Form), path.name
            for question in outcome.questions:
                assert f"<{question.name}".encode() in outcome.xform, (path.name, question.name)
            lint(outcome)
        else:
            assert isinstance(outcome, UserError), path.name
            assert {problem.kind.code for problem in outcome.problems} == {code}


@pytest.mark.oracle
def test_xforms_of_other_projects_are_refused_with_one_error(oracles: Path) -> None:
    paths = [path for path in (oracles / "forms").iterdir() if path.suffix in (".xml", ".xhtml")]
    assert len(paths) >= 200
    for path, outcome in zip(paths, load_forms(paths), strict=True):
        assert isinstance(outcome, UserError)
        (problem,) = outcome.problems
        assert problem.kind.code in ("form.is-xform", "form.not-a-workbook"), path.name


@pytest.mark.oracle
def test_an_old_xls_under_the_name_xlsx_is_read(oracles: Path, tmp_path: Path) -> None:
    path = tmp_path / "widgets.xlsx"
    path.write_bytes(
        (oracles / "forms/XLSForm__pyxform__tests__example_xls__widgets.xls").read_bytes()
    )
    assert len(load_form(path).questions) == 32


def test_a_form_that_breaks_a_limit_costs_itself_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The small forms need less than 200 MB of addresses, the large one more than 400.
    monkeypatch.setattr(child, "MEMORY", 300_000_000)
    small = tmp_path / "small.md"
    small.write_text("| survey |\n| | type | name | label |\n| | text | q | Q |\n", "utf-8")
    large: Sheets = {"survey": [HEAD, *(("text", f"q{n}", "Сұрақ " * 150) for n in range(9000))]}
    paths = [small, _write(tmp_path / "large.xlsx", large), small]
    first, second, third = load_forms(paths)
    assert isinstance(first, Form)
    assert isinstance(third, Form)
    assert isinstance(second, UserError)
    assert [problem.kind.code for problem in second.problems] == ["form.too-heavy"]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Тұрғындар / Жители", Text("Тұрғындар", "Жители")),
        ("Жители / Тұрғындар", Text("Тұрғындар", "Жители")),
        ("Опрос / Анкета", Text("Опрос / Анкета", "Опрос / Анкета")),
        ("Опрос", Text("Опрос", "Опрос")),
    ],
)
def test_a_title_in_two_languages_gives_each_its_own(written: str, title: Text) -> None:
    sheets = "| survey | | |\n| | type | name | label |\n| | text | q | Q |\n"
    sheets += f"| settings | | |\n| | form_title | form_id |\n| | {written} | f |\n"

    assert read_form(sheets, "md").title == title


def test_a_renamed_column_of_names_is_one_problem() -> None:
    text = "| survey |\n| | type | имя | label |\n| | text | a | A |\n| | text | b | B |\n"
    problems = _problems(lambda: read_form(text, "md"))
    assert _codes(problems) == [("form.no-column", 2)]
    assert '"name"' in problems[0].what("en")
    assert "имя" in problems[0].what("en")


def test_nameless_questions_do_not_share_a_name() -> None:
    problems = _problems(
        lambda: read_form(_survey("text | | A |", "text | | B |", "note | n | N |"), "md")
    )
    assert _codes(problems) == [("form.no-name", 3), ("form.no-name", 4)]


def test_a_type_is_not_suggested_in_place_of_itself() -> None:
    problems = _problems(lambda: read_form(_survey("select_one yes no | q | Q |"), "md"))
    assert "meant" not in problems[0].what("en")


def test_missing_translations_are_told_beside_errors(tmp_path: Path) -> None:
    sheets: Sheets = {
        "survey": [HEAD, ("text", "a", "-", "Почему?"), ("select_one nowhere", "b", "Ә?", "А?")],
        "choices": YES_NO,
    }
    path = _write(tmp_path / "residents.xlsx", sheets)
    assert _codes(_problems(lambda: load_form(path))) == [
        ("form.no-such-list", 3),
        ("form.untranslated", 2),
    ]
