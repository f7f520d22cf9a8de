"""One interview as read: questions in the form's own words, answers with their codes beside.

In: a form and an instance of it. Out: `Part`, in the order of the questionnaire: questions under
their headings, repeats as tables, what no question asks apart. What was not asked and what was not
answered are kept apart. Nothing is judged here.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from tyndau.base.languages import N_, Message, Sayable, Text
from tyndau.fieldwork.openrosa import Instance
from tyndau.fieldwork.openrosa.wording import Item
from tyndau.questionnaire.form import Form
from tyndau_server.fieldwork.asked import asked
from tyndau_server.fieldwork.files import Shown
from tyndau_server.fieldwork.forms import Known

Standing = Literal["answered", "none", "not-asked"]

_OK = N_("seen and confirmed")
_SEVERAL = ("select", "rank")
_CLOSED = ("select1", *_SEVERAL)
_REFERENCE = re.compile(r"\$\{([^}]*)\}")
_MARKUP = re.compile(r"<[^>]*>|[*_]{2,}|^#+\s*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Said:
    """An answer, or one of several.

    Attributes
    ----------
    words : Text, Message or str
        As people read it.
    code : str
        As it stands in the data; empty where that is the same.
    unknown : bool
        Whether it is a code that the form does not have.
    """

    words: Sayable
    code: str = ""
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one question.

    Attributes
    ----------
    name, path : str
        Of the question; the name is the last part of the path.
    label : Text or str
        Its wording.
    standing : {"answered", "none", "not-asked"}
        Whether it was asked and answered.
    said : tuple of Said
        The answers.
    file : str
        Name of the attachment that is the answer; empty for others.
    attached : Shown or None
        That attachment; None where it is not here.
    """

    name: str
    path: str
    label: Sayable
    standing: Standing
    said: tuple[Said, ...] = ()
    file: str = ""
    attached: Shown | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Questions under one heading, or a repeat.

    Attributes
    ----------
    titles : tuple of (Text or str)
        The headings of the groups around, outermost first; none outside groups.
    answers : tuple of Answer
        One round of questions; empty for a repeat.
    heads : tuple of Answer
        For a repeat, its questions, without answers.
    rounds : tuple of tuple of Answer
        For a repeat, each round's answers in the order of `heads`.
    """

    titles: tuple[Sayable, ...]
    answers: tuple[Answer, ...] = ()
    heads: tuple[Answer, ...] = ()
    rounds: tuple[tuple[Answer, ...], ...] = ()


def parts(
    known: Known, instance: Instance, form: Form | None, files: Mapping[str, Shown]
) -> tuple[Part, ...]:
    """Lay an interview out.

    Parameters
    ----------
    known : Known
        The form by which it was made.
    instance : Instance
        The interview.
    form : Form or None
        The same as a form of the study, where it is one: its routing says who was asked.
    files : mapping of str to Shown
        Its attachments by name.

    Returns
    -------
    tuple of Part
        In the order of the questionnaire; notes are left out.
    """
    reader = _Reader(known, instance, form, files)
    shown = [item for item in known.wording.items if item.path and not item.note]
    return tuple(
        reader.repeat(repeat, groups, tuple(items)) if repeat else reader.part(groups, tuple(items))
        for (groups, repeat), items in groupby(shown, key=lambda one: (one.groups, one.repeat))
    )


def besides(known: Known, instance: Instance) -> tuple[tuple[str, str], ...]:
    """Return what stands in an interview that no question asks: times, calculations.

    Parameters
    ----------
    known : Known
        The form.
    instance : Instance
        The interview.

    Returns
    -------
    tuple of tuple of str
        Path and text of each that is not empty.
    """
    asked_for = {item.path for item in known.wording.items}
    values = instance.values(known.xform)
    return tuple((path, text) for path, text in values.items() if text and path not in asked_for)


def said(item: Item, text: str) -> tuple[Said, ...]:
    """Return an answer in words.

    Parameters
    ----------
    item : Item
        The question.
    text : str
        What stands in the interview.

    Returns
    -------
    tuple of Said
        One, or several of a question with several answers; none where the text is empty.
    """
    if not text:
        return ()
    if item.kind == "trigger":
        return (Said(Message(_OK), text),)
    if item.kind not in _CLOSED:
        return (Said(text),)
    return tuple(
        Said(plain(item.choices[code]), code)
        if item.choices.get(code)
        else Said(code, unknown=_unknown(item, code))
        for code in _codes(item, text)
    )


def unknown_codes(known: Known, instance: Instance) -> tuple[str, ...]:
    """Return the questions that were answered by a code which the form does not have.

    Parameters
    ----------
    known : Known
        The form.
    instance : Instance
        The interview.

    Returns
    -------
    tuple of str
        Their names, in the order of the questionnaire; lists that come from files are not known.
    """
    closed = [item for item in known.wording.items if item.kind in _CLOSED and item.choices]
    values = instance.values(known.xform)
    rounds = {
        item.repeat: instance.rows(known.xform, item.repeat) for item in closed if item.repeat
    }
    found = {}
    for item in closed:
        for row in rounds[item.repeat] if item.repeat else (values,):
            if any(_unknown(item, code) for code in _codes(item, row.get(item.path, ""))):
                found[item.path.rpartition("/")[2]] = item
    return tuple(found)


def _codes(item: Item, text: str) -> list[str]:
    return text.split() if item.kind in _SEVERAL else [text.strip()] if text.strip() else []


def _unknown(item: Item, code: str) -> bool:
    return bool(item.choices) and code not in item.choices


def plain(label: Sayable) -> Sayable:
    """Return a label without the markup that phones show as bold or coloured.

    Parameters
    ----------
    label : Text or str
        As in the form.

    Returns
    -------
    Text or str
        Its words; an answer that it repeats is left open.
    """
    if isinstance(label, Text):
        return Text(_bare(label.kk), _bare(label.ru))
    return _bare(label) if isinstance(label, str) else label


def _bare(words: str) -> str:
    return " ".join(_REFERENCE.sub("…", _MARKUP.sub("", words)).split())


class _Reader:
    """One interview while it is laid out."""

    def __init__(
        self, known: Known, instance: Instance, form: Form | None, files: Mapping[str, Shown]
    ) -> None:
        self._known, self._instance, self._files = known, instance, files
        self._values = instance.values(known.xform)
        self._there = _there(instance)
        names = {path.rpartition("/")[2]: text for path, text in self._values.items()}
        self._asked: Mapping[str, bool | None] = asked(form, names) if form else {}

    def part(self, groups: tuple[str, ...], items: tuple[Item, ...]) -> Part:
        """Lay out questions under their headings."""
        return Part(self._titles(groups), tuple(self._answers(items)))

    def _answers(self, items: tuple[Item, ...]) -> Iterator[Answer]:
        for item in items:
            yield self._answer(item, self._values.get(item.path, ""))

    def repeat(self, repeat: str, groups: tuple[str, ...], items: tuple[Item, ...]) -> Part:
        """Lay out a repeat."""
        heads = tuple(self._answer(item, "") for item in items)
        rounds = tuple(
            tuple(self._answer(item, row.get(item.path, "")) for item in items)
            for row in self._instance.rows(self._known.xform, repeat)
        )
        return Part(self._titles(groups), heads=heads, rounds=rounds)

    def _titles(self, groups: tuple[str, ...]) -> tuple[Sayable, ...]:
        headings = (self._known.wording.headings.get(group, "") for group in groups)
        return tuple(plain(heading) for heading in headings if heading)

    def _answer(self, item: Item, text: str) -> Answer:
        name = item.path.rpartition("/")[2]
        file = text if item.kind == "upload" else ""
        standing: Standing = "answered" if text else self._silent(item, name)
        label = plain(item.label) or name
        attached = self._files.get(file.strip())
        return Answer(name, item.path, label, standing, said(item, text), file, attached)

    def _silent(self, item: Item, name: str) -> Standing:
        """Say why there is no answer."""
        was_asked = self._asked.get(name)
        if was_asked is None:
            was_asked = item.path in self._there
        return "none" if was_asked else "not-asked"


def _there(instance: Instance) -> frozenset[str]:
    """Return the paths of all that stands in an interview, answered or not."""
    found: set[str] = set()
    waiting = [(instance.root, "")]
    while waiting:
        element, before = waiting.pop()
        for child in element:
            path = before + child.tag
            found.add(path)
            waiting.append((child, path + "/"))
    return frozenset(found)
