"""What pages are made from: a volume by question, each with its tables and its chart.

In: nothing; `tyndau.reporting.web.write` makes it from a document and `tyndau.reporting.web.read`
from a file. Out: frozen classes around the blocks of the report model. It knows no file and no
page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tyndau.base.languages import Sayable
from tyndau.reporting.model import CrossTable, Fact

# The file that holds a volume, and what it is made like: one of another format is not read.
TABLES = "tables.json"
FORMAT = 2


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as files: the same values drawn for wide and for narrow screens.

    Attributes
    ----------
    words : Text, Message or str
        What it shows in words, for whoever does not see it.
    files : mapping of str to mapping of str to str
        By language and width (``wide``, ``narrow``) the file, relative to the volume's folder.
    """

    words: Sayable
    files: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class WebQuestion:
    """A question with all that a page shows of it.

    Attributes
    ----------
    key : str
        Its name, unique in the volume.
    title : Text, Message or str
        Its wording.
    chapter : Text, Message or str
        The group of the questionnaire that it stands in; empty where it stands in none.
    notes : tuple of Text, Message or str
        How it was answered: one answer, several.
    tables : tuple of CrossTable
        By banner, in the order of the volume.
    picture : Picture or None
        Its chart; None where there is nothing to draw.
    """

    key: str
    title: Sayable
    chapter: Sayable
    notes: tuple[Sayable, ...]
    tables: tuple[CrossTable, ...]
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class WebVolume:
    """The tables of one population.

    Attributes
    ----------
    title, subtitle, footer : Text, Message or str
        Of the document.
    banner : Text, Message or str
        What must stand on every page: that the values are simulated; empty where nothing must.
    reading : tuple of Fact
        How tables are read: a sign and what it means.
    questions : tuple of WebQuestion
        In the order of asking.
    """

    title: Sayable
    subtitle: Sayable
    footer: Sayable
    banner: Sayable
    reading: tuple[Fact, ...] = ()
    questions: tuple[WebQuestion, ...] = field(default_factory=tuple)
