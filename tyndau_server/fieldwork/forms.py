"""The forms that interviews were made with, read once a process.

In: instruments and submissions. Out: their `XForm` and `Wording`, and what an interview's own XML
says. A form is known by the digest of its bytes, so that what was read never goes stale.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from tyndau.fieldwork.openrosa.instance import Instance, read_instance
from tyndau.fieldwork.openrosa.wording import Wording, read_wording
from tyndau.fieldwork.openrosa.xform import XForm, read_xform
from tyndau_server.fieldwork.models import Instrument, Submission

_SECONDS = 60
_FORMS_IN_MEMORY = 64
# Longer is no interview but a phone whose clock was set meanwhile, or one left lying overnight.
_LONGEST_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Known:
    """A form as it was read.

    Attributes
    ----------
    xform : XForm
        Its fields.
    wording : Wording
        Its words.
    """

    xform: XForm
    wording: Wording


def known(instrument: Instrument) -> Known:
    """Read the form of an instrument.

    Parameters
    ----------
    instrument : Instrument
        The instrument.

    Returns
    -------
    Known
        Its form.
    """
    return _known(instrument.sha256)


@lru_cache(maxsize=32)
def _known(sha256: str) -> Known:
    content = bytes(
        Instrument.objects.filter(sha256=sha256).values_list("xform", flat=True)[:1].get()
    )
    return Known(read_xform(content), read_wording(content))


def read(submission: Submission) -> Instance:
    """Read the XML of an interview.

    Parameters
    ----------
    submission : Submission
        The interview, which was read when it arrived.

    Returns
    -------
    Instance
        Its answers.
    """
    return read_instance(bytes(submission.xml))


def minutes_of(submission: Submission) -> int | None:
    """Tell how long an interview took.

    Parameters
    ----------
    submission : Submission
        The interview, with its instrument.

    Returns
    -------
    int or None
        Whole minutes between beginning and end by the phone's clock, which is not trusted for
        more; None where the form does not write both, or they cannot be.
    """
    wording = known(submission.instrument).wording
    if not (wording.start and wording.end):
        return None
    root = read(submission).root
    return _between(root.findtext(wording.start, ""), root.findtext(wording.end, ""))


def _between(start: str, end: str) -> int | None:
    try:
        seconds = (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds()
    except (ValueError, TypeError):  # one of them with a zone, the other without
        return None
    minutes = round(seconds / _SECONDS)
    return minutes if 0 <= minutes <= _LONGEST_MINUTES else None


@lru_cache(maxsize=_FORMS_IN_MEMORY)
def xform_of(instrument: int, sha256: str) -> XForm:
    """Return the form of an instrument, read once in a process: its bytes never change.

    Parameters
    ----------
    instrument : int
        Primary key.
    sha256 : str
        Of the form.

    Returns
    -------
    XForm
        The form.
    """
    del sha256  # tells instruments apart that bear a number one after the other
    return read_xform(bytes(Instrument.objects.values_list("xform", flat=True).get(pk=instrument)))
