"""Assignments: who works where, sent by the plan or by hand, ended, handed over, moved.

In: a language, a slug; in the query an interviewer, a point, a day. Out: pages, and the way back
after each act. The plan of a day is a page of its own, made to be printed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_time
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tyndau.base.errors import UserError
from tyndau.base.languages import N_, Message, Number, Sayable
from tyndau_server.control import assign, problems
from tyndau_server.control.assign import Shift
from tyndau_server.control.assigned import Decider, assignments_of, left_of, substitutes_of
from tyndau_server.control.labels import Labels
from tyndau_server.control.models import Assignment
from tyndau_server.control.plan import take_over
from tyndau_server.control.planned import read_plan
from tyndau_server.fieldwork.filters import whole_number
from tyndau_server.fieldwork.models import Instrument
from tyndau_server.fieldwork.seen import membership_of
from tyndau_server.look.notify import notify
from tyndau_server.look.page import page
from tyndau_server.look.wrong import problems_of
from tyndau_server.people.models import Role
from tyndau_server.studies.described import Described, describe
from tyndau_server.studies.served import folder_of

_MOST_LINES = 100
_NARROWED = frozenset({"interviewer", "point", "day"})
_PLANNED = N_("The plan is taken over. Assignments: {count}.")
_ADDED = N_("The interviewer is sent there; the phone knows it at its next contact.")
_ENDED = N_("Ended. Interviews left of it: {count}; they are open to all.")
_HANDED = N_("Handed over. Interviews left of it: {count}.")
_MOVED = N_("The point is replaced for all who were sent there. Interviews left: {count}.")


@dataclass(frozen=True, slots=True)
class Line:
    """An assignment as the page shows it.

    Attributes
    ----------
    one : Assignment
        The row.
    point, territory : Text
        What they are called.
    left : int
        Interviews still to be made.
    """

    one: Assignment
    point: Sayable
    territory: Sayable
    left: int


@dataclass(frozen=True, slots=True)
class _Here:
    """What every act of this page begins with."""

    described: Described
    decider: Decider
    population: str


@require_safe
def assignments(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Show the assignments that hold."""
    return _page(request, language, slug)


@require_http_methods(["GET", "HEAD", "POST"])
def assignments_plan(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Choose an interviewer for each number of the plan, and take the plan over."""
    here = _here(request, slug)
    plan = read_plan(folder_of(slug))
    chosen = {
        number: whole_number(request.POST.get(f"number-{number}", "")) or 0
        for number in range(len(plan.interviews) if plan else 0)
    }
    error = None
    if request.method == "POST":
        try:
            if here is None or plan is None:
                raise problems.NO_PLAN.error(population="")
            count = take_over(here.decider, plan, chosen, _residence(here, plan.population))
        except UserError as caught:
            error = caught
        else:
            notify(request, language, Message(_PLANNED, {"count": Number(count)}))
            return _back(language, slug)
    members = here.decider.interviewers() if here else []
    offered = [
        (number, count, chosen.get(number) or _likely(members, number))
        for number, count in enumerate(plan.interviews if plan else ())
    ]
    shown = {
        "plan": plan, "offered": offered, "interviewers": members,
        "problems": problems_of(error),
    }  # fmt: skip
    return _answer(request, language, slug, "control/plan.html", shown, error)


@require_POST
def assignment_add(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Send an interviewer to a point."""
    sent = request.POST

    def act(here: _Here) -> Message:
        assign.add(
            here.decider,
            here.population,
            whole_number(sent.get("interviewer", "")) or 0,
            sent.get("point", "")[:255],
            whole_number(sent.get("interviews", "")) or 0,
            _shift(request),
        )
        return Message(_ADDED)

    return _acted(request, language, slug, act)


@require_POST
def assignments_end(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """End those that are ticked, or all that are listed; hand over what is left to an heir."""
    sent = request.POST
    ticked = sent.getlist("chosen")

    def act(here: _Here) -> Message:
        # Of one interviewer, point or day, as the list was narrowed: whoever is ill has dozens.
        every = "all" in ticked and bool(request.GET)
        numbers = (
            [line.one.pk for line in _lines(here, request)]
            if every
            else [whole_number(one) or 0 for one in ticked]
        )
        heir = whole_number(sent.get("heir", "")) or 0
        left = assign.end(here.decider, here.population, numbers, sent.get("reason", ""), heir=heir)
        return Message(_HANDED if heir else _ENDED, {"count": Number(left)})

    return _acted(request, language, slug, act)


@require_POST
def assignments_substitute(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Replace a point by a substitute, for all who are sent there."""
    sent = request.POST

    def act(here: _Here) -> Message:
        left = assign.substitute(
            here.decider, here.population, _point(request), sent.get("substitute", "")[:255],
            sent.get("reason", ""),
        )  # fmt: skip
        return Message(_MOVED, {"count": Number(left)})

    return _acted(request, language, slug, act)


@require_safe
def assignments_day(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Show the plan of a day, to be printed."""
    here = _here(request, slug)
    lines = _lines(here, request, of_all_days=True) if here else []
    days = sorted({line.one.day for line in lines if line.one.day})
    today = timezone.now().astimezone(describe(folder_of(slug)).zone).date()
    day = parse_date_of(request.GET.get("day", "")) or next(
        (one for one in days if one >= today), days[-1] if days else None
    )
    shown = {
        "days": days,
        "day": day,
        "lines": [line for line in lines if line.one.day == day],
    }
    return _answer(request, language, slug, "control/day.html", shown)


def parse_date_of(written: str) -> date | None:
    """Read a day as browsers send it.

    Parameters
    ----------
    written : str
        Such as ``2026-10-04``.

    Returns
    -------
    date or None
        None where it is none.
    """
    try:
        return parse_date(written)
    except ValueError:
        return None


def _here(request: HttpRequest, slug: str) -> _Here | None:
    """Return who decides of which study; None where the study cannot be read."""
    described = describe(folder_of(slug))
    if described.study is None:
        return None
    decider = Decider(membership_of(request), described.study)
    return _Here(described, decider, _population(described, slug))


def _population(described: Described, slug: str) -> str:
    """Return the form that interviewers ask at points."""
    study = described.study
    if study and study.sampling and study.sampling.population:
        return study.sampling.population
    issued = Instrument.objects.filter(study=slug).order_by("pk")
    known = list(study.forms) if study else []
    return issued.values_list("population", flat=True).first() or next(iter(known), "")


def _residence(here: _Here, population: str) -> str:
    # The pipeline is not brought into every process that answers pages.
    from tyndau.fieldwork.control.tables import residence

    return residence(here.decider.study, population)


def _likely(members: list[Any], number: int) -> int:
    return members[number].pk if number < len(members) else 0


def _shift(request: HttpRequest) -> Shift:
    written = [request.POST.get(name, "").strip() for name in ("day", "begins", "ends")]
    try:
        day = parse_date(written[0]) if written[0] else None
        begins, ends = (parse_time(one) if one else None for one in written[1:])
    except ValueError:
        raise problems.SHIFT.error() from None
    readable = all(
        one is not None or not text for one, text in zip((day, begins, ends), written, strict=True)
    )
    if not readable or (begins and ends and ends <= begins):
        raise problems.SHIFT.error()
    return Shift(day, begins, ends)


def _acted(
    request: HttpRequest, language: str, slug: str, act: Callable[[_Here], Message]
) -> HttpResponse:
    here = _here(request, slug)
    if here is None:
        return _page(request, language, slug)
    try:
        notify(request, language, act(here))
    except UserError as error:
        return _page(request, language, slug, error)
    return _back(language, slug)


def _back(language: str, slug: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("assignments", args=[language, slug]))


def _lines(here: _Here, request: HttpRequest, *, of_all_days: bool = False) -> list[Line]:
    """Return the assignments that somebody sees, with what is left of each."""
    held = assignments_of(here.decider, here.population)
    left = left_of(held)
    labels = Labels(here.described.study, here.population)
    points = here.decider.points()
    interviewer = whole_number(request.GET.get("interviewer", "")) or None
    day = None if of_all_days else parse_date_of(request.GET.get("day", ""))
    return [
        Line(
            one, labels.point(one.point), labels.territory(points.get(one.point, "")), left[one.pk]
        )
        for one in held
        if interviewer in (None, one.membership_id)
        and _point(request) in ("", one.point)
        and (day is None or one.day == day)
    ]  # fmt: skip


def _point(request: HttpRequest) -> str:
    """Return the point to which a list is narrowed; empty for all."""
    return request.GET.get("point", "")[:255]


def _page(
    request: HttpRequest, language: str, slug: str, error: UserError | None = None
) -> HttpResponse:
    here = _here(request, slug)
    # What is done needs nobody: it stands last.
    lines = sorted(_lines(here, request) if here else [], key=lambda line: line.left == 0)
    points = here.decider.points() if here else {}
    labels = Labels(here.described.study if here else None, here.population if here else "")
    point = _point(request)
    narrowed = {name: str(text) for name, text in request.GET.items() if name in _NARROWED and text}
    shown = {
        "lines": lines[:_MOST_LINES],
        "count": len(lines),
        "more": max(len(lines) - _MOST_LINES, 0),
        "left": sum(line.left for line in lines),
        "interviewers": here.decider.interviewers() if here else [],
        "points": [(code, labels.point(code)) for code in points],
        "plan": read_plan(folder_of(slug)),
        "chosen": whole_number(request.GET.get("interviewer", "")) or None,
        "day": parse_date_of(request.GET.get("day", "")),
        "chosen_point": point,
        "substitutes": [
            (code, labels.point(code))
            for code in (
                substitutes_of(here.decider.study, point) if here and point and lines else ()
            )
        ],
        "narrowed": urlencode(narrowed),
        "problems": problems_of(error),
    }
    return _answer(request, language, slug, "control/assignments.html", shown, error)


def _answer(
    request: HttpRequest,
    language: str,
    slug: str,
    template: str,
    shown: dict[str, Any],
    error: UserError | None = None,
) -> HttpResponse:
    described = describe(folder_of(slug))
    every = {
        "described": described,
        "slug": slug,
        "office": membership_of(request).role == Role.SOCIOLOGIST,
        "typed": request.POST,
        **shown,
    }
    return page(
        request, language, template, every, simulated=described.fictional,
        status=422 if error else 200,
    )  # fmt: skip
