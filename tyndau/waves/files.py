"""Writing the files of a revision that hold rows.

In: rows and weights. Out: contents by name, and files on the disk with their checksums. Where they
are put, and under which lock, is the business of `tyndau.waves.freeze` and `tyndau.waves.erase`.
"""

import hashlib
import os
from pathlib import Path

from tyndau.base.frames import Frame
from tyndau.waves.manifest import FileRecord
from tyndau.waves.parquet import write_parquet
from tyndau.waves.weights import WeightsRecord, write_weights


def rows_of(population: str, frame: Frame, weights: WeightsRecord | None) -> dict[str, bytes]:
    """Write the rows of a population and their weights.

    Parameters
    ----------
    population : str
        Whose they are.
    frame : Frame
        The rows.
    weights : WeightsRecord or None
        Their weights, where there are any.

    Returns
    -------
    dict of str to bytes
        Contents by file name.
    """
    contents = {f"{population}.parquet": write_parquet(frame)}
    if weights is not None:
        files = write_weights(weights)
        contents |= {population + ending: content for ending, content in files.items()}
    return contents


def write_file(path: Path, content: bytes) -> FileRecord:
    """Write a file that is not there yet, and see it onto the disk.

    Parameters
    ----------
    path : Path
        Where.
    content : bytes
        What.

    Returns
    -------
    FileRecord
        Its checksum and size.

    Raises
    ------
    OSError
        If it is there, or the system refuses.
    """
    with path.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    return FileRecord(hashlib.sha256(content).hexdigest(), len(content))
