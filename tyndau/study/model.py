"""The study as the workbook describes it, checked and typed.

In: nothing; `tyndau.study.load` makes it from a folder. Out: `Study` and its parts, one class a
sheet. It holds design only: what was asked, of whom, how it is shown; answers live in waves.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal

from tyndau.base.frames import Category, Variable
from tyndau.base.languages import Text
from tyndau.questionnaire.bases import form_variables
from tyndau.questionnaire.expression import Expression
from tyndau.questionnaire.form import Form
from tyndau.study.plan import Deliverable, Margin, Point, Quota, Rule

Inference = Literal["design", "model", "none"]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which base numbers are tested, marked and shown (DESIGN.md); settings of a study.

    Each is asked of the unweighted and of the effective base.

    Attributes
    ----------
    hide_below : int
        Below it no test, mark ``**``, hidden in publications.
    mark_below : int
        Below it the mark ``*``.
    people_below : int
        A cell of fewer people is hidden in publications.
    territory_interviews, territory_points : int
        A territory with fewer of either is not shown to the public.
    release_k : int
        Records of people are released where at least so many share each combination of traits.
    """

    hide_below: int = 30
    mark_below: int = 100
    people_below: int = 10
    territory_interviews: int = 50
    territory_points: int = 8
    release_k: int = 5


@dataclass(frozen=True, slots=True)
class Territory:
    """A territory of residence.

    Attributes
    ----------
    code : str
        Its code in the data.
    name : Text
        Its name.
    parent : str
        Code of the territory that holds it; empty at the top.
    newly_annexed, remote, new_microdistrict : bool
        What makes it weigh in.
    grid : tuple of int or None
        Row and column of its tile on the map of tiles; None where it has no place there.
    """

    code: str
    name: Text
    parent: str = ""
    newly_annexed: bool = False
    remote: bool = False
    new_microdistrict: bool = False
    grid: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Banner:
    """A set of columns that questions are shown by.

    Attributes
    ----------
    name : str
        Short name.
    population : str
        The form whose questions it stands over.
    variables : tuple of str
        Variables whose categories are its columns, side by side.
    titles : tuple of Text
        What stands above each variable's columns.
    not_for : dict of str to frozenset of str
        By variable, the questions that are never broken down by it.
    """

    name: str
    population: str
    variables: tuple[str, ...]
    titles: tuple[Text, ...]
    not_for: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DerivedCategory:
    """A category of a derived variable.

    Attributes
    ----------
    category : Category
        Code and label.
    condition : Expression
        Which rows fall into it; the first category that holds is taken.
    """

    category: Category
    condition: Expression


@dataclass(frozen=True, slots=True)
class Derived:
    """A variable computed from the answers.

    Attributes
    ----------
    name : str
        Its name.
    population : str
        The form it belongs to.
    label : Text
        Its title.
    categories : tuple of DerivedCategory
        In order; rows that fall into none are not asked.
    """

    name: str
    population: str
    label: Text
    categories: tuple[DerivedCategory, ...]

    @property
    def sources(self) -> frozenset[str]:
        """The variables that its conditions use."""
        return frozenset().union(*(part.condition.names for part in self.categories))

    @property
    def variable(self) -> Variable:
        """The derived variable as a column of a wave."""
        return Variable(
            self.name, "single", self.label, tuple(part.category for part in self.categories)
        )


@dataclass(frozen=True, slots=True)
class SampleColumns:
    """Which columns of a wave hold the sample's design; empty where there is none.

    Attributes
    ----------
    weight, strata, cluster : str
        Names of columns.
    """

    weight: str = ""
    strata: str = ""
    cluster: str = ""


@dataclass(frozen=True, slots=True)
class Study:
    """A study: folder, workbook and forms, validated against each other.

    Attributes
    ----------
    folder : Path
        Where it lies; its last part is the study's slug.
    title, customer, sponsor, contractor, population_words, sample_words, mode : Text
        Title; who ordered it; who paid; who conducted it; whom it speaks of; how people were
        chosen; how they were asked.
    start, end : date or None
        Fieldwork.
    languages : tuple of str
        Languages of the content.
    time_zone : str
        IANA name.
    inference : {"design", "model", "none"}
        What the sample allows.
    inference_words : Text
        The model in words, where inference is ``model``.
    thresholds : Thresholds
        Bases from which numbers are tested, marked and shown.
    sample : SampleColumns
        Weight, strata and clusters.
    forms : dict of str to Form
        By population.
    banners : tuple of Banner
        In the order of the workbook.
    derived : tuple of Derived
        In the order of the workbook.
    scales : dict of str to dict of str to float
        Scores by code, by choice list or variable.
    territories : tuple of Territory
        In the order of the workbook.
    fictional : bool
        Whether its city is made up: only such a study may hold simulated interviews, and all that
        is built from it says so.
    method_words : dict of str to Text
        How the study was made, by the keys of `tyndau.study.schema.METHOD_WORDS`; empty texts
        where the workbook says nothing.
    margins, points, quotas, rules, deliverables : tuple
        What is planned and promised: `Margin`, `Point`, `Quota`, `Rule` and `Deliverable` of
        `tyndau.study.plan`, each in the order of its sheet.
    guides : tuple of str
        Names of the guides for groups and experts that lie in the folder ``guides``.
    release_keys : tuple of str
        Variables by which a person might be known; the public edition holds records where they
        are named.
    """

    folder: Path
    title: Text
    customer: Text
    sponsor: Text
    contractor: Text
    population_words: Text
    sample_words: Text
    mode: Text
    start: date | None
    end: date | None
    languages: tuple[str, ...]
    time_zone: str
    inference: Inference
    inference_words: Text
    thresholds: Thresholds
    sample: SampleColumns
    forms: Mapping[str, Form]
    banners: tuple[Banner, ...]
    derived: tuple[Derived, ...]
    scales: Mapping[str, Mapping[str, float]]
    territories: tuple[Territory, ...]
    fictional: bool = False
    method_words: Mapping[str, Text] = field(default_factory=dict)
    margins: tuple[Margin, ...] = ()
    points: tuple[Point, ...] = ()
    quotas: tuple[Quota, ...] = ()
    rules: tuple[Rule, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    guides: tuple[str, ...] = ()
    release_keys: tuple[str, ...] = ()

    def variables(self, population: str) -> tuple[Variable, ...]:
        """Return a population's variables with their scores, derived ones last.

        Parameters
        ----------
        population : str
            Name of one of the study's forms.

        Returns
        -------
        tuple of Variable
            The questions in the order of asking, then the derived variables. A single response
            has the scores given under its own name, else those given to its choice list.

        Raises
        ------
        KeyError
            If the study has no form of that population.
        """
        form = self.forms[population]
        lists = {question.name: question.list_name for question in form.questions}
        own = [one.variable for one in self.derived if one.population == population]
        return tuple(
            _scored(variable, self.scales.get(variable.name) or self.scales.get(list_name, {}))
            for variable in (*form_variables(form), *own)
            for list_name in [lists.get(variable.name, "")]
        )


def _scored(variable: Variable, scores: Mapping[str, float]) -> Variable:
    if variable.kind != "single" or not scores:
        return variable
    categories = tuple(
        replace(category, score=scores.get(category.code)) for category in variable.categories
    )
    return replace(variable, categories=categories)
