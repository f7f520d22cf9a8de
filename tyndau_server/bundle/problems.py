"""What can be wrong with the bundle of a study.

Out: one `Kind` a fault. Nothing is checked here; each code has an entry in ``docs/errors.md``.
"""

from tyndau.base.errors import declare
from tyndau.base.languages import N_

NOT_A_BUNDLE = declare(
    "server.bundle-no-bundle",
    N_("This is not a study as Tyndau writes it: {detail}."),
    N_("Export the study anew where it is, and take that file; an archive made by hand is none."),
)
LATER_BUNDLE = declare(
    "server.bundle-later",
    N_("The bundle was written by a later version of Tyndau (format {format})."),
    N_("Bring this server up to date first."),
)
DAMAGED = declare(
    "server.bundle-damaged",
    N_('The bundle is damaged: "{name}" is not what was written.'),
    N_("Copy the file again, or export the study anew; nothing was taken in."),
)
UNSAFE = declare(
    "server.bundle-unsafe",
    N_('The bundle holds "{name}", which may not stand in one.'),
    N_("Do not trust this file; ask for another one where the study is. Nothing was taken in."),
)
BAD_NAME = declare(
    "server.bundle-bad-name",
    N_('The file "{name}" of the study has a name that other systems cannot keep.'),
    N_("Rename it without colons and backslashes, and export the study again."),
)
TOO_LARGE = declare(
    "server.bundle-too-large",
    N_("The bundle holds {count} files and {size} MB; there is room for {most} and {room} MB."),
    N_("Make room on the disk of the server's data, and try again."),
)
ROWS_EXIST = declare(
    "server.bundle-rows-exist",
    N_('Interviews or people of a study "{slug}" are in the database already.'),
    N_("Take the study in on another server, or put its folder back here; nothing was changed."),
)
CANNOT_WRITE = declare(
    "server.bundle-cannot-write",
    N_("The bundle could not be written or taken in: {reason}."),
    N_("See that there is room and that the folder may be written; nothing was left behind."),
)
ANOTHER = declare(
    "server.bundle-another",
    N_("Another bundle is being taken in."),
    N_("Wait until it is done and send this one again."),
)
