"""WordprocessingML of what stands in a paragraph: runs, fields, links, pictures.

In: texts in one language, identifiers of styles. Out: XML as strings, to be parsed once a block:
python-docx reaches cells and pictures too slowly for a report of hundreds of tables.
"""

from xml.sax.saxutils import escape, quoteattr

from docx.oxml.ns import nsdecls

NAMESPACES = nsdecls("w", "r")
# English Metric Units, in which pictures are measured, in a twip, in which pages are.
_EMU = 635


def run(text: str, properties: str = "") -> str:
    """Return a run of text.

    Parameters
    ----------
    text : str
        The text; soft hyphens and line ends in it become Word's own.
    properties : str, optional
        Its properties as XML, such as ``<w:b/>``.

    Returns
    -------
    str
        XML.
    """
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    pieces = "<w:br/>".join(
        "<w:softHyphen/>".join(
            f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in line.split("\u00ad")
        )
        for line in text.split("\n")
    )
    return f"<w:r>{look}{pieces}</w:r>"


def field(instruction: str, shown: str) -> str:
    """Return a field that Word computes.

    Parameters
    ----------
    instruction : str
        Such as ``PAGE``.
    shown : str
        What it shows until it is computed: runs, as XML.

    Returns
    -------
    str
        XML.
    """
    return begin_field(instruction) + shown + END_FIELD


def begin_field(instruction: str) -> str:
    """Return the beginning of a field whose shown part goes over several paragraphs.

    Parameters
    ----------
    instruction : str
        Such as ``TOC``.

    Returns
    -------
    str
        XML; `END_FIELD` ends it.
    """
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


END_FIELD = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def paragraph(style: str, content: str, properties: str = "") -> str:
    """Return a paragraph.

    Parameters
    ----------
    style : str
        Identifier of its style.
    content : str
        Its runs, as XML.
    properties : str, optional
        Further properties, as XML.

    Returns
    -------
    str
        XML.
    """
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def bookmark(number: int, name: str, content: str) -> str:
    """Return runs that links and fields may name.

    Parameters
    ----------
    number : int
        Unique in the file.
    name : str
        What they call it.
    content : str
        The runs, as XML.

    Returns
    -------
    str
        XML.
    """
    mark = f'w:id="{number}"'
    return f'<w:bookmarkStart {mark} w:name="{name}"/>{content}<w:bookmarkEnd {mark}/>'


def picture(relation: str, number: int, size: tuple[int, int], name: str, words: str) -> str:
    """Return a picture that stands in the line.

    Parameters
    ----------
    relation : str
        Identifier under which the file knows its bytes.
    number : int
        Unique among the file's pictures, from 1.
    size : tuple of int
        Width and height in twips.
    name, words : str
        What it is called, and what it shows for whoever does not see it.

    Returns
    -------
    str
        XML of a run.
    """
    wide, high = (side * _EMU for side in size)
    called = f'id="{number}" name={quoteattr(name)} descr={quoteattr(words)}'
    main = "http://schemas.openxmlformats.org/drawingml/2006"
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{main}/wordprocessingDrawing" distT="0" distB="0"'
        f' distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/><wp:docPr {called}/>'
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{main}/main" noChangeAspect="1"/>'
        f'</wp:cNvGraphicFramePr><a:graphic xmlns:a="{main}/main">'
        f'<a:graphicData uri="{main}/picture"><pic:pic xmlns:pic="{main}/picture"><pic:nvPicPr>'
        f"<pic:cNvPr {called}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
