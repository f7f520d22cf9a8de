"""What a form says to people: wordings, answers and headings, as its XForm holds them.

In: the bytes of an XForm. Out: `Wording`, in the order of the questionnaire. An interview is read
beside the very form that it was made with, so that its words are those that were read aloud, even
where the study's form has changed since. Lists that come from files are not here: they are files of
the instrument.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from tyndau.base.languages import Sayable, Text
from tyndau.fieldwork.openrosa.parse import parse
from tyndau.fieldwork.openrosa.xform import LIMITS

_CONTROLS = ("input", "select", "select1", "upload", "range", "rank", "trigger", "secret")
_ITEXT = re.compile(r"\s*jr:itext\(\s*['\"]([^'\"]+)['\"]\s*\)\s*")
_INSTANCE = re.compile(r"instance\(\s*['\"]([^'\"]+)['\"]\s*\)")
_LANGUAGE = re.compile(r"\(\s*([A-Za-z]{2})\s*\)\s*$|^\s*([A-Za-z]{2})\s*$")
# Forms with media for a text keep these beside the words.
_WORDS = (None, "long", "short")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is asked.

    Attributes
    ----------
    path : str
        Where its answer stands, below the root.
    kind : str
        The control: ``input``, ``select``, ``select1``, ``upload``, ``range``, ``rank``,
        ``trigger`` or ``secret``.
    label : Text or str
        What is read; markup and references to other answers as in the form.
    choices : dict of str to (Text or str)
        Labels by code, in order; empty where there are none or they come from a file.
    groups : tuple of str
        Paths of the groups around it, outermost first.
    repeat : str
        Path of the innermost repeat around it; empty outside.
    note : bool
        Whether it is only read aloud and takes no answer.
    """

    path: str
    kind: str
    label: Sayable
    choices: Mapping[str, Sayable] = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    repeat: str = ""
    note: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """What a form says.

    Attributes
    ----------
    items : tuple of Item
        In the order of the questionnaire.
    headings : dict of str to (Text or str)
        What stands above groups, by path.
    start, end : str
        Paths where the phone writes when the interview began and ended; empty where it does not.
    """

    items: tuple[Item, ...]
    headings: Mapping[str, Sayable]
    start: str = ""
    end: str = ""


def read_wording(content: bytes) -> Wording:
    """Read what a form says.

    Parameters
    ----------
    content : bytes
        An XForm that `read_xform` accepted.

    Returns
    -------
    Wording
        Its words.
    """
    return _Reader(parse(content, LIMITS, local=True)).read()


class _Reader:
    """One form while it is read."""

    def __init__(self, form: Element) -> None:
        model = form.find(".//model")
        assert model is not None
        self._model = model
        self._body = next((part for part in form if part.tag == "body"), Element("body"))
        self._texts = dict(_texts(model))
        self._lists = {
            str(one.get("id")): one for one in model.findall("instance") if one.get("id")
        }
        primary = model.find("instance")
        root = next(iter(primary), None) if primary is not None else None
        self._root = "" if root is None else root.tag
        self._binds = {self._path(bind.get("nodeset", "")): bind for bind in model.iter("bind")}
        self._named = {
            str(bind.get("id")): bind.get("nodeset", "") for bind in self._binds.values()
            if bind.get("id")
        }  # fmt: skip
        self._headings: dict[str, Sayable] = {}

    def read(self) -> Wording:
        """Return the form's words."""
        items = tuple(self._items(self._body, (), ""))
        times = {
            bind.get("preloadParams", ""): path
            for path, bind in self._binds.items()
            if bind.get("preload") == "timestamp"
        }
        return Wording(items, self._headings, times.get("start", ""), times.get("end", ""))

    def _path(self, reference: str, around: str = "") -> str:
        """Return a path below the root; a relative one begins where its group is."""
        steps = [step.rpartition(":")[2] for step in reference.strip().split("/") if step != "."]
        if steps[0]:
            return "/".join([*filter(None, around.split("/")), *steps])
        return "/".join(steps[2:] if steps[1:2] == [self._root] else steps[1:])

    def _place(self, element: Element, around: str) -> str:
        """Return the path of which an element of the body speaks; empty where of none."""
        bound = self._named.get(element.get("bind", ""), "")
        reference = bound or element.get("ref") or element.get("nodeset") or ""
        return self._path(reference, around) if reference else ""

    def _items(self, parent: Element, groups: tuple[str, ...], repeat: str) -> Iterator[Item]:
        # A stack of iterators, not calls: how deep a form may be is said by its reader.
        stack = [(iter(parent), groups, repeat, "")]
        while stack:
            children, groups, repeat, around = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                continue
            tag = child.tag
            path = self._place(child, around)
            if tag in _CONTROLS:
                yield self._item(child, tag, path, groups, repeat)
            elif tag == "group":
                if path:
                    self._headings.setdefault(path, self._label(child))
                within = (*groups, path) if path else groups
                stack.append((iter(child), within, repeat, path or around))
            elif tag == "repeat":
                stack.append((iter(child), groups, path, path))

    def _item(
        self, control: Element, kind: str, path: str, groups: tuple[str, ...], repeat: str
    ) -> Item:
        bind = self._binds.get(path)
        still = bind is not None and bind.get("readonly") == "true()" and kind == "input"
        note = still and bind is not None and bind.get("calculate") is None
        choices = dict(self._choices(control))
        return Item(path, kind, self._label(control), choices, groups, repeat, note)

    def _choices(self, control: Element) -> Iterator[tuple[str, Sayable]]:
        for item in control.iter("item"):
            value = item.find("value")
            if value is not None and value.text:
                yield value.text.strip(), self._label(item)
        itemset = control.find("itemset")
        if itemset is not None:
            yield from self._listed(itemset)

    def _listed(self, itemset: Element) -> Iterator[tuple[str, Sayable]]:
        """Go through a list that stands in the form."""
        named = _INSTANCE.search(itemset.get("nodeset", ""))
        value, label = itemset.find("value"), itemset.find("label")
        source = self._lists.get(named[1]) if named else None
        if source is None or value is None:
            return
        code_name = value.get("ref", "name")
        label_name = "" if label is None else label.get("ref", "")
        by_id = re.fullmatch(r"\s*jr:itext\(\s*([\w.-]+)\s*\)\s*", label_name)
        for item in source.iter():
            parts = {part.tag: part.text or "" for part in item}
            if code_name in parts:
                said = parts.get(by_id[1] if by_id else label_name, "")
                yield parts[code_name].strip(), self._texts.get(said, "") if by_id else said

    def _label(self, element: Element) -> Sayable:
        label = element.find("label")
        if label is None:
            return ""
        named = _ITEXT.fullmatch(label.get("ref", ""))
        return self._texts.get(named[1], "") if named else _words(label)


def _texts(model: Element) -> Iterator[tuple[str, Sayable]]:
    """Go through the texts of a form, each in all its languages."""
    spoken: dict[str, dict[str, str]] = {}
    first = ""
    for translation in model.iterfind("itext/translation"):
        named = _LANGUAGE.search(translation.get("lang", ""))
        language = (named[1] or named[2]).lower() if named else translation.get("lang", "")
        if not first or translation.get("default") is not None:
            first = language
        for text in translation.iterfind("text"):
            for value in text.iterfind("value"):
                if value.get("form") in _WORDS:
                    words = _words(value)
                    spoken.setdefault(str(text.get("id")), {}).setdefault(language, words)
    for name, by_language in spoken.items():
        pair = Text(by_language.get("kk", ""), by_language.get("ru", ""))
        other = by_language.get(first) or next(iter(by_language.values()))
        yield name, other if len(pair.missing) == 2 else pair


def _words(element: Element) -> str:
    """Return the words of an element; an answer that it repeats is written ``${path}``."""
    words = [element.text or ""]
    for part in element:
        if part.tag == "output":
            reference = (part.get("value") or part.get("ref") or "").strip()
            words.append(f"${{{reference}}}")
        else:
            words.append("".join(part.itertext()))
        words.append(part.tail or "")
    return "".join(words).strip()
