"""What can be wrong with the versions of a study's design.

Out: one `Kind` a fault. Nothing is checked here; each code has an entry in ``docs/errors.md``.
"""

from tyndau.base.errors import declare
from tyndau.base.languages import N_

NO_VERSION = declare(
    "study.no-version",
    N_("The study has no version {number} of its design."),
    N_("Choose one of the versions in the list."),
)
VERSION_DAMAGED = declare(
    "study.version-damaged",
    N_("Version {number} of the design is not what was written: this file is missing or changed."),
    N_("Put the folder of the version back from a backup; nothing else was touched."),
)
NO_FILE_IN_VERSION = declare(
    "study.no-file-in-version",
    N_('Version {number} of the design has no file "{path}".'),
    N_("Choose one of the files that the page of the version lists."),
)
VERSION_MOVED = declare(
    "study.version-moved",
    N_("Meanwhile the design has version {current}; this was prepared for version {expected}."),
    N_("Look at what changed since, and decide again; nothing was changed."),
)
