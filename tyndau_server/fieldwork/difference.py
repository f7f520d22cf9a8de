"""What an edit changed in an interview.

In: two versions of it, with their forms. Out: `Change`, question by question, in the order of the
questionnaire. Times and calculations, which every edit changes, are left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tyndau.base.languages import Sayable
from tyndau.fieldwork.openrosa import Instance
from tyndau.fieldwork.openrosa.wording import Item
from tyndau_server.fieldwork.forms import Known
from tyndau_server.fieldwork.interview import Said, plain, said

Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Change:
    """An answer that is not what it was.

    Attributes
    ----------
    name : str
        Of the question.
    label : Text or str
        Its wording.
    round : int
        Which round of a repeat, from 1; 0 outside.
    before, after : tuple of Said
        The answers; none where there was or is none.
    """

    name: str
    label: Sayable
    round: int
    before: tuple[Said, ...]
    after: tuple[Said, ...]


def changes(before: tuple[Known, Instance], after: tuple[Known, Instance]) -> tuple[Change, ...]:
    """Compare two versions of an interview.

    Parameters
    ----------
    before, after : tuple of Known and Instance
        Each with the form by which it was made; the second version's words are used.

    Returns
    -------
    tuple of Change
        In the order of the questionnaire.
    """
    old, new = dict(_texts(*before)), dict(_texts(*after))
    items = {item.path: item for known, _ in (before, after) for item in known.wording.items}
    order = {path: number for number, path in enumerate(items)}
    places = sorted(
        (place for place in {**old, **new} if old.get(place, "") != new.get(place, "")),
        key=lambda place: (order[place[0]], place[1]),
    )
    return tuple(
        _change(items[path], number, old.get((path, number), ""), new.get((path, number), ""))
        for path, number in places
    )


def _texts(known: Known, instance: Instance) -> Iterator[tuple[Place, str]]:
    items = {item.path for item in known.wording.items}
    for path, text in instance.values(known.xform).items():
        if path in items:
            yield (path, 0), text
    for repeat in known.xform.repeats:
        for number, row in enumerate(instance.rows(known.xform, repeat), 1):
            for path, text in row.items():
                if path in items:
                    yield (path, number), text


def _change(item: Item, number: int, before: str, after: str) -> Change:
    name = item.path.rpartition("/")[2]
    return Change(name, plain(item.label) or name, number, said(item, before), said(item, after))
