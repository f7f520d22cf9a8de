"""Questionnaires and interviews made up for tests and benchmarks.

In: a form's id and version, answers. Out: XForms and instances as phones write them. The whole
questionnaire has 60 questions in Kazakh and Russian, and an interview by it 6 KB.
"""

from collections.abc import Mapping
from random import Random
from xml.sax.saxutils import escape, quoteattr

QUESTIONS = 60
_NAMESPACES = (
    'xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms"'
)
_META = (
    '<orx:meta xmlns:orx="http://openrosa.org/xforms">'
    "<orx:instanceID>{instance}</orx:instanceID>{more}</orx:meta>"
)
_WORDS = (
    "су", "жол", "жарық", "мектеп", "дәрігер", "жұмыс", "әкімдік", "көлік", "тарифтер", "қоқыс",
    "вода", "дорога", "свет", "школа", "врач", "работа", "акимат", "транспорт", "тарифы", "мусор",
)  # fmt: skip
NAMES = tuple(f"q{number}" for number in range(1, QUESTIONS + 1))


def small_form(
    form_id: str = "residents", version: str = "1", files: tuple[str, ...] = ("photo",)
) -> bytes:
    """Return a form of two questions, a file each for ``files``, and the audit of times."""
    fields = ("gender", "problem", *files)
    kinds = {name: "binary" if name in files else "string" for name in fields}
    return _form(form_id, version, kinds, "Опрос жителей")


def whole_form(form_id: str = "residents", version: str = "1") -> bytes:
    """Return the form of 60 questions."""
    return _form(form_id, version, dict.fromkeys(NAMES, "string"), "Тұрғындар сауалнамасы")


def _form(form_id: str, version: str, kinds: Mapping[str, str], title: str) -> bytes:
    places = "".join(f"<{name}/>" for name in kinds)
    binds = "".join(f'<bind nodeset="/data/{name}" type="{kind}"/>' for name, kind in kinds.items())
    controls = "".join(
        f'<upload ref="/data/{name}" mediatype="image/*"><label>{name}</label></upload>'
        if kind == "binary"
        else f'<input ref="/data/{name}"><label>{name}: сұрақ / вопрос</label></input>'
        for name, kind in kinds.items()
    )
    return (
        f'<?xml version="1.0"?><h:html {_NAMESPACES}><h:head><h:title>{escape(title)}</h:title>'
        f"<model><instance><data id={quoteattr(form_id)} version={quoteattr(version)}>{places}"
        "<orx:meta><orx:instanceID/><orx:audit/></orx:meta></data></instance>"
        f"{binds}"
        '<bind nodeset="/data/orx:meta/orx:instanceID" type="string" '
        'jr:preload="uid"/></model></h:head>'
        f"<h:body>{controls}</h:body></h:html>"
    ).encode()


def interview(
    instance: str,
    answers: Mapping[str, str],
    *,
    form_id: str = "residents",
    version: str = "1",
    deprecated: str = "",
    audit: bool = False,
) -> bytes:
    """Return an interview as a phone writes it."""
    more = f"<orx:deprecatedID>{deprecated}</orx:deprecatedID>" if deprecated else ""
    more += "<orx:audit>audit.csv</orx:audit>" if audit else ""
    leaves = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in answers.items())
    return (
        f"<?xml version='1.0' ?><data id={quoteattr(form_id)} version={quoteattr(version)}>"
        f"{leaves}{_META.format(instance=escape(instance), more=more)}</data>"
    ).encode()


def whole_interview(instance: str, seed: int, *, form_id: str = "residents") -> bytes:
    """Return an interview of 60 answers and 6 KB."""
    draw = Random(seed)
    answers = {name: " ".join(draw.choices(_WORDS, k=8)) for name in NAMES}
    return interview(instance, answers, form_id=form_id)
