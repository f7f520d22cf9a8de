"""What the forms offer to the sheets that refer to them: populations, variables, choice lists.

In: the forms that could be read and the names of those that could not. Out: `Known`. Where a form
could not be read, its own errors are shown and nothing is said of references into it.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace

from tyndau.base.errors import Problem
from tyndau.base.frames import Category, Variable
from tyndau.questionnaire.bases import form_variables
from tyndau.questionnaire.form import Form
from tyndau.study import problems
from tyndau.study.entries import Entry
from tyndau.study.schema import nearest
from tyndau.study.sheets.problems import NO_TERRITORY


@dataclass(frozen=True, slots=True)
class Known:
    """What the sheets may refer to.

    Attributes
    ----------
    forms : dict of str to Form
        The forms that could be read, by population.
    unread : frozenset of str
        Populations whose form could not be read.
    variables : dict of str to dict of str to Variable
        Variables of each population that has a form, by name.
    """

    forms: Mapping[str, Form]
    unread: frozenset[str]
    variables: Mapping[str, Mapping[str, Variable]]

    @classmethod
    def of(cls, forms: Mapping[str, Form], unread: Iterable[str]) -> "Known":
        """Gather what the forms offer.

        Parameters
        ----------
        forms : dict of str to Form
            By population.
        unread : iterable of str
            Populations whose form could not be read.

        Returns
        -------
        Known
            Without derived variables.
        """
        variables = {
            population: {variable.name: variable for variable in form_variables(form)}
            for population, form in forms.items()
        }
        return cls(forms, frozenset(unread), variables)

    def adding(self, population: str, variables: Iterable[Variable]) -> "Known":
        """Add derived variables of a population.

        Parameters
        ----------
        population : str
            A population that has a form.
        variables : iterable of Variable
            Its derived variables.

        Returns
        -------
        Known
            With them.
        """
        more = {variable.name: variable for variable in variables}
        own = {**self.variables[population], **more}
        return replace(self, variables={**self.variables, population: own})

    def answers(self, name: str, kinds: Container[str] = ("single",)) -> list[tuple[Category, ...]]:
        """Return the answers under a name: of choice lists, else of variables.

        Parameters
        ----------
        name : str
            A choice list or a variable.
        kinds : container of str, optional
            Kinds of variables that are looked at: single responses by default.

        Returns
        -------
        list of tuple of Category
            One for each form or variable that has it; empty where there is none.
        """
        lists = {
            tuple(choice.category for choice in question.choices)
            for form in self.forms.values()
            for question in form.questions
            if question.list_name == name
        }
        return list(lists) or [
            variables[name].categories
            for variables in self.variables.values()
            if name in variables and variables[name].kind in kinds
        ]

    def lists(self, kinds: Container[str]) -> list[str]:
        """Return the names that have answers: choice lists and variables.

        Parameters
        ----------
        kinds : container of str
            Kinds of variables that are named.

        Returns
        -------
        list of str
            Sorted.
        """
        lists = {q.list_name for form in self.forms.values() for q in form.questions} - {""}
        names = {
            variable.name
            for variables in self.variables.values()
            for variable in variables.values()
            if variable.kind in kinds
        }
        return sorted(lists | names)

    def check_population(self, entry: Entry, found: list[Problem]) -> bool:
        """See that the population an entry names has a form that could be read.

        Parameters
        ----------
        entry : Entry
            With a column ``population``.
        found : list of Problem
            Where an unknown population is reported.

        Returns
        -------
        bool
            Whether the entry can be checked against a form.
        """
        name = entry.text("population")
        if name in self.forms:
            return True
        # Where there is no form at all, that is said once and not again of every row.
        if name and (self.forms or self.unread) and name not in self.unread:
            known = nearest(name, [*self.forms, *self.unread])
            place, cell = entry.place("population"), entry.cell("population")
            found.append(problems.NO_POPULATION.at(place, cell=cell, value=name, known=known))
        return False

    def check_category(self, entry: Entry, found: list[Problem]) -> None:
        """See that the variable and the code an entry names are those of its population's form.

        Parameters
        ----------
        entry : Entry
            With columns ``population``, ``variable`` and ``code``.
        found : list of Problem
            Where unknown populations, variables and codes are reported.
        """
        name, code, population = (entry.text(c) for c in ("variable", "code", "population"))
        if not self.check_population(entry, found) or not name:
            return
        variable = self.variables[population].get(name)
        if variable is None:
            near = nearest(name, self.variables[population])
            values = {"cell": entry.cell("variable"), "population": population, "value": name}
            found.append(problems.NO_VARIABLE.at(entry.place("variable"), **values, known=near))
        elif code and code not in variable.codes:
            near = nearest(code, variable.codes)
            values = {"cell": entry.cell("code"), "list": name, "value": code}
            found.append(problems.NO_CODE.at(entry.place("code"), **values, known=near))


def check_territory(entry: Entry, territories: Iterable[str], found: list[Problem]) -> None:
    """See that the territory an entry names stands in the sheet of territories.

    Parameters
    ----------
    entry : Entry
        With a column ``territory``; an empty cell means the whole.
    territories : iterable of str
        Codes of the sheet ``territories``.
    found : list of Problem
        Where an unknown one is reported.
    """
    code, codes = entry.text("territory"), list(territories)
    if code and code not in codes:
        place, cell = entry.place("territory"), entry.cell("territory")
        found.append(NO_TERRITORY.at(place, cell=cell, value=code, known=nearest(code, codes)))
