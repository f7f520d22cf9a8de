"""The point plan of one interviewer: what to do where and when, with whom.

In: a study, an interviewer, the plan of the sample if there is one. Out: a `Document`. What was
really assigned goes before the plan of the sample, whose own sheet is taken as it is; whoever has
neither has no point plan.
"""

from collections.abc import Iterator

from babel.dates import format_date

from tyndau.base.languages import CONTENT_LANGUAGES, N_, Message, Number, Sayable, Text
from tyndau.reporting.fieldpapers.known import LINE, coordinator, dates_or_line
from tyndau.reporting.fieldpapers.model import Assignment, Interviewer
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
from tyndau.reporting.sample.interviewers import build_interviewer
from tyndau.reporting.sample.words import SAFETY, kind_words, tally
from tyndau.reporting.simulated import banner
from tyndau.sampling.model import SamplePlan
from tyndau.sampling.routes import route_rules
from tyndau.study.model import Study
from tyndau.study.schema import POINT_KINDS

_TITLE = N_("Point plan")
_INTERVIEWER = N_("Interviewer")
_BEARER = N_("{name}, code {code}")
_INTERVIEWS = N_("Interviews to be made")
_FIELDWORK = N_("Fieldwork")
_SUPERVISOR = N_("Supervisor, telephone")
_POINT, _KIND, _WITH, _OWN, _WHEN = (
    N_("Point"), N_("Whom"), N_("With"), N_("Yours"), N_("When"),
)  # fmt: skip
_PLACE = N_("{name} ({code})\n{territory}")
_STEP = N_("{kind}, step {step}")
_NO_DAY = N_("day is not set")
_WALK = {
    "street": N_("How to choose passers-by"),
    "dwelling": N_("How to choose dwellings"),
    "parking": N_("How to choose at a car park"),
}
_SAFETY = N_("Safety and hours")


def build_point_plan(study: Study, one: Interviewer, plan: SamplePlan | None) -> Document | None:
    """Make the point plan of an interviewer.

    Parameters
    ----------
    study : Study
        The study.
    one : Interviewer
        With assignments, or with a number of the plan.
    plan : SamplePlan or None
        The plan of the sample, if the workbook asks for one.

    Returns
    -------
    Document or None
        None where nothing is known of what this interviewer does.
    """
    if one.assignments:
        title = Message(_TITLE)
        section = Section("points", title, title, tuple(_blocks(study, one)))
        return Document(
            title=study.title,
            subtitle=title,
            sections=(section,),
            author=study.contractor,
            dated=study.start,
            footer=Message(_BEARER, {"name": one.name, "code": one.code}),
            banner=banner(study),
            layout="sheet",
        )
    if plan is not None and one.number and one.number <= plan.assignment.interviewers:
        return build_interviewer(study, plan, one.number, name=f"{one.name}, {one.code}")
    return None


def _blocks(study: Study, one: Interviewer) -> Iterator[Block]:
    yield Heading(Message(_TITLE))
    yield Paragraph(study.title, "lead")
    yield Facts(
        (
            Fact(Message(_INTERVIEWER), Message(_BEARER, {"name": one.name, "code": one.code})),
            Fact(Message(_INTERVIEWS), Number(sum(each.interviews for each in one.assignments))),
            Fact(Message(_FIELDWORK), dates_or_line(study)),
            Fact(Message(_SUPERVISOR), LINE),
            coordinator(study),
        )
    )
    heads = (_WHEN, _POINT, _KIND, _OWN, _WITH)
    ordered = sorted(one.assignments, key=lambda each: (str(each.day or "9"), each.start))
    yield Grid(
        tuple(map(Message, heads)),
        tuple(_row(study, each) for each in ordered),
        (0.2, 0.3, 0.17, 0.18, 0.15),
    )
    kinds = {point.kind for point in study.points if point.code in {a.point for a in ordered}}
    for kind in (each for each in POINT_KINDS if each in kinds):
        yield Heading(Message(_WALK[kind]), 2)
        yield Listing(route_rules(kind), numbered=True)
    yield Heading(Message(_SAFETY), 2)
    yield Listing(tuple(map(Message, SAFETY)))


def _row(study: Study, one: Assignment) -> tuple[Sayable, ...]:
    point = next((each for each in study.points if each.code == one.point), None)
    place: Sayable = one.point
    kind: Sayable = "–"
    if point is not None:
        names = {each.code: each.name for each in study.territories}
        territory = names.get(point.territory, point.territory)
        values = {"name": point.name, "code": point.code, "territory": territory}
        place = Message(_PLACE, values)
        kind = Message(_STEP, {"kind": kind_words(point.kind), "step": point.step})
    own = f"{one.interviews}\n{tally(one.interviews)}"
    return _when(one), place, kind, own, one.partner or "–"


def _when(one: Assignment) -> Sayable:
    hours = "–".join(part for part in (one.start, one.end) if part)
    if one.day is None:
        return Message("{day}\n{hours}", {"day": Message(_NO_DAY), "hours": hours})
    day = one.day
    said = {code: format_date(day, "EEEE, d MMMM", locale=code) for code in CONTENT_LANGUAGES}
    return Message("{day}\n{hours}", {"day": Text(**said), "hours": hours})
