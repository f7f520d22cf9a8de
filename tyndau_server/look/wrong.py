"""A problem as plain values in every language, for pages and for the database.

In: a problem of the one family of errors. Out: a dict that JSON holds, so that a job's failure can
be read in each language later, when nobody knows the problem itself any more.
"""

from typing import Any

from tyndau.base.errors import Problem, UserError, where
from tyndau.base.languages import INTERFACE_LANGUAGES


def in_every_language(problem: Problem) -> dict[str, Any]:
    """Say a problem in every language.

    Parameters
    ----------
    problem : Problem
        What is wrong.

    Returns
    -------
    dict
        ``code``, and by language ``where``, ``what`` and ``remedy``.
    """
    return {
        "code": problem.kind.code,
        "where": {code: where(problem.place, code) for code in INTERFACE_LANGUAGES},
        "what": {code: problem.what(code) for code in INTERFACE_LANGUAGES},
        "remedy": {code: problem.remedy(code) for code in INTERFACE_LANGUAGES},
    }


def problems_of(error: UserError | None) -> list[dict[str, Any]]:
    """Say all problems of an error in every language, for a page that shows its form again.

    Parameters
    ----------
    error : UserError or None
        What was refused; None where nothing was.

    Returns
    -------
    list of dict
        As of `in_every_language`.
    """
    return [in_every_language(problem) for problem in error.problems] if error else []
