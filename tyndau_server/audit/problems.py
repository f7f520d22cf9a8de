"""What a user can do something about in the log of decisions.

Out: one `Kind` a fault. Nothing is checked here; each code has a heading in ``docs/errors.md``.
"""

from tyndau.base.errors import declare
from tyndau.base.languages import N_

LOG_CHANGED = declare(
    "server.log-changed",
    N_("Entry {number} of the log is not as it was written."),
    N_("Keep the database as it is, and compare it with a backup."),
)
LOG_REMOVED = declare(
    "server.log-removed",
    N_("Entries {number} to {other} of the log are gone."),
    N_("Keep the database as it is, and compare it with a backup."),
)
LOG_INSERTED = declare(
    "server.log-inserted",
    N_("Entry {number} was put into the log by something other than Tyndau."),
    N_("Keep the database as it is, and compare it with a backup."),
)
LOG_MOVED = declare(
    "server.log-moved",
    N_("Entry {number} of the log stood at place {other} when it was written."),
    N_("Keep the database as it is, and compare it with a backup."),
)
LOG_NOTED = declare(
    "server.log-noted",
    N_("Entry {number} of the log is not the one that was written down."),
    N_("See that number and digest were copied right; if so, the log was made anew as a whole."),
)
NOTED = declare(
    "server.log-noted-form",
    N_('"{got}" is no number and digest.'),
    N_("Write them as tyndau audit verify printed them, such as 120:3b5d…, with all 64 signs."),
)
