"""Interviews made from a form's own pattern of answers, as a phone would send them."""

import copy
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from tyndau.fieldwork.openrosa import XForm

META = "{http://openrosa.org/xforms}"
ROUNDS = 2


@dataclass
class Filled:
    """An interview, and what was answered in it."""

    content: bytes
    values: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[dict[str, str]]] = field(default_factory=dict)


def name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def pattern(content: bytes) -> Element:
    """Return the element of a form that holds the answers, ready to be filled in."""
    document = ET.fromstring(content)
    model = next(element for element in document.iter() if name(element) == "model")
    instance = next(element for element in model if name(element) == "instance")
    return copy.deepcopy(next(iter(instance)))


def fill(content: bytes, xform: XForm, instance_id: str) -> Filled:
    """Answer every field of a form, each round of a repeat too."""
    root = pattern(content)
    _repeat(root, "", xform)
    meta = next((child for child in root if name(child) == "meta"), None)
    meta = ET.SubElement(root, f"{META}meta") if meta is None else meta
    own = next((child for child in meta if name(child) == "instanceID"), None)
    own = ET.SubElement(meta, f"{META}instanceID") if own is None else own
    made = Filled(b"")
    _answer(root, "", "", xform, made, made.values, iter(range(1, 100_000)))
    own.text = instance_id
    if "meta/instanceID" in made.values:
        made.values["meta/instanceID"] = instance_id
    made.content = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def _repeat(element: Element, before: str, xform: XForm) -> None:
    """Leave two rounds of each repeat, whether the form shows one, a template or both."""
    seen = set()
    for child in list(element):
        path = before + name(child)
        if path in xform.repeats:
            element.remove(child)
            if path in seen:
                continue
            seen.add(path)
            _repeat(child, f"{path}/", xform)
            element.extend(copy.deepcopy(child) for _ in range(ROUNDS))
        else:
            _repeat(child, f"{path}/", xform)


def _answer(element, before, repeat, xform, made, into, numbers) -> None:
    for child in element:
        path, inside, answers = before + name(child), repeat, into
        if path in xform.repeats:
            inside, answers = path, {}
            made.rows.setdefault(path, []).append(answers)
        if len(child):
            _answer(child, f"{path}/", inside, xform, made, answers, numbers)
        elif path in xform.paths(inside):
            child.text = f"жауап {next(numbers)} <&> "
            answers.setdefault(path, child.text)
