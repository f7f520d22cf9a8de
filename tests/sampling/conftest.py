"""A study of a made-up town whose sample is planned without any file, to be spoilt."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tyndau.base.languages import Text
from tyndau.study import load_study
from tyndau.study.model import Study, Territory
from tyndau.study.plan import Margin, Point, Sampling

DAY = date(2026, 1, 1)
CITY = Path(__file__).parents[2] / "studies" / "demo-city"

PEOPLE = {"old": 60_000, "east": 30_000, "annexed": 8_000, "far": 2_000}
TERRITORIES = (
    Territory("town", Text("Қала", "Город")),
    Territory("old", Text("Ескі қала", "Старый город"), "town"),
    Territory("east", Text("Шығыс", "Восток"), "town", new_microdistrict=True),
    Territory("annexed", Text("Қосылған", "Присоединённый"), "town", newly_annexed=True),
    Territory("far", Text("Шалғай", "Дальний"), "town", newly_annexed=True, remote=True),
)
SAMPLING = Sampling(
    population="residents",
    interviews=600,
    correlation=0.05,
    at_point=15,
    allocation="power",
    power=0.5,
    selection="pps",
    quotas=("sex", "age_group"),
    interviewers=8,
    interviews_a_day=8,
    rate_interview=500,
    rate_day=1000,
    transport=300,
    transport_remote=900,
    seed=7,
)


def margins(**figures: dict[str, int]) -> tuple[Margin, ...]:
    """Return figures of the whole, by variable and category."""
    source = Text("Дерек", "Данные")
    return tuple(
        Margin("residents", "", variable, code, people, source, DAY)
        for variable, by_code in figures.items()
        for code, people in by_code.items()
    )


def points(count: int = 20, territories: Sequence[str] = tuple(PEOPLE)) -> tuple[Point, ...]:
    """Return candidates of each territory with growing sizes, and a substitute for the first."""
    kinds = ("street", "street", "dwelling", "parking")
    made = []
    for place in territories:
        for at in range(count):
            code, name = f"{place}-{at:02}", Text(f"{at}-нүкте", f"Точка {at}")
            size = 50.0 + 10 * at
            made.append(Point(code, place, name, kinds[at % 4], 0, 5 if at % 2 else 3, size=size))
        name = Text("Қосалқы", "Запасная")
        made.append(Point(f"{place}-s", place, name, "street", 0, 3, f"{place}-00"))
    return tuple(made)


MARGINS = margins(
    territory=PEOPLE,
    sex={"female": 53_000, "male": 47_000},
    age_group={"18-29": 25_000, "30-44": 32_000, "45-59": 24_000, "60+": 19_000},
)


@pytest.fixture(scope="session")
def city() -> Study:
    """Return the study of the made-up city that comes with the program."""
    return load_study(CITY)


@pytest.fixture
def town(city: Study) -> Callable[..., Study]:
    """Return what makes the study of the town, with anything of its sample changed."""

    def town(**changes: object) -> Study:
        parts = {"margins": MARGINS, "points": points(), "territories": TERRITORIES, "quotas": ()}
        other = {name: value for name, value in changes.items() if name not in parts}
        parts |= {name: value for name, value in changes.items() if name in parts}
        sampling = replace(SAMPLING, **other)  # type: ignore[arg-type]
        return replace(city, sampling=sampling, **parts)  # type: ignore[arg-type]

    return town
