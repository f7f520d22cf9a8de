"""The steps of a study's sheet ``weighting``, done one after the other on the rows of a wave.

In: a study, a population, its frozen rows. Out: `Made`: the weights of the respondents, what they
were brought to, and each step with its arguments and diagnostics. Where the sheet says nothing the
steps are those of `DEFAULT`. A new step is a method of `_Work` and a line in `_DO`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tyndau.base.errors import Place
from tyndau.base.frames import NO_CATEGORY, Frame
from tyndau.fieldwork.simulation.items import place_question
from tyndau.questionnaire.routing import interviewed
from tyndau.study import prepare
from tyndau.study.derive import derive
from tyndau.study.model import Study
from tyndau.study.plan import WeightingStep
from tyndau.weighting import problems
from tyndau.weighting.adjustment import Adjustment, Floats, checked_weights
from tyndau.weighting.agreement import settle
from tyndau.weighting.base import adjust_nonresponse, base_weights
from tyndau.weighting.calibrating import calibrate_margins
from tyndau.weighting.calibration import Calibration
from tyndau.weighting.diagnostics import Diagnostics, diagnose
from tyndau.weighting.distances import Distance
from tyndau.weighting.figures import Figures, categories_of, read_figures
from tyndau.weighting.margins import Margin
from tyndau.weighting.merging import SMALL_BELOW
from tyndau.weighting.raking import post_stratify, rake
from tyndau.weighting.trimming import trim

# What is done where the sheet says nothing.
DEFAULT = ("base", "rake")
# Weights nearer to a bound than this part of it lie within.
_ROUNDING = 1e-6
_DISTANCES: Mapping[str, Distance] = {
    "calibrate_linear": "linear", "calibrate_raking": "raking", "calibrate_logit": "logit",
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Done:
    """A step that was done.

    Attributes
    ----------
    step : WeightingStep
        As the sheet, or the default, has it.
    adjustment : Adjustment
        What came of it.
    diagnostics : Diagnostics
        What the weights cost after it.
    """

    step: WeightingStep
    adjustment: Adjustment
    diagnostics: Diagnostics


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """Weights of the m respondents of a population.

    Attributes
    ----------
    keys : ndarray of str, shape (m,)
        The respondents' keys.
    weights, base : ndarray of float, shape (m,)
        The weights, and those that it began with.
    calibration : Calibration or None
        What they were brought to last; None where no step did.
    done : tuple of Done
        The steps.
    default : bool
        Whether the steps are those of `DEFAULT`.
    figures : tuple of Figures
        What the last step that brought weights to totals used, settled.
    margins : tuple of Margin
        The same as totals of the rows.
    """

    keys: NDArray[np.str_]
    weights: Floats
    base: Floats
    calibration: Calibration | None
    done: tuple[Done, ...]
    default: bool
    figures: tuple[Figures, ...]
    margins: tuple[Margin, ...]

    @property
    def beyond(self) -> int:
        """Weights that a step after the last trimming carried over its bounds again."""
        for done in reversed(self.done):
            if done.step.step == "trim":
                said = done.adjustment.arguments
                low, high = said["lower"] * (1 - _ROUNDING), said["upper"] * (1 + _ROUNDING)
                positive = self.weights[self.weights > 0]
                return int(((positive < low) | (positive > high)).sum())
        return 0


def make_weights(study: Study, population: str, frame: Frame) -> Made:
    """Make the weights of a population's respondents.

    Parameters
    ----------
    study : Study
        Its figures and steps.
    population : str
        One of its forms.
    frame : Frame
        The rows as they were frozen, of those who were screened out too.

    Returns
    -------
    Made
        Weights of those whom the screening let in.

    Raises
    ------
    UserError
        If the sample allows no inference, figures are wanting or disagree, or a step fails.
    """
    if study.inference_of(population) == "none":
        raise problems.NO_INFERENCE.error(Place("study.xlsx", "study"))
    own = [one for one in study.weighting if one.population == population]
    steps = own or [WeightingStep(population, step) for step in DEFAULT]
    if steps[0].step != "base":
        steps = [WeightingStep(population, "base"), *steps]
    work = _Work(study, population, frame, steps)
    done = [work.do(step) for step in steps]
    return Made(
        work.frame.keys, work.weights, work.base, work.calibration, tuple(done), not own,
        work.figures, work.margins,
    )  # fmt: skip


class _Work:
    """The rows and their weights between steps."""

    def __init__(
        self, study: Study, population: str, frame: Frame, steps: Sequence[WeightingStep]
    ) -> None:
        self.study = study
        self.population = population
        respondents = prepare(study, population, frame)
        self.place = place_question(study, study.forms[population])
        self.responded = np.ones(len(respondents), dtype=np.bool_)
        self.frame = respondents
        for step in steps:
            if step.condition is not None:
                self._add_others(frame, step)
        self.weights = self.base = np.ones(len(self.frame))
        self.calibration: Calibration | None = None
        self.figures: tuple[Figures, ...] = ()
        self.margins: tuple[Margin, ...] = ()
        self.first = next((one for one in steps if one.step in _DO_TOTALS), None)

    def _add_others(self, frame: Frame, step: WeightingStep) -> None:
        """Take those along who should have answered and did not."""
        everybody = derive(self.study, self.population, frame)
        let_in = interviewed(self.study.forms[self.population], frame)
        assert step.condition is not None
        chosen = let_in | step.condition.holds(everybody)
        self.frame = everybody.where(chosen)
        self.responded = let_in[chosen]

    def do(self, step: WeightingStep) -> Done:
        adjustment = _DO[step.step](self, step)
        negative = int((adjustment.weights < 0).sum())
        if negative:
            raise problems.NEGATIVE_RESULT.error(Place("study.xlsx", "weighting"), count=negative)
        self.weights = adjustment.weights
        if step.step == "base":
            self.base = self.weights
        if step.step == "nonresponse":
            self._leave_others()
        if adjustment.calibration is not None:
            self.calibration = adjustment.calibration
        return Done(step, adjustment, diagnose(self.weights))

    def _leave_others(self) -> None:
        self.frame = self.frame.where(self.responded)
        self.weights, self.base = self.weights[self.responded], self.base[self.responded]
        self.responded = self.responded[self.responded]

    def used(self, step: WeightingStep | None) -> tuple[Figures, ...]:
        """Return the figures that a step uses, settled."""
        known = read_figures(self.study, self.population, self.frame)
        wanted = step.variables if step else ()
        for name in wanted:
            if all(one.variable != name for one in known):
                raise problems.NO_SUCH_MARGIN.error(
                    Place("study.xlsx", "weighting"),
                    step=step.step if step else "", variable=name,
                    known=list(dict.fromkeys(one.variable for one in known)),
                )  # fmt: skip
        figures = [one for one in known if not wanted or one.variable in wanted]
        scale_to = step.scale_to if step else ""
        return settle(self.study, figures, place=self.place, scale_to=scale_to)

    def to_totals(self, step: WeightingStep) -> Sequence[Margin]:
        """Remember and return the margins of a step that brings weights to totals."""
        self.figures = self.used(step)
        self.margins = tuple(one.margin(self.weights) for one in self.figures)
        return self.margins

    def begin(self, step: WeightingStep) -> Adjustment:
        """Make base weights and give them the size of the population."""
        figures = self.used(self.first)
        whole = [one.total for one in figures if one.parts[0].closed and not one.place]
        whole += [one.total for one in figures if one.place and one.everywhere]
        if not whole:
            place = Place("study.xlsx", "population")
            raise problems.NO_TOTAL.error(place, population=self.population)
        people = whole[0]
        made = self._base(step, figures)
        total = float(made.weights.sum())
        return Adjustment(
            "base", made.n, made.weights * (people / total),
            arguments=made.arguments, facts={"people": people, "sum_before": total},
        )  # fmt: skip

    def _base(self, step: WeightingStep, figures: Sequence[Figures]) -> Adjustment:
        rows = np.ones(len(self.frame))
        if step.variables:
            return self._base_by(step.variables[0])
        given = self.study.sample.weight
        if given and given in self.frame:
            column = self.frame[given]
            weight = checked_weights(np.where(column.asked, column.values, np.nan))
            return Adjustment("base", len(weight), weight, arguments={"by": given})
        for one in figures:
            if one.variable == self.place and one.parts[0].closed:
                return base_weights(margin=one.margin(rows))
        for one in figures:
            if one.place and one.everywhere:
                return self._base_of_parts(one)
        return Adjustment("base", len(rows), rows, arguments={"by": ""})

    def _base_of_parts(self, figures: Figures) -> Adjustment:
        """Take from figures by territory how many people each territory has."""
        codes = np.full(len(self.frame), -1)
        for number, part in enumerate(figures.parts):
            codes[part.inside] = number
        totals = np.array([part.total for part in figures.parts])
        names = tuple(part.territory for part in figures.parts)
        blocks = np.zeros(len(names), dtype=np.intp)
        return base_weights(margin=Margin(figures.place, codes, totals, names, blocks))

    def _base_by(self, name: str) -> Adjustment:
        """Make base weights by a variable with figures, or from probabilities."""
        if name in self.frame and self.frame[name].variable.kind == "number":
            column = self.frame[name]
            made = base_weights(probabilities=np.where(column.asked, column.values, np.nan))
            return Adjustment("base", made.n, made.weights, arguments={"by": f"1/{name}"})
        known = read_figures(self.study, self.population, self.frame)
        own = [one for one in known if one.variable == name and not one.place]
        if not own:
            raise problems.WRONG_BASE.error(Place("study.xlsx", "weighting"), variable=name)
        return base_weights(margin=own[0].margin(np.ones(len(self.frame))))

    def nonresponse(self, step: WeightingStep) -> Adjustment:
        """Let respondents speak for those who did not answer."""
        names, classes = _classes(self.frame, step.variables[0])
        minimum = SMALL_BELOW if step.lower is None else round(step.lower)
        return adjust_nonresponse(
            self.weights, self.responded, classes, names=names, minimum=minimum, small="merge"
        )

    def post_stratify(self, step: WeightingStep) -> Adjustment:
        """Bring weights to the totals of one variable, by territory where they are known so."""
        self.figures = self.used(step)[-1:]
        self.margins = (self.figures[0].margin(self.weights),)
        return post_stratify(self.weights, self.margins[0])

    def rake(self, step: WeightingStep) -> Adjustment:
        """Bring weights to all margins."""
        return rake(self.weights, self.to_totals(step))

    def calibrate(self, step: WeightingStep) -> Adjustment:
        """Bring weights to all margins by another distance."""
        low = -np.inf if step.lower is None else step.lower
        high = np.inf if step.upper is None else step.upper
        margins = self.to_totals(step)
        distance = _DISTANCES[step.step]
        return calibrate_margins(self.weights, margins, distance=distance, bounds=(low, high))

    def trim(self, step: WeightingStep) -> Adjustment:
        """Cut weights at multiples of their mean."""
        mean = float(self.weights[self.weights > 0].mean())
        low = 0.0 if step.lower is None else step.lower * mean
        high = np.inf if step.upper is None else step.upper * mean
        return trim(self.weights, lower=low, upper=high, strict=True)


_DO_TOTALS: Mapping[str, Callable[[_Work, WeightingStep], Adjustment]] = {
    "poststratify": _Work.post_stratify,
    "rake": _Work.rake,
    **dict.fromkeys(_DISTANCES, _Work.calibrate),
}
_DO: Mapping[str, Callable[[_Work, WeightingStep], Adjustment]] = {
    "base": _Work.begin,
    "nonresponse": _Work.nonresponse,
    **_DO_TOTALS,
    "trim": _Work.trim,
}


def _classes(frame: Frame, name: str) -> tuple[tuple[str, ...], NDArray[np.integer]]:
    """Number the values of a column; what is not known is a class of its own."""
    if name not in frame or frame[name].variable.kind == "multiple":
        return categories_of(frame, name)  # says what is wrong
    column = frame[name]
    if column.variable.kind == "single":
        count = len(column.variable.categories)
        known = column.asked & (column.values != NO_CATEGORY)
        return (*column.variable.codes, "?"), np.where(known, column.values, count)
    labels, codes = np.unique(
        np.where(column.asked, column.values, "").astype(str), return_inverse=True
    )
    return tuple(label or "?" for label in labels.tolist()), codes
