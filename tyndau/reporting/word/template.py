"""Opening a foundation's own template: what is taken from it, and what it must have.

In: a path, or none. Out: a python-docx document without content. Any report that Tyndau made
serves as a template: its styles are changed in Word, and what stood in it, pictures and banner
included, is left out here. A template that lacks a style is refused with all that it lacks.
"""

from pathlib import Path
from zipfile import BadZipFile

import docx
from docx.document import Document as DocxDocument
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn

from tyndau.base.errors import Place
from tyndau.reporting.problems import BAD_TEMPLATE, MISSING_STYLE
from tyndau.reporting.word.styles import BANNER, FOOTER, NAMES, own_template

# What belongs to a template rather than to the text that stood in it.
_KEPT = {
    "styles", "settings", "webSettings", "fontTable", "theme", "numbering", "footnotes", "endnotes",
}  # fmt: skip


def open_template(path: Path | None) -> DocxDocument:
    """Open a template without its content.

    Parameters
    ----------
    path : Path or None
        A foundation's own; None for that of Tyndau.

    Returns
    -------
    docx.document.Document
        Styles, page, headers and footers; nothing in between.

    Raises
    ------
    UserError
        If the file cannot be read or lacks a style.
    """
    if path is None:
        document = own_template()
    else:
        try:
            document = docx.Document(str(path))
        # What python-docx and the parsers under it raise; a syntax error is one of XML.
        except (OSError, ValueError, KeyError, OpcError, BadZipFile, SyntaxError) as error:
            raise BAD_TEMPLATE.error(Place(file=str(path))) from error
        found = {(style.name, style.type) for style in document.styles}
        missing = [name for name, kind in NAMES.items() if (name, kind) not in found]
        if missing:
            raise MISSING_STYLE.error(Place(file=str(path)), styles=missing)
    _empty(document)
    return document


def _empty(document: DocxDocument) -> None:
    """Take out what stood in the template, and what Tyndau set around it."""
    body = document.element.body
    page = document.sections[-1]._sectPr
    for child in list(body):
        if child is not page:
            body.remove(child)
    used = {one.get(qn("r:id")) for one in page}
    relations = document.part.rels
    for key, relation in list(relations.items()):
        if relation.reltype.rsplit("/", 1)[-1] not in _KEPT and key not in used:
            del relations[key]
    thumbnails = document.part.package.rels
    for key, relation in list(thumbnails.items()):
        if relation.reltype.endswith("/thumbnail"):
            del thumbnails[key]
    ours = {document.styles[name].style_id for name in (BANNER, FOOTER)}
    for key in used & set(relations):
        around = relations[key].target_part.element
        for paragraph in list(around.iter(qn("w:p"))):
            style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            if style is not None and style.get(qn("w:val")) in ours:
                paragraph.getparent().remove(paragraph)
