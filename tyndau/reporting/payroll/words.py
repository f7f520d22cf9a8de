"""Sums and days as papers that are signed say them.

In: an amount in tenge, days. Out: texts. A sum is written in digits and in words, so that no digit
can be added to it by hand.
"""

from datetime import date
from decimal import Decimal

from tyndau.base.grammar.in_words import in_words
from tyndau.base.languages import CONTENT_LANGUAGES, N_, Message, Sayable, Text
from tyndau.reporting.facts import day_said
from tyndau.reporting.fieldpapers.known import LINE

_FROM_TO = N_("{start} to {end}")
_CURRENCY = {"kk": ("теңге", "тиын"), "ru": ("тенге", "тиын")}


def digits(amount: Decimal) -> str:
    """Write a sum in digits.

    Parameters
    ----------
    amount : Decimal
        In hundredths, not negative.

    Returns
    -------
    str
        Such as 12 606,50, without an end of a line inside.
    """
    return f"{amount:,.2f}".replace(",", "\u00a0").replace(".", ",")


def spelt(amount: Decimal) -> Text:
    """Write a sum in digits and in words.

    Parameters
    ----------
    amount : Decimal
        In hundredths, not negative.

    Returns
    -------
    Text
        Such as "200,50 ₸ (двести тенге 50 тиын)".
    """
    whole, part = divmod(int(amount * 100), 100)
    said = {}
    for code in CONTENT_LANGUAGES:
        tenge, tiyn = _CURRENCY[code]
        said[code] = f"{digits(amount)}\u00a0₸ ({in_words(whole, code)} {tenge} {part:02} {tiyn})"
    return Text(**said)


def period(days: tuple[date | None, date | None]) -> Sayable:
    """Say from when to when.

    Parameters
    ----------
    days : tuple of date or None
        The first and the last day.

    Returns
    -------
    Text, Message or str
        Both, one where they are the same, or a line to be filled in.
    """
    first, last = days
    if first is None or last is None:
        return LINE
    if first == last:
        return day_said(first)
    return Message(_FROM_TO, {"start": day_said(first), "end": day_said(last)})
