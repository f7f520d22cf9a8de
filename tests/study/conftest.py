"""A small good study, made as real Excel files, that each test spoils in its own way."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from pathlib import Path

import pytest
from openpyxl import Workbook

Row = Sequence[object]
Sheets = dict[str, list[Row]]

SHEETS: Sheets = {
    "study": [
        ["key", "value", "kk", "ru"],
        ["title", None, "Қала тұрғындарының пікірі", "Мнение жителей города"],
        ["customer", None, "Тапсырыс беруші", "Заказчик"],
        ["contractor", None, "Орындаушы", "Исполнитель"],
        ["population", None, "18 жастан асқан тұрғындар", "Жители старше 18 лет"],
        ["sample", None, "Квоталық іріктеу", "Квотная выборка"],
        ["mode", None, "Көшедегі сұхбат", "Интервью на улице"],
        ["start", "2026-05-01", None, None],
        ["end", "20.05.2026", None, None],
        ["languages", "kk ru", None, None],
        ["time_zone", "Asia/Almaty", None, None],
        ["latitude", 42.9, None, None],
        ["longitude", 71.37, None, None],
        ["inference", "model", None, None],
        ["inference_model", None, "Квоталар бойынша", "При данных квотах"],
    ],
    "territories": [
        ["code", "name_kk", "name_ru", "parent", "newly_annexed", "remote", "new_microdistrict"],
        [1, "Қала", "Город", None, None, None, None],
        ["north", "Солтүстік", "Север", 1, "да", None, "иә"],
        ["far", "Алыс ауыл", "Дальнее село", "north", "нет", True, "жоқ"],
    ],
    "banners": [
        ["banner", "population", "variable", "title_kk", "title_ru"],
        ["main", "residents", "sex", "Жынысы", "Пол"],
        ["main", "residents", "age", None, None],
    ],
    "scales": [
        ["list", "code", "score"],
        ["agree", "yes", 1],
        ["agree", "no", "−0,5"],
    ],
    "derived": [
        [
            "variable",
            "population",
            "label_kk",
            "label_ru",
            "code",
            "code_kk",
            "code_ru",
            "condition",
        ],
        ["age", "residents", "Жасы", "Возраст", "18-29", "18–29", "18–29", "${years} < 30"],
        ["age", "residents", None, None, "30+", "30+", "30+", "${years} >= 30"],
    ],
}

FORM: Sheets = {
    "survey": [
        ["type", "name", "label::Қазақша (kk)", "label::Русский (ru)", "relevant"],
        ["select_one sex", "sex", "Жынысыңыз?", "Ваш пол?", None],
        ["integer", "years", "Жасыңыз нешеде?", "Сколько вам лет?", None],
        ["select_one agree", "useful", "Пайдалы ма?", "Полезно ли это?", None],
        ["select_multiple source", "sources", "Қайдан білдіңіз?", "Откуда узнали?", None],
        ["text", "why", "Неге?", "Почему?", "${useful} = 'no'"],
        ["note", "thanks", "Рахмет!", "Спасибо!", None],
    ],
    "choices": [
        ["list_name", "name", "label::Қазақша (kk)", "label::Русский (ru)"],
        ["sex", "female", "Әйел", "Женский"],
        ["sex", "male", "Ер", "Мужской"],
        ["agree", "yes", "Иә", "Да"],
        ["agree", "no", "Жоқ", "Нет"],
        ["agree", "dont_know", "Білмеймін", "Не знаю"],
        ["agree", "refused", "Жауап беруден бас тартты", "Отказ от ответа"],
        ["source", "internet", "Интернеттен", "Из интернета"],
        ["source", "people", "Таныстардан", "От знакомых"],
        ["source", "dont_know", "Білмеймін", "Не знаю"],
        ["source", "refused", "Жауап беруден бас тартты", "Отказ от ответа"],
    ],
    "settings": [
        ["form_title", "form_id", "version", "default_language"],
        ["Тұрғындар", "residents", "1", "Қазақша (kk)"],
    ],
}


@pytest.fixture
def sheets() -> Sheets:
    """Return the good study's workbook, to be spoilt."""
    return deepcopy(SHEETS)


@pytest.fixture
def form() -> Sheets:
    """Return the good study's form, to be spoilt."""
    return deepcopy(FORM)


@pytest.fixture
def write() -> Callable[[Path, Sheets], Path]:
    """Return what writes rows as an Excel workbook."""

    def write(path: Path, sheets: Sheets) -> Path:
        book = Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(list(row))
        path.parent.mkdir(parents=True, exist_ok=True)
        book.save(path)
        return path

    return write


@pytest.fixture
def study(tmp_path: Path, write, sheets: Sheets, form: Sheets) -> Callable[..., Path]:
    """Return what writes the study's folder with the sheets as they are by then."""

    def study(**forms: Sheets) -> Path:
        folder = tmp_path / "town-2026"
        write(folder / "study.xlsx", sheets)
        for population, content in (forms or {"residents": form}).items():
            write(folder / "forms" / f"{population}.xlsx", content)
        return folder

    return study
