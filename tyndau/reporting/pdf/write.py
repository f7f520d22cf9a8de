"""Writing a document as a PDF file that keeps and that everybody can read.

In: a `Document` or a `Sheet`, a language, a path. Out: the file, whole or not at all; the same
document gives the same bytes. Typst sets it with the fonts of this package alone and checks
PDF/UA-1 and PDF/A-2a itself: what it refuses is a fault of ours.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from tyndau.reporting.fieldpapers.model import FieldPaper
from tyndau.reporting.files import put_file
from tyndau.reporting.model import Document
from tyndau.reporting.package import UNDATED
from tyndau.reporting.paper.model import Sheet
from tyndau.reporting.pdf.fieldpapers import plain_field_paper
from tyndau.reporting.pdf.plain import plain
from tyndau.reporting.pdf.sheet import plain_sheet
from tyndau.reporting.typefaces import font_folder, showable


def write_pdf(document: Document, language: str, path: Path) -> None:
    """Write a document as PDF.

    Parameters
    ----------
    document : Document
        What to write.
    language : str
        ``kk`` or ``ru``.
    path : Path
        The file, ending in ``.pdf``; one that stands there is replaced.

    Raises
    ------
    UserError
        If the file cannot be written.
    """
    data, pictures = plain(document, language)
    put_file(path, _set("report.typ", data, pictures, document.dated))


def write_sheet(sheet: Sheet, language: str, path: Path) -> None:
    """Write a questionnaire to be filled in by hand as PDF.

    Parameters
    ----------
    sheet : Sheet
        What to write.
    language : str
        ``kk`` or ``ru``.
    path : Path
        The file, ending in ``.pdf``; one that stands there is replaced.

    Raises
    ------
    UserError
        If the file cannot be written.
    """
    put_file(path, _set("sheet.typ", plain_sheet(sheet, language), {}, sheet.dated))


def write_field_paper(paper: FieldPaper, language: str, path: Path) -> None:
    """Write badges, letters, show cards or slips as PDF.

    Parameters
    ----------
    paper : Badges, Letters, Cards or Slips
        What to write.
    language : str
        ``kk`` or ``ru``; badges hold both whatever it is.
    path : Path
        The file, ending in ``.pdf``; one that stands there is replaced.

    Raises
    ------
    UserError
        If the file cannot be written.
    """
    template, data, pictures = plain_field_paper(paper, language)
    put_file(path, _set(template, data, pictures, paper.frame.dated))


def _set(
    template: str, data: dict[str, Any], pictures: Mapping[str, str | bytes], dated: date | None
) -> bytes:
    """Set data by a template."""
    day = dated or UNDATED
    with TemporaryDirectory(prefix="tyndau-") as temporary:
        folder = Path(temporary)
        source = files("tyndau.reporting.pdf") / template
        (folder / template).write_bytes(source.read_bytes())
        contents = {"document.json": json.dumps(data, ensure_ascii=False), **pictures}
        for name, content in contents.items():
            held = showable(content).encode() if isinstance(content, str) else content
            (folder / name).write_bytes(held)
        compiler = typst.Compiler(folder / template, root=folder, font_paths=_fonts())
        made = compiler.compile(
            format="pdf",
            pdf_standards=["ua-1", "a-2a"],
            timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
        )
    assert isinstance(made, bytes)
    return made


@cache
def _fonts() -> typst.Fonts:
    with font_folder() as folder:
        return typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)]
        )
