"""What lies in quarantine beside the interview of its number, or that it corrects, as it is here.

In: a row of the quarantine, what a person sees. Out: that interview, and answer by answer how the
arrival differs from it. Nothing is written.
"""

from dataclasses import dataclass

from django.db.models import QuerySet

from tyndau.fieldwork.openrosa.instance import Instance, Unreadable, read_instance
from tyndau_server.fieldwork.blobs import open_blob
from tyndau_server.fieldwork.body import Body
from tyndau_server.fieldwork.difference import Change, changes
from tyndau_server.fieldwork.forms import known, read
from tyndau_server.fieldwork.models import Instrument, Quarantined, Submission
from tyndau_server.fieldwork.parts import read_parts
from tyndau_server.fieldwork.refusals import CONFLICT, NOT_THEIRS, Refused


@dataclass(frozen=True, slots=True)
class Compared:
    """An interview that is here, beside an arrival of its number, or that corrects it.

    Attributes
    ----------
    here : Submission
        The interview.
    changes : tuple of Change or None
        From what is here to what arrived; None where answers are not what they differ in, or the
        arrival cannot be read.
    """

    here: Submission
    changes: tuple[Change, ...] | None


def compared(quarantined: Quarantined, seen: QuerySet[Submission]) -> Compared | None:
    """Compare an arrival with the interview of its number, or with that which it corrects.

    Parameters
    ----------
    quarantined : Quarantined
        The arrival.
    seen : QuerySet of Submission
        What a person sees of the study.

    Returns
    -------
    Compared or None
        None where no such interview is seen.
    """
    if not quarantined.instance_id:
        return None
    reads = quarantined.reason in (CONFLICT.code, NOT_THEIRS.code)
    arrived = _arrived(quarantined) if reads else None
    corrects = quarantined.reason == NOT_THEIRS.code and arrived is not None
    number = arrived.deprecated_id if corrects and arrived else quarantined.instance_id
    found = seen.exclude(state=Submission.State.WITHDRAWN).select_related("instrument")
    found = found.filter(instance_id=number)
    here = found.defer("instrument__xform").first()
    if here is None:
        return None
    if arrived is None:
        return Compared(here, None)
    before = (known(here.instrument), read(here))
    return Compared(here, changes(before, (known(_form_of(arrived, here)), arrived)))


def _arrived(quarantined: Quarantined) -> Instance | None:
    """Read what arrived; None where that cannot be done any more."""
    try:
        stream = open_blob(quarantined.body_sha256)
        with Body(stream, quarantined.size, None, quarantined.content_type) as body:
            return read_instance(read_parts(body).xml)
    except (FileNotFoundError, Refused, Unreadable):
        return None


def _form_of(arrived: Instance, here: Submission) -> Instrument:
    """Return the form by which an arrival was made; where it is not here, that of the interview."""
    versions = Instrument.objects.defer("xform").filter(study=here.study, form_id=arrived.form_id)
    return versions.filter(version=arrived.version).first() or here.instrument
