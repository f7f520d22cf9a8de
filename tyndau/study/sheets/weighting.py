"""The sheet ``weighting``: how the weights of a population are made, a step a row, in their order.

In: the sheet's entries and what the forms offer. Out: `WeightingStep` objects and what is wrong
with them. Whether there are figures for a step is asked when weights are made.
"""

from collections.abc import Mapping

from tyndau.base.errors import Problem, UserError
from tyndau.base.languages import N_, Message
from tyndau.questionnaire.expression import Expression, parse
from tyndau.study import problems
from tyndau.study.entries import Entries, Entry
from tyndau.study.plan import WeightingStep
from tyndau.study.schema import nearest
from tyndau.study.sheets.conditions import check_condition
from tyndau.study.sheets.known import Known
from tyndau.study.sheets.problems import (
    STEP_BOUNDS,
    STEP_COLUMN,
    STEP_CONDITION,
    STEP_ORDER,
    STEP_VARIABLES,
)

_ONE = N_("one variable")
_AT_MOST_ONE = N_("one variable or none")
_NONE = N_("no variable")
_SIDES = N_("the lower is to be under 1 and the upper over 1")
_A_BOUND = N_("one of them is needed")
_BOTH = N_("both are needed")
_NOT_NEGATIVE = N_("the lower is to be 0 or more")
_PEOPLE = N_("the lower is a number of people, 1 or more")

_TO_TOTALS = ("poststratify", "rake", "calibrate_linear", "calibrate_raking", "calibrate_logit")
_BOUNDED = ("calibrate_linear", "calibrate_raking", "calibrate_logit", "trim")
# What each column beyond the first three is for.
_MEANT: Mapping[str, tuple[str, ...]] = {
    "lower": (*_BOUNDED, "nonresponse"),
    "upper": _BOUNDED,
    "scale_to": _TO_TOTALS,
    "condition": ("nonresponse",),
}
# Steps of which a lower one cannot follow a higher one.
_RANK = {"base": 0, "nonresponse": 1}
_LAST = 2


def read_weighting(sheet: Entries, known: Known) -> tuple[tuple[WeightingStep, ...], list[Problem]]:
    """Read the steps and check each by itself and their order.

    Parameters
    ----------
    sheet : Entries
        The sheet ``weighting``.
    known : Known
        What the forms offer, derived variables included.

    Returns
    -------
    steps : tuple of WeightingStep
        In the order of the sheet.
    problems : list of Problem
        Unknown populations and variables, bounds that cannot be, columns that mean nothing.
    """
    found: list[Problem] = []
    steps: list[WeightingStep] = []
    for entry in sheet.rows:
        step = entry.text("step")
        if not known.check_population(entry, found) or not step:
            continue
        variables = tuple(entry.text("variables").replace(",", " ").split())
        _check_names(entry, variables, known, found)
        _check_variables(entry, variables, found)
        for column, steps_meant in _MEANT.items():
            if column in entry.values and step not in steps_meant:
                found.append(STEP_COLUMN.at(entry.place(column), column=column, step=step))
        _check_bounds(entry, found)
        _check_order(entry, steps, found)
        steps.append(
            WeightingStep(
                entry.text("population"),
                step,
                variables,
                _number(entry, "lower"),
                _number(entry, "upper"),
                entry.text("scale_to"),
                _condition(entry, known, found),
                entry.pair("note"),
            )
        )
    return tuple(steps), found


def _number(entry: Entry, column: str) -> float | None:
    value = entry.values.get(column)
    return value if isinstance(value, float) else None


def _check_names(
    entry: Entry, variables: tuple[str, ...], known: Known, found: list[Problem]
) -> None:
    population = entry.text("population")
    own = known.variables[population]
    named = [("variables", name) for name in variables]
    if entry.text("scale_to"):
        named.append(("scale_to", entry.text("scale_to")))
    for column, name in named:
        if name not in own:
            values = {"cell": entry.cell(column), "population": population, "value": name}
            place = entry.place(column)
            found.append(problems.NO_VARIABLE.at(place, **values, known=nearest(name, own)))


def _check_variables(entry: Entry, variables: tuple[str, ...], found: list[Problem]) -> None:
    step, count = entry.text("step"), len(variables)
    expected = ""
    if step in ("nonresponse", "poststratify") and count != 1:
        expected = _ONE
    elif step == "base" and count > 1:
        expected = _AT_MOST_ONE
    elif step == "trim" and count:
        expected = _NONE
    if expected:
        place = entry.place("variables")
        values = {"expected": Message(expected), "value": list(variables) or "–"}
        found.append(STEP_VARIABLES.at(place, step=step, **values))


def _check_bounds(entry: Entry, found: list[Problem]) -> None:
    step = entry.text("step")
    if step not in (*_BOUNDED, "nonresponse") or entry.reported & {"lower", "upper"}:
        return
    lower, upper = _number(entry, "lower"), _number(entry, "upper")
    expected = ""
    if step == "nonresponse":
        expected = _PEOPLE if lower is not None and (lower < 1 or lower % 1) else ""
    elif step == "calibrate_logit" and (lower is None or upper is None):
        expected = _BOTH
    elif step == "trim" and lower is None and upper is None:
        expected = _A_BOUND
    elif (lower is not None and lower >= 1) or (upper is not None and upper <= 1):
        expected = _SIDES
    elif lower is not None and lower < 0:
        expected = _NOT_NEGATIVE
    if expected:
        said = ["–" if bound is None else f"{bound:g}" for bound in (lower, upper)]
        values = {"step": step, "lower": said[0], "upper": said[1]}
        place = entry.place("lower")
        found.append(STEP_BOUNDS.at(place, **values, expected=Message(expected)))


def _check_order(entry: Entry, steps: list[WeightingStep], found: list[Problem]) -> None:
    """Base weights come first, once; then those who did not answer, once."""
    own = [one.step for one in steps if one.population == entry.text("population")]
    rank = _RANK.get(entry.text("step"), _LAST)
    before = [one for one in own if rank < _LAST and _RANK.get(one, _LAST) >= rank]
    if before:
        values = {"step": entry.text("step"), "before": before[0]}
        found.append(STEP_ORDER.at(entry.place("step"), **values))


def _condition(entry: Entry, known: Known, found: list[Problem]) -> Expression | None:
    if entry.text("step") != "nonresponse":
        return None
    source = entry.text("condition")
    if not source:
        if "condition" not in entry.reported:
            found.append(STEP_CONDITION.at(entry.place("condition")))
        return None
    try:
        condition = parse(source, entry.place("condition"))
    except UserError as error:
        found.extend(error.problems)
        return None
    check_condition(entry, "condition", condition, known, found)
    return condition
