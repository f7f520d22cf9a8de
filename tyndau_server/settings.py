"""Settings of Django; what differs between machines comes from the environment.

In: variables of the environment, each described in ``docs/server.md`` and read strictly: a value
that cannot be meant stops the start. Out: settings. Nothing secret stands here and nothing is
written here; the secret key lies in the data folder, where `tyndau_server.serve` puts it.
"""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key


def _folders(name: str) -> tuple[Path, ...]:
    """Read folders that exist, separated as in PATH."""
    folders = tuple(
        Path(part).resolve() for part in os.environ.get(name, "").split(os.pathsep) if part
    )
    for folder in folders:
        if not folder.is_dir():
            raise ImproperlyConfigured(f"{name}: there is no folder {folder}")
    return folders


def _folder(name: str, default: Path) -> Path:
    """Read one folder, which may not exist yet."""
    folder = Path(os.environ.get(name) or default).expanduser().resolve()
    if folder.exists() and not folder.is_dir():
        raise ImproperlyConfigured(f"{name}: {folder} is no folder")
    return folder


def _flag(name: str) -> bool:
    """Read whether something is wanted."""
    said = os.environ.get(name, "")
    if said not in ("", "0", "1"):
        raise ImproperlyConfigured(f"{name}: 1 or 0")
    return said == "1"


def _names(name: str) -> list[str]:
    """Read host names, separated by commas."""
    names = [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]
    if any("/" in part or "*" in part for part in names):
        raise ImproperlyConfigured(f"{name}: names of hosts only, no addresses of pages, no *")
    return names


def _database(data: Path) -> dict[str, Any]:
    """Read where the database is: SQLite in the data folder, or PostgreSQL by its address."""
    address = os.environ.get("DATABASE_URL", "")
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": data / "tyndau.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # What was answered 201 is on the disk: the log is flushed at every commit. It is
                # brought into the database every 16 MiB, since that holds all writers up.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                " PRAGMA wal_autocheckpoint=4000; PRAGMA journal_size_limit=67108864;",
            },
            "CONN_MAX_AGE": None,
        }
    if not address.startswith(("postgres://", "postgresql://")):
        raise ImproperlyConfigured("DATABASE_URL: postgresql://USER:PASSWORD@HOST:PORT/NAME")
    # A connection a thread, kept: a phone that sends slowly then keeps none from another request,
    # as it would in a pool of fewer.
    found = dj_database_url.parse(address, conn_max_age=None, conn_health_checks=True)
    return {
        **found,
        "ENGINE": "django.db.backends.postgresql",
        "OPTIONS": {
            "connect_timeout": 5,
            # Statements are parsed and planned once a connection: a fifth less of processor each.
            "server_side_binding": True,
            "prepare_threshold": 3,
            **found.get("OPTIONS", {}),
        },
    }


# Set by `tyndau serve`: either one machine, one person and made-up accounts, or --production.
TYNDAU_DEMO = _flag("TYNDAU_DEMO")
TYNDAU_PRODUCTION = _flag("TYNDAU_PRODUCTION")
# Whether a web server in front takes https and says so; a browser could say so too, hence asked.
TYNDAU_TLS = _flag("TYNDAU_TLS") and not TYNDAU_DEMO
TYNDAU_STUDIES = _folders("TYNDAU_STUDIES")
TYNDAU_DATA = _folder(
    "TYNDAU_DATA",
    Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "tyndau",
)
SECRET = TYNDAU_DATA / "secret.key"
SECRET_KEY = SECRET.read_text("ascii") if SECRET.is_file() else get_random_secret_key()

DEBUG = False
TYNDAU_HOSTS = _names("TYNDAU_HOSTS")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *TYNDAU_HOSTS]
ROOT_URLCONF = "tyndau_server.urls"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_htmx",
    "tyndau_server.look",
    "tyndau_server.audit",
    "tyndau_server.people",
    "tyndau_server.jobs",
    "tyndau_server.studies",
    "tyndau_server.analysis",
    "tyndau_server.fieldwork",
    "tyndau_server.control",
    "tyndau_server.form",
    "tyndau_server.paper",
    "tyndau_server.team",
    "tyndau_server.home",
    "tyndau_server.bundle",
    "tyndau_server.running",
]
MIDDLEWARE = [
    "tyndau_server.running.requests.Requests",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Before anything reads a body: nobody fills the disk who may not come in. Whoever is signed in
    # is known by the time that these two are asked, which is when the route is.
    "tyndau_server.people.gate.Gate",
    "tyndau_server.look.body.BodyLimit",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tyndau_server.look.answers.Answers",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["tyndau_server.home.chrome.chrome"]},
    }
]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

DATABASES = {"default": _database(TYNDAU_DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
PASSWORD_HASHERS = ["tyndau_server.people.passwords.Argon2"]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
# How long a session lasts at most; tyndau_server.people.session ends it earlier when it is idle.
SESSION_COOKIE_AGE = 12 * 60 * 60
# A link in a messenger opens the page as the one who is signed in, so that this is not Strict.
SESSION_COOKIE_SAMESITE = "Lax"
OTP_TOTP_ISSUER = "Tyndau"

# Ten wrong passwords for one address of e-mail, or from one place, close that way for a while.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_USERNAME_FORM_FIELD = "username"  # as `authenticate` is called, whatever the form's field is
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
AXES_LOCKOUT_CALLABLE = "tyndau_server.people.views.door.closed_for_a_while"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False

# The language is a part of the address and an argument of every view; Django translates nothing.
USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"

# In production names of files change with their contents, so that browsers keep them for good;
# `tyndau serve --production` puts them there.
STATIC_URL = "/static/"
STATIC_ROOT = TYNDAU_DATA / "static" if TYNDAU_PRODUCTION else None
WHITENOISE_USE_FINDERS = not TYNDAU_PRODUCTION
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if TYNDAU_PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# Of forms; what phones and workbooks may hold is limited where they are read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 200
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_PERMISSIONS = 0o600

_NOTHING, _OURS = ["'none'"], ["'self'"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": _NOTHING,
        "script-src": _OURS,
        "style-src": _OURS,
        "img-src": _OURS,
        "media-src": _OURS,
        "font-src": _OURS,
        "connect-src": _OURS,
        "form-action": _OURS,
        "base-uri": _NOTHING,
        "frame-ancestors": _NOTHING,
    }
}
if TYNDAU_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = ["^health"]  # asked from this machine
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in TYNDAU_HOSTS]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "tyndau_server.look.views.refused.forgery"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "lines": {"()": "tyndau_server.running.logs.Lines"},
        "json": {"()": "tyndau_server.running.logs.Json"},
    },
    "handlers": {
        "terminal": {
            "class": "logging.StreamHandler",
            "formatter": "json" if TYNDAU_PRODUCTION else "lines",
        }
    },
    "root": {"handlers": ["terminal"], "level": "WARNING"},
    "loggers": {
        # A page that is not there is the visitor's affair; a fault is ours.
        "django": {"handlers": ["terminal"], "level": "ERROR", "propagate": False},
        "tyndau.requests": {"level": "INFO" if TYNDAU_PRODUCTION else "ERROR"},
    },
}
