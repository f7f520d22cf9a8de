"""Reports as PDF: tagged (PDF/UA-1), for keeping (PDF/A-2a), set by Typst.

In: a `Document`, a language, a path. Out: the file. `plain` turns the document into data, the
template ``report.typ`` sets it; Typst's own checks of both standards must pass. A questionnaire to
be filled in by hand, a `Sheet`, goes the same way by ``sheet`` and ``sheet.typ``; badges, letters,
show cards and slips by ``fieldpapers`` and a template each.
"""

from tyndau.reporting.pdf.write import write_field_paper, write_pdf, write_sheet

__all__ = ["write_field_paper", "write_pdf", "write_sheet"]
