"""The sociologist's own prose: Markdown whose numbers are references to cells of tables.

In: the folder ``text/LANG`` of a study and the tables of its wave. Out: chapters of blocks of the
report model, with marks where the builder sets charts, findings and tables. A number that is no
longer that of its cell stops the build with file, line and the cell's present value.
"""

from tyndau.reporting.prose.cells import Cells
from tyndau.reporting.prose.read import Chapter, Prose, prose_quotes, prose_warnings, read_prose
from tyndau.reporting.prose.references import Insert

__all__ = ["Cells", "Chapter", "Insert", "Prose", "prose_quotes", "prose_warnings", "read_prose"]
