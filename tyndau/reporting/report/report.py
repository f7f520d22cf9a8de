"""The report as a document: what stands in it, and in which order.

In: a study, the material of its populations, the prose of one language. Out: a `Document`. A
chapter of prose stands as written, with what it asks for set into it; where there is none, the
report makes it from the results. Nothing is computed here.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from tyndau.base.languages import CONTENT_LANGUAGES, N_, Message, Number, Sayable, Text, say
from tyndau.reporting.editions import MASTER, Edition, data_line
from tyndau.reporting.facts import given
from tyndau.reporting.guide import reading
from tyndau.reporting.model import (
    HIDDEN,
    Block,
    Document,
    Fact,
    Facts,
    Grid,
    Heading,
    Listing,
    Paragraph,
    Running,
    Section,
    Span,
)
from tyndau.reporting.prose import Chapter, Insert, Prose
from tyndau.reporting.report.declared import declared
from tyndau.reporting.report.material import Item, Material, Part
from tyndau.reporting.report.methodology import inference_notes, methodology
from tyndau.reporting.report.placing import Placing, question_heading
from tyndau.reporting.report.questionnaire import questionnaire
from tyndau.reporting.simulated import banner
from tyndau.reporting.volume import MEAN_DECIMALS
from tyndau.study.model import Study
from tyndau.tabulation import Examined

# More tables than these are read in the workbook, not in a report.
_MOST_TABLES = 120
_KEY_RESULTS = 3

_SUBTITLE = N_("Report on the results of the study")
_CUSTOMER = N_("Customer")
_SPONSOR = N_("Paid by")
_CONTRACTOR = N_("Conducted by")
_AUTHORS = N_("Authors")
_DATA = N_("Data")
_ABSTRACT = N_("Abstract")
_ABSTRACT_SAID = N_(
    "The report gives the results of the study {title}: {sizes}. It says how the study was made, "
    "gives the answers to each question with their bases, names differences between groups where a "
    "test found them, and holds the tables and questionnaires in the annex."
)
_SIZE = N_("{population}: N = {count}")
_AIM = N_("Aim of the study: {aim}")
_METHOD = N_("Methodology")
_HOW_TO_READ = N_("How to read charts and tables")
_SUMMARY = N_("Summary")
_SUMMARY_SAID = N_("The main results, by topic. Bases and tests stand in the chapters.")
_PROFILE = N_("Profile of respondents")
_PROFILE_SAID = N_("Who was interviewed: {population}. N = {count}")
_CHARACTERISTIC = N_("Characteristic")
_OF = N_("{characteristic} (N = {count})")
_SHARE = N_("%")
_TABLES = N_("Annex 1. Tables")
_TABLES_SAID = N_("Tables that no chapter shows, by question.")
_TABLES_ELSEWHERE = N_(
    "{count} further tables, each question by each group of respondents, stand in the workbook of "
    "tables that goes with this report."
)
_QUESTIONNAIRES = N_("Annex 2. Questionnaires")
_FIGURES = N_("From another source ({source}): {figures}.")


def build_report(
    study: Study,
    materials: Sequence[Material],
    prose: Prose,
    *,
    wave: str,
    revision: int,
    edition: Edition = MASTER,
    examined: Sequence[Examined] = (),
    weights: Sequence[Sayable] = (),
) -> Document:
    """Make the report of a quantitative study.

    Parameters
    ----------
    study : Study
        What was designed.
    materials : sequence of Material
        The populations' results.
    prose : Prose
        What the sociologist wrote, in the language of the report.
    wave : str
        Name of the wave.
    revision : int
        The wave's revision, from 1.
    edition : {"master", "restricted", "public"}, optional
        For whom it is.
    examined : sequence of Examined, optional
        The findings that were declared in advance, tested.
    weights : sequence of Text, Message or str, optional
        How the weights of the revision were made.

    Returns
    -------
    Document
        To be written in the language of the prose.

    Raises
    ------
    UserError
        If the prose asks for a question or a banner that there is not.
    """
    placing = Placing(study, materials)
    placing.check(prose.chapters)
    sections = [
        _abstract(study, materials, prose, placing),
        *_written(prose, "abbreviations", placing),
        _method(study, materials, prose, placing, weights),
        _summary(materials, prose, placing),
        *_declared(study, examined, numbers=edition == MASTER),
        *_analysis(study, materials, prose, placing),
        _profile(materials),
        *_written(prose, "recommendations", placing),
        *_tables(placing),
        _questionnaires(study),
    ]
    return document(study, Message(_SUBTITLE), sections, data_line(wave, revision, edition))


def document(
    study: Study, subtitle: Sayable, sections: Sequence[Section], data: Sayable
) -> Document:
    """Make a document of a study: its title page, its foot, and what must stand on every page.

    Parameters
    ----------
    study : Study
        What was designed.
    subtitle : Text, Message or str
        What kind of document it is.
    sections : sequence of Section
        In order.
    data : Text, Message or str
        What it was made from, and for whom.

    Returns
    -------
    Document
        To be written in any format.
    """
    return Document(
        title=study.title,
        subtitle=subtitle,
        sections=tuple(sections),
        author=study.contractor,
        dated=study.end or study.start,
        footer=data,
        banner=banner(study),
        cover=tuple(_cover(study, data)),
    )


def _cover(study: Study, data: Sayable) -> Iterator[Fact]:
    yield Fact(Message(_CUSTOMER), given(study.customer))
    if study.sponsor.kk or study.sponsor.ru:
        yield Fact(Message(_SPONSOR), study.sponsor)
    yield Fact(Message(_CONTRACTOR), given(study.contractor))
    authors = study.method_words.get("authors", Text())
    if authors.kk or authors.ru:
        yield Fact(Message(_AUTHORS), authors)
    yield Fact(Message(_DATA), data)


def section(key: str, blocks: Sequence[Block]) -> Section:
    """Make a section that is called as its heading says.

    Parameters
    ----------
    key : str
        Its name in the document.
    blocks : sequence of Block
        What it holds, the heading first.

    Returns
    -------
    Section
        The section.
    """
    heading = blocks[0]
    title = heading.text if isinstance(heading, Heading) else key
    return Section(key, title, title, tuple(blocks))


def _written(prose: Prose, name: str, placing: Placing) -> Iterator[Section]:
    chapter = prose.named(name)
    if chapter is not None:
        yield section(name, _set(chapter, placing))


def _set(chapter: Chapter, placing: Placing) -> list[Block]:
    """Set a chapter of prose with what it asks for; figures of others get their sources."""
    blocks: list[Block] = []
    for block in chapter.blocks:
        if isinstance(block, Insert):
            blocks.extend(placing.insert(block))
        else:
            blocks.append(block)
    sources: dict[str, dict[str, None]] = {}
    for figure in chapter.figures:
        sources.setdefault(figure.source, {})[figure.text] = None
    for source, texts in sources.items():
        said = Message(_FIGURES, {"source": source, "figures": list(texts)})
        blocks.append(Paragraph(said, "note"))
    return blocks


def _declared(study: Study, examined: Sequence[Examined], *, numbers: bool) -> Iterator[Section]:
    blocks = declared(examined, study.comparing, numbers=numbers)
    if blocks:
        yield section("declared", blocks)


def _sizes(materials: Sequence[Material]) -> list[Message]:
    return [
        Message(_SIZE, {"population": material.form.title, "count": Number(material.rows)})
        for material in materials
    ]


def _abstract(
    study: Study, materials: Sequence[Material], prose: Prose, placing: Placing
) -> Section:
    for own in _written(prose, "abstract", placing):
        return own
    said = Message(_ABSTRACT_SAID, {"title": study.title, "sizes": _sizes(materials)})
    blocks: list[Block] = [Heading(Message(_ABSTRACT)), Paragraph(said)]
    aim = study.method_words.get("aim", Text())
    if aim.kk or aim.ru:
        blocks.insert(1, Paragraph(Message(_AIM, {"aim": aim})))
    return section("abstract", blocks)


def _method(
    study: Study,
    materials: Sequence[Material],
    prose: Prose,
    placing: Placing,
    weights: Sequence[Sayable],
) -> Section:
    chapter = prose.named("methodology")
    blocks: list[Block] = [Heading(Message(_METHOD))]
    if chapter:
        blocks = _set(chapter, placing)
    blocks.extend(methodology(study, materials, weights))
    tables = [table for material in materials for table in material.tables]
    blocks.append(Heading(Message(_HOW_TO_READ), 2))
    blocks.append(Facts(tuple(reading(tables, study.thresholds))))
    tested = [table.method.tests for table in tables if table.method.tests]
    blocks.extend(Paragraph(said) for said in next(iter(tested), ()))
    return section("methodology", blocks)


def _summary(materials: Sequence[Material], prose: Prose, placing: Placing) -> Section:
    for own in _written(prose, "summary", placing):
        return own
    blocks: list[Block] = [Heading(Message(_SUMMARY)), Paragraph(Message(_SUMMARY_SAID))]
    for material in materials:
        for part in material.parts:
            if not part.profile:
                blocks.append(Paragraph(part_title(part, material), "lead"))
                blocks.append(Listing(tuple(key_results(part))))
    return section("summary", blocks)


def key_results(part: Part) -> Iterator[Running]:
    """Go through the main results of a part: its first questions, a sentence each.

    Parameters
    ----------
    part : Part
        Questions that belong together.

    Yields
    ------
    tuple of Span
        The question in italics, then what was answered.
    """
    for item in part.items[:_KEY_RESULTS]:
        if item.headline is not None:
            question = Span(_ended(question_heading(item).text), italic=True)
            yield (question, Span(" "), Span(item.headline.text))


def _ended(wording: Sayable) -> Text:
    """End a wording, such as an item of a grid, where another sentence follows it."""
    said = {code: say(wording, code).rstrip() for code in CONTENT_LANGUAGES}
    return Text(
        **{code: text if text[-1:] in "?!.…:" else f"{text}." for code, text in said.items()}
    )


def part_title(part: Part, material: Material) -> Text:
    """Name a part: its own title, or that of the questionnaire.

    Parameters
    ----------
    part : Part
        Questions that belong together.
    material : Material
        The population that answered them.

    Returns
    -------
    Text
        The name.
    """
    return part.title if part.title.kk or part.title.ru else material.form.title


def _analysis(
    study: Study, materials: Sequence[Material], prose: Prose, placing: Placing
) -> Iterator[Section]:
    if prose.analysis:
        for chapter in prose.analysis:
            blocks = _set(chapter, placing)
            if chapter.inserts:
                blocks[1:1] = [Paragraph(one, "note") for one in inference_notes(study, materials)]
            yield section(chapter.name, blocks)
        return
    for material in materials:
        for at, part in enumerate(part for part in material.parts if not part.profile):
            blocks = [Heading(part_title(part, material))]
            blocks += [Paragraph(one, "note") for one in inference_notes(study, [material])]
            for item in part.items:
                blocks.append(question_heading(item))
                blocks.extend(placing.item(material, item))
            yield section(f"{material.population}-{at}", blocks)


def _profile(materials: Sequence[Material]) -> Section:
    blocks: list[Block] = [Heading(Message(_PROFILE))]
    for material in materials:
        items = [item for part in material.parts if part.profile for item in part.items]
        if not items:
            continue
        words = {"population": material.form.title, "count": Number(material.rows)}
        blocks.append(Paragraph(Message(_PROFILE_SAID, words)))
        rows = tuple(row for item in items for row in _distribution(item))
        blocks.append(Grid((Message(_CHARACTERISTIC), Message(_SHARE)), rows, (0.85, 0.15)))
    return section("profile", blocks)


def _distribution(item: Item) -> Iterator[tuple[Sayable, Sayable]]:
    table = item.tables[0]
    words = {"characteristic": question_heading(item).text, "count": Number(table.columns[0].base)}
    yield Message(_OF, words), ""
    for at, head in enumerate(table.rows):
        value = float(table.percent[at, 0])
        if not np.isnan(value):
            yield head.label, Number(value, 0 if head.is_share else MEAN_DECIMALS)
        elif table.hidden is not None and table.hidden[at, 0]:
            yield head.label, HIDDEN


def _tables(placing: Placing) -> Iterator[Section]:
    """Set the tables that no chapter took; where they are too many, say where they stand."""
    left = {name: placing.left(material) for name, material in placing.materials.items()}
    count = sum(len(numbers) for one in left.values() for _, numbers in one.values())
    if not count:
        return
    blocks: list[Block] = [Heading(Message(_TABLES))]
    if count > _MOST_TABLES:
        blocks.append(Paragraph(Message(_TABLES_ELSEWHERE, {"count": Number(count)})))
    else:
        blocks.append(Paragraph(Message(_TABLES_SAID)))
        for name, of_population in left.items():
            for item, numbers in of_population.values():
                blocks.append(question_heading(item))
                material = placing.materials[name]
                blocks.extend(placing.table(material, item, at) for at in numbers)
    yield section("tables", blocks)


def _questionnaires(study: Study) -> Section:
    blocks: list[Block] = [Heading(Message(_QUESTIONNAIRES))]
    for form in study.forms.values():
        blocks.extend(questionnaire(form))
    return section("questionnaires", blocks)
