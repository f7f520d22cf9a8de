"""The workbook writer: a document as an Excel file of linked sheets, native charts, ready to print.

In: a `Document` of the report model and a language. Out: one .xlsx file, the same bytes for the
same document. It knows the blocks of the model and nothing of statistics: it rounds by number
formats, and the cells keep the unrounded values (a percentage is stored as Excel stores one, 0.4903
shown as 49 %, so that it stays right when it is copied, charted or computed with). Who adds a block
to the model adds its setting in `write`.
"""

from tyndau.reporting.workbook.write import write_workbook

__all__ = ["write_workbook"]
