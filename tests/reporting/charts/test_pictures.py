"""What a reader of a picture sees: each value and label, whole, in the language of the reader."""

import re
from xml.etree import ElementTree

import pytest

from tyndau.base.languages import Text, number, say
from tyndau.reporting.charts import alt_text, chart_png, chart_svg
from tyndau.reporting.charts.canvas import measured
from tyndau.reporting.charts.colours import ASIDE
from tyndau.reporting.model import Chart, Document

SVG = "{http://www.w3.org/2000/svg}"
SIMULATED = Text("МОДЕЛЬДЕНГЕН ДЕРЕКТЕР", "СМОДЕЛИРОВАННЫЕ ДАННЫЕ")


@pytest.fixture
def charts(report: Document) -> dict[str, Chart]:
    blocks = [block for section in report.sections for block in section.blocks]
    return {block.kind: block for block in blocks if isinstance(block, Chart)}


def _texts(svg: str) -> list[tuple[float, float, str, ElementTree.Element]]:
    """Return each text with the place of its anchor, all translations added up."""
    found: list[tuple[float, float, str, ElementTree.Element]] = []

    def walk(element: ElementTree.Element, x: float, y: float) -> None:
        moved = re.match(r"translate\(([-\d.]+),\s*([-\d.]+)\)", element.get("transform", ""))
        if moved:
            x, y = x + float(moved[1]), y + float(moved[2])
        if element.tag == f"{SVG}text":
            found.append((x, y, "".join(element.itertext()), element))
        for child in element:
            walk(child, x, y)

    walk(ElementTree.fromstring(svg), 0, 0)
    return found


@pytest.mark.parametrize("width", [358, 640])
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_no_text_leaves_the_picture(charts: dict[str, Chart], language: str, width: int) -> None:
    for kind, chart in charts.items():
        svg = chart_svg(chart, language, width=width, banner=SIMULATED)
        high = float(ElementTree.fromstring(svg).get("height", "0"))
        texts = _texts(svg)
        assert len(texts) > 8, kind
        for x, y, text, element in texts:
            wide = measured(text, bold=element.get("font-weight") == "bold")
            left = {"start": x, "middle": x - wide / 2, "end": x - wide}[
                element.get("text-anchor", "start")
            ]
            assert left > -2 and left + wide < width + 2, (kind, text)
            assert 0 < y < high, (kind, text)


@pytest.mark.parametrize("kind", ["bars", "grouped", "panels"])
def test_every_bar_has_its_value_and_every_label_its_words(
    charts: dict[str, Chart], kind: str
) -> None:
    chart = charts[kind]
    said = " ".join(text for _, _, text, _ in _texts(chart_svg(chart, "kk", width=640)))
    values = [value for one in chart.series for value in one.values if value is not None]
    shown = re.findall(r"\d+\u00a0%", said)
    assert sorted(shown) == sorted(f"{number(value, 'kk')}\u00a0%" for value in values)
    for label in chart.categories:
        assert set(say(label, "kk").split()) <= set(said.split())


def test_answers_without_a_meaning_are_grey_and_stand_last(charts: dict[str, Chart]) -> None:
    fills = re.findall(r'fill="(#[0-9A-F]{6})"', chart_svg(charts["bars"], "ru", width=640), re.I)
    bars = [one.upper() for one in fills if one.upper() not in ("#FFFFFF", "#222222")]
    assert bars[-1] == ASIDE
    assert ASIDE not in bars[:-1]


@pytest.mark.parametrize("kind", ["bars", "diverging", "grouped", "panels", "stacked"])
def test_a_simulated_chart_says_so_inside_the_picture(charts: dict[str, Chart], kind: str) -> None:
    for language in ("kk", "ru"):
        with_banner = chart_svg(charts[kind], language, width=640, banner=SIMULATED)
        assert SIMULATED.say(language) in with_banner
        assert SIMULATED.say(language) not in chart_svg(charts[kind], language, width=640)


def test_the_same_chart_gives_the_same_bytes(charts: dict[str, Chart]) -> None:
    for chart in charts.values():
        assert chart_png(chart, "ru", width=500) == chart_png(chart, "ru", width=500)
    png = chart_png(charts["bars"], "ru", width=500)
    assert int.from_bytes(png[16:20], "big") == 1000, "two pixels for one"


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_words_hold_all_values_in_the_language(charts: dict[str, Chart], language: str) -> None:
    for chart in charts.values():
        words = alt_text(chart, language)
        assert not re.search(r"[A-Za-z]{3,}", words.replace("eGov", "").replace("eOtinish", ""))
        for one in chart.series:
            for value in one.values:
                if value is not None:
                    assert f"{number(value, language)}\u00a0%" in words
