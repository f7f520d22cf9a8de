"""Decisions in words: what stands in the log under a short name, as people read it.

In: the name of an action. Out: a sentence in every language. Whoever writes a new action into the
log adds its words here; a test finds those that lack them.
"""

from collections.abc import Mapping

from tyndau.base.languages import N_, Message, Sayable

ACTIONS: Mapping[str, str] = {
    "alert.settled": N_("An alert of the field was settled"),
    "alerts.settled": N_("Alerts of the field were settled together"),
    "assignment.added": N_("An interviewer was sent to a point"),
    "assignment.ended": N_("Assignments of an interviewer were ended"),
    "assignment.handed-over": N_("The rest of an interviewer was handed over to another"),
    "assignment.planned": N_("The plan of the sample was taken over as assignments"),
    "assignment.substituted": N_("A substitute point was approved"),
    "cut.made": N_("It was decided to pay an interviewer less"),
    "cut.revoked": N_("A decision to pay an interviewer less was taken back"),
    "demo.entered": N_("A made-up person of the demonstration came in"),
    "design.adopted": N_("The files of the design were changed past the server"),
    "design.found": N_("The first version of the design was recorded"),
    "design.gone-back": N_("The design went back to an earlier version"),
    "design.taken-over": N_("A new version of the design was taken over"),
    "export.taken": N_("Interviews were exported"),
    "instrument.agreed": N_("A questionnaire was agreed"),
    "instrument.closed": N_("A questionnaire was closed"),
    "instrument.issued": N_("A questionnaire was issued"),
    "instrument.opened": N_("A questionnaire was put into the field"),
    "instrument.pilot": N_("A questionnaire was made a pilot, or stopped being one"),
    "link.closed": N_("Links to a questionnaire were closed"),
    "link.opened": N_("An open link to a questionnaire was made"),
    "link.personal": N_("Personal links to a questionnaire were made"),
    "link.made.device": N_("A link for a new phone was made"),
    "link.made.join": N_("An invitation was made"),
    "link.made.password": N_("A link for a new password was made"),
    "link.revoked": N_("A link was taken back"),
    "link.used.device": N_("A lost phone was taken away by a link"),
    "link.used.join": N_("An invitation was accepted"),
    "link.used.password": N_("A new password was set by a link"),
    "member.added": N_("An interviewer was added"),
    "member.changed": N_("Role, forms or territories were changed"),
    "member.ended": N_("A part in the study was ended"),
    "paper.begun": N_("Somebody began to type in a sheet of paper"),
    "paper.finished": N_("A sheet of paper was typed in"),
    "paper.removed": N_("A sheet of paper was removed before it was an interview"),
    "paper.sent": N_("A sheet of paper was taken as an interview"),
    "paper.settled": N_("Differences between two entries of a sheet were settled"),
    "papers.fetched": N_("The papers of the field were downloaded"),
    "papers.made": N_("The papers of the field were made"),
    "pay.fetched": N_("The register of pay or the acts were downloaded"),
    "pay.made": N_("The register of pay and the acts were made"),
    "person.administrator": N_("Somebody was made an administrator"),
    "person.let-in": N_("An account was opened again"),
    "person.no-administrator": N_("Somebody is no administrator any more"),
    "person.password-changed": N_("The password was changed"),
    "person.sessions-ended": N_("All other sessions were ended"),
    "person.shut-out": N_("An account was closed"),
    "photo.kept": N_("A photo of an interviewer was kept"),
    "photo.removed": N_("A photo of an interviewer was removed"),
    "quarantine.set-aside": N_("Something in the quarantine was set aside"),
    "quarantine.taken": N_("Something in the quarantine was taken as an interview"),
    "question.answered": N_("A question of an interviewer was answered"),
    "second-factor.paper": N_("Somebody came in by a code on paper"),
    "second-factor.paper-renewed": N_("New codes on paper were made"),
    "second-factor.set": N_("A second factor was set up"),
    "study.downloaded": N_("A bundle of the study was downloaded"),
    "study.exported": N_("The study was packed into a bundle"),
    "study.made": N_("The study was made"),
    "study.taken-in": N_("The study was taken in from a bundle"),
    "submission.accepted": N_("An interview was accepted"),
    "submission.received": N_("A decision on an interview was taken back"),
    "submission.rejected": N_("An interview was rejected"),
    "submission.returned": N_("An interview was returned"),
    "submission.withdrawn": N_("An interview was withdrawn by its respondent"),
    "token.issued": N_("A code for a phone was made"),
    "token.revoked": N_("A phone was shut out"),
    "unsent.loaded": N_("A phone's file with unsent interviews was loaded"),
    "wave.erased": N_("Withdrawn interviews were erased from the waves"),
    "wave.freezing": N_("Accepted interviews were taken to be frozen as a wave"),
    "wave.frozen": N_("A wave was frozen"),
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
