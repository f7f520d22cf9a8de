"""What a user can do something about with the browser form.

Out: one `Kind` a fault. Nothing is checked here; each code has a heading in ``docs/errors.md``.
"""

from tyndau.base.errors import declare
from tyndau.base.languages import N_

NO_UNSENT_FILE = declare(
    "form.no-unsent-file",
    N_("This is no file of unsent interviews, or only a part of it."),
    N_("On the phone choose to save what is unsent, and load that file; nothing was taken in."),
)
UNSENT_OF_OTHERS = declare(
    "form.unsent-of-others",
    N_("The file comes from the phone of an interviewer who is not in this study, or not yours."),
    N_("Load it in the interviewer's study, or hand it to the sociologist; nothing was taken in."),
)
