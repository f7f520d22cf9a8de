"""A field under way as a supervisor or sociologist sees it, from what the worker counted.

In: a membership, a study. Out: `Dashboard`: sums of tallies by territory, point, interviewer and
day, quota cells, rates, phones. Whoever looks after some territories gets what was made there, and
of the own interviewers all. Lines are added up here; nothing else is computed.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tyndau.base.languages import Sayable, Text
from tyndau.study import Study
from tyndau_server.control.labels import Labels
from tyndau_server.control.models import Counted
from tyndau_server.control.planned import read_plan
from tyndau_server.control.tally import Sums
from tyndau_server.control.total import main_of, total_in
from tyndau_server.control.wanted import territories_of_points, wanted_of
from tyndau_server.fieldwork.seen import own_territories, sees_all_of
from tyndau_server.people.models import Membership

# The parts of a line before its numbers.
_MEMBERSHIP, _POINT, _TERRITORY, _DAY, _NUMBERS = range(5)
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table of the dashboard.

    Attributes
    ----------
    code : str
        Of the territory, point, interviewer or day.
    name : Text or str
        What it is called.
    target : int
        Interviews wanted; 0 where none are named.
    sums : Sums
        What was made.
    rates : mapping
        Outcome rates, where contacts were counted.
    """

    code: str
    name: Sayable
    target: int
    sums: Sums
    rates: Mapping[str, Any] = field(default_factory=dict)

    @property
    def percent(self) -> int:
        """How much of the target is done, 0 to 100."""
        return min(_WHOLE, _WHOLE * self.sums.done // self.target) if self.target else 0

    @property
    def shade(self) -> int:
        """The same in five classes, 0 to 4."""
        return min(4, self.percent // 25)

    @property
    def cooperation(self) -> float | None:
        """COOP1 in per cent; None where nobody was addressed."""
        return _percent(self.rates.get("coop1"))

    @property
    def refusal(self) -> float | None:
        """The refusal rate in per cent; None where nobody was addressed."""
        return _percent(self.rates.get("refusal"))


def _percent(share: float | None) -> float | None:
    return None if share is None else round(_WHOLE * share, 1)


@dataclass(frozen=True, slots=True)
class Cell:
    """A quota cell.

    Attributes
    ----------
    name : Text
        What it is called.
    target, within, over, promised, open, broken : int
        Wanted; within quota; over; promised to interviewers and not made yet; open to all;
        promised beyond the target.
    """

    name: Text
    target: int
    within: int
    over: int
    promised: int
    open: int
    broken: int

    @property
    def left(self) -> int:
        """How many are still needed."""
        return max(self.target - self.within, 0)


@dataclass(frozen=True, slots=True)
class Dashboard:
    """A field under way.

    Attributes
    ----------
    population : str
        Of which questionnaire.
    populations : tuple of str
        All that were counted.
    moment : datetime or None
        When it was counted; None where it never was.
    target : int
        Interviews wanted, of what the person sees.
    sums : Sums
        What was made, of what the person sees.
    territories, points, interviewers, days, hours : tuple of Line
        The tables.
    quotas : tuple of tuple of Cell
        Each table of quotas.
    rates : mapping
        Outcome rates of the whole.
    pace : mapping
        What the worker expects; empty where it cannot say.
    """

    population: str
    populations: tuple[str, ...]
    moment: datetime | None
    target: int
    sums: Sums
    territories: tuple[Line, ...] = ()
    points: tuple[Line, ...] = ()
    interviewers: tuple[Line, ...] = ()
    days: tuple[Line, ...] = ()
    hours: tuple[Line, ...] = ()
    quotas: tuple[tuple[Cell, ...], ...] = ()
    rates: Mapping[str, Any] = field(default_factory=dict)
    pace: Mapping[str, Any] = field(default_factory=dict)

    @property
    def total(self) -> Line:
        """All of it."""
        return Line("", "", self.target, self.sums, self.rates)


def dashboard(
    membership: Membership,
    study: Study | None,
    everybody: Mapping[Membership, bool],
    population: str = "",
) -> Dashboard:
    """Tell how a field stands.

    Parameters
    ----------
    membership : Membership
        Who looks.
    study : Study or None
        The study; None where it cannot be read.
    everybody : mapping of Membership to bool
        The interviewers, and whom of them the person sees; of the others only what was made in
        the person's territories is shown.
    population : str, optional
        Which questionnaire; that of the mass survey where none is named (`main_of`).

    Returns
    -------
    Dashboard
        What was counted last.
    """
    counted = {
        one.population: one
        for one in Counted.objects.filter(study=membership.study, membership=None)
    }
    names = tuple(sorted(counted))
    chosen = (
        population
        if population in counted
        else main_of(study, {name: total_in(one) for name, one in counted.items()})
    )
    if chosen not in counted:
        return Dashboard(chosen, names, None, 0, Sums())
    looking = _Looking(
        counted[chosen], Labels(study, chosen), study, everybody,
        own_territories(membership),
        frozenset(one.pk for one in everybody if sees_all_of(membership, one)),
    )  # fmt: skip
    return looking.dashboard(names)


@dataclass(frozen=True, slots=True)
class _Looking:
    """One look at what was counted."""

    counted: Counted
    labels: Labels
    study: Study | None
    everybody: Mapping[Membership, bool]
    # Of a supervisor of some territories; None of all.
    territories: frozenset[str] | None
    # Of whom all is shown, wherever it was made.
    whole: frozenset[int]

    def dashboard(self, names: tuple[str, ...]) -> Dashboard:
        figures = self.counted.figures
        plan = read_plan(self.study.folder) if self.study else None
        targets = wanted_of(self.study, plan, self.counted.population)
        own = list(self._lines())
        lines = [line for line in own if self._here(line)]
        outcomes = figures.get("outcomes", {})
        whole, here = self.territories is None, self.territories or ()
        lies_in = territories_of_points(self.study, plan)
        seen = self._seen_points(targets.points)
        wanted = targets.territories
        target = figures["target"] if whole else sum(
            wanted.get(one, 0) for one in here
        )  # fmt: skip
        return Dashboard(
            population=self.counted.population,
            populations=names,
            moment=self.counted.moment,
            target=target,
            sums=Sums.of(line[_NUMBERS:] for line in lines),
            territories=self._by(
                lines, _TERRITORY, self._seen(wanted), self.labels.territory, {}
            ),
            points=self._by(
                lines, _POINT, seen, self.labels.point,
                {
                    code: one
                    for code, one in outcomes.get("point", {}).items()
                    if whole or lies_in.get(code) in here  # elsewhere others worked, too
                },
            ),
            interviewers=self._people(own, outcomes.get("interviewer", {})),
            days=self._by(lines, _DAY, {}, _day, {}),
            hours=self._hours(outcomes.get("hour", {})) if whole else (),
            quotas=tuple(filter(None, map(self._cells, figures.get("quotas", [])))),
            rates=outcomes.get("all", {}) if whole else {},
            pace=figures.get("pace", {}) if whole else {},
        )  # fmt: skip

    def _lines(self) -> Iterable[list[Any]]:
        for line in self.counted.figures.get("tallies", []):
            if self._here(line) or line[_MEMBERSHIP] in self.whole:
                yield line

    def _here(self, line: Sequence[Any]) -> bool:
        """Whether a line is of the territories whose target it is held against."""
        return self.territories is None or line[_TERRITORY] in self.territories

    def _seen(self, territories: Mapping[str, int]) -> dict[str, int]:
        return {
            code: count
            for code, count in territories.items()
            if self.territories is None or code in self.territories
        }

    def _seen_points(self, points: Mapping[str, tuple[str, int]]) -> dict[str, int]:
        return {
            code: count
            for code, (territory, count) in points.items()
            if self.territories is None or territory in self.territories
        }

    def _by(
        self,
        lines: Sequence[list[Any]],
        part: int,
        targets: Mapping[str, int],
        name: Callable[[str], Sayable],
        rates: Mapping[str, Any],
    ) -> tuple[Line, ...]:
        """Add lines up by one of their parts, in the order of the targets."""
        groups: dict[str, list[list[int]]] = defaultdict(list, {code: [] for code in targets})
        for line in lines:
            groups[line[part]].append(line[_NUMBERS:])
        codes = [*targets, *sorted(set(groups) - set(targets))]
        return tuple(
            Line(code, name(code), targets.get(code, 0), Sums.of(groups[code]), rates.get(code, {}))
            for code in codes
        )

    def _people(self, lines: Sequence[list[Any]], rates: Mapping[str, Any]) -> tuple[Line, ...]:
        groups: dict[int, list[list[int]]] = defaultdict(list)
        for line in lines:
            groups[line[_MEMBERSHIP]].append(line[_NUMBERS:])
        found = []
        for one, is_seen in self.everybody.items():
            if one.pk in groups or (is_seen and one.ended is None):
                # Of a guest neither what is to be done elsewhere, nor how people answered there.
                own = rates.get(str(one.pk), {}) if one.pk in self.whole else {}
                sums = Sums.of(groups[one.pk])
                found.append(Line(one.code, one.person.name, self._assigned(one.pk), sums, own))
        return tuple(found)

    def _assigned(self, member: int) -> int:
        points = self.counted.figures.get("sent", {}).get(str(member), {})
        if member in self.whole:
            return sum(points.values())
        lies_in = {one.code: one.territory for one in self.study.points} if self.study else {}
        return sum(
            count
            for point, count in points.items()
            if self.territories is not None and lies_in.get(point) in self.territories
        )

    def _hours(self, rates: Mapping[str, Any]) -> tuple[Line, ...]:
        return tuple(
            Line(hour, f"{hour}:00", 0, Sums(), one) for hour, one in sorted(rates.items())
        )

    def _cells(self, table: Mapping[str, Any]) -> tuple[Cell, ...]:
        variables, place = table["variables"], table["place"]
        found = []
        for codes, *numbers in table["cells"]:
            where = codes[variables.index(place)] if place else ""
            if self.territories is not None and where not in self.territories:
                continue
            name = " ".join(f"{one}={code}" for one, code in zip(variables, codes, strict=True))
            found.append(Cell(self.labels.cell(name), *numbers))
        return tuple(found)


def _day(code: str) -> str:
    return f"{date.fromisoformat(code):%d.%m.%Y}" if code else ""
