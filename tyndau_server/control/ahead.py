"""When the field will end, if the days to come are like those past; said once, by the worker.

In: interviews by day, the target, the time. Out: plain values and sentences in every language; none
where there were too few days. A working day is one on which somebody was sent out or something was
made.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from tyndau.base.languages import INTERFACE_LANGUAGES, N_, Message, Number
from tyndau.fieldwork.control.pace import Forecast, forecast
from tyndau_server.control.facts import Population
from tyndau_server.control.models import Assignment
from tyndau_server.control.settling import Row

_ON_THE_LAST_DAY = N_(
    "By {day} there will be {expected} interviews, between {low} and {high}, if the days to come "
    "are like the {days} so far."
)
_REACHED = N_("The target is reached about {end}, between {earliest} and {latest}.")
_FROM = N_("The target is reached about {end}, not before {earliest}; it may take far longer.")
_NEVER = N_("At this pace the target is not reached within a year.")


def pace_figures(
    population: Population, rows: Sequence[Row], target: int, moment: datetime
) -> dict[str, Any]:
    """Forecast the end of a field.

    Parameters
    ----------
    population : Population
        Whose field.
    rows : sequence of Row
        Its interviews.
    target : int
        How many are wanted.
    moment : datetime
        Now.

    Returns
    -------
    dict
        ``expected``, ``low``, ``high``, ``said`` by language; empty where nothing can be said.
    """
    made = Counter(date.fromisoformat(row.day) for row in rows if row.counts and row.day)
    of = {"study": population.slug, "population": population.name}
    held = Assignment.objects.filter(**of, ended=None).exclude(day=None)
    sent = {day for day in held.values_list("day", flat=True) if day is not None}
    today = moment.astimezone(population.zone).date()
    last = population.study.end or max((*sent, *made, today))
    counts = {day: made[day] for day in sorted({*made, *sent}) if day < today}
    found = forecast(counts, target, max(last, today), today=today) if target else None
    if found is None or found.done >= target:
        return {}
    sentences = list(_said(found, max(last, today)))
    said = {code: " ".join(one.say(code) for one in sentences) for code in INTERFACE_LANGUAGES}
    return {
        "expected": found.expected,
        "low": found.low,
        "high": found.high,
        "said": said,
    }


def _said(found: Forecast, last: date) -> Iterable[Message]:
    counts = {name: Number(getattr(found, name)) for name in ("expected", "low", "high", "days")}
    yield Message(_ON_THE_LAST_DAY, {**counts, "day": f"{last:%d.%m.%Y}"})
    if found.end is None or found.earliest is None:
        yield Message(_NEVER)
        return
    days = {"end": f"{found.end:%d.%m.%Y}", "earliest": f"{found.earliest:%d.%m.%Y}"}
    if found.latest is None:
        yield Message(_FROM, days)
    else:
        yield Message(_REACHED, {**days, "latest": f"{found.latest:%d.%m.%Y}"})
