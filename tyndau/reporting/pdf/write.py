"""Writing a document as a PDF file that keeps and that everybody can read.

In: a `Document`, a language, a path. Out: the file, whole or not at all; the same document gives
the same bytes. Typst sets it with the fonts of this package alone and checks PDF/UA-1 and
PDF/A-2a itself: what it refuses is a fault of ours.
"""

import json
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from tyndau.reporting.files import put_file
from tyndau.reporting.model import Document
from tyndau.reporting.package import UNDATED
from tyndau.reporting.pdf.plain import plain
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
    dated = document.dated or UNDATED
    with TemporaryDirectory(prefix="tyndau-") as temporary:
        folder = Path(temporary)
        template = files("tyndau.reporting.pdf") / "report.typ"
        (folder / "report.typ").write_bytes(template.read_bytes())
        texts = {"document.json": json.dumps(data, ensure_ascii=False), **pictures}
        for name, text in texts.items():
            (folder / name).write_text(showable(text), encoding="utf-8")
        compiler = typst.Compiler(folder / "report.typ", root=folder, font_paths=_fonts())
        content = compiler.compile(
            format="pdf",
            pdf_standards=["ua-1", "a-2a"],
            timestamp=datetime(dated.year, dated.month, dated.day, tzinfo=UTC),
        )
    assert isinstance(content, bytes)
    put_file(path, content)


@cache
def _fonts() -> typst.Fonts:
    with font_folder() as folder:
        return typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)]
        )
