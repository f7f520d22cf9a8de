"""Writes the rows of a frame as a file of answers, as a server would export them."""

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tyndau.base.frames import NO_CATEGORY, Frame


def said(frame: Frame, name: str) -> Iterator[str]:
    """Go through the answers to a question as a file has them."""
    column = frame[name]
    codes = np.array(column.variable.codes, dtype=object)
    for value, asked in zip(column.values, column.asked, strict=True):
        if not asked:
            yield ""
        elif column.variable.kind == "single":
            yield codes[value] if value != NO_CATEGORY else ""
        elif column.variable.kind == "multiple":
            yield " ".join(codes[value])
        elif column.variable.kind == "number":
            yield "" if np.isnan(value) else f"{value:g}"
        else:
            yield value


def write_answers(path: Path, frame: Frame) -> Path:
    """Write all columns of a frame and its keys as CSV."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["key", *frame.columns])
        columns = [list(said(frame, name)) for name in frame.columns]
        writer.writerows(zip(frame.keys, *columns, strict=True))
    return path
