"""Frames as Parquet files, for pyarrow, R arrow, DuckDB and pandas alike.

In: a `Frame`. Out: the bytes of a Parquet file, and the frame again from them. Null is "not asked";
an empty value is "asked, no answer": "" for single and text, [] for multiple, NaN for number.
A single is a dictionary-encoded string, a multiple a list of strings (codes), so that a reader sees
codes and never positions. Each field's metadata carries kind, labels and categories in both
languages. The same frame gives the same bytes (with the same pyarrow). It reads and writes no file.
"""

import io
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tyndau.base.frames import NO_CATEGORY, Column, Frame, Variable
from tyndau.base.languages import N_
from tyndau.waves.damage import DamagedError

if TYPE_CHECKING:  # loaded where it is used: pages name waves and read no rows
    import pyarrow as pa

KEY = "key"

# Rows in a row group: fixed, so that the bytes do not depend on a default of pyarrow.
_GROUP = 1 << 16

_NOT_PARQUET = N_("it is no Parquet file")
_OTHER_COLUMNS = N_("its columns are not those of the codebook")
_OTHER_KIND = N_('the column "{column}" is not of the kind that the codebook names')
_NO_CATEGORY = N_('the column "{column}" holds codes that the codebook does not know: {codes}')


def _metadata(variable: Variable) -> dict[str, str]:
    categories = [
        {"code": c.code, "kk": c.label.kk, "ru": c.label.ru, "meaning": c.meaning}
        for c in variable.categories
    ]
    said = {
        "kind": variable.kind,
        "label.kk": variable.label.kk,
        "label.ru": variable.label.ru,
        "base.kk": variable.base.kk,
        "base.ru": variable.base.ru,
    }
    if categories:
        said["categories"] = json.dumps(categories, ensure_ascii=False)
    return said


def _single(column: Column) -> "pa.Array":
    # The empty code stands after the categories: asked, no answer.
    import pyarrow as pa

    codes = pa.array([*column.variable.codes, ""], pa.string())
    positions = column.values.astype(np.int32)
    positions[positions == NO_CATEGORY] = len(codes) - 1
    indices = pa.array(positions, mask=~column.asked)
    return pa.DictionaryArray.from_arrays(indices, codes)


def _multiple(column: Column) -> "pa.Array":
    import pyarrow as pa

    rows, chosen = np.nonzero(column.values)
    counts = np.bincount(rows, minlength=len(column.asked))
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    codes = pa.array(column.variable.codes, pa.string())
    taken = codes.take(pa.array(chosen, pa.int64()))
    return pa.ListArray.from_arrays(
        pa.array(offsets, pa.int32()), taken, mask=pa.array(~column.asked)
    )


def _array(column: Column) -> "pa.Array":
    import pyarrow as pa

    kind = column.variable.kind
    if kind == "single":
        return _single(column)
    if kind == "multiple":
        return _multiple(column)
    if kind == "number":
        return pa.array(
            column.values.astype(np.float64), pa.float64(), mask=~column.asked, from_pandas=False
        )
    return pa.array(column.values, pa.string(), mask=~column.asked)


def _check(column: Column) -> None:
    unasked = Column(column.variable, column.values, np.ones_like(column.asked)).answered
    if (unasked & ~column.asked).any():
        raise ValueError(
            f"column {column.variable.name!r} holds answers of rows that were not asked"
        )


def write_parquet(frame: Frame) -> bytes:
    """Write a frame as a Parquet file.

    Parameters
    ----------
    frame : Frame
        Rows and columns; no column is named ``key``.

    Returns
    -------
    bytes
        The file.

    Raises
    ------
    ValueError
        If a column holds answers where nobody was asked, if keys are not unique, or if a column
        is named ``key``.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    if KEY in frame:
        raise ValueError(
            f"a variable cannot be named {KEY!r}: that is the column of the rows' keys"
        )
    if len(set(frame.keys.tolist())) != len(frame.keys):
        raise ValueError("the keys of the rows are not unique")
    fields = [pa.field(KEY, pa.string(), nullable=False)]
    arrays = [pa.array(frame.keys.tolist(), pa.string())]
    for column in frame:
        _check(column)
        array = _array(column)
        arrays.append(array)
        fields.append(
            pa.field(column.variable.name, array.type, metadata=_metadata(column.variable))
        )
    table = pa.Table.from_arrays(arrays, schema=pa.schema(fields))
    stream = io.BytesIO()
    pq.write_table(table, stream, version="2.6", compression="zstd", row_group_size=_GROUP)
    return stream.getvalue()


def _positions(codes: "pa.Array", variable: Variable, *, empty: bool) -> NDArray[np.int32]:
    """Return each code's index into the categories; the empty code gives `NO_CATEGORY`."""
    import pyarrow as pa

    known = {code: index for index, code in enumerate(variable.codes)}
    if empty:
        known.setdefault("", NO_CATEGORY)
    encoded = codes if isinstance(codes, pa.DictionaryArray) else codes.dictionary_encode()
    written = encoded.dictionary.to_pylist()
    unknown = [code for code in written if code not in known]
    if unknown:
        raise DamagedError(_NO_CATEGORY, {"column": variable.name, "codes": unknown})
    table = np.array([known[code] for code in written] + [NO_CATEGORY], dtype=np.int32)
    positions: NDArray[np.int32] = table[_numpy(encoded.indices, len(written))]
    return positions


def _numpy(array: "pa.Array", fill: Any) -> NDArray[Any]:
    filled: NDArray[Any] = array.fill_null(fill).to_numpy(zero_copy_only=False)
    return filled


def _values(array: "pa.Array", variable: Variable) -> NDArray[Any]:
    import pyarrow as pa

    if variable.kind == "single":
        return _positions(array, variable, empty=True)
    if variable.kind == "number":
        return _numpy(array.cast(pa.float64()), np.nan)
    if variable.kind == "text":
        values = np.empty(len(array), dtype=object)
        values[:] = array.fill_null("").to_pylist()
        return values
    values = np.zeros((len(array), len(variable.categories)), dtype=np.bool_)
    counts = _numpy(array.value_lengths(), 0)
    rows = np.repeat(np.arange(len(array)), counts)
    values[rows, _positions(array.flatten(), variable, empty=False)] = True
    return values


def _one(chunked: "pa.ChunkedArray") -> "pa.Array":
    import pyarrow as pa

    chunked = chunked.unify_dictionaries()
    whole = chunked.combine_chunks()
    return whole.combine_chunks() if isinstance(whole, pa.ChunkedArray) else whole


def read_parquet(data: bytes, variables: Iterable[Variable]) -> Frame:
    """Read a frame from a Parquet file.

    Parameters
    ----------
    data : bytes
        The file.
    variables : iterable of Variable
        What its columns mean, from the codebook.

    Returns
    -------
    Frame
        The frame that was written.

    Raises
    ------
    DamagedError
        If the file is not Parquet, or its columns are not those of the codebook.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(io.BytesIO(data))
    except (pa.ArrowException, OSError) as fault:
        raise DamagedError(_NOT_PARQUET) from fault
    variables = tuple(variables)
    expected = [KEY, *(variable.name for variable in variables)]
    if table.column_names != expected:
        raise DamagedError(_OTHER_COLUMNS)
    keys = table.column(KEY).to_pylist()
    columns = {}
    for variable in variables:
        try:
            array = _one(table.column(variable.name))
            values = _values(array, variable)
        except (pa.ArrowException, AttributeError, TypeError) as fault:
            raise DamagedError(_OTHER_KIND, {"column": variable.name}) from fault
        columns[variable.name] = Column(variable, values, _numpy(array.is_valid(), False))
    return Frame(np.array(keys, dtype=np.str_), columns)
