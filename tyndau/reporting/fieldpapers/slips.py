"""The slip that a respondent keeps: who asked, and how to withdraw what was answered.

In: a study. Out: `Slips`, a page of equal ones to be cut apart. The code is shown by the phone at
the end of the interview and written in by hand; the slip holds nothing of the answers.
"""

from tyndau.base.languages import N_, Message
from tyndau.reporting.fieldpapers import known
from tyndau.reporting.fieldpapers.model import Slips
from tyndau.reporting.model import Fact
from tyndau.study.model import Study

_TITLE = N_("Thank you for the interview!")
_VOLUNTARY = N_(
    "You took part of your own free will. Your name does not stand beside your answers; what is "
    "published are totals for groups of people."
)
_CODE = N_("Your code:")
_PURPOSE = N_(
    "If you change your mind, call the coordinator and say this code: your answers will be "
    "deleted. There is no need to give your name or a reason. Without the code your answers cannot "
    "be found: keep this slip."
)
_UNTIL = N_("Last day to withdraw answers")


def build_slips(study: Study) -> Slips:
    """Make the slips of respondents.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    Slips
        A page of them.
    """
    return Slips(
        frame=known.frame(study, Message(_TITLE)),
        asked=(
            Fact(Message(known.STUDY), study.title),
            Fact(Message(known.CONTRACTOR), known.or_line(study.contractor, known.SHORT_LINE)),
            Fact(Message(known.CUSTOMER), known.or_line(study.customer, known.SHORT_LINE)),
        ),
        voluntary=Message(_VOLUNTARY),
        code=Message(_CODE),
        purpose=Message(_PURPOSE),
        facts=(known.coordinator(study), Fact(Message(_UNTIL), known.last_day(study))),
    )
