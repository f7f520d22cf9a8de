"""The register of pay: who is paid how much, and each decision to pay less.

In: a study and who is paid. Out: a `Document` of a page or a few, to be signed.
"""

from collections.abc import Iterator

from tyndau.base.languages import N_, Message, Number
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

_TITLE = N_("Register of pay of interviewers")
_PERIOD = N_("Period of works")
_RATE = N_("Pay for an accepted interview")
_TENGE = N_("{sum} ₸")
_AS_OF = N_("Counted on")
_ALL_OWED = N_("To be paid together")
_HEADS = (
    N_("Code"), N_("Interviewer"), N_("Accepted"), N_("Earned, ₸"), N_("Cut, ₸"), N_("Owed, ₸"),
    N_("Signature"),
)  # fmt: skip
_WIDTHS = (0.09, 0.29, 0.12, 0.13, 0.11, 0.13, 0.13)
# Where a hand signs, a row is two lines high.
_ROOM = "\n"
_TOGETHER = N_("All together")
_CUTS = N_("Decisions to pay less")
_CUT_HEADS = (N_("Code"), N_("Day"), N_("Decided by"), N_("Why"), N_("Cut, ₸"))
_CUT_WIDTHS = (0.1, 0.2, 0.22, 0.35, 0.13)
_NO_CUTS = N_("Nobody is paid less.")
_DRAWN_UP = N_("Drawn up by")
_SIGNED = N_("{line}  {name}")


def build_register(study: Study, payroll: Payroll) -> Document:
    """Make the register of pay.

    Parameters
    ----------
    study : Study
        The study.
    payroll : Payroll
        Who is paid.

    Returns
    -------
    Document
        To be written in any language.
    """
    title = Message(_TITLE)
    return Document(
        title=study.title,
        subtitle=title,
        sections=(Section("register", title, title, tuple(_blocks(study, payroll))),),
        author=study.contractor,
        dated=payroll.as_of,
        footer=title,
        banner=banner(study),
        layout="sheet",
    )


def _blocks(study: Study, payroll: Payroll) -> Iterator[Block]:
    yield Heading(Message(_TITLE))
    facts = (
        (known.STUDY, study.title),
        (known.CONTRACTOR, or_line(study.contractor)),
        (known.BIN, or_line(study.identity.bin)),
        (_PERIOD, period(payroll.days)),
        (_RATE, Message(_TENGE, {"sum": digits(payroll.rate)})),
        (_AS_OF, day_said(payroll.as_of)),
    )
    yield Facts(tuple(Fact(Message(name), value) for name, value in facts))
    together = (
        "", Message(_TOGETHER), Number(payroll.accepted), digits(payroll.earned),
        digits(payroll.cut), digits(payroll.owed), "",
    )  # fmt: skip
    rows = (*map(_row, payroll.payees), together)
    yield Grid(tuple(map(Message, _HEADS)), rows, _WIDTHS)
    yield Facts((Fact(Message(_ALL_OWED), spelt(payroll.owed)),))
    yield Heading(Message(_CUTS), 2)
    cuts = tuple(
        (one.code, day_said(cut.day), cut.person, cut.reason, digits(cut.amount))
        for one in payroll.payees
        for cut in one.line.cuts
    )
    if cuts:
        yield Grid(tuple(map(Message, _CUT_HEADS)), cuts, _CUT_WIDTHS)
    else:
        yield Paragraph(Message(_NO_CUTS))
    head: dict[str, object] = {"line": SHORT_LINE, "name": or_line(study.identity.head)}
    drawn: dict[str, object] = {"line": SHORT_LINE, "name": LINE}
    yield Facts(
        (
            Fact(Message(known.HEAD), Message(_SIGNED, head)),
            Fact(Message(_DRAWN_UP), Message(_SIGNED, drawn)),
        )
    )


def _row(one: Payee) -> tuple[str | Number, ...]:
    line = one.line
    return (
        one.code, one.name, Number(line.accepted), digits(line.earned), digits(line.cut),
        digits(line.owed), _ROOM,
    )  # fmt: skip
