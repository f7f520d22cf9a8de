"""The questionnaire: an XLSForm read into a typed `Form`, its routing, bases, length and lint.

In: XLSForms. Out: `Form` and what follows from it alone. It knows no study and no answers beyond
the columns of a frame; it writes nothing.
"""

from tyndau.questionnaire.bases import base_in_words, form_variables
from tyndau.questionnaire.difference import Change, FormDifference, compare_forms
from tyndau.questionnaire.expression import Expression, parse
from tyndau.questionnaire.form import Choice, Form, Question
from tyndau.questionnaire.functions import NotComputableError
from tyndau.questionnaire.length import Decision, Length, interview_length
from tyndau.questionnaire.lint import consent_first, lint
from tyndau.questionnaire.load import load_form, load_forms, read_form
from tyndau.questionnaire.routing import asked

__all__ = [
    "Change",
    "Choice",
    "Decision",
    "Expression",
    "Form",
    "FormDifference",
    "Length",
    "NotComputableError",
    "Question",
    "asked",
    "base_in_words",
    "compare_forms",
    "consent_first",
    "form_variables",
    "interview_length",
    "lint",
    "load_form",
    "load_forms",
    "parse",
    "read_form",
]
