"""What the field forgets of an interview that is withdrawn.

In: a study, the numbers of all versions; inside the transaction of the withdrawal. Out: the facts
of the interview are gone, contacts that led to it do not name it any more, and the field is to be
counted anew, since its place in a quota is free again. That somebody was addressed at a point stays
counted.
"""

from collections.abc import Collection

from tyndau_server.control import ask
from tyndau_server.control.models import Contact, Made


def forget(study: str, ids: Collection[str]) -> None:
    """Forget an interview.

    Parameters
    ----------
    study : str
        The study's slug.
    ids : collection of str
        Numbers of all its versions.
    """
    Made.objects.filter(study=study, submission__instance_id__in=ids).delete()
    Contact.objects.filter(study=study, interview__in=ids).update(interview="")
    ask.ask_after(study)
