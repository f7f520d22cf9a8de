"""Releasing records: traits coarsened until k people share each combination, and what it took.

In: a frame, the traits by which a person might be known, k. Out: `Release`: a frame of the same
answers in an order of chance, and each step that was taken. Territories give way to those that they
lie in; neighbouring categories are joined as long as more than a few people need it; of those who
are still alone single traits are blanked, and at last the record is left out. Nothing is invented
and no answer is changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tyndau.base.frames import NO_CATEGORY, Category, Column, Frame
from tyndau.base.languages import Text
from tyndau.disclosure.k_anonymity import (
    Anonymity,
    class_sizes,
    coarsenings,
    k_anonymity,
    trait_codes,
)

# As long as more people than this share of them are alone, categories are joined for everybody.
SHARE_TO_BLANK = 0.05
# Between the codes and labels of categories that were joined.
JOINED = "+"


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was done to make records safe.

    Attributes
    ----------
    what : {"geography", "join", "blank", "remove"}
        Territories replaced by larger ones; categories joined; single values blanked; records left
        out.
    variable : str
        The variable; empty where records are left out.
    codes : tuple of str
        The categories that were joined or replaced.
    people : int
        Records that it touched.
    """

    what: Literal["geography", "join", "blank", "remove"]
    variable: str
    codes: tuple[str, ...]
    people: int


@dataclass(frozen=True, slots=True, eq=False)
class Release:
    """Records that may be given to anybody.

    Attributes
    ----------
    frame : Frame
        The records; keys are numbers from 1 that lead nowhere.
    before, after : Anonymity
        How well traits hid people before and now.
    steps : tuple of Step
        What was done, in order.
    seed : int
        Of the order of records.
    """

    frame: Frame
    before: Anonymity
    after: Anonymity
    steps: tuple[Step, ...]
    seed: int


def release(
    frame: Frame,
    keys: Sequence[str],
    *,
    k: int,
    seed: int,
    geography: Mapping[str, tuple[str, Text]] | None = None,
) -> Release:
    """Coarsen and blank traits until at least k people share each combination.

    Parameters
    ----------
    frame : Frame
        The records, without anything that must not be released at all.
    keys : sequence of str
        Single responses by which a person might be known.
    k : int
        How many people must share each combination, 2 at least.
    seed : int
        Of the order in which records stand.
    geography : mapping of str to (str, Text), optional
        By code of a territory, code and name of the one that takes its place.

    Returns
    -------
    Release
        Where fewer than k people remain, no record.

    Raises
    ------
    ValueError
        If k is less than 2: a person would be alone.
    """
    if k < 2:
        raise ValueError(f"k must be 2 at least, not {k}")
    before = k_anonymity(frame, keys, k=k)
    steps: list[Step] = []
    for name in keys:
        frame = _larger_places(frame, name, geography or {}, steps)
    frame = _joined(frame, keys, k, steps)
    frame = _blanked(frame, keys, k, steps)
    order = np.random.default_rng(seed).permutation(len(frame))
    columns = {
        name: Column(column.variable, column.values[order], column.asked[order])
        for name, column in frame.columns.items()
    }
    numbers = np.array([str(number) for number in range(1, len(frame) + 1)], dtype=np.str_)
    shuffled = Frame(numbers, columns)
    return Release(shuffled, before, k_anonymity(shuffled, keys, k=k), tuple(steps), seed)


def _larger_places(
    frame: Frame, name: str, geography: Mapping[str, tuple[str, Text]], steps: list[Step]
) -> Frame:
    """Replace territories by those that they lie in."""
    column = frame[name]
    codes = column.variable.codes
    inside = [code for code in codes if code in geography]
    if not inside:
        return frame
    labels = {one.code: one.label for one in column.variable.categories}
    labels.update(geography[code] for code in inside)
    places = [geography.get(code, (code, Text()))[0] for code in codes]
    wanted = list(dict.fromkeys(places))
    categories = tuple(Category(code, labels[code]) for code in wanted)
    moved = np.array([wanted.index(place) for place in places], dtype=np.int32)
    touched = np.isin(column.values, [codes.index(code) for code in inside])
    steps.append(Step("geography", name, tuple(inside), int((touched & column.answered).sum())))
    return _recoded(frame, name, moved, categories)


def _joined(frame: Frame, keys: Sequence[str], k: int, steps: list[Step]) -> Frame:
    """Join neighbouring categories while many people are alone, the most helpful first."""
    while (class_sizes(trait_codes(frame, keys)) < k).mean() > SHARE_TO_BLANK:
        ways = [one for one in coarsenings(frame, keys, k=k) if len(one.codes) == 2]
        if not ways:
            # No single step helps: the variable of most categories is made coarser anyhow.
            name = max(keys, key=lambda one: len(frame[one].variable.categories))
            pair = frame[name].variable.codes[:2]
        else:
            best = max(ways, key=lambda one: one.relieved)
            name, pair = best.variable, best.codes
        if len(pair) < 2:
            return frame
        frame = _join(frame, name, pair, steps)
    return frame


def _join(frame: Frame, name: str, pair: Sequence[str], steps: list[Step]) -> Frame:
    column = frame[name]
    known = column.variable.categories
    first = column.variable.codes.index(pair[0])
    one, other = known[first], known[first + 1]
    label = Text(
        kk=" / ".join(part for part in (one.label.kk, other.label.kk) if part),
        ru=" / ".join(part for part in (one.label.ru, other.label.ru) if part),
    )
    together = Category(f"{one.code}{JOINED}{other.code}", label)
    categories = (*known[:first], together, *known[first + 2 :])
    moved = np.array([at if at <= first else at - 1 for at in range(len(known))], dtype=np.int32)
    touched = column.answered & np.isin(column.values, [first, first + 1])
    steps.append(Step("join", name, (one.code, other.code), int(touched.sum())))
    return _recoded(frame, name, moved, categories)


def _recoded(
    frame: Frame, name: str, moved: NDArray[np.int32], categories: tuple[Category, ...]
) -> Frame:
    column = frame[name]
    values = np.where(column.values >= 0, moved[column.values], NO_CATEGORY).astype(np.int32)
    variable = replace(column.variable, categories=categories)
    return Frame(frame.keys, {**frame.columns, name: Column(variable, values, column.asked)})


def _blanked(frame: Frame, keys: Sequence[str], k: int, steps: list[Step]) -> Frame:
    """Blank traits of those who are still alone, variable by variable; leave out who stays so."""
    for name in _by_relief(frame, keys, k):
        codes = trait_codes(frame, keys)
        rare = (class_sizes(codes) < k) & (codes[:, list(keys).index(name)] >= 0)
        if rare.any():
            frame = _blank(frame, name, rare)
            steps.append(Step("blank", name, (), int(rare.sum())))
    rare = class_sizes(trait_codes(frame, keys)) < k
    if rare.any():
        steps.append(Step("remove", "", (), int(rare.sum())))
        frame = frame.where(~rare)
    return frame


def _by_relief(frame: Frame, keys: Sequence[str], k: int) -> list[str]:
    """Order variables by how many people are relieved where their rare values are blanked."""
    codes = trait_codes(frame, keys)
    rare = class_sizes(codes) < k
    alone = {}
    for number, name in enumerate(keys):
        tried = codes.copy()
        tried[rare, number] = -1
        alone[name] = int((class_sizes(tried) < k).sum())
    return sorted(keys, key=lambda name: alone[name])


def _blank(frame: Frame, name: str, rows: NDArray[np.bool_]) -> Frame:
    column = frame[name]
    values = np.where(rows, NO_CATEGORY, column.values).astype(np.int32)
    return Frame(
        frame.keys,
        {**frame.columns, name: Column(column.variable, values, column.asked & ~rows)},
    )
