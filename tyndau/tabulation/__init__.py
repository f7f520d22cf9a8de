"""Tabulation: questions by banners, with bases, percentages, means, errors, tests and letters.

In: frames and the design of their sample. Out: `Table`, unrounded and complete; writers format it,
`tyndau.disclosure` hides what is too small. Counting is behind `Engine`, so that data may outgrow
memory without a change here.
"""

from tyndau.tabulation.declared import Examined, examine
from tyndau.tabulation.engines import ArrayEngine, make_engine
from tyndau.tabulation.plain import (
    COLUMNS,
    SIDE_COLUMNS,
    side_rows,
    table_rows,
    write_sides,
    write_tables,
)
from tyndau.tabulation.side_by_side import Sample, SideBySide, shown_beside, side_by_side
from tyndau.tabulation.statistics import Engine, Statistics
from tyndau.tabulation.table import ColumnHead, Group, Method, RowHead, Table
from tyndau.tabulation.tabulate import estimates, tabulate, tabulate_many

__all__ = [
    "COLUMNS",
    "SIDE_COLUMNS",
    "ArrayEngine",
    "ColumnHead",
    "Engine",
    "Examined",
    "Group",
    "Method",
    "RowHead",
    "Sample",
    "SideBySide",
    "Statistics",
    "Table",
    "estimates",
    "examine",
    "make_engine",
    "shown_beside",
    "side_by_side",
    "side_rows",
    "table_rows",
    "tabulate",
    "tabulate_many",
    "write_sides",
    "write_tables",
]
