"""A made-up study of several samples: residents in two waves, organisations and experts in one.

Answers are simulated from a fixed seed: nobody was asked, and no city is meant.
"""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from openpyxl import load_workbook

from tyndau.base.frames import NO_CATEGORY, Column, Frame
from tyndau.study import load_study, new_study
from tyndau.study.model import Study
from tyndau.waves import freeze

SIZES = {"residents": 700, "ngo": 120, "experts": 11}
EARLIER, NOW = "2025-q4", "2026-q4"
# Respondents of each population who are satisfied, at most, and the earlier residents.
_HAPPY = {"residents": 0.55, "ngo": 0.25, "experts": 0.5, EARLIER: 0.40}

_ROWS = {
    "banners": [
        ["nested", "residents", "sex * age_group", None, None],
        ["nested", "residents", "bands", None, None],
        ["deep", "residents", "territory * sex * age_group", None, None],
        ["aware", "residents", "sex", None, None, "${appealed} = 'yes'", "Өтініш жасағандар",
         "Обращавшиеся в акимат"],
        ["main", "ngo", "sex", None, None],
    ],
    "derived": [
        ["bands", "residents", "Жас топтары", "Возрастные группы", "18_35", "18–35 жас",
         "18–35 лет", "${age} <= 35", "yes"],
        ["bands", "residents", None, None, "18_29", "18–29 жас", "18–29 лет", "${age} < 30", None],
        ["bands", "residents", None, None, "60", "60 жас және одан үлкен", "60 лет и старше",
         "${age} >= 60", None],
    ],
    "nets": [
        ["list", "code", "label_kk", "label_ru", "codes"],
        ["satisfaction", "top2", None, None, "top2"],
        ["satisfaction", "bottom2", None, None, "bottom2"],
        ["problem", "home", "Үй мен көше мәселелері", "Дом, двор, улица", "roads, safety"],
    ],
    "sorted": [["list"], ["problem"]],
}  # fmt: skip


def make_study(
    folder: Path,
    *,
    trends: Sequence[Sequence[object]] = (),
    index: bool = True,
    without_inference: Sequence[str] = (),
) -> Study:
    """Make the study without waves from the template of a new study."""
    new_study(folder)
    forms = folder / "forms"
    for name, title in (("ngo", "ҮЕҰ / НПО"), ("experts", "Сарапшылар / Эксперты")):
        shutil.copy(forms / "residents.xlsx", forms / f"{name}.xlsx")
        form = load_workbook(forms / f"{name}.xlsx")
        form["settings"]["A2"], form["settings"]["B2"] = title, name
        form.save(forms / f"{name}.xlsx")
    _fill(folder / "study.xlsx", trends, index=index)
    if without_inference:
        book = load_workbook(folder / "study.xlsx")
        sheet = book["study"]
        sheet.cell(1, 5, "population")
        for name in without_inference:
            sheet.append(["inference", "none", None, None, name])
        book.save(folder / "study.xlsx")
    return load_study(folder)


def _fill(path: Path, trends: Sequence[Sequence[object]], *, index: bool) -> None:
    """Write the rows of this study into the workbook of the template."""
    book = load_workbook(path)
    if index:
        book["study"].append(["index", "yes"])
    for at, heading in enumerate(("filter", "filter_kk", "filter_ru"), 6):
        book["banners"].cell(1, at, heading)
    book["derived"].cell(1, 9, "overlap")
    for name in ("nets", "sorted", "trends"):
        book.create_sheet(name)
    rows = {**_ROWS, "trends": [["wave", "population", "variable", "was", "break"], *trends]}
    for name, row in ((name, row) for name, some in rows.items() for row in some):
        book[name].append(row)
    book.save(path)


def interviews(study: Study, population: str, rows: int, happy: float, seed: int) -> Frame:
    """Simulate interviews: who is satisfied, and problems that women name more often."""
    random = np.random.default_rng(seed)
    sex = random.integers(0, 2, rows)
    columns: dict[str, Column] = {}

    shares = [happy * 0.4, happy * 0.6, (1 - happy) * 0.6, (1 - happy) * 0.4]
    own = {
        "consent": np.zeros(rows, dtype=np.int32),
        "lives": np.zeros(rows, dtype=np.int32),
        "sex": sex.astype(np.int32),
        "age": random.integers(18, 80, rows).astype(float),
        "point": (np.arange(rows) // (14 if rows > 50 else 1)).astype(float),
        "utilities": random.choice(4, rows, p=shares).astype(np.int32),
    }

    def values(name: str, kind: str, count: int) -> np.ndarray:
        if name in own:
            return own[name]
        if kind == "multiple":
            given = random.random((rows, count)) < 0.25
            given[:, 0] |= (sex == 0) & (random.random(rows) < 0.4)
            given[:, -3:] = False
            return given
        return random.integers(0, max(count - 1, 1), rows).astype(np.int32)

    for variable in study.variables(population):
        if variable.kind == "text" or variable.name in ("age_group", "bands"):
            continue
        asked = np.ones(rows, dtype=bool)
        if variable.name == "appeal_handled":
            asked = columns["appealed"].values == 0
        answer = values(variable.name, variable.kind, len(variable.categories))
        if not asked.all():
            answer = np.where(asked, answer, NO_CATEGORY).astype(answer.dtype)
        columns[variable.name] = Column(replace(variable, nets=(), descending=False), answer, asked)
    return Frame(np.array([f"{population}-{seed}-{n:05d}" for n in range(rows)]), columns)


def frames(study: Study, wave: str) -> Iterator[tuple[str, Frame]]:
    """Simulate the populations of a wave."""
    for seed, (name, rows) in enumerate(SIZES.items(), 1):
        if wave == NOW:
            yield name, interviews(study, name, rows, _HAPPY[name], seed)
        elif name == "residents":
            yield name, interviews(study, name, rows, _HAPPY[EARLIER], seed + 10)


def freeze_all(folder: Path, study: Study, waves: Sequence[str] = (EARLIER, NOW)) -> None:
    """Freeze the simulated waves."""
    for wave in waves:
        freeze(folder, wave, dict(frames(study, wave)), provenance={})
