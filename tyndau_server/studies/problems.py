"""What can be wrong with files that are uploaded, and with studies that are made on the server.

Out: one `Kind` a fault. Nothing is checked here; each code has an entry in ``docs/errors.md``.
"""

from tyndau.base.errors import declare
from tyndau.base.languages import N_

NO_UPLOAD = declare(
    "server.upload-nothing",
    N_("No file was chosen."),
    N_("Choose the workbook, a questionnaire or another file of the design, and send it again."),
)
TOO_MANY_FILES = declare(
    "server.upload-too-many",
    N_("{count} files came at once; at most {limit} are taken."),
    N_("Send them in several parts."),
)
UPLOAD_TOO_LARGE = declare(
    "server.upload-too-large",
    N_("The file has {size} MB; at most {limit} MB are taken."),
    N_("Take pictures and sheets out of it that do not belong to the design, and save it again."),
)
UNKNOWN_FILE = declare(
    "server.upload-unknown",
    N_("It is not clear which file of the study this is."),
    N_(
        "Give it its name: study.xlsx, territories.geojson, a questionnaire such as "
        "residents.xlsx (as Excel saves it: .xlsx or .xls), a list for it such as streets.csv, a "
        "picture or sound for it, a guide such as expert.kk.md."
    ),
)
FORM_AS_TEXT = declare(
    "server.upload-form-as-text",
    N_("This is a questionnaire as text; the study keeps questionnaires as Excel workbooks."),
    N_("Open it in Excel, save it as a workbook (.xlsx), and send that."),
)
SAME_PLACE = declare(
    "server.upload-twice",
    N_("Two of the files are the same file of the study: {names}."),
    N_("Send the one that counts."),
)
MACROS = declare(
    "server.upload-macros",
    N_("The workbook holds macros, which would run on the computers of others."),
    N_("Save it without macros: in Excel choose the type Excel Workbook (.xlsx)."),
)
STALE = declare(
    "server.upload-stale",
    N_(
        "The file was begun with version {base}; since then it was changed in version {changed} by "
        "{who}."
    ),
    N_(
        "Download the file of version {current}, carry your changes over and send that one. What "
        "you sent is kept here, to be downloaded again."
    ),
)
UNKNOWN_BASE = declare(
    "server.upload-unknown-version",
    N_(
        "The file says that it was begun with version {base}, which is not here; the last version "
        "is {current}."
    ),
    N_("Download the file of version {current}, carry your changes over and send that one."),
)
FORM_IN_USE = declare(
    "server.form-in-use",
    N_('The questionnaire "{name}" cannot go: phones have it or interviews were made with it.'),
    N_("Keep the questionnaire in the study; close it on the page of questionnaires instead."),
)
NOT_WRITTEN = declare(
    "server.design-not-written",
    N_("The files could not be written: {reason}."),
    N_("Tell who looks after the server; the design of the study is as it was before."),
)
NO_ROOT = declare(
    "server.no-folder-of-studies",
    N_("This server shows single studies and has no folder in which to make another."),
    N_("Name a folder of studies in TYNDAU_STUDIES and start the server again."),
)
BAD_SLUG = declare(
    "server.bad-slug",
    N_('"{slug}" cannot stand in the addresses of pages.'),
    N_("Use small Latin letters, digits and hyphens, a letter first, such as taraz-2026."),
)
STUDY_EXISTS = declare(
    "server.study-exists",
    N_('There is a study "{slug}" already.'),
    N_("Choose another short name."),
)
NO_TITLE = declare(
    "server.no-title",
    N_("The study has no title."),
    N_("Write the title in Kazakh, in Russian, or both."),
)
STUDY_NOT_MADE = declare(
    "server.study-not-made",
    N_("The study could not be made: {reason}."),
    N_("See that the folder of studies may be written and has room; nothing was left behind."),
)
