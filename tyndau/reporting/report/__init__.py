"""The report of a quantitative study, from title page to annexes, in one language.

In: a study, the material of its populations (tables, charts, findings), the sociologist's prose.
Out: a `Document` that Word and PDF writers set. What prose does not say is made from the results:
abstract, summary, chapters by the groups of the questionnaire. Prose never loses to it.
"""

from tyndau.reporting.report.material import Item, Material, gather
from tyndau.reporting.report.report import build_report

__all__ = ["Item", "Material", "build_report", "gather"]
