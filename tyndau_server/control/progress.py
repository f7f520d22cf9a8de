"""How far an interviewer is: planned, sent, accepted, returned, and whom the own share still wants.

In: a membership. Out: JSON for the boot of the browser form; the phone shows it with the moment of
its last contact. Rows are counted, nothing else is computed.
"""

from collections import Counter
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils import timezone

from tyndau.base.languages import CONTENT_LANGUAGES
from tyndau.study import Study
from tyndau_server.control.models import Assignment, Made, Share
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
    counted = Submission.objects.filter(**of, current=True, pilot=False).aggregate(
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
    of = {"study": membership.study, "membership": membership}
    made: Counter[tuple[str, str]] = Counter()
    for population, cells in Made.objects.filter(
        **of, outcome="complete", submission__current=True
    ).values_list("population", "cells"):
        made.update((population, cell) for cell in cells)
    folder = served().get(membership.study)
    study = describe(folder).study if folder else None
    needed = []
    for share in Share.objects.filter(**of, released=None).order_by("population", "cell"):
        left = share.interviews - made[share.population, share.cell]
        if left > 0:
            label = {
                code: _cell(study, share.population, share.cell, code)
                for code in (*CONTENT_LANGUAGES, "en")
            }
            needed.append({"label": label, "left": left, "open": 0})
    return needed


def _cell(study: Study | None, population: str, cell: str, language: str) -> str:
    """Name a cell by the labels of its answers; by their codes where nobody names them."""
    parts = (part.partition("=")[::2] for part in cell.split())
    return ", ".join(_answer(study, population, name, code, language) for name, code in parts)


def _answer(study: Study | None, population: str, name: str, code: str, language: str) -> str:
    if study is None:
        return code
    form = study.forms.get(population)
    asked = [one for one in (form.questions if form else ()) if one.name == name]
    derived = [one for one in study.derived if (one.population, one.name) == (population, name)]
    labels = {
        **{one.code: one.name for one in study.territories},
        **{part.category.code: part.category.label for one in derived for part in one.categories},
        **{one.category.code: one.category.label for question in asked for one in question.choices},
    }
    return labels[code].say(language) if code in labels else code
