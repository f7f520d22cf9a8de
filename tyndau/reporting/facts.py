"""The facts that every publication of a study gives, as ESOMAR and WAPOR ask for them.

In: the study, what the numbers were counted from. Out: facts: who, for whom, of whom, how many,
how, when, with weighting and inference. One that the workbook does not give is listed as not given,
never left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import reduce

from babel.dates import format_date

from tyndau.base.languages import CONTENT_LANGUAGES, N_, Message, Sayable, Text, number
from tyndau.reporting.model import Fact
from tyndau.study.model import Study
from tyndau.study.standards import Inference

_NOT_GIVEN = N_("not given in the study's workbook")

_STUDY = N_("Study")
_CUSTOMER = N_("Customer")
_SPONSOR = N_("Paid by")
_CONTRACTOR = N_("Conducted by")
_POPULATION = N_("Population studied")
_SAMPLE = N_("Sample")
_MODE = N_("Mode of interviewing")
_DATES = N_("Fieldwork")
_FROM_TO = N_("{start} to {end}")
_INTERVIEWS = N_("Interviews")
_WEIGHTING = N_("Weighting")
_WEIGHTED = N_(
    'Data are weighted by the variable "{weight}". Percentages and means are weighted; beside the '
    "number of respondents each table gives the weighted and the effective base."
)
_NOT_WEIGHTED = N_("Data are not weighted.")
_INFERENCE = N_("Inference")
_BY_DESIGN = N_(
    "Probability sample: standard errors, intervals and tests are computed by the sample's design."
)
_BY_MODEL = N_(
    "The sample is not random: tests hold under the stated model, given the quotas and points of "
    "the sample, and give no margin of error. {model}"
)
_BY_NOTHING = N_(
    "The sample was open to anyone: percentages speak of those who answered; no errors are "
    "computed and no tests are made."
)
# Where populations differ in what their samples allow.
_OF_SOME = N_("{populations}: {said}")
_DATA = N_("Data")


def study_facts(
    study: Study,
    populations: Sequence[str],
    weighted: bool,
    data: Sayable,
    rows: int,
    weights: Sequence[Sayable] = (),
) -> Iterator[Fact]:
    """Go through the facts that every publication of a study gives (ESOMAR/WAPOR).

    Parameters
    ----------
    study : Study
        What was designed.
    populations : sequence of str
        Whose answers the numbers are counted from.
    weighted : bool
        Whether the numbers are weighted.
    data : Text, Message or str
        What they were counted from, and for whom.
    rows : int
        Interviews in the wave.
    weights : sequence of Text, Message or str, optional
        How the weights of the revision were made; without them they stand in a column.

    Yields
    ------
    Fact
        One fact; what the workbook does not give is said to be not given.
    """
    own = Message(_WEIGHTED, {"weight": study.sample.weight})
    yield Fact(Message(_STUDY), given(study.title))
    yield from identity(study)
    yield Fact(Message(_DATES), fieldwork_dates(study))
    yield Fact(Message(_INTERVIEWS), _count(rows))
    for said in weights or [own if weighted else Message(_NOT_WEIGHTED)]:
        yield Fact(Message(_WEIGHTING), said)
    yield inference_fact(study, populations)
    yield Fact(Message(_DATA), data)


def identity(study: Study) -> Iterator[Fact]:
    """Go through what holds of every sample of a study.

    Parameters
    ----------
    study : Study
        What was designed.

    Yields
    ------
    Fact
        One fact; what the workbook does not give is said to be not given.
    """
    yield Fact(Message(_CUSTOMER), given(study.customer))
    yield Fact(Message(_SPONSOR), given(study.sponsor))
    yield Fact(Message(_CONTRACTOR), given(study.contractor))
    yield Fact(Message(_POPULATION), given(study.population_words))
    yield Fact(Message(_SAMPLE), given(study.sample_words))
    yield Fact(Message(_MODE), given(study.mode))


def given(text: Text) -> Sayable:
    """Return a text of the workbook, or that it is not given there.

    Parameters
    ----------
    text : Text
        Both languages; may be empty.

    Returns
    -------
    Text or Message
        What a reader is told.
    """
    return text if text.kk or text.ru else Message(_NOT_GIVEN)


def fieldwork_dates(study: Study) -> Sayable:
    """Say when the interviews were made.

    Parameters
    ----------
    study : Study
        Its first and last day.

    Returns
    -------
    Text or Message
        Both days, the one that is known, or that none is given.
    """
    if study.start is None or study.end is None:
        known = study.start or study.end
        return day_said(known) if known else Message(_NOT_GIVEN)
    return Message(_FROM_TO, {"start": day_said(study.start), "end": day_said(study.end)})


def day_said(day: date) -> Text:
    """Write a day in words.

    Parameters
    ----------
    day : date
        The day.

    Returns
    -------
    Text
        As a sentence has it.
    """
    # A narrow space is missing from many fonts.
    return Text(
        **{
            code: format_date(day, "long", locale=code).replace("\u202f", "\u00a0")
            for code in CONTENT_LANGUAGES
        }
    )


def _count(value: int) -> Text:
    return Text(**{code: number(value, code) for code in CONTENT_LANGUAGES})


def inference_fact(study: Study, populations: Sequence[str]) -> Fact:
    """Say how far the numbers can be generalised.

    Parameters
    ----------
    study : Study
        What was designed.
    populations : sequence of str
        Of whose numbers it is said.

    Returns
    -------
    Fact
        By which design or model, or that they cannot; by population where they differ.
    """
    sentences: dict[Inference, Message | None] = {
        "design": Message(_BY_DESIGN),
        "model": Message(_BY_MODEL, {"model": given(study.inference_words)}),
        "none": Message(_BY_NOTHING),
    }
    return Fact(Message(_INFERENCE), in_a_row(said_of_inference(study, populations, sentences)))


def said_of_inference(
    study: Study, populations: Sequence[str], sentences: Mapping[Inference, Message | None]
) -> list[Message]:
    """Say what holds by what samples allow: once, or by population where they differ.

    Parameters
    ----------
    study : Study
        What was designed.
    populations : sequence of str
        Of whom it is said; one at least.
    sentences : mapping of {"design", "model", "none"} to (Message or None)
        What is said of each; None where there is nothing to say.

    Returns
    -------
    list of Message
        A sentence; or several, each with the titles of its populations before it.
    """
    groups: dict[Inference, list[Text]] = {}
    for name in populations:
        groups.setdefault(study.inference_of(name), []).append(study.forms[name].title)
    # How the words of the workbook on its model end is not known: they come last.
    said = [(titles, sentences[one]) for one, titles in sorted(groups.items(), key=_by_model)]
    return [
        sentence
        if len(groups) == 1
        else Message(_OF_SOME, {"populations": titles, "said": sentence})
        for titles, sentence in said
        if sentence is not None
    ]


def _by_model(group: tuple[Inference, list[Text]]) -> bool:
    return group[0] == "model"


def in_a_row(sentences: Sequence[Sayable]) -> Sayable:
    """Set sentences one after the other.

    Parameters
    ----------
    sentences : sequence of Text, Message or str
        One at least.

    Returns
    -------
    Text, Message or str
        All of them, with a space between.
    """
    return reduce(
        lambda first, second: Message("{first} {second}", {"first": first, "second": second}),
        sentences,
    )
