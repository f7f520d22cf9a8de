"""A phone's file of unsent interviews, loaded by somebody of the office.

In: the file that the browser form gives out when a phone cannot send, whose interviewers somebody
sees. Out: each interview taken in as if the phone had sent it, or why not. What is not taken lies
in quarantine, so that loading a file once is enough.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from tyndau_server.fieldwork.models import Submission
from tyndau_server.fieldwork.quarantine import Sender
from tyndau_server.fieldwork.refusals import Refusal, Refused
from tyndau_server.fieldwork.tombstones import Withdrawn
from tyndau_server.form import problems
from tyndau_server.form.boot import holder_of
from tyndau_server.form.envelope import ENVELOPE, CannotOpenError, read_envelope, read_unsent
from tyndau_server.form.taking import take_sealed
from tyndau_server.form.unsealing import plain
from tyndau_server.people.models import Membership

_DEVICE = "browser, by file"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of a file.

    Attributes
    ----------
    taken, known : int
        Interviews that are here now and were not, and that were here before.
    refused : tuple of (str, Refusal)
        The number of each other one, and why; they lie in quarantine.
    """

    taken: int
    known: int
    refused: tuple[tuple[str, Refusal], ...]


def load(content: bytes, interviewers: Sequence[Membership]) -> Loaded:
    """Take in what a phone's file holds.

    Parameters
    ----------
    content : bytes
        The file.
    interviewers : sequence of Membership
        Whose phones it may come from.

    Returns
    -------
    Loaded
        What came of it.

    Raises
    ------
    UserError
        ``form.no-unsent-file`` if it is no such file, ``form.unsent-of-others`` if it comes from
        nobody of them; nothing is taken in.
    OSError, DatabaseError
        If nothing can be kept now; what was taken in until then stays, and may be loaded again.
    """
    try:
        unsent = read_unsent(content)
    except CannotOpenError as error:
        raise problems.NO_UNSENT_FILE.error() from error
    whose = next((one for one in interviewers if holder_of(one) == unsent.holder), None)
    if whose is None:
        raise problems.UNSENT_OF_OTHERS.error()
    sender = Sender(whose.study, whose, None, _DEVICE)
    taken = known = 0
    refused = []
    for parts in unsent.interviews:
        instance = read_envelope(parts[ENVELOPE]).instance
        here = Submission.objects.filter(study=whose.study, instance_id=instance).exists()
        try:
            take_sealed(partial(plain, parts), sender)
        except Refused as error:
            refused.append((instance, error.refusal))
        except Withdrawn:
            known += 1
        else:
            taken, known = taken + (not here), known + here
    return Loaded(taken, known, tuple(refused))
