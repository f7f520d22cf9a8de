"""Declared findings: one family over the volume, and claims that nothing differs."""

import numpy as np
import pytest

from tyndau.base.frames import Category, Column, Frame, Variable
from tyndau.base.languages import Text
from tyndau.estimation import Design, make_design
from tyndau.study.plan import KeyFinding
from tyndau.study.standards import Comparing, Thresholds
from tyndau.tabulation import Examined, examine


def single(name: str, values: np.ndarray, codes: str, *, scored: bool = False) -> Column:
    categories = tuple(
        Category(code, Text(ru=code), score=float(at) if scored else None)
        for at, code in enumerate(codes)
    )
    asked = np.ones(len(values), dtype=bool)
    return Column(Variable(name, "single", Text(ru=name), categories), values, asked)


def finding(claim: str, *, answer: str = "y", column: str = "a", against: str = "") -> KeyFinding:
    return KeyFinding("K", "people", "q", answer, "g", column, against, claim, Text(ru="так"))


@pytest.fixture(scope="module")
def people() -> tuple[dict[str, Frame], dict[str, Design]]:
    """Of 600 in each of three groups 45, 37 and 38 % say yes."""
    group = np.repeat(np.arange(3), 600)
    answer = np.concatenate([np.arange(600) < share * 6 for share in (45, 37, 38)]).astype(int)
    columns = [single("q", answer, "ny", scored=True), single("g", group, "abc")]
    frame = Frame(np.arange(1800).astype(str), {column.variable.name: column for column in columns})
    return {"people": frame}, {"people": make_design(1800)}


def looked_at(
    people: tuple[dict[str, Frame], dict[str, Design]], *findings: KeyFinding, least: float = 10
) -> tuple[Examined, ...]:
    return examine(
        findings, *people, thresholds=Thresholds(), comparing=Comparing(least_difference=least)
    )


def test_a_claim_holds_if_its_direction_is_that_of_the_test(people) -> None:
    found = looked_at(
        people, finding("higher"), finding("lower"), finding("differs"),
        finding("lower", answer="n"), finding("higher", answer="mean"),
    )  # fmt: skip
    assert [one.holds for one in found] == [True, False, True, True, True]
    assert found[0].first == pytest.approx(45)
    assert found[0].second == pytest.approx(37.5)
    assert found[4].first == pytest.approx(0.45)
    # z = 7.5 points by its standard error, from R prop.test(c(270, 450), c(600, 1200)) without
    # correction 0.0021; the design's t, with its own variances, is near it.
    assert found[0].p_value == pytest.approx(0.0021, abs=5e-4)


def test_the_family_is_corrected_by_its_size(people) -> None:
    alone = looked_at(people, finding("higher", against="b"))
    among = looked_at(
        people, finding("higher", against="b"),
        *(finding("differs", column="b", against="c") for _ in range(19)),
    )  # fmt: skip
    assert alone[0].corrected == alone[0].p_value < 0.01
    assert alone[0].holds
    assert among[0].corrected == pytest.approx(20 * alone[0].p_value)
    assert not among[0].holds


def test_that_groups_are_the_same_is_proved_by_precision(people) -> None:
    rough, fine = (
        looked_at(people, finding("same", column="b", against="c"), least=least)[0]
        for least in (3.0, 8.0)
    )
    assert not rough.holds
    assert fine.holds
    # One point apart, standard error 2.79: the claim of less than 8 is t = (8 - 1) / 2.79.
    assert fine.p_value == pytest.approx(0.0061, abs=5e-4)


def test_small_groups_and_open_samples_are_not_tested(people) -> None:
    frames, designs = people
    small = examine(
        [finding("differs")], frames, designs, thresholds=Thresholds(hide_below=700),
        comparing=Comparing(),
    )  # fmt: skip
    nowhere = examine([finding("differs")], {}, {}, thresholds=Thresholds(), comparing=Comparing())
    for (one,) in (small, nowhere):
        assert one.holds is None
        assert np.isnan(one.p_value)
