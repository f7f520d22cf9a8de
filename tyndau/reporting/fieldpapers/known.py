"""What papers say of who conducts a study: facts of the workbook, or lines to be filled in by hand.

In: a study. Out: facts and frames. Nothing is made up here: a fact that the workbook does not give
is `LINE`, so that whoever prints the paper sees what is missing.
"""

from tyndau.base.languages import N_, Message, Sayable, Text
from tyndau.reporting.facts import day_said, fieldwork_dates
from tyndau.reporting.fieldpapers.model import Frame
from tyndau.reporting.model import Fact
from tyndau.reporting.simulated import banner
from tyndau.study.model import Study

# Where a hand writes; the short one where there is little room.
LINE = "_" * 30
SHORT_LINE = "_" * 16

CONTRACTOR = N_("Conducted by")
STUDY = N_("Study")
CUSTOMER = N_("Customer")
FIELDWORK = N_("Fieldwork")
COORDINATOR = N_("Coordinator, telephone")
QUESTIONS = N_("Questions to")
HEAD = N_("Head")
ADDRESS = N_("Address")
BIN = N_("BIN")
_WITH_PHONE = N_("{name}, {phone}")


def frame(study: Study, title: Sayable) -> Frame:
    """Return what every paper has.

    Parameters
    ----------
    study : Study
        The study.
    title : Text, Message or str
        What kind of paper it is.

    Returns
    -------
    Frame
        With the banner of a made-up city.
    """
    return Frame(study.title, title, study.contractor, study.start, banner(study))


def or_line(value: Text | str, line: str = LINE) -> Sayable:
    """Return a fact, or a line for it.

    Parameters
    ----------
    value : Text or str
        What the workbook says; may be empty.
    line : str, optional
        What is printed instead.

    Returns
    -------
    Text or str
        The fact or the line.
    """
    if isinstance(value, Text):
        return value if value.kk or value.ru else line
    return value or line


def dates_or_line(study: Study, line: str = LINE) -> Sayable:
    """Say when interviews are made, or leave a line for it.

    Parameters
    ----------
    study : Study
        Its first and last day.
    line : str, optional
        What is printed where one of them is missing.

    Returns
    -------
    Text, Message or str
        Both days or the line: half a term would be read as a whole one.
    """
    return fieldwork_dates(study) if study.start and study.end else line


def phone_or_line(phone: str, line: str = LINE) -> str:
    """Return a telephone that no end of a line cuts apart, or a line for it.

    Parameters
    ----------
    phone : str
        As the workbook has it; may be empty.
    line : str, optional
        What is printed instead.

    Returns
    -------
    str
        The telephone or the line.
    """
    return phone.replace(" ", "\u00a0").replace("-", "\u2011") or line


def coordinator(study: Study) -> Fact:
    """Say who answers questions on the fieldwork.

    Parameters
    ----------
    study : Study
        Its identity.

    Returns
    -------
    Fact
        Name and telephone; a line for each that is missing.
    """
    own = study.identity
    values: dict[str, object] = {
        "name": or_line(own.coordinator, SHORT_LINE),
        "phone": phone_or_line(own.coordinator_phone, SHORT_LINE),
    }
    return Fact(Message(COORDINATOR), Message(_WITH_PHONE, values))


def last_day(study: Study) -> Sayable:
    """Say until when answers may be withdrawn.

    Parameters
    ----------
    study : Study
        Its identity.

    Returns
    -------
    Text or str
        The day, or a line for it.
    """
    day = study.identity.withdraw_until
    return day_said(day) if day else SHORT_LINE
