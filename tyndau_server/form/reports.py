"""What a phone sealed in small: opened, and handed to the room that keeps it.

In: a request's body, as ``client/keep/reports.ts`` describes it. Out: which parts were taken in and
which never will be. Each part is sealed as an interview is (`tyndau_server.form.envelope`), so that
whoever finds the phone reads nothing, and it is sent without a PIN. The point to which what is for
the interviewer alone is sealed comes along (`tyndau_server.form.confided`).
"""

import base64
import binascii
import json
import logging
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from tyndau_server.control.take_reports import CannotTakeError, take_item, take_report
from tyndau_server.fieldwork.phone import Phone
from tyndau_server.form.confided import keep_key
from tyndau_server.form.envelope import CannotOpenError, open_small
from tyndau_server.form.key import server_key

VERSION = 1
# A phone sends fifty at once, of a kilobyte each.
LONGEST = 1_000_000
MOST = 500
_ID = 40

logger = logging.getLogger(__name__)


def take_reports(phone: Phone, content: bytes) -> dict[str, list[str]]:
    """Take in what a phone sealed in small, and what it says of itself.

    Parameters
    ----------
    phone : Phone
        Which; one that holds.
    content : bytes
        Of the request.

    Returns
    -------
    dict
        ``received`` and ``refused``: numbers of the parts; the phone lets go what was received.

    Raises
    ------
    CannotOpenError
        If it is nothing that a phone sends.
    OSError, DatabaseError
        If nothing can be kept now.
    """
    try:
        said = json.loads(content)
        if said["version"] != VERSION:
            raise CannotOpenError(f"version {said['version']!r}")
        parts = [(str(one["id"])[:_ID], one) for one in said["sealed"]][:MOST]
        state, key = said["state"], said.get("reply")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise CannotOpenError(f"no reports: {fault!r}") from None
    if key is not None:
        keep_key(phone, key)
    received: list[str] = []
    refused: list[str] = []
    for number, part in parts:
        try:
            take_item(phone, _opened(number, part))
            received.append(number)
        except (CannotOpenError, CannotTakeError) as fault:
            logger.warning("%s told what is not taken: %s", phone.token, fault)
            refused.append(number)
    if state is not None:
        _take_state(phone, state)
    return {"received": received, "refused": refused}


def _take_state(phone: Phone, state: Mapping[str, Any]) -> None:
    try:
        take_report(phone, state, timezone.now())
    except CannotTakeError as fault:
        logger.warning("%s told a strange state: %s", phone.token, fault)


def _opened(number: str, part: Mapping[str, Any]) -> Mapping[str, Any]:
    try:
        point = base64.b64decode(part["point"], validate=True)
        sealed = base64.b64decode(part["data"], validate=True)
        item = json.loads(open_small(server_key(), point, number, sealed))
    except (ValueError, KeyError, TypeError, RecursionError, binascii.Error) as fault:
        raise CannotOpenError(f"{number}: {fault!r}") from None
    if not isinstance(item, dict):
        raise CannotOpenError(f"{number}: no object")
    return item
