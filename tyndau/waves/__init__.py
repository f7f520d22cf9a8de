"""Waves: records frozen as immutable revisions, and read back verified.

In: frames by population, weights if there are any. Out: ``waves/NAME/rN`` with Parquet, codebook,
weights and manifest, and the `Wave` again from it. Nothing here changes or removes a revision.
``docs/waves.md`` describes the files.
"""

from tyndau.waves.codebook import read_codebook, write_codebook
from tyndau.waves.freeze import freeze
from tyndau.waves.manifest import FileRecord, FormRecord, Manifest, PopulationRecord
from tyndau.waves.names import (
    SIMULATED,
    checked_population,
    checked_wave_name,
    list_revisions,
    list_waves,
    new_keys,
    revision_folder,
    wave_said,
)
from tyndau.waves.parquet import KEY, read_parquet, write_parquet
from tyndau.waves.read import read_wave
from tyndau.waves.wave import Wave
from tyndau.waves.weights import WeightsRecord, read_weights, write_weights

__all__ = [
    "KEY",
    "SIMULATED",
    "FileRecord",
    "FormRecord",
    "Manifest",
    "PopulationRecord",
    "Wave",
    "WeightsRecord",
    "checked_population",
    "checked_wave_name",
    "freeze",
    "list_revisions",
    "list_waves",
    "new_keys",
    "read_codebook",
    "read_parquet",
    "read_wave",
    "read_weights",
    "revision_folder",
    "wave_said",
    "write_codebook",
    "write_parquet",
    "write_weights",
]
