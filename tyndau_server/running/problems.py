"""What is wrong with a machine or its settings, before people rely on it.

Out: one `Kind` a fault: errors keep the server from starting in production, warnings are printed.
Nothing is checked here; each code has a heading in ``docs/errors.md``.
"""

from tyndau.base.errors import declare
from tyndau.base.languages import N_

DEMO = declare(
    "server.demo-in-production",
    N_("TYNDAU_DEMO is set, by which anybody enters as anybody."),
    N_("Unset TYNDAU_DEMO, or leave out --production."),
)
NO_HOSTS = declare(
    "server.no-hosts",
    N_("TYNDAU_HOSTS names no host: only browsers on this machine are answered."),
    N_("Set TYNDAU_HOSTS to the name in the address of the pages, for example tyndau.example.kz."),
    "warning",
)
NO_TLS = declare(
    "server.no-tls",
    N_("TYNDAU_TLS is not set: passwords and interviews may cross the net unencrypted."),
    N_(
        "Put Caddy or nginx with a certificate before the server and set TYNDAU_TLS=1; "
        "docs/server.md shows how."
    ),
    "warning",
)
ROOT = declare(
    "server.root",
    N_("The server runs as root: a fault in it would be a fault of the whole machine."),
    N_("Run it as a user of its own; docs/server.md shows a systemd unit."),
    "warning",
)
SECRET_OPEN = declare(
    "server.secret-open",
    N_('Others of this machine may read or change "{path}" (mode {mode}).'),
    N_("Take it from them: chmod 600 {path}; if they may have read it, delete it and start again."),
)
NETWORK_DISK = declare(
    "server.network-disk",
    N_('The data folder "{path}" lies on a network drive ({kind}), where SQLite loses rows.'),
    N_("Set TYNDAU_DATA to a folder of a local disk, or DATABASE_URL to a PostgreSQL database."),
)
LITTLE_ROOM = declare(
    "server.little-room",
    N_('The disk of "{path}" has {free} MB left; a day of interviews may need {needed} MB.'),
    N_("Make room, or set TYNDAU_DATA to a folder of another disk."),
    "warning",
)
NO_STUDIES = declare(
    "server.no-studies",
    N_("TYNDAU_STUDIES names no folder: there is nothing to show."),
    N_("Set TYNDAU_STUDIES to the folders of the studies, separated by colons."),
    "warning",
)
STUDY_READ_ONLY = declare(
    "server.study-read-only",
    N_('The server may not write into "{path}", so that no results can be built there.'),
    N_("Give the folder to the user who runs the server: chown -R USER {path}."),
    "warning",
)
CLOCK = declare(
    "server.clock",
    N_("The clock of this machine cannot be right: it says {now}."),
    N_("Set the clock, best by the net: timedatectl set-ntp true."),
)
FORGETS = declare(
    "server.database-forgets",
    N_("The database may lose what was answered as kept: {setting} is {value}."),
    N_("Set it to {wanted} in postgresql.conf (or for the role) and reload PostgreSQL."),
)
ENCODING = declare(
    "server.database-encoding",
    N_("The database is encoded as {encoding}, which does not hold every Kazakh letter."),
    N_("Create it anew: createdb --encoding UTF8 --template template0 NAME."),
)
JOURNAL = declare(
    "server.database-journal",
    N_('SQLite keeps no write-ahead log beside "{path}" (it says {mode}).'),
    N_("Set TYNDAU_DATA to a folder of a local disk, where the server may make files."),
)
