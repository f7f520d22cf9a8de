"""Badges: who the interviewer is, for whom, until when, and where to ask.

In: a study, its interviewers with photos as `tyndau.reporting.photos` prepared them. Out: `Badges`,
in both languages, for nobody knows beforehand in which a badge is read.
"""

from collections.abc import Sequence

from tyndau.base.languages import N_, Message
from tyndau.reporting.fieldpapers.known import LINE, dates_or_line, frame, or_line, phone_or_line
from tyndau.reporting.fieldpapers.model import Badge, Badges, Interviewer
from tyndau.reporting.model import Fact
from tyndau.study.model import Study

_TITLE = N_("Badges")
_ROLE = N_("Interviewer")
_VALID = N_("Valid, with an identity card")
_PHONE = N_("Coordinator's telephone")
_PHOTO = N_("Photo 3 × 4 cm")


def build_badges(study: Study, interviewers: Sequence[Interviewer]) -> Badges:
    """Make the badges of a study.

    Parameters
    ----------
    study : Study
        The study.
    interviewers : sequence of Interviewer
        Photos are JPEGs of the frame's shape, or None.

    Returns
    -------
    Badges
        In the order of the list.
    """
    phone = phone_or_line(study.identity.coordinator_phone)
    return Badges(
        frame=frame(study, Message(_TITLE)),
        contractor=or_line(study.contractor, LINE),
        role=Message(_ROLE),
        photo=Message(_PHOTO),
        facts=(
            Fact(Message(_VALID), dates_or_line(study, LINE)),
            Fact(Message(_PHONE), phone),
        ),
        badges=tuple(Badge(one.name, one.code, one.photo) for one in interviewers),
    )
