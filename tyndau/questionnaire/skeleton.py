"""What a form is apart from its words: the machine's check of what is called editorial.

In: a form. Out: a value that is equal for two forms exactly if neither codes, answers, order,
routing nor anything else that a phone computes or insists on differs. It is taken from the typed
form and, for what the typed form leaves out (defaults, triggers, repeats, pictures), from the XForm
itself with every text cut out.
"""

from collections.abc import Hashable
from xml.etree import ElementTree

from tyndau.questionnaire.form import Form, Question

_XFORMS = "{http://www.w3.org/2002/xforms}"
_JAVAROSA = "{http://openrosa.org/javarosa}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_TEXTS = frozenset(
    {f"{_XFORMS}{name}" for name in ("itext", "itextId", "label", "hint")} | {f"{_XHTML}title"}
)
_MESSAGES = frozenset({f"{_JAVAROSA}{name}" for name in ("constraintMsg", "requiredMsg")})
# A picture or a sound may say something else than before: it counts as more than words.
_HEARD_OR_SEEN = frozenset({"image", "big-image", "audio", "video"})


def question_skeleton(question: Question) -> Hashable:
    """Return what a question is apart from its words.

    Parameters
    ----------
    question : Question
        The question.

    Returns
    -------
    hashable
        Equal for two questions that differ in words alone.
    """
    choices = tuple(
        (choice.category.code, choice.category.meaning, tuple(sorted(choice.extra.items())))
        for choice in question.choices
    )
    return (
        question.name, question.kind, question.type, choices, question.list_name, question.route,
        question.calculation, question.groups, question.repeated, question.required,
        question.constraint, question.choice_filter, question.appearance,
        tuple(sorted(question.parameters.items())),
    )  # fmt: skip


def skeleton(form: Form) -> Hashable:
    """Return what a form is apart from its words and its version.

    Parameters
    ----------
    form : Form
        The questionnaire.

    Returns
    -------
    hashable
        Equal for two forms that differ in words alone.
    """
    return form.id, tuple(map(question_skeleton, form.questions)), xform_skeleton(form.xform)


def xform_skeleton(xform: bytes) -> bytes:
    """Return an XForm without its words and its version.

    Parameters
    ----------
    xform : bytes
        As the converter made it.

    Returns
    -------
    bytes
        XML in canonical form; empty where there is none.
    """
    if not xform:
        return b""
    root = ElementTree.fromstring(xform)  # noqa: S314 - the converter's own, never a foreign file
    seen = _seen_or_heard(root)
    for parent in root.iter():
        for child in list(parent):
            if child.tag in _TEXTS:
                parent.remove(child)
        for name in _MESSAGES & parent.attrib.keys():
            del parent.attrib[name]
    for instance in root.iter(f"{_XFORMS}instance"):
        for top in instance:
            top.attrib.pop("version", None)
    stripped = ElementTree.canonicalize(
        ElementTree.tostring(root, encoding="unicode"), strip_text=True
    )
    return "\n".join((stripped, *seen)).encode()


def _seen_or_heard(root: ElementTree.Element) -> list[str]:
    """List the pictures and sounds that stand beside texts, which are cut out otherwise."""
    return sorted(
        f"{text.get('id')} {value.get('form')} {value.text}"
        for text in root.iter(f"{_XFORMS}text")
        for value in text.iter(f"{_XFORMS}value")
        if value.get("form") in _HEARD_OR_SEEN
    )
