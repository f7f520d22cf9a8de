"""Texts in templates: sentences of ours and texts of studies, in the language of the page.

In: the variable ``language`` of the template. Out: strings. Sentences are written in English in the
template, ``{% say "Files" %}``, and translated in the same catalogues as those of the code;
``tools/said_in_templates.py`` finds them.
"""

from datetime import datetime, tzinfo
from decimal import Decimal

from django import template
from django.template.context import Context

from tyndau.base.languages import Message, Number
from tyndau.base.languages import say as said
from tyndau_server.look.clock import HERE, said_at

register = template.Library()


@register.simple_tag(takes_context=True)
def say(context: Context, template: str, **values: object) -> str:
    """Say a sentence of ours in the language of the page.

    Parameters
    ----------
    context : Context
        Of the template.
    template : str
        The sentence in English, with placeholders.
    **values : object
        What the placeholders hold.

    Returns
    -------
    str
        The sentence.
    """
    return Message(template, values).say(context["language"])


@register.filter
def spoken(value: object, language: str) -> str:
    """Say a text of a study, or a message, in a language: ``{{ title|spoken:language }}``.

    Parameters
    ----------
    value : object
        A text, a message, a number of them, or words as they are.
    language : str
        ``kk``, ``ru`` or ``en``.

    Returns
    -------
    str
        The words.
    """
    return said(value, language)


@register.filter
def in_language(words: dict[str, str] | None, language: str) -> str:
    """Choose among words that were said in every language: ``{{ words|in_language:language }}``.

    Parameters
    ----------
    words : dict of str to str or None
        By language; nothing is said where there are none.
    language : str
        ``kk``, ``ru`` or ``en``.

    Returns
    -------
    str
        The words.
    """
    return words.get(language, "") if words else ""


@register.filter
def counted(value: int, language: str) -> str:
    """Say a number with the separators of a language: ``{{ count|counted:language }}``.

    Parameters
    ----------
    value : int
        The number.
    language : str
        ``kk``, ``ru`` or ``en``.

    Returns
    -------
    str
        Such as ``2 500``.
    """
    return Number(value).say(language)


@register.filter
def tenths(value: float | None, language: str) -> str:
    """Say a number with one decimal: ``{{ share|tenths:language }}``.

    Parameters
    ----------
    value : float or None
        The number; None for none.
    language : str
        ``kk``, ``ru`` or ``en``.

    Returns
    -------
    str
        Such as ``90,3``; a dash for none.
    """
    return "–" if value is None else Number(value, 1).say(language)


@register.filter
def tenge(value: Decimal, language: str) -> str:
    """Say a sum of money, its hundredths where there are any: ``{{ sum|tenge:language }}``.

    Parameters
    ----------
    value : Decimal
        The sum.
    language : str
        ``kk``, ``ru`` or ``en``.

    Returns
    -------
    str
        Such as ``66 500`` or ``66 500,50``.
    """
    return Number(float(value), 0 if value == int(value) else 2).say(language)


@register.filter
def clock(moment: datetime, zone: tzinfo = HERE) -> str:
    """Write a moment by a clock: ``{{ moment|clock:zone }}``.

    Parameters
    ----------
    moment : datetime
        In UTC.
    zone : tzinfo, optional
        Of the study; that of the country where a page belongs to no study.

    Returns
    -------
    str
        Such as ``28.11.2026, 14:05``.
    """
    return said_at(moment, zone)


@register.filter
def day(moment: datetime, zone: tzinfo = HERE) -> str:
    """Write the day of a moment by a clock: ``{{ moment|day:zone }}``.

    Parameters
    ----------
    moment : datetime
        In UTC.
    zone : tzinfo, optional
        Of the study; that of the country where a page belongs to no study.

    Returns
    -------
    str
        Such as ``28.11.2026``.
    """
    return f"{moment.astimezone(zone):%d.%m.%Y}"
