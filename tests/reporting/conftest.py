"""Made-up studies and tables for the tests of reports: texts and numbers that no survey gave."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from tyndau.base.frames import Category, Variable
from tyndau.base.languages import Text
from tyndau.questionnaire.form import Form
from tyndau.reporting.model import Document
from tyndau.study.model import Study
from tyndau.study.standards import SampleColumns, Thresholds
from tyndau.tabulation.table import ColumnHead, Group, Method, RowHead, Table

from . import reported
from .made_up_report import made_up_report

LONG = Text(
    "Мемлекеттік органдардың қызметін бақылау, азаматтардың өтініштерін қарау және халықты "
    "толғандыратын мәселелерді талқылау жөніндегі жергілікті кеңестер",
    "Местные советы по контролю за деятельностью государственных органов, рассмотрению обращений "
    "граждан и обсуждению вопросов, которые волнуют население",
)
HEARD = Text("Сіз кеңес туралы естідіңіз бе?", "Слышали ли вы о совете?")
EVERYBODY = Text()

CITY = ("city", Text("Ойдан шығарылған қала", "Вымышленный город"), (
    Text("Бірінші", "Первый"), Text("Екінші", "Второй"), Text("Үшінші", "Третий"),
    Text("Төртінші", "Четвёртый"), Text("Бесінші", "Пятый"),
))  # fmt: skip
AGE = ("age", Text("Жасы", "Возраст"), tuple(
    Text(label, label) for label in ("18–20", "21–30", "31–40", "41–50", "51–60", "61+")
))  # fmt: skip
WORK = ("employment", Text("Жұмыспен қамтылуы", "Занятость"), (
    Text("Жұмыс істейді (толық күн)", "Работающие (полная занятость)"),
    Text("Жұмыс істейді (ішінара)", "Работающие (частичная занятость)"),
    Text("Жұмыс істемейді", "Не работающие"), Text("Жұмыссыз", "Безработные"),
))  # fmt: skip

YES_NO = (
    ("yes", Text("Иә", "Да")), ("no", Text("Жоқ", "Нет")),
    ("dont_know", Text("Білмеймін", "Не знаю")),
)  # fmt: skip
BODIES = (
    ("state", Text("Мемлекеттік басқару органдары", "Государственные органы управления")),
    ("portal", Text("Электрондық үкімет порталы", "Портал электронного правительства")),
    ("councils", LONG),
    ("ngo", Text("Азаматтық қоғам ұйымдары", "Организации гражданского общества")),
    ("other", Text("Басқа", "Другое")),
    ("dont_know", Text("Білмеймін", "Не знаю")),
)  # fmt: skip
SCALE = tuple(
    (str(score), Text(kk, ru))
    for score, kk, ru in (
        (1, "Мүлде тиімсіз", "Совсем неэффективно"), (2, "Тиімсіз", "Скорее неэффективно"),
        (3, "Орташа", "Средне"), (4, "Тиімді", "Скорее эффективно"),
        (5, "Өте тиімді", "Очень эффективно"),
    )
)  # fmt: skip
MANY = tuple((f"p{n}", Text(f"{n}. {LONG.kk[:70]}", f"{n}. {LONG.ru[:70]}")) for n in range(1, 25))

Banner = tuple[str, Text, tuple[Text, ...]]


def made_up_table(
    name: str = "q1_heard",
    label: Text = HEARD,
    answers: Sequence[tuple[str, Text]] = YES_NO,
    banners: Sequence[Banner] = (CITY,),
    *,
    kind: str = "single",
    scale: bool = False,
    base: Text = EVERYBODY,
    inference: str = "model",
    weighted: bool = False,
    people: int = 671,
    shares: Sequence[float] = (),
    seed: int = 1,
) -> Table:
    """Fill a table with numbers from a generator: no survey, only shapes and marks."""
    rng = np.random.default_rng(seed)
    categories = tuple(
        Category(
            code,
            words,
            "dont_know" if code == "dont_know" else "",
            float(code) if scale and code.isdigit() else None,
        )
        for code, words in answers
    )
    heads = [_column(-1, "total", Text("Барлығы", "Всего"), "", people, weighted)]
    for group, (_, _, labels) in enumerate(banners):
        parts = shares or rng.dirichlet(np.ones(len(labels)))
        for index, words in enumerate(labels):
            letter = "" if inference == "none" else _letter(index)
            count = int(people * parts[index])
            heads.append(_column(group, f"c{index}", words, letter, count, weighted))
    rows = [RowHead(code, words, "answer") for code, words in answers]
    if scale:
        rows.append(RowHead("mean", Text("Орташа балл", "Средний балл"), "mean"))
    shape = (len(rows), len(heads))
    percent = rng.uniform(0, 100, shape)
    percent[:1, -1] = 0.0
    bases = np.tile([head.base for head in heads], (len(rows), 1)).astype(np.int64)
    if scale:
        percent[-1] = rng.uniform(1, 5, len(heads))
        bases[-1] = bases[-1] * 9 // 10
    percent[bases == 0] = np.nan
    tested = np.array([head.mark != "**" for head in heads]) & (inference != "none")
    versus = np.where(tested, rng.choice([-1, 0, 0, 0, 1], shape), 0).astype(np.int8)
    versus[:, 0] = 0
    groups = np.array([head.group for head in heads])
    alike = (groups[:, None] == groups) & (groups[:, None] >= 0) & tested[:, None] & tested
    higher = alike & (percent[:, :, None] > percent[:, None, :] + 45)
    return Table(
        question=Variable(name, kind, label, categories, base),  # type: ignore[arg-type]
        groups=tuple(Group(name, title) for name, title, _ in banners),
        columns=tuple(heads),
        rows=tuple(rows),
        percent=percent,
        se=np.full(shape, 2.0),
        low=percent - 4,
        high=percent + 4,
        degrees=np.full(shape, 100.0),
        people=bases // 2,
        base=bases,
        weighted_base=bases * 1.01,
        effective_base=bases * 0.8,
        versus_rest=versus,
        higher_than=higher,
        weakly=higher,
        gates=np.full(len(banners), np.nan),
        method=Method(inference, weighted, False, True),  # type: ignore[arg-type]
    )


def _letter(index: int) -> str:
    return ("" if index < 26 else chr(64 + index // 26)) + chr(65 + index % 26)


def _column(
    group: int, code: str, label: Text, letter: str, base: int, weighted: bool
) -> ColumnHead:
    mark = "**" if base < 30 else "*" if base < 100 else ""
    return ColumnHead(
        group, code, label, letter, base, base * 1.01, base * (0.8 if weighted else 1.0), mark
    )


def made_up_study(**changes: object) -> Study:
    """Describe a study of a city that does not exist; keyword arguments replace its parts."""
    title = Text("Тұрғындар", "Жители")
    form = Form("residents", "forms/residents.xlsx", "r", "1", title, ("kk", "ru"), (), b"")
    study = Study(
        folder=Path("made-up"),
        title=Text("Ойдан шығарылған қаладағы қоғамдық кеңестер", "Советы в вымышленном городе"),
        customer=Text("Ойдан шығарылған басқарма", "Вымышленное управление"),
        sponsor=Text(),
        contractor=Text("Ойдан шығарылған қор", "Вымышленный фонд"),
        population_words=Text("18 жастан асқан тұрғындар", "Жители от 18 лет"),
        sample_words=Text("Көше нүктелері, үш адам сайын", "Уличные точки, шаг три прохожих"),
        mode=Text("Бетпе-бет сұхбат", "Личное интервью"),
        start=date(2023, 3, 12),
        end=date(2023, 4, 30),
        languages=("kk", "ru"),
        time_zone="Asia/Almaty",
        inference="model",
        inference_words=Text("Нүктелер кездейсоқ деп саналады.", "Точки считаются случайными."),
        thresholds=Thresholds(),
        sample=SampleColumns(weight="weight"),
        forms={"residents": form},
        banners=(),
        derived=(),
        scales={},
        territories=(),
    )
    return replace(study, **changes)  # type: ignore[arg-type]


def made_up_volume() -> list[Table]:
    """Make tables of every shape that a volume meets."""
    bodies = Text(
        "Сіздің ойыңызша, қандай мекемелер азаматтарды тыңдайды? Барлық сәйкес келетін жауапты "
        "таңдаңыз, ал сәйкес келетіні болмаса, өз нұсқаңызды айтыңыз.",
        "Какие учреждения, по вашему мнению, слышат граждан? Выберите все подходящие ответы, а "
        "если подходящих нет, назовите свой вариант.",
    )
    aware = Text("кеңес туралы білетіндер (q1_heard)", "знающие о совете (q1_heard)")
    works = Text("Кеңес қаншалықты тиімді?", "Насколько эффективен совет?")
    towns = tuple(Text(f"{n}-елді мекен", f"Посёлок {n}") for n in range(1, 31))
    sides = (
        ("sex", Text("Жынысы", "Пол"), (Text("Ер", "Мужчины"), Text("Әйел", "Женщины"))),
        AGE, WORK, CITY,
    )  # fmt: skip
    one = (("all", Text("Тұрғылықты жері", "Место жительства"), (Text("Қала", "Город"),)),)
    return [
        *(made_up_table("q1_heard", HEARD, banners=(b,), seed=s) for s, b in
          enumerate((CITY, AGE, WORK))),
        *(made_up_table("q2_bodies", bodies, BODIES, (b,), kind="multiple", seed=s + 5)
          for s, b in enumerate((CITY, AGE, WORK))),
        *(made_up_table("q3_effective", works, SCALE, (b,), scale=True, base=aware, people=208,
                        weighted=True, seed=s + 9) for s, b in enumerate((CITY, AGE))),
        made_up_table("q4_towns", bodies, BODIES, (("town", Text("Елді мекен", "Посёлок"), towns),),
                      kind="multiple", people=9671, seed=20),
        made_up_table("q5_wide", HEARD, YES_NO, sides, people=1671, seed=21),
        made_up_table("q6_one", HEARD, YES_NO, one, seed=22),
        made_up_table("q7_open", HEARD, YES_NO, (CITY, WORK), inference="none", seed=23),
        made_up_table("q7_many", HEARD, MANY, (CITY,), kind="multiple", seed=26),
        made_up_table("q8_nobody", HEARD, YES_NO, (CITY,), people=0, seed=24),
        made_up_table("q9_empty", HEARD, (), (CITY,), seed=25),
    ]  # fmt: skip


@pytest.fixture
def table() -> Callable[..., Table]:
    return made_up_table


@pytest.fixture
def study() -> Callable[..., Study]:
    return made_up_study


@pytest.fixture
def volume() -> list[Table]:
    return made_up_volume()


@pytest.fixture(scope="session")
def module_study() -> Study:
    return made_up_study()


@pytest.fixture(scope="session")
def module_volume() -> list[Table]:
    return made_up_volume()


@pytest.fixture
def report() -> Document:
    return made_up_report()


@pytest.fixture
def simulated_report() -> Document:
    return made_up_report(banner=True)


@pytest.fixture(scope="session")
def councils(repository: Path) -> reported.Reported:
    return reported.councils(repository)


@pytest.fixture(scope="session")
def demo_city(repository: Path) -> reported.Reported:
    return reported.demo_city(repository)
