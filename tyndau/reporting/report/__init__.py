"""The report of a quantitative study and its slides, in one language.

In: a study, the material of its populations (tables, charts, findings), the sociologist's prose.
Out: a `Document` that Word and PDF writers set, another for slides. What prose does not say is made
from the results: abstract, summary, chapters by the groups of the questionnaire. Prose never loses
to it.
"""

from tyndau.reporting.report.deck import build_deck
from tyndau.reporting.report.material import Item, Material, gather
from tyndau.reporting.report.report import build_report

__all__ = ["Item", "Material", "build_deck", "build_report", "gather"]
