"""A submission: the answers of one interview, as a phone sent them.

In: the bytes of the part ``xml_submission_file``, and for its answers the `XForm` that it fills in.
Out: `Instance`, or `Unreadable` with a reason in one word. Whoever sends it may be anybody, so
nothing of it is trusted; what cannot be read is the caller's to keep.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from tyndau.fieldwork.openrosa.parse import Limits, NotParsed, parse
from tyndau.fieldwork.openrosa.xform import MAX_NAME, XForm

# An interview of 60 questions has 6 KB and 70 elements; 200 people in a household's roster, 5,000.
LIMITS: Final = Limits(size=4_000_000, depth=100, elements=50_000)
# A picture that the form itself proposes stays its own: nothing is sent for it.
_OF_THE_FORM: Final = "jr://"


class Unreadable(NotParsed):
    """A submission that cannot be taken in as an interview.

    Parameters
    ----------
    reason : str
        As of `NotParsed`, or ``no-form-id``, ``no-instance-id``, ``id-too-long``, ``encrypted``.
    detail : str
        What was found, in English; for logs and for whoever looks at the file.
    line : int, default 0
        Where, from 1; 0 where it is about the whole.
    """


@dataclass(frozen=True, slots=True)
class Instance:
    """The answers of one interview.

    Attributes
    ----------
    form_id, version : str
        Which form was filled in; a form without a version has an empty one.
    instance_id : str
        What this version of the interview calls itself.
    deprecated_id : str
        The version that it replaces; empty where it is the first.
    root : Element
        The answers; names are without namespaces.
    """

    form_id: str
    version: str
    instance_id: str
    deprecated_id: str
    root: Element

    def values(self, xform: XForm) -> dict[str, str]:
        """Return the answers outside repeats.

        Parameters
        ----------
        xform : XForm
            The form that was filled in.

        Returns
        -------
        dict of str to str
            Text by path, in the form's order; empty where nothing was answered.
        """
        found = self.texts()
        return {path: found.get(path, "") for path in xform.paths("")}

    def texts(self) -> dict[str, str]:
        """Return all that was answered, whatever the form is.

        Returns
        -------
        dict of str to str
            Text by path; where a path stands several times, as in repeats, the first.
        """
        return _leaves(self.root, "")

    def rows(self, xform: XForm, repeat: str) -> list[dict[str, str]]:
        """Return the answers in a repeat.

        Parameters
        ----------
        xform : XForm
            The form that was filled in.
        repeat : str
            Path of the repeat.

        Returns
        -------
        list of dict of str to str
            For each round its texts by path; inner repeats have rows of their own.
        """
        paths = xform.paths(repeat)
        return [
            {path: found.get(path, "") for path in paths}
            for _, element in self.rounds(repeat)
            for found in (_leaves(element, f"{repeat}/"),)
        ]

    def rounds(self, repeat: str) -> Iterator[tuple[tuple[int, ...], Element]]:
        """Go through the rounds of a repeat.

        Parameters
        ----------
        repeat : str
            Path of the repeat.

        Yields
        ------
        tuple of int
            The number of the round among its like under each ancestor, from 1, outermost first.
        Element
            The round.
        """
        found: list[tuple[tuple[int, ...], Element]] = [((), self.root)]
        for name in repeat.split("/"):
            found = [
                ((*place, number), child)
                for place, element in found
                for number, child in enumerate(element.findall(name), 1)
            ]
        yield from found

    def attachments(self, xform: XForm) -> tuple[str, ...]:
        """Return the files that belong to the interview.

        Parameters
        ----------
        xform : XForm
            The form that was filled in.

        Returns
        -------
        tuple of str
            Names as the answers give them, each once: photographs, sounds, also in repeats, and
            the log ``audit.csv`` where the phone keeps one.
        """
        names = dict.fromkeys(
            text
            for path in (*xform.binary, "meta/audit")
            for element in self.root.iterfind(path)
            if (text := (element.text or "").strip()) and not text.startswith(_OF_THE_FORM)
        )
        return tuple(names)


def read_instance(content: bytes) -> Instance:
    """Read a submission.

    Parameters
    ----------
    content : bytes
        As it arrived.

    Returns
    -------
    Instance
        The answers, and which form and which interview they are of.

    Raises
    ------
    Unreadable
        If it is no XML, goes beyond `LIMITS`, is encrypted, or does not say of which form and of
        which interview it is.
    """
    try:
        root = parse(content, LIMITS, local=True)
    except NotParsed as error:
        raise Unreadable(error.reason, error.detail, error.line) from error
    if root.get("encrypted", "").strip() == "yes":
        raise Unreadable("encrypted", "the answers are encrypted, and the key is not here")
    meta = _meta(root)
    return Instance(
        form_id=_known("no-form-id", "the attribute id of the root element", root.get("id")),
        version=_bounded("version", root.get("version")),
        instance_id=_known(
            "no-instance-id", "meta/instanceID", _said(meta, "instanceID") or root.get("instanceID")
        ),
        deprecated_id=_bounded("deprecatedID", _said(meta, "deprecatedID")),
        root=root,
    )


def _meta(root: Element) -> Element | None:
    """Find the block ``meta``, which stands under the root; in some old forms, in a group."""
    found = root.find("meta")
    return next(root.iter("meta"), None) if found is None else found


def _said(meta: Element | None, name: str) -> str:
    return "" if meta is None else meta.findtext(name, "")


def _bounded(name: str, text: str | None) -> str:
    found = (text or "").strip()
    if len(found) > MAX_NAME:
        raise Unreadable("id-too-long", f"{name} has {len(found)} characters")
    return found


def _known(reason: str, name: str, text: str | None) -> str:
    if found := _bounded(name, text):
        return found
    raise Unreadable(reason, f"{name} is empty or not there")


def _leaves(parent: Element, before: str) -> dict[str, str]:
    """Return texts by path; of two in one place the first counts."""
    found: dict[str, str] = {}
    waiting = [(parent, before)]
    for element, around in waiting:
        for child in element:
            path = around + child.tag
            if len(child):
                waiting.append((child, path + "/"))
            elif path not in found:
                found[path] = child.text or ""
    return found
