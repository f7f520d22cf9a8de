"""What interviewers are owed: accepted interviews by the rate, less documented cuts.

In: accepted interviews by interviewer, the rate, cuts that a person decided on. Out: `Register`:
a row an interviewer, and sums. Money is `Decimal`, never a float. No rule cuts anything: each cut
names who decided it and why, and none takes more than was earned.

Rounding: the rate is given in whole hundredths; products and sums of hundredths are exact; an
amount with more digits is rounded half up to hundredths when it enters, and nothing is rounded
afterwards, so that rows add up to the total to the last digit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from tyndau.base.errors import UserError
from tyndau.fieldwork import problems

_HUNDREDTH = Decimal("0.01")


def money(amount: Decimal | int | str | float) -> Decimal:
    """Return an amount in hundredths, rounded half up.

    Parameters
    ----------
    amount : Decimal, int, str or float
        The amount; a float, as a workbook gives it, is taken as it is written.

    Returns
    -------
    Decimal
        With two digits.
    """
    return Decimal(str(amount)).quantize(_HUNDREDTH, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Cut:
    """A decision to pay an interviewer less.

    Attributes
    ----------
    interviewer : str
        Whose pay.
    amount : Decimal
        By how much; more than 0.
    person : str
        Who decided it.
    reason : str
        Why.
    day : date
        When.
    """

    interviewer: str
    amount: Decimal
    person: str
    reason: str
    day: date


@dataclass(frozen=True, slots=True)
class Line:
    """What one interviewer is owed.

    Attributes
    ----------
    interviewer : str
        Who.
    accepted : int
        Accepted interviews.
    rate : Decimal
        Pay for each.
    earned : Decimal
        The product.
    cuts : tuple of Cut
        Decisions, by day.
    cut : Decimal
        Their sum.
    owed : Decimal
        What is paid.
    """

    interviewer: str
    accepted: int
    rate: Decimal
    earned: Decimal
    cuts: tuple[Cut, ...]
    cut: Decimal
    owed: Decimal


@dataclass(frozen=True, slots=True)
class Register:
    """The register of pay.

    Attributes
    ----------
    lines : tuple of Line
        By interviewer, in the order of their codes.
    accepted : int
        All accepted interviews.
    earned, cut, owed : Decimal
        Sums of the lines.
    """

    lines: tuple[Line, ...]
    accepted: int
    earned: Decimal
    cut: Decimal
    owed: Decimal


def register(
    accepted: Mapping[str, int], rate: Decimal | int | str | float, cuts: Sequence[Cut] = ()
) -> Register:
    """Make the register of pay.

    Parameters
    ----------
    accepted : dict of str to int
        Accepted interviews by interviewer; whoever has none but a cut is listed with 0.
    rate : Decimal, int, str or float
        Pay for an interview.
    cuts : sequence of Cut
        Decisions.

    Returns
    -------
    Register
        A line an interviewer and the sums.

    Raises
    ------
    UserError
        ``fieldwork.cut-undocumented`` if a cut names no person or no reason or takes nothing;
        ``fieldwork.cut-too-large`` if cuts take more than was earned.
    """
    price = money(rate)
    wrong = [
        problems.CUT_UNDOCUMENTED.at(interviewer=one.interviewer, amount=one.amount)
        for one in cuts
        if not one.person.strip() or not one.reason.strip() or money(one.amount) <= 0
    ]
    lines = []
    for name in sorted({*accepted, *(one.interviewer for one in cuts)}):
        count = accepted.get(name, 0)
        own = sorted((one for one in cuts if one.interviewer == name), key=lambda one: one.day)
        earned, cut = price * count, sum((money(one.amount) for one in own), money(0))
        lines.append(Line(name, count, price, earned, tuple(own), cut, earned - cut))
    wrong += [
        problems.CUT_TOO_LARGE.at(interviewer=one.interviewer, cut=one.cut, earned=one.earned)
        for one in lines
        if one.owed < 0
    ]
    if wrong:
        raise UserError(*wrong)
    return Register(
        tuple(lines),
        sum(one.accepted for one in lines),
        sum((one.earned for one in lines), money(0)),
        sum((one.cut for one in lines), money(0)),
        sum((one.owed for one in lines), money(0)),
    )
