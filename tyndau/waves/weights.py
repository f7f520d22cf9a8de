"""The weights of a population in a revision: a row an interview, and the log of how they were made.

In: `WeightsRecord`. Out: the bytes of ``POPULATION.weights.parquet`` (``key``, ``weight``, ``base``
and, where the weights were brought to totals, ``calibrated``, ``metric``, ``cell``) and of
``POPULATION.weights.json``, and the record again from them. What the numbers mean is the business
of `tyndau.weighting`; here they are kept. It reads and writes no file.
"""

import io
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tyndau.base.languages import N_
from tyndau.waves.damage import DamagedError

if TYPE_CHECKING:  # loaded where it is used: pages name waves and read no rows
    import pyarrow as pa

TABLE = ".weights.parquet"
LOG = ".weights.json"

_NOT_PARQUET = N_("it is no Parquet file of weights")
_NOT_JSON = N_("its text is not whole")
_NOT_WEIGHTS = N_("its weights are not numbers of 0 or more")

_KEPT = ("calibrated", "metric", "cell")


@dataclass(frozen=True, slots=True, eq=False)
class WeightsRecord:
    """Weights of the interviews that were let in, and how they came about.

    Attributes
    ----------
    keys : ndarray of str, shape (m,)
        The rows' keys; whoever was screened out has no weight and is not among them.
    weights : ndarray of float, shape (m,)
        The weights that are used.
    base : ndarray of float, shape (m,)
        The weights that it began with.
    calibrated, metric : ndarray of float, shape (m,), or None
        Of `tyndau.weighting.Calibration`: weights as they were brought to totals, before any later
        trimming, and by what rows count; None where they were brought to none.
    cell : ndarray of int, shape (m,), or None
        Each row's cell, 0 to q - 1.
    auxiliary : ndarray of float, shape (q, k), or None
        Calibration variables of each cell.
    log : mapping of str to object
        Steps with their arguments, margins with sources and dates, diagnostics, versions; whatever
        JSON holds.
    """

    keys: NDArray[np.str_]
    weights: NDArray[np.float64]
    base: NDArray[np.float64]
    calibrated: NDArray[np.float64] | None
    metric: NDArray[np.float64] | None
    cell: NDArray[np.intp] | None
    auxiliary: NDArray[np.float64] | None
    log: Mapping[str, Any]

    def without(self, keys: Collection[str]) -> "WeightsRecord":
        """Return the weights of all other rows, each as it was.

        Parameters
        ----------
        keys : collection of str
            Of the rows that are left out.

        Returns
        -------
        WeightsRecord
            With the same log; a cell in which no row is left is not named any more.
        """
        rows = ~np.isin(self.keys, list(keys))
        cell, auxiliary = self.cell, self.auxiliary
        if cell is not None and auxiliary is not None:
            named, cell = np.unique(cell[rows], return_inverse=True)
            auxiliary = auxiliary[named]
        return replace(
            self, keys=self.keys[rows], weights=self.weights[rows], base=self.base[rows],
            calibrated=None if self.calibrated is None else self.calibrated[rows],
            metric=None if self.metric is None else self.metric[rows],
            cell=cell, auxiliary=auxiliary,
        )  # fmt: skip


def write_weights(record: WeightsRecord) -> dict[str, bytes]:
    """Write a record as files.

    Parameters
    ----------
    record : WeightsRecord
        The record.

    Returns
    -------
    dict of str to bytes
        By the ending of the file's name, `TABLE` and `LOG`.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns: dict[str, pa.Array] = {
        "key": pa.array(record.keys.tolist(), pa.string()),
        "weight": pa.array(record.weights),
        "base": pa.array(record.base),
    }
    auxiliary = None
    if record.auxiliary is not None:
        kept = {"calibrated": record.calibrated, "metric": record.metric, "cell": record.cell}
        columns |= {name: pa.array(values) for name, values in kept.items()}
        auxiliary = record.auxiliary.tolist()
    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream, version="2.6", compression="zstd")
    log = {**record.log, "auxiliary": auxiliary}
    text = json.dumps(log, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    return {TABLE: stream.getvalue(), LOG: text.encode("utf-8")}


def read_weights(table: bytes, log: bytes) -> WeightsRecord:
    """Read a record from its files.

    Parameters
    ----------
    table : bytes
        The file that ends in `TABLE`.
    log : bytes
        The file that ends in `LOG`.

    Returns
    -------
    WeightsRecord
        The record that was written.

    Raises
    ------
    DamagedError
        If they do not hold what they should; the reason says how.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        written = json.loads(log.decode("utf-8"))
        auxiliary = written.pop("auxiliary")
    except (ValueError, AttributeError, KeyError) as fault:
        raise DamagedError(_NOT_JSON) from fault
    try:
        columns = pq.read_table(io.BytesIO(table))
        keys = np.array(columns.column("key").to_pylist(), dtype=np.str_)
        weights, base = (_floats(columns, name) for name in ("weight", "base"))
        calibrated = metric = cell = None
        if auxiliary is not None:
            calibrated, metric, cell = (_floats(columns, name) for name in _KEPT)
    except (pa.ArrowException, OSError, KeyError, ValueError) as fault:
        raise DamagedError(_NOT_PARQUET) from fault
    if not np.isfinite(weights).all() or (weights < 0).any():
        raise DamagedError(_NOT_WEIGHTS)
    return WeightsRecord(
        keys, weights, base, calibrated, metric,
        None if cell is None else cell.astype(np.intp),
        None if auxiliary is None else np.array(auxiliary, dtype=np.float64),
        written,
    )  # fmt: skip


def _floats(table: "pa.Table", name: str) -> NDArray[np.float64]:
    values: NDArray[np.float64] = table.column(name).to_numpy().astype(np.float64)
    return values
