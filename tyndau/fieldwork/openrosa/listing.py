"""What a server answers to phones: the list of forms, the files of a form, a word on a submission.

In: what is to be listed. Out: the bytes of an XML document, complete in every item, since Collect
passes over a whole list for one that is not. Addresses are the caller's.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

_LIST: Final = "http://openrosa.org/xforms/xformsList"
_MANIFEST: Final = "http://openrosa.org/xforms/xformsManifest"
_RESPONSE: Final = "http://openrosa.org/http/response"
# What XML cannot hold, however it is escaped.
_IMPOSSIBLE: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class ListedForm:
    """A form in the list of forms.

    Attributes
    ----------
    id, name : str
        By what phones know it, and what they show.
    md5 : str
        Of the exact bytes that are downloaded, in hexadecimal.
    download_url : str
        Where those bytes are.
    version : str
        As the form says it; may be empty.
    manifest_url : str
        Where its files are listed; empty for a form that wants none.
    """

    id: str
    name: str
    md5: str
    download_url: str
    version: str = ""
    manifest_url: str = ""


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file in the manifest of a form.

    Attributes
    ----------
    name : str
        As the form names it.
    md5 : str
        Of its bytes, in hexadecimal.
    download_url : str
        Where they are.
    """

    name: str
    md5: str
    download_url: str


def form_list(items: Iterable[ListedForm]) -> bytes:
    """Write the list of forms.

    Parameters
    ----------
    items : iterable of ListedForm
        The forms, in order.

    Returns
    -------
    bytes
        The document, in UTF-8.

    Raises
    ------
    ValueError
        If an item lacks what phones insist on.
    """
    root = Element("xforms", xmlns=_LIST)
    for item in items:
        xform = SubElement(root, "xform")
        _add(xform, "formID", item.id)
        _add(xform, "name", item.name)
        _add(xform, "version", item.version, empty=True)
        _add(xform, "hash", _hash(item.md5))
        _add(xform, "downloadUrl", item.download_url)
        if item.manifest_url:
            _add(xform, "manifestUrl", item.manifest_url)
    return _written(root)


def manifest(items: Iterable[ListedFile]) -> bytes:
    """Write the list of a form's files.

    Parameters
    ----------
    items : iterable of ListedFile
        The files, in order.

    Returns
    -------
    bytes
        The document, in UTF-8.

    Raises
    ------
    ValueError
        If an item lacks what phones insist on.
    """
    root = Element("manifest", xmlns=_MANIFEST)
    for item in items:
        file = SubElement(root, "mediaFile")
        _add(file, "filename", item.name)
        _add(file, "hash", _hash(item.md5))
        _add(file, "downloadUrl", item.download_url)
    return _written(root)


def response(message: str) -> bytes:
    """Write the answer to a submission.

    Parameters
    ----------
    message : str
        What the phone shows to the interviewer.

    Returns
    -------
    bytes
        The document, in UTF-8.
    """
    root = Element("OpenRosaResponse", xmlns=_RESPONSE)
    _add(root, "message", message, empty=True)
    return _written(root)


def _hash(md5: str) -> str:
    return f"md5:{md5}" if md5 else ""


def _add(parent: Element, name: str, text: str, *, empty: bool = False) -> None:
    possible = _IMPOSSIBLE.sub("\N{REPLACEMENT CHARACTER}", text)
    if not possible.strip() and not empty:
        raise ValueError(f"{parent.tag} without {name}: phones would pass over the whole list")
    SubElement(parent, name).text = possible


def _written(root: Element) -> bytes:
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written
