"""Who conducts a study, as the papers of its interviewers say it, and who works in the field.

In: nothing; `tyndau.study.load` makes it from the sheets ``study`` and ``team``. Out: `Identity`
and `Member`. What the workbook does not give is empty: a paper leaves a line for it, and nobody
makes it up.
"""

from dataclasses import dataclass, field
from datetime import date

from tyndau.base.languages import Text


@dataclass(frozen=True, slots=True)
class Identity:
    """What shows that interviewers come from whom they say.

    Attributes
    ----------
    bin : str
        Business identification number of the contractor, 12 digits.
    address, head, coordinator : Text
        Where the contractor is; who heads it; who answers questions on the fieldwork.
    coordinator_phone, safety_phone : str
        The coordinator's telephone; the one that is answered while anybody is in the field.
    withdraw_until : date or None
        Last day on which respondents may withdraw their answers.
    """

    bin: str = ""
    address: Text = field(default_factory=Text)
    head: Text = field(default_factory=Text)
    coordinator: Text = field(default_factory=Text)
    coordinator_phone: str = ""
    safety_phone: str = ""
    withdraw_until: date | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """An interviewer whom the workbook lists.

    Attributes
    ----------
    code : str
        The code in the data, such as ``i07``.
    name : str
        Full name, as in the identity card.
    photo : str
        File of a photo, relative to the study's folder; empty where there is none.
    number : int or None
        Which interviewer of the plan of the sample this is, from 1; None where it is not said.
    """

    code: str
    name: str
    photo: str = ""
    number: int | None = None
