"""A sheet that is filled from the top down and printed on A4 pages.

In: texts and numbers with their looks, a row at a time. Out: rows high enough for what they hold,
page breaks that cut no block, print set-up. A text is always written as a string, so that none
becomes a formula or a number. What stands in the rows is decided by the callers.
"""

from dataclasses import dataclass
from itertools import accumulate

from xlsxwriter.worksheet import Worksheet

from tyndau.base.languages import Sayable, say
from tyndau.reporting.text_size import PIXELS_PER_POINT, height
from tyndau.reporting.workbook.styles import BANNER, Style, Styles

PAPER_A4 = 9
# Margins in inches: left and right, top, bottom.
_SIDE, _TOP, _BOTTOM = 0.4, 0.65, 0.55
# A4 landscape within the margins: pixels across, points down.
PAGE_WIDTH = round((11.69 - 2 * _SIDE) * 96)
_PAGE_HEIGHT = (8.27 - _TOP - _BOTTOM) * 72
# Printers and programs differ by a little; a page is filled no further than this.
_FULL = 0.97
# A sheet is fitted to the page's width: nothing is printed smaller than about this.
SMALLEST_SCALE = 0.62
# A column that nothing was said about, in pixels.
FILLER = 64
# Excel shows no row higher than this, in points.
_HIGHEST = 409
LOWEST = 13.5


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around each printed page.

    Attributes
    ----------
    left, right : str
        Header.
    foot_left, foot_right : str
        Footer; ``&P`` and ``&N`` are the page and the number of pages.
    banner : str
        What stands above everything on the sheet and on each printed page; empty where nothing
        must.
    """

    left: str
    right: str
    foot_left: str
    foot_right: str
    banner: str = ""


class Sheet:
    """One worksheet in the making.

    Parameters
    ----------
    worksheet : Worksheet
        Where it is written.
    styles : Styles
        The workbook's formats.
    widths : list of int
        Width of each column in pixels.
    banner : str, default ""
        What must stand above everything and on each printed page.

    Attributes
    ----------
    worksheet : Worksheet
        Where it is written.
    banner : str
        What stands above everything; empty where nothing must.
    styles : Styles
        The workbook's formats.
    row : int
        The row being filled, from 0.
    """

    def __init__(
        self, worksheet: Worksheet, styles: Styles, widths: list[int], banner: str = ""
    ) -> None:
        self.worksheet = worksheet
        self.styles = styles
        self.row = 0
        self._edges = [0, *accumulate(widths)]
        self._needed = LOWEST
        self._tops = [0.0]
        self._blocks = [0]
        for column, width in enumerate(widths):
            worksheet.set_column_pixels(column, column, width)
        self.banner = banner
        if banner:
            self.write(0, banner, BANNER, last=self.last)
            self.next()

    def say(self, value: Sayable) -> str:
        """Return a text in the workbook's language.

        Parameters
        ----------
        value : Text, Message or str
            What to say.

        Returns
        -------
        str
            The words.
        """
        return say(value, self.styles.language)

    @property
    def last(self) -> int:
        """The last column."""
        return len(self._edges) - 2

    @property
    def width(self) -> int:
        """Width of all columns in pixels."""
        return self._edges[-1]

    def write(
        self,
        column: int,
        text: Sayable,
        style: Style,
        *,
        last: int | None = None,
        rows: int = 1,
        link: str = "",
    ) -> None:
        """Write a text into the row being filled and make the row high enough for it.

        Parameters
        ----------
        column : int
            Where it begins.
        text : Text, Message or str
            What it says; always stored as a string.
        style : Style
            Its look.
        last : int, optional
            The last column that it spreads over; its own by default.
        rows : int, default 1
            Rows that it spreads over, downwards; the callers keep those rows high enough.
        link : str, default ""
            Where a click leads, as `place` says it.
        """
        words = self.say(text)
        end = column if last is None else last
        look = self.styles.format(style)
        if end > column or rows > 1:
            self.worksheet.merge_range(self.row, column, self.row + rows - 1, end, "", look)
        if link:
            self.worksheet.write_url(self.row, column, link, look, string=words)
        elif words:
            self.worksheet.write_string(self.row, column, words, look)
        else:
            self.worksheet.write_blank(self.row, column, None, look)
        if rows == 1 and style.wrap:
            room = self._edges[end + 1] - self._edges[column]
            self.need(height(words, room, style.size, bold=style.bold))

    def value(self, column: int, value: float | None, style: Style) -> None:
        """Write a number, or an empty cell, into the row being filled.

        Parameters
        ----------
        column : int
            Where.
        value : float or None
            The number.
        style : Style
            Its look, with the number format.
        """
        look = self.styles.format(style)
        if value is None:
            self.worksheet.write_blank(self.row, column, None, look)
        else:
            self.worksheet.write_number(self.row, column, value, look)

    def need(self, points: float) -> None:
        """Make the row being filled at least this high.

        Parameters
        ----------
        points : float
            Height.
        """
        self._needed = max(self._needed, points)

    def next(self) -> None:
        """End the row being filled."""
        points = min(self._needed, _HIGHEST)
        self.worksheet.set_row(self.row, points)
        self._tops.append(self._tops[-1] + points)
        self._needed = LOWEST
        self.row += 1

    def block(self) -> None:
        """Say that from this row on something begins that no page break may cut."""
        if self.row > self._blocks[-1]:
            self._blocks.append(self.row)

    def finish(self, frame: Frame, *, repeat: bool = False) -> None:
        """Set up printing, when all rows are written.

        Parameters
        ----------
        frame : Frame
            Header and footer.
        repeat : bool, default False
            Whether the first row, with the banner above it, and the first column are printed on
            every page.
        """
        sheet = self.worksheet
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(PAPER_A4)
        sheet.set_margins(_SIDE, _SIDE, _TOP, _BOTTOM)
        sheet.fit_to_pages(1, 0)
        left, foot = (self._with_banner(text) for text in (frame.left, frame.foot_left))
        sheet.set_header(f"&L{_band(left, 95)}&R{_band(frame.right, 75)}", {"margin": 0.3})
        sheet.set_footer(f"&L{_band(foot, 120)}&R&8{frame.foot_right}", {"margin": 0.25})
        last_repeated = 1 if self.banner else 0
        repeated = self._tops[last_repeated + 1] if repeat else 0
        more = self._more_columns(repeated)
        sheet.print_area(0, 0, max(self.row - 1, 0), self.last + more)
        sheet.set_h_pagebreaks(self._breaks(self._room(more) - repeated))
        # Labels such as "18" are texts on purpose: no warning triangles in the corners.
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        if repeat:
            sheet.repeat_rows(0, last_repeated)
            sheet.repeat_columns(0)

    def _with_banner(self, text: str) -> str:
        # In front, where nothing cuts it off.
        return f"{self.banner} · {text}" if self.banner else text

    def _room(self, more: int) -> float:
        """Return the height of a page in the sheet's points, at the scale it is printed at."""
        return _PAGE_HEIGHT * _FULL * max(1, (self.width + more * FILLER) / PAGE_WIDTH)

    def _spans(self) -> list[tuple[int, float]]:
        """Return where blocks begin and how high they are."""
        ends = [*self._blocks[1:], self.row]
        return [
            (start, self._tops[end] - self._tops[start])
            for start, end in zip(self._blocks, ends, strict=True)
        ]

    def _more_columns(self, repeated: float) -> int:
        """Count the empty columns to print at the right, so that the highest block is scaled in."""
        highest = max(points for _, points in self._spans()) + repeated
        more = 0
        while self._room(more) < highest:
            more += 1
            if PAGE_WIDTH / (self.width + more * FILLER) < SMALLEST_SCALE:
                return 0
        return more

    def _breaks(self, room: float) -> list[int]:
        breaks = []
        used = 0.0
        for start, points in self._spans():
            if used and used + points > room:
                breaks.append(start)
                used = 0.0
            used += points
        return breaks


def place(tab: str, row: int) -> str:
    """Say where a link leads.

    Parameters
    ----------
    tab : str
        Name of the sheet.
    row : int
        Row, from 0.

    Returns
    -------
    str
        An address in this workbook.
    """
    return f"internal:'{tab}'!A{row + 1}"


def points(pixels: float) -> float:
    """Turn pixels at 96 to the inch into points.

    Parameters
    ----------
    pixels : float
        A length.

    Returns
    -------
    float
        The same length in points.
    """
    return pixels / PIXELS_PER_POINT


def _band(text: str, longest: int) -> str:
    # A header holds 255 characters, both sides together, and the sides must not meet.
    short = text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
    # A digit after the size would be read as part of it.
    return "&8" + (" " if short[:1].isdigit() else "") + short.replace("&", "&&")
