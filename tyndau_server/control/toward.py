"""Which interviews count toward the target: said once, for rows at hand and for the database.

In: what became of an interview, what was decided of it. Out: whether it counts: it was finished, it
is the current version of one that was not withdrawn (of others there are no facts), and nobody
rejected it. One that was returned counts: it keeps its place until it comes back. Who was screened
out, refused in the form or broke off arrived and does not count. Every number of interviews made,
on whichever page, stands on this.
"""

from django.db.models import QuerySet

from tyndau_server.control.models import Made
from tyndau_server.fieldwork.models import Submission

COMPLETE = "complete"


def counts(outcome: str, state: str) -> bool:
    """Tell whether an interview of which there are facts counts toward the target.

    Parameters
    ----------
    outcome : str
        As of `Made`.
    state : str
        As of `Submission`.

    Returns
    -------
    bool
        Whether it does.
    """
    return outcome == COMPLETE and state != Submission.State.REJECTED


def finished(study: str, **of: object) -> QuerySet[Made]:
    """Return the interviews that were finished, those that were rejected too.

    Parameters
    ----------
    study : str
        Slug of the study.
    **of : object
        What else is asked of `Made`, such as ``population`` or ``membership``.

    Returns
    -------
    QuerySet of Made
        In their current versions.
    """
    return Made.objects.filter(study=study, outcome=COMPLETE, submission__current=True, **of)


def counting(study: str, **of: object) -> QuerySet[Made]:
    """Return the interviews that count toward the target.

    Parameters
    ----------
    study : str
        Slug of the study.
    **of : object
        What else is asked of `Made`.

    Returns
    -------
    QuerySet of Made
        Those of which `counts` holds.
    """
    return finished(study, **of).exclude(submission__state=Submission.State.REJECTED)
