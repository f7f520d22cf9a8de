"""A fictional study with all that a simulated interview has to respect, made as Excel files."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from tyndau.study import Study, load_study

from .names import BATTERY, TERRITORIES

Row = Sequence[object]

_YES = "${eligible} = 'yes'"

_STUDY: list[Row] = [
    ["key", "value", "kk", "ru"],
    ["title", None, "Самалжал тұрғындары", "Жители Самалжала"],
    ["customer", None, "Ешкім", "Никто"],
    ["contractor", None, "Ешкім", "Никто"],
    ["population", None, "18 жастан асқандар", "Жители от 18 лет"],
    ["sample", None, "Нүктелер", "Точки"],
    ["mode", None, "Бетпе-бет", "Личное интервью"],
    ["start", "2026-10-01", None, None],
    ["end", "2026-10-20", None, None],
    ["inference", "model", None, None],
    ["inference_model", None, "Үлгі", "Модель"],
    ["cluster", "point", None, None],
    ["fictional", "yes", None, None],
]
_PLACES: list[Row] = [
    ["code", "name_kk", "name_ru", "newly_annexed", "remote"],
    *([code, f"Аумақ {code}", f"Территория {code}", code == "t8", code in ("t7", "t8")]
      for code in TERRITORIES),
]  # fmt: skip
_HEADS = ["type", "name", "label::Қазақша (kk)", "label::Русский (ru)", "relevant", "required",
          "constraint", "calculation", "choice_filter"]  # fmt: skip


def _row(kind: str, name: str, ru: str = "", route: str = "", **more: str) -> Row:
    keys = ("required", "constraint", "calculation", "choice_filter")
    required = {"required": "yes"} if kind.startswith(("select", "integer")) else {}
    rest = {**required, **more}
    return [kind, name, ru and f"{ru} (қаз)", ru, route, *(rest.get(key) for key in keys)]


_SURVEY: list[Row] = [
    _HEADS,
    _row("note", "intro", "Здравствуйте"),
    _row("select_one yn", "consent", "Согласны ли вы?"),
    _row("integer", "age", "Возраст", "${consent} = 'yes'", constraint=". >= 10 and . <= 110"),
    _row("select_one place", "territory", "Где вы живёте?", "${consent} = 'yes'"),
    _row("calculate", "eligible", calculation="if(${consent} = 'yes' and ${age} >= 18 and "
         "${territory} != '' and ${territory} != 'elsewhere', 'yes', 'no')"),
    _row("calculate", "module", calculation="once(random())"),
    _row("select_one sex", "sex", "Пол", _YES),
    *(_row("select_one scale", name, f"Оценка {name}", _YES) for name in BATTERY),
    _row("select_one scale_dk", "protest", "Возможны ли митинги?", _YES),
    _row("select_one scale_dk", "plain", "Как вам погода?", _YES),
    _row("select_multiple problem", "problems", "Какие проблемы вас беспокоят?", _YES,
         constraint="count-selected(.) <= 3 and not(selected(., 'none') and "
         "count-selected(.) > 1)"),
    _row("text", "problems_other", "Уточните, какая проблема", "selected(${problems}, 'other')"),
    _row("select_one yn", "used", "Пользовались ли вы услугами?", "${eligible} = 'yes' and "
         "${module} < 0.5"),
    _row("select_one office", "office", "Где?", "${used} = 'yes'",
         choice_filter="of = ${territory} or of = 'all'"),
    _row("integer", "times", "Сколько раз?", "${used} = 'yes'", constraint=". >= 1 and . <= 12"),
    _row("select_one work", "employment", "Занятость", _YES),
    _row("text", "suggest", "Что бы вы предложили?", _YES),
    _row("note", "bye", "Спасибо", "${eligible} = 'no'"),
]  # fmt: skip


def _choice(name: str, code: str, of: str = "", meaning: str = "") -> Row:
    return [name, code, f"{code} қаз", f"{code} рус", of, meaning]


_CHOICES: list[Row] = [
    ["list_name", "name", "label::Қазақша (kk)", "label::Русский (ru)", "of", "meaning"],
    *(_choice("yn", code) for code in ("yes", "no")),
    *(_choice("place", code) for code in (*TERRITORIES, "elsewhere")),
    *(_choice("sex", code) for code in ("female", "male")),
    *(_choice("scale", code) for code in "12345"),
    *(_choice("scale_dk", code) for code in (*"12345", "dont_know", "refused")),
    *(_choice("problem", code) for code in
      ("roads", "water", "jobs", "prices", "school", "health", "other", "none", "dont_know")),
    *(_choice("office", f"o_{code}", code) for code in TERRITORIES),
    _choice("office", "o_main", "all"),
    *(_choice("work", code) for code in ("works", "studies", "retired", "seeks")),
]  # fmt: skip
_SCALES: list[Row] = [
    ["list", "code", "score"],
    *([name, code, int(code)] for name in ("scale", "scale_dk") for code in "12345"),
]


def _save(path: Path, sheets: dict[str, list[Row]]) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a fictional study; tests that change it copy it first."""
    folder = tmp_path_factory.mktemp("fictional") / "samalzhal"
    _save(folder / "study.xlsx", {"study": _STUDY, "territories": _PLACES, "scales": _SCALES})
    settings: list[Row] = [["form_title", "form_id"], ["Жители", "residents"]]
    _save(
        folder / "forms" / "residents.xlsx",
        {"survey": _SURVEY, "choices": _CHOICES, "settings": settings},
    )
    return folder


@pytest.fixture(scope="session")
def fictional(made_up: Path) -> Study:
    """Return the fictional study."""
    return load_study(made_up)


@pytest.fixture
def real_study(tmp_path: Path) -> Callable[..., Path]:
    """Write a study of a real place: its sheets may be added to."""

    def write(*extra: Row) -> Path:
        folder = tmp_path / "taraz-study"
        title = ["title", None, "Тараз қаласы тұрғындарының пікірі", "Мнение жителей города Тараза"]
        said = [title if row[0] == "title" else row for row in _STUDY if row[0] != "fictional"]
        customer = ["customer", None, "Тараз қаласының әкімдігі", "Акимат города Тараз"]
        said = [customer if row[0] == "customer" else row for row in said]
        said += [["latitude", 42.9, None, None], ["longitude", 71.37, None, None]]
        places: list[Row] = [
            ["code", "name_kk", "name_ru", "newly_annexed"],
            ["shaikoryk", "Шайқорық ауылы", "Село Шайкорык", "yes"],
            ["centre", "Орталық", "Центр", None],
        ]
        survey: list[Row] = [
            _HEADS,
            _row("select_one yn", "consent", "Вы живёте в Таразе? Звоните: +7 701 222 33 44"),
            ["select_one place", "territory", "Таразда қай жерде тұрасыз?",
             "Где в Таразе вы живёте?", "${consent} = 'yes'", "yes", None, None, None],
            ["text", "village", "Шайқорықта не жетіспейді?",
             "Чего не хватает таразскому селу Шайкорык?", "${territory} = 'shaikoryk'", None,
             None, None, None],
        ]  # fmt: skip
        choices: list[Row] = [
            _CHOICES[0], *(_choice("yn", code) for code in ("yes", "no")),
            ["place", "shaikoryk", "Шайқорық", "Шайкорык", None, None],
            ["place", "centre", "Орталық", "Центр", None, None],
        ]  # fmt: skip
        _save(folder / "study.xlsx", {"study": [*said, *extra], "territories": places})
        settings: list[Row] = [["form_title", "form_id"], ["Жители Тараза", "taraz_residents"]]
        _save(
            folder / "forms" / "residents.xlsx",
            {"survey": survey, "choices": choices, "settings": settings},
        )
        guides = folder / "guides" / "kk"
        guides.mkdir(parents=True)
        guide = "# Таразда өмір\n\nТараздықтар Шайқорыққа бара ма?\n"
        (guides / "focus.md").write_text(guide, "utf-8")
        return folder

    return write
