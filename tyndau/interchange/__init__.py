"""Interchange: answers of phones and of other programs, read into frames and written for others.

In: CSV and .sav files, plain files with a codebook, interviews from phones. Out: frames and
warnings; a wave, when the file is imported into a study; CSV and .sav for others. One module a
format; to add one, write its reader to `RawTable` and name it in `tyndau.interchange.into_wave`.
"""

from tyndau.interchange.csv import parse_csv, read_csv
from tyndau.interchange.importer import Imported, import_frame
from tyndau.interchange.into_wave import import_wave, read_table
from tyndau.interchange.plain import read_plain, read_plain_codebook
from tyndau.interchange.sav import read_sav
from tyndau.interchange.submissions import csv_rows, submissions_table
from tyndau.interchange.table import RawColumn, RawTable

__all__ = [
    "Imported",
    "RawColumn",
    "RawTable",
    "csv_rows",
    "import_frame",
    "import_wave",
    "parse_csv",
    "read_csv",
    "read_plain",
    "read_plain_codebook",
    "read_sav",
    "read_table",
    "submissions_table",
]
