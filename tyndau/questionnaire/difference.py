"""What changed between two versions of a questionnaire, in the words of the field.

In: two typed forms. Out: `FormDifference`: changes in the order of the questionnaire, each a
sentence with what stood before and what stands now, in every language; whether all of them are
editorial is decided by `tyndau.questionnaire.skeleton`, not by the list. To tell of another part of
a question, add a line to `_PARTS` or to `_LINES`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tyndau.base.languages import N_, Message, Sayable, Text
from tyndau.questionnaire.bases import base_in_words
from tyndau.questionnaire.expression import Expression
from tyndau.questionnaire.form import Choice, Form, Question
from tyndau.questionnaire.matching import match
from tyndau.questionnaire.skeleton import question_skeleton, skeleton

LANGUAGE_WORDS: Mapping[str, Message] = {
    "kk": Message(N_("in Kazakh")),
    "ru": Message(N_("in Russian")),
    "en": Message(N_("in English")),
}
_IN = N_("in the language {code}")

_EDITORIAL = N_("Only words changed: no code, no route and no answer did.")
_MORE_THAN_WORDS = N_("More than words changed: the questionnaire is to be agreed anew.")
_NOTHING = N_("Nothing changed.")

_ADDED = N_("Question {name} is new")
_REMOVED = N_("Question {name} is gone")
_RENAMED = N_("Question {name} had the name {former} before")
_MOVED_AFTER = N_("Question {name} stands after {previous} now")
_MOVED_FIRST = N_("Question {name} stands first now")
_ROUTE = N_("Who is asked {name} changed")
_REQUIRED = N_("{name} must be answered now")
_NOT_REQUIRED = N_("{name} may be left without an answer now")
_TITLE = N_("The title of the questionnaire changed")
_VERSION = N_("The version is named otherwise")
_IDENTITY = N_("The questionnaire has another identity (form_id)")
_HEADING = N_("The heading of the group {name} changed")
_LANGUAGE_ADDED = N_("The questionnaire is held {language} too now")
_LANGUAGE_REMOVED = N_("The questionnaire is not held {language} any more")
_UNSEEN = N_("Something else changed that phones follow: a default, a repeat, a trigger, a picture")

# What people read, by column of the sheet "survey".
_TEXTS: Mapping[str, str] = {
    "label": N_("Wording of {name} {language}"),
    "hint": N_("Note to the interviewer at {name} {language}"),
    "guidance_hint": N_("Guidance to the interviewer at {name} {language}"),
    "constraint_message": N_("Message about an answer that {name} does not allow {language}"),
    "required_message": N_("Message about a missing answer to {name} {language}"),
}  # fmt: skip
# What is shown as it stands in the form, before and after.
_PARTS: Mapping[str, str] = {
    "type": N_("{name} is of another type"),
    "calculation": N_("{name} is computed otherwise"),
    "constraint": N_("Which answers {name} allows changed"),
    "choice_filter": N_("Which answers {name} offers to whom changed"),
    "appearance": N_("How {name} looks on the phone changed"),
    "parameters": N_("Parameters of {name} changed"),
    "groups": N_("{name} stands in other groups"),
}

_ANSWERS_OF = N_("Answers of {names}")
_ANSWER_ADDED = N_("answer {code} is new")
_ANSWER_REMOVED = N_("answer {code} is gone")
_ANSWER_RECODED = N_("answer {former} has the code {code} now")
_ANSWER_WORDED = N_("wording of answer {code} {language}")
_ANSWER_MEANING = N_("answer {code} means another kind of answer")
_ANSWER_FILTER = N_("answer {code} is offered to others")
_ANSWERS_ORDER = N_("the order of the answers changed")
_OF_ANSWERS = N_("{subject}: {what}")

# How many questions are named that share a list of answers.
_NAMED = 4
_ARROW = " → "


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    Attributes
    ----------
    what : Message
        The sentence.
    question : str
        The question by its name in the later version, or in the earlier one where it is gone;
        empty for what concerns all of the form.
    before, after : Text, Message or str
        What stood and what stands; empty where the sentence says all.
    editorial : bool
        Whether words alone changed.
    """

    what: Message
    question: str = ""
    before: Sayable = ""
    after: Sayable = ""
    editorial: bool = False


@dataclass(frozen=True, slots=True)
class FormDifference:
    """What changed between two versions of a questionnaire.

    Attributes
    ----------
    changes : tuple of Change
        What concerns the whole, then question by question.
    editorial : bool
        Whether the two are equal apart from words, as the machine compares them.
    """

    changes: tuple[Change, ...] = field(default=())
    editorial: bool = True

    @property
    def summary(self) -> Message:
        """One sentence on the whole."""
        if not self.changes:
            return Message(_NOTHING)
        return Message(_EDITORIAL if self.editorial else _MORE_THAN_WORDS)


def compare_forms(before: Form, after: Form) -> FormDifference:
    """Tell what changed between two versions of a questionnaire.

    Parameters
    ----------
    before, after : Form
        The versions.

    Returns
    -------
    FormDifference
        The changes.
    """
    editorial = skeleton(before) == skeleton(after)
    changes = [*_of_the_whole(before, after), *_of_questions(before, after)]
    if not editorial and all(change.editorial for change in changes):
        changes.append(Change(Message(_UNSEEN)))
    return FormDifference(tuple(changes), editorial)


def _of_the_whole(before: Form, after: Form) -> Iterator[Change]:
    if before.title != after.title:
        yield Change(Message(_TITLE), "", before.title, after.title, editorial=True)
    if before.version != after.version:
        yield Change(Message(_VERSION), "", before.version, after.version, editorial=True)
    if before.id != after.id:
        yield Change(Message(_IDENTITY), "", before.id, after.id)
    for one, other, words in (
        (after, before, _LANGUAGE_ADDED),
        (before, after, _LANGUAGE_REMOVED),
    ):
        for code in one.languages:
            if code not in other.languages:
                yield Change(Message(words, {"language": _language(code)}), editorial=True)
    for name, text in after.groups.items():
        former = before.groups.get(name, Text())
        if text != former:
            yield Change(Message(_HEADING, {"name": name}), "", former, text, editorial=True)


def _of_questions(before: Form, after: Form) -> Iterator[Change]:
    matched = match(before, after)
    former_of = {new.name: old for old, new in matched.pairs}
    told: set[str] = set()
    previous = ""
    for question in after.questions:
        former = former_of.get(question.name)
        if former is None:
            yield _whole(_ADDED, question, later=True)
        else:
            if question.name in matched.moved:
                yield _moved(question, previous)
            yield from _of_pair(former, question, before, after)
            own = question.list_name != former.list_name or not question.list_name
            subject = question.name if own else question.list_name
            if _answers(question) != _answers(former) and subject not in told:
                told.add(subject)
                names = [question.name] if own else _sharing(question, after)
                yield from _of_answers(former, question, names)
        previous = question.name
    for question in matched.removed:
        yield _whole(_REMOVED, question, later=False)


def _whole(words: str, question: Question, *, later: bool) -> Change:
    what = Message(words, {"name": question.name})
    shown: Sayable = question.label if question.label != Text() else _source(question.calculation)
    return Change(what, question.name, "" if later else shown, shown if later else "")


def _moved(question: Question, previous: str) -> Change:
    values = {"name": question.name, "previous": previous}
    return Change(Message(_MOVED_AFTER if previous else _MOVED_FIRST, values), question.name)


def _of_pair(old: Question, new: Question, before: Form, after: Form) -> Iterator[Change]:
    """Go through what changed of one question, its answers apart."""
    name = new.name
    if old.name != name:
        yield Change(Message(_RENAMED, {"name": name, "former": old.name}), name)
    for column, words in _TEXTS.items():
        earlier, later = old.texts.get(column, {}), new.texts.get(column, {})
        for code in dict.fromkeys((*earlier, *later)):
            one, other = earlier.get(code, ""), later.get(code, "")
            if one != other:
                what = Message(words, {"name": name, "language": _language(code)})
                yield Change(what, name, one, other, editorial=True)
    if question_skeleton(old) == question_skeleton(new):
        return
    if old.route != new.route:
        yield Change(Message(_ROUTE, {"name": name}), name, *_routes(old, new, before, after))
    if old.required != new.required:
        yield Change(Message(_REQUIRED if new.required else _NOT_REQUIRED, {"name": name}), name)
    for part, words in _PARTS.items():
        one, other = _shown(old, part), _shown(new, part)
        if one != other:
            yield Change(Message(words, {"name": name}), name, one, other)


def _routes(old: Question, new: Question, before: Form, after: Form) -> tuple[Sayable, Sayable]:
    """Return who was and who is asked in words; as written, where the words are the same."""
    one, other = base_in_words(old, before), base_in_words(new, after)
    if one == other:
        return _source(old.route), _source(new.route)
    return one, other


def _shown(question: Question, part: str) -> str:
    value = getattr(question, part)
    if isinstance(value, Expression) or value is None:
        return _source(value)
    if isinstance(value, Mapping):
        return " ".join(f"{key}={value[key]}" for key in sorted(value))
    return value if isinstance(value, str) else _ARROW.join(value)


def _source(expression: Expression | None) -> str:
    return expression.source if expression else ""


def _sharing(question: Question, form: Form) -> Sequence[str]:
    """Return the names of the questions with the same list of answers, a few of them."""
    names = [other.name for other in form.questions if other.list_name == question.list_name]
    return [*names[:_NAMED], *(["…"] if len(names) > _NAMED else [])]


def _of_answers(old: Question, new: Question, names: Sequence[str]) -> Iterator[Change]:
    subject = Message(_ANSWERS_OF, {"names": list(names)})

    def change(
        words: str,
        before: Sayable = "",
        after: Sayable = "",
        *,
        words_only: bool = False,
        **of: object,
    ) -> Change:
        what = Message(_OF_ANSWERS, {"subject": subject, "what": Message(words, of)})
        return Change(what, new.name, before, after, words_only)

    earlier, later = _by_code(old), _by_code(new)
    recoded = _recoded(earlier, later)
    for code, choice in later.items():
        if code in recoded:
            yield change(_ANSWER_RECODED, code=code, former=recoded[code])
        elif code not in earlier:
            yield change(_ANSWER_ADDED, after=choice.category.label, code=code)
        else:
            yield from (
                change(words, one, other, words_only=only, code=code, language=_language(language))
                for words, one, other, only, language in _of_answer(earlier[code], choice)
            )
    for code, choice in earlier.items():
        if code not in later and code not in recoded.values():
            yield change(_ANSWER_REMOVED, before=choice.category.label, code=code)
    if [code for code in earlier if code in later] != [code for code in later if code in earlier]:
        yield change(_ANSWERS_ORDER, ", ".join(earlier), ", ".join(later))


def _of_answer(old: Choice, new: Choice) -> Iterator[tuple[str, str, str, bool, str]]:
    """Go through what changed of one answer: words, before, after, whether words only, language."""
    for code in dict.fromkeys((*old.labels, *new.labels)):
        one, other = old.labels.get(code, ""), new.labels.get(code, "")
        if one != other:
            yield _ANSWER_WORDED, one, other, True, code
    if old.category.meaning != new.category.meaning:
        yield _ANSWER_MEANING, old.category.meaning, new.category.meaning, False, ""
    if dict(old.extra) != dict(new.extra):
        yield _ANSWER_FILTER, _extra(old), _extra(new), False, ""


def _extra(choice: Choice) -> str:
    return " ".join(f"{key}={choice.extra[key]}" for key in sorted(choice.extra))


def _answers(question: Question) -> list[tuple[object, ...]]:
    return [
        (one.category.code, one.category.meaning, dict(one.extra), dict(one.labels))
        for one in question.choices
    ]


def _by_code(question: Question) -> dict[str, Choice]:
    return {choice.category.code: choice for choice in question.choices}


def _recoded(earlier: Mapping[str, Choice], later: Mapping[str, Choice]) -> dict[str, str]:
    """Return by new code the old one of an answer of exactly the same words."""
    gone = {
        choice.category.label: code for code, choice in earlier.items() if code not in later
    }  # fmt: skip
    return {
        code: gone[choice.category.label]
        for code, choice in later.items()
        if code not in earlier and choice.category.label in gone
    }


def _language(code: str) -> Message:
    return LANGUAGE_WORDS.get(code) or Message(_IN, {"code": code})
