"""Alerts of one rule under one heading, and within it by what one act settles.

In: lines of alerts. Out: `Group`, one a rule, its next step said once; in it bundles of what one
interviewer did on several days, or several interviewers on one day, the largest first: a supervisor
speaks to the one, or asks what happened on the other. What fits neither stands last.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tyndau.base.languages import N_, Message, Sayable
from tyndau.fieldwork.control.rulebook import RULES
from tyndau_server.control.live import AlertLine, name_of
from tyndau_server.people.models import Membership

NAMES: Mapping[str, Message] = {
    **{str(rule): words for rule, words in RULES.items()},
    "promises-exceed": Message(N_("more interviews promised than wanted")),
    "phone-silent": Message(N_("a silent phone")),
}
# Of a bundle on the field's page; all of it stands where it is settled.
_SHOWN = 10
_ORDER = {rule: number for number, rule in enumerate(NAMES)}
_Part = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Bundle:
    """Alerts of a rule that one act may settle.

    Attributes
    ----------
    lines : tuple of AlertLine
        The alerts, the newest first.
    interviewer : Membership or None
        Of whom all of them speak, where they are told by interviewer.
    day : date or None
        On which all of them fell, where they are told by day.
    step : mapping of str to str
        What to do next, by language, where that is the same for all of them and the group does not
        say it; empty otherwise.
    """

    lines: tuple[AlertLine, ...]
    interviewer: Membership | None = None
    day: date | None = None
    step: Mapping[str, str] | None = None

    @property
    def shown(self) -> tuple[AlertLine, ...]:
        """Those that stand on the field's page, which is sent anew with every arrival."""
        return self.lines[:_SHOWN]

    @property
    def rest(self) -> int:
        """How many are not shown."""
        return len(self.lines) - len(self.shown)

    @property
    def name(self) -> str:
        """What tells it from every other, so that a browser keeps one that did not change."""
        return name_of(*((one.alert.pk, one.what, one.next_step) for one in self.lines))


@dataclass(frozen=True, slots=True)
class Group:
    """The alerts of a rule.

    Attributes
    ----------
    rule : str
        Which.
    bundles : tuple of Bundle
        The largest first; what fits none last.
    step : mapping of str to str or None
        What to do next, by language, where that is the same for all of them.
    """

    rule: str
    bundles: tuple[Bundle, ...]
    step: Mapping[str, str] | None

    @property
    def name(self) -> Sayable:
        """The rule in words."""
        return name_of_rule(self.rule)

    @property
    def count(self) -> int:
        """How many alerts."""
        return sum(len(one.lines) for one in self.bundles)


def name_of_rule(rule: str) -> Sayable:
    """Return a rule in words.

    Parameters
    ----------
    rule : str
        As an alert names it.

    Returns
    -------
    Message or str
        The words; the name itself for a rule of a later version.
    """
    return NAMES.get(rule, rule)


def grouped(lines: Iterable[AlertLine]) -> list[Group]:
    """Group alerts by rule, and within it by interviewer or day.

    Parameters
    ----------
    lines : iterable of AlertLine
        The newest first.

    Returns
    -------
    list of Group
        In the order of the rules, so that a group stays where the reader saw it.
    """
    by_rule: dict[str, list[AlertLine]] = defaultdict(list)
    for line in lines:
        by_rule[line.alert.rule].append(line)
    rules = sorted(by_rule, key=lambda rule: (_ORDER.get(rule, len(_ORDER)), rule))
    return [_group(rule, by_rule[rule]) for rule in rules]


def step_of(lines: Sequence[AlertLine]) -> Mapping[str, str] | None:
    """Return the next step that all of some alerts share.

    Parameters
    ----------
    lines : sequence of AlertLine
        At least one.

    Returns
    -------
    mapping of str to str or None
        By language; None where they differ.
    """
    first = lines[0].next_step
    return first if all(one.next_step == first for one in lines) else None


def _group(rule: str, lines: list[AlertLine]) -> Group:
    step = step_of(lines)
    bundles = [_bundle(part, few, said=step is not None) for part, few in _parts(lines)]
    return Group(rule, tuple(bundles), step)


def _bundle(part: _Part | None, lines: list[AlertLine], *, said: bool) -> Bundle:
    step = None if said else step_of(lines)
    first = lines[0].alert
    if len(lines) == 1:
        return Bundle(tuple(lines))
    if part is None:
        return Bundle(tuple(lines), step=step)
    by_interviewer = part[0] == "interviewer"
    return Bundle(
        tuple(lines),
        interviewer=first.membership if by_interviewer else None,
        day=None if by_interviewer else first.day,
        step=step,
    )


def _parts(lines: list[AlertLine]) -> Iterator[tuple[_Part | None, list[AlertLine]]]:
    """Take out what is largest, again and again; of two alike an interviewer's comes first."""
    left = lines
    while left:
        of: dict[_Part, list[AlertLine]] = defaultdict(list)
        for line in left:
            for part in _parts_of(line):
                of[part].append(line)
        largest = min(of, key=lambda part: (-len(of[part]), part[0] != "interviewer"), default=None)
        if largest is None or len(of[largest]) == 1:
            yield None, left
            return
        yield largest, of[largest]
        taken = {one.alert.pk for one in of[largest]}
        left = [one for one in left if one.alert.pk not in taken]


def _parts_of(line: AlertLine) -> Iterator[_Part]:
    if line.alert.membership_id:
        yield "interviewer", line.alert.membership_id
    if line.alert.day:
        yield "day", line.alert.day.toordinal()
