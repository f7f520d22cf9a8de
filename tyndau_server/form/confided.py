"""What is meant for a phone's interviewer alone: sealed to the key of the phone, which a PIN opens.

In: a phone, the public point that it tells. Out: answers to the interviewer's questions, rules of
work that were not kept, what is owed, as nobody reads them who only knows the phone's address. The
first point that is told under an address holds for good, else whoever knows the address could put
a point of their own in its place; a phone that lost its key gets a new address. Pay is the
office's: it is not told under an address that a supervisor made, who saw it first.
"""

import base64
import json
from typing import Any

from tyndau_server.control.own import pay_of, warnings_of
from tyndau_server.control.take_reports import answers_of
from tyndau_server.fieldwork.phone import Phone
from tyndau_server.form.envelope import CannotOpenError, read_point, seal_text
from tyndau_server.form.models import PhoneKey
from tyndau_server.people.models import Role

PART = "confided"


def keep_key(phone: Phone, written: object) -> None:
    """Keep the point that a phone tells, unless one was told under its address before.

    Parameters
    ----------
    phone : Phone
        Which; one that holds.
    written : object
        As it told the point: in base64.

    Raises
    ------
    CannotOpenError
        If it is no point of the curve.
    """
    point = read_point(written) if isinstance(written, str) else b""
    if not point:
        raise CannotOpenError("no point of a phone's key")
    PhoneKey.objects.get_or_create(token=phone.token, defaults={"point": point})


def confided_to(phone: Phone) -> dict[str, Any] | None:
    """Seal what only a phone's interviewer may read.

    Parameters
    ----------
    phone : Phone
        Which.

    Returns
    -------
    dict or None
        As ``Confided`` of ``client/keep/confided.ts``; None until the phone has told its key.
    """
    key = PhoneKey.objects.filter(token=phone.token).first()
    if key is None:
        return None
    own, point = phone.membership, bytes(key.point)
    made_by = phone.token.made_by
    by_office = made_by is None or made_by.role != Role.SUPERVISOR
    said = {
        "answers": answers_of(phone),
        "warnings": warnings_of(own),
        "pay": pay_of(own) if by_office else None,
    }
    content = json.dumps(said, ensure_ascii=False).encode()
    # Bound to the phone: what was sealed under one address is nothing under another.
    about = f"{PART} {phone.token.pk}"
    sealed = seal_text(point, about, {PART: content})
    return {"to": base64.b64encode(point).decode("ascii"), "about": about, **sealed}
