"""What people can do something about at the door and in the team.

Out: one `Kind` a fault. Nothing is checked here; each code has a heading in ``docs/errors.md``.
"""

from tyndau.base.errors import declare
from tyndau.base.languages import N_

NAME = declare(
    "server.name",
    N_("The name is empty, or holds over {most} letters or characters that cannot be shown."),
    N_("Write the name as colleagues know it."),
)
EMAIL = declare(
    "server.email",
    N_('"{got}" is no address of e-mail.'),
    N_("Write it in full, such as name@example.kz."),
)
EMAIL_TAKEN = declare(
    "server.email-taken",
    N_("There is an account of this address already."),
    N_("Sign in with its password, or write another address."),
)
PASSWORD_LENGTH = declare(
    "server.password-length",
    N_("The password has fewer than {least} characters, or over {most}."),
    N_(
        "Choose a longer one: three or four words that do not belong together are easy to remember."
    ),
)
PASSWORD_TWICE = declare(
    "server.password-twice",
    N_("The two passwords are not the same."),
    N_("Write the same password in both fields."),
)
PASSWORD_KNOWN = declare(
    "server.password-known",
    N_("This password is easy to guess: many use it, or it is hardly more than your name."),
    N_("Choose another: three or four words that do not belong together are easy to remember."),
)
PASSWORD_WRONG = declare(
    "server.password-wrong",
    N_("The password is not right."),
    N_("Write your present password; who forgot it asks the head or the administrator for a link."),
)
CODE_WRONG = declare(
    "server.code-wrong",
    N_("The code is not right, or was used already."),
    N_("Wait for the next code of the app; see that the phone's clock is set by the network."),
)
LINK_UNKNOWN = declare(
    "server.link-unknown",
    N_("This link does not lead anywhere."),
    N_("Copy it in full from the message, or ask whoever sent it for a new one."),
)
LINK_USED = declare(
    "server.link-used",
    N_("This link was used already; each works once."),
    N_("If it was you, sign in. If it was not, tell whoever sent it at once."),
)
LINK_EXPIRED = declare(
    "server.link-expired",
    N_("This link is too old; each works for {days} days."),
    N_("Ask whoever sent it for a new one."),
)
LINK_REVOKED = declare(
    "server.link-revoked",
    N_("This link was taken back by whoever sent it."),
    N_("Ask whoever sent it for a new one."),
)
LINK_OWN = declare(
    "server.link-own",
    N_("You made this link yourself; it is for somebody else."),
    N_("Send it to whom it is meant for."),
)
MEMBER_ALREADY = declare(
    "server.member-already",
    N_("The account has a part in this study already."),
    N_("Its role is changed on the page of the team."),
)
CODE_TAKEN = declare(
    "server.interviewer-code",
    N_('The code "{got}" is another interviewer\'s, or holds more than letters, digits and - _ .'),
    N_("Write a code that no other interviewer of the study has, such as i07."),
)
LAST_HEAD = declare(
    "server.last-head",
    N_("This is the last head of the study."),
    N_("Invite another head first."),
)
LAST_ADMINISTRATOR = declare(
    "server.last-administrator",
    N_("This is the last administrator of the server."),
    N_("Make another person an administrator first."),
)
NOT_YOURS = declare(
    "server.not-yours",
    N_("Your role does not let you decide this."),
    N_("Ask the head of the study or the server's administrator; nobody changes their own role."),
)
