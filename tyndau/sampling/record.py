"""The record of a plan: what was asked, what came of it; what it says to tables and to the field.

In: a plan, or the file that an earlier one left. Out: what JSON holds, or sentences for tables. It
holds no time and no path of a machine: the same plan gives the same record.
"""

import json
import math
from dataclasses import asdict, fields
from importlib.metadata import version
from pathlib import Path
from typing import Any

import tyndau
from tyndau.base.errors import Place
from tyndau.base.languages import Message
from tyndau.sampling.allows import Allows
from tyndau.sampling.model import PointPlan, SamplePlan, TerritoryPlan
from tyndau.sampling.problems import DAMAGED
from tyndau.sampling.schedule import Visit

# Where the record stands in the folder of a study.
RECORD = "sample/sample.json"
FORMAT = 1
_LIBRARIES = ("numpy", "scipy", "svy")


def as_record(plan: SamplePlan) -> dict[str, Any]:
    """Turn a plan into what JSON holds.

    Parameters
    ----------
    plan : SamplePlan
        The plan.

    Returns
    -------
    dict
        All arguments, the seed among them; versions; sizes, allocation, points with their
        probabilities and routes, quotas, who works where, cost, and what the sample allows.
    """
    allocation, quotas, cost = plan.allocation, plan.quotas, plan.cost
    return {
        "format": FORMAT,
        "population": plan.population,
        "arguments": {**asdict(plan.sampling), "quotas": list(plan.sampling.quotas)},
        "software": {
            "tyndau": tyndau.__version__,
            **{name: version(name) for name in _LIBRARIES},
        },
        "size": None if plan.size is None else asdict(plan.size),
        "design_effects": {
            "clusters": plan.cluster_effect,
            "weights": allocation.weight_effect,
            "both": plan.allows.design_effect,
        },
        "half_width": plan.half_width,
        "territories": [_territory(place) for place in plan.territories],
        "quotas": {
            "variables": list(quotas.variables),
            "codes": [list(codes) for codes in quotas.codes],
            "counts": quotas.counts.tolist(),
            "expected": quotas.expected.tolist(),
            "interviewers": plan.own_quotas.tolist(),
        },
        "interviewers": {
            "count": plan.assignment.interviewers,
            "interviews": plan.assignment.load.tolist(),
            "days": cost.days.tolist(),
            "parts": plan.assignment.components,
        },
        "calendar": {"days": plan.schedule.days, "there": plan.schedule.there},
        "cost": {
            "items": [{**asdict(item), "total": item.total} for item in cost.items],
            "total": cost.total,
            "budget": cost.budget,
            "missing": list(cost.missing),
        },
        "allows": {**asdict(plan.allows), "direct": list(plan.allows.direct)},
    }


def _territory(place: TerritoryPlan) -> dict[str, Any]:
    return {
        "code": place.territory.code,
        "people": place.people,
        "interviews": place.interviews,
        "proportional": place.proportional,
        "effective": place.effective,
        "half_width": place.half_width,
        "direct": place.direct,
        "points": [_point(point) for point in place.points],
        "substitutes": [
            {"code": one.point.code, "kind": one.point.kind, "route": asdict(one.route)}
            for one in place.substitutes
        ],
    }


def _point(plan: PointPlan) -> dict[str, Any]:
    probability = None if math.isnan(plan.probability) else plan.probability
    return {
        "code": plan.point.code,
        "kind": plan.point.kind,
        "size": plan.point.size,
        "interviews": plan.interviews,
        "probability": probability,
        "certain": plan.certain,
        "route": asdict(plan.route),
        "visits": [_visit(visit) for visit in plan.visits],
        "interviewers": list(plan.interviewers),
        "shares": list(plan.shares),
    }


def _visit(visit: Visit) -> dict[str, Any]:
    return {**asdict(visit), "date": None if visit.date is None else visit.date.isoformat()}


def planned_routes(study: Path) -> dict[str, dict[str, dict[str, Any]]]:
    """Return how interviewers walk at each point, as far as a sample was planned.

    Parameters
    ----------
    study : Path
        The folder of the study.

    Returns
    -------
    dict
        By population and code of the point ``start``, ``step`` and ``side``; nothing where there is
        no record, or one that cannot be read: `tyndau check` and the build say that it is damaged.
    """
    try:
        record = json.loads((study / RECORD).read_text("utf-8"))
        points = (
            one
            for territory in record["territories"]
            for one in (*territory["points"], *territory["substitutes"])
        )
        return {str(record["population"]): {str(one["code"]): one["route"] for one in points}}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def sample_notes(study: Path, population: str) -> tuple[Message, ...]:
    """Say under tables what the sample of a study was planned to allow.

    Parameters
    ----------
    study : Path
        The folder of the study.
    population : str
        The form whose tables they are.

    Returns
    -------
    tuple of Message
        Sentences; none where no sample was planned here, or of another population only.

    Raises
    ------
    UserError
        ``study.sample-damaged`` if there is a record that cannot be read.
    """
    path = study / RECORD
    if not path.exists():
        return ()
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        known = record["format"] == FORMAT
        values = {field.name: record["allows"][field.name] for field in fields(Allows)}
        allows = Allows(**{**values, "direct": tuple(values["direct"])})
        of = record["population"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        detail = f"{type(error).__name__}: {error}"
        raise DAMAGED.error(Place(file=RECORD), detail=detail) from error
    if not known:
        raise DAMAGED.error(Place(file=RECORD), detail=f"format {record['format']}")
    return allows.notes if of == population else ()
