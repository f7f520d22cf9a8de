"""What can go wrong with a wave, in words for its user."""

from tyndau.base.errors import declare
from tyndau.base.languages import N_

NAME = declare(
    "wave.name",
    N_('"{name}" cannot be the name of a {what}: {reason}.'),
    N_(
        "Use letters, digits and hyphens, begin with a letter or a digit, at most 64 characters; "
        "for example 2026-q4."
    ),
)
NAME_TWIN = declare(
    "wave.name-twin",
    N_('The name "{name}" differs from the existing "{twin}" in capital letters alone.'),
    N_('Write "{twin}", or choose another name: Windows does not tell the two apart.'),
)
NONE = declare(
    "wave.none",
    N_("The study has no wave yet."),
    N_('Import the answers first: "tyndau import STUDY FILE --wave NAME".'),
)
UNKNOWN = declare(
    "wave.unknown",
    N_('There is no wave "{name}". Waves of this study: {existing}.'),
    N_("Name one of these, or import one: tyndau import STUDY FILE --wave {name}."),
)
UNKNOWN_REVISION = declare(
    "wave.unknown-revision",
    N_('Wave "{name}" has no revision {revision}. It has: {existing}.'),
    N_("Name one of these, or none for the latest."),
)
EXISTS = declare(
    "wave.exists",
    N_('Wave "{name}" is frozen already: its latest revision is {latest}.'),
    N_("A revision is never rewritten: make the next one with {latest} as its parent."),
)
STALE_PARENT = declare(
    "wave.stale-parent",
    N_(
        'The new revision of wave "{name}" names {parent} as its parent, but the latest revision '
        "is {latest}. Nothing was written."
    ),
    N_("Somebody froze a revision meanwhile: read {latest}, then do the work again on it."),
)
CANNOT_WRITE = declare(
    "wave.cannot-write",
    N_('Revision {revision} of wave "{name}" could not be written: {reason}. Nothing was left.'),
    N_("Check that the disk has room and that you may write in this folder, then try again."),
)
CANNOT_READ = declare(
    "wave.cannot-read",
    N_("The file could not be read: {reason}."),
    N_("Check that you may read this folder and that the disk is in order."),
)
MANIFEST = declare(
    "wave.manifest",
    N_("The manifest is damaged: {reason}."),
    N_(
        "The revision cannot be trusted: restore its folder from a backup, or freeze it again "
        "from the source under another name."
    ),
)
MANIFEST_FORMAT = declare(
    "wave.manifest-format",
    N_("The revision is written in format {format}; this version of Tyndau reads format {known}."),
    N_("Install a newer version of Tyndau."),
)
FILE_MISSING = declare(
    "wave.file-missing",
    N_("The file is listed in the manifest but is not in the folder of the revision."),
    N_("Restore it from a backup: a revision is whole or it is not used."),
)
FILE_EXTRA = declare(
    "wave.file-extra",
    N_("The file lies in the folder of the revision but the manifest does not know it."),
    N_("Move it out of this folder: nothing is added to a frozen revision."),
)
FILE_CHANGED = declare(
    "wave.file-changed",
    N_("The file is not as it was frozen: {got}, the manifest says {expected}."),
    N_(
        "Restore the file from a backup. If it was changed on purpose, import the changed data "
        "as a new revision instead."
    ),
)
CONTENT = declare(
    "wave.content",
    N_("The file agrees with its checksum but does not hold what it should: {reason}."),
    N_("The revision was not made by Tyndau or was made wrongly: freeze it again from the source."),
)

ERASED = declare(
    "wave.erased",
    N_('Interviews that were withdrawn are among the rows for wave "{name}": {count}.'),
    N_(
        "Their rows were erased from this wave and do not come back: read the latest revision "
        "again, or leave out the rows with these keys: {keys}."
    ),
)
CANNOT_ERASE = declare(
    "wave.cannot-erase",
    N_('The withdrawn interviews could not be erased from wave "{name}": {reason}.'),
    N_(
        "Check that the disk has room and that you may write in this folder, then ask again: what "
        "was begun is completed."
    ),
)
