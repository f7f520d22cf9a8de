"""The questionnaire on paper, for interviewers where phones fail.

In: the folder of a study. Out: one file for each form and language in its folder ``paper``: what is
read aloud, what is ticked, the code to type in beside each box, and where each answer leads.
"""

from tyndau.reporting.paper.make import PaperResult, make_paper, print_form

__all__ = ["PaperResult", "make_paper", "print_form"]
