"""Rules of the field that stand on the sheets: whom to ask, whom to call, what a supervisor checks.

In: a study and its plan. Out: blocks and facts that the sheets of supervisors and interviewers
share. Names and telephones are lines to be filled in by hand: the program holds none.
"""

from collections.abc import Iterator

from tyndau.base.languages import N_, Message, Sayable
from tyndau.reporting.facts import given
from tyndau.reporting.model import Block, Fact, Facts, Heading, Listing, Paragraph
from tyndau.sampling.model import SamplePlan
from tyndau.study.model import Study

LINE = "_" * 34

_SUPERVISOR = N_("Supervisor, telephone")
_HEAD = N_("If nobody answers: head of the work, telephone")
_CONTACT = N_("Questions to")
_DANGER = N_("In danger")
_NUMBERS = N_("112; police 102, ambulance 103")
_WARM = N_("Warm room, telephone")
_WHOM = N_("Who is asked and where it counts")
_RESIDENCE = (
    N_(
        "Ask in which territory the person lives, and write it down beside the point. The quota "
        "counts the territory where the person lives, not that of the point."
    ),
    N_(
        "Whoever lives in another territory is counted there: the supervisor says whether that "
        "cell is still open. If it is full, thank the person and address the next."
    ),
)
_NO_DATES = N_("The first day of fieldwork is not set yet: day 1 of this sheet is a Monday.")

# What supervisors answer for (report on public councils, 2023, "Health and safety", "Quality").
SUPERVISOR_RULES = (
    N_(
        "Every morning: who is where today by this sheet; everybody has badge, letter of the "
        "foundation and identity card."
    ),
    N_(
        "Two interviewers are at a point at any time, 8 hours a day and 2 hours on end at most; "
        "then they rest for 15 minutes at least in a warm room near by."
    ),
    N_(
        "Whoever cannot keep a day or an hour tells you first; you move the visit of both, at the "
        "same time of day, and write it down."
    ),
    N_(
        "A substitute point is for the case of two hours without an interview. You agree to it and "
        "write it down."
    ),
    N_("Every evening: fill in what is done, and tell interviewers which cells are full."),
    N_(
        "Your telephone is on while anybody is in the field. If somebody is threatened or "
        "detained, call the police, 102, and the head of the work; the letter says who sent them."
    ),
)


def whom_to_call(study: Study) -> tuple[Fact, ...]:
    """Return lines for telephones.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    tuple of Fact
        Supervisor and head of the work, to be filled in by hand; whom respondents may ask;
        emergency numbers of Kazakhstan.
    """
    return (
        Fact(Message(_SUPERVISOR), LINE),
        Fact(Message(_HEAD), LINE),
        Fact(Message(_DANGER), Message(_NUMBERS)),
        Fact(Message(_CONTACT), given(study.method_words.get("contact", study.contractor))),
    )


def whom_to_ask(study: Study, plan: SamplePlan) -> Iterator[Block]:
    """Go through what decides whether somebody is asked, and in which quota it counts.

    Parameters
    ----------
    study : Study
        Its method words may hold the screening.
    plan : SamplePlan
        Its plan.

    Yields
    ------
    Block
        A heading and rules; a sentence more where days have no dates yet.
    """
    rules: list[Sayable] = [Message(rule) for rule in _RESIDENCE]
    screening = study.method_words.get("screening")
    if screening and (screening.kk or screening.ru):
        rules.insert(0, screening)
    yield Heading(Message(_WHOM), 2)
    yield Listing(tuple(rules))
    if any(visit.date is None for point in plan.points for visit in point.visits):
        yield Paragraph(Message(_NO_DATES))


def warm_room() -> Facts:
    """Return the line for the warm room of a territory.

    Returns
    -------
    Facts
        To be filled in by hand.
    """
    return Facts((Fact(Message(_WARM), LINE),))
