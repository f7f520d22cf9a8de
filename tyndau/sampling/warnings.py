"""What should be known of a plan that nothing forbids.

In: a study and its plan. Out: warnings, each with its own code. A plan that has them is carried out
all the same; the sociologist decides.
"""

from collections.abc import Iterator

from tyndau.base.errors import Place, Problem
from tyndau.base.languages import N_, Message, Number
from tyndau.sampling import problems
from tyndau.sampling.dwellings import list_of
from tyndau.sampling.model import SamplePlan
from tyndau.sampling.selection import LEAST_INTERVIEWS, LEAST_POINTS
from tyndau.study.model import Study
from tyndau.study.sheets.problems import FEW_DWELLINGS

_NAMED = N_("Points are named and not drawn.")


def warnings_of(study: Study, plan: SamplePlan) -> tuple[Problem, ...]:
    """Find what should be known of a plan.

    Parameters
    ----------
    study : Study
        The study.
    plan : SamplePlan
        Its plan.

    Returns
    -------
    tuple of Problem
        Warnings.
    """
    return tuple(
        problem
        for part in (_territories, _precision, _quotas, _inference, _calendar, _means, _lists)
        for problem in part(study, plan)
    )


def _territories(_: Study, plan: SamplePlan) -> Iterator[Problem]:
    for place in plan.territories:
        if not place.direct:
            yield problems.NO_DIRECT.at(
                problems.POINTS,
                territory=place.territory.code,
                interviews=place.interviews,
                points=len(place.points),
                least_interviews=LEAST_INTERVIEWS,
                least_points=LEAST_POINTS,
            )
    without = [place for place in plan.territories if not place.substitutes]
    if without:
        yield problems.NO_SUBSTITUTES.at(
            problems.POINTS,
            territories=[place.territory.code for place in without],
            points=[point.point.code for place in without for point in place.points],
        )


def _precision(_: Study, plan: SamplePlan) -> Iterator[Problem]:
    wanted = plan.sampling.precision
    if wanted is not None and plan.size is not None and plan.size.n > plan.allocation.n:
        yield problems.PRECISION_MISSED.at(
            problems.SHEET,
            interviews=plan.allocation.n,
            got=Number(plan.half_width, 1),
            wanted=Number(wanted, 1),
            needed=plan.size.n,
        )


def _quotas(study: Study, plan: SamplePlan) -> Iterator[Problem]:
    if plan.quotas.off:
        yield problems.NEAR_QUOTAS.at(problems.POPULATION, sums=plan.quotas.off)
    planned = {place.territory.code: place.interviews for place in plan.territories}
    written = {
        one.code: one.target
        for one in study.quotas
        if one.population == plan.population and not one.territory and one.code in planned
    }
    differences = [
        f"{code} {target} ≠ {planned[code]}"
        for code, target in written.items()
        if target != planned[code]
    ]
    if differences:
        place = Place("study.xlsx", "quotas")
        yield problems.OTHER_QUOTAS.at(place, differences=differences)


def _inference(study: Study, plan: SamplePlan) -> Iterator[Problem]:
    if study.inference_of(plan.population) == "design" and plan.allows.inference != "design":
        place = Place("study.xlsx", "study")
        named = plan.allows.choice == "named"
        reason = Message(_NAMED) if named else plan.allows.persons
        yield problems.NOT_BY_DESIGN.at(place, reason=reason)


def _calendar(_: Study, plan: SamplePlan) -> Iterator[Problem]:
    schedule = plan.schedule
    if schedule.lacking_days:
        yield problems.NO_CALENDAR.at(
            problems.SHEET,
            days=schedule.days,
            there=schedule.there,
            lacking=schedule.lacking_days,
            more=schedule.lacking_interviewers,
        )


def _means(_: Study, plan: SamplePlan) -> Iterator[Problem]:
    """Yield what is wrong with money."""
    cost = plan.cost
    if cost.missing:
        yield problems.NO_RATES.at(problems.SHEET, keys=list(cost.missing))
    if cost.total is not None and cost.budget is not None and cost.total > cost.budget:
        values = {"cost": Number(cost.total), "budget": Number(cost.budget)}
        yield problems.OVER_BUDGET.at(problems.SHEET, **values)


def _lists(study: Study, plan: SamplePlan) -> Iterator[Problem]:
    """Yield lists of dwellings that are shorter than the interviews which the sample gave a point.

    Where the sheet itself gives them, the study is warned of it already.
    """
    for one in plan.points:
        if one.point.interviews:
            continue
        made = list_of(study.streets, one.point, one.route.start)
        if made.drawn and len(made.drawn) < one.interviews:
            yield FEW_DWELLINGS.at(
                problems.STREETS,
                value=one.point.code,
                dwellings=made.dwellings,
                drawn=len(made.drawn),
                step=made.step,
                interviews=one.interviews,
            )
