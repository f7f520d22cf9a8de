"""Exporting and taking in as jobs of the queue.

In: a job. Out: a bundle among those of the study, or the study. The last `KEPT` bundles of a study
are kept, and none of before an interview was withdrawn; an uploaded bundle is removed when it was
taken in, and kept while the job may be tried again.
"""

import re
import secrets
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from tyndau.base.languages import Sayable
from tyndau_server.audit import log
from tyndau_server.bundle.export import export_bundle
from tyndau_server.bundle.take_in import take_in
from tyndau_server.jobs import queue
from tyndau_server.jobs.models import Job

KEPT = 3
EXPORT, TAKE_IN = "bundle-export", "bundle-take-in"

_KEY = re.compile(r"[0-9a-f]{24}")
_SECONDS_OF_AN_UPLOAD = 7 * 86_400.0


def bundles_of(slug: str) -> list[Path]:
    """Return the bundles of a study that are kept, the newest first.

    Parameters
    ----------
    slug : str
        The study.

    Returns
    -------
    list of Path
        Files.
    """
    folder = _folder() / slug
    found = folder.glob("[!.]*.zip") if folder.is_dir() else ()
    return sorted(found, key=lambda path: path.name, reverse=True)


def drop_bundles(slug: str) -> None:
    """Remove the bundles of a study that are kept: they hold what was withdrawn since.

    Parameters
    ----------
    slug : str
        The study.
    """
    for path in bundles_of(slug):
        path.unlink(missing_ok=True)


def keep_upload(chunks: Iterable[bytes]) -> str:
    """Keep a bundle that was uploaded until the worker takes it in.

    Parameters
    ----------
    chunks : iterable of bytes
        The file.

    Returns
    -------
    str
        Under which key.
    """
    folder = _folder() / ".uploads"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for entry in folder.iterdir():
        with suppress(OSError):  # another process sweeps, too
            if time.time() - entry.stat().st_mtime > _SECONDS_OF_AN_UPLOAD:
                entry.unlink()
    key = secrets.token_hex(12)
    try:
        with (folder / key).open("xb") as stream:
            for chunk in chunks:
                stream.write(chunk)
    except OSError:
        (folder / key).unlink(missing_ok=True)
        raise
    return key


def drop_upload(key: str) -> None:
    """Remove a bundle that was uploaded.

    Parameters
    ----------
    key : str
        As `keep_upload` gave it.
    """
    (_folder() / ".uploads" / key).unlink(missing_ok=True)


def export(job: Job, folder: Path) -> None:
    """Export the study of a job.

    Parameters
    ----------
    job : Job
        The job.
    folder : Path
        The study's folder.
    """
    place = _folder() / job.study
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = place / f"{job.study}-{timezone.now():%Y%m%d-%H%M%S}.zip"

    def tell(done: int, total: int, what: Sayable) -> None:
        queue.tell(job, done, total, what)

    export_bundle(job.study, folder, target, tell)
    log.write("study.exported", actor=job.asked_by, study=job.study, subject=target.name)
    for old in bundles_of(job.study)[KEPT:]:
        old.unlink(missing_ok=True)


def take_in_upload(job: Job, folder: Path) -> None:  # noqa: ARG001 - as jobs are called
    """Take the study of an uploaded bundle in.

    Parameters
    ----------
    job : Job
        The job; its arguments name the upload.
    folder : Path
        Not needed: the study has none yet.

    Raises
    ------
    ValueError
        If the upload is named as none is: a fault of the caller.
    """
    key = str(job.arguments["upload"])
    if not _KEY.fullmatch(key):
        raise ValueError(key)
    path = _folder() / ".uploads" / key

    def tell(done: int, total: int, what: Sayable) -> None:
        queue.tell(job, done, total, what)

    slug = take_in(path, by=job.asked_by, tell=tell)
    job.arguments = {**job.arguments, "study": slug}
    job.save(update_fields=["arguments"])
    drop_upload(key)


def _folder() -> Path:
    return Path(settings.TYNDAU_DATA) / "bundles"
