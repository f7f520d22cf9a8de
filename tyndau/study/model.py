"""The study as the workbook describes it, checked and typed.

In: nothing; `tyndau.study.load` makes it from a folder. Out: `Study` and its parts, one class a
sheet. It holds design only: what was asked, of whom, how it is shown; answers live in waves.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from tyndau.base.frames import Category, Net, Variable
from tyndau.base.languages import Text
from tyndau.questionnaire.bases import form_variables
from tyndau.questionnaire.expression import Expression
from tyndau.questionnaire.form import Form
from tyndau.study.boxes import offered_net
from tyndau.study.identity import Identity, Member
from tyndau.study.plan import (
    Deliverable,
    KeyFinding,
    Margin,
    Point,
    Quota,
    Rule,
    Sampling,
    Trend,
    WeightingStep,
)
from tyndau.study.schema import NESTED
from tyndau.study.standards import Comparing, Inference, SampleColumns, Thresholds
from tyndau.study.streets import Street


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
class Filter:
    """To whom of those who were asked a table is limited.

    Attributes
    ----------
    condition : Expression
        Which rows are looked at.
    words : Text
        Who they are, as it goes on after "Base:".
    """

    condition: Expression
    words: Text


def factors(name: str) -> tuple[str, ...]:
    """Return the variables that head the columns of a banner, the outermost first.

    Parameters
    ----------
    name : str
        A variable, or several with ``*`` between them.

    Returns
    -------
    tuple of str
        Their names; one where nothing is nested.
    """
    return tuple(part.strip() for part in name.split(NESTED))


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
        Variables whose categories are its columns, side by side; nested ones with ``*`` between
        them, such as ``sex*age``.
    titles : tuple of Text
        What stands above each variable's columns.
    not_for : dict of str to frozenset of str
        By variable, the questions that are never broken down by it.
    among : Filter or None
        To whom its tables are limited; None for everybody who was asked.
    """

    name: str
    population: str
    variables: tuple[str, ...]
    titles: tuple[Text, ...]
    not_for: Mapping[str, frozenset[str]] = field(default_factory=dict)
    among: Filter | None = None


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
    overlap : bool
        Whether a row falls into every category whose condition holds, as into several answers;
        else into the first.
    """

    name: str
    population: str
    label: Text
    categories: tuple[DerivedCategory, ...]
    overlap: bool = False

    @property
    def sources(self) -> frozenset[str]:
        """The variables that its conditions use."""
        return frozenset().union(*(part.condition.names for part in self.categories))

    @property
    def variable(self) -> Variable:
        """The derived variable as a column of a wave."""
        return Variable(
            self.name,
            "multiple" if self.overlap else "single",
            self.label,
            tuple(part.category for part in self.categories),
        )


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
        What the sample allows, of populations of which nothing else is said.
    inferences : dict of str to {"design", "model", "none"}
        What the samples of single populations allow, where it is said of them.
    inference_words : Text
        The model in words, where inference is ``model``.
    thresholds : Thresholds
        Bases from which numbers are tested, marked and shown.
    comparing : Comparing
        How differences are tested.
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
    nets : dict of str to tuple of Net
        Answers that tables also show together, by choice list or variable; the codes `BOXES` stand
        for the ends of a scale.
    descending : frozenset of str
        Choice lists and variables whose answers stand in tables from the most frequent on.
    index : bool
        Whether volumes show indices to the total under each table.
    fictional : bool
        Whether its city is made up: only such a study may hold simulated interviews, and all that
        is built from it says so.
    recording : bool
        Whether answers may be recorded in the browser form, of respondents who agree to it.
    correct_hours : int
        For how many hours interviewers may correct an interview that they sent; 0 where only what
        was returned to them may be corrected.
    method_words : dict of str to Text
        How the study was made, by the keys of `tyndau.study.keys.METHOD_WORDS`; empty texts
        where the workbook says nothing.
    margins, weighting, points, streets, quotas, rules, deliverables, key_findings : tuple
        What is planned, promised and claimed: `Margin`, `WeightingStep`, `Point`, `Street`,
        `Quota`, `Rule`, `Deliverable` and `KeyFinding` of `tyndau.study.plan`, each in the order of
        its sheet.
    trends : tuple of Trend
        What earlier waves called or asked otherwise.
    guides : tuple of str
        Names of the guides for groups and experts that lie in the folder ``guides``.
    sampling : Sampling or None
        How the sample is to be drawn; None where the workbook does not say.
    place : tuple of float or None
        Latitude and longitude of the city in degrees; None where the sheet does not say.
    release_keys : tuple of str
        Variables by which a person might be known; the public edition holds records where they
        are named.
    identity : Identity
        Who conducts it, as interviewers show it.
    team : tuple of Member
        Its interviewers, where the workbook lists them.
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
    nets: Mapping[str, tuple[Net, ...]] = field(default_factory=dict)
    descending: frozenset[str] = frozenset()
    index: bool = False
    fictional: bool = False
    recording: bool = False
    correct_hours: int = 0
    comparing: Comparing = field(default_factory=Comparing)
    method_words: Mapping[str, Text] = field(default_factory=dict)
    margins: tuple[Margin, ...] = ()
    weighting: tuple[WeightingStep, ...] = ()
    points: tuple[Point, ...] = ()
    streets: tuple[Street, ...] = ()
    quotas: tuple[Quota, ...] = ()
    rules: tuple[Rule, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    key_findings: tuple[KeyFinding, ...] = ()
    trends: tuple[Trend, ...] = ()
    guides: tuple[str, ...] = ()
    sampling: Sampling | None = None
    release_keys: tuple[str, ...] = ()
    place: tuple[float, float] | None = None
    identity: Identity = field(default_factory=Identity)
    team: tuple[Member, ...] = ()
    inferences: Mapping[str, Inference] = field(default_factory=dict)

    def inference_of(self, population: str) -> Inference:
        """Return what the sample of a population allows.

        Parameters
        ----------
        population : str
            Name of one of the study's forms.

        Returns
        -------
        {"design", "model", "none"}
            What is said of the population, else of the whole study.
        """
        return self.inferences.get(population, self.inference)

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
        own = [one.variable for one in self.derived if one.population == population]
        variables = (*form_variables(self.forms[population]), *own)
        return tuple(self.presented(population, variable) for variable in variables)

    def presented(self, population: str, variable: Variable) -> Variable:
        """Give a variable the scores, nets and order of rows that the workbook has for it.

        Parameters
        ----------
        population : str
            Name of one of the study's forms.
        variable : Variable
            One of its variables, as of today or as a wave holds it.

        Returns
        -------
        Variable
            With what the workbook says under its own name, else under that of its choice list.
        """
        form = self.forms[population]
        list_name = form[variable.name].list_name if variable.name in form else ""
        scores = self.scales.get(variable.name) or self.scales.get(list_name, {})
        nets = self.nets.get(variable.name) or self.nets.get(list_name, ())
        scored = _scored(variable, scores)
        descending = bool(self.descending & {variable.name, list_name})
        found = tuple(net for net in (offered_net(scored, one) for one in nets) if net.codes)
        return replace(scored, nets=found, descending=descending)


def _scored(variable: Variable, scores: Mapping[str, float]) -> Variable:
    if variable.kind != "single":
        return variable
    categories = tuple(
        replace(category, score=scores.get(category.code)) for category in variable.categories
    )
    return replace(variable, categories=categories)
