"""Which rows of the database belong to a study, and how a row stands in a bundle.

In: rows, or lines of a bundle. Out: the other of the two. Rows are numbered from 1 in their order,
table by table, and refer to each other by these numbers; persons are known by their e-mail. What is
left out is named: secrets, and what makes sense on one server alone.
"""

import base64
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from tyndau_server.control.models import Alert, Assignment, Contact, Cut, Question, Share
from tyndau_server.fieldwork.models import (
    Attachment,
    Decision,
    Instrument,
    Link,
    Media,
    Quarantined,
    Submission,
    Tombstone,
    Withdrawal,
)
from tyndau_server.paper.models import Entry, Settled, Sheet
from tyndau_server.people.models import Membership, Person

PERSONS = "persons"
Line = dict[str, Any]
# By table, the number in the bundle by the number in the database.
Numbers = dict[str, dict[int, int]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a bundle.

    Attributes
    ----------
    name : str
        ``rows/NAME.jsonl``.
    model : type of Model
        What its rows are.
    of_study : callable
        The rows of a study.
    refers : dict of str to str
        By field, the table in which the number of the other row is looked up.
    without : frozenset of str
        Fields that no bundle holds.
    blobs : tuple of str
        Fields that name bytes that are kept apart.
    since : int
        The first format of bundles that holds it.
    """

    name: str
    model: type[models.Model]
    of_study: Callable[[str], QuerySet[Any]]
    refers: Mapping[str, str] = field(default_factory=dict)
    without: frozenset[str] = frozenset({"id"})
    blobs: tuple[str, ...] = ()
    since: int = 1

    @property
    def fields(self) -> list["models.Field[Any, Any]"]:
        """The fields that stand in a bundle."""
        every = self.model._meta.concrete_fields
        return [one for one in every if one.name not in self.without]


_ID = frozenset({"id"})
# A token is a secret of its server; which phone it was is told by the device.
_NO_TOKEN = frozenset({"id", "token"})

TABLES: tuple[Table, ...] = (
    Table(
        "memberships", Membership, lambda slug: Membership.objects.filter(study=slug),
        {"person": PERSONS},
    ),
    Table(
        "instruments", Instrument, lambda slug: Instrument.objects.filter(study=slug),
        {"made_by": PERSONS, "agreed_by": PERSONS},
    ),
    Table(
        "media", Media, lambda slug: Media.objects.filter(instrument__study=slug),
        {"instrument": "instruments"}, blobs=("sha256",),
    ),
    Table("links", Link, lambda slug: Link.objects.filter(study=slug), {"made_by": PERSONS}),
    Table(
        "submissions", Submission, lambda slug: Submission.objects.filter(study=slug),
        {"instrument": "instruments", "membership": "memberships"}, _NO_TOKEN,
    ),
    Table(
        "attachments", Attachment, lambda slug: Attachment.objects.filter(submission__study=slug),
        {"submission": "submissions"}, blobs=("sha256",),
    ),
    Table(
        "quarantined", Quarantined, lambda slug: Quarantined.objects.filter(study=slug),
        {"membership": "memberships", "settled_by": PERSONS}, _NO_TOKEN, ("body_sha256",),
    ),
    Table(
        "decisions", Decision, lambda slug: Decision.objects.filter(submission__study=slug),
        {"submission": "submissions", "person": PERSONS},
    ),
    Table(
        "sheets", Sheet, lambda slug: Sheet.objects.filter(study=slug),
        {
            "instrument": "instruments", "membership": "memberships",
            "submission": "submissions", "sent_by": PERSONS,
        },
    ),
    Table(
        "entries", Entry, lambda slug: Entry.objects.filter(sheet__study=slug),
        {"sheet": "sheets", "person": PERSONS},
    ),
    Table(
        "settled", Settled, lambda slug: Settled.objects.filter(sheet__study=slug),
        {"sheet": "sheets", "person": PERSONS},
    ),
    Table(
        "assignments", Assignment, lambda slug: Assignment.objects.filter(study=slug),
        {
            "membership": "memberships", "takes_over": "memberships",
            "made_by": PERSONS, "ended_by": PERSONS,
        }, since=2,
    ),
    Table(
        "shares", Share, lambda slug: Share.objects.filter(study=slug),
        {"membership": "memberships"}, since=2,
    ),
    Table(
        "contacts", Contact, lambda slug: Contact.objects.filter(study=slug),
        {"membership": "memberships"}, _NO_TOKEN, since=2,
    ),
    Table(
        "questions", Question, lambda slug: Question.objects.filter(study=slug),
        {"membership": "memberships", "answered_by": PERSONS}, since=2,
    ),
    Table(
        "alerts", Alert, lambda slug: Alert.objects.filter(study=slug),
        {"membership": "memberships", "settled_by": PERSONS}, since=2,
    ),
    Table(
        "cuts", Cut, lambda slug: Cut.objects.filter(study=slug),
        {"membership": "memberships", "made_by": PERSONS, "revoked_by": PERSONS},
        since=2,
    ),
    Table(
        "withdrawals", Withdrawal, lambda slug: Withdrawal.objects.filter(study=slug),
        {"membership": "memberships", "by": PERSONS}, since=2,
    ),
    Table(
        "tombstones", Tombstone, lambda slug: Tombstone.objects.filter(study=slug),
        {"withdrawal": "withdrawals"}, since=2,
    ),
)  # fmt: skip


def persons_of(slug: str) -> QuerySet[Person]:
    """Return the persons whom rows of a study name.

    Parameters
    ----------
    slug : str
        The study.

    Returns
    -------
    QuerySet of Person
        In the order in which they came to the server.
    """
    named = Q()
    for table in TABLES:
        for name, other in table.refers.items():
            if other == PERSONS:
                named |= Q(pk__in=table.of_study(slug).values(name))
    return Person.objects.filter(named).order_by("pk")


def person_line(person: Person) -> Line:
    """Return what a bundle tells of a person: no password, no second factor, no right on a server.

    Parameters
    ----------
    person : Person
        The person.

    Returns
    -------
    dict
        E-mail, name, language.
    """
    return {"email": person.email, "name": person.name, "language": person.language}


def lines_of(table: Table, slug: str, numbers: Numbers) -> Iterator[Line]:
    """Go through the rows of a table, numbering them.

    Parameters
    ----------
    table : Table
        The table.
    slug : str
        The study.
    numbers : dict
        Numbers of the tables before; those of this one are added.

    Yields
    ------
    dict
        One row. A row that refers to another which came after its table was read is left out: it
        belongs to a later state of the study.
    """
    own = numbers.setdefault(table.name, {})
    for row in table.of_study(slug).order_by("pk").iterator(chunk_size=500):
        line = _line(table, row, numbers)
        if line is not None:
            own[row.pk] = len(own) + 1
            yield line


def _line(table: Table, row: models.Model, numbers: Numbers) -> Line | None:
    line: Line = {}
    for one in table.fields:
        if one.name in table.refers:
            key = getattr(row, one.attname)
            number = numbers[table.refers[one.name]].get(key) if key is not None else None
            if key is not None and number is None:
                return None
            line[one.name] = number
        elif one.name != "study":
            line[one.name] = _told(getattr(row, one.attname))
    return line


def _told(value: Any) -> Any:
    if isinstance(value, date | time):  # a datetime is a date
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes | memoryview | bytearray):
        return base64.b64encode(bytes(value)).decode("ascii")
    return value


def row_of(table: Table, line: Line, slug: str, keys: Mapping[str, list[int]]) -> models.Model:
    """Make a row of a line.

    Parameters
    ----------
    table : Table
        The table.
    line : dict
        The line.
    slug : str
        The study.
    keys : dict of str to list of int
        By table, the keys in this database in the order of the bundle.

    Returns
    -------
    Model
        The row, not saved.

    Raises
    ------
    ValueError, LookupError, TypeError
        If the line is not one of the table.
    """
    values: dict[str, Any] = {}
    for one in table.fields:
        if one.name in table.refers:
            number = line[one.name]
            values[one.attname] = None if number is None else _key(keys, table, one.name, number)
        elif one.name == "study":
            values["study"] = slug
        elif one.null:  # a bundle from before the field was
            values[one.name] = _read(one, line.get(one.name))
        else:
            values[one.name] = _read(one, line[one.name])
    return table.model(**values)


def _read(one: "models.Field[Any, Any]", told: Any) -> Any:
    if told is None:
        return None
    if isinstance(one, models.BinaryField):
        return base64.b64decode(told, validate=True)
    if isinstance(one, models.DateTimeField):
        return datetime.fromisoformat(told)
    if isinstance(one, models.DateField):
        return date.fromisoformat(told)
    if isinstance(one, models.TimeField):
        return time.fromisoformat(told)
    if isinstance(one, models.DecimalField):
        return _decimal(told)
    return told


def _decimal(told: str) -> Decimal:
    try:
        return Decimal(told)
    except InvalidOperation as error:
        raise ValueError(told) from error


def check_digests(table: Table, row: models.Model, kept: Container[str]) -> None:
    """See that a row's bytes are those that it was known by, and that none of its files is lacking.

    Parameters
    ----------
    table : Table
        The table.
    row : Model
        A row of it.
    kept : container of str
        SHA-256 of the files that the bundle holds.

    Raises
    ------
    ValueError
        If a digest is another one, or names a file that did not come.
    """
    for name in ("xml", "xform"):
        content = getattr(row, name, None)
        if content is not None and sha256(content).hexdigest() != row.sha256:  # type: ignore[attr-defined]
            raise ValueError(name)
    for name in table.blobs:
        if getattr(row, name) not in kept:
            raise ValueError(name)


def _key(keys: Mapping[str, list[int]], table: Table, name: str, number: int) -> int:
    if number < 1:
        raise LookupError(number)
    return keys[table.refers[name]][number - 1]
