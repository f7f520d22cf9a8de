"""Roles and links in words.

In: nothing. Out: sentences by role and by kind of link, to be said in a language.
"""

from collections.abc import Mapping

from tyndau.base.languages import N_, Message
from tyndau_server.people.models import Invitation, Role

_ADMINISTRATOR = N_("Administrator of the server")

ROLES: Mapping[str, Message] = {
    Role.HEAD: Message(N_("Head of the study")),
    Role.SOCIOLOGIST: Message(N_("Sociologist")),
    Role.SUPERVISOR: Message(N_("Supervisor")),
    Role.INTERVIEWER: Message(N_("Interviewer")),
    Role.MODERATOR: Message(N_("Moderator")),
    Role.CUSTOMER: Message(N_("Customer")),
    Role.READER: Message(N_("Reader")),
}
# What the role may do, for whoever gives it.
DUTIES: Mapping[str, Message] = {
    Role.HEAD: Message(N_("Leads the study and its team; sees results, not single interviews.")),
    Role.SOCIOLOGIST: Message(N_("Does everything: questionnaires, interviews, tables, reports.")),
    Role.SUPERVISOR: Message(N_("Looks after interviews of their territories.")),
    Role.INTERVIEWER: Message(N_("Sends interviews from a phone.")),
    Role.MODERATOR: Message(N_("Leads focus groups.")),
    Role.CUSTOMER: Message(
        N_("Agrees questionnaires, receives deliverables; never sees single interviews or names.")
    ),
    Role.READER: Message(N_("Reads results.")),
}
KINDS: Mapping[str, Message] = {
    Invitation.Kind.JOIN: Message(N_("Invitation")),
    Invitation.Kind.PASSWORD: Message(N_("New password")),
    Invitation.Kind.DEVICE: Message(N_("New phone for the second factor")),
}
ADMINISTRATOR = Message(_ADMINISTRATOR)
