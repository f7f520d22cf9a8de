"""Weights in a revision: from what was made to the record that is kept, and back to the rows.

In: `Made`, or a `WeightsRecord` and the rows of today. Out: the record with its log, or weights and
`Calibration` in the order of the rows. A record is of exactly the respondents that it was made for:
where others stand in the tables now, they are weighed again.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

import tyndau
from tyndau.base.frames import Frame
from tyndau.waves import WeightsRecord
from tyndau.weighting import problems
from tyndau.weighting.adjustment import Floats
from tyndau.weighting.calibration import Calibration
from tyndau.weighting.diagnostics import compare_margins, diagnose
from tyndau.weighting.figures import Figures
from tyndau.weighting.steps import Done, Made

FORMAT = 1


@dataclass(frozen=True, slots=True, eq=False)
class StoredWeights:
    """Weights of n rows, in their order.

    Attributes
    ----------
    weights : ndarray of float, shape (n,)
        The weights to use.
    calibration : Calibration or None
        What they were brought to, for the residuals of a variance; None where it was nothing.
    """

    weights: Floats
    calibration: Calibration | None


def to_record(population: str, made: Made) -> WeightsRecord:
    """Turn weights that were made into what a revision keeps.

    Parameters
    ----------
    population : str
        Whose they are.
    made : Made
        The weights.

    Returns
    -------
    WeightsRecord
        With a log from which they can be made again.
    """
    log: dict[str, Any] = {
        "format": FORMAT,
        "population": population,
        "rows": len(made.keys),
        "default": made.default,
        "steps": [_step(done) for done in made.done],
        "figures": [one for figures in made.figures for one in _figures(figures)],
        "margins": [asdict(row) for row in compare_margins(made.margins, made.base, made.weights)],
        "diagnostics": asdict(diagnose(made.weights)),
        "beyond_trimming": made.beyond,
        "software": {"tyndau": tyndau.__version__, "numpy": np.__version__},
    }
    kept = made.calibration
    return WeightsRecord(
        made.keys, made.weights, made.base,
        kept.weights if kept else None, kept.metric if kept else None,
        kept.cell if kept else None, kept.auxiliary if kept else None, log,
    )  # fmt: skip


def stored_calibration(frame: Frame, record: WeightsRecord, *, population: str) -> StoredWeights:
    """Return the weights of rows in their order, and what they were brought to.

    Parameters
    ----------
    frame : Frame
        The respondents, as `tyndau.study.prepare` gives them.
    record : WeightsRecord
        Their weights.
    population : str
        Whose they are, for messages.

    Returns
    -------
    StoredWeights
        Weights and calibration.

    Raises
    ------
    UserError
        ``table.weights-stale`` if the record is of other rows.
    """
    order = np.argsort(record.keys)
    at = np.searchsorted(record.keys, frame.keys, sorter=order)
    found = len(record.keys) == len(frame)
    if found and len(frame):
        place = order[np.minimum(at, len(order) - 1)]
        found = bool((record.keys[place] == frame.keys).all())
    if not found:
        raise problems.STALE.error(
            population=population, weighted=len(record.keys), rows=len(frame)
        )
    rows = order[at]
    calibration = None
    if (
        record.calibrated is not None
        and record.metric is not None
        and record.cell is not None
        and record.auxiliary is not None
    ):
        calibration = Calibration(
            record.calibrated[rows], record.metric[rows], record.cell[rows], record.auxiliary
        )
    return StoredWeights(record.weights[rows], calibration)


def _step(done: Done) -> Mapping[str, Any]:
    step, adjustment = done.step, done.adjustment
    return {
        "step": step.step,
        "variables": list(step.variables),
        "lower": step.lower,
        "upper": step.upper,
        "scale_to": step.scale_to,
        "condition": step.condition.source if step.condition else "",
        "note": {"kk": step.note.kk, "ru": step.note.ru},
        "arguments": dict(adjustment.arguments),
        "iterations": adjustment.iterations,
        "path": list(adjustment.path),
        "facts": dict(adjustment.facts),
        "diagnostics": asdict(done.diagnostics),
    }


def _figures(figures: Figures) -> list[Mapping[str, Any]]:
    return [
        {
            "variable": figures.variable,
            "territory": part.territory,
            "code": figures.categories[at],
            "used": float(part.people[at]),
            "date": day.isoformat() if day else None,
            "source": {"kk": source.kk, "ru": source.ru},
        }
        for part in figures.parts
        for at, (source, day) in part.sources.items()
    ]
