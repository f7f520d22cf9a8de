"""The design of a sample: weights, strata and clusters of every row of a frame.

In: columns of identifiers over all rows, those too that a table leaves out, since a domain's error
counts the clusters in which nobody belonged to it. Out: `Design`, checked and numbered. With no
clusters each row is its own cluster. One stage only: no finite population correction, no later
stages (with-replacement variance of the first stage, as R `survey` without ``fpc``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tyndau.base.errors import Kind, Place
from tyndau.base.frames import KIND_WORDS, NO_CATEGORY, Frame
from tyndau.base.languages import N_, Message
from tyndau.estimation import problems
from tyndau.study.model import SampleColumns

_NAMED = 10  # strata or interviews named in one message

# What rows are called in messages.
_Keys = Sequence[str] | range

_NO_CLUSTERS: tuple[NDArray[np.intp], NDArray[np.intp], tuple[str, ...]] = (
    np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp), (),
)  # fmt: skip

_WEIGHT = N_("weight")
_STRATUM = N_("stratum")
_CLUSTER = N_("cluster")


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """Weights, strata and clusters over all n rows of a frame; made by `make_design`.

    Attributes
    ----------
    weights : ndarray of float, shape (n,)
        0 or more; all 1 where the sample is not weighted.
    weighted, stratified, clustered : bool
        What was given.
    stratum : ndarray of int, shape (n,)
        Number of each row's stratum, 0 to H - 1; all 0 where there are none.
    cluster : ndarray of int, shape (n,)
        Number of each row's cluster, 0 to G - 1, in the order of strata; empty where rows are
        the clusters.
    cluster_stratum : ndarray of int, shape (G,)
        Number of each cluster's stratum, ascending; empty where rows are the clusters.
    units : ndarray of int, shape (H,)
        Clusters in each stratum (rows, where rows are the clusters).
    stratum_names, cluster_names : tuple of str
        The identifiers as they stood in the data.
    """

    weights: NDArray[np.float64]
    weighted: bool
    stratified: bool
    clustered: bool
    stratum: NDArray[np.intp]
    cluster: NDArray[np.intp]
    cluster_stratum: NDArray[np.intp]
    units: NDArray[np.intp]
    stratum_names: tuple[str, ...]
    cluster_names: tuple[str, ...]

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.weights)

    @property
    def strata_count(self) -> int:
        """Number of strata, H; 1 where there are none."""
        return len(self.units)

    @property
    def cell(self) -> NDArray[np.intp]:
        """What sums are kept by: each row's cluster, or its stratum where rows are the clusters."""
        return self.cluster if self.clustered else self.stratum

    @property
    def cell_count(self) -> int:
        """Number of values of `cell`: G, or H where rows are the clusters."""
        return len(self.cluster_stratum) if self.clustered else self.strata_count

    def require_errors(self) -> None:
        """Check that a standard error can be computed in every stratum.

        Raises
        ------
        UserError
            ``table.single-cluster`` or ``table.one-cluster``.

        Notes
        -----
        R ``options(survey.lonely.psu = "fail")``, its default.
        """
        lonely = np.flatnonzero(self.units == 1)
        if not len(lonely):
            return
        if self.stratified:
            named = [self.stratum_names[number] for number in lonely[:_NAMED]]
            more = ["..."] if len(lonely) > _NAMED else []
            raise problems.SINGLE_CLUSTER.error(strata=named + more)
        if self.clustered:
            raise problems.ONE_CLUSTER.error(cluster=self.cluster_names[0])


def make_design(
    rows: int,
    *,
    weights: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
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
    strata, clusters : array_like, shape (n,), optional
        Identifiers: strings or numbers. A cluster lies in one stratum.
    columns : SampleColumns, optional
        What these columns are called, for messages.
    keys : sequence of str, optional
        What the rows are called, for messages; their numbers, from 1, by default.

    Returns
    -------
    Design
        The design, with rows as clusters where no clusters are given.

    Raises
    ------
    UserError
        If any of it is missing, weights are negative or all zero, or a cluster is in two strata.

    Notes
    -----
    R ``survey::svydesign(ids, strata, weights)`` with ``nest = FALSE``: an identifier of a cluster
    that appears in two strata is refused, because it cannot be known whether numbers begin again in
    every stratum or the strata cut clusters, and the second, taken for the first, would give errors
    that are too small.
    """
    names = columns or SampleColumns()
    called = keys if len(keys) else range(1, rows + 1)
    weight = np.ones(rows) if weights is None else _weights(weights, called, names.weight)
    stratum = np.zeros(rows, dtype=np.intp)
    stratum_names: tuple[str, ...] = ("",)
    if strata is not None and rows:
        stratum, stratum_names = _numbered(strata, called, names.strata, problems.STRATUM_MISSING)
    units = np.bincount(stratum, minlength=len(stratum_names))
    cluster, cluster_stratum, cluster_names = _NO_CLUSTERS
    if clusters is not None and rows:
        cluster, cluster_stratum, cluster_names = _nested(
            *_numbered(clusters, called, names.cluster, problems.CLUSTER_MISSING),
            stratum, stratum_names, names.cluster,
        )  # fmt: skip
        units = np.bincount(cluster_stratum, minlength=len(stratum_names))
    return Design(
        weight, weights is not None, strata is not None, bool(cluster_names),
        stratum, cluster, cluster_stratum, units, stratum_names, cluster_names,
    )  # fmt: skip


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
    values = np.asarray(ids)
    if values.shape != (rows,):
        raise ValueError(f"identifiers have shape {values.shape}, expected ({rows},)")
    if values.dtype.kind == "f":
        absent = np.isnan(values)
    elif values.dtype.kind == "O":
        absent = np.array([value is None or value in ("", np.nan) for value in values], dtype=bool)
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


def _nested(
    found: NDArray[np.intp],
    found_names: tuple[str, ...],
    stratum: NDArray[np.intp],
    stratum_names: tuple[str, ...],
    column: str,
) -> tuple[NDArray[np.intp], NDArray[np.intp], tuple[str, ...]]:
    """Number the clusters in the order of strata; each lies in one."""
    pairs, cluster = np.unique(stratum * len(found_names) + found, return_inverse=True)
    cluster_stratum, original = np.divmod(pairs, len(found_names))
    crossing = np.flatnonzero(np.bincount(original) > 1)
    if len(crossing):
        within = cluster_stratum[original == crossing[0]][:_NAMED]
        raise problems.CLUSTER_IN_STRATA.error(
            Place(column=column),
            cluster=found_names[crossing[0]],
            strata=[stratum_names[number] for number in within],
        )
    return cluster, cluster_stratum, tuple(found_names[number] for number in original)
