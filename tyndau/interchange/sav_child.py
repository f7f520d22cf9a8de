"""The child process that reads an SPSS file.

In (argument): a path. Out (standard output): JSON, either ``{"damaged": reason}`` or the
number of rows, the encoding, and each column with its different values as texts, the positions of
the rows among them (base64 of int32), labels, and values declared missing. It is a process of its
own because the library crashes, and takes its process along, on some damaged files. It imports
nothing of ours, so that it starts quickly.
"""

import base64
import json
import math
import sys
from array import array
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import pyreadstat

try:
    import resource
except ImportError:  # Windows has no such limits; the parent's timeout remains
    resource = None  # type: ignore[assignment]

# SPSS counts seconds from the first day of the Gregorian calendar.
_EPOCH = datetime(1582, 10, 14)
_DATES = ("DATE", "ADATE", "EDATE", "SDATE", "JDATE", "MOYR", "QYR", "WKYR")
_MOMENTS = ("DATETIME", "YMDHMS")
_TIMES = ("TIME", "DTIME", "MTIME")

# 200,000 cases of 300 variables take 3 GB; a damaged file may ask for any amount.
_MEMORY = 8_000_000_000


def _style(format_: str) -> str:
    word = format_.rstrip("0123456789.")
    if word in _MOMENTS:
        return "moment"
    if word in _DATES:
        return "date"
    return "time" if word in _TIMES else ""


def _written(cell: Any, style: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    number = float(cell)
    if style == "time":
        return str(timedelta(seconds=number))
    if style:
        moment = _EPOCH + timedelta(seconds=number)
        return moment.date().isoformat() if style == "date" else moment.isoformat()
    if math.isfinite(number) and number == int(number):
        return str(int(number))
    return repr(number)


def _declared_missing(cell: Any, ranges: Sequence[Mapping[str, Any]]) -> bool:
    if cell is None or cell == "":
        return False
    for limits in ranges:
        low, high = limits["lo"], limits["hi"]
        if isinstance(cell, str) == isinstance(low, str) and low <= cell <= high:
            return True
    return False


def _column(name: str, cells: Sequence[Any], metadata: Any) -> dict[str, Any]:
    # Two values that are written alike are one level: it is the writing that is compared later.
    levels: dict[str, int] = {}
    positions: dict[Any, int] = {}
    style = _style(str(metadata.original_variable_types.get(name) or ""))
    index = array("i")
    for cell in cells:
        value = None if cell is not None and cell != cell else cell  # NaN alone differs from itself
        if value not in positions:
            positions[value] = levels.setdefault(_written(value, style), len(levels))
        index.append(positions[value])
    labels = metadata.variable_value_labels.get(name) or {}
    ranges = metadata.missing_ranges.get(name) or []
    return {
        "name": name,
        "levels": list(levels),
        "index": base64.b64encode(index.tobytes()).decode("ascii"),
        "label": str(metadata.column_names_to_labels.get(name) or ""),
        "labels": {_written(value, ""): str(label) for value, label in labels.items()},
        "missing": [
            _written(value, style) for value in positions if _declared_missing(value, ranges)
        ],
    }


def _read(path: str) -> dict[str, Any]:
    try:
        values, metadata = pyreadstat.read_sav(
            path, output_format="dict", user_missing=True, disable_datetime_conversion=True
        )
        return {
            "rows": metadata.number_rows,
            "encoding": str(metadata.file_encoding or ""),
            "columns": [_column(name, cells, metadata) for name, cells in values.items()],
        }
    # Whatever bytes make the reader stumble over, the file is at fault and not the program.
    except (
        pyreadstat.ReadstatError,
        pyreadstat.PyreadstatError,
        ArithmeticError,
        MemoryError,
        ValueError,
    ) as fault:
        return {"damaged": str(fault).rstrip(".")}


def main() -> None:
    """Read the file that the first argument names and write what it holds."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # ASCII, because a damaged file may hold halves of letters that no encoding takes.
    sys.stdout.write(json.dumps(_read(sys.argv[1]), ensure_ascii=True))


if __name__ == "__main__":
    main()
