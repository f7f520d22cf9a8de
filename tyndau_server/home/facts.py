"""What a study's page says of its design: the facts that every publication gives.

In: a study. Out: facts of the report model, so that page and volume say the same in the same words.
What the workbook does not give is said to be not given.
"""

from collections.abc import Iterator

from tyndau.base.languages import N_, Message
from tyndau.questionnaire.bases import form_variables
from tyndau.reporting.facts import fieldwork_dates, identity
from tyndau.reporting.model import Fact
from tyndau.study import Study

_DATES = N_("Fieldwork")
_FORMS = N_("Questionnaires")
_FORM = N_("{title} (questions: {count})")
_TERRITORIES = N_("Territories")


def facts(study: Study) -> Iterator[Fact]:
    """Go through the facts of a study.

    Parameters
    ----------
    study : Study
        What was designed.

    Yields
    ------
    Fact
        One fact.
    """
    yield from identity(study)
    yield Fact(Message(_DATES), fieldwork_dates(study))
    forms = [
        Message(_FORM, {"title": form.title, "count": len(form_variables(form))})
        for form in study.forms.values()
    ]
    yield Fact(Message(_FORMS), Message("{forms}", {"forms": forms}))
    if study.territories:
        yield Fact(Message(_TERRITORIES), str(len(study.territories)))
