"""What interviewers take along: badges, letters, show cards, slips, the safety sheet, point plans.

In: a study and its interviewers. Out: PDF files to be printed. All facts come from the workbook and
the caller: what is missing is a line to be filled in by hand. `make_papers` is for a folder of a
study and a list of interviewers in it, `write_papers` for whoever knows the interviewers otherwise.
"""

from tyndau.reporting.fieldpapers.make import PapersResult, make_papers, write_papers
from tyndau.reporting.fieldpapers.model import Assignment, Interviewer

__all__ = ["Assignment", "Interviewer", "PapersResult", "make_papers", "write_papers"]
