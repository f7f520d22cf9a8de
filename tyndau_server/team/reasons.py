"""Words that people wrote about interviews, brought to the decisions of the log that they are of.

In: entries of a study. Out: the reason of each. The log itself is never changed, so that it does
not hold them: they stand with the interview, and are gone where it was withdrawn.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Q

from tyndau_server.audit.models import Entry
from tyndau_server.fieldwork.models import Decision, Quarantined
from tyndau_server.fieldwork.settle import SET_ASIDE


def reasons_of(slug: str, entries: Sequence[Entry]) -> Mapping[int, str]:
    """Return why people decided so of interviews.

    Parameters
    ----------
    slug : str
        The study.
    entries : sequence of Entry
        Of its log.

    Returns
    -------
    mapping of int to str
        By the number of the entry; those without a reason are not in it.
    """
    asked = [one for one in entries if "reason" not in one.details]
    written = _written(slug, {one.subject for one in asked if one.subject})
    found = {}
    for entry in asked:
        # What was decided stands just before its entry, in one transaction.
        own = [
            (moment, words)
            for subject, action, moment, words in written
            if (subject, action) == (entry.subject, entry.action) and moment <= entry.moment
        ]
        words = max(own)[1] if own else ""
        if words:
            found[entry.number] = words
    return found


def _written(slug: str, subjects: set[str]) -> list[tuple[str, str, datetime, str]]:
    """Return of what, what was done, when, and why, as it stands with interviews."""
    decided = Decision.objects.filter(
        submission__study=slug, submission__instance_id__in=subjects
    ).values_list("submission__instance_id", "after", "moment", "reason")
    aside = (
        Quarantined.objects.filter(study=slug, outcome=SET_ASIDE)
        .filter(Q(instance_id__in=subjects) | Q(digest__in=subjects))
        .values_list("instance_id", "digest", "settled", "note")
    )
    return [
        *((of, f"submission.{after}", moment, words) for of, after, moment, words in decided),
        *(
            (of or digest, "quarantine.set-aside", moment, words or "")
            for of, digest, moment, words in aside
            if moment is not None
        ),
    ]
