"""What stands under a table about its method."""

from tyndau.base.languages import Message
from tyndau.study.model import Thresholds
from tyndau.tabulation import Method


def said(method: Method) -> str:
    return " ".join(note.say("en") for note in method.notes)


def test_codes_name_what_entered() -> None:
    assert Method("design", True, True, True).code == "design:t:weights+strata+clusters"
    assert Method("model", False, False, False).code == "model:t:srs"
    assert Method("none", True, False, False).code == "none"


def test_a_model_is_never_a_margin_of_error() -> None:
    words = said(Method("model", False, False, False))
    assert "conditional on quotas and points" in words
    assert "not a margin of error" in words
    assert "Points were not recorded, so clustering does not enter the errors." in words


def test_what_entered_is_said() -> None:
    words = said(Method("design", True, True, True))
    assert "are weighted" in words
    assert "Strata enter" in words
    assert "Clusters (points) enter" in words
    bare = said(Method("design", False, False, False))
    assert "not weighted" in bare
    assert "Strata do not enter" in bare
    assert "No clusters were named" in bare


def test_the_correction_of_tests_is_said() -> None:
    words = said(Method("design", False, False, False))
    assert "Tests are two-sided t tests at 5 %." in words
    assert "corrected for their number (Benjamini and Hochberg)" in words
    assert "about one group in 20" in words


def test_marks_follow_the_thresholds() -> None:
    method = Method("design", False, False, False, thresholds=Thresholds(20, 50))
    assert "*: base from 20 to 49; **: base under 20, not tested." in said(method)


def test_without_inference_nothing_is_said_of_tests() -> None:
    words = said(Method("none", False, False, False))
    assert "no errors, intervals or tests" in words
    assert "Letters" not in words
    assert "not tested" not in words


def test_what_the_sample_allows_is_said_last_whatever_the_inference() -> None:
    planned = (Message("Planned so."),)
    for inference in ("design", "model", "none"):
        method = Method(inference, False, False, False, sample_notes=planned)  # type: ignore[arg-type]
        assert method.notes[-1] == planned[0]
        assert len(method.notes) > 1
