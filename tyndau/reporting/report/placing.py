"""Setting a question into a report: numbers of charts and tables, and what is set already.

In: items and the marks of prose. Out: blocks. One `Placing` goes through a document from its
beginning: charts and tables are numbered in the order in which they stand, and what no chapter took
is left for the annex.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tyndau.base.errors import Problem, UserError
from tyndau.base.languages import CONTENT_LANGUAGES, Message, Text
from tyndau.reporting import problems
from tyndau.reporting.findings import Finding
from tyndau.reporting.model import Block, Chart, CrossTable, Heading, Listing, Paragraph
from tyndau.reporting.prose import Chapter, Insert
from tyndau.reporting.report.material import Item, Material, compared
from tyndau.reporting.volume import cross_table
from tyndau.study.model import Study
from tyndau.study.standards import Thresholds
from tyndau.tabulation.table import Table

# A heading ends with the first question mark or full stop; what follows instructs the interviewer.
_FIRST_SENTENCE = re.compile(r".+?[?.!…](?=\s|$)", re.DOTALL)


class Placing:
    """Sets questions into one document.

    Parameters
    ----------
    study : Study
        Its banners and thresholds.
    materials : sequence of Material
        The populations.
    """

    def __init__(self, study: Study, materials: Sequence[Material]) -> None:
        self.study = study
        self.thresholds: Thresholds = study.thresholds
        self.materials = {material.population: material for material in materials}
        self.charts = 0
        self.tables = 0
        self._set: set[tuple[str, str, int]] = set()
        self._compared: set[str] = set()

    def check(self, chapters: Sequence[Chapter]) -> None:
        """See that the marks of prose name questions and banners that there are.

        Parameters
        ----------
        chapters : sequence of Chapter
            The prose.

        Raises
        ------
        UserError
            With every mark that leads nowhere.
        """
        found = [
            problem
            for chapter in chapters
            for insert in chapter.inserts
            for problem in self._wrong(insert)
        ]
        if found:
            raise UserError(*found)

    def _wrong(self, insert: Insert) -> Iterator[Problem]:
        holding = self._holding(insert)
        part, name, known = "question", insert.question, sorted(self._questions())
        if len(holding) > 1:
            part, name = "population", ""
            known = [f"{material.population}/{insert.question}" for material in holding]
        elif holding and insert.banner:
            part, name = "banner", insert.banner
            item = holding[0].items[insert.question]
            known = [_banner_name(table) for table in item.tables]
            if insert.banner in known:
                return
        elif holding:
            return
        yield problems.UNKNOWN_REFERENCE.at(
            insert.place,
            reference=insert.question,
            part=Message(problems.PARTS[part]),
            name=name,
            known=known,
        )

    def _questions(self) -> set[str]:
        return {name for material in self.materials.values() for name in material.items}

    def _holding(self, insert: Insert) -> list[Material]:
        return [
            material
            for name, material in self.materials.items()
            if insert.population in ("", name) and insert.question in material.items
        ]

    def insert(self, insert: Insert) -> Iterator[Block]:
        """Set what a mark in prose asks for; `check` has seen that it can be set.

        Parameters
        ----------
        insert : Insert
            The mark.

        Yields
        ------
        Block
            A chart, paragraphs of findings, a table, or all of them.
        """
        material = self._holding(insert)[0]
        item = material.items[insert.question]
        if insert.what == "question":
            yield from self.item(material, item)
        elif insert.what == "chart":
            yield from self.chart(item)
        elif insert.what == "findings":
            yield from told(item.findings)
        else:
            for at, table in enumerate(item.tables):
                if insert.banner in ("", _banner_name(table)):
                    yield self.table(material, item, at)
                    return

    def item(self, material: Material, item: Item) -> Iterator[Block]:
        """Set a question: answers, chart, differences, a table, other populations beside it.

        Parameters
        ----------
        material : Material
            The population.
        item : Item
            The question.

        Yields
        ------
        Block
            In the order of reading.
        """
        answers = [one for one in item.findings if one.kind == "distribution"]
        yield from told(answers)
        yield from self.chart(item)
        yield from told([one for one in item.findings if one.kind != "distribution"])
        yield self.table(material, item, 0)
        yield from self.comparison(item)

    def chart(self, item: Item) -> Iterator[Block]:
        """Set a question's chart, if it has one.

        Parameters
        ----------
        item : Item
            The question.

        Yields
        ------
        Chart
            With its number.
        """
        yield from self._numbered(item.chart)

    def comparison(self, item: Item) -> Iterator[Block]:
        """Set what other populations answered beside it, once in a document.

        Parameters
        ----------
        item : Item
            The question.

        Yields
        ------
        Chart
            With its number; nothing where one population was asked.
        """
        name = item.question.name
        if name not in self._compared:
            self._compared.add(name)
            yield from self._numbered(compared(list(self.materials.values()), name))

    def _numbered(self, chart: Chart | None) -> Iterator[Chart]:
        if chart is not None:
            self.charts += 1
            yield replace(chart, number=self.charts)

    def table(self, material: Material, item: Item, at: int) -> CrossTable:
        """Set one of a question's tables.

        Parameters
        ----------
        material : Material
            The population.
        item : Item
            The question.
        at : int
            Which of its tables.

        Returns
        -------
        CrossTable
            With its number.
        """
        self.tables += 1
        self._set.add((material.population, item.question.name, at))
        return cross_table(item.tables[at], self.tables, self.thresholds)

    def left(self, material: Material) -> Mapping[str, tuple[Item, list[int]]]:
        """Return the tables that no chapter took.

        Parameters
        ----------
        material : Material
            The population.

        Returns
        -------
        dict of str to (Item, list of int)
            By question: the question, and which of its tables.
        """
        left: dict[str, tuple[Item, list[int]]] = {}
        for name, item in material.items.items():
            numbers = [
                at
                for at in range(len(item.tables))
                if (material.population, name, at) not in self._set
            ]
            if numbers:
                left[name] = (item, numbers)
        return left


def told(findings: Sequence[Finding]) -> Iterator[Block]:
    """Set findings: answers as a paragraph, differences as a list, what was not found below it.

    Parameters
    ----------
    findings : sequence of Finding
        Of one question, in the order of reading.

    Yields
    ------
    Block
        None where there are no findings.
    """
    answers = [one.text for one in findings if one.kind == "distribution"]
    differences = [one.text for one in findings if one.kind == "difference"]
    others = [one.text for one in findings if one.kind in ("none_found", "untested")]
    if answers:
        yield Paragraph(_together(answers))
    if differences:
        yield Listing(tuple(differences))
    if others:
        yield Paragraph(_together(others))


def _together(sentences: Sequence[Text]) -> Text:
    said = {code: " ".join(getattr(one, code) for one in sentences) for code in CONTENT_LANGUAGES}
    return Text(**said)


def question_heading(item: Item, level: int = 2) -> Heading:
    """Make a heading of a question's wording: its first sentence.

    Parameters
    ----------
    item : Item
        The question.
    level : int, default 2
        Level of the heading.

    Returns
    -------
    Heading
        The heading.
    """
    label = item.question.label
    said = {code: _first_sentence(getattr(label, code)) for code in CONTENT_LANGUAGES}
    return Heading(Text(**said), level)


def _first_sentence(wording: str) -> str:
    match = _FIRST_SENTENCE.match(wording)
    return match[0] if match else wording


def _banner_name(table: Table) -> str:
    """Return the name by which prose asks for a table: its banner's first variable."""
    return table.groups[0].name if table.groups else ""
