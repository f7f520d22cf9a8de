"""An XForm as far as a server and an export must know it.

In: the bytes of a form. Out: `XForm`: its id and version, its fields with their types and repeats,
and the files that it wants beside it. How it is filled in, phones know; our own forms are read in
full by `tyndau.questionnaire`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final
from xml.etree.ElementTree import Element

from tyndau.base.errors import Place, Problem
from tyndau.fieldwork import problems
from tyndau.fieldwork.openrosa.parse import Limits, NotParsed, parse
from tyndau.fieldwork.openrosa.reasons import REASONS

# A national list of settlements inside a form has 30,000 entries of four elements.
LIMITS: Final = Limits(size=10_000_000, depth=100, elements=1_000_000)
# Of names and identifiers; longer ones find no room in a server's tables.
MAX_NAME: Final = 255

# Controls whose bind does not say what is answered; newer converters write "string" for selects.
_CONTROLS: Final = {
    "select": "select", "select1": "select1", "rank": "rank", "upload": "binary",
}  # fmt: skip
_FILE: Final = re.compile(r"jr://(?:images|audio|video|file-csv|file)/(.+)")
_PULLED: Final = re.compile(r"(?:pulldata|search)\s*\(\s*['\"]([^'\"]+)['\"]")
# The list of the control that pyxform writes for select_one_external.
_ITEMSETS: Final = "itemsets.csv"


@dataclass(frozen=True, slots=True)
class Field:
    """One place for an answer.

    Attributes
    ----------
    path : str
        From the root element, such as ``household/person/age``.
    type : str
        ``string``, ``int``, ``decimal``, ``date``, ``select`` (several), ``select1`` (one),
        ``rank``, ``binary`` (a file), ``geopoint`` and others: the bind's, made plain by the
        control where there is one.
    repeat : str
        Path of the innermost repeat around it; empty outside repeats.
    """

    path: str
    type: str
    repeat: str


@dataclass(frozen=True)
class XForm:
    """A form as phones get it.

    Attributes
    ----------
    id, version, title : str
        As the form calls itself; the version may be empty.
    namespace, root : str
        Of the element that holds the answers.
    fields : tuple of Field
        In the form's order.
    repeats : tuple of str
        Paths of repeats, outer before inner.
    files : tuple of str
        Names of the pictures, sounds and lists that it wants beside it.
    languages : tuple of str
        As it names them.
    encrypted : bool
        Whether phones are to encrypt interviews, so that only the owner of a key can read them.
    sent_to : str
        Where phones are to send interviews instead of where they have the form from; mostly empty.
    """

    id: str
    version: str
    title: str
    namespace: str
    root: str
    fields: tuple[Field, ...]
    repeats: tuple[str, ...]
    files: tuple[str, ...]
    languages: tuple[str, ...]
    encrypted: bool = False
    sent_to: str = ""

    @cached_property
    def binary(self) -> tuple[str, ...]:
        """Paths of the fields whose answers are names of files."""
        return tuple(field.path for field in self.fields if field.type == "binary")

    @cached_property
    def _by_repeat(self) -> dict[str, tuple[str, ...]]:
        return {
            repeat: tuple(field.path for field in self.fields if field.repeat == repeat)
            for repeat in ("", *self.repeats)
        }

    def paths(self, repeat: str) -> tuple[str, ...]:
        """Return the fields of one repeat, or those outside.

        Parameters
        ----------
        repeat : str
            Path of the repeat; empty for what is in none.

        Returns
        -------
        tuple of str
            Their paths, in the form's order.
        """
        return self._by_repeat[repeat]


def read_xform(content: bytes, shown: str = "") -> XForm:
    """Read a form.

    Parameters
    ----------
    content : bytes
        The XForm, as it is listed and downloaded.
    shown : str, optional
        What the file is called in errors.

    Returns
    -------
    XForm
        The form.

    Raises
    ------
    UserError
        If it is no XForm, or one that could not be listed or answered: without an id, without a
        place for answers, with names that are too long.
    """
    place = Place(file=shown)
    try:
        document = parse(content, LIMITS, local=False)
    except NotParsed as error:
        where = Place(file=shown, row=error.line)
        raise problems.XFORM_NOT_READ.error(where, reason=REASONS[error.reason]) from error
    model = _first(document.iter(), "model")
    instances = [] if model is None else _named(model, "instance")
    data = next(iter(instances[0]), None) if instances else None
    if model is None or data is None:
        raise problems.XFORM_NO_INSTANCE.error(place)
    root = _local(data.tag)
    form_id = data.get("id", "").strip()
    if not form_id:
        raise problems.XFORM_NO_ID.error(place, root=root)
    version = _attribute(data, "version")
    for name, text in (("id", form_id), ("version", version)):
        if len(text) > MAX_NAME:
            raise problems.XFORM_LONG_NAME.error(place, name=name, limit=MAX_NAME, got=len(text))
    controls = list(_controls(document, model, root))
    submission = _first(model, "submission")
    told = {} if submission is None else submission.attrib
    repeats = _unique(path for kind, path in controls if kind == "repeat")
    return XForm(
        id=form_id, version=version, title=_title(document) or form_id,
        namespace=data.tag[1:].partition("}")[0] if data.tag.startswith("{") else "", root=root,
        fields=tuple(_fields(data, _types(model, root), controls, repeats)), repeats=repeats,
        files=_files(document, instances), languages=_languages(model),
        encrypted=bool(told.get("base64RsaPublicKey", "").strip()),
        sent_to=told.get("action", "").strip(),
    )  # fmt: skip


def xform_warnings(xform: XForm, shown: str = "") -> tuple[Problem, ...]:
    """Find what keeps interviews of a form from arriving where they can be read.

    Parameters
    ----------
    xform : XForm
        The form.
    shown : str, optional
        What the file is called.

    Returns
    -------
    tuple of Problem
        Warnings; none for most forms.
    """
    found = []
    if xform.encrypted:
        found.append(problems.XFORM_ENCRYPTED.at(Place(file=shown)))
    if xform.sent_to:
        found.append(problems.XFORM_ELSEWHERE.at(Place(file=shown), address=xform.sent_to))
    return tuple(found)


def join_xforms(versions: Sequence[XForm]) -> XForm:
    """Make one form of several versions, so that no answer of any of them is left out.

    Parameters
    ----------
    versions : sequence of XForm
        At least one; the first names the form and gives the order, fields that it lacks follow.

    Returns
    -------
    XForm
        With the fields, repeats, files and languages of all.
    """
    fields = {field.path: field for version in reversed(versions) for field in version.fields}
    order = _unique(field.path for version in versions for field in version.fields)
    return replace(
        versions[0],
        fields=tuple(fields[path] for path in order),
        repeats=_unique(repeat for version in versions for repeat in version.repeats),
        files=_unique(name for version in versions for name in version.files),
        languages=_unique(name for version in versions for name in version.languages),
    )


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _first(elements: Iterable[Element], name: str) -> Element | None:
    return next((element for element in elements if _local(element.tag) == name), None)


def _named(parent: Element, name: str) -> list[Element]:
    return [element for element in parent if _local(element.tag) == name]


def _attribute(element: Element, name: str) -> str:
    """Return an attribute of this name, in no namespace if there is one, else in any."""
    plain = element.get(name)
    if plain is not None:
        return plain.strip()
    return next((text.strip() for key, text in element.items() if _local(key) == name), "")


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _title(document: Element) -> str:
    title = _first(document.iter(), "title")
    return "" if title is None else " ".join("".join(title.itertext()).split())


def _languages(model: Element) -> tuple[str, ...]:
    translations = (e for e in model.iter() if _local(e.tag) == "translation")
    return _unique(filter(None, (e.get("lang", "").strip() for e in translations)))


def _path(reference: str, around: str, root: str) -> str:
    """Return a reference as a path from the root element; relative ones begin in ``around``."""
    steps = [step.strip() for step in reference.strip().split("/")]
    if steps[0]:
        steps = [*filter(None, around.split("/")), *steps]
    elif len(steps) > 1 and steps[1].rpartition(":")[2] == root:
        steps = steps[2:]
    path: list[str] = []
    for step in steps:
        if step == "..":
            path = path[:-1]
        elif step not in ("", "."):
            path.append(step.rpartition(":")[2].partition("[")[0])
    return "/".join(path)


def _types(model: Element, root: str) -> dict[str, str]:
    types = {}
    for bind in _named(model, "bind"):
        kind = _attribute(bind, "type").rpartition(":")[2]
        reference = bind.get("nodeset") or bind.get("ref")
        if reference and kind:
            types[_path(reference, "", root)] = kind
    return types


def _controls(document: Element, model: Element, root: str) -> Iterator[tuple[str, str]]:
    """Go through what the body shows: the name of each element and the path it speaks of."""
    binds = {
        bind.get("id"): bind.get("nodeset") for bind in _named(model, "bind") if bind.get("id")
    }
    body = _first(document, "body")
    waiting = [] if body is None else [(element, "") for element in reversed(body)]
    while waiting:
        element, around = waiting.pop()
        kind = _local(element.tag)
        bound = binds.get(element.get("bind"))
        reference = bound or element.get("nodeset") or element.get("ref")
        if reference:
            around = _path(reference, "" if bound else around, root)
            yield kind, around
        waiting += [(child, around) for child in reversed(element)]


def _fields(
    data: Element,
    types: dict[str, str],
    controls: list[tuple[str, str]],
    repeats: tuple[str, ...],
) -> Iterator[Field]:
    kinds = {path: _CONTROLS[kind] for kind, path in controls if kind in _CONTROLS}
    groups = {path for kind, path in controls if kind in ("group", "repeat")}
    seen: set[str] = set()
    waiting = [(element, "", "") for element in reversed(data)]
    while waiting:
        element, before, repeat = waiting.pop()
        path = before + _local(element.tag)
        repeat = path if path in repeats else repeat
        if len(element):
            waiting += [(child, path + "/", repeat) for child in reversed(element)]
        elif path not in seen and path not in groups:
            # The round of a repeat that serves as a pattern may stand beside a first round.
            seen.add(path)
            yield Field(path, kinds.get(path) or types.get(path, "string"), repeat)


def _files(document: Element, instances: list[Element]) -> tuple[str, ...]:
    """Return the files that texts show, that lists come from, and that functions look into."""
    names = [instance.get("src", "") for instance in instances[1:]]
    names += [element.text for element in document.iter() if element.text and not len(element)]
    files = [match[1] for name in names if (match := _FILE.fullmatch(name.strip()))]
    for element in document.iter():
        for key, text in element.items():
            if "(" in text:
                files += [_list_name(name) for name in _PULLED.findall(text)]
            if key == "query":
                files.append(_ITEMSETS)
    return _unique(files)


def _list_name(name: str) -> str:
    return name if name.endswith(".csv") else f"{name}.csv"
