"""Pictures of charts: SVG for PDF files and pages, PNG for Word.

In: a `Chart`, a language, a width. Out: the picture. Vega-Lite draws without network, in the fonts
that come with this package; the same chart gives the same bytes.
"""

import json
from functools import cache, lru_cache

import vl_convert

from tyndau.base.languages import Sayable
from tyndau.reporting.charts.draw import draw
from tyndau.reporting.model import Chart
from tyndau.reporting.typefaces import font_folder

_VEGA_LITE = "6.4"


def chart_svg(chart: Chart, language: str, *, width: int, banner: Sayable = "") -> str:
    """Draw a chart as SVG.

    Parameters
    ----------
    chart : Chart
        What is shown.
    language : str
        ``kk`` or ``ru``.
    width : int
        Pixels at 96 to the inch.
    banner : Text, Message or str, optional
        What must stand in the picture.

    Returns
    -------
    str
        The picture; its texts are texts, in the font of this package.
    """
    canvas = draw(chart, language, width, banner)
    return _svg(json.dumps(canvas.specification()), canvas.texts())


def chart_png(
    chart: Chart, language: str, *, width: int, banner: Sayable = "", scale: float = 2.0
) -> bytes:
    """Draw a chart as PNG.

    Parameters
    ----------
    chart : Chart
        What is shown.
    language : str
        ``kk`` or ``ru``.
    width : int
        Pixels at 96 to the inch, before scaling.
    banner : Text, Message or str, optional
        What must stand in the picture.
    scale : float, default 2
        Pixels of the file for one of the width.

    Returns
    -------
    bytes
        The file.
    """
    svg = chart_svg(chart, language, width=width, banner=banner)
    _fonts()
    return vl_convert.svg_to_png(svg, scale=scale)


@lru_cache(maxsize=1024)
def _svg(specification: str, texts: str) -> str:
    """Draw a picture; Word and PDF ask for the same one after each other."""
    marks = str(vl_convert.vegalite_to_svg(specification, vl_version=_VEGA_LITE))
    beginning, end, _ = marks.rpartition("</svg>")
    return f"{beginning}{texts}{end}"


@cache
def _fonts() -> None:
    with font_folder() as folder:
        vl_convert.register_font_directory(str(folder))
