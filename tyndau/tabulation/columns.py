"""The columns of a banner before anybody is counted in them: heads, letters, who stands in each.

In: a frame and what a banner names: variables, or variables nested in others such as ``sex*age``.
Out: `Layout`: groups, blocks of columns that are compared with each other, and the frame in which
an engine finds the variable of each block. A block of nested columns is the innermost variable,
asked of those alone who gave the outer answers; what overlaps in it (a multiple response) is then
treated as anywhere else. How deep the nesting goes is not limited.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import product

import numpy as np
from numpy.typing import NDArray

from tyndau.base.frames import Category, Column, Frame
from tyndau.base.languages import Text
from tyndau.study.model import factors
from tyndau.study.schema import NESTED
from tyndau.study.standards import Thresholds
from tyndau.tabulation.bases import Bases
from tyndau.tabulation.table import ColumnHead, Group, Mark

_TOTAL = Text(kk="Барлығы", ru="Всего")


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Columns side by side that are compared with each other.

    Attributes
    ----------
    group : int
        Number of the banner's group that they belong to.
    name : str
        Name of its column in the layout's frame.
    within : tuple of Category
        The answers that it is nested in, the outermost first; empty where it is not nested.
    apart : bool
        Whether people stand in one column of its group only: no variable has several answers.
    column : Column
        Its variable, asked of those who gave these answers.
    """

    group: int
    name: str
    within: tuple[Category, ...]
    apart: bool
    column: Column


@dataclass(frozen=True, eq=False)
class Layout:
    """The columns of a banner.

    Attributes
    ----------
    groups : tuple of Group
        The banner's variables.
    blocks : tuple of Block
        In the order of the columns, which the total comes before.
    """

    groups: tuple[Group, ...]
    blocks: tuple[Block, ...]

    @classmethod
    def of(cls, frame: Frame, banners: Sequence[tuple[str, Text]]) -> "Layout":
        """Lay out the columns of a banner.

        Parameters
        ----------
        frame : Frame
            Rows with every variable that the banner names.
        banners : sequence of (str, Text)
            Variables, or variables with ``*`` between them, the outermost first; each with what
            stands above its columns.

        Returns
        -------
        Layout
            A block for each variable; of nested ones a block for each combination of outer answers.
        """
        groups = []
        blocks: list[Block] = []
        for number, (name, title) in enumerate(banners):
            parts = factors(name)
            groups.append(Group(NESTED.join(parts), title))
            blocks.extend(_blocks(frame, number, parts))
        return cls(tuple(groups), tuple(blocks))

    @cached_property
    def spans(self) -> tuple[slice, ...]:
        """The columns of each block; column 0 is the total."""
        spans = []
        start = 1
        for block in self.blocks:
            end = start + len(block.column.variable.categories)
            spans.append(slice(start, end))
            start = end
        return tuple(spans)

    @cached_property
    def columns_of_groups(self) -> tuple[tuple[int, ...], ...]:
        """The columns of each group, those of all its blocks together."""
        columns: list[list[int]] = [[] for _ in self.groups]
        for block, span in zip(self.blocks, self.spans, strict=True):
            columns[block.group].extend(range(span.start, span.stop))
        return tuple(tuple(group) for group in columns)

    @property
    def apart(self) -> tuple[bool, ...]:
        """Whether people stand in one column only, by group."""
        found = [True] * len(self.groups)
        for block in self.blocks:
            found[block.group] = block.apart
        return tuple(found)

    @cached_property
    def overlapping(self) -> frozenset[int]:
        """First columns of the blocks in which a person can stand more than once."""
        return frozenset(
            span.start
            for block, span in zip(self.blocks, self.spans, strict=True)
            if block.column.variable.kind == "multiple"
        )

    @property
    def names(self) -> list[str]:
        """Names of the blocks in the frame that `added_to` makes."""
        return [block.name for block in self.blocks]

    def added_to(self, frame: Frame) -> Frame:
        """Add the blocks to a frame, so that an engine finds them by name.

        Parameters
        ----------
        frame : Frame
            The rows that the layout was made for.

        Returns
        -------
        Frame
            With a column more for each block.
        """
        columns = {block.name: block.column for block in self.blocks}
        return Frame(frame.keys, {**frame.columns, **columns})

    def heads(self, bases: Bases, thresholds: Thresholds) -> tuple[ColumnHead, ...]:
        """Make the heads of the columns once their bases are known.

        Parameters
        ----------
        bases : Bases
            Of a question by these columns.
        thresholds : Thresholds
            Below which a base is marked.

        Returns
        -------
        tuple of ColumnHead
            The total first.
        """
        shown = bases.reach(thresholds.hide_below)[:, 0]
        unmarked = bases.reach(thresholds.mark_below)[:, 0]
        effective = bases.effective[:, 0]
        heads = []
        for number, (group, code, label, letter, within) in enumerate(self._labels()):
            mark: Mark = "" if unmarked[number] else "*" if shown[number] else "**"
            heads.append(
                ColumnHead(
                    group=group,
                    code=code,
                    label=label,
                    letter=letter,
                    base=int(bases.counts[number, 0]),
                    weighted_base=float(bases.weighted[number, 0]),
                    effective_base=float(effective[number]),
                    mark=mark,
                    within=within,
                )
            )
        return tuple(heads)

    def _labels(self) -> Iterator[tuple[int, str, Text, str, tuple[Text, ...]]]:
        yield -1, "total", _TOTAL, "", ()
        for block in self.blocks:
            outer = [category.code for category in block.within]
            above = tuple(category.label for category in block.within)
            for place, category in enumerate(block.column.variable.categories):
                code = NESTED.join([*outer, category.code])
                yield block.group, code, category.label, letter_of(place), above


def _blocks(frame: Frame, group: int, names: Sequence[str]) -> Iterator[Block]:
    *outer, inner = (frame[name] for name in names)
    apart = all(column.variable.kind != "multiple" for column in (*outer, inner))
    if not outer:
        yield Block(group, _called(group, names), (), apart, inner)
        return
    for within in product(*(column.variable.categories for column in outer)):
        inside = reduce(
            np.logical_and,
            (_gave(column, category) for column, category in zip(outer, within, strict=True)),
        )
        asked = inner.asked & inside
        name = _called(group, [*names, *(category.code for category in within)])
        yield Block(group, name, within, apart, Column(inner.variable, inner.values, asked))


def _called(group: int, parts: Sequence[str]) -> str:
    """Name a block as no variable is named: one may be tabulated by itself."""
    return f"{group}:{NESTED.join(parts)}"


def _gave(column: Column, category: Category) -> NDArray[np.bool_]:
    """Tell which rows gave an answer to a closed question."""
    place = column.variable.codes.index(category.code)
    if column.variable.kind == "multiple":
        given = column.values[:, place]
    else:
        given = column.values == place
    return np.asarray(column.asked & given, dtype=np.bool_)


def letter_of(place: int) -> str:
    """Return the letter of a column.

    Parameters
    ----------
    place : int
        Its place among those that it is compared with, from 0.

    Returns
    -------
    str
        A to Z, then AA, AB and so on.
    """
    letters = ""
    while place >= 0:
        place, rest = divmod(place, 26)
        letters = chr(ord("A") + rest) + letters
        place -= 1
    return letters
