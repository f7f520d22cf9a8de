"""Writing an interview as a phone would: for what was filled in on paper.

In: a form, answers by path. Out: the bytes of an instance, which `read_instance` reads. What stands
in the form's own instance and has no answer is written empty; rounds of repeats are left out.
"""

from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement, tostring

from tyndau.fieldwork.openrosa.parse import parse
from tyndau.fieldwork.openrosa.xform import LIMITS, read_xform


def write_instance(
    form: bytes, answers: Mapping[str, str], *, instance_id: str, deprecated_id: str = ""
) -> bytes:
    """Write an interview.

    Parameters
    ----------
    form : bytes
        The XForm that was filled in.
    answers : mapping of str to str
        Texts by path below the root, such as ``main/age``.
    instance_id : str
        What the interview calls itself.
    deprecated_id : str, optional
        The version that it corrects.

    Returns
    -------
    bytes
        XML in UTF-8.
    """
    known = read_xform(form)
    model = parse(form, LIMITS, local=True).find(".//model/instance")
    template = next(iter(model if model is not None else ()), None)
    assert template is not None, "read_xform has found it"
    root = Element(known.root, {"id": known.id, "version": known.version})
    if known.namespace:
        root.set("xmlns", known.namespace)
    repeats = frozenset(known.repeats)
    _copy(template, root, "", {**answers, "meta/instanceID": instance_id}, repeats)
    meta = root.find("meta")
    if meta is None:
        meta = SubElement(root, "meta")
    for name, number in (("instanceID", instance_id), ("deprecatedID", deprecated_id)):
        place = meta.find(name)
        if place is None and number:
            place = SubElement(meta, name)
        if place is not None:
            place.text = number or None
    content: bytes = tostring(root, encoding="utf-8")
    return content


def _copy(
    template: Element,
    into: Element,
    before: str,
    answers: Mapping[str, str],
    repeats: frozenset[str],
) -> None:
    for child in template:
        path = before + child.tag
        if path in repeats or into.find(child.tag) is not None:
            continue
        place = SubElement(into, child.tag)
        if len(child):
            _copy(child, place, f"{path}/", answers, repeats)
        elif path in answers:
            place.text = answers[path]
