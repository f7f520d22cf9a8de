"""Results that no survey gave, as a build would leave them in a study's folder."""

import json
from pathlib import Path

from tyndau.base.languages import Text
from tyndau.reporting.editions import MASTER, Edition, folder_of
from tyndau.reporting.model import (
    CrossCell,
    CrossColumn,
    CrossRow,
    CrossTable,
    Document,
    Fact,
    Facts,
    Heading,
    Paragraph,
    Section,
)
from tyndau.reporting.web.write import write_web

HEARD = Text("Сіз кеңес туралы естідіңіз бе?", "Слышали ли вы о совете?")
WORKS = Text("Кеңес қаншалықты тиімді жұмыс істейді?", "Насколько эффективно работает совет?")
CITY = Text("Қала", "Город")
SEX = Text("Жынысы", "Пол")
BASE = Text("База: барлық респонденттер. N = 1 671", "База: все респонденты. N = 1 671")
TOTAL = CrossColumn(Text("Барлығы", "Всего"), "")
CITIES = (
    CrossColumn(Text("Жұпарлы", "Жупарлы"), CITY, "A"),
    CrossColumn(Text("Самалдала", "Самалдала"), CITY, "B", "*"),
    CrossColumn(Text("Желкенді", "Желкенди"), CITY, "C", "**"),
)
SEXES = (
    CrossColumn(Text("Ер", "Мужчины"), SEX, "A"),
    CrossColumn(Text("Әйел", "Женщины"), SEX, "B"),
)
FILES = {
    "tables-ru.xlsx": 12_300, "tables-kk.xlsx": 12_300, "tables.csv": 700,
    "report-ru.docx": 2_400_000, "report-ru.pdf": 3_000, "slides-kk.pptx": 4_000,
}  # fmt: skip


def _table(
    number: int, title: Text, by: Text, columns: tuple[CrossColumn, ...], mean: bool = False
) -> CrossTable:
    heads = (TOTAL, *columns)
    counts = [1671.0, 1100.0, 71.0, 21.0][: len(heads)]
    rows = [CrossRow(Text("База, N", "База, N"), tuple(map(CrossCell, counts)), "base")]
    yes = (CrossCell(49.4), CrossCell(61.5, "BC", "higher"), CrossCell(20.49, "", "lower"))
    no = (CrossCell(0.0), CrossCell(0.3), CrossCell(99.5))
    rest = (CrossCell(None),)
    rows.append(CrossRow(Text("Иә", "Да"), (*yes, *rest)[: len(heads)]))
    rows.append(CrossRow(Text("Жоқ", "Нет"), (*no, *rest)[: len(heads)]))
    if mean:
        means = tuple(CrossCell(value) for value in (2.9, 3.256, -1.0, 4.0)[: len(heads)])
        rows.append(CrossRow(Text("Орташа балл", "Средний балл"), means, "mean", 2))
    notes = (Text("Әдіс: модель бойынша тексеру.", "Метод: проверки по модели."),)
    return CrossTable(number, title, (by,), BASE, heads, tuple(rows), notes=notes)


def made_up_volume(banner: Text | str = "") -> Document:
    """Make a volume of two questions; the second is broken down by sex alone."""
    one = Text("Бір жауап беруге болатын еді.", "Можно было дать один ответ.")
    about = Section(
        "about", "", "",
        (Heading(HEARD), Facts((Fact("*", Text("Шағын база", "Малая база")),))),
    )  # fmt: skip
    heard = Section(
        "q1_heard", "q1_heard", HEARD,
        (Heading(HEARD), Paragraph(one, "note"),
         _table(1, HEARD, CITY, CITIES), _table(2, HEARD, SEX, SEXES)),
    )  # fmt: skip
    works = Section(
        "q2_works", "q2_works", WORKS, (Heading(WORKS), _table(3, WORKS, SEX, SEXES, mean=True))
    )
    return Document(
        title=Text("Кеңестер", "Советы"),
        subtitle=Text("Кестелер жинағы. Тұрғындар", "Том таблиц. Жители"),
        sections=(about, heard, works),
        banner=banner,
    )


def write_results(
    study: Path, banner: Text | str = "", *, wave: str = "2026", edition: Edition = MASTER
) -> Path:
    """Write results of a wave's first revision into a study's folder."""
    folder = folder_of(study / "results" / wave, 1, edition)
    chapters = {"q2_works": Text("Жұмысы", "Работа совета")}
    written = write_web(made_up_volume(banner), folder / "web" / "residents", {}, chapters)
    for name, size in FILES.items():
        (folder / name).write_bytes(b"x" * size)
    names = [*FILES, *(path.relative_to(folder).as_posix() for path in written)]
    steps = {"format": 1, "inputs": {}, "steps": [], "outputs": dict.fromkeys(names, "")}
    (folder / "steps.json").write_text(json.dumps(steps), encoding="utf-8")
    return folder
