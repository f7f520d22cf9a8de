"""Numbers in prose held against their cells, and marks for what the builder sets.

In: a line's ``{{ ... }}`` and the cells. Out: the words as written where the number is still that
of its cell, a problem with the present value where it is not. A figure of somebody else's
(``source:``) cannot be held against anything and is listed with where it comes from.
"""

import math
import re
from dataclasses import dataclass
from typing import Literal, cast

from tyndau.base.errors import Place, Problem
from tyndau.base.languages import Message, number
from tyndau.disclosure import Quoted
from tyndau.reporting import problems
from tyndau.reporting.prose.cells import Cells, HiddenCellError, NoCellError

BRACES = re.compile(r"\{\{(.*?)\}\}")
PERCENTAGE = re.compile(r"\d+(?:[.,]\d+)?[\s\u00a0\u202f]*%")

_SPACES = "\u00a0\u202f "
_NUMBER = re.compile(rf"[-\u2212]?(?:\d{{1,3}}(?:[{_SPACES}]\d{{3}})+|\d+)(?:[.,]\d+)?")
_SOURCE = re.compile(r"source\s*:\s*(\S.*)", re.IGNORECASE)
_INSERT = re.compile(
    r"(?P<what>question|chart|findings|table)\s+(?:(?P<population>[A-Za-z][\w-]*)/)?"
    r"(?P<question>[A-Za-z_]\w*)(?:\s+by\s+(?P<banner>[\w*-]+))?"
)

What = Literal["question", "chart", "findings", "table"]


@dataclass(frozen=True, slots=True)
class Insert:
    """A place in prose where the builder sets a chart, findings, a table or all of a question.

    Attributes
    ----------
    what : {"question", "chart", "findings", "table"}
        What is set there.
    population, question, banner : str
        Of what; an empty population is the one that asks the question, an empty banner the first.
    place : Place
        Where it was written.
    """

    what: What
    population: str
    question: str
    banner: str
    place: Place


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that comes from elsewhere.

    Attributes
    ----------
    text, source : str
        The figure as written; where it comes from.
    """

    text: str
    source: str


def read_insert(text: str, place: Place) -> Insert | None:
    """Read what stands in braces on a line of its own.

    Parameters
    ----------
    text : str
        Without the braces.
    place : Place
        Where it stands.

    Returns
    -------
    Insert or None
        None if it is something else.
    """
    match = _INSERT.fullmatch(text.strip())
    if match is None or (match["banner"] and match["what"] != "table"):
        return None
    return Insert(
        cast(What, match["what"]),
        match["population"] or "",
        match["question"],
        match["banner"] or "",
        place,
    )


def read_quoted(text: str, cells: Cells) -> tuple[str, Quoted] | None:
    """Read which cells a number in a sentence quotes.

    Parameters
    ----------
    text : str
        What stands in braces.
    cells : Cells
        The cells as they were counted.

    Returns
    -------
    tuple of (str, Quoted) or None
        The population and the cells; None where it quotes none.
    """
    words, _, reference = (part.strip() for part in text.partition("|"))
    found = _NUMBER.findall(words)
    return cells.quoted(reference, _decimals(found[0])) if found else None


def read_number(text: str, place: Place, cells: Cells, language: str) -> Figure | Problem | str:
    """Hold a number in a sentence against its cell.

    Parameters
    ----------
    text : str
        What stands in braces: the number as readers see it, a bar, the reference.
    place : Place
        Where it stands.
    cells : Cells
        The cells of today.
    language : str
        Language of the prose.

    Returns
    -------
    Figure, Problem or str
        The words to print; a figure of others; or what is wrong.
    """
    words, bar, reference = (part.strip() for part in text.partition("|"))
    if not bar or not words or not reference:
        return problems.REFERENCE_FORM.at(place, text=f"{{{{{text}}}}}")
    found = _NUMBER.findall(words)
    if len(found) != 1:
        return problems.REFERENCE_NUMBER.at(place, text=words, count=len(found))
    source = _SOURCE.fullmatch(reference)
    if source:
        return Figure(words, source[1].strip())
    try:
        value = cells.value(reference)
    except NoCellError as error:
        if not error.part:
            return problems.REFERENCE_FORM.at(place, text=f"{{{{{text}}}}}")
        return problems.UNKNOWN_REFERENCE.at(
            place,
            reference=reference,
            part=Message(error.part),
            name=error.name,
            known=list(error.known),
        )
    except HiddenCellError:
        return problems.HIDDEN_CELL.at(place, reference=reference)
    present = _as_written(value, found[0], language)
    if _plain(present) == _plain(found[0]):
        return words
    return problems.STALE_NUMBER.at(place, written=words, reference=reference, present=present)


def _as_written(value: float, written: str, language: str) -> str:
    """Write a value with as many decimals as the text has."""
    if math.isnan(value):
        return "–"
    return number(value, language, decimals=_decimals(written))


def _decimals(written: str) -> int:
    """Count the digits after a decimal separator."""
    return len(written.replace(",", ".").partition(".")[2])


def _plain(written: str) -> str:
    for space in _SPACES:
        written = written.replace(space, "")
    return written.replace("\u2212", "-").replace(",", ".")
