"""The sheet of one interviewer: own points, own share of the quotas, the rules of the street.

In: a study, its plan, the interviewer's number. Out: a `Document` of a few pages to be taken along:
what is looked up at the point stands first, boxes are there to be ticked. It holds a name only
where the caller gives one.
"""

from collections.abc import Iterator

import numpy as np

from tyndau.base.languages import N_, Message, Number, Sayable
from tyndau.reporting.facts import fieldwork_dates
from tyndau.reporting.model import (
    Block,
    Document,
    Fact,
    Facts,
    Grid,
    Heading,
    Listing,
    Paragraph,
    Section,
)
from tyndau.reporting.sample.field import LINE, warm_room, whom_to_ask, whom_to_call
from tyndau.reporting.sample.lists import Round, list_blocks, walk_rules, way_words
from tyndau.reporting.sample.words import (
    SAFETY,
    kind_words,
    point_name,
    quota_grid,
    substitute_grid,
    tally,
    visit_words,
)
from tyndau.reporting.simulated import banner
from tyndau.sampling.dwellings import PointList, list_of
from tyndau.sampling.model import PointPlan, SamplePlan
from tyndau.study.model import Study

_TITLE = N_("Interviewer {number}")
_INTERVIEWS = N_("Interviews to be made")
_DATES = N_("Fieldwork")
_NAME = N_("Name")
_TERRITORY = N_("{name}: {interviews} interviews")
_POINT = N_("Point")
_KIND = N_("Whom")
_WITH = N_("With")
_OWN = N_("Yours")
_ROUTE = N_("Step and start")
_VISITS = N_("When: both together")
_SUBSTITUTES = N_(
    "Any substitute point of a territory may stand in for any point of yours there, once the "
    "supervisor has agreed; days and hours are those of the point that you leave."
)
_USED = N_("Used for point, date")
_QUOTA = N_("Whom you ask here: tick a box for each interview.")
_SAFETY = N_("Safety and hours")


def build_interviewer(study: Study, plan: SamplePlan, number: int, *, name: str = LINE) -> Document:
    """Make the sheet of an interviewer.

    Parameters
    ----------
    study : Study
        The study.
    plan : SamplePlan
        Its plan.
    number : int
        The interviewer's number, from 1.
    name : str, optional
        Who it is, where that is known; a line to be filled in by default.

    Returns
    -------
    Document
        To be written in any language.
    """
    title = Message(_TITLE, {"number": number})
    section = Section("sheet", title, title, tuple(_blocks(study, plan, number, name)))
    return Document(
        title=study.title,
        subtitle=title,
        sections=(section,),
        author=study.contractor,
        dated=study.start,
        footer=title,
        banner=banner(study),
        layout="sheet",
    )


def _blocks(study: Study, plan: SamplePlan, number: int, name: str) -> Iterator[Block]:
    yield Heading(Message(_TITLE, {"number": number}))
    yield Paragraph(study.title, "lead")
    own = plan.assignment.by_territory[number - 1]
    facts = [
        Fact(Message(_NAME), name),
        Fact(Message(_INTERVIEWS), Number(int(own.sum()))),
        *whom_to_call(study),
    ]
    if study.start or study.end:
        facts.insert(2, Fact(Message(_DATES), fieldwork_dates(study)))
    yield Facts(tuple(facts))
    yield from whom_to_ask(study, plan)
    yield Paragraph(Message(_SUBSTITUTES))
    for at in np.flatnonzero(own):
        yield from _territory(study, plan, int(at), number)
    rounds = [
        _round(study, one, number)
        for at in np.flatnonzero(own)
        for one in plan.territories[int(at)].points
        if number in one.interviewers
    ]
    yield from walk_rules(rounds)
    yield Heading(Message(_SAFETY), 2)
    yield Listing(tuple(map(Message, SAFETY)))
    yield from list_blocks(rounds)


def _round(study: Study, one: PointPlan, number: int) -> Round:
    seat = one.interviewers.index(number)
    turn = sorted(one.interviewers).index(number)
    return Round(one.point, _list_of(study, one), one.shares[seat], turn, len(one.interviewers))


def _territory(study: Study, plan: SamplePlan, at: int, number: int) -> Iterator[Block]:
    place = plan.territories[at]
    own = plan.assignment.by_territory[:, at]
    name = {"name": place.territory.name, "interviews": int(own[number - 1])}
    yield Heading(Message(_TERRITORY, name), 2)
    heads = (_POINT, _KIND, _WITH, _OWN, _ROUTE, _VISITS)
    yield Grid(
        tuple(map(Message, heads)),
        tuple(_point(study, one, number) for one in place.points if number in one.interviewers),
        (0.18, 0.12, 0.08, 0.16, 0.19, 0.27),
    )
    if place.substitutes:
        yield substitute_grid(place, notes=Message(_USED))
    yield warm_room()
    yield Paragraph(Message(_QUOTA), "lead")
    yield quota_grid(study, plan, plan.own_quotas[number - 1, at], space="boxes")


def _point(study: Study, plan: PointPlan, number: int) -> tuple[Sayable, ...]:
    seat = plan.interviewers.index(number)
    return (
        point_name(plan),
        kind_words(plan.point.kind),
        str(plan.interviewers[1 - seat]),
        f"{plan.shares[seat]}\n{tally(plan.shares[seat])}",
        way_words(_list_of(study, plan), plan.point.kind, plan.route),
        visit_words(plan.visits),
    )


def _list_of(study: Study, plan: PointPlan) -> PointList:
    return list_of(study.streets, plan.point, plan.route.start)
