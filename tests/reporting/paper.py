"""Documents as they are printed: office files through LibreOffice to PDF, PDF word by word.

Needs LibreOffice and poppler-utils, which ``make test`` installs; without them the tests fail
rather than pass over what they are for.
"""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

XHTML = "{http://www.w3.org/1999/xhtml}"
# Latin letters that Kazakh and Russian texts of the made-up studies may have.
NOT_ENGLISH = re.compile(r"^(?:[\d▲▼]*[A-Z–]+|eGov|eOtinish|https?://\S+|[\w.]+\.(?:csv|xlsx))$")


@dataclass(frozen=True)
class Word:
    """A word on a page, with its box in points from the upper left corner."""

    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float


def _run(*command: object) -> str:
    program = shutil.which(str(command[0]))
    assert program, f"{command[0]} is not installed; `make test` installs it"
    done = subprocess.run(
        [program, *map(str, command[1:])], check=True, capture_output=True, timeout=300
    )
    return done.stdout.decode("utf-8", "replace")


def as_pdf(path: Path) -> Path:
    """Print an office file to PDF beside it."""
    profile = (path.parent / "profile").as_uri()
    _run("soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf",
         "--outdir", path.parent, path)  # fmt: skip
    return path.with_suffix(".pdf")


def words_of(pdf: Path) -> tuple[list[Word], tuple[float, float]]:
    """Return the words of a PDF file with their boxes, and the size of a page in points."""
    boxes = pdf.with_suffix(".html")
    _run("pdftotext", "-bbox", pdf, boxes)
    words = []
    # Control characters in the text would make the page no XML.
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", boxes.read_text(encoding="utf-8"))
    pages = ElementTree.fromstring(text).findall(f".//{XHTML}page")
    for number, page in enumerate(pages, 1):
        for word in page.iter(f"{XHTML}word"):
            box = (float(word.attrib[edge]) for edge in ("xMin", "yMin", "xMax", "yMax"))
            words.append(Word(number, word.text or "", *box))
    return words, (float(pages[0].attrib["width"]), float(pages[0].attrib["height"]))


def pages_of(pdf: Path) -> list[str]:
    """Return the text of each page."""
    return _run("pdftotext", "-layout", pdf, "-").split("\f")[:-1]


def structure_of(pdf: Path) -> str:
    """Return the tags of a PDF file with the text in them, as a screen reader finds them."""
    return _run("pdfinfo", "-struct-text", pdf)


def latin_words(text: str) -> set[str]:
    """Return the words in Latin letters that no Kazakh or Russian document should have."""
    words = re.findall(r"[^\s«»(),;:]*[A-Za-z]{2,}[^\s«»(),;:]*", text)
    return {word for word in words if not NOT_ENGLISH.match(word.strip(".,"))}
