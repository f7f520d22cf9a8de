"""How the weights of a revision were made, in words, for every publication of a study.

In: the study and the weights of a wave by population. Out: a sentence a population with steps,
variables, dates of the figures, range, and what unequal weights cost; nothing where there are none.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tyndau.base.languages import N_, Message, Number, Sayable
from tyndau.reporting.facts import day_said
from tyndau.study.model import Study
from tyndau.waves import WeightsRecord

_STEPS = {
    "base": N_("base weights"),
    "nonresponse": N_("adjustment for non-response"),
    "poststratify": N_("post-stratification"),
    "rake": N_("raking"),
    "calibrate_linear": N_("linear calibration"),
    "calibrate_raking": N_("calibration by raking"),
    "calibrate_logit": N_("bounded calibration"),
    "trim": N_("trimming"),
}
_WEIGHED = N_(
    "{population}. Weighting: {steps}; brought to the population's figures by {variables} (dated "
    "{dates}). Weights lie between {least} and {most} of their mean; effect of unequal weights "
    "(Kish) {kish}, effective size {effective} of {rows}."
)
_QUOTED = N_('"{label}"')
_NO_DATE = N_("not given")
_ALONE = N_(
    "{population}. Weighting: {steps}. Weights lie between {least} and {most} of their mean; "
    "effect of unequal weights (Kish) {kish}, effective size {effective} of {rows}."
)


def weights_said(study: Study, weights: Mapping[str, WeightsRecord]) -> tuple[Message, ...]:
    """Say how the weights of a revision were made.

    Parameters
    ----------
    study : Study
        The study.
    weights : mapping of str to WeightsRecord
        Of one wave, by population.

    Returns
    -------
    tuple of Message
        A sentence or two for each population that has weights.
    """
    return tuple(_of(study, name, record.log) for name, record in weights.items())


def _of(study: Study, population: str, log: Mapping[str, Any]) -> Message:
    found = log["diagnostics"]
    steps = [Message(_STEPS[step["step"]]) for step in log["steps"]]
    values: dict[str, object] = {
        "population": study.forms[population].title,
        "steps": steps,
        "least": Number(found["minimum"] / found["mean"], 2),
        "most": Number(found["maximum"] / found["mean"], 2),
        "kish": Number(found["kish"], 2),
        "effective": Number(found["effective"]),
        "rows": Number(found["n"]),
    }
    figures = log["figures"]
    if not figures:
        return Message(_ALONE, values)
    labels: dict[str, Sayable] = {one.name: one.label for one in study.variables(population)}
    names = dict.fromkeys(one["variable"] for one in figures)
    variables = [Message(_QUOTED, {"label": labels.get(name, name)}) for name in names]
    dates = sorted({one["date"] for one in figures if one["date"]})
    dated = [day_said(date.fromisoformat(one)) for one in dates] or Message(_NO_DATE)
    return Message(_WEIGHED, {**values, "variables": variables, "dates": dated})
