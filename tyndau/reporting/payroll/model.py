"""Who is paid, for when.

In: nothing; the caller knows names and days. Out: `Payee` and `Payroll`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tyndau.fieldwork.control.pay import Line, money


@dataclass(frozen=True, slots=True)
class Payee:
    """An interviewer who is paid.

    Attributes
    ----------
    code, name : str
        Whose pay; a name may be empty, a line is left for it then.
    line : Line
        What is owed, with the cuts.
    first, last : date or None
        Days of the first and the last accepted interview; None where they are not known.
    """

    code: str
    name: str
    line: Line
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Payroll:
    """All who are paid.

    Attributes
    ----------
    payees : tuple of Payee
        In the order of the register.
    rate : Decimal
        What is paid for an accepted interview.
    as_of : date
        The day on which interviews were counted.
    """

    payees: tuple[Payee, ...]
    rate: Decimal
    as_of: date

    @property
    def accepted(self) -> int:
        """All accepted interviews."""
        return sum(one.line.accepted for one in self.payees)

    @property
    def earned(self) -> Decimal:
        """What was earned."""
        return added(one.line.earned for one in self.payees)

    @property
    def cut(self) -> Decimal:
        """What was cut."""
        return added(one.line.cut for one in self.payees)

    @property
    def owed(self) -> Decimal:
        """What is paid."""
        return added(one.line.owed for one in self.payees)

    @property
    def days(self) -> tuple[date | None, date | None]:
        """The first and the last day of them all."""
        firsts = [one.first for one in self.payees if one.first]
        lasts = [one.last for one in self.payees if one.last]
        return min(firsts, default=None), max(lasts, default=None)


def added(sums: Iterable[Decimal]) -> Decimal:
    """Add sums of money.

    Parameters
    ----------
    sums : iterable of Decimal
        In hundredths.

    Returns
    -------
    Decimal
        In hundredths, also of none.
    """
    return sum(sums, money(0))
