"""How many interviews of a questionnaire are wanted, and where.

In: a study, its plan, a population. Out: `Wanted`. The plan of the sample says it, else the sheet
of points, which holds for the questionnaires that ask for the point: experts have no share in it.
Who was sent where is no concern of this module.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tyndau.study import Study
from tyndau_server.control.planned import Plan


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many interviews are wanted where.

    Attributes
    ----------
    territories : mapping of str to int
        By code.
    points : mapping of str to tuple of str and int
        By code: in which territory, how many.
    """

    territories: Mapping[str, int] = field(default_factory=dict)
    points: Mapping[str, tuple[str, int]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many in all; 0 where neither plan nor points say it."""
        return sum(self.territories.values())


def wanted_of(study: Study | None, plan: Plan | None, population: str) -> Wanted:
    """Tell how many interviews are wanted where.

    Parameters
    ----------
    study : Study or None
        The study; None where it cannot be read.
    plan : Plan or None
        The plan of its sample, if one was drawn.
    population : str
        The questionnaire.

    Returns
    -------
    Wanted
        By the plan, else by the sheet of points.
    """
    territories: dict[str, int] = {}
    points: dict[str, tuple[str, int]] = {}
    if plan is not None and plan.population == population:
        for place in plan.record["territories"]:
            territories[place["code"]] = int(place["interviews"])
            for point in place["points"]:
                points[point["code"]] = (place["code"], int(point["interviews"]))
    elif study is not None and asks_for_points(study, population):
        for one in study.points:
            if one.interviews and not one.substitute_for:
                territories[one.territory] = territories.get(one.territory, 0) + one.interviews
                points[one.code] = (one.territory, one.interviews)
    return Wanted(territories, points)


def asks_for_points(study: Study, population: str) -> bool:
    """Tell whether a form has the question that holds the code of the point.

    Parameters
    ----------
    study : Study
        The study.
    population : str
        Whose form.

    Returns
    -------
    bool
        False too where the workbook names no such question, or the study has no such form.
    """
    form = study.forms.get(population)
    name = study.sample.cluster
    return bool(form and name and any(one.name == name for one in form.questions))


def territories_of_points(study: Study | None, plan: Plan | None) -> dict[str, str]:
    """Tell where each point lies, substitutes too, whether interviews are wanted there or not.

    Parameters
    ----------
    study : Study or None
        The study; None where it cannot be read.
    plan : Plan or None
        The plan of its sample, if one was drawn.

    Returns
    -------
    dict of str to str
        The territory by code of the point: of the plan, which knows points that left the workbook
        since, then of the workbook.
    """
    drawn = {
        str(point["code"]): str(place["code"])
        for place in (plan.record["territories"] if plan else ())
        for point in (*place["points"], *place["substitutes"])
    }
    return drawn | {one.code: one.territory for one in (study.points if study else ())}
