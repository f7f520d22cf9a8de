"""The rules of the field and what they say when they strike.

In: the sheet ``rules`` of a study. Out: `FieldRules`, the thresholds, with those of fieldwork as it
is really done where the sheet is silent; `Alert`, what a supervisor and an interviewer are told. An
alert is a reason to look: nobody is rejected or unpaid by it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from tyndau.base.languages import N_, Message
from tyndau.study.model import Study

RuleName = Literal[
    "day_hours", "on_end", "after_dark", "empty_point", "alone", "at_point", "hours", "weekdays"
]

RULES: Final[Mapping[RuleName, Message]] = {
    "day_hours": Message(N_("too many hours a day")),
    "on_end": Message(N_("no break")),
    "after_dark": Message(N_("after dark")),
    "empty_point": Message(N_("a point without interviews")),
    "alone": Message(N_("alone at a point")),
    "at_point": Message(N_("too many interviews at a point")),
    "hours": Message(N_("one part of the day only")),
    "weekdays": Message(N_("one weekday only")),
}


@dataclass(frozen=True, slots=True)
class FieldRules:
    """From where on the rules strike; defaults are those of the report on public councils, 2023.

    Attributes
    ----------
    hours_a_day : float
        Hours that somebody may work in a day, breaks left out.
    hours_on_end : float
        Hours without a break.
    break_minutes : float
        A shorter gap is no break.
    empty_hours : float
        Hours at a point without an interview.
    together : int
        How many work at a point.
    alone_minutes : float
        Minutes that one of them may be there without another, such as when one is late.
    at_point : int
        Interviews of one interviewer at one point.
    dark_from : float or None
        Hour of the day after which nobody works where the place of the study is not known; None
        where the sheet says nothing.
    spread_from : int
        Interviews from which on those of a point must be spread over hours and weekdays.
    """

    hours_a_day: float = 8.0
    hours_on_end: float = 2.0
    break_minutes: float = 15.0
    empty_hours: float = 2.0
    together: int = 2
    alone_minutes: float = 45.0
    at_point: int = 20
    dark_from: float | None = None
    spread_from: int = 10


def field_rules(study: Study, population: str) -> FieldRules:
    """Return the rules of a study's field.

    Parameters
    ----------
    study : Study
        The study, with its sheet ``rules``.
    population : str
        One of its forms.

    Returns
    -------
    FieldRules
        What the sheet says under ``hours_a_day``, ``hours_on_end``, ``at_point`` and ``hour_to``,
        the strictest where it says a kind twice; defaults for all else.
    """
    said: dict[str, float] = {}
    for rule in study.rules:
        if rule.population == population:
            said[rule.kind] = min(rule.threshold, said.get(rule.kind, rule.threshold))
    usual = FieldRules()
    return FieldRules(
        hours_a_day=said.get("hours_a_day", usual.hours_a_day),
        hours_on_end=said.get("hours_on_end", usual.hours_on_end),
        at_point=int(said.get("at_point", usual.at_point)),
        dark_from=said.get("hour_to"),
    )


@dataclass(frozen=True, slots=True)
class Alert:
    """A rule of the field that was not kept.

    Attributes
    ----------
    key : str
        The same for the same alert whenever it is computed anew, though its facts may have grown.
    rule : RuleName
        One of `RULES`.
    interviewers : tuple of str
        Whom it is about.
    point : str
        Where; empty where it is about a whole day.
    day : date
        When; the last day where it is about several.
    facts : dict of str to str or int or float
        What the sentence names, as plain values.
    sentence : Message
        What happened.
    step : Message
        What to do next.
    """

    key: str
    rule: RuleName
    interviewers: tuple[str, ...]
    point: str
    day: date
    facts: Mapping[str, str | int | float]
    sentence: Message
    step: Message
