"""Letters of introduction, and the sheet that shows who conducts the study.

In: a study and its interviewers. Out: `Letters`, with places for signature and stamp. A letter has
the interviewer's code as its number, so that it stays the same however often papers are printed;
its date is written by whoever signs it.
"""

from collections.abc import Iterator, Sequence

from tyndau.base.languages import N_, Message, Sayable, Text
from tyndau.reporting.fieldpapers import known
from tyndau.reporting.fieldpapers.known import or_line
from tyndau.reporting.fieldpapers.model import Interviewer, Letter, Letters
from tyndau.reporting.model import Fact
from tyndau.study.model import Study

_LETTER = N_("Letter of introduction")
_IDENTITY = N_("Who conducts the study")
_BEARER = N_("Interviewer")
_BEARER_CODE = N_("{name}, code {code}")
_AIM = N_("What for")
_SPONSOR = N_("Paid by")
_BIN_LINE = N_("BIN {bin}")
_SAID = "{what}: {value}"
_SENT = (
    N_("We have sent the bearer of this letter to conduct interviews for the study named here."),
    N_(
        "Taking part is voluntary. Names do not stand beside answers; what is published are totals "
        "for groups of people, never the answers of one person."
    ),
    N_(
        "The interviewer asks for opinions alone: sells nothing, collects no money, no signatures "
        "and no documents, and campaigns for nobody."
    ),
    N_(
        "We ask officials and heads of organisations not to hinder the interviewer in this work "
        "and to help where it is needed. Answers of respondents are confidential and are shown to "
        "nobody."
    ),
    N_(
        "The letter is valid together with the badge and an identity card. The coordinator "
        "confirms by telephone who was sent."
    ),
)
_SHOWN = (
    N_(
        "Interviewers of the study have a badge with a photo and a code, a letter of introduction "
        "with the same code, and an identity card. Whoever doubts may ask for all three."
    ),
    N_("Call the coordinator and name the code on the badge: you will be told whether it is ours."),
    N_(
        "Taking part is voluntary: anybody may refuse, leave out any question and stop at any "
        "moment. Names do not stand beside answers; what is published are totals."
    ),
    N_(
        "Interviewers collect no money, no signatures and no documents, sell nothing and campaign "
        "for nobody. If somebody does so in our name, please tell us."
    ),
)


def build_letters(study: Study, interviewers: Sequence[Interviewer]) -> Letters:
    """Make the letters of introduction, one an interviewer.

    Parameters
    ----------
    study : Study
        The study.
    interviewers : sequence of Interviewer
        Who is sent.

    Returns
    -------
    Letters
        In the order of the list.
    """
    title = Message(_LETTER)
    letters = (
        Letter(title, one.code, tuple(_of_bearer(study, one)), tuple(map(Message, _SENT)))
        for one in interviewers
    )
    return _letters(study, title, tuple(letters))


def build_identity(study: Study) -> Letters:
    """Make the sheet that is shown to whoever asks who conducts the study.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    Letters
        One page.
    """
    title = Message(_IDENTITY)
    page = Letter(title, "", tuple(_of_contractor(study)), tuple(map(Message, _SHOWN)))
    return _letters(study, title, (page,))


def _letters(study: Study, title: Sayable, letters: tuple[Letter, ...]) -> Letters:
    own = study.identity
    head: tuple[Sayable, ...] = (
        or_line(study.contractor),
        Message(_BIN_LINE, {"bin": or_line(own.bin)}),
        Message(_SAID, {"what": Message(known.ADDRESS), "value": or_line(own.address)}),
    )
    signed = Fact(Message(known.HEAD), or_line(own.head))
    return Letters(known.frame(study, title), head, signed, letters)


def _of_bearer(study: Study, one: Interviewer) -> Iterator[Fact]:
    bearer: dict[str, object] = {"name": one.name, "code": one.code}
    yield Fact(Message(_BEARER), Message(_BEARER_CODE, bearer))
    yield Fact(Message(known.STUDY), study.title)
    aim = study.method_words.get("aim", Text())
    if aim.kk or aim.ru:
        yield Fact(Message(_AIM), aim)
    yield Fact(Message(known.CUSTOMER), or_line(study.customer))
    yield Fact(Message(known.FIELDWORK), known.dates_or_line(study))
    yield known.coordinator(study)


def _of_contractor(study: Study) -> Iterator[Fact]:
    own = study.identity
    yield Fact(Message(known.CONTRACTOR), or_line(study.contractor))
    yield Fact(Message(known.BIN), or_line(own.bin))
    yield Fact(Message(known.ADDRESS), or_line(own.address))
    yield Fact(Message(known.HEAD), or_line(own.head))
    yield known.coordinator(study)
    contact = study.method_words.get("contact", Text())
    yield Fact(Message(known.QUESTIONS), or_line(contact))
    yield Fact(Message(known.STUDY), study.title)
    yield Fact(Message(known.CUSTOMER), or_line(study.customer))
    if study.sponsor.kk or study.sponsor.ru:
        yield Fact(Message(_SPONSOR), study.sponsor)
    yield Fact(Message(known.FIELDWORK), known.dates_or_line(study))
