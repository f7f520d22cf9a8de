"""The one family of errors that users can cause.

A room declares what can go wrong in its ``problems.py`` by `declare`: a code, what is wrong and
what to do, in English templates that the catalogues translate. A `Problem` is one such fault at
one place; checks collect many of them; `UserError` carries one or more to the caller. The class
of a code (what stands before the dot) gives the exit code of the command line. A fault of ours is
never a `UserError`: it keeps its traceback. Every code has an entry in ``docs/errors.md``.
"""

import errno
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from tyndau.base.languages import N_, Message, Sayable, say

Severity = Literal["error", "warning", "hint"]

# Exit codes by class; 1 is kept for "the command worked and found something" (check, proof).
EXIT_CODES = {
    "usage": 2,
    "study": 3,
    "form": 4,
    "data": 5,
    "wave": 6,
    "table": 7,
    "report": 8,
    "fieldwork": 9,
    "server": 10,
}

_SHEET = N_('sheet "{sheet}"')
_ROW = N_("row {row}")
_COLUMN = N_('column "{column}"')

# What systems refuse most often; each system says these in a language of its own.
_REFUSALS = {
    errno.ENOENT: N_("there is no such file or folder"),
    errno.EACCES: N_("permission is denied, or another program holds the file"),
    errno.EPERM: N_("permission is denied, or another program holds the file"),
    errno.EISDIR: N_("this is a folder, not a file"),
    errno.ENOTDIR: N_("a part of the path is a file, not a folder"),
    errno.EEXIST: N_("there is already a file or folder of this name"),
    errno.ENOSPC: N_("no space is left on the disk"),
    errno.EDQUOT: N_("no space is left on the disk"),
    errno.EROFS: N_("the disk can only be read"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.EIO: N_("the disk does not answer as it should"),
}

DECLARED: dict[str, "Kind"] = {}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem stands, as far as it is known; empty parts are left out.

    Attributes
    ----------
    file : str
        Path of the file as the user gave it or relative to the study.
    sheet : str
        Sheet of a workbook.
    row : int
        Row or line as the user's program numbers it, from 1; 0 when unknown.
    column : str
        Column heading or variable.
    """

    file: str = ""
    sheet: str = ""
    row: int = 0
    column: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A declared kind of problem.

    Attributes
    ----------
    code : str
        Class and name, such as ``form.no-such-list``.
    what : str
        English template: what is wrong, with what was got and what was expected.
    remedy : str
        English template: what the user does about it.
    severity : {"error", "warning", "hint"}
        An error stops, a warning is to be looked at, a hint is a suggestion.
    """

    code: str
    what: str
    remedy: str
    severity: Severity = "error"

    @property
    def exit_code(self) -> int:
        """Exit code of the command line for this class of problem."""
        return EXIT_CODES[self.code.partition(".")[0]]

    def at(self, place: Place | None = None, /, **values: object) -> "Problem":
        """Make a problem of this kind.

        Parameters
        ----------
        place : Place, optional
            Where it stands.
        **values : object
            What the placeholders of the templates hold.

        Returns
        -------
        Problem
            The problem, to be collected or raised.
        """
        return Problem(self, place or Place(), values)

    def error(self, place: Place | None = None, /, **values: object) -> "UserError":
        """Make an error that carries one problem of this kind, to be raised.

        Parameters
        ----------
        place : Place, optional
            Where it stands.
        **values : object
            What the placeholders of the templates hold.

        Returns
        -------
        UserError
            The error.
        """
        return UserError(self.at(place, **values))


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault at one place.

    Attributes
    ----------
    kind : Kind
        What is wrong.
    place : Place
        Where.
    values : mapping of str to object
        What the placeholders of the kind's templates hold.
    """

    kind: Kind
    place: Place
    values: Mapping[str, object] = field(default_factory=dict)

    def what(self, language: str) -> str:
        """Say what is wrong.

        Parameters
        ----------
        language : str
            ``kk``, ``ru`` or ``en``.

        Returns
        -------
        str
            One sentence or two.
        """
        return Message(self.kind.what, self.values).say(language)

    def remedy(self, language: str) -> str:
        """Say what to do about it.

        Parameters
        ----------
        language : str
            ``kk``, ``ru`` or ``en``.

        Returns
        -------
        str
            One sentence or two.
        """
        return Message(self.kind.remedy, self.values).say(language)


class UserError(Exception):
    """One or more problems that a user can mend; the command line shows it without a traceback.

    Parameters
    ----------
    *problems : Problem
        At least one; the first decides the exit code.

    Attributes
    ----------
    problems : tuple of Problem
        What went wrong, in the order in which it was found.
    """

    def __init__(self, *problems: Problem) -> None:
        if not problems:
            raise ValueError("a UserError carries at least one problem")
        self.problems = problems
        super().__init__("; ".join(f"{p.kind.code}: {p.what('en')}" for p in problems))

    def __reduce__(self) -> tuple[type["UserError"], tuple[Problem, ...]]:
        """Travel between processes with the problems themselves, not with their words."""
        return UserError, self.problems

    @property
    def exit_code(self) -> int:
        """Exit code of the command line, by the class of the first problem."""
        return self.problems[0].kind.exit_code


def declare(code: str, what: str, remedy: str, severity: Severity = "error") -> Kind:
    """Declare a kind of problem; called once for each code, in a room's ``problems.py``.

    Parameters
    ----------
    code : str
        ``class.name`` with a class of `EXIT_CODES`.
    what, remedy : str
        English templates marked with ``N_``.
    severity : {"error", "warning", "hint"}, default "error"
        How grave it is.

    Returns
    -------
    Kind
        The kind, to make problems and errors of.

    Raises
    ------
    ValueError
        If the class is unknown or the code was declared before.
    """
    if code.partition(".")[0] not in EXIT_CODES or code in DECLARED:
        raise ValueError(f"problem code {code!r} is of no known class or is declared twice")
    DECLARED[code] = Kind(code, what, remedy, severity)
    return DECLARED[code]


def refusal(error: OSError) -> Message | str:
    """Say why the system refused to read or write.

    Parameters
    ----------
    error : OSError
        What the system raised.

    Returns
    -------
    Message or str
        The usual reasons in every language; a rare one in the system's own words.
    """
    if error.errno in _REFUSALS:
        return Message(_REFUSALS[error.errno])
    return error.strerror or str(error)


def where(place: Place, language: str) -> str:
    """Say where a problem stands, in the words of the program that the user sees it in.

    Parameters
    ----------
    place : Place
        The place.
    language : str
        ``kk``, ``ru`` or ``en``.

    Returns
    -------
    str
        For example ``study.xlsx, sheet "banners", row 4, column "variable"``; empty if unknown.
    """
    parts: list[Sayable] = []
    if place.file:
        parts.append(place.file)
    if place.sheet:
        parts.append(Message(_SHEET, {"sheet": place.sheet}))
    if place.row:
        parts.append(Message(_ROW, {"row": place.row}))
    if place.column:
        parts.append(Message(_COLUMN, {"column": place.column}))
    return say(parts, language)
