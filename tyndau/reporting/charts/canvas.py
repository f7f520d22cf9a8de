"""A picture as bars, texts and lines at measured places, and its Vega-Lite specification.

In: marks, in pixels from the upper left corner. Out: a specification that draws bars and lines, and
the texts as SVG. Vega's own axes and legends do not know how wide a Kazakh label is in each font;
here each text is broken and placed before anything is drawn. Vega would measure it again, which
takes ten times as long as all the rest and changes nothing.
"""

from dataclasses import dataclass, field
from typing import Any, Literal
from xml.sax.saxutils import escape

from tyndau.base.grammar.syllables import soft_hyphens
from tyndau.reporting.charts import colours
from tyndau.reporting.text_size import PIXELS_PER_POINT, width, wrapped

# Points; the font of charts is wider than the Arial that texts are measured by.
SIZE = 9.0
WIDER = 1.1
LINE = SIZE * PIXELS_PER_POINT * 1.25

_FONT = "Tyndau Sans, Arial, sans-serif"
_ANCHORS = {"left": "start", "center": "middle", "right": "end"}
# Of the font size: how far the line on which letters stand is below their middle.
_BELOW_MIDDLE = 1 / 3

_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"


def measured(text: str, *, bold: bool = False) -> float:
    """Measure a text of a chart.

    Parameters
    ----------
    text : str
        One line.
    bold : bool, default False
        Whether it is set in bold.

    Returns
    -------
    float
        Pixels.
    """
    return width(text, SIZE, bold=bold) * WIDER


def broken(text: str, room: float, *, bold: bool = False) -> list[str]:
    """Break a text of a chart into lines.

    Parameters
    ----------
    text : str
        The text.
    room : float
        Pixels that a line may fill.
    bold : bool, default False
        Whether it is set in bold.

    Returns
    -------
    list of str
        One line at least; a word that is wider than a line is hyphenated, or cut where it has no
        syllables, such as an address.
    """
    lines = []
    for line in wrapped(text, room / WIDER, SIZE, bold=bold):
        rest = line
        while measured(rest, bold=bold) > room:
            beginning = _beginning(rest, room, bold=bold)
            cut = beginning or _letters(rest, room, bold=bold)
            lines.append(f"{cut}-" if beginning else cut)
            rest = rest.removeprefix(cut)
        lines.append(rest)
    return lines


def _letters(word: str, room: float, *, bold: bool) -> str:
    """Return as many letters of a word as a line holds; one at least."""
    count = 1
    while count < len(word) and measured(word[: count + 1], bold=bold) <= room:
        count += 1
    return word[:count]


def _beginning(word: str, room: float, *, bold: bool) -> str:
    """Return as many syllables of a word as a line holds with a hyphen; empty where none fits."""
    beginning = ""
    for syllable in soft_hyphens(word).split("\u00ad")[:-1]:
        if measured(f"{beginning}{syllable}-", bold=bold) > room:
            break
        beginning += syllable
    return beginning


@dataclass(slots=True)
class Canvas:
    """Marks of a picture.

    Attributes
    ----------
    width, height : float
        Pixels.
    """

    width: float
    height: float = 0.0
    _bars: list[dict[str, Any]] = field(default_factory=list)
    _texts: list[dict[str, Any]] = field(default_factory=list)
    _lines: list[dict[str, Any]] = field(default_factory=list)

    def bar(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        """Draw a bar.

        Parameters
        ----------
        left, top, right, bottom : float
            Pixels.
        colour : str
            Its colour.
        """
        place = {"x": left, "y": top, "x2": right, "y2": bottom}
        self._bars.append({**_rounded(place), "colour": colour})

    def line(self, x: float, top: float, bottom: float) -> None:
        """Draw a vertical line, such as the beginning of bars.

        Parameters
        ----------
        x, top, bottom : float
            Pixels.
        """
        self._lines.append(_rounded({"x": x, "y": top, "y2": bottom}))

    def text(
        self,
        x: float,
        middle: float,
        text: str,
        *,
        align: Literal["left", "center", "right"] = "left",
        colour: str = colours.TEXT,
        bold: bool = False,
    ) -> None:
        """Write one line.

        Parameters
        ----------
        x, middle : float
            Pixels: where it begins, ends or has its centre by ``align``; half its height.
        text : str
            What it says.
        align : {"left", "center", "right"}
            Where ``x`` is.
        colour : str
            Its colour.
        bold : bool, default False
            Whether it is set in bold.
        """
        place = _rounded({"x": x, "y": middle})
        look = {"align": align, "colour": colour, "bold": bold}
        self._texts.append({**place, "text": text, **look})

    def paragraph(self, x: float, middle: float, lines: list[str], *, bold: bool = False) -> None:
        """Write lines below each other, around a middle.

        Parameters
        ----------
        x, middle : float
            Pixels: where they begin; half their height together.
        lines : list of str
            The lines.
        bold : bool, default False
            Whether they are set in bold.
        """
        first = middle - (len(lines) - 1) * LINE / 2
        for at, line in enumerate(lines):
            self.text(x, first + at * LINE, line, bold=bold)

    def specification(self) -> dict[str, Any]:
        """Return the Vega-Lite specification of the picture's marks, its texts apart.

        Returns
        -------
        dict
            What JSON holds; the same marks give the same specification.
        """
        # Lines lie under bars, so that none crosses a value.
        layers: list[dict[str, Any]] = [
            {
                "data": {"values": self._lines},
                "mark": {"type": "rule", "color": colours.LINE, "strokeWidth": 1},
                "encoding": {name: _pixel(name) for name in ("x", "y", "y2")},
            },
            {
                "data": {"values": self._bars},
                "mark": {"type": "rect"},
                "encoding": {
                    **{name: _pixel(name) for name in ("x", "y", "x2", "y2")},
                    "color": {"field": "colour", "type": "nominal", "scale": None},
                },
            },
        ]
        return {
            "$schema": _SCHEMA,
            "width": round(self.width),
            "height": round(self.height),
            "padding": 0,
            "background": "#FFFFFF",
            # Marks have no names of their own: the picture has its words as a whole.
            "config": {"aria": False, "view": {"stroke": None}},
            "layer": [layer for layer in layers if layer["data"]["values"]],
        }

    def texts(self) -> str:
        """Return the picture's texts, to stand over its marks.

        Returns
        -------
        str
            Elements of SVG.
        """
        size = round(SIZE * PIXELS_PER_POINT, 2)
        return "".join(
            f'<text text-anchor="{_ANCHORS[one["align"]]}"'
            f' transform="translate({one["x"]:g},{one["y"] + _BELOW_MIDDLE * size:g})"'
            f' font-family="{_FONT}" font-size="{size:g}px"'
            f' font-weight="{"bold" if one["bold"] else "normal"}" fill="{one["colour"]}">'
            f"{escape(one['text'])}</text>"
            for one in self._texts
        )


def _pixel(name: str) -> dict[str, Any]:
    if name.endswith("2"):
        return {"field": name}
    return {"field": name, "type": "quantitative", "scale": None, "axis": None}


def _rounded(place: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 2) for name, value in place.items()}
