"""How far a field is, for those who see aggregates alone.

In: what the worker counted, a study. Out: `Progress`. No interviewer, no point and no interview is
in it; a territory of which fewer interviews came than the study's threshold says "fewer than" that.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tyndau.base.languages import Text
from tyndau.study import Study
from tyndau_server.control.labels import Labels
from tyndau_server.control.models import Counted
from tyndau_server.control.planned import read_plan
from tyndau_server.control.tally import TALLY, Sums
from tyndau_server.control.total import main_of, total_in
from tyndau_server.control.wanted import wanted_of

_TERRITORY, _NUMBERS = 2, 4
_DONE = _NUMBERS + TALLY.index("done")


@dataclass(frozen=True, slots=True)
class Place:
    """A territory.

    Attributes
    ----------
    name : Text
        What it is called.
    target : int
        Interviews wanted.
    done : int or None
        Interviews made; None where they are too few to be told.
    """

    name: Text
    target: int
    done: int | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a field is.

    Attributes
    ----------
    moment : datetime or None
        When it was counted; None where it never was.
    target : int
        Interviews wanted.
    sums : Sums
        What was made, and what else arrived, added up as on the dashboard.
    least : int
        The threshold below which a territory is not told.
    territories : tuple of Place
        Those of the plan.
    pace : mapping
        What is expected.
    """

    moment: datetime | None = None
    target: int = 0
    sums: Sums = field(default_factory=Sums)
    least: int = 0
    territories: tuple[Place, ...] = ()
    pace: Mapping[str, Any] = field(default_factory=dict)


def progress(slug: str, study: Study | None) -> Progress:
    """Tell how far a field is.

    Parameters
    ----------
    slug : str
        The study's slug.
    study : Study or None
        The study; None where it cannot be read.

    Returns
    -------
    Progress
        Of its main questionnaire.
    """
    counted = {one.population: one for one in Counted.objects.filter(study=slug, membership=None)}
    name = main_of(study, {name: total_in(one) for name, one in counted.items()})
    if name not in counted or study is None:
        return Progress()
    figures = counted[name].figures
    least = study.thresholds.hide_below
    done: dict[str, int] = defaultdict(int)
    for line in figures["tallies"]:
        done[line[_TERRITORY]] += line[_DONE]
    labels = Labels(study, name)
    targets = wanted_of(study, read_plan(study.folder), name).territories
    return Progress(
        moment=counted[name].moment,
        target=figures["target"],
        sums=Sums.of(line[_NUMBERS:] for line in figures["tallies"]),
        least=least,
        territories=tuple(_places(labels, targets, done, least)),
        pace=figures.get("pace", {}),
    )


def _places(
    labels: Labels, targets: Mapping[str, int], done: Mapping[str, int], least: int
) -> list[Place]:
    """Hide small territories, and one more where a single one would follow from the total."""
    shown = {code: done.get(code, 0) for code in targets}
    hidden = {code for code, count in shown.items() if count < least}
    if len(hidden) == 1 and len(shown) > 1:
        hidden.add(min((one for one in shown if one not in hidden), key=lambda one: shown[one]))
    return [
        Place(labels.territory(code), target, None if code in hidden else shown[code])
        for code, target in targets.items()
    ]
