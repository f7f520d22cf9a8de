"""A wave in one of its revisions, as it was read back.

In: nothing; `tyndau.waves.read` makes it. Out: `Wave`, the frames with their manifest. It reads no
file and changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tyndau.base.frames import Frame
from tyndau.waves.manifest import Manifest


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
    """

    name: str
    revision: int
    frames: Mapping[str, Frame]
    manifest: Manifest

    @property
    def id(self) -> str:
        """Name and revision as a report names them, such as ``2026-q4/r1``."""
        return f"{self.name}/r{self.revision}"
