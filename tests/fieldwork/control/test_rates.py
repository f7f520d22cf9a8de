"""Outcome rates by the formulas of AAPOR, with counts that can be followed by pencil."""

import pytest

from tyndau.base.errors import UserError
from tyndau.fieldwork.control.dispositions import CLASSES, DISPOSITIONS, outcome_of_interview
from tyndau.fieldwork.control.rates import Tally, cooperation, response, tallies, tally

# I 100, P 10, R 50, NC 20, O 20, UH 15, UO 10, NE 50
COUNTED = Tally(100, 10, 50, 20, 20, 15, 10, 50)


def test_cooperation_and_refusal_are_of_those_reached() -> None:
    rates = cooperation(COUNTED)
    assert rates.n == 180
    assert rates.coop1 == pytest.approx(100 / 180)
    assert rates.coop3 == pytest.approx(100 / 160)
    assert rates.refusal == pytest.approx(50 / 180)


def test_nobody_addressed_is_no_rate() -> None:
    rates = cooperation(Tally(not_eligible=3))
    assert (rates.n, rates.coop1, rates.coop3, rates.refusal) == (0, None, None, None)


def test_response_rates_of_a_frame() -> None:
    """Known eligible 200, unknown 25, e = 200 / 250 = 0.8."""
    rates = response(COUNTED, "design")
    assert rates.e == pytest.approx(0.8)
    assert (rates.rr1, rates.rr2) == pytest.approx((100 / 225, 110 / 225))
    assert (rates.rr3, rates.rr4) == pytest.approx((100 / 220, 110 / 220))
    assert (rates.rr5, rates.rr6) == pytest.approx((100 / 200, 110 / 200))
    assert response(COUNTED, "design", e=0.4).rr3 == pytest.approx(100 / 210)


@pytest.mark.parametrize("inference", ["model", "none"])
def test_a_sample_without_a_frame_has_no_response_rate(inference) -> None:
    with pytest.raises(UserError) as raised:
        response(COUNTED, inference)
    assert raised.value.problems[0].kind.code == "fieldwork.no-frame"


def test_contacts_are_counted_by_point() -> None:
    outcomes = ["complete", "refusal", "language", "complete", "not_eligible"]
    counted = tallies(outcomes, ["p2", "p1", "p1", "p1", "p1"])
    assert counted == {
        "p1": Tally(complete=1, refused=1, other=1, not_eligible=1),
        "p2": Tally(complete=1),
    }
    assert tally(outcomes) == Tally(complete=2, refused=1, other=1, not_eligible=1)
    assert tally([]) == Tally()


def test_every_class_lands_in_its_own_count() -> None:
    word = {one.kind: name for name, one in DISPOSITIONS.items()}
    for at, kind in enumerate(CLASSES):
        counts = [0] * len(CLASSES)
        counts[at] = 1
        assert tally([word[kind]]) == Tally(*counts)


def test_an_unknown_outcome_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(UserError) as raised:
        tally(["complete", "gone"])
    assert "gone" in raised.value.problems[0].what("en")
    assert "refusal" in raised.value.problems[0].what("en")


def test_codes_agree_with_their_classes() -> None:
    begins = {"1.1": "I", "1.2": "P", "2.1": "R", "2.2": "NC", "2.3": "O", "3.1": "UH",
              "3.2": "UO", "4": "NE"}  # fmt: skip
    codes = [one.code for one in DISPOSITIONS.values()]
    assert len(set(codes)) == len(codes)
    for one in DISPOSITIONS.values():
        assert one.kind == begins.get(one.code[:3]) or one.kind == begins.get(one.code[:1])


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_each_code_has_its_name_in_both_languages(language) -> None:
    names = [one.name.say(language) for one in DISPOSITIONS.values()]
    english = [one.name.say("en") for one in DISPOSITIONS.values()]
    assert len(set(names)) == len(names)
    assert not set(names) & set(english)


@pytest.mark.parametrize(
    ("answered", "outcome"),
    [(0.49, "break_off"), (0.5, "partial"), (0.8, "partial"), (0.81, "complete")],
)
def test_an_interview_is_complete_partial_or_broken_off(answered, outcome) -> None:
    assert outcome_of_interview(answered) == outcome
