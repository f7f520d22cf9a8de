"""Why an interview is not taken: one table, from which the answer's status follows.

In: nothing. Out: `Refusal`, a row a reason, and the exception `Refused` that carries one. Each says
in the interviewer's language what is wrong and that the interview stays on the phone, because only
201 lets a phone forget it. The code stands in the quarantine, for whoever looks after it.
"""

from dataclasses import dataclass

from tyndau.base.languages import N_, Message

_STAYS = N_("{why} The interview stays on the phone; tell your supervisor.")
_LATER = N_("{why} The interview stays on the phone; send it again later.")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason not to take an interview.

    Attributes
    ----------
    code : str
        As the quarantine names it.
    status : int
        Of HTTP: 4xx where the interview is at fault, 503 where the server is.
    said : str
        English template, for the interviewer.
    remedy : str
        English template of the whole answer; empty where no interview is meant.
    """

    code: str
    status: int
    said: str
    remedy: str = _STAYS

    def say(self, language: str) -> str:
        """Say why the interview is not taken, and what becomes of it.

        Parameters
        ----------
        language : str
            ``kk``, ``ru`` or ``en``.

        Returns
        -------
        str
            Two short sentences.
        """
        why = Message(self.said)
        return (Message(self.remedy, {"why": why}) if self.remedy else why).say(language)


class Refused(Exception):  # noqa: N818 - said of an interview, it reads as a sentence
    """An interview that is not taken.

    Parameters
    ----------
    refusal : Refusal
        Why.
    detail : str, default ""
        What was found, in English, for who repairs it.

    Attributes
    ----------
    refusal, detail : Refusal, str
        As given.
    """

    def __init__(self, refusal: Refusal, detail: str = "") -> None:
        super().__init__(refusal.code, detail)
        self.refusal = refusal
        self.detail = detail


UNREADABLE = Refusal("unreadable", 400, N_("The server cannot read this interview."))
SEALED = Refusal(
    "sealed", 422, N_("The server cannot open this interview: it was sealed for another server.")
)
TRUNCATED = Refusal(
    "truncated", 400, N_("Only a part of the interview arrived; the connection broke."), _LATER
)
TOO_LARGE = Refusal("too-large", 413, N_("The interview with its files is too large."))
UNKNOWN_FORM = Refusal(
    "unknown-form", 404, N_("The server does not know this version of the questionnaire.")
)
NOT_AGREED = Refusal(
    "not-agreed", 403, N_("This version of the questionnaire has not been agreed yet.")
)
CONFLICT = Refusal(
    "conflict", 409, N_("An interview of the same number with other answers is here already.")
)
FILE_CONFLICT = Refusal(
    "file-conflict", 409, N_("A file of the same name with other content is here already.")
)
NOT_CURRENT = Refusal(
    "not-current", 409, N_("The interview that this one corrects is not here, or was corrected.")
)
NOT_THEIRS = Refusal(
    "not-theirs", 403, N_("The interview that this one corrects was made by somebody else.")
)
DECIDED = Refusal(
    "decided", 409, N_("The interview that this one corrects was accepted or rejected meanwhile.")
)
REVOKED = Refusal("revoked", 403, N_("This phone may not send to the study any more."))
LINK_OVER = Refusal("link-over", 410, N_("This link is used up, or the survey is over."), "")
SIMULATED = Refusal(
    "simulated", 403, N_("The study is about a real place and takes no simulated interviews."), ""
)
UNKNOWN_PHONE = Refusal("unknown-phone", 404, N_("The server does not know this phone."))
TROUBLE = Refusal("trouble", 503, N_("The server cannot keep anything right now."), _LATER)
FAULT = Refusal("fault", 503, N_("A fault of the server's program stopped it."))
NOT_CORRECTABLE = Refusal(
    "not-correctable", 410, N_("This interview can no longer be corrected on this phone."), ""
)
NOTHING_THERE = Refusal(
    "nothing-there", 404, N_("The server does not offer this questionnaire or file any more."), ""
)

REFUSALS = {
    one.code: one
    for one in (
        UNREADABLE, SEALED, TRUNCATED, TOO_LARGE, UNKNOWN_FORM, NOT_AGREED, CONFLICT, FILE_CONFLICT,
        NOT_CURRENT, NOT_THEIRS, DECIDED, REVOKED, LINK_OVER, SIMULATED, UNKNOWN_PHONE, TROUBLE,
        FAULT, NOTHING_THERE, NOT_CORRECTABLE,
    )
}  # fmt: skip
