"""One module a sheet of the workbook: from entries to parts of the `Study`, with what is wrong.

A later sheet gets a `SheetSpec` in `tyndau.study.schema`, a module here with a ``read_...``
function that returns what it read and the problems found, and a line in `tyndau.study.load`.
"""
