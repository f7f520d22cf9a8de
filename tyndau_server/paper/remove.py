"""Removing a sheet that was begun by mistake, such as under a wrong number.

In: a sheet that is no interview yet, a reason. Out: the sheet and what was typed of it are gone;
who removed it, and why, stands in the log.
"""

from tyndau_server.audit import log
from tyndau_server.fieldwork.problems import NO_REASON
from tyndau_server.fieldwork.writing import writing
from tyndau_server.paper import problems
from tyndau_server.paper.models import Sheet
from tyndau_server.people.models import Person


def remove(sheet: Sheet, reason: str, *, by: Person) -> None:
    """Remove a sheet before it is an interview.

    Parameters
    ----------
    sheet : Sheet
        The sheet.
    reason : str
        Why.
    by : Person
        Who removes it.

    Raises
    ------
    UserError
        If no reason is given, or the sheet was sent, be it as the version that it corrects.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise NO_REASON.error()
    with writing():
        found = Sheet.objects.select_for_update().filter(pk=sheet.pk).first()
        if found is None:
            return  # somebody else was quicker
        if found.sent is not None or found.corrects:
            raise problems.SENT.error(number=found.number)
        entries = found.entries.count()
        found.settled.all().delete()
        found.entries.all().delete()
        found.delete()
        log.write(
            "paper.removed", actor=by, study=sheet.study, subject=sheet.instance_id,
            details={"sheet": sheet.number, "entries": entries, "reason": reason},
        )  # fmt: skip
