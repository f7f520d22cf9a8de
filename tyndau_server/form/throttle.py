"""How often one place may send by links, without keeping who it was.

In: an address of the network. Out: whether it has to wait, and how long. What is counted is a
digest under a key that lives as long as the process, so that nothing can be read back; and it is
forgotten after an hour. Villages and whole operators come from one address: the number is for
machines, not for people.
"""

import threading
import time
from collections import OrderedDict
from hashlib import blake2b
from math import ceil
from secrets import token_bytes

MOST = 120
SECONDS = 3600.0
_PLACES = 50_000

_key = token_bytes(32)
_counts: OrderedDict[bytes, tuple[float, int]] = OrderedDict()
_lock = threading.Lock()


def wait_for(address: str, *, what: str = "interviews", now: float | None = None) -> int:
    """Count a request, and tell how long its place has to wait.

    Parameters
    ----------
    address : str
        Of the network.
    what : str, optional
        What it sends; each kind is counted by itself.
    now : float, optional
        Seconds of a clock that never goes back.

    Returns
    -------
    int
        Seconds; 0 where it need not wait.
    """
    moment = time.monotonic() if now is None else now
    place = blake2b(f"{what} {address}".encode(), key=_key, digest_size=16).digest()
    with _lock:
        begun, count = _counts.pop(place, (moment, 0))
        if moment - begun >= SECONDS:
            begun, count = moment, 0
        _counts[place] = (begun, count + 1)
        while len(_counts) > _PLACES:
            _counts.popitem(last=False)
        return 0 if count < MOST else ceil(begun + SECONDS - moment)


def forget() -> None:
    """Forget all that was counted."""
    with _lock:
        _counts.clear()
