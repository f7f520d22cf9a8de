"""The log of decisions: a chain in which tampering shows, on SQLite and on PostgreSQL."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from tyndau_server.audit import guard, log
from tyndau_server.audit.log import Fault
from tyndau_server.audit.models import Entry, Head
from tyndau_server.people.models import Role

from .conftest import REAL, NewPerson

WRITERS, EACH = 4, 25


@pytest.fixture
def unguarded() -> Iterator[None]:
    """Let the log be tampered with, as whoever owns the database could."""
    guard.take_down(connection)
    yield
    guard.put_up(connection)


def _write(count: int) -> None:
    for number in range(1, count + 1):
        log.write("test.done", actor=None, study=REAL, subject=f"тұлға {number}")


def _make_anew(entry: Entry) -> None:
    """Give an entry the digest of what it says now, as somebody would who knows how."""
    Entry.objects.filter(pk=entry.pk).update(digest=log.digest_of(entry))


def test_it_works(person: NewPerson) -> None:
    who = person(Role.SOCIOLOGIST, REAL)
    details = {"reason": "қайта", "count": 10**12, "sure": True, "both": ["a", {"b": None}]}
    with transaction.atomic():
        log.write("test.done", actor=who, study=REAL, subject="i07", details=details)
    log.write("test.done", actor=None)
    first, second = Entry.objects.order_by("number")
    assert (first.actor, first.actor_name, first.study) == (who.pk, who.name, REAL)
    assert first.details == details
    assert (second.actor, second.actor_name, second.previous) == (None, "tyndau", first.digest)
    assert log.verify() == log.Verdict(2, second.digest)


def test_an_empty_log_is_whole() -> None:
    assert log.verify() == log.Verdict(0, "")


def test_whatever_is_handed_over_is_read_back_as_it_was_hashed() -> None:
    log.write(
        "test.done", actor=None, study="s" * 300, subject="x\0\ud800" + "ұ" * 400,
        details={"at": datetime(2026, 11, 28, tzinfo=UTC), "share": 1e5, "set": {"b", "a"}, 1: 2},
    )  # fmt: skip
    assert log.verify().faults == ()
    (entry,) = Entry.objects.all()
    assert entry.details["set"] == ["a", "b"]
    assert len(entry.subject) == 255


def test_a_decision_that_is_undone_leaves_no_gap() -> None:
    _write(1)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        log.write("test.done", actor=None)
        raise ZeroDivisionError
    _write(1)
    assert log.verify() == log.Verdict(2, Entry.objects.get(number=2).digest)


@pytest.mark.parametrize(
    ("tamper", "found"),
    [
        (lambda: Entry.objects.filter(pk=3).update(subject="other"), [Fault("changed", 3)]),
        (lambda: Entry.objects.filter(pk=3).update(actor=7), [Fault("changed", 3)]),
        (
            lambda: Entry.objects.filter(pk=3).update(moment=datetime(2026, 1, 1, tzinfo=UTC)),
            [Fault("changed", 3)],
        ),
        (lambda: Entry.objects.filter(pk=3).update(digest="0" * 64), [Fault("changed", 3)]),
        (lambda: Entry.objects.filter(pk__in=[3, 4]).delete(), [Fault("removed", 3, 4)]),
        (lambda: Entry.objects.filter(pk=1).delete(), [Fault("removed", 1, 1)]),
        (lambda: Entry.objects.filter(pk=6).delete(), [Fault("removed", 6, 6)]),
        (lambda: Entry.objects.all().delete(), [Fault("removed", 1, 6)]),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("unguarded")
def test_what_was_changed_or_removed_is_named(
    tamper: Callable[[], object], found: list[Fault]
) -> None:
    _write(6)
    tamper()
    assert list(log.verify().faults) == found


@pytest.mark.parametrize("number", [1, 3, 6])
@pytest.mark.usefixtures("unguarded")
def test_an_entry_changed_together_with_its_digest_is_named(number: int) -> None:
    _write(6)
    entry = Entry.objects.get(pk=number)
    entry.subject = "other"
    entry.save()
    _make_anew(entry)
    assert log.verify().faults == (Fault("changed", number),)


@pytest.mark.usefixtures("unguarded")
def test_entries_that_changed_places_are_named() -> None:
    _write(6)
    third, fourth = Entry.objects.filter(pk__in=[3, 4]).order_by("pk")
    Entry.objects.filter(pk__in=[3, 4]).delete()
    third.number, fourth.number = 4, 3
    third.save(force_insert=True)
    fourth.save(force_insert=True)
    assert log.verify().faults == (Fault("moved", 3, 4), Fault("moved", 4, 3))


@pytest.mark.usefixtures("unguarded")
def test_an_entry_put_between_others_is_named() -> None:
    _write(4)
    later = list(Entry.objects.filter(pk__gte=3).order_by("pk"))
    Entry.objects.filter(pk__gte=3).delete()
    put = Entry.objects.get(pk=2)
    put.number, put.previous, put.subject = 3, put.digest, "put between"
    put.digest = log.digest_of(put)
    put.save(force_insert=True)
    for entry in later:
        entry.number += 1
        entry.save(force_insert=True)
    Head.objects.update(number=5)
    assert log.verify().faults == (
        Fault("inserted", 3), Fault("moved", 4, 3), Fault("moved", 5, 4),
    )  # fmt: skip


def test_an_entry_put_at_the_end_is_named() -> None:
    _write(2)
    put = Entry.objects.get(pk=2)
    put.number, put.previous = 3, put.digest
    put.digest = log.digest_of(put)
    put.save(force_insert=True)
    assert log.verify().faults == (Fault("inserted", 3),)


@pytest.mark.usefixtures("unguarded")
def test_a_log_made_anew_as_a_whole_is_told_by_what_was_written_down() -> None:
    _write(3)
    noted = (2, Entry.objects.get(pk=2).digest)
    _write(1)
    assert log.verify(noted).faults == ()
    Entry.objects.all().delete()
    Head.objects.all().delete()
    _write(4)
    assert log.verify().faults == ()
    assert log.verify(noted).faults == (Fault("noted", 2),)


@pytest.mark.usefixtures("unguarded")
def test_not_more_faults_are_told_than_one_reads() -> None:
    _write(50)
    Entry.objects.update(subject="other")
    assert len(log.verify().faults) == log.MOST_FAULTS


@pytest.mark.parametrize(
    "tamper",
    [
        lambda: Entry.objects.filter(pk=1).update(subject="other"),
        lambda: Entry.objects.filter(pk=1).delete(),
    ],
)
def test_the_database_refuses(tamper: Callable[[], object]) -> None:
    _write(1)
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        tamper()
    assert log.verify().count == 1
    assert log.verify().faults == ()


def test_the_database_refuses_to_empty_the_log() -> None:
    _write(1)
    with (
        pytest.raises(DatabaseError, match="never changed or deleted"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        # SQLite has no TRUNCATE.
        verb = "TRUNCATE" if connection.vendor == "postgresql" else "DELETE FROM"
        cursor.execute(f"{verb} audit_entry")


def test_many_write_at_once_without_gap_or_fork() -> None:
    program = (
        "import django; django.setup()\n"
        "from django.db import transaction\n"
        "from tyndau_server.audit import log\n"
        f"for number in range({EACH}):\n"
        "    with transaction.atomic():\n"
        "        log.write('test.done', actor=None, subject=str(number))\n"
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", program], env=dict(os.environ))
        for _ in range(WRITERS)
    ]
    assert [writer.wait(120) for writer in writers] == [0] * WRITERS
    verdict = log.verify()
    assert (verdict.count, verdict.faults) == (WRITERS * EACH, ())
