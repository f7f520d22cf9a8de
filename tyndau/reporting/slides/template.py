"""The layouts of slides, and the template that has them where a foundation has none.

In: a path, or none. Out: a python-pptx presentation without slides, whose layouts have the names of
`LAYOUTS` and the places of `PLACES`. Slides are set into these places only, so that a master that
is changed in PowerPoint shows on every slide.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from zipfile import BadZipFile

import pptx
from pptx.exc import PackageNotFoundError
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation
from pptx.util import Cm

from tyndau.base.errors import Place
from tyndau.reporting.problems import BAD_TEMPLATE, MISSING_LAYOUT

TITLE, DIVIDER, TEXT = "Tyndau Title", "Tyndau Divider", "Tyndau Text"
CHART, WIDE = "Tyndau Chart", "Tyndau Wide"
# Places of layouts, by the index that PowerPoint knows them by.
HEAD, BODY, OBJECT, SIDE, NOTE, BANNER, QUESTION = 0, 1, 13, 14, 15, 16, 17
FOOTER, NUMBER = 11, 12
NUMBER_FIELD = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"

_P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
_WIDTH, _HEIGHT = Cm(33.867), Cm(19.05)
_ACCENT, _TEXT, _MUTED, _WARNING = "1F5A8A", "222222", "5F6B76", "B3261E"
_THEME = {
    "dk1": _TEXT, "lt1": "FFFFFF", "dk2": _ACCENT, "lt2": "EEF2F5", "accent1": _ACCENT,
    "accent2": "D9822B", "accent3": "92C5DE", "accent4": "7F3B08", "accent5": _MUTED,
    "accent6": "F1A340", "hlink": _ACCENT, "folHlink": _MUTED,
}  # fmt: skip


class _Box:
    """A place of a layout: where it is, and how its text looks."""

    def __init__(
        self,
        index: int,
        edges: tuple[float, float, float, float],
        size: float,
        *,
        kind: str = "body",
        colour: str = _TEXT,
        bold: bool = False,
        anchor: str = "t",
        centred: bool = False,
    ) -> None:
        self.index, self.kind, self.edges = index, kind, edges
        self.size, self.colour, self.bold = size, colour, bold
        self.anchor, self.centred = anchor, centred

    def xml(self, number: int) -> str:
        """Return the place as a shape of a layout."""
        left, top, width, height = (int(Cm(edge)) for edge in self.edges)
        index = f' idx="{self.index}"' if self.index else ""
        look = (
            f'<a:lvl1pPr marL="0" indent="0" algn="{"ctr" if self.centred else "l"}">'
            '<a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/>'
            f'<a:defRPr sz="{round(self.size * 100)}" b="{int(self.bold)}" cap="none">'
            f'<a:solidFill><a:srgbClr val="{self.colour}"/></a:solidFill></a:defRPr></a:lvl1pPr>'
        )
        return (
            f"<p:sp {nsdecls('p', 'a')}><p:nvSpPr>"
            f'<p:cNvPr id="{number}" name="{_NAMES[self.index]}"/>'
            '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
            f'<p:nvPr><p:ph type="{self.kind}"{index}/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm>'
            f'<a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
            f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{self.line()}</p:spPr>'
            f'<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{self.anchor}">'
            f"<a:normAutofit/></a:bodyPr><a:lstStyle>{look}</a:lstStyle>"
            f"<a:p>{_shown(self.kind)}</a:p></p:txBody></p:sp>"
        )

    def line(self) -> str:
        """Return the frame that a banner has."""
        if self.index != BANNER:
            return ""
        return f'<a:ln w="12700"><a:solidFill><a:srgbClr val="{_WARNING}"/></a:solidFill></a:ln>'


def _shown(kind: str) -> str:
    """Return what a place shows where no slide says it: a number counts by itself."""
    if kind == "sldNum":
        return f'<a:fld id="{NUMBER_FIELD}" type="slidenum"><a:t>‹#›</a:t></a:fld>'
    return "<a:endParaRPr/>"


# Names that PowerPoint shows to whoever changes the master.
_NAMES = {
    HEAD: "Тақырып / Заголовок", BODY: "Мәтін / Текст", OBJECT: "Диаграмма, кесте / таблица",
    SIDE: "Тұжырымдар / Выводы", NOTE: "Негіз / База", BANNER: "Белгі / Пометка",
    QUESTION: "Сұрақ / Вопрос", FOOTER: "Төменгі жол / Нижняя строка", NUMBER: "Нөмір / Номер",
}  # fmt: skip
_LEFT, _ACROSS = 1.6, 30.667
_BODY_EDGES = (_LEFT, 4.2, _ACROSS, 13.5)
_BANNER = _Box(
    BANNER, (_LEFT, 0.35, _ACROSS, 0.75), 12, colour=_WARNING, bold=True, anchor="ctr", centred=True
)
_HEAD = _Box(
    HEAD, (_LEFT, 1.35, _ACROSS, 2.1), 22, kind="title", colour=_ACCENT, bold=True, anchor="b"
)
_QUESTION = _Box(QUESTION, (_LEFT, 3.6, _ACROSS, 1.15), 13, colour=_MUTED)
_NOTE = _Box(NOTE, (_LEFT, 16.75, _ACROSS, 1.25), 10, colour=_MUTED)
_FOOTER = _Box(FOOTER, (_LEFT, 18.1, 24, 0.6), 9, kind="ftr", colour=_MUTED)
_NUMBER = _Box(NUMBER, (29.267, 18.1, 3, 0.6), 9, kind="sldNum", colour=_MUTED)
_ALWAYS = (_BANNER, _FOOTER, _NUMBER)
LAYOUTS: Mapping[str, tuple[_Box, ...]] = {
    TITLE: (
        _Box(HEAD, (_LEFT, 4.2, 28, 5), 36, kind="title", colour=_ACCENT, bold=True, anchor="b"),
        _Box(BODY, (_LEFT, 9.6, 28, 1.2), 16, colour=_MUTED),
        _Box(NOTE, (_LEFT, 11.4, 28, 6), 14),
        _BANNER,
    ),
    DIVIDER: (
        _Box(HEAD, (_LEFT, 5.5, 28, 6), 32, kind="title", colour=_ACCENT, bold=True, anchor="b"),
        _Box(BODY, (_LEFT, 11.9, 28, 4), 14, colour=_MUTED),
        *_ALWAYS,
    ),
    TEXT: (_HEAD, _Box(BODY, _BODY_EDGES, 16), *_ALWAYS),
    CHART: (
        _HEAD,
        _QUESTION,
        _Box(OBJECT, (_LEFT, 4.9, 19.4, 11.7), 12),
        _Box(SIDE, (21.7, 5.1, 10.567, 11.5), 13),
        _NOTE,
        *_ALWAYS,
    ),
    WIDE: (
        _HEAD,
        _QUESTION,
        _Box(OBJECT, (_LEFT, 4.9, _ACROSS, 11.7), 12),
        _NOTE,
        *_ALWAYS,
    ),
}
# What slides are set into: a layout of a foundation's own has to have it.
PLACES = {name: {box.index for box in boxes} for name, boxes in LAYOUTS.items()}


def open_template(path: Path | None) -> Presentation:
    """Open a template without its slides.

    Parameters
    ----------
    path : Path or None
        A foundation's own; None for that of Tyndau.

    Returns
    -------
    pptx.presentation.Presentation
        Master and layouts; no slide.

    Raises
    ------
    UserError
        If the file cannot be read or lacks a layout.
    """
    if path is None:
        return _own_template()
    try:
        show = pptx.Presentation(str(path))
    # What python-pptx and the parsers under it raise; a syntax error is one of XML.
    except (OSError, ValueError, KeyError, PackageNotFoundError, BadZipFile, SyntaxError) as bad:
        raise BAD_TEMPLATE.error(Place(file=str(path))) from bad
    found = {
        layout.name: {one.placeholder_format.idx for one in layout.placeholders}
        for layout in show.slide_layouts
    }
    missing = [name for name, places in PLACES.items() if places - found.get(name, set())]
    if missing:
        raise MISSING_LAYOUT.error(Place(file=str(path)), layouts=missing)
    slides = show.slides._sldIdLst
    for slide in list(slides):
        show.part.drop_rel(slide.rId)
        slides.remove(slide)
    for key, relation in list(show.part.package._rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            show.part.package._rels.pop(key)
    # Sections and custom shows name slides that are gone.
    named = (qn("p:custShowLst"), f"{_P14}sectionLst")
    for gone in list(show.part._element.iter(*named)):
        owner = gone.getparent()
        owner.remove(gone)
        if owner.tag == qn("p:ext"):
            owner.getparent().remove(owner)
    return show


def _own_template() -> Presentation:
    show = pptx.Presentation()
    show.slide_width, show.slide_height = _WIDTH, _HEIGHT
    for key, relation in list(show.part.package._rels.items()):
        if relation.reltype.endswith(("/thumbnail", "/printerSettings")):
            show.part.package._rels.pop(key)
    for key, relation in list(show.part.rels.items()):
        if relation.reltype.endswith("/printerSettings"):
            show.part.rels.pop(key)
    layouts = list(show.slide_layouts)
    for layout in layouts[len(LAYOUTS) :]:
        show.slide_layouts.remove(layout)
    for layout, (name, boxes) in zip(show.slide_layouts, LAYOUTS.items(), strict=True):
        element = layout._element
        element.attrib.pop("type", None)
        element.attrib.pop("preserve", None)
        element.cSld.set("name", name)
        _fill(element.cSld.spTree, boxes)
    master = show.slide_master
    _fill(master._element.cSld.spTree, (_HEAD, _Box(BODY, _BODY_EDGES, 16), _FOOTER, _NUMBER))
    for body in master._element.iter(qn("p:ph")):
        # In a master the places have no index.
        body.attrib.pop("idx", None)
    _set_theme(show)
    return show


def _fill(tree: object, boxes: tuple[_Box, ...]) -> None:
    for old in list(tree.iter(qn("p:sp"), qn("p:pic"))):  # type: ignore[attr-defined]
        old.getparent().remove(old)
    for number, box in enumerate(boxes, start=2):
        tree.append(parse_xml(box.xml(number)))  # type: ignore[attr-defined]


def _set_theme(show: Presentation) -> None:
    """Set Arial, which has the Kazakh letters everywhere, and the colours of Tyndau."""
    part = show.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = part.blob.decode("utf-8")
    theme = re.sub(r'(<a:latin typeface=")[^"]*(")', r"\g<1>Arial\g<2>", theme)
    for name, colour in _THEME.items():
        theme = re.sub(
            rf"(<a:{name}>).*?(</a:{name}>)",
            rf'\g<1><a:srgbClr val="{colour}"/>\g<2>',
            theme,
            flags=re.DOTALL,
        )
    part._blob = theme.encode("utf-8")
