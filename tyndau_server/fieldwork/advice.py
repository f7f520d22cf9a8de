"""What to do about what lies in quarantine, in words for the office.

In: the code of a reason. Out: `Advice`: what happened and what helps. What the interviewer was told
stands in `tyndau_server.fieldwork.refusals`; a reason that is not here is shown by that.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tyndau.base.languages import N_, Message
from tyndau_server.fieldwork.refusals import REFUSALS


@dataclass(frozen=True, slots=True)
class Advice:
    """A reason and its remedy.

    Attributes
    ----------
    what : Message
        What happened.
    remedy : Message
        What helps.
    """

    what: Message
    remedy: Message


_ADVICE: Mapping[str, tuple[str, str]] = {
    "unreadable": (
        N_("What came is no interview that could be read."),
        N_(
            "Look at the detail and at the bytes. If the phone still holds the interview, let it "
            "be sent again; else keep it here and set it aside with the reason."
        ),
    ),
    "sealed": (
        N_("It was sealed for another server, or damaged on its way, and cannot be opened here."),
        N_(
            "If the study was moved, load the phone's file with unsent interviews on the server "
            "where they were made. Else have the key file put back from the backup and the phone "
            "send again; then set this aside."
        ),
    ),
    "truncated": (
        N_("Only a part of the interview arrived: the connection broke."),
        N_("The phone sends it again by itself; when it has come whole, set this part aside."),
    ),
    "too-large": (
        N_("The interview with its files was larger than the server takes."),
        N_("Ask the interviewer to make pictures or recordings smaller, and to send again."),
    ),
    "unknown-form": (
        N_("It was made with a version of a questionnaire that was not issued here."),
        N_("Issue that version on the page of questionnaires, then read it again."),
    ),
    "not-agreed": (
        N_("It was made with a version that is not agreed and is no pilot."),
        N_("Have the version agreed, or make it a pilot, then read it again."),
    ),
    "conflict": (
        N_("An interview of the same number with other answers is here already."),
        N_(
            "Compare the two: the one that is here counts. If both are real interviews, ask the "
            "interviewer; set this one aside with what you found out."
        ),
    ),
    "file-conflict": (
        N_("A file of the same name with other content is here already."),
        N_("Compare the files; set this aside with what you found out."),
    ),
    "not-current": (
        N_("It corrects an interview that is not here, or that was corrected otherwise already."),
        N_("If the corrected interview comes later, read this again; else set it aside."),
    ),
    "not-theirs": (
        N_("It corrects an interview that another interviewer made."),
        N_(
            "Ask both. If the correction is right, read it again, and it replaces the interview; "
            "else set it aside with the reason."
        ),
    ),
    "revoked": (
        N_("It came from a phone that may not send any more."),
        N_(
            "Find out who holds the phone. If the interview is genuine, read it again; else set it "
            "aside with the reason."
        ),
    ),
    "link-over": (
        N_("It came by a link that was used up or closed."),
        N_("Look whether the survey was still open that day; read it again, or set it aside."),
    ),
    "fault": (
        N_("A fault of the program kept it from being taken."),
        N_("Read it again; if it fails again, give the administrator the technical details."),
    ),
}


def advice(reason: str) -> Advice:
    """Say what happened and what helps.

    Parameters
    ----------
    reason : str
        Code of a refusal.

    Returns
    -------
    Advice
        In words.
    """
    if reason in _ADVICE:
        what, remedy = _ADVICE[reason]
        return Advice(Message(what), Message(remedy))
    known = REFUSALS.get(reason)
    said = Message(known.said) if known else Message(_ADVICE["unreadable"][0])
    return Advice(said, Message(_ADVICE["unreadable"][1]))
