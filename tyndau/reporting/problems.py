"""What a user can do something about when results are written."""

from tyndau.base.errors import declare
from tyndau.base.languages import N_

NOT_WRITTEN = declare(
    "report.not-written",
    N_("The file cannot be written: {reason}."),
    N_("Close it in other programs, check that the disk has room and the folder may be written."),
)
