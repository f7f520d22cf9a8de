"""What a chart shows, in words: for screen readers, and for whoever has no picture.

In: a `Chart` and a language. Out: its kind and all its values in sentences.
"""

from tyndau.base.languages import N_, Message, number, say
from tyndau.reporting.model import Chart

_KINDS = {
    "bars": N_("Bar chart. {values}."),
    "diverging": N_("Diverging bars of a scale. {values}."),
    "stacked": N_("Stacked bars. {values}."),
    "grouped": N_("Bar chart by population. {values}."),
    "panels": N_("Small multiples of bars. {values}."),
}


def alt_text(chart: Chart, language: str) -> str:
    """Say what a chart shows.

    Parameters
    ----------
    chart : Chart
        The chart.
    language : str
        ``kk`` or ``ru``.

    Returns
    -------
    str
        Every value with what it is of.
    """
    categories = [say(one, language) for one in chart.categories]
    parts = []
    if chart.kind in ("diverging", "stacked"):
        for row, category in enumerate(categories):
            values = [(say(one.label, language), one.values[row]) for one in chart.series]
            parts.append(f"{category}: {_listed(values, chart, language)}")
    else:
        for one in chart.series:
            values = list(zip(categories, one.values, strict=True))
            name = say(one.label, language)
            listed = _listed(values, chart, language)
            parts.append(f"{name}: {listed}" if name else listed)
    return Message(_KINDS[chart.kind], {"values": "; ".join(parts)}).say(language)


def _listed(values: list[tuple[str, float | None]], chart: Chart, language: str) -> str:
    unit = "\u00a0%" if chart.unit == "percent" else ""
    return ", ".join(
        f"{name} — {number(value, language, decimals=chart.decimals)}{unit}"
        for name, value in values
        if value is not None
    )
