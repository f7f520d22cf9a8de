"""How far an interviewer is: planned, sent, accepted, returned, and whom the own share still wants.

In: a membership. Out: JSON for the boot of the browser form; the phone shows it with the moment of
its last contact. Rows are counted, nothing else is computed: what is left of a share is as the
worker settled it, by which a rejected interview takes no place.
"""

from typing import Any

from django.db.models import Count, Q, Sum
from django.utils import timezone

from tyndau.base.languages import INTERFACE_LANGUAGES
from tyndau_server.control.labels import Labels
from tyndau_server.control.models import Assignment, Counted
from tyndau_server.control.own import days_of
from tyndau_server.fieldwork.models import Submission
from tyndau_server.people.models import Membership
from tyndau_server.studies.described import describe
from tyndau_server.studies.served import served

_STATE = Submission.State


def progress_of(membership: Membership) -> dict[str, Any]:
    """Tell an interviewer's phone how far its interviewer is.

    Parameters
    ----------
    membership : Membership
        Of the interviewer.

    Returns
    -------
    dict
        ``planned``, ``made``, ``accepted``, ``returned``, ``rejected``: how many interviews;
        ``days``: those of each day (`days_of`); ``asOf``: when that was counted; ``needed``: cells
        of the own share of which something is left, with their names by language, ``left`` of the
        own share and ``open`` to whoever comes first.
    """
    of = {"study": membership.study, "membership": membership}
    planned = Assignment.objects.filter(**of, ended=None).aggregate(all=Sum("interviews"))
    # Whoever was screened out or broke off is no interview, as the worker says once it read it.
    sent = Submission.objects.filter(**of, current=True, pilot=False).filter(
        Q(made=None) | Q(made__outcome="complete")
    )
    counted = sent.aggregate(
        made=Count("pk", filter=~Q(state=_STATE.REJECTED)),
        accepted=Count("pk", filter=Q(state=_STATE.ACCEPTED)),
        returned=Count("pk", filter=Q(state=_STATE.RETURNED)),
        rejected=Count("pk", filter=Q(state=_STATE.REJECTED)),
    )
    return {
        "planned": planned["all"] or 0,
        **counted,
        "days": days_of(membership),
        "asOf": timezone.now().isoformat(),
        "needed": _needed(membership),
    }


def _needed(membership: Membership) -> list[dict[str, Any]]:
    """Return what the worker found left of the own share when it settled the quotas last."""
    folder = served().get(membership.study)
    study = describe(folder).study if folder else None
    counted = Counted.objects.filter(study=membership.study, membership=membership)
    needed = []
    for one in counted.order_by("population"):
        labels = Labels(study, one.population)
        for cell, left, open_ in one.figures.get("left", []):
            name = labels.cell(cell)
            label = {code: name.say(code) for code in INTERFACE_LANGUAGES}
            needed.append({"label": label, "left": left, "open": open_})
    return needed
