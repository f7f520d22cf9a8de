"""How cells look: one dataclass for a look, and the formats that XlsxWriter makes of it.

In: a look. Out: the format of this workbook, made once. The font is Arial: it stands on every
computer that opens a workbook, or a font of the same measure does, and it holds the Kazakh letters
and the arrows. Nothing is said by colour alone.
"""

from dataclasses import dataclass, replace
from typing import Literal

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

FONT = "Arial"
INK = "#1F2933"
GREY = "#5F6B7A"
ACCENT = "#1F4E79"
RULE = "#C9D1DB"
FILL = "#E9EEF4"
PALE = "#F6F8FA"
HIGHER = "#0B6E4F"
LOWER = "#A3261F"

# Windows language numbers: the program that shows the workbook writes separators of that language
# where it can choose.
_LOCALES = {"kk": "43F", "ru": "419"}
# Kazakh sets the percent sign close, Russian after a space (Unicode CLDR).
_PERCENT = {"kk": "0%", "ru": '0"\u00a0"%', "en": "0%"}
# Excel itself writes a hyphen before negative numbers.
_MINUS = '"\u2212"'


@dataclass(frozen=True, slots=True)
class Style:
    """The look of a cell.

    Attributes
    ----------
    size : float
        Font size in points.
    bold, italic : bool
        Of the font.
    color, fill : str
        Of the font and of the cell, as ``#RRGGBB``; an empty fill is none.
    align : {"left", "center", "right"}
        Across the cell.
    valign : {"top", "vcenter", "bottom"}
        Down the cell.
    top, bottom, left : str
        Colours of rules; empty for none.
    number : str
        Number format.
    indent : int
        Steps of indentation.
    wrap : bool
        Whether a long text takes several lines.
    """

    size: float = 9
    bold: bool = False
    italic: bool = False
    color: str = INK
    fill: str = ""
    align: Literal["left", "center", "right"] = "left"
    valign: Literal["top", "vcenter", "bottom"] = "vcenter"
    top: str = ""
    bottom: str = ""
    left: str = ""
    number: str = "General"
    indent: int = 0
    wrap: bool = True


BANNER = Style(size=11, bold=True, color="#FFFFFF", fill=LOWER, align="left")
TITLE = Style(size=18, bold=True, color=ACCENT, valign="bottom")
HEADING = Style(size=13, bold=True, color=ACCENT, valign="top")
SUBHEADING = replace(HEADING, size=12, valign="bottom")
BODY = Style(size=10, valign="top")
NOTE = Style(size=8, color=GREY, valign="top")
LINK = Style(color=ACCENT, valign="top")
SECTION_LINK = Style(size=10, bold=True, color=ACCENT, valign="top", top=RULE)
SECTION_TITLE = replace(SECTION_LINK, color=INK)
SECTION_BASE = Style(italic=True, color=GREY, valign="top", top=RULE)
LABEL_TEXT = Style(valign="top")
TABLE_LINK = Style(color=ACCENT, valign="top", indent=1)
CAPTION = Style(size=10, bold=True, valign="bottom")
BASE_LINE = Style(italic=True, color=GREY, valign="top")
FACT = Style(size=10, bold=True, color=GREY, valign="top", bottom=RULE)
FACT_VALUE = Style(size=10, valign="top", bottom=RULE)
HEAD = Style(size=8.5, bold=True, fill=FILL, align="center", valign="bottom", bottom=RULE)
GROUP = replace(HEAD, size=9, color=ACCENT, valign="vcenter", top=ACCENT)
LETTER = replace(HEAD, size=8, bold=False, italic=True, color=GREY, valign="vcenter", bottom=ACCENT)
LABEL = Style(bottom=RULE)
VALUE = Style(align="right", bottom=RULE, wrap=False)
SIGN = Style(size=8, bottom=RULE)


class Styles:
    """The formats of one workbook.

    Parameters
    ----------
    book : Workbook
        The workbook that they belong to.
    language : str
        Language of the workbook.

    Attributes
    ----------
    language : str
        Language of the workbook.
    """

    def __init__(self, book: Workbook, language: str) -> None:
        self.language = language
        self._book = book
        self._made: dict[Style, Format] = {}
        self._locale = f"[$-{_LOCALES[language]}]" if language in _LOCALES else ""
        self._percent = _PERCENT[language]

    def format(self, style: Style) -> Format:
        """Return the format of a look, made on first use.

        Parameters
        ----------
        style : Style
            The look.

        Returns
        -------
        Format
            The workbook's format.
        """
        if style not in self._made:
            self._made[style] = self._book.add_format(_properties(style))
        return self._made[style]

    def number(self, kind: str, decimals: int) -> str:
        """Return the number format of a row.

        Parameters
        ----------
        kind : {"base", "percent", "net", "mean", "sd", "index"}
            What the values are.
        decimals : int
            Digits after the decimal separator.

        Returns
        -------
        str
            An Excel number format; a percentage of exactly zero shows as a dash, a negative number
            with a minus sign.
        """
        digits = "0" + ("." + "0" * decimals if decimals else "")
        if kind in ("percent", "net"):
            percent = self._percent.replace("0", digits)
            return f'{self._locale}{percent};{self._locale}{_MINUS}{percent};"–"'
        written = ("#,##" if kind == "base" else "") + digits
        # The language stands first: after a text some programs take it for a sign of currency.
        positive, negative = (self._locale + sign + written for sign in ("", _MINUS))
        return f"{positive};{negative}" if kind == "mean" else positive


def _properties(style: Style) -> dict[str, object]:
    properties: dict[str, object] = {
        "font_name": FONT,
        "font_size": style.size,
        "bold": style.bold,
        "italic": style.italic,
        "font_color": style.color,
        "align": style.align,
        "valign": style.valign,
        "num_format": style.number,
        "indent": style.indent,
        "text_wrap": style.wrap,
    }
    if style.fill:
        properties["bg_color"] = style.fill
    for side in ("top", "bottom", "left"):
        color = getattr(style, side)
        if color:
            properties |= {side: 1, f"{side}_color": color}
    return properties
