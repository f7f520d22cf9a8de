"""Writing into the log of decisions, and finding out whether it was tampered with.

In: decisions. Out: entries, each with SHA-256 over all its fields and the digest of the one before,
so that nothing can be changed, removed, inserted or re-ordered unseen. Who can write the database
can make the whole chain anew: count and head, written down elsewhere, show that too. Never hand a
secret or an answer of a respondent over to this room.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from hashlib import sha256
from typing import Any, Literal

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from tyndau_server.audit.models import Entry, Head

# Who is named where no person decided.
SERVER = "tyndau"
MOST_FAULTS = 20
_ONLY = 1
_FIELDS = ("number", "actor", "actor_name", "study", "action", "subject", "details", "previous")

Wrong = Literal["changed", "removed", "inserted", "moved", "noted"]


def write(
    action: str,
    *,
    actor: AbstractBaseUser | None,
    study: str = "",
    subject: str = "",
    details: Mapping[str, object] | None = None,
) -> Entry:
    """Write a decision, inside the transaction of the decision itself.

    Parameters
    ----------
    action : str
        What was done, a key of `tyndau_server.audit.actions.ACTIONS`.
    actor : Person or None
        Who decided; None for the server itself.
    study : str, default ""
        The study's slug; empty for what concerns the server.
    subject : str, default ""
        To what or whom, such as an instance's id; what is over 255 characters is cut.
    details : mapping, optional
        Texts, whole numbers, truths, lists and mappings of them; anything else is kept as its text.

    Returns
    -------
    Entry
        The entry.

    Notes
    -----
    The end of the chain is held from here to the end of the caller's transaction: write last.
    """
    with transaction.atomic():
        head = _hold()
        entry = Entry(
            number=head.number + 1,
            moment=timezone.now(),
            actor=actor.pk if actor else None,
            actor_name=_plain(str(actor) if actor else SERVER)[:200],
            study=_plain(study)[:255],
            action=action,
            subject=_plain(subject)[:255],
            details=_plain(details or {}),
            previous=head.digest,
        )
        entry.digest = digest_of(entry)
        entry.save(force_insert=True)
        Head.objects.filter(pk=_ONLY).update(number=entry.number, digest=entry.digest)
        return entry


def _hold() -> Head:
    """Return the end of the chain, held until the transaction ends."""
    held = Head.objects.select_for_update()
    head = held.filter(pk=_ONLY).first()
    if head is None:
        last = Entry.objects.order_by("number").last()
        end = {"number": last.number, "digest": last.digest} if last else {}
        Head.objects.get_or_create(pk=_ONLY, defaults=end)
        head = held.get(pk=_ONLY)
    return head


def _plain(value: Any) -> Any:
    """Return a value as both databases give it back unchanged."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping):
        return {_plain(str(key)): _plain(one) for key, one in value.items()}
    if isinstance(value, Sequence | set | frozenset) and not isinstance(value, str | bytes):
        return [_plain(one) for one in (sorted(value) if isinstance(value, set) else value)]
    # PostgreSQL keeps neither NUL nor half a pair of surrogates.
    return str(value).replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def digest_of(entry: Entry, number: int | None = None) -> str:
    """Compute the digest of an entry: SHA-256 over canonical JSON of its fields.

    Parameters
    ----------
    entry : Entry
        The entry.
    number : int, optional
        Its place, where not the one that it says.

    Returns
    -------
    str
        In hexadecimal.
    """
    fields: dict[str, Any] = {name: getattr(entry, name) for name in _FIELDS}
    fields["number"] = number or entry.number
    fields["moment"] = entry.moment.astimezone(UTC).isoformat(timespec="microseconds")
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("ascii")).hexdigest()


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where the chain is broken.

    Attributes
    ----------
    wrong : {"changed", "removed", "inserted", "moved", "noted"}
        ``changed``, the entry is not as it was written; ``removed``, entries from `number` to
        `other` are gone; ``inserted``, the entry was not there; ``moved``, it stood at `other`;
        ``noted``, it is not the one that was written down elsewhere.
    number, other : int, int
        Places in the chain; `other` is 0 where there is no second.
    """

    wrong: Wrong
    number: int
    other: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the verification found.

    Attributes
    ----------
    count, head : int, str
        Number of entries and digest of the last one.
    faults : tuple of Fault
        The first of them, at most `MOST_FAULTS`; none if the log is whole.
    """

    count: int
    head: str
    faults: tuple[Fault, ...] = field(default=())


def verify(noted: tuple[int, str] | None = None) -> Verdict:
    """Verify the whole log, while others go on writing.

    Parameters
    ----------
    noted : tuple of int and str, optional
        Number and digest of an entry, as they were written down elsewhere.

    Returns
    -------
    Verdict
        Count, head and what is wrong.
    """
    head = Head.objects.filter(pk=_ONLY).first() or Head()
    faults: list[Fault] = []
    last: Entry | None = None
    sound = True
    entries = Entry.objects.filter(number__lte=head.number).order_by("number")
    for entry in entries.iterator(chunk_size=2000):
        found = list(_faults(entry, last, sound=sound))
        sound = not any(one.number == entry.number for one in found)
        faults += found
        last = entry
        if len(faults) >= MOST_FAULTS:
            break
    else:
        faults += _faults_at_the_end(head, last, sound=sound)
    if noted and not Entry.objects.filter(number=noted[0], digest=noted[1]).exists():
        faults.append(Fault("noted", noted[0]))
    count = Entry.objects.count()
    return Verdict(count, head.digest, tuple(_inserted(faults))[:MOST_FAULTS])


def _faults(entry: Entry, last: Entry | None, *, sound: bool) -> Iterator[Fault]:
    """Hold an entry against itself and against the one before it."""
    expected = last.number + 1 if last else 1
    if entry.number != expected:
        yield Fault("removed", expected, entry.number - 1)
    if digest_of(entry) != entry.digest:
        origin = _origin(entry)
        yield Fault("moved", entry.number, origin) if origin else Fault("changed", entry.number)
    elif entry.number == expected and entry.previous != (last.digest if last else "") and sound:
        # The entry is as it was written, and vouches for another one before it.
        yield Fault("changed", expected - 1 if last else entry.number)


def _origin(entry: Entry) -> int:
    """Return where an entry stood when it was written; 0 where that cannot be said."""
    before = Entry.objects.filter(digest=entry.previous).first() if entry.previous else None
    for number in {before.number + 1 if before else 1, entry.number - 1, entry.number + 1}:
        if number > 0 and digest_of(entry, number) == entry.digest:
            return number
    return 0


def _faults_at_the_end(head: Head, last: Entry | None, *, sound: bool) -> Iterator[Fault]:
    """Hold the last entry against the head, which was written with it."""
    number = last.number if last else 0
    if number < head.number:
        yield Fault("removed", number + 1, head.number)
    elif last and sound and last.digest != head.digest:
        yield Fault("changed", number)
    # Others may have written meanwhile, each entry together with the head: it is asked second.
    highest = Entry.objects.aggregate(highest=Max("number"))["highest"] or 0
    now = Head.objects.filter(pk=_ONLY).first() or head
    if highest > now.number:
        yield Fault("inserted", now.number + 1, highest if highest > now.number + 1 else 0)


def _inserted(faults: Sequence[Fault]) -> Iterator[Fault]:
    """Name an entry inserted that stands, itself unmoved, where another one stood."""
    moved = {fault.number for fault in faults if fault.wrong == "moved"}
    stood = {fault.other for fault in faults if fault.wrong == "moved"} - moved
    for fault in faults:
        if fault.wrong == "changed" and fault.number in stood:
            stood.discard(fault.number)
            yield Fault("inserted", fault.number)
        elif fault.wrong == "moved" and fault.other in stood:
            stood.discard(fault.other)
            yield Fault("inserted", fault.other)
            yield fault
        else:
            yield fault
