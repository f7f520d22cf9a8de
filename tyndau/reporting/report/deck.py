"""The slides of a study as a document: one statement a slide, with the chart that shows it.

In: a study, the material of its populations, the prose of one language. Out: a `Document`, whose
headings are the heads of slides. Nothing is said here that the report does not say.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count, pairwise

from tyndau.base.languages import N_, Message, Sayable
from tyndau.reporting.editions import MASTER, Edition, data_line
from tyndau.reporting.facts import study_facts
from tyndau.reporting.findings import inference_note
from tyndau.reporting.model import Block, Document, Facts, Heading, Listing, Paragraph, Section
from tyndau.reporting.prose import Chapter, Insert, Prose
from tyndau.reporting.report.material import Item, Material, compared
from tyndau.reporting.report.placing import question_heading
from tyndau.reporting.report.report import document, key_results, part_title, section
from tyndau.study.model import Study

# Differences that stand beside a chart.
_MOST_DIFFERENCES = 3

_SUBTITLE = N_("Main results of the study")
_METHOD = N_("How the study was made")
_SUMMARY_OF = N_("Summary: {part}")
_PROFILE_OF = N_("Profile of respondents: {population}")


def build_deck(
    study: Study,
    materials: Sequence[Material],
    prose: Prose,
    *,
    wave: str,
    revision: int,
    edition: Edition = MASTER,
    weights: Sequence[Sayable] = (),
) -> Document:
    """Make the slides of a quantitative study.

    Parameters
    ----------
    study : Study
        What was designed.
    materials : sequence of Material
        The populations' results.
    prose : Prose
        What the sociologist wrote: its summary and recommendations are shown.
    wave : str
        Name of the wave.
    revision : int
        The wave's revision, from 1.
    edition : {"master", "restricted", "public"}, optional
        For whom they are.
    weights : sequence of Text, Message or str, optional
        How the weights of the revision were made.

    Returns
    -------
    Document
        To be written in the language of the prose.
    """
    data = data_line(wave, revision, edition)
    charts = count(1)
    sections = [
        _method(study, materials, data, weights),
        *_summary(materials, prose),
        *(
            one
            for material in materials
            for at, part in enumerate(material.parts)
            if not part.profile
            for one in _part(study, materials, material, at, charts)
        ),
        *_profiles(materials, charts),
        *_recommendations(prose),
    ]
    return document(study, Message(_SUBTITLE), sections, data)


def _method(
    study: Study, materials: Sequence[Material], data: Sayable, weights: Sequence[Sayable]
) -> Section:
    weighted = any(table.method.weighted for one in materials for table in one.tables)
    rows = sum(material.rows for material in materials)
    populations = [material.population for material in materials]
    facts = tuple(study_facts(study, populations, weighted, data, rows, weights))
    return section("method", [Heading(Message(_METHOD), 2), Facts(facts)])


def _summary(materials: Sequence[Material], prose: Prose) -> Iterator[Section]:
    chapter = prose.named("summary")
    if chapter is not None:
        yield section("summary", list(_said(chapter)))
        return
    for material in materials:
        for at, part in enumerate(material.parts):
            results = tuple(key_results(part))
            if results and not part.profile:
                head = Message(_SUMMARY_OF, {"part": part_title(part, material)})
                key = f"summary-{material.population}-{at}"
                yield section(key, [Heading(head, 2), Listing(results)])


def _said(chapter: Chapter) -> Iterator[Block]:
    """Go through a chapter; where there are points below a heading, paragraphs are left out."""
    blocks = [block for block in chapter.blocks if not isinstance(block, Insert)]
    starts = [at for at, block in enumerate(blocks) if isinstance(block, Heading)]
    for start, end in pairwise([*starts, len(blocks)]):
        below = blocks[start + 1 : end]
        if any(isinstance(block, Listing) for block in below):
            below = [block for block in below if not isinstance(block, Paragraph)]
        head = blocks[start]
        assert isinstance(head, Heading)
        yield replace(head, level=2)
        yield from below


def _part(
    study: Study,
    materials: Sequence[Material],
    material: Material,
    at: int,
    charts: Iterator[int],
) -> Iterator[Section]:
    part = material.parts[at]
    blocks: list[Block] = [Heading(part_title(part, material))]
    note = inference_note(study.inference_of(material.population))
    if note:
        blocks.append(Paragraph(note, "note"))
    yield section(f"{material.population}-{at}", blocks)
    for item in part.items:
        name = item.question.name
        if item.chart is not None:
            yield section(f"{material.population}-{name}", [*_slide(item, charts)])
        # Other populations stand beside the first that was asked.
        others = next(one for one in materials if name in one.items) is material
        chart = compared(materials, name) if others else None
        if chart is not None:
            blocks = [question_heading(item), replace(chart, number=next(charts))]
            yield section(f"compared-{name}", blocks)


def _slide(item: Item, charts: Iterator[int]) -> Iterator[Block]:
    assert item.chart is not None
    head: Sayable = question_heading(item).text
    if item.headline is not None:
        head = item.headline.text
    yield Heading(head, 2)
    yield replace(item.chart, number=next(charts))
    differences = [one.text for one in item.findings if one.kind == "difference"]
    others = [one.text for one in item.findings if one.kind == "none_found"]
    said = differences[:_MOST_DIFFERENCES] or others[:1]
    if said:
        yield Listing(tuple(said))


def _profiles(materials: Sequence[Material], charts: Iterator[int]) -> Iterator[Section]:
    """Show who was interviewed, by chart; what is said of results needs no words here."""
    for material in materials:
        items = [
            item
            for part in material.parts
            if part.profile
            for item in part.items
            if item.chart is not None
        ]
        if items:
            head = Heading(Message(_PROFILE_OF, {"population": material.form.title}))
            yield section(f"profile-{material.population}", [head])
        for item in items:
            assert item.chart is not None
            blocks: list[Block] = [
                question_heading(item),
                replace(item.chart, number=next(charts)),
            ]
            yield section(f"profile-{material.population}-{item.question.name}", blocks)


def _recommendations(prose: Prose) -> Iterator[Section]:
    chapter = prose.named("recommendations")
    if chapter is not None:
        yield section("recommendations", list(_said(chapter)))
