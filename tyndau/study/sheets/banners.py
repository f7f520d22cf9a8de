"""The sheet ``banners``: by which variables the tables of a population are broken down.

In: the sheet's entries and what the forms offer, derived variables included. Out: `Banner` objects
and what is wrong with their variables and filters.
"""

from collections.abc import Sequence

from tyndau.base.errors import Place, Problem, UserError
from tyndau.base.frames import KIND_WORDS, Variable
from tyndau.base.languages import CONTENT_LANGUAGES, Text
from tyndau.questionnaire.expression import parse
from tyndau.study import problems
from tyndau.study.entries import Entries, Entry
from tyndau.study.model import Banner, Filter, factors
from tyndau.study.schema import nearest
from tyndau.study.sheets.conditions import check_condition
from tyndau.study.sheets.known import Known
from tyndau.study.sheets.problems import FILTER_WORDS, FILTERS_DIFFER, NESTED_TWICE

_BETWEEN_TITLES = " × "


def read_banners(
    sheet: Entries, known: Known, file: str
) -> tuple[tuple[Banner, ...], list[Problem]]:
    """Read the banners and check that their variables can head columns.

    Parameters
    ----------
    sheet : Entries
        The sheet ``banners``.
    known : Known
        What the forms offer, derived variables included.
    file : str
        The workbook's path as errors print it.

    Returns
    -------
    banners : tuple of Banner
        In the order of the sheet; a banner's name stands once for each population that has it.
    problems : list of Problem
        Unknown populations and variables, variables without categories, filters that cannot be
        computed or are not said in words; no banner at all.
    """
    found: list[Problem] = []
    if not sheet.rows and not sheet.problems:
        found.append(problems.NO_BANNERS.at(Place(file)))
    rows: dict[tuple[str, str], list[Entry]] = {}
    for entry in sheet.rows:
        rows.setdefault((entry.text("banner"), entry.text("population")), []).append(entry)
    banners = []
    for (name, population), entries in rows.items():
        titles = tuple(_checked_title(entry, known, found) for entry in entries)
        not_for = {
            entry.text("variable"): _checked_questions(entry, known, found) for entry in entries
        }
        banners.append(
            Banner(
                name,
                population,
                tuple(entry.text("variable") for entry in entries),
                titles,
                {variable: questions for variable, questions in not_for.items() if questions},
                _filter(entries, known, found),
            )
        )
    return tuple(banners), found


def _checked_title(entry: Entry, known: Known, found: list[Problem]) -> Text:
    """Return what stands above the columns: their title, else the labels of their variables."""
    title = entry.pair("title")
    names, population = entry.text("variable"), entry.text("population")
    if not known.check_population(entry, found) or not names:
        return title
    place, cell = entry.place("variable"), entry.cell("variable")
    variables: list[Variable] = []
    for name in factors(names):
        variable = known.variables[population].get(name)
        if variable is None:
            near = nearest(name, known.variables[population])
            values = {"cell": cell, "population": population, "value": name}
            found.append(problems.NO_VARIABLE.at(place, **values, known=near))
        elif not variable.categories:
            kind = KIND_WORDS[variable.kind]
            found.append(problems.NOT_A_BANNER.at(place, cell=cell, value=name, kind=kind))
        elif variable in variables:
            found.append(NESTED_TWICE.at(place, cell=cell, value=name))
        else:
            variables.append(variable)
    return title if title.kk or title.ru else _joined([one.label for one in variables])


def _joined(labels: Sequence[Text]) -> Text:
    said = {
        code: _BETWEEN_TITLES.join(getattr(label, code) for label in labels)
        for code in CONTENT_LANGUAGES
        if all(getattr(label, code) for label in labels)
    }
    return Text(**said)


def _checked_questions(entry: Entry, known: Known, found: list[Problem]) -> frozenset[str]:
    """Return the questions that are not broken down by the variable."""
    names = frozenset(entry.text("not_for").replace(",", " ").split())
    variables = known.variables.get(entry.text("population"), {})
    for name in sorted(names - variables.keys()) if variables else ():
        values = {"cell": entry.cell("not_for"), "population": entry.text("population")}
        place, near = entry.place("not_for"), nearest(name, variables)
        found.append(problems.NO_VARIABLE.at(place, **values, value=name, known=near))
    return names


def _filter(entries: Sequence[Entry], known: Known, found: list[Problem]) -> Filter | None:
    """Return the banner's filter; its condition and its words stand on any of its rows."""
    limited = [entry for entry in entries if entry.text("filter")]
    if not limited:
        return None
    first = limited[0]
    for entry in limited[1:]:
        if entry.text("filter") != first.text("filter"):
            values = {"cell": entry.cell("filter"), "banner": entry.text("banner")}
            found.append(FILTERS_DIFFER.at(entry.place("filter"), **values, row=first.row))
    words = [text for text in (entry.pair("filter") for entry in entries) if text.kk or text.ru]
    if not words:
        found.append(FILTER_WORDS.at(first.place("filter"), banner=first.text("banner")))
        return None
    try:
        condition = parse(first.text("filter"), first.place("filter"))
    except UserError as error:
        found.extend(error.problems)
        return None
    if first.text("population") in known.variables:
        check_condition(first, "filter", condition, known, found)
    return Filter(condition, words[0])
