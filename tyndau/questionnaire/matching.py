"""Which question of one version of a form is which of another, and which of them moved.

In: two forms. Out: pairs of questions, those that are new and those that are gone. A question is
known by its name; one whose name changed is known again only where nothing else could be meant:
same type, same answers, nearly the same wording, and no second candidate as near.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from tyndau.base.languages import CONTENT_LANGUAGES
from tyndau.questionnaire.form import Form, Question

# From this likeness on, two wordings are one wording amended; below, they are two questions.
_ALIKE = 0.8
# A second candidate must be so much less like that no doubt is left.
_CLEARLY = 0.05


@dataclass(frozen=True, slots=True)
class Matched:
    """The questions of two versions, paired.

    Attributes
    ----------
    pairs : tuple of (Question, Question)
        Before and after, in the order of the later version.
    added, removed : tuple of Question
        Those that have no counterpart, in the order of their version.
    moved : frozenset of str
        Names, in the later version, of the fewest questions that changed their place among the
        others.
    """

    pairs: tuple[tuple[Question, Question], ...]
    added: tuple[Question, ...]
    removed: tuple[Question, ...]
    moved: frozenset[str]


def match(before: Form, after: Form) -> Matched:
    """Pair the questions of two versions of a form.

    Parameters
    ----------
    before, after : Form
        The versions.

    Returns
    -------
    Matched
        Pairs, added and removed ones.
    """
    of_name = {question.name: question for question in before.questions}
    later = {question.name for question in after.questions}
    gone = [question for question in before.questions if question.name not in later]
    fresh = [question for question in after.questions if question.name not in of_name]
    renamed = _renamed(gone, fresh)
    pairs = []
    for question in after.questions:
        former = of_name.get(question.name) or renamed.get(question.name)
        if former is not None:
            pairs.append((former, question))
    known = {former.name for former, _ in pairs}
    return Matched(
        pairs=tuple(pairs),
        added=tuple(question for question in fresh if question.name not in renamed),
        removed=tuple(question for question in gone if question.name not in known),
        moved=_moved(before, pairs),
    )


def _renamed(gone: Iterable[Question], fresh: Iterable[Question]) -> dict[str, Question]:
    """Return by new name the question of old that it surely is."""
    likeness = {
        (old.name, new.name): _likeness(old, new) for old in gone for new in fresh
    }  # fmt: skip
    by_name = {old.name: old for old in gone}
    found = {}
    for (old, new), degree in likeness.items():
        rivals = [
            other
            for (one, two), other in likeness.items()
            if (one == old) != (two == new)  # the same question with another partner
        ]
        if degree >= _ALIKE and all(other < degree - _CLEARLY for other in rivals):
            found[new] = by_name[old]
    return found


def _likeness(old: Question, new: Question) -> float:
    """Return how alike two questions of different names are, 0 to 1."""
    if old.kind != new.kind or _codes(old) != _codes(new):
        return 0.0
    if old.kind in ("calculate", "hidden"):
        same = old.calculation is not None and old.calculation == new.calculation
        return 1.0 if same else 0.0
    degrees = [
        SequenceMatcher(None, getattr(old.label, code), getattr(new.label, code)).ratio()
        for code in CONTENT_LANGUAGES
        if getattr(old.label, code) or getattr(new.label, code)
    ]
    return min(degrees, default=0.0)


def _codes(question: Question) -> tuple[str, ...]:
    return tuple(choice.category.code for choice in question.choices)


def _moved(before: Form, pairs: Sequence[tuple[Question, Question]]) -> frozenset[str]:
    """Return the names outside the longest run of pairs that kept their order."""
    place = {question.name: at for at, question in enumerate(before.questions)}
    places = [place[former.name] for former, _ in pairs]
    ends: list[int] = []  # the least last place of a run of each length
    at_end: list[int] = []
    came_from: list[int | None] = []
    for at, value in enumerate(places):
        length = bisect_left(ends, value)
        came_from.append(at_end[length - 1] if length else None)
        ends[length : length + 1] = [value]
        at_end[length : length + 1] = [at]
    kept = set()
    at_kept = at_end[-1] if at_end else None
    while at_kept is not None:
        kept.add(at_kept)
        at_kept = came_from[at_kept]
    return frozenset(new.name for at, (_, new) in enumerate(pairs) if at not in kept)
