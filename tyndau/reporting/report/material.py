"""What reports and slides are made of: each question with its tables, charts and findings.

In: a study, a population and its tables. Out: `Material`, made once for all languages and formats.
It computes nothing: tables come from `tyndau.tabulation`, sentences from
`tyndau.reporting.findings`, charts from `tyndau.reporting.charts`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

import numpy as np

from tyndau.base.frames import Variable
from tyndau.base.languages import N_, Message, Number, Text
from tyndau.questionnaire.form import Form
from tyndau.reporting.charts import choose_chart, compare_populations
from tyndau.reporting.findings import Finding, find, headline
from tyndau.reporting.model import Chart
from tyndau.reporting.plan import origins
from tyndau.reporting.volume import base_line
from tyndau.study.model import Study
from tyndau.tabulation import SideBySide
from tyndau.tabulation.table import Table

# A group in which at least this share of the questions are, or give, variables of banners asks who
# the respondent is, not what the study is about.
_PROFILE_SHARE = 1 / 3

_SIZE = N_("{population}: N = {count}")
_BASES = N_("Bases: {bases}")
_UNTESTED = N_("Not tested, with fewer than {hide} respondents: {populations}.")
_NO_TESTS = N_("The respondents chose themselves; differences between populations are not tested.")
_CHOSE = N_("Not tested, because the respondents chose themselves: {populations}.")
_DIFFER = N_("Significantly more often: {answers}.")
_MORE_OFTEN = N_('"{answer}" in the population "{higher}" than in "{lower}"')
_ALIKE = N_("No significant difference was found between the populations.")
# Differences named under a chart; the volume of populations side by side has them all.
_MOST_DIFFERENCES = 4


@dataclass(frozen=True, slots=True)
class Item:
    """A question with all that a report shows of it.

    Attributes
    ----------
    question : Variable
        The question.
    tables : tuple of Table
        By banner, in the order of the volume.
    chart : Chart or None
        Its chart, numbered 0 until it is placed; None where there is nothing to draw.
    findings : tuple of Finding
        Sentences, the distribution first.
    headline : Finding or None
        The one sentence of a summary; None where nobody was asked.
    """

    question: Variable
    tables: tuple[Table, ...]
    chart: Chart | None
    findings: tuple[Finding, ...]
    headline: Finding | None


@dataclass(frozen=True, slots=True)
class Part:
    """Questions that belong together: a group of the questionnaire.

    Attributes
    ----------
    title : Text
        The group's title; empty for questions outside any group.
    items : tuple of Item
        In the order of asking.
    profile : bool
        Whether it says who the respondents are.
    """

    title: Text
    items: tuple[Item, ...]
    profile: bool


@dataclass(frozen=True, slots=True)
class Material:
    """One population's results, ready to be reported.

    Attributes
    ----------
    population : str
        Name of the form.
    form : Form
        The questionnaire.
    rows : int
        Respondents.
    parts : tuple of Part
        In the order of asking.
    beside : dict of str to SideBySide
        Questions that other populations were asked as well, by name.
    """

    population: str
    form: Form
    rows: int
    parts: tuple[Part, ...]
    beside: Mapping[str, SideBySide] = field(default_factory=dict)

    @property
    def items(self) -> Mapping[str, Item]:
        """Every question by name, in the order of asking."""
        return {item.question.name: item for part in self.parts for item in part.items}

    @property
    def tables(self) -> tuple[Table, ...]:
        """All tables, in the order of the volume."""
        return tuple(table for item in self.items.values() for table in item.tables)


def gather(
    study: Study,
    population: str,
    tables: Sequence[Table],
    rows: int,
    beside: Mapping[str, SideBySide],
) -> Material:
    """Gather what is reported of a population.

    Parameters
    ----------
    study : Study
        The study.
    population : str
        Name of one of its forms.
    tables : sequence of Table
        In the order of the volume; tables of one question follow each other.
    rows : int
        Respondents.
    beside : dict of str to SideBySide
        Questions that several populations were asked, by name.

    Returns
    -------
    Material
        Questions with tables, charts and findings, by group of the questionnaire.
    """
    places = frozenset(place.code for place in study.territories)
    items = [
        _item(tuple(group), places)
        for _, group in groupby(tables, key=lambda table: table.question.name)
    ]
    form = study.forms[population]
    return Material(population, form, rows, tuple(_parts(study, form, items)), beside)


def compared(materials: Sequence[Material], name: str) -> Chart | None:
    """Draw a question as all populations that were asked it answered it.

    Parameters
    ----------
    materials : sequence of Material
        The populations, in the order of the chart.
    name : str
        The question.

    Returns
    -------
    Chart or None
        None where one population was asked, or too few answers were offered to all.
    """
    asking = [(material, material.items[name]) for material in materials if name in material.items]
    if len(asking) < 2:
        return None
    bases = [
        Message(
            _SIZE,
            {"population": material.form.title, "count": Number(item.tables[0].columns[0].base)},
        )
        for material, item in asking
    ]
    tables = [(material.form.title, item.tables[0]) for material, item in asking]
    chart = compare_populations(tables, 0, Message(_BASES, {"bases": bases}))
    table = asking[0][0].beside.get(name)
    return chart and replace(chart, notes=(*chart.notes, *(_tested(table) if table else ())))


def _tested(table: SideBySide) -> Iterator[Message]:
    """Say where populations differ, the largest differences first, and which were not tested."""
    chose = [head.label for head in table.without_inference]
    if len(chose) == len(table.columns):
        yield Message(_NO_TESTS)
        return
    if chose:
        yield Message(_CHOSE, {"populations": chose})
    if not any(table.tested):
        return
    found = [
        (table.percent[row, high] - table.percent[row, low], row, high, low)
        for row, high, low in np.argwhere(table.higher_than)
        if table.rows[row].kind == "answer"
    ]
    said = [
        Message(
            _MORE_OFTEN,
            {
                "answer": table.rows[row].label,
                "higher": table.columns[high].label,
                "lower": table.columns[low].label,
            },
        )
        for _, row, high, low in sorted(found, key=lambda one: -one[0])[:_MOST_DIFFERENCES]
    ]
    heads = [head for head, tests in zip(table.columns, table.tested, strict=True) if tests]
    small = [head.label for head in heads if head.mark == "**"]
    if said:
        yield Message(_DIFFER, {"answers": said})
    elif len(heads) - len(small) > 1 and (table.hidden is None or not table.hidden.any()):
        yield Message(_ALIKE)
    if small:
        hide = table.methods[0].thresholds.hide_below
        yield Message(_UNTESTED, {"hide": hide, "populations": small})


def _item(tables: tuple[Table, ...], places: frozenset[str]) -> Item:
    # Limited tables come last (`tyndau.reporting.plan`); sentences and charts speak of all asked.
    whole = tuple(table for table in tables if not table.limited)
    return Item(
        question=whole[0].question,
        tables=tables,
        chart=choose_chart(whole, 0, base_line(whole[0])),
        findings=find(whole, places),
        headline=headline(whole),
    )


def _parts(study: Study, form: Form, items: Sequence[Item]) -> Iterator[Part]:
    derived = {one.name: one for one in study.derived if one.population == form.population}
    of_banners = {
        name
        for banner in study.banners
        if banner.population == form.population
        for variable in banner.variables
        for name in origins(variable, derived)
    }
    groups = {question.name: question.groups[:1] for question in form.questions}

    def group_of(item: Item) -> tuple[str, ...]:
        names = origins(item.question.name, derived)
        return next((groups[name] for name in sorted(names) if name in groups), ())

    together: dict[tuple[str, ...], list[Item]] = {}
    for item in items:
        together.setdefault(group_of(item), []).append(item)
    for group, members in together.items():
        known = sum(item.question.name in of_banners for item in members)
        title = form.groups.get(group[0], Text()) if group else Text()
        yield Part(title, tuple(members), known >= _PROFILE_SHARE * len(members))
