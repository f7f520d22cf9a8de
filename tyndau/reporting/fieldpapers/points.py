"""The point plan of one interviewer: what to do where and when, with whom.

In: a study, an interviewer, the plan of the sample if there is one. Out: a `Document`. What was
really assigned goes before the plan of the sample, whose own sheet is taken as it is; whoever has
neither has no point plan.
"""

from collections.abc import Container, Iterable, Iterator

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
from tyndau.reporting.sample.lists import BY_LIST, Round, list_blocks, walk_rules
from tyndau.reporting.sample.words import SAFETY, kind_words, tally
from tyndau.reporting.simulated import banner
from tyndau.sampling.dwellings import list_of
from tyndau.sampling.model import SamplePlan
from tyndau.sampling.sharing import Shared
from tyndau.study.model import Study

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
_LISTED = N_("{kind}, {way}")
_NO_DAY = N_("day is not set")
_SAFETY = N_("Safety and hours")


def build_point_plan(
    study: Study, one: Interviewer, plan: SamplePlan | None, shared: Shared
) -> Document | None:
    """Make the point plan of an interviewer.

    Parameters
    ----------
    study : Study
        The study.
    one : Interviewer
        With assignments, or with a number of the plan.
    plan : SamplePlan or None
        The plan of the sample, if the workbook asks for one.
    shared : Shared
        Who shares the list of a point.

    Returns
    -------
    Document or None
        None where nothing is known of what this interviewer does.
    """
    if one.assignments:
        title = Message(_TITLE)
        section = Section("points", title, title, tuple(_blocks(study, one, shared)))
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


def _blocks(study: Study, one: Interviewer, shared: Shared) -> Iterator[Block]:
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
    rounds = list(_rounds(study, one, [each.point for each in ordered], shared))
    listed = {each.point.code for each in rounds if each.made.drawn}
    yield Grid(
        tuple(map(Message, heads)),
        tuple(_row(study, each, listed) for each in ordered),
        (0.2, 0.3, 0.17, 0.18, 0.15),
    )
    yield from walk_rules(rounds)
    yield Heading(Message(_SAFETY), 2)
    yield Listing(tuple(map(Message, SAFETY)))
    yield from list_blocks(rounds)


def _rounds(
    study: Study, one: Interviewer, codes: Iterable[str], shared: Shared
) -> Iterator[Round]:
    """Go through the points of an interviewer, each once, in the order of the days."""
    points = {point.code: point for point in study.points}
    for code in dict.fromkeys(each for each in codes if each in points):
        interviews = sum(each.interviews for each in one.assignments if each.point == code)
        made = list_of(study.streets, points[code], shared.starts.get(code))
        yield Round(points[code], made, interviews, *(shared.turn(code, one.code) or (0, 1)))


def _row(study: Study, one: Assignment, listed: Container[str]) -> tuple[Sayable, ...]:
    point = next((each for each in study.points if each.code == one.point), None)
    place: Sayable = one.point
    kind: Sayable = "–"
    if point is not None:
        names = {each.code: each.name for each in study.territories}
        territory = names.get(point.territory, point.territory)
        values = {"name": point.name, "code": point.code, "territory": territory}
        place = Message(_PLACE, values)
        values = {"kind": kind_words(point.kind), "step": point.step, "way": Message(BY_LIST)}
        kind = Message(_LISTED if point.code in listed else _STEP, values)
    own = f"{one.interviews}\n{tally(one.interviews)}"
    return _when(one), place, kind, own, one.partner or "–"


def _when(one: Assignment) -> Sayable:
    hours = "–".join(part for part in (one.start, one.end) if part)
    if one.day is None:
        return Message("{day}\n{hours}", {"day": Message(_NO_DAY), "hours": hours})
    day = one.day
    said = {code: format_date(day, "EEEE, d MMMM", locale=code) for code in CONTENT_LANGUAGES}
    return Message("{day}\n{hours}", {"day": Text(**said), "hours": hours})
