"""The drawn plan of a sample, as the server reads it.

In: a study's folder. Out: `Plan`, read once as long as its file stays the same. It is JSON that the
pipeline left; nothing is computed of it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from tyndau.sampling.record import RECORD


@dataclass(frozen=True, slots=True)
class Plan:
    """The drawn plan as far as it is taken over.

    Attributes
    ----------
    population : str
        The form.
    interviews : tuple of int
        Of each interviewer of the plan.
    record : dict
        All of it.
    """

    population: str
    interviews: tuple[int, ...]
    record: Mapping[str, Any]


def read_plan(folder: Path) -> Plan | None:
    """Read the plan of a study.

    Parameters
    ----------
    folder : Path
        The study.

    Returns
    -------
    Plan or None
        None where none is drawn, or it is damaged.
    """
    path = folder / RECORD
    try:
        stat = path.stat()
    except OSError:
        return None
    return _read(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=16)
def _read(path: Path, changed: int, size: int) -> Plan | None:
    del changed, size  # they make the cache look again
    try:
        record = json.loads(path.read_text("utf-8"))
        numbers = tuple(int(one) for one in record["interviewers"]["interviews"])
        return Plan(str(record["population"]), numbers, record)
    except (OSError, ValueError, KeyError, TypeError):
        return None
