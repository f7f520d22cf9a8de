"""How a printed questionnaire says whom a question is asked and how it is answered.

In: nothing. Out: the messages that the annex of a report and the sheet on paper share.
"""

from collections.abc import Mapping

from tyndau.base.languages import N_
from tyndau.questionnaire.form import QuestionKind

ASKED_OF = N_("Asked of: {base}.")
QUESTION = N_("{number}. {wording}")
# By kind of question; notes and computed lines are not answered.
HOW_ANSWERED: Mapping[QuestionKind, str] = {
    "single": N_("One answer."),
    "multiple": N_("Several answers are possible."),
    "rank": N_("Answers in order of importance."),
    "number": N_("A number."),
    "text": N_("Open answer."),
    "date": N_("A date."),
    "acknowledge": N_("Confirmation."),
}
