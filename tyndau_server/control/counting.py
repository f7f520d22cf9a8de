"""What pages show of a field under way, counted once by the worker.

In: facts of interviews, settled quotas, contacts. Out: plain values as JSON holds them.
A line of ``tallies`` is an interviewer at a point on a day, with the numbers of `TALLY`; pages add
such lines up by whatever they show and compute nothing else.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from typing import Any

from django.db.models import Count, TextField
from django.db.models.functions import Cast, Substr

from tyndau.fieldwork.control.rates import Tally, cooperation, tallies
from tyndau_server.control.facts import Population, cell_name
from tyndau_server.control.models import Contact
from tyndau_server.control.settling import Row, Settlement
from tyndau_server.control.tally import TALLY
from tyndau_server.control.toward import COMPLETE
from tyndau_server.fieldwork.models import Submission

State = Submission.State
_TO_THE_HOUR = len("2026-11-28 14")
_PLACE = {name: number for number, name in enumerate(TALLY)}
_STATES = {
    State.ACCEPTED: "accepted",
    State.RECEIVED: "waiting",
    State.RETURNED: "returned",
    State.REJECTED: "rejected",
}
# Words of phones, in those of the outcome rates.
_OUTCOMES = {
    Contact.Outcome.INTERVIEW: "complete",
    Contact.Outcome.INTERRUPTED: "break_off",
    Contact.Outcome.REFUSED: "refusal",
    Contact.Outcome.NOT_ELIGIBLE: "not_eligible",
    Contact.Outcome.LANGUAGE: "language",
    Contact.Outcome.NOT_HOME: "not_home",
}


def tally_rows(rows: Iterable[Row]) -> list[list[Any]]:
    """Count interviews by interviewer, point, territories and day.

    Parameters
    ----------
    rows : iterable of Row
        Facts, settled.

    Returns
    -------
    list of list
        Membership, point, its territory, day, then the numbers of `TALLY`.
    """
    lines: dict[tuple[Any, ...], list[float]] = defaultdict(lambda: [0] * len(TALLY))
    for row in rows:
        line = lines[row.membership, row.point, row.territory, row.day]
        if row.outcome == COMPLETE:
            line[_PLACE[_STATES[State(row.state)]]] += 1
        else:
            line[_PLACE[row.outcome]] += 1
        if row.counts:
            line[_PLACE["done"]] += 1
            line[_PLACE["over"]] += bool(row.over)
            if row.minutes is not None:
                line[_PLACE["minutes"]] += round(row.minutes)
                line[_PLACE["timed"]] += 1
    return [[*key, *line] for key, line in sorted(lines.items())]


def quota_figures(settlement: Settlement) -> list[dict[str, Any]]:
    """Say how each quota cell stands.

    Parameters
    ----------
    settlement : Settlement
        All tables.

    Returns
    -------
    list of dict
        By table ``variables``, ``place`` and ``cells``: codes, target, within, over, promised to
        interviewers and not made yet, open to all, promised beyond the target.
    """
    found = []
    for table, one in zip(settlement.tables, settlement.settled, strict=True):
        promised = one.own_left.sum(axis=0)
        cells = [
            [
                list(table.codes_of(cell)),
                *(
                    int(numbers[cell])
                    for numbers in (
                        one.targets, one.within, one.over, promised, one.open_left, one.broken
                    )
                ),
            ]
            for cell in range(table.cells)
            if table.targets.ravel()[cell] >= 0
        ]  # fmt: skip
        found.append({"variables": list(table.variables), "place": table.place, "cells": cells})
    return found


def left_of(settlement: Settlement) -> dict[int, list[list[Any]]]:
    """Say what each interviewer is still to do, and may do.

    Parameters
    ----------
    settlement : Settlement
        All tables.

    Returns
    -------
    dict of int to list
        By membership, cells of which something is left: name, own, open to all.
    """
    left: dict[int, list[list[Any]]] = {member: [] for member in settlement.members}
    for table, one in zip(settlement.tables, settlement.settled, strict=True):
        for number, member in enumerate(settlement.members):
            own = one.own_left[number]
            for cell in range(table.cells):
                if own[cell]:
                    name = cell_name(table, cell)
                    left[member].append([name, int(own[cell]), int(one.open_left[cell])])
    return left


def by_territory(tallies: Iterable[Sequence[Any]]) -> dict[str, list[int]]:
    """Add tallies up by territory, for the pages that tell sums alone.

    Parameters
    ----------
    tallies : iterable of sequence
        As of `tally_rows`.

    Returns
    -------
    dict of str to list of int
        By code of the territory the numbers of `TALLY`.
    """
    places: dict[str, list[int]] = {}
    for _, _, territory, _, *numbers in tallies:
        known = places.get(territory, [0] * len(TALLY))
        places[territory] = [sum(pair) for pair in zip(known, numbers, strict=True)]
    return places


def outcome_figures(population: Population) -> dict[str, Any]:
    """Count the contacts of a population, and compute the rates of cooperation and refusal.

    Parameters
    ----------
    population : Population
        Which.

    Returns
    -------
    dict
        ``all``, and by key ``point``, ``interviewer``, ``hour``: counts and rates; ``last``, by
        membership the last contact.
    """
    counted = list(_contacts(population))
    keys = {
        "interviewer": [str(one[0]) for one in counted],
        "point": [one[1] for one in counted],
        "hour": [one[2] for one in counted],
        "all": [""] * len(counted),
    }
    outcomes = [_OUTCOMES[Contact.Outcome(one[3])] for one in counted]
    times = [one[4] for one in counted]
    found: dict[str, Any] = {
        name: {group: _rates(one) for group, one in _tallies(outcomes, groups, times).items()}
        for name, groups in keys.items()
    }
    found["all"] = found["all"].get("", _rates(Tally()))
    return found


def _contacts(population: Population) -> Iterator[tuple[int, str, str, str, int]]:
    """Count contacts by membership, point, hour of the study's day and outcome."""
    # By hours of UTC in the database, which counts in the study's zone a hundred times slower.
    hours = (
        Contact.objects.filter(study=population.slug, population=population.name)
        .annotate(hour=Substr(Cast("moment", TextField()), 1, _TO_THE_HOUR))
        .values_list("membership", "point", "hour", "outcome")
        .order_by()
        .annotate(Count("pk"))
    )
    for membership, point, hour, outcome, count in hours:
        yield membership, point, _hour(hour, population.zone), outcome, count


@lru_cache(maxsize=4096)
def _hour(written: str, zone: tzinfo) -> str:
    """Return the hour of a study's day of one that is written in UTC."""
    moment = datetime.fromisoformat(f"{written}:00").replace(tzinfo=UTC)
    return f"{moment.astimezone(zone):%H}"


def _tallies(
    outcomes: Sequence[str], groups: Sequence[str], times: Sequence[int]
) -> Mapping[str, Tally]:
    repeated = [
        (outcome, group)
        for outcome, group, count in zip(outcomes, groups, times, strict=True)
        for _ in range(count)
    ]
    return tallies([one for one, _ in repeated], [group for _, group in repeated])


def _rates(counted: Tally) -> dict[str, Any]:
    return dict(asdict(counted), **asdict(cooperation(counted)))
