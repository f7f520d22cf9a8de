"""The versions of a study's design: kept, compared, marked in files that leave.

`settle` sees that what lies in the folder is a version, `take_over` and `go_back` make another,
`list_versions` and `read_file` look back, `compare_designs` tells in words what changed. `stamped`
writes into a workbook which version it is, `read_stamp` reads it.
"""

from tyndau.study.versions.design import FileDifference, compare_designs
from tyndau.study.versions.files import BOUNDARIES, design_files, is_design
from tyndau.study.versions.make import go_back, list_versions, settle, take_over, unsettled
from tyndau.study.versions.stamp import Stamp, read_stamp, stamped, without_stamp
from tyndau.study.versions.store import (
    VERSIONS,
    Version,
    folder_of_version,
    numbers,
    read_file,
    read_version,
)

__all__ = [
    "BOUNDARIES",
    "VERSIONS",
    "FileDifference",
    "Stamp",
    "Version",
    "compare_designs",
    "design_files",
    "folder_of_version",
    "go_back",
    "is_design",
    "list_versions",
    "numbers",
    "read_file",
    "read_stamp",
    "read_version",
    "settle",
    "stamped",
    "take_over",
    "unsettled",
    "without_stamp",
]
