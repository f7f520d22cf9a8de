"""Reading SPSS files (.sav, .zsav).

In: a file. Out: `RawTable`: numbers as texts ("1" for 1.0), dates as ISO texts, with the labels of
columns and values and the values that the file declares missing. System-missing is an empty text.
The file is opened in a child process only (`tyndau.interchange.sav_child`).
"""

import base64
import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np

from tyndau.base.errors import Place, refusal
from tyndau.base.languages import N_, Message
from tyndau.interchange import problems
from tyndau.interchange.content import wrong_type
from tyndau.interchange.table import RawColumn, RawTable

_SECONDS = 300
_UNREADABLE = N_("it cannot be read to its end")
_CRASHED = N_("the program that reads it broke off")
_ENDLESS = N_("reading it does not come to an end")


def read_sav(path: Path, *, shown: str = "") -> RawTable:
    """Read an SPSS file.

    Parameters
    ----------
    path : Path
        The file.
    shown : str, optional
        The path to show in errors; ``path`` by default.

    Returns
    -------
    RawTable
        Its cases as texts, with labels.

    Raises
    ------
    UserError
        If it is not an SPSS file, or is damaged or cut.
    """
    shown = shown or str(path)
    place = Place(file=shown)
    try:
        content = path.read_bytes()
    except OSError as fault:
        said = refusal(fault)
        raise problems.CANNOT_READ.error(place, reason=said) from fault
    if not content:
        raise problems.EMPTY.error(place)
    other = wrong_type(content, "sav")
    if other:
        raise problems.WRONG_TYPE.error(place, **other)
    answer = _run_child(path)
    if "damaged" in answer:
        raise problems.SAV_DAMAGED.error(place, reason=answer["damaged"])
    rows, columns = answer["rows"], [_column(written) for written in answer["columns"]]
    if not columns or not rows:
        raise problems.NO_ROWS.error(place)
    return RawTable(
        shown,
        "sav",
        np.arange(1, rows + 1, dtype=np.int64),
        {column.name: column for column in columns},
        (),
        {"encoding": answer["encoding"]},
        hashlib.sha256(content).hexdigest(),
    )


def _run_child(path: Path) -> dict[str, Any]:
    script = Path(__file__).with_name("sav_child.py")
    try:
        child = subprocess.run(  # noqa: S603 - our own script, by its path
            [sys.executable, "-P", str(script), str(path.resolve())],
            capture_output=True,
            timeout=_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return {"damaged": Message(_ENDLESS)}
    # A negative code is a signal; Windows tells a crash by a number beyond those of programs.
    if child.returncode < 0 or child.returncode > 255:
        return {"damaged": Message(_CRASHED)}
    if child.returncode:
        raise RuntimeError(child.stderr.decode("utf-8", "replace"))
    answer: dict[str, Any] = json.loads(child.stdout)
    # What the library says of the file is English, and of no help to its user.
    return {"damaged": Message(_UNREADABLE)} if "damaged" in answer else answer


def _column(written: dict[str, Any]) -> RawColumn:
    return RawColumn(
        written["name"],
        tuple(written["levels"]),
        np.frombuffer(base64.b64decode(written["index"]), dtype=np.int32),
        written["label"],
        written["labels"],
        frozenset(written["missing"]),
    )
