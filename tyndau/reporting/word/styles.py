"""The named styles of a report, and the template that has them where a foundation has none.

In: nothing. Out: a python-docx document without content, whose styles have the names of `NAMES` and
no other. Writers set no look themselves, so that a style changed in Word shows wherever it is used.
A new style is a name here and a line of `_LOOKS`.
"""

from dataclasses import dataclass

import docx
from docx.document import Document as DocxDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm

BODY, TITLE, SUBTITLE = "Body Text", "Title", "Subtitle"
HEADINGS = ("Heading 1", "Heading 2", "Heading 3")
CAPTION, QUOTE, BULLET, NUMBER = "Caption", "Quote", "List Bullet", "List Number"
CONTENTS_HEAD, CONTENTS = "TOC Heading", ("toc 1", "toc 2")
LINK = "Hyperlink"
# What Word has no style for.
NOTE, LEAD, CHART, FACT = "Tyndau Note", "Tyndau Lead", "Tyndau Chart", "Tyndau Fact"
CELL, VALUE, CELL_HEAD = "Tyndau Cell", "Tyndau Value", "Tyndau Cell Head"
BANNER, FOOTER = "Tyndau Banner", "Tyndau Footer"
SIGNS, TABLE = "Tyndau Signs", "Tyndau Table"

_TEXT, _ACCENT, _MUTED, _WARNING, _RULE = "222222", "1F5A8A", "5F6B76", "B3261E", "9AA5AE"


@dataclass(frozen=True, slots=True)
class _Look:
    """How a paragraph style looks: points, and what it keeps together."""

    size: float
    colour: str = _TEXT
    bold: bool = False
    before: float = 0
    after: float = 0
    keep: bool = False
    # Properties that stand before and after the spacing in the order of the format.
    first: str = ""
    last: str = ""


def _bar(colour: str, sides: str, width: int, space: int) -> str:
    line = f'w:val="single" w:sz="{width}" w:space="{space}" w:color="{colour}"'
    return "<w:pBdr>" + "".join(f"<w:{side} {line}/>" for side in sides.split()) + "</w:pBdr>"


def _counted(number: int) -> str:
    return f'<w:numPr><w:numId w:val="{number}"/></w:numPr>'


_NEW_PAGE = "<w:pageBreakBefore/>"
_CENTRED = '<w:jc w:val="center"/>'
_INDENTED = '<w:ind w:left="{left}" w:right="{right}"/>'
_LOOKS = {
    BODY: _Look(10.5, after=7),
    TITLE: _Look(26, _ACCENT, bold=True, before=6, after=30),
    SUBTITLE: _Look(12, _MUTED, before=130),
    HEADINGS[0]: _Look(18, _ACCENT, bold=True, after=12, keep=True, first=_NEW_PAGE),
    HEADINGS[1]: _Look(13, _ACCENT, bold=True, before=18, after=6, keep=True),
    HEADINGS[2]: _Look(11, _ACCENT, bold=True, before=14, after=4, keep=True),
    CAPTION: _Look(10, bold=True, before=14, after=4, keep=True),
    QUOTE: _Look(
        10.5, before=8, after=10, first="<w:keepLines/>" + _bar(_ACCENT, "left", 18, 10),
        last=_INDENTED.format(left=567, right=567),
    ),
    BULLET: _Look(10.5, after=3, first=_counted(1)),
    NUMBER: _Look(10.5, after=3, first=_counted(2)),
    CONTENTS_HEAD: _Look(18, _ACCENT, bold=True, after=12, keep=True, first=_NEW_PAGE),
    CONTENTS[0]: _Look(10.5, bold=True, before=8, after=2),
    CONTENTS[1]: _Look(9.5, after=2, last=_INDENTED.format(left=284, right=0)),
    NOTE: _Look(8.5, _MUTED, before=3, after=10, last="<w:contextualSpacing/>"),
    LEAD: _Look(10.5, bold=True, before=12, after=4, keep=True),
    CHART: _Look(8.5, keep=True),
    FACT: _Look(10, before=2, after=2),
    CELL: _Look(8, before=1, after=1),
    VALUE: _Look(8, before=1, after=1, last=_CENTRED),
    CELL_HEAD: _Look(8, bold=True, before=1, after=1, keep=True),
    BANNER: _Look(
        11, _WARNING, bold=True, first=_bar(_WARNING, "top left bottom right", 6, 2), last=_CENTRED
    ),
    FOOTER: _Look(8, _MUTED),
}  # fmt: skip

NAMES: dict[str, WD_STYLE_TYPE] = {
    **dict.fromkeys(_LOOKS, WD_STYLE_TYPE.PARAGRAPH),
    LINK: WD_STYLE_TYPE.CHARACTER,
    SIGNS: WD_STYLE_TYPE.CHARACTER,
    TABLE: WD_STYLE_TYPE.TABLE,
}
# What Word keeps under another name than it shows.
_INNER = {name: name.lower() for name in (*HEADINGS, CAPTION)}
_UNUSED_PARTS = ("thumbnail", "extended-properties", "customXml", "stylesWithEffects")


def own_template() -> DocxDocument:
    """Make the template of Tyndau.

    Returns
    -------
    docx.document.Document
        A4, upright, in Arial.
    """
    document = docx.Document()
    for relations in (document.part.package.rels, document.part.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.rsplit("/", 1)[-1] in _UNUSED_PARTS:
                del relations[key]
    _set_page(document)
    styles = document.styles.element
    for old in [one for one in styles if one.tag != qn("w:latentStyles")]:
        styles.remove(old)
    styles.insert(0, parse_xml(_DEFAULTS))
    for xml in (*_ROOTS, *map(_paragraph_style, _LOOKS), *_OTHERS):
        styles.append(parse_xml(xml))
    numbering = document.part.numbering_part.element
    for old in list(numbering):
        numbering.remove(old)
    for xml in _numbering():
        numbering.append(parse_xml(xml))
    return document


def _set_page(document: DocxDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.1)
    section.header_distance = section.footer_distance = Cm(1)
    section.different_first_page_header_footer = True
    settings = document.settings.element
    for one in settings.iter(qn("w:compatSetting")):
        # Today's Word sets the edge of a table at the margin, that of 2010 set its text there.
        if one.get(qn("w:name")) == "compatibilityMode":
            one.set(qn("w:val"), "15")
    for name in ("w:useFELayout", "w:rsids", "w:savePreviewPicture", "w:proofState"):
        for one in list(settings.iter(qn(name))):
            one.getparent().remove(one)


_W = nsdecls("w")
_FONT = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>'
_DEFAULTS = (
    f"<w:docDefaults {_W}><w:rPrDefault><w:rPr>{_FONT}"
    f'<w:color w:val="{_TEXT}"/><w:sz w:val="21"/><w:szCs w:val="21"/></w:rPr></w:rPrDefault>'
    "<w:pPrDefault/></w:docDefaults>"
)
_ROOTS = (
    f'<w:style {_W} w:type="paragraph" w:default="1" w:styleId="Normal">'
    '<w:name w:val="Normal"/><w:qFormat/></w:style>',
    f'<w:style {_W} w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>',
    f'<w:style {_W} w:type="table" w:default="1" w:styleId="TableNormal">'
    '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr>'
    '<w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr></w:style>",
    f'<w:style {_W} w:type="numbering" w:default="1" w:styleId="NoList">'
    '<w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/></w:style>',
)
_LINE = 'w:val="single" w:sz="{width}" w:space="0" w:color="{colour}"'
_OTHERS = (
    f'<w:style {_W} w:type="character" w:styleId="{LINK}"><w:name w:val="{LINK}"/><w:qFormat/>'
    f'<w:rPr><w:color w:val="{_ACCENT}"/><w:u w:val="single"/></w:rPr></w:style>',
    f'<w:style {_W} w:type="character" w:customStyle="1" w:styleId="TyndauSigns">'
    f'<w:name w:val="{SIGNS}"/><w:qFormat/><w:rPr><w:color w:val="{_ACCENT}"/></w:rPr></w:style>',
    f'<w:style {_W} w:type="table" w:customStyle="1" w:styleId="TyndauTable">'
    f'<w:name w:val="{TABLE}"/><w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>'
    f"<w:top {_LINE.format(width=8, colour=_ACCENT)}/>"
    f"<w:bottom {_LINE.format(width=8, colour=_ACCENT)}/>"
    f"<w:insideH {_LINE.format(width=4, colour=_RULE)}/></w:tblBorders>"
    '<w:tblCellMar><w:left w:w="50" w:type="dxa"/><w:right w:w="50" w:type="dxa"/></w:tblCellMar>'
    "</w:tblPr></w:style>",
)


def _paragraph_style(name: str) -> str:
    look = _LOOKS[name]
    custom = ' w:customStyle="1"' if name.startswith("Tyndau") else ""
    keep = "<w:keepNext/><w:keepLines/>" if look.keep else ""
    line = 264 if look.size in (10, 10.5) else 240
    level = HEADINGS.index(name) if name in HEADINGS else None
    outline = "" if level is None else f'<w:outlineLvl w:val="{level}"/>'
    half = round(look.size * 2)
    return (
        f'<w:style {_W} w:type="paragraph"{custom} w:styleId="{name.title().replace(" ", "")}">'
        f'<w:name w:val="{_INNER.get(name, name)}"/><w:basedOn w:val="Normal"/>'
        f"{_next(name)}<w:qFormat/><w:pPr>{keep}{look.first}"
        f'<w:spacing w:before="{round(look.before * 20)}" w:after="{round(look.after * 20)}"'
        f' w:line="{line}" w:lineRule="auto"/>{look.last}{outline}</w:pPr>'
        f"<w:rPr>{'<w:b/><w:bCs/>' if look.bold else ''}"
        f'<w:color w:val="{look.colour}"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr>'
        "</w:style>"
    )


def _next(name: str) -> str:
    """Return what follows a style when somebody types on: after a heading running text."""
    return '<w:next w:val="BodyText"/>' if name in (*HEADINGS, LEAD, CONTENTS_HEAD) else ""


def _numbering() -> list[str]:
    """Return the two lists: bullets, and 1, 2, 3."""
    levels = (("bullet", "•", BULLET), ("decimal", "%1.", NUMBER))
    return [
        f'<w:abstractNum {_W} w:abstractNumId="{at}"><w:multiLevelType w:val="singleLevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:pStyle w:val="{name.replace(" ", "")}"/><w:lvlText w:val="{text}"/>'
        '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="397" w:hanging="284"/></w:pPr>'
        "</w:lvl></w:abstractNum>"
        for at, (form, text, name) in enumerate(levels, start=1)
    ] + [
        f'<w:num {_W} w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>' for at in (1, 2)
    ]  # fmt: skip
