"""An interview as a phone writes it.

In: a form, answers by path. Out: the bytes of a submission, which `read_instance` reads back.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from tyndau.fieldwork.openrosa.xform import XForm

_META = "http://openrosa.org/xforms"
_OWN = "meta/"


def write_instance(
    xform: XForm,
    answers: Mapping[str, str],
    *,
    instance_id: str,
    deprecated_id: str = "",
    audit: str = "",
) -> bytes:
    """Write an interview.

    Parameters
    ----------
    xform : XForm
        The form that was filled in.
    answers : mapping of str to str
        By path, as in `XForm.paths`; what is not there stays empty.
    instance_id : str
        What the interview calls itself, such as ``uuid:…``.
    deprecated_id : str, optional
        The version that it replaces.
    audit : str, optional
        Name of its log of times, where one is sent along.

    Returns
    -------
    bytes
        The document, in UTF-8, in the order of the form.

    Raises
    ------
    ValueError
        If an answer has no place outside the form's repeats.
    """
    paths = [path for path in xform.paths("") if not path.startswith(_OWN)]
    unknown = answers.keys() - {*paths}
    if unknown:
        raise ValueError(f"no place outside repeats: {', '.join(sorted(unknown))}")
    root = Element(xform.root, {"id": xform.id, "version": xform.version})
    if xform.namespace:
        root.set("xmlns", xform.namespace)
    groups: dict[str, Any] = {"": root}
    for path in paths:
        parent, _, name = path.rpartition("/")
        SubElement(_group(groups, parent), name).text = answers.get(path, "")
    meta = SubElement(root, "meta", xmlns=_META)
    _add(meta, (("instanceID", instance_id), ("deprecatedID", deprecated_id), ("audit", audit)))
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _group(groups: dict[str, Element], path: str) -> Element:
    """Return the element of a group, made where it is not there yet."""
    if path not in groups:
        parent, _, name = path.rpartition("/")
        groups[path] = SubElement(_group(groups, parent), name)
    return groups[path]


def _add(meta: Element, said: Iterable[tuple[str, str]]) -> None:
    for name, text in said:
        if text:
            SubElement(meta, name).text = text
