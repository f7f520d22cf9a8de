"""Common reasons to return or reject an interview.

In: nothing. Out: `COMMON`, and the reason that a form chose or somebody wrote, in the language in
which it was given: the interviewer reads it so.
"""

from collections.abc import Mapping

from tyndau.base.languages import N_, Message

_REASONS = (
    N_("Made too quickly to have been read out in full"),
    N_("Answers contradict each other"),
    N_("Questions were left out"),
    N_("The respondent is not one whom the study asks"),
    N_("The same person was asked twice"),
    N_("Made at another point or time than planned"),
    N_("Made to try the phone out"),
)
COMMON: Mapping[str, Message] = {
    str(number): Message(words) for number, words in enumerate(_REASONS, 1)
}


def reason_of(query: Mapping[str, str], language: str) -> str:
    """Return the reason that a form gives.

    Parameters
    ----------
    query : mapping of str to str
        What was sent: ``common``, the key of one of `COMMON`, and ``reason``, own words.
    language : str
        ``kk``, ``ru`` or ``en``.

    Returns
    -------
    str
        Both, where both are given; empty where none is.
    """
    common = COMMON.get(query.get("common", ""))
    parts = [common.say(language) if common else "", query.get("reason", "").strip()]
    return ". ".join(part for part in parts if part)
