"""Decisions in words: what stands in the log under a short name, as people read it.

In: the name of an action. Out: a sentence in every language. Whoever writes a new action into the
log adds its words here; a test finds those that lack them.
"""

from collections.abc import Mapping

from tyndau.base.languages import N_, Message, Sayable

ACTIONS: Mapping[str, str] = {
    "demo.entered": N_("A made-up person of the demonstration came in"),
    "link.made.join": N_("An invitation was made"),
    "link.made.password": N_("A link for a new password was made"),
    "link.made.device": N_("A link for a new phone was made"),
    "link.used.join": N_("An invitation was accepted"),
    "link.used.password": N_("A new password was set by a link"),
    "link.used.device": N_("A lost phone was taken away by a link"),
    "link.revoked": N_("A link was taken back"),
    "member.added": N_("An interviewer was added"),
    "member.changed": N_("Role, forms or territories were changed"),
    "member.ended": N_("A part in the study was ended"),
    "person.administrator": N_("Somebody was made an administrator"),
    "person.let-in": N_("An account was opened again"),
    "person.no-administrator": N_("Somebody is no administrator any more"),
    "person.password-changed": N_("The password was changed"),
    "person.sessions-ended": N_("All other sessions were ended"),
    "person.shut-out": N_("An account was closed"),
    "second-factor.paper": N_("Somebody came in by a code on paper"),
    "second-factor.paper-renewed": N_("New codes on paper were made"),
    "second-factor.set": N_("A second factor was set up"),
    "token.issued": N_("A code for a phone was made"),
    "token.revoked": N_("A phone was shut out"),
}


def in_words(action: str) -> Sayable:
    """Return an action in words.

    Parameters
    ----------
    action : str
        As it stands in the log.

    Returns
    -------
    Message or str
        The words; the name itself for an action of a later version.
    """
    return Message(ACTIONS[action]) if action in ACTIONS else action
