"""A simulated sample with margins that it misses, and a small fictional study with a wave."""

import csv
from copy import deepcopy
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import pytest
from openpyxl import Workbook

from tyndau.base.frames import Frame
from tyndau.interchange import import_wave
from tyndau.study import Study, load_study
from tyndau.weighting import Margin, make_margin


@dataclass(frozen=True)
class Sample:
    """Rows of a simulated sample; all codes begin at 0."""

    weight: np.ndarray
    sex: np.ndarray
    age: np.ndarray
    place: np.ndarray
    income: np.ndarray
    stratum: np.ndarray
    cluster: np.ndarray

    @property
    def table(self) -> dict[str, np.ndarray]:
        """The sample as R takes it."""
        return asdict(self)


SEX = np.array([5200.0, 4800.0])
AGE = np.array([2500.0, 3100.0, 2600.0, 1800.0])
PLACE = np.array([4000.0, 3500.0, 2500.0])


@pytest.fixture(scope="session")
def sample() -> Sample:
    """Return 600 simulated rows: 3 strata of 8 clusters."""
    random = np.random.default_rng(20261)
    n = 600
    cluster = random.integers(0, 24, n)
    return Sample(
        weight=np.round(np.exp(random.normal(2.8, 0.4, n)), 4),
        sex=(random.random(n) < 0.4).astype(int),
        age=random.choice(4, n, p=[0.35, 0.3, 0.2, 0.15]),
        place=cluster // 8,
        income=np.round(np.exp(random.normal(3, 0.5, n)), 2),
        stratum=cluster // 8,
        cluster=cluster,
    )


@pytest.fixture(scope="session")
def margins(sample: Sample) -> list[Margin]:
    """Return three margins of 10,000 people."""
    return [
        make_margin("sex", sample.sex, SEX, categories=("female", "male")),
        make_margin("age", sample.age, AGE, categories=("18-29", "30-44", "45-59", "60+")),
        make_margin("place", sample.place, PLACE, categories=("north", "centre", "south")),
    ]


Rows = list[list[object]]

FORM: dict[str, Rows] = {
    "survey": [
        ["type", "name", "label::Қазақша (kk)", "label::Русский (ru)", "relevant", "calculation"],
        ["select_one place", "territory", "Қайда тұрасыз?", "Где вы живёте?", None, None],
        ["select_one yes_no", "consent", "Келісесіз бе?", "Вы согласны?", None, None],
        ["select_one sex", "sex", "Жынысыңыз?", "Ваш пол?", "${consent} = 'yes'", None],
        ["integer", "age", "Жасыңыз?", "Возраст?", "${consent} = 'yes'", None],
        ["select_multiple yes_no", "media", "Медиа", "Медиа", "${consent} = 'yes'", None],
        ["decimal", "chance", "Ықтималдық", "Вероятность", "${consent} = 'yes'", None],
        ["calculate", "eligible", None, None, None, "if(${consent} = 'yes', 'yes', 'no')"],
    ],
    "choices": [
        ["list_name", "name", "label::Қазақша (kk)", "label::Русский (ru)"],
        ["place", "north", "Солтүстік", "Север"],
        ["place", "centre", "Орталық", "Центр"],
        ["place", "south", "Оңтүстік", "Юг"],
        ["yes_no", "yes", "Иә", "Да"],
        ["yes_no", "no", "Жоқ", "Нет"],
        ["sex", "female", "Әйел", "Женский"],
        ["sex", "male", "Ер", "Мужской"],
        ["sex", "refused", "Бас тартты", "Отказ"],
    ],
    "settings": [
        ["form_title", "form_id", "version", "default_language"],
        ["Тұрғындар", "residents", "1", "Қазақша (kk)"],
    ],
}
SHEETS: dict[str, Rows] = {
    "study": [
        ["key", "value", "kk", "ru"],
        ["title", None, "Қала", "Город"],
        ["inference", "model", None, None],
        ["inference_model", None, "Квоталар бойынша", "При данных квотах"],
        ["fictional", "yes", None, None],
    ],
    "territories": [
        ["code", "name_kk", "name_ru", "parent"],
        ["town", "Қала", "Город", None],
        ["north", "Солтүстік", "Север", "town"],
        ["centre", "Орталық", "Центр", "town"],
        ["south", "Оңтүстік", "Юг", "town"],
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
        ["group", "residents", "Жасы", "Возраст", "18-39", "18–39", "18–39", "${age} < 40"],
        ["group", "residents", None, None, "40+", "40+", "40+", "${age} >= 40"],
    ],
}
FIGURES = {
    ("", "sex"): {"female": 5200, "male": 4800},
    ("", "group"): {"18-39": 4500, "40+": 5500},
    ("", "territory"): {"north": 2000, "centre": 5000, "south": 3000},
}
POPULATION = [
    "population", "territory", "variable", "code", "people", "source_kk", "source_ru", "date",
]  # fmt: skip
WEIGHTING = [
    "population", "step", "variables", "lower", "upper", "scale_to", "condition", "note_kk",
    "note_ru",
]  # fmt: skip


def answers(rows: int = 300, seed: int = 5) -> list[dict[str, str]]:
    """Return simulated answers; every sixth refuses, the north and the old are too many."""
    random = np.random.default_rng(seed)
    made = []
    for _ in range(rows):
        place = str(random.choice(["north", "centre", "south"], p=[0.4, 0.4, 0.2]))
        one = {"territory": place, "consent": "no", "sex": "", "age": "", "media": "", "chance": ""}
        if random.random() > 1 / 6:
            one |= {
                "consent": "yes",
                "sex": str(random.choice(["female", "male", "refused"], p=[0.55, 0.4, 0.05])),
                "age": str(random.integers(18, 40) if random.random() < 0.35 else 60),
                "chance": "0.02" if place == "centre" else "0.05",
            }
        made.append(one)
    return made


class Town:
    """A small fictional study with a wave, made as real files, to be spoilt by tests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sheets = deepcopy(SHEETS)
        self.figures = deepcopy(FIGURES)
        self.days: dict[tuple[str, str], str] = {}
        self.steps: list[dict[str, object]] = []
        self.answers = answers()

    def study(self) -> Study:
        """Write workbook and form and load them."""
        rows: Rows = [list(POPULATION)]
        for (territory, variable), people in self.figures.items():
            day = self.days.get((territory, variable), "2026-01-01")
            rows += [
                ["residents", territory or None, variable, code, count, "Бюро", "Бюро", day]
                for code, count in people.items()
            ]
        sheets = {**self.sheets, "population": rows}
        if self.steps:
            named = [{"population": "residents", **one} for one in self.steps]
            sheets["weighting"] = [
                list(WEIGHTING), *([one.get(column) for column in WEIGHTING] for one in named),
            ]  # fmt: skip
        self._write(self.folder / "study.xlsx", sheets)
        self._write(self.folder / "forms" / "residents.xlsx", FORM)
        return load_study(self.folder)

    def wave(self, *, revise: bool = False) -> tuple[Study, Frame]:
        """Import the answers as wave ``w`` and return the study and the frozen rows."""
        study = self.study()
        file = self.folder / "answers.csv"
        with file.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(self.answers[0]))
            writer.writeheader()
            writer.writerows(self.answers)
        wave, _ = import_wave(study, file, wave="w", population="residents", revise=revise)
        return study, wave.frames["residents"]

    @staticmethod
    def _write(path: Path, sheets: dict[str, Rows]) -> None:
        book = Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        path.parent.mkdir(parents=True, exist_ok=True)
        book.save(path)


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """Return the small study, nothing of it written yet."""
    return Town(tmp_path / "town")
