"""A stamp in a workbook that leaves the server: which version of which file it is.

In: the bytes of an .xlsx file. Out: the same file with a custom document property, or what such a
property says. Nothing else of the file is touched: all other parts keep their bytes. Excel,
LibreOffice and openpyxl keep the property on saving, under whatever name the file is saved; a
format without parts (.xls, .csv) can carry none.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from tyndau.study.container import DAMAGE, MAX_PARTS, MAX_UNPACKED

PROPERTY = "TyndauVersion"

_PART = "docProps/custom.xml"
_TYPES = "[Content_Types].xml"
_RELATIONS = "_rels/.rels"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATION_TYPE = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
)
_NS_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_NS_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_NS_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_NS_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
# The format identifier that Office demands of every custom property.
_FMTID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"

# These three parts take a few kilobytes; a parsed tree takes ten times its text.
_MAX_PARSED = 2**20
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WRITTEN = re.compile(
    r"(?P<study>[^/\n]{1,255})/(?P<number>[1-9][0-9]{0,8})/(?P<path>[^\n]{1,400})"
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a downloaded workbook says of itself.

    Attributes
    ----------
    study : str
        Slug of the study.
    number : int
        The version of the design that it was downloaded from.
    path : str
        The file in the study, such as ``forms/residents.xlsx``.
    """

    study: str
    number: int
    path: str

    def __str__(self) -> str:
        """Write the stamp as it stands in the property."""
        return f"{self.study}/{self.number}/{self.path}"


def stamped(content: bytes, stamp: Stamp) -> bytes:
    """Return a workbook with a stamp, in the place of one that it may have.

    Parameters
    ----------
    content : bytes
        A workbook (.xlsx, .xlsm).
    stamp : Stamp
        What it is to say.

    Returns
    -------
    bytes
        The workbook; as it came where it cannot be opened as a package.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as source:
            if not _small(source):
                return content
            return _rewritten(source, stamp)
    except DAMAGE:
        return content


def read_stamp(content: bytes) -> Stamp | None:
    """Return the stamp of a workbook.

    Parameters
    ----------
    content : bytes
        A file.

    Returns
    -------
    Stamp or None
        None where it carries none, or is no workbook.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as source:
            if not _small(source) or _PART not in source.namelist():
                return None
            for element in _parsed(source.read(_PART)):
                if element.get("name") == PROPERTY:
                    return _read("".join(element.itertext()).strip())
    except DAMAGE:
        return None
    return None


def without_stamp(content: bytes) -> bytes:
    """Return a workbook without its stamp, so that versions are compared by what people wrote.

    Parameters
    ----------
    content : bytes
        A file.

    Returns
    -------
    bytes
        The workbook without the property; as it came where it has none.
    """
    if read_stamp(content) is None:
        return content
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as source:
            return _rewritten(source, None)
    except DAMAGE:
        return content


def _read(text: str) -> Stamp | None:
    match = _WRITTEN.fullmatch(text)
    return Stamp(match["study"], int(match["number"]), match["path"]) if match else None


def _small(source: zipfile.ZipFile) -> bool:
    """Tell whether a package may be unpacked, and the parts that are parsed here even more so."""
    parts = source.infolist()
    size = sum(part.file_size for part in parts)
    parsed = [part.file_size for part in parts if part.filename in (_PART, _TYPES, _RELATIONS)]
    within = len(parts) <= MAX_PARTS and size <= MAX_UNPACKED
    return within and max(parsed, default=0) <= _MAX_PARSED


def _rewritten(source: zipfile.ZipFile, stamp: Stamp | None) -> bytes:
    """Copy a package part by part, changing what a custom property needs."""
    names = source.namelist()
    properties, left = _properties(source.read(_PART) if _PART in names else b"", stamp)
    changed = {
        _PART: properties,
        _TYPES: _with_type(source.read(_TYPES), wanted=left),
        _RELATIONS: _with_relation(source.read(_RELATIONS), wanted=left),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
        for part in source.infolist():
            if part.filename != _PART:
                written.writestr(part, changed.get(part.filename) or source.read(part))
        if left:
            date = source.getinfo(_TYPES).date_time
            written.writestr(zipfile.ZipInfo(_PART, date), properties, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _parsed(part: bytes) -> ElementTree.Element:
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise ValueError("a document type in a part of a workbook")
    return ElementTree.fromstring(part)  # noqa: S314 - without a document type there are no entities


def _properties(part: bytes, stamp: Stamp | None) -> tuple[bytes, bool]:
    """Return the part of custom properties with a stamp or without, and whether any is left."""
    root = _parsed(part) if part else ElementTree.Element(f"{{{_NS_PROPERTIES}}}Properties")
    for element in list(root):
        if element.get("name") == PROPERTY:
            root.remove(element)
    if stamp is not None:
        # Office counts properties from 2.
        number = max((int(one.get("pid", "1")) for one in root), default=1) + 1
        attributes = {"fmtid": _FMTID, "pid": str(number), "name": PROPERTY}
        element = ElementTree.SubElement(root, f"{{{_NS_PROPERTIES}}}property", attributes)
        ElementTree.SubElement(element, f"{{{_NS_VALUES}}}lpwstr").text = str(stamp)
    return _written(root), len(root) > 0


def _with_type(part: bytes, *, wanted: bool) -> bytes:
    root = _parsed(part)
    own = [one for one in root if one.get("PartName", "").lstrip("/") == _PART]
    if bool(own) == wanted:
        return part
    for element in own:
        root.remove(element)
    if wanted:
        attributes = {"PartName": f"/{_PART}", "ContentType": _CONTENT_TYPE}
        ElementTree.SubElement(root, f"{{{_NS_TYPES}}}Override", attributes)
    return _written(root)


def _with_relation(part: bytes, *, wanted: bool) -> bytes:
    root = _parsed(part)
    own = [one for one in root if one.get("Type") == _RELATION_TYPE]
    if bool(own) == wanted:
        return part
    for element in own:
        root.remove(element)
    if wanted:
        attributes = {"Id": "rIdTyndau", "Type": _RELATION_TYPE, "Target": _PART}
        ElementTree.SubElement(root, f"{{{_NS_RELATIONS}}}Relationship", attributes)
    return _written(root)


def _written(root: ElementTree.Element) -> bytes:
    """Write one of the three parts, its own namespace as the default one, as Office does."""
    namespace = root.tag[1:].partition("}")[0]
    heads = {namespace: "", _NS_VALUES: "vt:"}
    declared = f' xmlns="{namespace}"'
    if namespace == _NS_PROPERTIES:
        declared += f' xmlns:vt="{_NS_VALUES}"'
    return f"{_DECLARATION}{_element(root, heads, declared)}".encode()


def _element(element: ElementTree.Element, heads: Mapping[str, str], declared: str = "") -> str:
    namespace, _, local = element.tag[1:].partition("}")
    name = heads[namespace] + local
    attributes = "".join(f" {key}={quoteattr(value)}" for key, value in element.attrib.items())
    inner = escape(element.text or "") + "".join(
        _element(child, heads) + escape(child.tail or "") for child in element
    )
    return f"<{name}{declared}{attributes}>{inner}</{name}>"
