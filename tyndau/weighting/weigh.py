"""The whole action of ``tyndau weight``: weights for a wave, frozen as its next revision.

In: a study, the name of a wave, a population if only one is meant. Out: the new revision with the
same interviews, or the present one where it holds these weights already; or an error and nothing
written.
"""

import json
from dataclasses import dataclass

import numpy as np

from tyndau.base.errors import Place
from tyndau.base.languages import N_, Message
from tyndau.base.progress import Progress, silent
from tyndau.study.model import Study
from tyndau.waves import Wave, WeightsRecord, freeze, read_wave
from tyndau.weighting import problems
from tyndau.weighting.steps import make_weights
from tyndau.weighting.stored import to_record

_READING = N_("Reading the wave")
_WEIGHING = N_("Weighing: {population}")
_FREEZING = N_("Freezing the wave")


@dataclass(frozen=True, slots=True)
class Weighed:
    """What weighing a wave gave.

    Attributes
    ----------
    wave : Wave
        The revision that holds the weights.
    populations : tuple of str
        Who was weighed.
    made : bool
        Whether the revision is new; False where the latest held these weights already.
    """

    wave: Wave
    populations: tuple[str, ...]
    made: bool


def weigh_wave(
    study: Study, wave: str, *, population: str = "", progress: Progress = silent
) -> Weighed:
    """Make weights for the latest revision of a wave and freeze them as the next.

    Parameters
    ----------
    study : Study
        Its sheets ``population`` and ``weighting`` say how.
    wave : str
        Name of the wave.
    population : str, optional
        Whom to weigh; without it all that the sheet ``population`` has figures for.
    progress : Progress, optional
        Told of each step.

    Returns
    -------
    Weighed
        The revision.

    Raises
    ------
    UserError
        If there is no such wave or population, or weights cannot be made: nothing is written.
    """
    progress(0, 1, Message(_READING))
    parent = read_wave(study.folder, wave)
    chosen = _chosen(study, parent, population)
    records = {}
    for number, name in enumerate(chosen, 1):
        progress(number, len(chosen) + 2, Message(_WEIGHING, {"population": name}))
        records[name] = to_record(name, make_weights(study, name, parent.frames[name]))
    if all(_same(parent.weights.get(name), record) for name, record in records.items()):
        return Weighed(parent, chosen, made=False)
    progress(len(chosen) + 1, len(chosen) + 2, Message(_FREEZING))
    manifest = parent.manifest
    frozen = freeze(
        study.folder,
        parent.name,
        parent.frames,
        provenance=manifest.provenance,
        parent=f"r{parent.revision}",
        forms={name: one.form for name, one in manifest.populations.items() if one.form},
        weights={**parent.weights, **records},
    )
    return Weighed(frozen, chosen, made=True)


def _chosen(study: Study, wave: Wave, population: str) -> tuple[str, ...]:
    """Return whom to weigh."""
    if population:
        if population not in wave.frames:
            values = {"population": population, "existing": list(wave.frames)}
            raise problems.UNKNOWN_POPULATION.error(None, wave=wave.name, **values)
        return (population,)
    allowing = [name for name in wave.frames if study.inference_of(name) != "none"]
    if not allowing:
        raise problems.NO_INFERENCE.error(Place("study.xlsx", "study"))
    counted = {margin.population for margin in study.margins}
    chosen = tuple(name for name in allowing if name in counted)
    if not chosen:
        place = Place("study.xlsx", "population")
        raise problems.NO_MARGINS.error(place, population=", ".join(allowing))
    return chosen


def _same(before: WeightsRecord | None, record: WeightsRecord) -> bool:
    return (
        before is not None
        and before.log == json.loads(json.dumps(record.log))
        and np.array_equal(before.keys, record.keys)
        and np.array_equal(before.weights, record.weights)
    )
