"""What belongs to a Word file as a whole: properties, language, head and foot of its pages.

In: a python-docx document and the document to be written. Out: the former, changed. Nothing here
depends on the clock, and nothing that a reader meets is in another language.
"""

from datetime import UTC, datetime
from typing import Any

from docx.document import Document as DocxDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from tyndau.base.languages import N_, Message, say
from tyndau.reporting.model import Document
from tyndau.reporting.package import LONGEST_PROPERTY, UNDATED
from tyndau.reporting.word.markup import NAMESPACES, field, paragraph, run
from tyndau.reporting.word.styles import BANNER, FOOTER

_LANGUAGES = {"kk": "kk-KZ", "ru": "ru-RU"}
_PAGE = N_("Page {page}")
# Stands for the number in a sentence until the field replaces it.
_NUMBER = "\ufffc"


def describe(word: DocxDocument, document: Document, language: str) -> None:
    """Set properties and language of a file.

    Parameters
    ----------
    word : docx.document.Document
        The file.
    document : Document
        What it holds.
    language : str
        ``kk`` or ``ru``.
    """
    code = _LANGUAGES[language]
    about = word.core_properties
    about.title = document.title.say(language)[:LONGEST_PROPERTY]
    about.subject = say(document.subtitle, language)[:LONGEST_PROPERTY]
    about.author = about.last_modified_by = say(document.author, language)[:LONGEST_PROPERTY]
    about.comments = about.keywords = about.category = about.content_status = ""
    about.language, about.revision = code, 1
    dated = document.dated or UNDATED
    about.created = about.modified = datetime(dated.year, dated.month, dated.day, tzinfo=UTC)
    tags = f'<w:lang {nsdecls("w")} w:val="{code}" w:eastAsia="{code}"/>'
    styles = word.styles.element
    for one in list(styles.iter(qn("w:lang"))):
        one.getparent().remove(one)
    defaults = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    if defaults is not None:
        defaults.append(parse_xml(tags))
    settings = word.settings.element
    for one in settings.iter(qn("w:themeFontLang")):
        one.attrib.clear()
        one.set(qn("w:val"), code)


def text_width(word: DocxDocument) -> int:
    """Measure the text on a page.

    Parameters
    ----------
    word : docx.document.Document
        The file.

    Returns
    -------
    int
        Twips from margin to margin.
    """
    page = word.sections[-1]
    sides = (page.page_width, page.left_margin, page.right_margin, page.gutter)
    whole, *margins = (side.twips if side is not None else 0 for side in sides)
    return int(whole - sum(margins))


def surround(word: DocxDocument, document: Document, language: str, styles: dict[str, str]) -> None:
    """Set what stands at the head and the foot of the pages.

    Parameters
    ----------
    word : docx.document.Document
        The file; what its template has there stays, under the banner and the footer.
    document : Document
        Its banner stands on every page, its footer on every page but a title page.
    language : str
        ``kk`` or ``ru``.
    styles : dict of str to str
        Identifiers of the styles, by name.
    """
    section = word.sections[-1]
    banner = say(document.banner, language)
    heads: list[Any] = [section.header]
    feet: list[Any] = [section.footer]
    first: list[Any] = []
    if section.different_first_page_header_footer:
        heads.append(section.first_page_header)
        first = [section.first_page_footer]
    if word.settings.odd_and_even_pages_header_footer:
        heads.append(section.even_page_header)
        feet.append(section.even_page_footer)
    for part in heads:
        _put_first(part, paragraph(styles[BANNER], run(banner)) if banner else "")
    for part in feet:
        _put_first(part, _foot(document, language, styles[FOOTER], text_width(word)))
    for part in first:
        _put_first(part, "")


def _foot(document: Document, language: str, style: str, width: int) -> str:
    before, after = Message(_PAGE, {"page": _NUMBER}).say(language).split(_NUMBER)
    number = run(before) + field("PAGE", run("1")) + run(after)
    footer = run(say(document.footer, language))
    right = f'<w:tabs><w:tab w:val="right" w:pos="{width}"/></w:tabs>'
    return paragraph(style, f"{footer}<w:r><w:tab/></w:r>{number}", right)


def _put_first(part: Any, xml: str) -> None:
    """Put a paragraph before what a template has at the head or the foot of its pages."""
    part.is_linked_to_previous = False
    element = part._element
    for old in list(part.paragraphs):
        if not len(old._p) or (not old.runs and not old.text):
            element.remove(old._p)
    if xml:
        element.insert(0, parse_xml(xml.replace("<w:p>", f"<w:p {NAMESPACES}>", 1)))
    if not len(element) or element[-1].tag != qn("w:p"):
        element.append(parse_xml(f"<w:p {NAMESPACES}/>"))
