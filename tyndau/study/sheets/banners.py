"""The sheet ``banners``: by which variables the tables of a population are broken down.

In: the sheet's entries and what the forms offer, derived variables included. Out: `Banner` objects
and what is wrong with their variables.
"""

from tyndau.base.errors import Place, Problem
from tyndau.base.frames import KIND_WORDS
from tyndau.base.languages import Text
from tyndau.study import problems
from tyndau.study.entries import Entries, Entry
from tyndau.study.model import Banner
from tyndau.study.schema import nearest
from tyndau.study.sheets.known import Known


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
        Unknown populations and variables, and variables without categories; no banner at all.
    """
    found: list[Problem] = []
    if not sheet.rows and not sheet.problems:
        found.append(problems.NO_BANNERS.at(Place(file)))
    columns: dict[tuple[str, str], list[tuple[str, Text]]] = {}
    not_for: dict[tuple[str, str], dict[str, frozenset[str]]] = {}
    for entry in sheet.rows:
        name, population = entry.text("banner"), entry.text("population")
        title = _checked_title(entry, known, found)
        columns.setdefault((name, population), []).append((entry.text("variable"), title))
        questions = _checked_questions(entry, known, found)
        if questions:
            not_for.setdefault((name, population), {})[entry.text("variable")] = questions
    banners = tuple(
        Banner(
            name,
            population,
            tuple(variable for variable, _ in parts),
            tuple(title for _, title in parts),
            not_for.get((name, population), {}),
        )
        for (name, population), parts in columns.items()
    )
    return banners, found


def _checked_title(entry: Entry, known: Known, found: list[Problem]) -> Text:
    """Return what stands above the variable's columns: its title, else the variable's label."""
    title = entry.pair("title")
    name, population = entry.text("variable"), entry.text("population")
    if not known.check_population(entry, found) or not name:
        return title
    place, cell = entry.place("variable"), entry.cell("variable")
    variable = known.variables[population].get(name)
    if variable is None:
        near = nearest(name, known.variables[population])
        values = {"cell": cell, "population": population, "value": name}
        found.append(problems.NO_VARIABLE.at(place, **values, known=near))
        return title
    if not variable.categories:
        kind = KIND_WORDS[variable.kind]
        found.append(problems.NOT_A_BANNER.at(place, cell=cell, value=name, kind=kind))
    return title if title.kk or title.ru else variable.label


def _checked_questions(entry: Entry, known: Known, found: list[Problem]) -> frozenset[str]:
    """Return the questions that are not broken down by the variable."""
    names = frozenset(entry.text("not_for").replace(",", " ").split())
    variables = known.variables.get(entry.text("population"), {})
    for name in sorted(names - variables.keys()) if variables else ():
        values = {"cell": entry.cell("not_for"), "population": entry.text("population")}
        place, near = entry.place("not_for"), nearest(name, variables)
        found.append(problems.NO_VARIABLE.at(place, **values, value=name, known=near))
    return names
