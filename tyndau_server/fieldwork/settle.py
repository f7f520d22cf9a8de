"""Settling what lies in quarantine: set aside by a person, with a reason.

In: what was looked at. Out: its row, settled, and an entry in the log. Its bytes stay. To read it
again is `tyndau_server.fieldwork.receive.again`.
"""

from datetime import tzinfo

from django.utils import timezone

from tyndau_server.audit import log
from tyndau_server.fieldwork import problems
from tyndau_server.fieldwork.models import Quarantined
from tyndau_server.fieldwork.writing import writing
from tyndau_server.look.clock import said_at
from tyndau_server.people.models import Person

SET_ASIDE = "set-aside"
_LONGEST_REASON = 2000


def set_aside(quarantined: Quarantined, reason: str, *, by: Person, zone: tzinfo) -> None:
    """Set aside what is no interview, or is one that is here already.

    Parameters
    ----------
    quarantined : Quarantined
        What was looked at.
    reason : str
        In the person's words.
    by : Person
        Who decides.
    zone : tzinfo
        Of the study, in which moments are told.

    Raises
    ------
    UserError
        If no reason is given, or somebody settled it before.
    """
    reason = reason.replace("\0", "").strip()[:_LONGEST_REASON]
    if not reason:
        raise problems.NO_REASON.error()
    with writing():
        held = Quarantined.objects.select_for_update().get(pk=quarantined.pk)
        if held.settled is not None:
            if held.settled_by_id == by.pk and held.outcome == SET_ASIDE:
                return  # the same person pressed the button twice
            raise already_settled(held, zone)
        held.settled, held.settled_by, held.outcome = timezone.now(), by, SET_ASIDE
        held.note = reason
        held.save(update_fields=["settled", "settled_by", "outcome", "note"])
        log.write(
            "quarantine.set-aside",
            actor=by,
            study=held.study,
            subject=held.instance_id or held.digest,
            details={"why it lay there": held.reason},
        )


def already_settled(held: Quarantined, zone: tzinfo) -> Exception:
    """Return the error of what somebody settled before.

    Parameters
    ----------
    held : Quarantined
        The row as it is now.
    zone : tzinfo
        Of the study.

    Returns
    -------
    Exception
        To be raised.
    """
    person = held.settled_by.name if held.settled_by else "Tyndau"
    return problems.SETTLED_MEANWHILE.error(person=person, moment=said_at(held.settled, zone))
