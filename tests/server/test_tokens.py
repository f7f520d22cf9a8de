"""Colours of pages: what is written can be read, in the light and in the dark (WCAG 2.2, AA)."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "tyndau_server" / "look" / "static" / "tyndau" / "tokens.css"
TEXT, EDGE = 4.5, 3.0

_STATES = ("info", "good", "warn", "bad", "plain")
PAIRS = [
    *((ink, on, TEXT) for ink in ("ink", "muted", "link") for on in ("paper", "ground", "sunken")),
    ("link", "pale", TEXT),
    ("ink", "pale", TEXT),
    *((f"{state}-ink", state, TEXT) for state in _STATES),
    ("bad-ink", "paper", TEXT),
    ("on-action", "action", TEXT),
    ("on-action", "action-over", TEXT),
    ("white", "danger", TEXT),
    ("white", "danger-over", TEXT),
    ("white", "simulated", TEXT),
    ("higher", "paper", TEXT),
    ("lower", "paper", TEXT),
    ("edge", "paper", EDGE),
    ("focus", "paper", EDGE),
    ("focus", "ground", EDGE),
]


def _tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{3,6})\b", block))


def _blocks() -> tuple[str, str, str]:
    text = CSS.read_text("utf-8")
    light, _, rest = text.partition("@media (prefers-color-scheme: dark)")
    system, _, chosen = rest.partition(':root[data-scheme="dark"]')
    return light, system, chosen


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    lower, higher = sorted((_luminance(one), _luminance(other)))
    return (higher + 0.05) / (lower + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "on", "least"), PAIRS)
def test_what_is_written_can_be_read(scheme: str, ink: str, on: str, least: float) -> None:
    light, dark, _ = map(_tokens, _blocks())
    colours = {"white": "#ffffff", **light, **(dark if scheme == "dark" else {})}
    assert _contrast(colours[ink], colours[on]) >= least


def test_dark_is_the_same_whoever_chose_it() -> None:
    light, system, chosen = map(_tokens, _blocks())
    assert system == chosen
    assert set(system) == set(light) - {"chart"}, "the ground of charts is that of cards"


def test_the_measure_is_that_of_the_standard() -> None:
    assert _contrast("#fff", "#000") == pytest.approx(21)
    assert _contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)
