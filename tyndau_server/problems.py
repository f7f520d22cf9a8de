"""What a user can do something about when studies are served.

Out: one `Kind` a fault. Nothing is checked here; each code has a heading in ``docs/errors.md``.
"""

from tyndau.base.errors import declare
from tyndau.base.languages import N_

NOT_INSTALLED = declare(
    "server.not-installed",
    N_("The server's packages are not installed."),
    N_('Install them: pip install "tyndau[server]".'),
)
NO_STUDY = declare(
    "server.no-study",
    N_("No study is named."),
    N_("Name a study's folder: tyndau serve STUDY."),
)
PORT = declare(
    "server.port",
    N_("Port {port} cannot be used: {reason}."),
    N_("End the other program, or choose another port: tyndau serve --port {other} STUDY."),
)
SAME_NAME = declare(
    "server.same-name",
    N_('Two studies have the same name "{name}": {folders}.'),
    N_("Rename one of the folders: a study's folder is its name in the addresses of pages."),
)
DATA_FOLDER = declare(
    "server.data-folder",
    N_('The data folder "{path}" cannot be used: {reason}.'),
    N_("Set TYNDAU_DATA to a folder where you may write and that has room."),
)
DATABASE = declare(
    "server.database",
    N_("The database cannot be used: {detail}."),
    N_("See that it runs, that DATABASE_URL is right and that its disk has room."),
)
SETTING = declare(
    "server.setting",
    N_("A setting of the environment cannot be used: {detail}."),
    N_("Correct the variable; docs/server.md describes each."),
)
INVITE_WHAT = declare(
    "server.invite-what",
    N_("It is not said into what the link leads."),
    N_("Write --administrator, or --study STUDY and --role ROLE."),
)
NOT_SERVED = declare(
    "server.not-served",
    N_('The study "{got}" is not served here.'),
    N_("Name a folder that stands in TYNDAU_STUDIES."),
)
TOLD_TO_OTHERS = declare(
    "server.told-to-others",
    N_("Why it failed is told to the sociologist alone: it may name interviews or numbers."),
    N_("Ask the sociologist of the study to look at the work of the server."),
)
STOPPED = declare(
    "server.stopped",
    N_("The work stopped several times without saying why; most often memory ran out."),
    N_(
        "Ask for it again; if it stops again, tell the administrator of the server the number of "
        "the work, so that memory is made free for it."
    ),
)
FAULT = declare(
    "server.fault",
    N_("A fault of the program stopped the work number {job}."),
    N_(
        "Ask for it again; if it stops again, tell the administrator of the server the number of "
        "the work: what went wrong stands under it in the server's log."
    ),
)
