"""What a user can do something about when questionnaires are issued.

Out: one `Kind` a fault. Nothing is checked here; each code has a heading in ``docs/errors.md``.
"""

from tyndau.base.errors import declare
from tyndau.base.languages import N_, Message

STATES = {
    "draft": Message(N_("a draft")),
    "sent": Message(N_("sent to be agreed")),
    "agreed": Message(N_("agreed")),
    "field": Message(N_("in the field")),
    "closed": Message(N_("closed")),
}

SAME_VERSION = declare(
    "fieldwork.same-version",
    N_('Another content was issued as version "{version}" of the form "{form}" before.'),
    N_("Give the changed form a new version in the settings sheet: phones know it by that alone."),
)
NO_MEDIA = declare(
    "fieldwork.no-media",
    N_('Files that the form "{form}" shows are not here: {files}.'),
    N_("Put them beside the form, under exactly these names."),
)
MEDIA_NAME = declare(
    "fieldwork.media-name",
    N_('Files of the form "{form}" have names that phones cannot keep: {files}.'),
    N_("Give them plain names without folders, of 255 characters at most."),
)
INSTRUMENT_STATE = declare(
    "fieldwork.instrument-state",
    N_('The form "{form}", version "{version}", is {state}; this cannot be done with it now.'),
    N_("Open the page of questionnaires again: somebody may have decided meanwhile."),
)
NOT_AS_AGREED = declare(
    "fieldwork.not-as-agreed",
    N_('The form "{form}", version "{version}", is not what was agreed to the byte.'),
    N_("Issue it anew under another version and have that agreed."),
)
