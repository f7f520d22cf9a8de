"""How the study was made: what AAPOR and ESOMAR ask to disclose, with what is missing named.

In: a study and its populations' material. Out: blocks of the chapter on method. The items
are those of the AAPOR Transparency Initiative (disclosure elements of 2021: eleven at once, then
those within 30 days) and the minimum of the ESOMAR/WAPOR guideline on opinion polls; one that the
workbook does not give is listed as missing, never left out.
"""

from collections.abc import Iterator, Sequence
from typing import get_args

from tyndau.base.languages import N_, Message, Number, Sayable, Text
from tyndau.reporting.facts import fieldwork_dates, given, in_a_row, said_of_inference
from tyndau.reporting.findings import inference_note
from tyndau.reporting.model import Block, Grid, Heading, Paragraph
from tyndau.reporting.report.material import Material
from tyndau.study.model import Study
from tyndau.study.standards import Inference

_ITEMS = N_("What is disclosed of the method")
_ITEMS_MEAN = N_(
    "The items are those of the AAPOR Transparency Initiative and of the ESOMAR/WAPOR guideline on "
    "opinion polls. What was not documented is listed as missing."
)
_ITEM = N_("Item")
_SAID = N_("What is known")
_STANDARD = N_("Standard")
_MISSING = N_("Missing: not documented.")

_STRATEGY = N_("How the data were collected")
_SPONSOR = N_("Who ordered and paid, who conducted")
_SPONSOR_SAID = N_("Ordered by: {customer}. Paid by: {sponsor}. Conducted by: {contractor}.")
_INSTRUMENTS = N_("Questionnaires with exact wording")
_INSTRUMENTS_SAID = N_("In the annex, in full, with routing.")
_POPULATION = N_("Population studied, territory")
_SAMPLE = N_("How respondents were selected and recruited")
_MODE = N_("Mode and languages of interviewing")
_DATES = N_("Dates of fieldwork")
_SIZES = N_("Sample size and precision")
_SIZES_SAID = N_("Respondents: {sizes}. {precision}")
_SIZE = N_("{population}: {count}")
_BY_DESIGN = N_("Standard errors and intervals follow the design of the sample.")
_BY_MODEL = N_(
    "The sample is not random, so no margin of error is given; tests and intervals rest on a "
    "stated model. {model}"
)
_BY_NOTHING = N_("The respondents chose themselves, so no precision is given.")
_WEIGHTING = N_("Weighting")
_NOT_WEIGHTED = N_("The data are not weighted.")
_WEIGHTED = N_('The data are weighted by the variable "{weight}".')
_QUALITY = N_("Data processing and quality control")
_LIMITATIONS = N_("Limitations")
_TRAINING = N_("Training and supervision of interviewers")
_SCREENING = N_("Screening")
_OUTCOMES = N_("Contacts, refusals and rates")
_SUBGROUPS = N_("Unweighted bases of all groups")
_SUBGROUPS_SAID = N_("Above each column of every table.")
_CONTACT = N_("Where questions are answered")

_BOTH = "AAPOR, ESOMAR"
_AAPOR = "AAPOR"


def methodology(
    study: Study, materials: Sequence[Material], weights: Sequence[Sayable] = ()
) -> Iterator[Block]:
    """Go through the blocks of the chapter on method, after its heading and prose.

    Parameters
    ----------
    study : Study
        What was designed and done.
    materials : sequence of Material
        The populations.
    weights : sequence of Text, Message or str, optional
        How the weights of the revision were made.

    Yields
    ------
    Block
        The items of disclosure.
    """
    weighted = any(table.method.weighted for one in materials for table in one.tables)
    yield Heading(Message(_ITEMS), 2)
    yield Paragraph(Message(_ITEMS_MEAN))
    yield Grid(
        (Message(_ITEM), Message(_SAID), Message(_STANDARD)),
        tuple(_items(study, materials, _weighting(study, weighted, weights))),
        (0.26, 0.56, 0.18),
    )


def inference_notes(study: Study, materials: Sequence[Material]) -> list[Message]:
    """Say what the comparisons of a chapter rest on, by population where their samples differ.

    Parameters
    ----------
    study : Study
        What was designed.
    materials : sequence of Material
        The populations of the chapter.

    Returns
    -------
    list of Message
        Sentences; none for probability samples alone.
    """
    notes = {one: inference_note(one) for one in get_args(Inference)}
    return said_of_inference(study, [material.population for material in materials], notes)


def _items(
    study: Study, materials: Sequence[Material], weighting: Sayable
) -> Iterator[tuple[Sayable, Sayable, Sayable]]:
    words = study.method_words
    dated = fieldwork_dates(study) if study.start or study.end else Message(_MISSING)
    who = {
        "customer": given(study.customer),
        "sponsor": given(study.sponsor),
        "contractor": given(study.contractor),
    }
    sample = _joined(study.sample_words, words.get("recruitment", Text()))
    rows: list[tuple[str, Sayable, str]] = [
        (_STRATEGY, _or_missing(study.mode), f"{_AAPOR} 1"),
        (_SPONSOR, Message(_SPONSOR_SAID, who), f"{_AAPOR} 2, ESOMAR"),
        (_INSTRUMENTS, Message(_INSTRUMENTS_SAID), f"{_AAPOR} 3"),
        (_POPULATION, _or_missing(study.population_words), f"{_AAPOR} 4, ESOMAR"),
        (_SAMPLE, _or_missing(sample), f"{_AAPOR} 5"),
        (_MODE, _or_missing(study.mode), f"{_AAPOR} 6, ESOMAR"),
        (_DATES, dated, f"{_AAPOR} 7, ESOMAR"),
        (_SIZES, _sizes(study, materials), f"{_AAPOR} 8, ESOMAR"),
        (_WEIGHTING, weighting, f"{_AAPOR} 9"),
        (_QUALITY, _or_missing(words.get("quality", Text())), f"{_AAPOR} 10"),
        (_LIMITATIONS, _or_missing(words.get("limitations", Text())), f"{_AAPOR} 11"),
        (_TRAINING, _or_missing(words.get("training", Text())), _AAPOR),
        (_SCREENING, _or_missing(words.get("screening", Text())), _AAPOR),
        (_OUTCOMES, _or_missing(words.get("outcomes", Text())), _AAPOR),
        (_SUBGROUPS, Message(_SUBGROUPS_SAID), _AAPOR),
        (_CONTACT, _or_missing(words.get("contact", Text())), _BOTH),
    ]
    yield from ((Message(name), said, standard) for name, said, standard in rows)


def _or_missing(text: Text) -> Sayable:
    return text if text.kk or text.ru else Message(_MISSING)


def _joined(*texts: Text) -> Text:
    return Text(
        kk=" ".join(text.kk for text in texts if text.kk),
        ru=" ".join(text.ru for text in texts if text.ru),
    )


def _sizes(study: Study, materials: Sequence[Material]) -> Message:
    sizes = [
        Message(_SIZE, {"population": material.form.title, "count": Number(material.rows)})
        for material in materials
    ]
    sentences: dict[Inference, Message | None] = {
        "design": Message(_BY_DESIGN),
        "model": Message(_BY_MODEL, {"model": given(study.inference_words)}),
        "none": Message(_BY_NOTHING),
    }
    populations = [material.population for material in materials]
    precision = in_a_row(said_of_inference(study, populations, sentences))
    return Message(_SIZES_SAID, {"sizes": sizes, "precision": precision})


def _weighting(study: Study, weighted: bool, weights: Sequence[Sayable]) -> Sayable:
    """Say in the study's own words how it is weighted, and with which figures it was."""
    words = study.method_words.get("weighting", Text())
    said: list[Sayable] = [words] if words.kk or words.ru else []
    said += weights
    if not said and weighted:
        return Message(_WEIGHTED, {"weight": study.sample.weight})
    return in_a_row(said) if said else Message(_NOT_WEIGHTED)
