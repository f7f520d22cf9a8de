"""Waves: records frozen as immutable revisions, and read back verified.

In: frames by population, weights if there are any. Out: ``waves/NAME/rN`` with Parquet, codebook,
weights and manifest, and the `Wave` again from it. Nothing here changes or removes a revision, but
`erase`, which takes the rows of withdrawn interviews out. ``docs/waves.md`` describes the files.
"""

from tyndau.waves.codebook import read_codebook, write_codebook
from tyndau.waves.erase import erase, frozen_in
from tyndau.waves.freeze import freeze
from tyndau.waves.manifest import (
    ErasedRecord,
    FileRecord,
    FormRecord,
    Manifest,
    PopulationRecord,
    digest_of_key,
)
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
    "ErasedRecord",
    "FileRecord",
    "FormRecord",
    "Manifest",
    "PopulationRecord",
    "Wave",
    "WeightsRecord",
    "checked_population",
    "checked_wave_name",
    "digest_of_key",
    "erase",
    "freeze",
    "frozen_in",
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
