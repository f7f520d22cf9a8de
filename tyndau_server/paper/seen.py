"""Which sheets a person sees, and by which questionnaires sheets are typed in.

In: a membership, a study. Out: queries and forms. A supervisor of some territories sees the sheets
of interviewers all of whose work he sees, and of guests those that he types in himself: a sheet
tells its point only once it is an interview.
"""

from django.db.models import Q, QuerySet
from django.http import Http404

from tyndau.questionnaire.form import Form
from tyndau.study import Study
from tyndau_server.fieldwork.models import Instrument
from tyndau_server.fieldwork.own_forms import own_forms
from tyndau_server.fieldwork.seen import interviewers_of, sees_all_of
from tyndau_server.paper import problems
from tyndau_server.paper.models import Entry, Sheet
from tyndau_server.people.models import Membership


def sheets_of(membership: Membership) -> QuerySet[Sheet]:
    """Return the sheets that somebody sees.

    Parameters
    ----------
    membership : Membership
        Of a sociologist or a supervisor.

    Returns
    -------
    QuerySet of Sheet
        Of the study, with instrument and interviewer.
    """
    own = [one.pk for one in interviewers_of(membership) if sees_all_of(membership, one)]
    typed = Entry.objects.filter(sheet__study=membership.study, person=membership.person_id)
    found = Sheet.objects.filter(
        Q(membership__in=own) | Q(pk__in=typed.values("sheet")), study=membership.study
    )
    return found.select_related("instrument", "membership__person").defer("instrument__xform")


def sheet_of(membership: Membership, number: int) -> Sheet:
    """Return one of the sheets that somebody sees.

    Parameters
    ----------
    membership : Membership
        Of a sociologist or a supervisor.
    number : int
        The sheet's primary key.

    Returns
    -------
    Sheet
        It.

    Raises
    ------
    Http404
        If it is not among them.
    """
    found = sheets_of(membership).filter(pk=number).first()
    if found is None:
        raise Http404(number)
    return found


def instruments_on_paper(slug: str, study: Study | None) -> list[Instrument]:
    """Return the questionnaires whose sheets can be typed in.

    Parameters
    ----------
    slug : str
        The study's.
    study : Study or None
        As it is now.

    Returns
    -------
    list of Instrument
        In the field or closed, exactly as the study's folder has them, without repeats.
    """
    states = (Instrument.State.FIELD, Instrument.State.CLOSED)
    issued = Instrument.objects.filter(study=slug, state__in=states).order_by("pk")
    if study is None:
        return []
    return [
        one.issued
        for one in own_forms(study, list(issued.defer("xform")))
        if one.issued is not None and not any(each.repeated for each in one.form.questions)
    ]


def form_of(sheet: Sheet, study: Study | None) -> Form:
    """Return the form by which a sheet was printed.

    Parameters
    ----------
    sheet : Sheet
        The sheet.
    study : Study or None
        As it is now.

    Returns
    -------
    Form
        The form.

    Raises
    ------
    UserError
        If the study has another one by now.
    """
    issued = [] if study is None else own_forms(study, [sheet.instrument])
    for one in issued:
        if one.issued is not None:
            return one.form
    raise problems.FORM_CHANGED.error(
        population=sheet.instrument.population, version=sheet.instrument.version
    )
