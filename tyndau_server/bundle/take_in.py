"""Taking a study in from a bundle: verified first, then whole or not at all.

In: a file, who asks. Out: a folder among the studies and rows of the database. The folder is built
hidden beside its place; the rows and the entry of the log are one transaction; then the folder gets
its name. Of a process that died in between, the next one finds by the log whether the rows are
there, and puts the folder in its place or away (`finish`).
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, models, transaction

from tyndau.base import folders
from tyndau.base.errors import refusal
from tyndau.base.languages import N_, Message
from tyndau_server.audit import log
from tyndau_server.audit.models import Entry
from tyndau_server.bundle import problems
from tyndau_server.bundle.export import AUDIT, BLOBS, FOLDER, ROWS, Tell, untold
from tyndau_server.bundle.reading import Bundle, is_slug, open_bundle, verify
from tyndau_server.bundle.tables import PERSONS, TABLES, Line, Table, check_digests, row_of
from tyndau_server.fieldwork import blobs
from tyndau_server.people.models import Person
from tyndau_server.studies.problems import BAD_SLUG, NO_ROOT, STUDY_EXISTS
from tyndau_server.studies.served import root, served

ACTION = "study.taken-in"
LOG = "log"

_BUILDING = ".taking-in-"
_DIGEST = "bundle"
_PLACE = "taking-in"
_BATCH = 500
_KEEP_FREE = 200 * 2**20
_VERIFYING = N_("Verifying")
_FILES = N_("Files of the study")
_ROWS = N_("Interviews")
_NAMES_OF_A_PERSON = frozenset({"email", "name", "language"})


def take_in(path: Path, *, by: Person | None, tell: Tell = untold) -> str:
    """Take a study in.

    Parameters
    ----------
    path : Path
        The bundle.
    by : Person or None
        Who asks; None for the command line.
    tell : callable, optional
        Told how far it is.

    Returns
    -------
    str
        The study's slug.

    Raises
    ------
    UserError
        If the bundle is not whole or not safe, or the study is here already; then nothing was
        changed.
    """
    place = root()
    if place is None:
        raise NO_ROOT.error()
    with folders.one_at_a_time(Path(settings.TYNDAU_DATA) / _PLACE):
        _finish(place)
        try:
            room = max(0, shutil.disk_usage(place).free - _KEEP_FREE)
            bundle = open_bundle(path, room=room)
        except OSError as error:
            raise problems.CANNOT_WRITE.error(reason=refusal(error)) from error
        with bundle.archive:
            _require_free(bundle.slug)
            tell(0, 3, Message(_VERIFYING))
            verify(bundle)
            _take(bundle, place, by, tell)
        return bundle.slug


def finish() -> None:
    """Put in place or away what a process that died had begun to take in."""
    place = root()
    if place is not None:
        with folders.one_at_a_time(Path(settings.TYNDAU_DATA) / _PLACE):
            _finish(place)


def _finish(place: Path) -> None:
    for begun in place.glob(f"{_BUILDING}*"):
        slug = begun.name.removeprefix(_BUILDING)
        digest = _read(begun / _DIGEST)
        entries = Entry.objects.filter(action=ACTION, study=slug)
        taken = any(entry.details.get("bundle") == digest for entry in entries)
        if taken and not (place / slug).exists():
            (begun / FOLDER).rename(place / slug)
        shutil.rmtree(begun, ignore_errors=True)


def _require_free(slug: str) -> None:
    if not is_slug(slug):
        raise BAD_SLUG.error(slug=slug)
    if slug in served():
        raise STUDY_EXISTS.error(slug=slug)
    if any(table.of_study(slug).exists() for table in TABLES):
        raise problems.ROWS_EXIST.error(slug=slug)


def _take(bundle: Bundle, place: Path, by: Person | None, tell: Tell) -> None:
    building = place / f"{_BUILDING}{bundle.slug}"
    try:
        tell(1, 3, Message(_FILES))
        _build(bundle, building)
        for name in bundle.names(BLOBS):
            with bundle.open(name) as stream, blobs.passing() as passing:
                shutil.copyfileobj(stream, passing)  # blobs are read twice
                blobs.keep(passing)
        tell(2, 3, Message(_ROWS))
        with transaction.atomic():
            counts = _insert(bundle)
            details = {"bundle": bundle.digest, "rows": counts}
            log.write(ACTION, actor=by, study=bundle.slug, details=details)
        (building / FOLDER).rename(place / bundle.slug)
        folders.flush_folder(place)
        shutil.rmtree(building, ignore_errors=True)
        tell(3, 3, "")
    except (OSError, DatabaseError) as error:
        _finish(place)
        reason = refusal(error) if isinstance(error, OSError) else str(error)
        raise problems.CANNOT_WRITE.error(reason=reason) from error
    except BaseException:
        _finish(place)
        raise


def _build(bundle: Bundle, building: Path) -> None:
    """Write the files of the study, and its log on the server from which it comes."""
    building.mkdir(mode=0o700)
    folder = building / FOLDER
    folder.mkdir()
    for name in bundle.names(FOLDER):
        target = building / name
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy(bundle, name, target)
    # The chain of this server cannot hold entries of another; they stay as a file to be read.
    record = folder / LOG
    record.mkdir(exist_ok=True)
    number = 1 + sum(1 for _ in record.glob("decisions-*.jsonl"))
    name = f"{ROWS}/{AUDIT}.jsonl"
    target = record / f"decisions-{number}.jsonl"
    _copy(bundle, name, target)
    target.chmod(0o444)
    (building / _DIGEST).write_text(bundle.digest, "ascii")
    for inside in (*(path for path in building.rglob("*") if path.is_dir()), building):
        folders.flush_folder(inside)


def _copy(bundle: Bundle, name: str, target: Path) -> None:
    """Write a part as a file, onto the disk before the rows that belong to it."""
    with bundle.open(name) as stream, target.open("xb") as written:
        shutil.copyfileobj(stream, written)
        written.flush()
        os.fsync(written.fileno())


def _insert(bundle: Bundle) -> dict[str, int]:
    """Write the rows; return how many of each table."""
    with closing(bundle.lines(PERSONS)) as lines:
        keys: dict[str, list[int]] = {PERSONS: [_person(line) for line in lines]}
    kept = frozenset(name.rpartition("/")[2] for name in bundle.names(BLOBS))
    for table in TABLES:
        keys[table.name] = []
        if f"{ROWS}/{table.name}.jsonl" not in bundle.parts:
            continue  # written before there was such a table
        with closing(bundle.lines(table.name)) as lines:
            while batch := list(islice(lines, _BATCH)):
                rows = list(_rows(table, batch, bundle.slug, keys, kept))
                keys[table.name] += _insert_rows(table, rows)
    return {name: len(found) for name, found in keys.items()}


def _rows(
    table: Table, lines: list[Line], slug: str, keys: dict[str, list[int]], kept: frozenset[str]
) -> Iterator[models.Model]:
    for line in lines:
        try:
            row = row_of(table, line, slug, keys)
            check_digests(table, row, kept)
            yield row
        except (ValueError, LookupError, TypeError) as error:
            raise problems.DAMAGED.error(name=f"{ROWS}/{table.name}.jsonl") from error


def _insert_rows(table: Table, rows: list[Any]) -> list[int]:
    """Insert rows with the moments that they have, which Django would set to now."""
    now = [one for one in table.fields if getattr(one, "auto_now_add", False)]
    moments = [{one.attname: getattr(row, one.attname) for one in now} for row in rows]
    made = table.model._default_manager.bulk_create(rows)
    for row, values in zip(made, moments, strict=True):
        for name, value in values.items():
            setattr(row, name, value)
    if now:
        names = [one.name for one in now]
        table.model._default_manager.bulk_update(made, names, batch_size=_BATCH)
    return [row.pk for row in made]


def _person(line: Line) -> int:
    """Return the person of this e-mail; one who is not here yet is made, without a password."""
    if not line.keys() >= _NAMES_OF_A_PERSON:
        raise problems.DAMAGED.error(name=f"{ROWS}/{PERSONS}.jsonl")
    email = str(line["email"]).strip().lower() if line["email"] else None
    found = Person.objects.filter(email=email).first() if email else None
    if found is None:
        name, language = str(line["name"])[:200], str(line["language"])[:2]
        found = Person(email=email, name=name, language=language)
        found.set_unusable_password()
        found.save()
    return found.pk


def _read(path: Path) -> str:
    try:
        return path.read_text("ascii")
    except (OSError, ValueError):
        return ""
