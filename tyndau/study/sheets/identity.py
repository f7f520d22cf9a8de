"""The keys of the sheet ``study`` that say who conducts it, as interviewers show it.

In: the sheet's settings. Out: an `Identity`, and a number that cannot be one.
"""

from tyndau.base.errors import Problem
from tyndau.study.identity import Identity
from tyndau.study.sheets.problems import BIN
from tyndau.study.sheets.settings import Settings

# Business identification number of Kazakhstan.
_BIN_DIGITS = 12


def read_identity(settings: Settings) -> tuple[Identity, list[Problem]]:
    """Read who conducts the study.

    Parameters
    ----------
    settings : Settings
        What the sheet says.

    Returns
    -------
    identity : Identity
        Empty where the sheet does not say.
    problems : list of Problem
        A business identification number that has not twelve digits: Excel drops zeros before it.
    """
    number = settings.name("contractor_bin")
    found = []
    if number and not (len(number) == _BIN_DIGITS and number.isascii() and number.isdigit()):
        entry = settings.entries["contractor_bin"]
        found.append(BIN.at(entry.place("value"), cell=entry.cell("value"), value=number))
    identity = Identity(
        bin=number,
        address=settings.text("contractor_address"),
        head=settings.text("head"),
        coordinator=settings.text("coordinator"),
        coordinator_phone=settings.name("coordinator_phone"),
        safety_phone=settings.name("safety_phone"),
        withdraw_until=settings.day("withdraw_until"),
    )
    return identity, found
