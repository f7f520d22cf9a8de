"""How each kind of chart is drawn: labels, bars and values at their places.

In: a `Chart` and a language. Out: a `Canvas` with all its marks. Values stand at their bars, names
of series above them; answers without a meaning of their own are grey.
"""

from collections.abc import Callable, Mapping, Sequence

from tyndau.base.languages import Sayable, number, say
from tyndau.reporting.charts import colours
from tyndau.reporting.charts.canvas import LINE, Canvas, broken, measured
from tyndau.reporting.model import HIDDEN, Chart, ChartKind

_BAR = 17.0
_GAP = 9.0
_SPACE = 8.0
# Shares of the width that labels may take.
_LABELS = 0.42
_LABELS_OF_PANELS = 0.34
# A panel narrower than this says its values without their unit, which then stands once.
_NARROWEST_PANEL, _NARROW_PANEL = 60.0, 84.0
_KEY = 11.0


def draw(chart: Chart, language: str, width: float, banner: Sayable) -> Canvas:
    """Draw a chart.

    Parameters
    ----------
    chart : Chart
        What is shown.
    language : str
        ``kk`` or ``ru``.
    width : float
        Pixels.
    banner : Text, Message or str
        What must stand in the picture; empty where nothing must.

    Returns
    -------
    Canvas
        As high as it came out.
    """
    canvas = Canvas(width)
    said = say(banner, language)
    if said:
        lines = broken(said, width, bold=True)
        for line in lines:
            canvas.height += LINE
            middle = canvas.height - LINE / 2
            canvas.text(width, middle, line, align="right", colour=colours.WARNING, bold=True)
        canvas.height += _SPACE
    _KINDS[chart.kind](canvas, chart, language)
    canvas.height += 2
    return canvas


def _bars(canvas: Canvas, chart: Chart, language: str) -> None:
    values = [chart.series[0].values]
    _rows(canvas, chart, language, [colours.BAR], values)


def _grouped(canvas: Canvas, chart: Chart, language: str) -> None:
    shades = colours.of_series(chart.series)
    _key(canvas, [say(one.label, language) for one in chart.series], shades)
    values = [one.values for one in chart.series]
    _rows(canvas, chart, language, shades, values)


def _rows(
    canvas: Canvas,
    chart: Chart,
    language: str,
    shades: Sequence[str],
    values: Sequence[Sequence[float | None]],
) -> None:
    """Draw categories below each other, each with a bar for every series."""
    labels, left = _labels(canvas, chart, language)
    said = [[_value(value, chart, language) for value in one] for one in values]
    room = max(measured(text) for one in said for text in one) + _SPACE
    scale = (canvas.width - left - room) / _longest(chart, values)
    beginning = canvas.height
    for at, lines in enumerate(labels):
        high = max(len(lines) * LINE, len(values) * _BAR) + _GAP
        canvas.paragraph(0, canvas.height + high / 2, lines)
        top = canvas.height + (high - len(values) * _BAR) / 2
        for one, shade in enumerate(shades):
            value = values[one][at]
            right = left + (value or 0) * scale
            grey = at in chart.aside and len(shades) == 1
            canvas.bar(left, top + 1, right, top + _BAR - 1, colours.ASIDE if grey else shade)
            canvas.text(right + 4, top + _BAR / 2, said[one][at])
            top += _BAR
        canvas.height += high
    canvas.line(left, beginning, canvas.height)


def _stacked(canvas: Canvas, chart: Chart, language: str) -> None:
    shades = colours.of_series(chart.series)
    unit = "%" if chart.unit == "percent" else ""
    _key(canvas, [say(one.label, language) for one in chart.series], shades, unit)
    main = [at for at, one in enumerate(chart.series) if one.side != "aside"]
    aside = [at for at, one in enumerate(chart.series) if one.side == "aside"]
    before = [sum(_left_of_middle(chart, row, main)) for row in range(len(chart.categories))]
    after = [
        sum(chart.series[at].values[row] or 0 for at in main) - before[row]
        for row in range(len(chart.categories))
    ]
    apart = [
        sum(chart.series[at].values[row] or 0 for at in aside)
        for row in range(len(chart.categories))
    ]
    labels, left = _labels(canvas, chart, language, bold=frozenset({0}))
    gap = 3 * _SPACE if any(apart) else 0
    scale = (canvas.width - left - gap) / ((max(before) + max(after) + max(apart)) or 1.0)
    zero = left + max(before) * scale
    beginning = canvas.height
    for row, lines in enumerate(labels):
        high = max(len(lines) * LINE, _BAR) + _GAP
        middle = canvas.height + high / 2
        canvas.paragraph(0, middle, lines, bold=row == 0)
        x = zero - before[row] * scale
        for at in (*main, *aside):
            if aside and at == aside[0]:
                x = canvas.width - max(apart) * scale
            x = _segment(canvas, chart, language, (at, row), (x, middle, scale), shades[at])
        canvas.height += high
    if chart.kind == "diverging":
        canvas.line(zero, beginning, canvas.height)


def _left_of_middle(chart: Chart, row: int, main: Sequence[int]) -> list[float]:
    """Return what stands left of the line: all that is negative, half of what is neutral."""
    if chart.kind == "stacked":
        return [0.0]
    parts = {"negative": 1.0, "neutral": 0.5}
    series = [chart.series[at] for at in main]
    return [parts.get(one.side, 0.0) * (one.values[row] or 0) for one in series]


def _segment(
    canvas: Canvas,
    chart: Chart,
    language: str,
    which: tuple[int, int],
    place: tuple[float, float, float],
    shade: str,
) -> float:
    """Draw a part of a bar with its value where there is room; return where it ends."""
    series, row = which
    x, middle, scale = place
    value = chart.series[series].values[row]
    if not value:
        return x
    right = x + value * scale
    canvas.bar(x, middle - _BAR / 2 + 1, right, middle + _BAR / 2 - 1, shade)
    said = number(value, language, decimals=chart.decimals)
    if measured(said) + 3 <= right - x:
        canvas.text((x + right) / 2, middle, said, align="center", colour=colours.upon(shade))
    return right


def _panels(canvas: Canvas, chart: Chart, language: str) -> None:
    labels, left = _labels(canvas, chart, language, share=_LABELS_OF_PANELS)
    count = len(chart.series)
    most = max(1, min(count, int((canvas.width - left) // _NARROWEST_PANEL)))
    beside = -(-count // -(-count // most))
    wide = (canvas.width - left) / beside
    narrow = wide < _NARROW_PANEL
    longest = _longest(chart, [one.values for one in chart.series])
    said = [
        [_value(value, chart, language, unit=not narrow) for value in one.values]
        for one in chart.series
    ]
    room = max(measured(text) for one in said for text in one) + 2 * _SPACE
    scale = max(wide - room, 12) / longest
    for first in range(0, len(chart.series), beside):
        shown = range(first, min(first + beside, len(chart.series)))
        # A base goes below its name where both do not stand beside each other.
        names = [say(chart.series[at].label, language).replace("\u00a0", " ") for at in shown]
        titles = [broken(name, wide - _SPACE, bold=True) for name in names]
        high = max(map(len, titles)) * LINE + 4
        for place, lines in enumerate(titles):
            x = left + place * wide
            canvas.paragraph(x, canvas.height + high - len(lines) * LINE / 2 - 4, lines, bold=True)
        canvas.height += high
        if narrow and chart.unit == "percent":
            middle = canvas.height - LINE / 2 - 4
            canvas.text(left - _SPACE, middle, "%", align="right", colour=colours.MUTED)
        beginning = canvas.height
        for row, lines in enumerate(labels):
            high = max(len(lines) * LINE, _BAR) + _GAP
            middle = canvas.height + high / 2
            canvas.paragraph(0, middle, lines)
            for place, at in enumerate(shown):
                x = left + place * wide
                right = x + (chart.series[at].values[row] or 0) * scale
                shade = colours.ASIDE if row in chart.aside else colours.BAR
                canvas.bar(x, middle - _BAR / 2 + 1, right, middle + _BAR / 2 - 1, shade)
                canvas.text(right + 4, middle, said[at][row])
            canvas.height += high
        for place in range(len(shown)):
            canvas.line(left + place * wide, beginning, canvas.height)
        canvas.height += _SPACE


def _key(canvas: Canvas, names: Sequence[str], shades: Sequence[str], unit: str = "") -> None:
    """Name the series above the bars, in their order, as many lines as they need."""
    x = 0.0
    canvas.height += LINE
    first = canvas.height - LINE / 2
    room = canvas.width - (measured(unit) + _SPACE if unit else 0)
    for name, shade in zip(names, shades, strict=True):
        lines = broken(name, room - _KEY - 4)
        wide = _KEY + 4 + max(measured(line) for line in lines) + 2 * _SPACE
        if x and x + wide - 2 * _SPACE > room:
            x = 0.0
            canvas.height += LINE + 3
        middle = canvas.height - LINE / 2
        canvas.bar(x, middle - _KEY / 2, x + _KEY, middle + _KEY / 2, shade)
        for line in lines:
            canvas.text(x + _KEY + 4, canvas.height - LINE / 2, line)
            canvas.height += LINE
        canvas.height -= LINE
        x += wide
    if unit:
        canvas.text(canvas.width, first, unit, align="right", colour=colours.MUTED)
    canvas.height += _SPACE


def _labels(
    canvas: Canvas,
    chart: Chart,
    language: str,
    *,
    bold: frozenset[int] = frozenset(),
    share: float = _LABELS,
) -> tuple[list[list[str]], float]:
    """Break the labels of categories; return them and where bars begin."""
    most = canvas.width * share
    words = [say(one, language) for one in chart.categories]
    labels = [broken(word, most, bold=at in bold) for at, word in enumerate(words)]
    widest = max(
        measured(line, bold=at in bold) for at, lines in enumerate(labels) for line in lines
    )
    return labels, widest + _SPACE


def _longest(chart: Chart, values: Sequence[Sequence[float | None]]) -> float:
    """Return the value that fills the width: the largest, and for percentages at least half."""
    largest = max((value or 0.0 for one in values for value in one), default=0.0)
    return max(largest, 50.0) if chart.unit == "percent" else max(largest, 1e-9)


def _value(value: float | None, chart: Chart, language: str, *, unit: bool = True) -> str:
    if value is None:
        return HIDDEN
    sign = "\u00a0%" if unit and chart.unit == "percent" else ""
    return f"{number(value, language, decimals=chart.decimals)}{sign}"


_KINDS: Mapping[ChartKind, Callable[[Canvas, Chart, str], None]] = {
    "bars": _bars,
    "diverging": _stacked,
    "stacked": _stacked,
    "grouped": _grouped,
    "panels": _panels,
}
