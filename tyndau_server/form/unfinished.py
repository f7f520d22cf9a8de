"""Answers that a resident put by under a link, so as to go on with them on another device.

In: a link, the number that the browser drew for them, what it encrypted. Out: the same, for at most
`DAYS` days. The key stands in the part of an address that browsers send to nobody, so that the
server keeps what it cannot read. Once the interview has arrived, the word that it did is kept as
long, so that no other device goes on with it.
"""

import re
from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from tyndau_server.fieldwork.models import Link
from tyndau_server.form.models import Unfinished

DAYS = 14
MOST_BYTES = 2_000_000
# Of all that is put by at once: some ten thousand interviews, or one that fills the disk.
ROOM = 1_000_000_000
# 16 bytes drawn at random, in the letters of addresses.
NUMBER = re.compile(r"[A-Za-z0-9_-]{22}")


def put_by(link: Link, number: str, content: bytes) -> bool:
    """Keep answers, in place of what was put by under the same number.

    Parameters
    ----------
    link : Link
        By which the resident came.
    number : str
        As the browser drew it.
    content : bytes
        Encrypted.

    Returns
    -------
    bool
        False where there is no room for them.
    """
    erase_old()
    digest = _digest(link, number)
    with transaction.atomic():
        # All of them, which an index tells; what is replaced is found by another.
        whole = Unfinished.objects.aggregate(all=Sum("size"))["all"] or 0
        own = Unfinished.objects.filter(digest=digest).values_list("size", flat=True).first() or 0
        if whole - own + len(content) > ROOM:
            return False
        now = {"content": content, "size": len(content), "saved": timezone.now().date()}
        Unfinished.objects.update_or_create(digest=digest, defaults=now)
    return True


def found(link: Link, number: str) -> bytes | None:
    """Return what was put by.

    Parameters
    ----------
    link, number : Link, str
        As for `put_by`.

    Returns
    -------
    bytes or None
        None where nothing is there any more, or never was.
    """
    erase_old()
    row = Unfinished.objects.filter(digest=_digest(link, number), finished=False).first()
    return bytes(row.content) if row else None


def finish(link: Link, number: str) -> None:
    """Erase what was put by, and keep the word that its interview has arrived.

    Parameters
    ----------
    link, number : Link, str
        As for `put_by`.
    """
    Unfinished.objects.filter(digest=_digest(link, number)).update(
        content=b"", size=0, saved=timezone.now().date(), finished=True
    )


def is_finished(link: Link, number: str) -> bool:
    """Tell whether the interview has arrived, as far as that is known here.

    Parameters
    ----------
    link, number : Link, str
        As for `put_by`.

    Returns
    -------
    bool
        False also where nothing was put by under the number, or `DAYS` days ago.
    """
    erase_old()
    return Unfinished.objects.filter(digest=_digest(link, number), finished=True).exists()


def erase_old() -> None:
    """Erase what has been here for `DAYS` days."""
    before = timezone.now().date() - timedelta(days=DAYS)
    Unfinished.objects.filter(saved__lte=before).delete()


def _digest(link: Link, number: str) -> str:
    return sha256(f"{link.digest}/{number}".encode()).hexdigest()
