"""Making the design of a sample from columns of the data, checked and numbered.

In: columns of identifiers over all rows, by stage, and sizes of finite populations. Out:
`Design`, or one error that names what is missing or contradicts itself, in which interviews. A
cluster in two strata is refused unless it is said that numbers begin again in every stratum:
strata that cut clusters, taken for that, would give errors that are too small.
"""

from collections.abc import Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tyndau.base.errors import Kind, Place
from tyndau.base.frames import KIND_WORDS, NO_CATEGORY, Frame
from tyndau.base.languages import N_, Message
from tyndau.estimation import problems
from tyndau.estimation.design import Design
from tyndau.estimation.stages import Lonely, Stage
from tyndau.study.standards import SampleColumns

_NAMED = 10  # strata or interviews named in one message

# What rows are called in messages.
_Keys = Sequence[str] | range
_Integers = NDArray[np.intp]

_WEIGHT = N_("weight")
_STRATUM = N_("stratum")
_CLUSTER = N_("cluster")


def make_design(
    rows: int,
    *,
    weights: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    clusters: ArrayLike | Sequence[ArrayLike] | None = None,
    population: ArrayLike | Sequence[ArrayLike] | None = None,
    nest: bool = False,
    lonely: Lonely = "fail",
    columns: SampleColumns | None = None,
    keys: Sequence[str] = (),
) -> Design:
    """Make a design from columns over all rows.

    Parameters
    ----------
    rows : int
        Number of rows, n.
    weights : array_like of float, shape (n,), optional
        0 or more.
    strata : array_like, shape (n,), optional
        Identifiers of the first stage's strata: strings or numbers.
    clusters : array_like, shape (n,), or list of them, optional
        Identifiers of clusters; a list has one for each stage, the first stage first. Clusters of a
        later stage need be told apart within their cluster of the stage before only.
    population : array_like of float, shape (n,), or list of them, optional
        For each stage, how many clusters the row's stratum (at a later stage, its cluster of the
        stage before) has in all, or, where every value is at most 1, which part was drawn. Where
        the list is longer by one than that of clusters rows themselves are drawn last.
    nest : bool, default False
        Whether identifiers of first-stage clusters begin again in every stratum.
    lonely : {"fail", "remove", "certainty", "adjust", "average"}, default "fail"
        What a stratum of a single cluster gives.
    columns, keys : SampleColumns, sequence of str, optional
        What columns and rows are called, for messages; rows by their numbers, from 1, by default.

    Returns
    -------
    Design
        The design, with rows as clusters where no clusters are given. Stages after one without a
        finite population add nothing to a variance and are left out.

    Raises
    ------
    UserError
        If any of it is missing or contradicts itself.

    Notes
    -----
    R ``survey::svydesign`` with ``options(survey.lonely.psu)``; a population that differs within a
    stratum, of which R warns, is refused.
    """
    names = columns or SampleColumns()
    called = keys if len(keys) else range(1, rows + 1)
    weight = np.ones(rows) if weights is None else _weights(weights, called, names.weight)
    sizes = [np.asarray(one, dtype=np.float64) for one in _by_stage(population)]
    laid = _laid_out(strata, _by_stage(clusters), sizes, called, names, nest, lonely)
    stages, stratum_names, cluster_names = laid
    given = (weights is not None, strata is not None, bool(cluster_names))
    return Design(weight, stages, *given, stratum_names, cluster_names)


def _laid_out(
    strata: ArrayLike | None,
    clusters: list[Any],
    sizes: list[NDArray[np.float64]],
    called: _Keys,
    names: SampleColumns,
    nest: bool,
    lonely: Lonely,
) -> tuple[tuple[Stage, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the stages, and the names of strata and clusters of the first."""
    rows = len(called)
    stratum = np.zeros(rows, dtype=np.intp)
    stratum_names: tuple[str, ...] = ("",)
    if strata is not None and rows:
        stratum, stratum_names = _numbered(strata, called, names.strata, problems.STRATUM_MISSING)
    numbered = [
        _numbered(one, called, names.cluster, problems.CLUSTER_MISSING)
        for one in (clusters if rows else [])
    ]
    if numbered and not nest:
        _refuse_crossing(*numbered[0], stratum, stratum_names, names.cluster)
    stages, first = _stages(stratum, len(stratum_names), numbered, sizes, called, lonely)
    cluster_names = tuple(numbered[0][1][one] for one in first) if numbered else ()
    return stages, stratum_names, cluster_names


def frame_design(frame: Frame, columns: SampleColumns) -> Design:
    """Make the design of a frame from the columns that hold it.

    Parameters
    ----------
    frame : Frame
        The rows.
    columns : SampleColumns
        Names of the columns; empty where there is none.

    Returns
    -------
    Design
        The design.

    Raises
    ------
    UserError
        If a column is not there or is of the wrong kind, or as `make_design`.

    Notes
    -----
    R ``survey::svydesign(ids, strata, weights, data)``; see `make_design`.
    """
    weights = strata = clusters = None
    if columns.weight:
        weights = _identifiers(frame, columns.weight, Message(_WEIGHT), ("number",))
    if columns.strata:
        strata = _identifiers(frame, columns.strata, Message(_STRATUM))
    if columns.cluster:
        clusters = _identifiers(frame, columns.cluster, Message(_CLUSTER))
    return make_design(
        len(frame), weights=weights, strata=strata, clusters=clusters, columns=columns,
        keys=frame.keys.tolist(),
    )  # fmt: skip


def _identifiers(
    frame: Frame, name: str, role: Message, kinds: tuple[str, ...] = ("single", "number", "text")
) -> NDArray[Any]:
    place = Place(column=name)
    if name not in frame:
        raise problems.NO_SUCH_COLUMN.error(place, name=name, role=role)
    column = frame[name]
    if column.variable.kind not in kinds:
        kind = KIND_WORDS[column.variable.kind]
        raise problems.DESIGN_KIND.error(place, name=name, role=role, kind=kind)
    if column.variable.kind == "number":
        return np.where(column.asked, column.values, np.nan)
    values = column.values
    if column.variable.kind == "single":
        codes = np.array([*column.variable.codes, ""], dtype=object)
        values = codes[np.where(values == NO_CATEGORY, len(codes) - 1, values.astype(np.intp))]
    return np.where(column.asked, values, "")


def _named(keys: _Keys, wrong: NDArray[np.intp]) -> dict[str, object]:
    """Return how many rows are wrong and what the first of them are called."""
    named = [str(keys[row]) for row in wrong[:_NAMED]]
    return {"count": len(wrong), "keys": named + (["..."] if len(wrong) > _NAMED else [])}


def _weights(weights: ArrayLike, keys: _Keys, name: str) -> NDArray[np.float64]:
    rows = len(keys)
    weight = np.asarray(weights, dtype=np.float64)
    if weight.shape != (rows,):
        raise ValueError(f"weights have shape {weight.shape}, expected ({rows},)")
    place = Place(column=name)
    wrong = np.flatnonzero(~np.isfinite(weight))
    if len(wrong):
        raise problems.WEIGHT_MISSING.error(place, **_named(keys, wrong))
    wrong = np.flatnonzero(weight < 0)
    if len(wrong):
        raise problems.WEIGHT_NEGATIVE.error(
            place, **_named(keys, wrong), value=f"{weight[wrong[0]]:g}"
        )
    if rows and not weight.any():
        raise problems.WEIGHT_ZERO.error(place)
    return weight


def _numbered(
    ids: ArrayLike, keys: _Keys, name: str, missing: Kind
) -> tuple[NDArray[np.intp], tuple[str, ...]]:
    rows = len(keys)
    # A list may hold NaN among texts, which NumPy would make a text of.
    values = np.array(ids, dtype=object) if isinstance(ids, list | tuple) else np.asarray(ids)
    if values.shape != (rows,):
        raise ValueError(f"identifiers have shape {values.shape}, expected ({rows},)")
    if values.dtype.kind == "f":
        absent = np.isnan(values)
    elif values.dtype.kind == "O":
        absent = np.array([one is None or one != one or one == "" for one in values], dtype=bool)
    else:
        absent = values == "" if values.dtype.kind in "US" else np.zeros(rows, dtype=bool)
    wrong = np.flatnonzero(absent)
    if len(wrong):
        place = Place(column=name)
        raise missing.error(place, **_named(keys, wrong))
    if values.dtype.kind == "O":
        values = values.astype(str)
    labels, numbers = np.unique(values, return_inverse=True)
    number_like = labels.dtype.kind == "f"
    return numbers, tuple(f"{label:.15g}" if number_like else str(label) for label in labels)


def _by_stage(given: ArrayLike | Sequence[ArrayLike] | None) -> list[Any]:
    """Return what is given for each stage; one column alone is that of the first."""
    if given is None:
        return []
    several = isinstance(given, list | tuple) and len(given) > 0 and np.ndim(given[0]) == 1
    return list(cast(Sequence[ArrayLike], given)) if several else [given]


def _refuse_crossing(
    found: _Integers,
    found_names: tuple[str, ...],
    stratum: _Integers,
    stratum_names: tuple[str, ...],
    column: str,
) -> None:
    pairs = np.unique(found * len(stratum_names) + stratum)
    cluster, within = np.divmod(pairs, len(stratum_names))
    crossing = np.flatnonzero(np.bincount(cluster) > 1)
    if len(crossing):
        strata = within[cluster == crossing[0]][:_NAMED]
        raise problems.CLUSTER_IN_STRATA.error(
            Place(column=column),
            cluster=found_names[crossing[0]],
            strata=[stratum_names[number] for number in strata],
        )


def _stages(
    stratum: _Integers,
    strata: int,
    numbered: Sequence[tuple[_Integers, tuple[str, ...]]],
    sizes: Sequence[NDArray[np.float64]],
    keys: _Keys,
    lonely: Lonely,
) -> tuple[tuple[Stage, ...], _Integers]:
    """Make the stages; return them, and what each cluster of the first was numbered before."""
    parent = np.zeros(strata, dtype=np.intp)
    stages: list[Stage] = []
    first = np.zeros(0, dtype=np.intp)
    for number in range(max(len(numbered), len(sizes), 1)):
        found = numbered[number][0] if number < len(numbered) else np.arange(len(stratum))
        stage, original = _stage(found, stratum, parent, sizes[number : number + 1], keys, lonely)
        if not stages:
            first = original
        stages.append(stage)
        if stage.size is None:
            break
        stratum, parent = stage.cluster, np.arange(len(stage.stratum))
    return tuple(stages), first


def _stage(
    found: _Integers,
    stratum: _Integers,
    parent: _Integers,
    sizes: Sequence[NDArray[np.float64]],
    keys: _Keys,
    lonely: Lonely,
) -> tuple[Stage, _Integers]:
    """Number clusters in the order of strata; return the stage, and what each was found as."""
    count = int(found.max()) + 1 if len(found) else 0
    pairs, cluster = np.unique(stratum * count + found, return_inverse=True)
    cluster_stratum, original = np.divmod(pairs, max(count, 1))
    units = np.bincount(cluster_stratum, minlength=len(parent))
    size = _sizes(sizes[0], stratum, units, keys) if sizes else None
    return Stage(cluster, cluster_stratum, units, size, parent, lonely), original


def _sizes(
    given: NDArray[np.float64], stratum: _Integers, units: _Integers, keys: _Keys
) -> NDArray[np.float64]:
    """Return how many clusters each stratum has in all."""
    if given.shape != stratum.shape:
        raise ValueError(f"a population has shape {given.shape}, expected {stratum.shape}")
    wrong = np.flatnonzero(np.isnan(given) | (given <= 0))
    if len(wrong):
        raise problems.POPULATION_MISSING.error(**_named(keys, wrong))
    if (given < 1).any() and (given > 1).any():
        raise problems.POPULATION_MIXED.error(**_named(keys, np.flatnonzero(given < 1)))
    size = np.empty(len(units))
    size[stratum] = given
    wrong = np.flatnonzero(size[stratum] != given)
    if len(wrong):
        raise problems.POPULATION_VARIES.error(**_named(keys, wrong))
    if len(given) and (given <= 1).all():
        size = units / size
    wrong = np.flatnonzero((size < units)[stratum])
    if len(wrong):
        at = stratum[wrong[0]]
        raise problems.POPULATION_SMALL.error(
            size=f"{size[at]:.15g}", drawn=int(units[at]), **_named(keys, wrong)
        )
    return size
