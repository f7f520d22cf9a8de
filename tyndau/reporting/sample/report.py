"""The report of a sample for the sociologist: what was decided, at what price, what it allows.

In: a study, its plan, the warnings. Out: a `Document`: size, allocation with its price, points with
their chances, quotas, interviewers, cost, and what tables may say. It decides nothing: each number
is the plan's.
"""

import math
from collections.abc import Iterator, Sequence

import numpy as np

from tyndau.base.errors import Problem
from tyndau.base.languages import N_, Message, Number, Sayable
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
from tyndau.reporting.sample.money import cost_blocks
from tyndau.reporting.sample.remarks import remark_of
from tyndau.reporting.sample.words import kind_words, point_name, quota_grid
from tyndau.reporting.simulated import banner
from tyndau.sampling.model import SamplePlan, TerritoryPlan
from tyndau.study.model import Study

_SUBTITLE = N_("Sample")
_PLAN = N_("The plan of the sample")
_SIZE = N_("Size and precision")
_ALLOCATION = N_("Interviews by territory")
_POINTS = N_("Points")
_QUOTAS = N_("Quotas")
_STAFF = N_("Interviewers")
_COST = N_("Cost and days")
_ALLOWS = N_("What the sample allows")
_ANNEX = N_("Annex. Points with their chances")

_INTERVIEWS = N_("Interviews to be made")
_COUNT = N_("To do")
_NEEDED = N_("Needed for ±{points} percentage points")
_CONTACTS = N_("People to be addressed")
_PEOPLE = N_("People")
_CLUSTERS = N_("Design effect of points")
_WEIGHTS = N_("Design effect of unequal shares")
_BOTH = N_("Both together")
_EFFECTIVE = N_("Effective size")
_PRECISION = N_("Half-width of a {confidence} % interval for a share of {share} %")
_PLUS = N_("±{points} percentage points")
_SEED = N_("Seed of chance")
_UNDER = N_(
    "This half-width holds if people at the points answer like those who could have been met "
    "there; it is no margin of error of a random sample."
)

_METHODS = {
    "proportional": N_("Interviews are shared out in proportion to people."),
    "equal": N_("Each territory has the same number of interviews, but for raises and minimums."),
    "neyman": N_(
        "Interviews are shared out by people and by how much answers differ (Neyman's allocation)."
    ),
    "power": N_(
        "Interviews are shared out by people to the power {power} (Bankier's power allocation): "
        "small territories get more than their share."
    ),
}
_RAISED = N_(
    "Raised: newly annexed territories by {annexed}, remote ones by {remote}, new microdistricts "
    "by {new}."
)
_LEAST = N_("No territory has fewer than {least} interviews.")
_PRICE = N_(
    "The price: {interviews} interviews shared out so say as much of the whole city as {effective} "
    "shared out by people (Kish's 1 + cv² of the weights is {effect}). What is gained: figures of "
    "the small territories."
)
_TERRITORY = N_("Territory")
_PROPORTIONAL = N_("By people alone")
_PLANNED = N_("Planned")
_EFFECTIVE_HERE = N_("Effective")
_HALF = N_("± points")
_DIRECT = N_("By itself")
_YES, _NO = N_("yes"), N_("no")
_ALL = N_("All")

_SELECTIONS = {
    "pps": N_(
        "Points were drawn systematically with probability proportional to size, from a random "
        "start, in the order of the frame; a point whose size exceeds the interval is certain."
    ),
    "systematic": N_(
        "Points were drawn systematically with equal probability, from a random start."
    ),
    "all": N_("Points were named and not drawn: their chances are not known."),
}
_TAKE = N_(
    "Each point of a territory has as many interviews as the next, but for one: {fewest} to {most}."
)
_TAKE_NAMED = N_("Interviews at a point: {fewest} to {most}.")
_QUOTAS_SAID = N_(
    "Cells cross: {variables}. They come from the dated figures of the population; variables count "
    "as independent within a territory. Every sum over territories or categories is its expected "
    "number rounded down or up."
)
_NO_QUOTAS = N_("There are no quotas.")
_STAFF_SAID = N_(
    "{interviewers} interviewers, two at a point; {fewest} to {most} in a territory, everybody in "
    "{least} to {widest} territories; {low} to {high} interviews each."
)
_CONNECTED = N_(
    "Interviewers and territories hang together in one net, so that the effect of an interviewer "
    "can be told from that of a territory."
)
_APART = N_(
    "Interviewers and territories fall into {parts} parts: between parts, the effect of an "
    "interviewer cannot be told from that of a territory."
)
_REMARKS = N_("To be looked at")
_CODE = N_("Point")
_KIND = N_("Whom")
_MEASURE = N_("Size")
_CHANCE = N_("Chance")
_CERTAIN = N_("certain")


def build_sample_report(study: Study, plan: SamplePlan, warnings: Sequence[Problem]) -> Document:
    """Make the report of a sample.

    Parameters
    ----------
    study : Study
        The study.
    plan : SamplePlan
        Its plan.
    warnings : sequence of Problem
        What should be known of it.

    Returns
    -------
    Document
        To be written in any language.
    """
    parts = (
        (_SIZE, _size(plan)),
        (_ALLOCATION, _allocation(plan)),
        (_POINTS, _points(plan)),
        (_QUOTAS, _quotas(study, plan)),
        (_STAFF, _staff(plan)),
        (_COST, cost_blocks(plan)),
        (_ALLOWS, _allows(plan, warnings)),
    )
    plan_blocks = [
        block for title, blocks in parts for block in (Heading(Message(title), 2), *blocks)
    ]
    chapters = (
        ("plan", _PLAN, [Heading(Message(_PLAN)), *plan_blocks]),
        ("annex", _ANNEX, [Heading(Message(_ANNEX)), *_annex(plan)]),
    )
    return Document(
        title=study.title,
        subtitle=Message(_SUBTITLE),
        sections=tuple(
            Section(key, Message(title), Message(title), tuple(blocks))
            for key, title, blocks in chapters
        ),
        author=study.contractor,
        dated=study.start,
        footer=Message(_SUBTITLE),
        banner=banner(study),
        cover=(
            Fact(Message(_INTERVIEWS), Number(plan.allocation.n)),
            Fact(Message(_EFFECTIVE), Number(plan.allows.effective)),
            Fact(Message(_POINTS), Number(len(plan.points))),
            Fact(Message(_STAFF), Number(plan.assignment.interviewers)),
        ),
    )


def _size(plan: SamplePlan) -> Iterator[Block]:
    sampling, size = plan.sampling, plan.size
    facts = [Fact(Message(_INTERVIEWS), Number(plan.allocation.n))]
    if size is not None:
        wanted = {"points": Number(100 * size.half_width, 1)}
        facts.append(Fact(Message(_NEEDED, wanted), Number(size.n)))
    if sampling.response:
        contacts = math.ceil(plan.allocation.n / (sampling.response / 100))
        facts.append(Fact(Message(_CONTACTS), Number(contacts)))
    words: dict[str, object] = {
        "confidence": f"{sampling.confidence:g}",
        "share": f"{sampling.share:g}",
    }
    half = {"points": Number(plan.half_width, 1)}
    yield Facts(
        (
            *facts,
            Fact(Message(_PEOPLE), Number(float(plan.allocation.people.sum()))),
            Fact(Message(_CLUSTERS), Number(plan.cluster_effect, 2)),
            Fact(Message(_WEIGHTS), Number(plan.allocation.weight_effect, 2)),
            Fact(Message(_BOTH), Number(plan.allows.design_effect, 2)),
            Fact(Message(_EFFECTIVE), Number(plan.allows.effective)),
            Fact(Message(_PRECISION, words), Message(_PLUS, half)),
            Fact(Message(_SEED), str(sampling.seed)),
        )
    )
    if plan.allows.inference == "model":
        yield Paragraph(Message(_UNDER), "note")


def _allocation(plan: SamplePlan) -> Iterator[Block]:
    sampling, allocation = plan.sampling, plan.allocation
    yield Paragraph(Message(_METHODS[sampling.allocation], {"power": Number(sampling.power, 2)}))
    raised: dict[str, object] = {
        "annexed": Number(sampling.raise_newly_annexed, 2),
        "remote": Number(sampling.raise_remote, 2),
        "new": Number(sampling.raise_new_microdistrict, 2),
    }
    if allocation.raised.max() > 1:
        yield Paragraph(Message(_RAISED, raised))
    if allocation.minimum.min() > 0:
        yield Paragraph(Message(_LEAST, {"least": int(allocation.counts.min())}))
    price: dict[str, object] = {
        "interviews": Number(allocation.n),
        "effective": Number(allocation.effective),
        "effect": Number(allocation.weight_effect, 2),
    }
    yield Paragraph(Message(_PRICE, price))
    heads = (
        _TERRITORY, _PEOPLE, _PROPORTIONAL, _PLANNED, _POINTS, _EFFECTIVE_HERE, _HALF, _DIRECT,
    )  # fmt: skip
    rows = [_territory(place) for place in plan.territories]
    rows.append(
        (
            Message(_ALL),
            Number(float(allocation.people.sum())),
            Number(allocation.n),
            Number(allocation.n),
            Number(len(plan.points)),
            Number(plan.allows.effective),
            Number(plan.half_width, 1),
            "",
        )
    )
    widths = (0.25, 0.12, 0.13, 0.1, 0.1, 0.11, 0.09, 0.1)
    yield Grid(tuple(map(Message, heads)), tuple(rows), widths)


def _territory(place: TerritoryPlan) -> tuple[Sayable, ...]:
    return (
        place.territory.name,
        Number(place.people),
        Number(place.proportional),
        Number(place.interviews),
        Number(len(place.points)),
        Number(place.effective),
        Number(place.half_width, 1),
        Message(_YES if place.direct else _NO),
    )


def _points(plan: SamplePlan) -> Iterator[Block]:
    counts = [one.interviews for one in plan.points]
    yield Paragraph(Message(_SELECTIONS[plan.sampling.selection]))
    take = _TAKE_NAMED if plan.sampling.selection == "all" else _TAKE
    yield Paragraph(Message(take, {"fewest": min(counts), "most": max(counts)}))


def _quotas(study: Study, plan: SamplePlan) -> Iterator[Block]:
    if not plan.quotas.variables:
        yield Paragraph(Message(_NO_QUOTAS))
        return
    labels = {one.name: one.label for one in study.variables(plan.population)}
    names = [labels[name] for name in plan.quotas.variables]
    yield Paragraph(Message(_QUOTAS_SAID, {"variables": names}))
    yield quota_grid(study, plan, plan.quotas.counts.sum(axis=0))


def _staff(plan: SamplePlan) -> Iterator[Block]:
    table = plan.assignment.by_territory
    team, places = (table > 0).sum(axis=0), (table > 0).sum(axis=1)
    load = plan.assignment.load
    values: dict[str, object] = {
        "interviewers": plan.assignment.interviewers,
        "fewest": int(team.min()),
        "most": int(team.max()),
        "least": int(places.min()),
        "widest": int(places.max()),
        "low": int(load.min()),
        "high": int(load.max()),
    }
    yield Paragraph(Message(_STAFF_SAID, values))
    parts = plan.assignment.components
    said = Message(_CONNECTED) if parts == 1 else Message(_APART, {"parts": parts})
    yield Paragraph(said)


def _allows(plan: SamplePlan, warnings: Sequence[Problem]) -> Iterator[Block]:
    yield Listing(plan.allows.notes)
    if warnings:
        yield Paragraph(Message(_REMARKS), "lead")
        yield Listing(tuple(remark_of(problem) for problem in warnings))


def _annex(plan: SamplePlan) -> Iterator[Block]:
    heads = (_CODE, _KIND, _MEASURE, _CHANCE, _COUNT)
    for place in plan.territories:
        yield Heading(place.territory.name, 2)
        yield Grid(
            tuple(map(Message, heads)),
            tuple(
                (
                    point_name(one),
                    kind_words(one.point.kind),
                    Number(one.point.size) if one.point.size else "–",
                    _chance(one.probability, one.certain),
                    Number(one.interviews),
                )
                for one in place.points
            ),
            (0.44, 0.18, 0.12, 0.14, 0.12),
        )


def _chance(probability: float, certain: bool) -> Sayable:
    if np.isnan(probability):
        return "–"
    return Message(_CERTAIN) if certain else Number(probability, 3)
