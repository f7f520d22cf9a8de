"""What a user can do something about when results are written."""

from tyndau.base.errors import declare
from tyndau.base.languages import N_

NO_WAVE = declare(
    "report.no-wave",
    N_("The study has no wave yet, so there is nothing to build from."),
    N_('Import the answers first: "tyndau import STUDY FILE --wave NAME".'),
)
NOT_WRITTEN = declare(
    "report.not-written",
    N_("The file cannot be written: {reason}."),
    N_("Close it in other programs, check that the disk has room and the folder may be written."),
)
