"""The colours of charts, told apart without red and green and when printed in grey.

In: how many answers stand on a side, or how many series there are. Out: colours as hexadecimal
codes. Sides of a scale are brown and blue (ColorBrewer's PuOr and RdBu ends), the middle and what
has no opinion are grey.
"""

from collections.abc import Sequence

from tyndau.reporting.model import Series

BAR = "#1F5A8A"
ASIDE = "#B8B8B8"
TEXT = "#222222"
MUTED = "#5F6B76"
LINE = "#9AA5AE"
WARNING = "#B3261E"

_NEUTRAL = "#D8D8D8"
# From the outer end of the scale to its middle.
_NEGATIVE = {1: ("#D9822B",), 2: ("#B35806", "#F1A340"), 3: ("#7F3B08", "#B35806", "#F1A340")}
_POSITIVE = {1: ("#2166AC",), 2: ("#2166AC", "#92C5DE"), 3: ("#053061", "#2166AC", "#92C5DE")}
_SERIES = ("#1F5A8A", "#D9822B", "#92C5DE", "#7F3B08", "#5F6B76", "#F1A340", "#053061")
_DARK = 0.45


def of_series(series: Sequence[Series]) -> list[str]:
    """Return the colour of each series of a chart.

    Parameters
    ----------
    series : sequence of Series
        In the order of the chart.

    Returns
    -------
    list of str
        Such as ``#1F5A8A``.
    """
    negative = [at for at, one in enumerate(series) if one.side == "negative"]
    positive = [at for at, one in enumerate(series) if one.side == "positive"]
    colours: list[str] = []
    plain = 0
    for at, one in enumerate(series):
        if one.side == "negative":
            colours.append(_shade(_NEGATIVE, len(negative), negative.index(at)))
        elif one.side == "positive":
            outward = len(positive) - 1 - positive.index(at)
            colours.append(_shade(_POSITIVE, len(positive), outward))
        elif one.side:
            colours.append(_NEUTRAL if one.side == "neutral" else ASIDE)
        else:
            colours.append(_SERIES[plain % len(_SERIES)])
            plain += 1
    return colours


def _shade(shades: dict[int, tuple[str, ...]], count: int, inward: int) -> str:
    chosen = shades[min(count, 3)]
    return chosen[min(inward, len(chosen) - 1)]


def upon(colour: str) -> str:
    """Return the colour of a text that stands on another.

    Parameters
    ----------
    colour : str
        The ground, such as ``#1F5A8A``.

    Returns
    -------
    str
        White on a dark ground, else nearly black.
    """
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return "#FFFFFF" if 0.2126 * red + 0.7152 * green + 0.0722 * blue < _DARK else TEXT
