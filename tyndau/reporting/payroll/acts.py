"""Acts of completed works, one an interviewer and page: what was done, what is paid, who signs.

In: a study and who is paid. Out: a `Document`. Number, date and agreement are lines to be filled
in; who was accepted nothing of has no act. It is no form of the Ministry of Finance and no legal
advice: a lawyer of the foundation should read it.
"""

from collections.abc import Iterator

from tyndau.base.languages import N_, Message, Number, Sayable
from tyndau.reporting.facts import day_said
from tyndau.reporting.fieldpapers import known
from tyndau.reporting.fieldpapers.known import LINE, SHORT_LINE, or_line
from tyndau.reporting.model import (
    Block,
    Document,
    Fact,
    Facts,
    Grid,
    Heading,
    Paragraph,
    Section,
)
from tyndau.reporting.payroll.model import Payee, Payroll
from tyndau.reporting.payroll.words import digits, period, spelt
from tyndau.reporting.simulated import banner
from tyndau.study.model import Study

_TITLE = N_("Act of completed works")
_NUMBER = N_("Number and date of the act")
_AGREEMENT = N_("Agreement, number and date")
_NUMBERED = N_("No. {number} of {day}")
_FOR = N_("Works ordered by")
_BY = N_("Works done by")
_IIN = N_("IIN")
_BEARER = N_("{name}, code {code}")
_PERIOD = N_("Period of works")
_DONE = N_(
    "The interviewer conducted interviews for the study named here. Those that were checked and "
    "accepted are paid:"
)
_WORK, _COUNT, _RATE, _SUM = N_("Work"), N_("Number"), N_("Rate, ₸"), N_("Sum, ₸")
_INTERVIEWS = N_("Accepted interviews")
_CUTS = N_("Decisions to pay less")
_CUT_HEADS = (N_("Day"), N_("Decided by"), N_("Why"), N_("Cut, ₸"))
_CUT_WIDTHS = (0.22, 0.24, 0.39, 0.15)
_OWED = N_("To be paid")
_AGREED = N_("By signing, both sides confirm that these works were done and accepted.")
_SIGNATURE = N_("signature")
_DATE = N_("Date")
_STAMP = N_("Place for the stamp")
# With room above it for a hand that writes.
_NAMED = N_("\n{what}: {line}")


def build_acts(study: Study, payroll: Payroll) -> Document:
    """Make the acts of completed works.

    Parameters
    ----------
    study : Study
        The study.
    payroll : Payroll
        Who is paid.

    Returns
    -------
    Document
        A section an interviewer of whom an interview was accepted, each on a page of its own.
    """
    title = Message(_TITLE)
    return Document(
        title=study.title,
        subtitle=title,
        sections=tuple(
            Section(f"act-{at}", one.code, title, tuple(_act(study, one)))
            for at, one in enumerate(payroll.payees, 1)
            if one.line.accepted
        ),
        author=study.contractor,
        dated=payroll.as_of,
        footer=title,
        banner=banner(study),
        layout="sheet",
    )


def _act(study: Study, one: Payee) -> Iterator[Block]:
    line = one.line
    bearer: dict[str, object] = {"name": or_line(one.name), "code": one.code}
    numbered = Message(_NUMBERED, {"number": SHORT_LINE, "day": SHORT_LINE})
    facts: tuple[tuple[str, Sayable], ...] = (
        (_NUMBER, numbered),
        (_AGREEMENT, numbered),
        (_FOR, or_line(study.contractor)),
        (known.BIN, or_line(study.identity.bin)),
        (known.ADDRESS, or_line(study.identity.address)),
        (_BY, Message(_BEARER, bearer)),
        (_IIN, LINE),
        (known.STUDY, study.title),
        (_PERIOD, period((one.first, one.last))),
    )
    yield Heading(Message(_TITLE))
    yield Facts(tuple(Fact(Message(name), value) for name, value in facts))
    yield Paragraph(Message(_DONE))
    yield Grid(
        tuple(map(Message, (_WORK, _COUNT, _RATE, _SUM))),
        ((Message(_INTERVIEWS), Number(line.accepted), digits(line.rate), digits(line.earned)),),
        (0.46, 0.18, 0.18, 0.18),
    )
    if line.cuts:
        yield Paragraph(Message(_CUTS), "lead")
        yield Grid(
            tuple(map(Message, _CUT_HEADS)),
            tuple((day_said(cut.day), cut.person, cut.reason, digits(cut.amount))
                  for cut in line.cuts),
            _CUT_WIDTHS,
        )  # fmt: skip
    yield Facts((Fact(Message(_OWED), spelt(line.owed)),))
    yield Paragraph(Message(_AGREED))
    yield _signatures(study, one)


def _signatures(study: Study, one: Payee) -> Grid:
    """Return what both sides sign, side by side."""
    signature, day = (
        Message(_NAMED, {"what": Message(what), "line": SHORT_LINE}) for what in (_SIGNATURE, _DATE)
    )
    return Grid(
        (Message(_FOR), Message(_BY)),
        (
            (or_line(study.identity.head), or_line(one.name)),
            (signature, signature),
            (day, day),
            (Message(_STAMP), ""),
        ),
    )
