"""Quota cells: consistent with every margin, shared out fairly, and margins that contradict."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from tyndau.base.frames import Category, Variable
from tyndau.base.languages import Text
from tyndau.sampling.quotas import check_margins, own_quotas, people_by_territory, quota_cells
from tyndau.study.plan import Margin

from .conftest import DAY, MARGINS, PEOPLE, margins

pytestmark = pytest.mark.requirement("C2")

SEX = Variable(
    "sex",
    "single",
    Text("Жынысы", "Пол"),
    (
        Category("female", Text("Әйел", "Женщина")),
        Category("male", Text("Ер", "Мужчина")),
        Category("refused", Text("Бас тарту", "Отказ"), meaning="refused"),
    ),
)
AGE = Variable(
    "age_group",
    "single",
    Text("Жасы", "Возраст"),
    tuple(Category(code, Text(code, code)) for code in ("18-29", "30-44", "45-59", "60+")),
)
TARGETS = [281, 198, 77, 44]


def codes(*found: object) -> list[str]:
    return [problem.kind.code for problem in found]  # type: ignore[attr-defined]


def of_place(place: str, variable: str, figures: dict[str, int]) -> tuple[Margin, ...]:
    return tuple(replace(one, territory=place) for one in margins(**{variable: figures}))


def test_cells_keep_every_margin() -> None:
    quotas = quota_cells(TARGETS, list(PEOPLE), [SEX, AGE], MARGINS)
    assert quotas.codes == (("female", "male"), ("18-29", "30-44", "45-59", "60+"))
    assert quotas.off == 0
    np.testing.assert_array_equal(quotas.counts.sum(axis=(1, 2)), TARGETS)
    for axis, shares in ((2, [0.53, 0.47]), (1, [0.25, 0.32, 0.24, 0.19])):
        by_territory = np.outer(TARGETS, shares)
        assert np.abs(quotas.counts.sum(axis=axis) - by_territory).max() < 1
        assert np.abs(quotas.counts.sum(axis=(0, axis)) - 600 * np.array(shares)).max() < 1


def test_a_territory_with_figures_of_its_own_goes_by_them() -> None:
    own = of_place("far", "sex", {"female": 800, "male": 1200})
    quotas = quota_cells(TARGETS, list(PEOPLE), [SEX], (*MARGINS, *own))
    # 44 x 0.4 = 17.6 women, not 44 x 0.53 = 23.3.
    assert quotas.counts[3, 0] in (17, 18)
    assert quotas.counts[0, 0] in (148, 149)


def test_without_variables_a_territory_is_one_cell() -> None:
    quotas = quota_cells(TARGETS, list(PEOPLE), [], MARGINS)
    assert quotas.counts.tolist() == TARGETS


def test_interviewers_share_a_territory_without_changing_it() -> None:
    quotas = quota_cells(TARGETS, list(PEOPLE), [SEX, AGE], MARGINS)
    interviews = np.array([[100, 50, 0, 0], [101, 98, 40, 22], [80, 50, 37, 22]])
    own = own_quotas(quotas.counts, interviews)
    np.testing.assert_array_equal(own.sum(axis=0), quotas.counts)
    np.testing.assert_array_equal(own.sum(axis=(2, 3)), interviews)
    expected = interviews[0, 0] / TARGETS[0] * quotas.counts[0]
    assert np.abs(own[0, 0] - expected).max() < 1


def test_people_come_from_the_territories_or_from_who_is_counted_there() -> None:
    assert people_by_territory(list(PEOPLE), MARGINS) == PEOPLE
    there = of_place("far", "sex", {"female": 900, "male": 1000})
    without = tuple(one for one in MARGINS if one.code != "far")
    assert people_by_territory(list(PEOPLE), (*without, *there))["far"] == 1900
    assert "far" not in people_by_territory(list(PEOPLE), without)


def test_good_margins_have_no_fault() -> None:
    assert check_margins([SEX, AGE], MARGINS, PEOPLE) == []


def test_margins_that_disagree_are_named_with_their_days() -> None:
    """Women and men of all ages beside age groups of adults: 134,000 and 100,000."""
    later = margins(sex={"female": 70_000, "male": 64_000})
    later = tuple(replace(one, day=date(2025, 7, 1)) for one in later)
    rest = tuple(one for one in MARGINS if one.variable != "sex")
    found = check_margins([SEX, AGE], (*rest, *later), PEOPLE)
    assert codes(*found) == [
        "study.sample-margins-disagree",
        "study.sample-margins-disagree",
        "study.sample-dates-differ",
    ]
    said = found[0].what("en")
    assert all(part in said for part in ("age_group", "2026-01-01", "100000"))
    assert all(part in said for part in ("sex", "2025-07-01", "134000"))


def test_figures_of_another_day_may_drift_a_little() -> None:
    later = margins(sex={"female": 54_000, "male": 48_000})
    later = tuple(replace(one, day=date(2025, 1, 1)) for one in later)
    rest = tuple(one for one in MARGINS if one.variable != "sex")
    found = check_margins([SEX, AGE], (*rest, *later), PEOPLE)
    assert codes(*found) == ["study.sample-dates-differ"]
    assert found[0].kind.severity == "warning"
    assert "2025-01-01, 2026-01-01" in found[0].what("en")
    same_day = tuple(replace(one, day=DAY) for one in later)
    assert "study.sample-margins-disagree" in codes(
        *check_margins([SEX, AGE], (*rest, *same_day), PEOPLE)
    )


def test_a_territory_whose_figures_disagree_with_its_people_is_named() -> None:
    own = of_place("far", "sex", {"female": 800, "male": 900})
    found = check_margins([SEX, AGE], (*MARGINS, *own), PEOPLE)
    assert codes(*found) == ["study.sample-margins-disagree"]
    assert "Territory: far" in found[0].what("en")


def test_a_category_without_a_figure_is_an_error_and_one_of_nobody_a_warning() -> None:
    short = tuple(one for one in MARGINS if one.code != "60+")
    found = check_margins([SEX, AGE], short, PEOPLE)
    assert codes(*found) == ["study.sample-margin-gap"]
    assert "60+" in found[0].what("en")
    empty = tuple(replace(one, people=0) if one.code == "60+" else one for one in MARGINS)
    more = tuple(replace(one, people=44_000) if one.code == "18-29" else one for one in empty)
    found = check_margins([SEX, AGE], more, PEOPLE)
    assert codes(*found) == ["study.sample-nobody"]
    counts = quota_cells(TARGETS, list(PEOPLE), [SEX, AGE], more).counts
    assert (counts[:, :, 3] == 0).all()
