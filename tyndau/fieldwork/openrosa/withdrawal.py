"""The code on a respondent's slip, by which an interview is found to be withdrawn.

In: the instanceID of an interview's first version, or what somebody typed. Out: the code, or None
where it is none. A code says nothing of the interview: whoever holds the slip alone can name it.
The phone shows the same code (``tyndau_server/form/client``); both are held to one example.
"""

import hashlib

# Crockford's base 32: no I, L, O and U, which are taken for other symbols.
SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

_PREFIX = "tyndau withdrawal "
_BYTES = 5
_LENGTH = 8
_BITS = 5
_HALF = 4
# What looks like another symbol: digits and letters, and capitals of Russian and Kazakh.
_MEANT = str.maketrans("OILАВСЕНКМОРТХУЅҺІҮ", "011ABCEHKM0PTXYSH1Y")
_BETWEEN = frozenset("-‐‑‒–—−_.")


def withdrawal_code(instance_id: str) -> str:
    """Return the code by which an interview can be withdrawn.

    Parameters
    ----------
    instance_id : str
        Of the interview's first version, as it stands in the XML, with ``uuid:``.

    Returns
    -------
    str
        Eight symbols of `SYMBOLS`, written ``ABCD-EFGH``: the first 40 bits of SHA-256 of
        ``tyndau withdrawal`` and the instanceID, a space between them.
    """
    digest = hashlib.sha256((_PREFIX + instance_id).encode("utf-8")).digest()
    number = int.from_bytes(digest[:_BYTES], "big")
    places = range(_BITS * (_LENGTH - 1), -1, -_BITS)
    return _written("".join(SYMBOLS[number >> place & len(SYMBOLS) - 1] for place in places))


def read_code(text: str) -> str | None:
    """Read a code as people type it.

    Parameters
    ----------
    text : str
        With or without the dash, in capitals or not, with Cyrillic letters that look alike.

    Returns
    -------
    str or None
        The code as `withdrawal_code` writes it; None where it cannot be one.
    """
    kept = (sign for sign in text if not sign.isspace() and sign not in _BETWEEN)
    meant = "".join(kept).upper().translate(_MEANT)
    if len(meant) != _LENGTH or not set(meant) <= set(SYMBOLS):
        return None
    return _written(meant)


def _written(symbols: str) -> str:
    return f"{symbols[:_HALF]}-{symbols[_HALF:]}"
