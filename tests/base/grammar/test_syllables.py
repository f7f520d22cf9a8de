"""Long words break where a reader of Kazakh or Russian breaks them, and only long ones."""

import pytest

from tyndau.base.grammar.syllables import soft_hyphens


@pytest.mark.parametrize(
    "broken",
    [
        "Кара|ган|да",
        "Қара|ған|ды",
        "госу|дарст|вен|ные",
        "Неу|дов|лет|во|ри|тель|но",
        "удов|лет|во|рён|ность",
        "қана|ғат|та|нар|лық",
        "қыз|мет|кер|ле|рі",
    ],
)
def test_breaks_stand_between_syllables(broken: str) -> None:
    assert soft_hyphens(broken.replace("|", "")).replace("\u00ad", "|") == broken


@pytest.mark.parametrize("text", ["Алматы", "Актобе", "18–20 лет", "Да, знаю", "eOtinish", ""])
def test_short_words_and_numbers_stay_whole(text: str) -> None:
    assert soft_hyphens(text) == text


def test_text_around_words_is_kept() -> None:
    text = "Работающие (частичная занятость), 2-топ"
    assert soft_hyphens(text).replace("\u00ad", "") == text
    assert "(час\u00adтич\u00adная" in soft_hyphens(text)
