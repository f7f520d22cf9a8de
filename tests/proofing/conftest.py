"""Made volumes: small text tables in, published cells out, as a CSV file would hold them."""

import csv
import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tyndau.interchange.csv import parse_csv
from tyndau.proofing import PublishedVolume, parse_published
from tyndau.proofing.published import COLUMNS

Row = dict[str, str]


def rows_of(text: str) -> list[Row]:
    """Return the printed cells of text tables.

    A table is a title ``number question kind banner``, a line of columns, a line of bases (``*``
    marks a low one) and a line for each answer; an empty line ends it.
    """
    rows = []
    for block in re.split(r"\n\s*\n", text.strip()):
        title, *lines = (line.strip() for line in block.strip().splitlines())
        number, question, kind, banner = title.split()
        columns, bases, *answers = (
            [cell.strip() for cell in line.strip("|").split("|")] for line in lines
        )
        for code, *figures in answers:
            for column, base, percent in zip(columns[1:], bases[1:], figures, strict=True):
                cells = (
                    number, question, kind, banner, column, column, base.strip("*"),
                    "1" if base.endswith("*") else "0", code, code, percent,
                )  # fmt: skip
                rows.append(dict(zip(COLUMNS, cells, strict=True)))
    return rows


def as_csv(rows: list[Row], *, delimiter: str = ",") -> str:
    """Return printed cells as the text of a CSV file."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


@pytest.fixture
def made() -> Callable[..., PublishedVolume]:
    """Make a volume of text tables, with some texts replaced by others first."""

    def make(text: str, changes: Mapping[str, str] | None = None) -> PublishedVolume:
        for before, after in (changes or {}).items():
            assert text.count(before) == 1, f"{before!r} stands {text.count(before)} times"
            text = text.replace(before, after)
        return parse_published(parse_csv(as_csv(rows_of(text)).encode(), "made.csv"))

    return make


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Write text tables as a CSV file, with their rows changed by a function first."""

    def write(
        text: str,
        change: Callable[[list[Row]], list[Row]] = list,
        *,
        delimiter: str = ",",
        encoding: str = "utf-8",
    ) -> Path:
        path = tmp_path / "published.csv"
        content = as_csv(change(rows_of(text)), delimiter=delimiter)
        path.write_bytes(content.encode(encoding))
        return path

    return write
