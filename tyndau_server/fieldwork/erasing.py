"""Erasing what is outside of the database of withdrawn interviews, and what only reading finds.

In: withdrawals that are not done. Out: no row of theirs in any revision of a wave, no file of
theirs in the blobs, no copy in quarantine, no bundle that holds them. It may be killed at any
moment: the next call goes on where it stood. Called by the worker alone.

Who keeps copies of a study's interviews outside of the database appends a function to `COPIES`.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from tyndau.base.languages import N_, Message
from tyndau.base.progress import Progress
from tyndau.fieldwork.openrosa import Unreadable, read_instance
from tyndau_server.audit import log
from tyndau_server.fieldwork import blobs
from tyndau_server.fieldwork.body import Body
from tyndau_server.fieldwork.models import (
    Attachment,
    Decision,
    Quarantined,
    Submission,
    Withdrawal,
)
from tyndau_server.fieldwork.parts import Parts, read_parts
from tyndau_server.fieldwork.refusals import Refused
from tyndau_server.fieldwork.tombstones import holds, is_named, lay
from tyndau_server.fieldwork.writing import writing
from tyndau_server.jobs.queue import enqueue

KIND = "erase"
# Called with the study's slug after nothing is left in its rows.
COPIES: list[Callable[[str], None]] = []

_QUARANTINE = N_("Looking through the quarantine")
_FILES = N_("Removing files")
_WAVES = N_("Erasing rows from the waves")
_STEPS = 4


def ask_for_erasures(studies: Mapping[str, Path]) -> None:
    """Ask for what was withdrawn and is not erased yet.

    Parameters
    ----------
    studies : mapping of str to Path
        The studies that this server serves.
    """
    open_ = Withdrawal.objects.filter(erased=None, study__in=list(studies))
    for slug in open_.order_by("study").values_list("study", flat=True).distinct():
        enqueue(slug, KIND)


def erase_withdrawn(slug: str, folder: Path, progress: Progress) -> bool:
    """Erase what is left of all withdrawn interviews of a study.

    Parameters
    ----------
    slug : str
        The study.
    folder : Path
        Its folder.
    progress : Progress
        Told of each step.

    Returns
    -------
    bool
        Whether any revision of a wave is another one now.

    Raises
    ------
    UserError
        If revisions cannot be read or written: the rest is done, and the next call tries again.
    """
    waiting = list(Withdrawal.objects.filter(study=slug, erased=None).order_by("pk"))
    progress(0, _STEPS, Message(_QUARANTINE))
    for withdrawal in waiting:
        _clear_quarantine(withdrawal)
    progress(1, _STEPS, Message(_FILES))
    for withdrawal in waiting:
        _remove_files(withdrawal)
    for remove in COPIES:
        remove(slug)
    _overwrite()
    progress(2, _STEPS, Message(_WAVES))
    changed = _erase_rows(slug, folder, waiting)
    now = timezone.now()
    Withdrawal.objects.filter(pk__in=[one.pk for one in waiting]).update(erased=now)
    return changed


def _erase_rows(slug: str, folder: Path, waiting: Iterable[Withdrawal]) -> bool:
    """Erase rows in waves; those of earlier withdrawals too, should a backup have brought them."""
    # Brings the pipeline with it.
    from tyndau.waves import erase, frozen_in

    for withdrawal in waiting:
        # Before anything is erased: whoever goes on after a kill finds fewer.
        held = frozen_in(folder, [withdrawal.key]) if withdrawal.key else []
        if set(held) - set(withdrawal.waves):
            withdrawal.waves = sorted({*withdrawal.waves, *held})
            withdrawal.save(update_fields=["waves"])
    keys = Withdrawal.objects.filter(study=slug).exclude(key="").values_list("key", flat=True)
    erased = erase(folder, list(keys))
    if erased:
        log.write("wave.erased", actor=None, study=slug, subject=", ".join(erased))
    return bool(erased) or any(one.waves for one in waiting)


def _clear_quarantine(withdrawal: Withdrawal) -> None:
    """Remove what lies in quarantine and speaks of an interview, readable or not."""
    rows = Submission.objects.filter(study=withdrawal.study, interview=withdrawal.interview)
    ids = {withdrawal.interview, *rows.values_list("instance_id", flat=True)}
    lying = Quarantined.objects.filter(study=withdrawal.study, size__gt=0)
    again = True
    while again:  # a correction of a correction names the one before it alone
        again = False
        for one in lying.order_by("pk"):
            found = _spoken_of(one, ids)
            if found is not None:
                again = again or not found[0] <= ids
                ids |= found[0]
                _remove_row(withdrawal, one, found[0], {one.body_sha256, *found[1]})


def _remove_row(
    withdrawal: Withdrawal, quarantined: Quarantined, ids: set[str], files: set[str]
) -> None:
    with writing():
        lay(withdrawal, ids)
        withdrawal.files = sorted({*withdrawal.files, *files})
        withdrawal.save(update_fields=["files"])
        Quarantined.objects.filter(pk=quarantined.pk).delete()


def _spoken_of(quarantined: Quarantined, ids: set[str]) -> tuple[set[str], set[str]] | None:
    """Return the numbers that a body speaks of and the digests of its files, if it is one of these.

    What cannot be read is one of these where a number stands in its bytes.
    """
    try:
        stream = blobs.open_blob(quarantined.body_sha256)
    except FileNotFoundError:
        return ({quarantined.instance_id}, set()) if quarantined.instance_id in ids else None
    with Body(stream, quarantined.size, None, quarantined.content_type) as body:
        try:
            parts = read_parts(body)
        except Refused:
            named = quarantined.instance_id in ids or holds(body, ids)
            return (set(), set()) if named else None
        spoken = _numbers(parts)
        if not (spoken | {quarantined.instance_id}) & ids and not holds(body, ids):
            return None
        return spoken, {file.sha256 for file in parts.files.values()}


def _numbers(parts: Parts) -> set[str]:
    try:
        instance = read_instance(parts.xml)
    except Unreadable:
        return set()
    return {instance.instance_id}


def _remove_files(withdrawal: Withdrawal) -> None:
    for digest in withdrawal.files:
        blobs.erase(digest, is_named)
    withdrawal.files = []
    withdrawal.save(update_fields=["files"])


def _overwrite() -> None:
    """See to it that the database holds no bytes of deleted rows either."""
    if transaction.get_connection().in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            for model in (Submission, Attachment, Decision, Quarantined):
                cursor.execute(f"VACUUM {connection.ops.quote_name(model._meta.db_table)}")
