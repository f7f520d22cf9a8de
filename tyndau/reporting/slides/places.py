"""Places of slides: finding, filling and removing them.

In: a slide or a layout of python-pptx. Out: its shapes, changed. Footers and numbers are places
that PowerPoint copies to a slide when it makes one, and python-pptx does not.
"""

from typing import Any
from xml.sax.saxutils import escape

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide

from tyndau.reporting.slides.charts import Box
from tyndau.reporting.slides.template import NUMBER_FIELD

_EMU_PER_POINT = 12700
_QUOTES = {'"': "&quot;"}


def place(owner: Any, index: int) -> Any:
    """Return a place of a slide or a layout.

    Parameters
    ----------
    owner : Slide or SlideLayout
        Whose.
    index : int
        By which PowerPoint knows it.

    Returns
    -------
    shape
        The place.
    """
    return next(one for one in owner.placeholders if one.placeholder_format.idx == index)


def box(shape: Any) -> Box:
    """Return where a place is.

    Parameters
    ----------
    shape : shape
        The place.

    Returns
    -------
    tuple of int
        Left, top, width and height in EMU.
    """
    return (int(shape.left), int(shape.top), int(shape.width), int(shape.height))


def remove(slide: Slide, index: int) -> None:
    """Take a place off a slide: an empty one shows its name while slides are edited.

    Parameters
    ----------
    slide : Slide
        The slide.
    index : int
        The place.
    """
    element = place(slide, index)._element
    element.getparent().remove(element)


def copy_place(slide: Slide, layout: Any, index: int, text: str) -> None:
    """Put the footer or the number on a slide, where the layout has it.

    Parameters
    ----------
    slide : Slide
        The slide.
    layout : SlideLayout
        Its layout.
    index : int
        The place.
    text : str
        What a footer says; a number counts by itself.
    """
    original = place(layout, index)
    kind = original._element.ph.get("type")
    number = max(int(one.get("id")) for one in slide._element.iter(qn("p:cNvPr"))) + 1
    look = '<a:rPr sz="900"><a:latin typeface="+mn-lt"/></a:rPr>'
    content = f"<a:r>{look}<a:t>{escape(text)}</a:t></a:r>"
    if kind == "sldNum":
        content = (
            f'<a:fld id="{NUMBER_FIELD}" type="slidenum">'
            f"{look}<a:t>{len(slide.part.package.presentation_part.presentation.slides)}</a:t>"
            "</a:fld>"
        )
    slide.shapes._spTree.append(
        parse_xml(
            f"<p:sp {nsdecls('p', 'a')}><p:nvSpPr>"
            f'<p:cNvPr id="{number}" name="{escape(original.name, _QUOTES)}"/><p:cNvSpPr>'
            f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{kind}" idx="{index}"/>'
            "</p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>"
            f'<a:p><a:pPr algn="l"/>{content}</a:p></p:txBody></p:sp>'
        )
    )


def set_bullet(paragraph: Any, mark: str, size: int, first: int) -> None:
    """Set a bullet or a number before a paragraph, with its lines below each other.

    Parameters
    ----------
    paragraph : paragraph
        Of a text frame.
    mark : str
        ``•``, or anything else for a number that counts by itself.
    size : int
        Font size in points.
    first : int
        The number of the first paragraph of its list on the slide.
    """
    properties = paragraph._p.get_or_add_pPr()
    indent = int(size * 1.2 * _EMU_PER_POINT)
    properties.set("marL", str(indent))
    properties.set("indent", str(-indent))
    kind = f'<a:buAutoNum {nsdecls("a")} type="arabicPeriod" startAt="{first}"/>'
    if mark == "•":
        kind = f'<a:buChar {nsdecls("a")} char="•"/>'
    properties.append(parse_xml(kind))
