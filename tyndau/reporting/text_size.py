"""How much room a text takes in a cell, so that no label is cut.

In: a text and a font size in points. Out: pixels at 96 to the inch, and the lines that a text fills
in a cell of a given width. Spreadsheet programs fit the height of a row to its text only where no
cells are merged, and never when the file is made, so the writer has to know. Widths are those of
Arial and of the fonts made to its measure (Liberation Sans, Arimo); a margin covers others.
"""

import re

PIXELS_PER_POINT = 96 / 72
# Left and right padding of a cell, and the line's share above the font size.
CELL_PADDING = 7
LINE_SPACING = 1.22
# Bold letters are wider, by this much on average; programs round each letter to whole pixels, and
# where the font is missing a wider one is set.
_BOLD = 1.08
_MARGIN = 1.05

# Thousandths of the font size, by letter.
_BY_WIDTH = {
    222: "'ijl’і|",
    278: " !,./:;I[\\]ft\u00a0\u2009\u202fІ",
    340: '()-`r“”·{}"',
    400: "гғ*к",
    450: "қзт^",
    510: "JcksvxyzсухұүэчьЬ",
    556: "в#$0123456789?L_abdeghnopqu«»–аеорёәөҰҮһГпяҒнңий≥≤±",
    580: "бцКдлҚ+<=>~×",
    620: "ЗFTZТъУ",
    667: "БЛ&ABEKPSVXYАВЕРХЧЁҺжД",
    720: "мИЙПЭыCDHNRUwНСЯҢЦ",
    780: "юӘФGOQОӨЪ",
    830: "шфщMmМ",
    920: "Ы%Ш",
    950: "ЖЩW",
    1010: "▲▼—…←→Ю@",
    1080: "№",
}
_WIDTHS = {letter: width for width, letters in _BY_WIDTH.items() for letter in letters}
_UNKNOWN = 760


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Measure a text on one line.

    Parameters
    ----------
    text : str
        One line.
    size : float
        Font size in points.
    bold : bool, default False
        Whether it is set in bold.

    Returns
    -------
    float
        Pixels at 96 to the inch, with a margin for fonts that are a little wider.
    """
    thousandths = sum(_WIDTHS.get(letter, _UNKNOWN) for letter in text)
    return thousandths / 1000 * size * PIXELS_PER_POINT * _MARGIN * (_BOLD if bold else 1)


def lines(text: str, room: float, size: float, *, bold: bool = False) -> int:
    """Count the lines of a text that is wrapped at spaces in a cell.

    Parameters
    ----------
    text : str
        The text; line ends in it are kept.
    room : float
        Width of the cell in pixels, its padding included.
    size : float
        Font size in points.
    bold : bool, default False
        Whether it is set in bold.

    Returns
    -------
    int
        At least 1.
    """
    room = max(room - CELL_PADDING, 1)
    space = width(" ", size, bold=bold)
    count = 0
    for paragraph in text.split("\n"):
        count += 1
        used = 0.0
        for word in paragraph.split(" "):
            wide = width(word, size, bold=bold)
            if used and used + space + wide > room:
                count += 1
                used = 0.0
            elif used:
                used += space
            # A word wider than the cell is broken wherever the cell ends.
            used += wide
            while used > room:
                count += 1
                used -= room
    return count


def height(text: str, room: float, size: float, *, bold: bool = False) -> float:
    """Compute the height of a row that shows a wrapped text in full.

    Parameters
    ----------
    text : str
        The text.
    room : float
        Width of the cell in pixels, its padding included.
    size : float
        Font size in points.
    bold : bool, default False
        Whether it is set in bold.

    Returns
    -------
    float
        Points, a little air included.
    """
    return lines(text, room, size, bold=bold) * size * LINE_SPACING + 4


def longest_word(text: str, size: float, *, bold: bool = False) -> float:
    """Measure the widest word of a text.

    Parameters
    ----------
    text : str
        The text.
    size : float
        Font size in points.
    bold : bool, default False
        Whether it is set in bold.

    Returns
    -------
    float
        Pixels at 96 to the inch, without the cell's padding.
    """
    return max((width(word, size, bold=bold) for word in text.split()), default=0.0)


def wrapped(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """Break a text into lines at its spaces.

    Parameters
    ----------
    text : str
        One paragraph.
    room : float
        Pixels that a line may fill; a word wider than that stands alone, or is broken at a hyphen
        or a slash in it.
    size : float
        Font size in points.
    bold : bool, default False
        Whether it is set in bold.

    Returns
    -------
    list of str
        One line at least.
    """
    found = [""]
    for word in text.split(" "):
        parts = [word]
        if width(word, size, bold=bold) > room:
            parts = [part for part in re.split(r"(?<=[-/–])", word) if part]
        for at, part in enumerate(parts):
            longer = f"{found[-1]}{' ' if found[-1] and not at else ''}{part}"
            if found[-1] and width(longer, size, bold=bold) > room:
                found.append(part)
            else:
                found[-1] = longer
    return found
