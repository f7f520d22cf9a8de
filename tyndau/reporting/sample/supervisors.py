"""The sheets of supervisors: a territory a chapter, with points, substitutes, quotas, interviewers.

In: a study and its plan. Out: a `Document` that begins with the rules of the field and the
interviewers. It holds no name of a person: supervisors write those in by hand.
"""

from collections.abc import Iterator

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
from tyndau.reporting.sample.field import (
    SUPERVISOR_RULES,
    warm_room,
    whom_to_ask,
    whom_to_call,
)
from tyndau.reporting.sample.lists import streets_grid, way_words
from tyndau.reporting.sample.words import (
    joined,
    kind_words,
    point_name,
    quota_grid,
    substitute_grid,
    visit_words,
)
from tyndau.reporting.simulated import banner
from tyndau.sampling.dwellings import PointList, list_of
from tyndau.sampling.model import PointPlan, SamplePlan, Substitute, TerritoryPlan
from tyndau.study.model import Study

_TITLE = N_("Sheets for supervisors")
_FIELD = N_("The field")
_DATES = N_("Fieldwork")
_INTERVIEWS = N_("Interviews to be made")
_COUNT = N_("To do")
_POINTS = N_("Points")
_STAFF = N_("Interviewers")
_RULES = N_("Rules that you answer for")
_WHO = N_("Who works how much")
_WHO_SAID = N_(
    "Numbers stand for interviewers: write the names in. Who works where is part of the design: "
    "change pairs only within a territory, and write down every change."
)
_NUMBER = N_("No.")
_NAME = N_("Name, telephone")
_DAYS = N_("Days")
_PLACES = N_("Territories")
_NOTE = N_("People: {people}. Interviews: {interviews}. Points: {points}.")
_POINT = N_("Point")
_KIND = N_("Whom")
_PAIR = N_("Who: how many")
_ROUTE = N_("Step and start")
_VISITS = N_("When: interviews")
_SUBSTITUTES = N_("Substitute points")
_SUBSTITUTES_SAID = N_(
    "Each may stand in for any point of the territory, with your word, on the days and at the "
    "hours of the point that is left. Write down which point, when and why."
)
_USED = N_("Used for point, date, reason")
_NO_SUBSTITUTES = N_("No substitute point is approved here: ask before you leave a point.")
_QUOTAS = N_("Quotas of the territory")
_QUOTAS_SAID = N_(
    "Write in what is done every evening, by where people live; tell interviewers which cells are "
    "full."
)
_SHARE = N_("{number}: {interviews}")
_DONE = N_("Interviews by interviewer: {shares}.")


def build_supervisors(study: Study, plan: SamplePlan) -> Document:
    """Make the sheets of supervisors.

    Parameters
    ----------
    study : Study
        The study.
    plan : SamplePlan
        Its plan.

    Returns
    -------
    Document
        To be written in any language.
    """
    sections = [
        Section("field", Message(_FIELD), Message(_FIELD), tuple(_field(study, plan))),
        *(
            Section(
                place.territory.code,
                place.territory.name,
                place.territory.name,
                tuple(_territory(study, plan, at, place)),
            )
            for at, place in enumerate(plan.territories)
        ),
    ]
    return Document(
        title=study.title,
        subtitle=Message(_TITLE),
        sections=tuple(sections),
        author=study.contractor,
        dated=study.start,
        footer=Message(_TITLE),
        banner=banner(study),
        layout="sheet",
    )


def _field(study: Study, plan: SamplePlan) -> Iterator[Block]:
    yield Heading(Message(_TITLE))
    yield Paragraph(study.title, "lead")
    facts = [
        Fact(Message(_INTERVIEWS), Number(plan.allocation.n)),
        Fact(Message(_POINTS), Number(len(plan.points))),
        Fact(Message(_STAFF), Number(plan.assignment.interviewers)),
        *whom_to_call(study),
    ]
    if study.start or study.end:
        facts.insert(0, Fact(Message(_DATES), fieldwork_dates(study)))
    yield Facts(tuple(facts))
    yield Heading(Message(_RULES), 2)
    yield Listing(tuple(map(Message, SUPERVISOR_RULES)))
    yield from whom_to_ask(study, plan)
    yield Heading(Message(_WHO), 2)
    yield Paragraph(Message(_WHO_SAID))
    load = plan.assignment.load
    heads = (_NUMBER, _NAME, _COUNT, _DAYS, _PLACES)
    yield Grid(
        tuple(map(Message, heads)),
        tuple(
            (
                str(who + 1),
                "",
                Number(int(load[who])),
                Number(_days(plan, who + 1)),
                joined(
                    [
                        plan.territories[at].territory.name
                        for at in plan.assignment.by_territory[who].nonzero()[0]
                    ]
                ),
            )
            for who in range(plan.assignment.interviewers)
        ),
        (0.06, 0.28, 0.09, 0.07, 0.5),
    )


def _days(plan: SamplePlan, number: int) -> int:
    """Return on how many days of the calendar an interviewer works."""
    own = (point for point in plan.points if number in point.interviewers)
    return len({visit.day for point in own for visit in point.visits})


def _territory(study: Study, plan: SamplePlan, at: int, place: TerritoryPlan) -> Iterator[Block]:
    yield Heading(place.territory.name)
    counts: dict[str, object] = {
        "people": Number(place.people),
        "interviews": Number(place.interviews),
        "points": len(place.points),
    }
    yield Paragraph(Message(_NOTE, counts))
    yield warm_room()
    heads = (_POINT, _KIND, _COUNT, _PAIR, _ROUTE, _VISITS)
    yield Grid(
        tuple(map(Message, heads)),
        tuple(
            (
                point_name(one),
                kind_words(one.point.kind),
                Number(one.interviews),
                joined(_shares(one.interviewers, one.shares), "\n"),
                way_words(_list_of(study, one), one.point.kind, one.route),
                visit_words(one.visits),
            )
            for one in place.points
        ),
        (0.2, 0.13, 0.08, 0.1, 0.21, 0.28),
    )
    yield Heading(Message(_SUBSTITUTES), 2)
    if place.substitutes:
        yield Paragraph(Message(_SUBSTITUTES_SAID))
        yield substitute_grid(place, notes=Message(_USED))
    else:
        yield Paragraph(Message(_NO_SUBSTITUTES))
    offered: list[PointPlan | Substitute] = [*place.points, *place.substitutes]
    yield from streets_grid((one.point, _list_of(study, one)) for one in offered)
    yield Heading(Message(_QUOTAS), 2)
    yield quota_grid(study, plan, plan.quotas.counts[at], space="done")
    yield Paragraph(Message(_QUOTAS_SAID))
    shares = [
        Message(_SHARE, {"number": who + 1, "interviews": int(n)})
        for who, n in enumerate(plan.assignment.by_territory[:, at])
        if n
    ]
    yield Paragraph(Message(_DONE, {"shares": joined(shares)}))


def _shares(interviewers: tuple[int, ...], shares: tuple[int, ...]) -> list[Sayable]:
    return [
        Message(_SHARE, {"number": who, "interviews": n})
        for who, n in zip(interviewers, shares, strict=True)
    ]


def _list_of(study: Study, one: PointPlan | Substitute) -> PointList:
    return list_of(study.streets, one.point, one.route.start)
