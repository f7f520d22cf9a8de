"""What a plan of the sample needs of the workbook, and everything that is missing for it.

In: a study. Out: `Needs`, complete, or one error with all that is missing, so that the sociologist
fills it in at once. Nothing is guessed in the place of what the workbook does not say.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tyndau.base.errors import Problem, UserError
from tyndau.base.frames import Variable
from tyndau.base.languages import N_, Message
from tyndau.sampling import problems
from tyndau.sampling.quotas import check_margins, people_by_territory
from tyndau.study.model import Study, Territory
from tyndau.study.plan import Margin, Point, Sampling

_WHAT = {
    "population": N_("the form of the mass survey, such as residents"),
    "interviews": N_('how many interviews; or "precision", the half-width wanted'),
    "design_effect": N_(
        'by how much points raise the variance; or "correlation" of answers at a point'
    ),
    "allocation": N_("how interviews are shared out: proportional, equal, neyman or power"),
    "selection": N_("how points are taken: pps, systematic or all"),
    "interviewers": N_("how many there are"),
    "seed": N_("a whole number where chance begins"),
}


@dataclass(frozen=True, slots=True)
class Needs:
    """Everything that a plan is computed from.

    Attributes
    ----------
    population : str
        The form of the mass survey.
    sampling : Sampling
        What the sheet says; size, design effect, allocation, selection, interviewers and seed are
        there.
    territories : tuple of Territory
        Those that hold no others.
    people : dict of str to int
        How many live in each.
    margins : tuple of Margin
        Figures of the population.
    variables : tuple of Variable
        What quotas cross.
    frame : dict of str to list of Point
        Points of each territory that can be drawn, in the order of the sheet.
    substitutes : dict of str to list of Point
        Points approved as substitutes, by territory.
    seed : int
        Where chance begins.
    interviewers : int
        How many there are.
    warnings : tuple of Problem
        What is not as it should be and stops nothing.
    """

    population: str
    sampling: Sampling
    territories: tuple[Territory, ...]
    people: dict[str, int]
    margins: tuple[Margin, ...]
    variables: tuple[Variable, ...]
    frame: dict[str, list[Point]]
    substitutes: dict[str, list[Point]]
    seed: int
    interviewers: int
    warnings: tuple[Problem, ...]


def read_needs(study: Study) -> Needs:
    """Gather what a plan needs.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    Needs
        Everything.

    Raises
    ------
    UserError
        With all that is missing or contradicts, each with its own code ``study.sample-...``.
    """
    sampling = study.sampling
    if sampling is None:
        raise problems.NO_SAMPLING.error(problems.SHEET)
    found = list(_missing_keys(study, sampling))
    places = leaves(study.territories)
    population = sampling.population or next(iter(study.forms), "")
    margins = tuple(one for one in study.margins if one.population == population)
    codes = [one.code for one in places]
    people = people_by_territory(codes, margins)
    if not places:
        found.append(problems.NO_TERRITORIES.at(problems.SHEET))
    without = [one.code for one in places if one.code not in people]
    if without:
        found.append(problems.NO_PEOPLE.at(problems.POPULATION, territories=without))
    variables = _quota_variables(study, population, sampling)
    # Where some territories have no people, their sum says nothing yet.
    found += check_margins(variables, margins, {} if without else people)
    frame = _frame(codes, study.points, sampling, found)
    errors = [problem for problem in found if problem.kind.severity == "error"]
    if errors:
        raise UserError(*errors)
    assert sampling.seed is not None
    assert sampling.interviewers is not None
    return Needs(
        population=population,
        sampling=sampling,
        territories=places,
        people={code: people[code] for code in codes},
        margins=margins,
        variables=variables,
        frame=frame,
        substitutes={
            code: [p for p in study.points if p.territory == code and p.substitute_for]
            for code in codes
        },
        seed=sampling.seed,
        interviewers=sampling.interviewers,
        warnings=tuple(found),
    )


def leaves(territories: Iterable[Territory]) -> tuple[Territory, ...]:
    """Return the territories that hold no others: those where people say that they live.

    Parameters
    ----------
    territories : iterable of Territory
        All.

    Returns
    -------
    tuple of Territory
        In order.
    """
    listed = tuple(territories)
    parents = {one.parent for one in listed}
    return tuple(one for one in listed if one.code not in parents)


def _missing_keys(study: Study, sampling: Sampling) -> Iterable[Problem]:
    values = {
        "population": sampling.population or (len(study.forms) == 1),
        "interviews": sampling.interviews or sampling.precision,
        "design_effect": sampling.design_effect is not None or sampling.correlation is not None,
        "allocation": sampling.allocation,
        "selection": sampling.selection,
        "interviewers": sampling.interviewers,
        "seed": sampling.seed,
    }
    for key, value in values.items():
        if not value:
            what = Message(_WHAT[key])
            yield problems.MISSING.at(problems.SHEET, key=key, what=what)


def _quota_variables(study: Study, population: str, sampling: Sampling) -> tuple[Variable, ...]:
    offered = {one.name: one for one in study.variables(population)}
    return tuple(offered[name] for name in sampling.quotas if name in offered)


def _frame(
    codes: Sequence[str], points: Sequence[Point], sampling: Sampling, found: list[Problem]
) -> dict[str, list[Point]]:
    """Return what may be drawn: all but substitutes; without drawing, what is planned."""
    named = sampling.selection == "all"
    frame = {
        code: [
            one
            for one in points
            if one.territory == code and not one.substitute_for and (one.interviews or not named)
        ]
        for code in codes
    }
    if sampling.selection == "pps":
        sizeless = [one.code for place in frame.values() for one in place if not one.size]
        if sizeless:
            found.append(problems.NO_MEASURE.at(problems.POINTS, points=_some(sizeless)))
    return frame


def _some(codes: Sequence[str]) -> list[str]:
    """Return a few codes, and an ellipsis for the rest."""
    few = 6
    return [*codes[:few], *["…"] * (len(codes) > few)]
