"""Names that SPSS takes.

In: names of questions, in any letters. Out: names of variables, each once whatever its capitals.
Rules are those of the IBM SPSS Statistics Command Syntax Reference, "Variable Names".
"""

import re
from collections.abc import Iterable
from typing import Final

_BYTES: Final = 64
_RESERVED: Final = frozenset(
    ("all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with")
)
_IMPOSSIBLE: Final = re.compile(r"[^\w.]")


class Names:
    """Gives out names and remembers which are taken."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, *wanted: str) -> str:
        """Take a name.

        Parameters
        ----------
        *wanted : str
            As it is in the form, such as ``household-size``; then what else would do.

        Returns
        -------
        str
            The first that SPSS allows and nobody has, changed as little as may be; else the
            nearest to the first: ``household_size``, ``v1st``, ``age_2``.
        """
        plain = [_possible(name) for name in wanted]
        name = next((name for name in plain if self._is_free(name)), plain[0])
        number = 1
        while not self._is_free(name):
            number += 1
            end = f"_{number}"
            name = cut(plain[0], _BYTES - len(end)) + end
        self._taken.add(name.casefold())
        return name

    def take_all(self, wanted: Iterable[str]) -> dict[str, str]:
        """Take names of which none is to give way to one that has to be changed.

        Parameters
        ----------
        wanted : iterable of str
            As in the form, all different.

        Returns
        -------
        dict of str to str
            What each is called.
        """
        return {name: self.take(name) for name in sorted(wanted, key=lambda n: _possible(n) != n)}

    def _is_free(self, name: str) -> bool:
        return name.casefold() not in self._taken and name.casefold() not in _RESERVED


def _possible(wanted: str) -> str:
    plain = _IMPOSSIBLE.sub("_", wanted)
    if not plain[:1].isalpha():
        plain = f"v{plain}"
    return cut(plain, _BYTES).rstrip(".")


def cut(text: str, size: int, end: str = "") -> str:
    """Cut a text between two letters.

    Parameters
    ----------
    text : str
        Any text.
    size : int
        How many bytes of UTF-8 it may have.
    end : str, optional
        What marks that something was cut.

    Returns
    -------
    str
        The text, or as much of it as fits, with the mark.
    """
    written = text.encode("utf-8")
    if len(written) <= size:
        return text
    return written[: size - len(end.encode("utf-8"))].decode("utf-8", errors="ignore") + end
