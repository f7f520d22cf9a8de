"""What the text of a cell means: one code, several codes.

In: texts, a variable. Out: values, or nothing where the text means none. No file, row or error is
known here.
"""

import re
from collections.abc import Iterable

from tyndau.base.frames import NO_CATEGORY, Variable

_WHOLE = re.compile(r"([+-]?\d+)[.,]0+")


def _plain(label: str) -> str:
    return " ".join(label.split()).casefold()


class Codes:
    """Finds the category that a text means.

    Parameters
    ----------
    variable : Variable
        A single or multiple response.
    labels : bool
        Whether a label may stand for its code.
    """

    def __init__(self, variable: Variable, *, labels: bool) -> None:
        self.variable = variable
        self._codes = {code: position for position, code in enumerate(variable.codes)}
        self._labels: dict[str, int] = {}
        if labels:
            self._learn()

    def _learn(self) -> None:
        for position, category in enumerate(self.variable.categories):
            for label in {_plain(category.label.kk), _plain(category.label.ru)} - {""}:
                # A label that two categories share stands for neither.
                taken = self._labels.setdefault(label, position)
                if taken != position:
                    self._labels[label] = NO_CATEGORY

    def code(self, text: str) -> int:
        """Find a category by its code.

        Parameters
        ----------
        text : str
            A code; ``1.0`` and ``1,0`` are ``1`` where no code is written so.

        Returns
        -------
        int
            Index into the categories, or `NO_CATEGORY`.
        """
        position = self._codes.get(text)
        if position is None:
            whole = _WHOLE.fullmatch(text)
            position = self._codes.get(whole[1]) if whole else None
        return NO_CATEGORY if position is None else position

    def label(self, text: str) -> int:
        """Find a category by its label in any language.

        Parameters
        ----------
        text : str
            A label; spaces and capitals do not matter.

        Returns
        -------
        int
            Index into the categories, or `NO_CATEGORY`.
        """
        return self._labels.get(_plain(text), NO_CATEGORY)

    def find(self, text: str, label: str = "") -> int:
        """Find a category by its code, else by a label.

        Parameters
        ----------
        text : str
            What the cell holds.
        label : str, optional
            What the file calls this value.

        Returns
        -------
        int
            Index into the categories, or `NO_CATEGORY`.
        """
        for position in (self.code(text), self.label(label or text)):
            if position != NO_CATEGORY:
                return position
        return NO_CATEGORY

    def several(self, text: str) -> tuple[set[int], list[str]]:
        """Find the categories of a cell that holds several.

        Parameters
        ----------
        text : str
            Codes with spaces or semicolons between them; labels with semicolons.

        Returns
        -------
        positions : set of int
            Indices into the categories.
        unknown : list of str
            Parts that are none.
        """
        positions, unknown = set(), []
        for part in self._parts(text):
            position = self.find(part)
            if position == NO_CATEGORY:
                unknown.append(part)
            else:
                positions.add(position)
        return positions, unknown

    def _parts(self, text: str) -> Iterable[str]:
        for part in text.split(";"):
            part = part.strip()
            if self.find(part) != NO_CATEGORY:
                yield part
            else:
                yield from part.split()

    def exclusive_beside(self, positions: Iterable[int]) -> str:
        """Tell the exclusive code that stands beside others.

        Parameters
        ----------
        positions : iterable of int
            The categories that were chosen.

        Returns
        -------
        str
            Its code; empty if there is none.
        """
        chosen = sorted(positions)
        if len(chosen) < 2:
            return ""
        categories = (self.variable.categories[position] for position in chosen)
        return next((category.code for category in categories if category.exclusive), "")
