"""What the workbook plans: figures, points and their streets, quotas, sample, rules, trends.

In: nothing; `tyndau.study.load` makes these from the workbook's sheets, one class a sheet, and puts
them into the `Study`. They say what is intended and promised; what was done stands elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tyndau.base.languages import Text
from tyndau.questionnaire.expression import Expression
from tyndau.study.streets import Street


@dataclass(frozen=True, slots=True)
class Margin:
    """How many people of the population there are in a category, as a source says.

    Attributes
    ----------
    population : str
        The form whose variables the categories are of.
    territory : str
        Code of the territory counted; empty for the whole.
    variable, code : str
        The variable and its category.
    people : int
        How many.
    source : Text
        Who counted.
    day : date or None
        For which day.
    """

    population: str
    territory: str
    variable: str
    code: str
    people: int
    source: Text
    day: date | None


@dataclass(frozen=True, slots=True)
class Point:
    """A place where interviews are made.

    Attributes
    ----------
    code : str
        Its code in the data.
    territory : str
        Code of the territory that it lies in.
    name : Text
        How it is found.
    kind : str
        One of `tyndau.study.schema.POINT_KINDS`.
    interviews : int
        How many are planned; a substitute has those of the point that it stands in for.
    step : int
        Every how many passers-by or doors somebody is addressed: 3 or 5.
    substitute_for : str
        Code of the point that it may replace; empty for a point of the plan.
    size : float
        Its measure of size for selection, such as people who pass in an hour; 0 where none is
        given. A point with a size and without interviews is a candidate: it stands in the frame.
    position : tuple of float or None
        Latitude and longitude in degrees; None where they are not given.
    """

    code: str
    territory: str
    name: Text
    kind: str
    interviews: int
    step: int
    substitute_for: str = ""
    size: float = 0.0
    position: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Quota:
    """How many interviews are wanted with people of a category.

    Attributes
    ----------
    population : str
        The form.
    territory : str
        Code of the territory; empty for the whole.
    variable, code : str
        The variable and its category.
    target : int
        How many interviews.
    """

    population: str
    territory: str
    variable: str
    code: str
    target: int


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the sample is to be drawn, as far as the workbook says; None and "" where it does not.

    Attributes
    ----------
    population : str
        The form of the mass survey.
    interviews : int or None
        How many interviews.
    precision, precision_territory : float or None
        Half-width of an interval, in percentage points, wanted in all and in each territory.
    confidence : float
        Level of that interval, per cent.
    share : float
        Expected share of an answer, per cent; 50 is the least favourable.
    shares : dict of str to float
        The same by territory, where one differs.
    design_effect : float or None
        By how much clusters raise the variance.
    correlation : float or None
        Intra-class correlation at a point, from which the design effect follows.
    at_point : float
        Interviews at a point, on average.
    response : float or None
        Share of addressed people who give an interview, per cent.
    allocation : str
        One of `tyndau.study.sheets.sampling_keys.ALLOCATIONS`.
    power : float
        Exponent of the power allocation.
    minimum : int
        Least number of interviews in a territory.
    raise_newly_annexed, raise_remote, raise_new_microdistrict : float
        By what the share of such a territory is multiplied.
    selection : str
        One of `tyndau.study.sheets.sampling_keys.SELECTIONS`.
    quotas : tuple of str
        Variables that quota cells cross.
    interviewers : int or None
        How many there are.
    interviews_a_day : int or None
        How many an interviewer makes in a day.
    rate_interview, rate_day : float or None
        Pay for an interview, for a day of an interviewer.
    transport : float or None
        Transport of an interviewer for a day.
    transport_newly_annexed, transport_remote, transport_new_microdistrict : float or None
        The same for such territories.
    budget : float or None
        What the survey may cost in all.
    seed : int or None
        Where chance begins.
    """

    population: str = ""
    interviews: int | None = None
    precision: float | None = None
    precision_territory: float | None = None
    confidence: float = 95.0
    share: float = 50.0
    shares: Mapping[str, float] = field(default_factory=dict)
    design_effect: float | None = None
    correlation: float | None = None
    at_point: float = 15.0
    response: float | None = None
    allocation: str = ""
    power: float = 0.5
    minimum: int = 0
    raise_newly_annexed: float = 1.0
    raise_remote: float = 1.0
    raise_new_microdistrict: float = 1.0
    selection: str = ""
    quotas: tuple[str, ...] = ()
    interviewers: int | None = None
    interviews_a_day: int | None = None
    rate_interview: float | None = None
    rate_day: float | None = None
    transport: float | None = None
    transport_newly_annexed: float | None = None
    transport_remote: float | None = None
    transport_new_microdistrict: float | None = None
    budget: float | None = None
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by which an interview is looked at again; a person decides what follows.

    Attributes
    ----------
    code : str
        Short name.
    kind : str
        One of `tyndau.study.schema.RULE_KINDS`.
    population : str
        The form whose interviews it looks at.
    questions : tuple of str
        The questions that it looks at; empty where it looks at the whole interview.
    threshold : float
        From where on it strikes; what it counts is said by the kind.
    name : Text
        The rule in words.
    """

    code: str
    kind: str
    population: str
    questions: tuple[str, ...]
    threshold: float
    name: Text


@dataclass(frozen=True, slots=True)
class WeightingStep:
    """A step of making weights.

    Attributes
    ----------
    population : str
        The form whose respondents are weighed.
    step : str
        One of `tyndau.study.schema.WEIGHTING_STEPS`.
    variables : tuple of str
        By which variables; empty for all that have figures in the sheet ``population``.
    lower, upper : float or None
        Bounds: of the factors of a calibration; of weights by their mean in trimming; ``lower`` is
        the smallest class of a step ``nonresponse``.
    scale_to : str
        The variable whose total holds where totals disagree; empty where they have to agree.
    condition : Expression or None
        Who should have answered and did not, in a step ``nonresponse``.
    note : Text
        Why.
    """

    population: str
    step: str
    variables: tuple[str, ...] = ()
    lower: float | None = None
    upper: float | None = None
    scale_to: str = ""
    condition: Expression | None = None
    note: Text = field(default_factory=Text)


@dataclass(frozen=True, slots=True)
class Deliverable:
    """Something promised to the customer.

    Attributes
    ----------
    code : str
        Its number in the specification.
    name : Text
        What is promised.
    target : float
        How much of it.
    unit : Text
        Of what.
    due : date or None
        By when; None where no day is agreed.
    evidence : str
        What shows that it is done: one of `tyndau.study.schema.EVIDENCE`.
    """

    code: str
    name: Text
    target: float
    unit: Text
    due: date | None
    evidence: str


@dataclass(frozen=True, slots=True)
class KeyFinding:
    """A difference that is declared before the data are looked at, and tested with the others.

    Attributes
    ----------
    code : str
        Short name.
    population : str
        The form that the question stands in.
    question, answer : str
        The question, and the answer, net or ``mean`` of it.
    variable, column : str
        A variable and its category: the group that something is claimed of.
    against : str
        The category that it is compared with; empty for all others.
    claim : str
        One of `tyndau.study.schema.CLAIMS`.
    statement : Text
        The claim in words.
    """

    code: str
    population: str
    question: str
    answer: str
    variable: str
    column: str
    against: str
    claim: str
    statement: Text


@dataclass(frozen=True, slots=True)
class Plan:
    """What the workbook plans, sheet by sheet.

    Attributes
    ----------
    margins : tuple of Margin
        The sheet ``population``.
    weighting : tuple of WeightingStep
        The sheet ``weighting``.
    points : tuple of Point
        The sheet ``points``.
    streets : tuple of Street
        The sheet ``streets``; those of a point in the order of walking.
    quotas : tuple of Quota
        The sheet ``quotas``.
    rules : tuple of Rule
        The sheet ``rules``.
    deliverables : tuple of Deliverable
        The sheet ``deliverables``.
    sampling : Sampling or None
        The sheet ``sampling``; None where the workbook has none.
    """

    margins: tuple[Margin, ...] = ()
    weighting: tuple[WeightingStep, ...] = ()
    points: tuple[Point, ...] = ()
    streets: tuple[Street, ...] = ()
    quotas: tuple[Quota, ...] = ()
    rules: tuple[Rule, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    sampling: Sampling | None = None


@dataclass(frozen=True, slots=True)
class Trend:
    """What became of a variable from wave to wave.

    Attributes
    ----------
    wave : str
        The wave that is spoken of.
    population : str
        The form.
    variable : str
        The variable as it is called today.
    was : str
        What it was called in that wave; empty where it had its name of today.
    breaks : bool
        Whether that wave asked it so differently that earlier waves cannot be compared with it.
    """

    wave: str
    population: str
    variable: str
    was: str = ""
    breaks: bool = False
