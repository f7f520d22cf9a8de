"""Warnings as a document says them: what is wrong and what to do, in the reader's language.

In: a problem of the family `tyndau.base.errors`. Out: a message. The command line shows the same
problems with code and place; a reader of a document needs the sentence alone.
"""

from tyndau.base.errors import Problem
from tyndau.base.languages import Message

_BOTH = "{what} {remedy}"


def remark_of(problem: Problem) -> Message:
    """Say a problem in a document.

    Parameters
    ----------
    problem : Problem
        A warning.

    Returns
    -------
    Message
        What is wrong and what to do.
    """
    what = Message(problem.kind.what, problem.values)
    return Message(_BOTH, {"what": what, "remedy": Message(problem.kind.remedy, problem.values)})
