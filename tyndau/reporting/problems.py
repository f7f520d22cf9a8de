"""What a user can do something about when results are written."""

from tyndau.base.errors import declare
from tyndau.base.languages import N_

NOT_WRITTEN = declare(
    "report.not-written",
    N_("The file cannot be written: {reason}."),
    N_("Close it in other programs, check that the disk has room and the folder may be written."),
)
WORDING_CHANGED = declare(
    "report.wording-changed",
    N_(
        'Since wave "{wave}" was frozen, the wording has changed: questions {questions}, answers '
        "{answers} ({names}). The volume shows the wording of the wave."
    ),
    N_(
        "Nothing to do if the interviews were asked so. To take the new wording, import the "
        "answers again: tyndau import STUDY FILE --wave {wave} --population {population} --revise."
    ),
    "warning",
)
