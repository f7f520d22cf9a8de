"""A wave in one of its revisions, as it was read back.

In: nothing; `tyndau.waves.read` makes it. Out: `Wave`, the frames with their manifest. It reads no
file and changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tyndau.base.frames import Frame
from tyndau.waves.manifest import Manifest
from tyndau.waves.weights import WeightsRecord


@dataclass(frozen=True, slots=True)
class Wave:
    """One revision of a wave.

    Attributes
    ----------
    name : str
        Name of the wave, such as ``2026-q4``.
    revision : int
        Its number, from 1.
    frames : dict of str to Frame
        The interviews by population.
    manifest : Manifest
        Where it came from, with checksums.
    weights : dict of str to WeightsRecord
        The weights by population, of those that have any.
    """

    name: str
    revision: int
    frames: Mapping[str, Frame]
    manifest: Manifest
    weights: Mapping[str, WeightsRecord] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Name and revision as a report names them, such as ``2026-q4/r1``."""
        return f"{self.name}/r{self.revision}"
