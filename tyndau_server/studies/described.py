"""What a study is, read from its folder: checked once, and again when a file of it changed.

In: a study's folder. Out: `Described`: the study or the errors that keep it from being read, its
title, its waves. A check takes about a second, so that what was read is kept as long as no file of
the design has another time or size.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils import timezone

from tyndau.base.errors import Problem
from tyndau.base.languages import N_, Message, Number, Sayable
from tyndau.study import Study, check_study
from tyndau.study.versions import settle, unsettled
from tyndau.waves import list_revisions, list_waves, revision_folder, wave_said
from tyndau.waves.manifest import read_manifest
from tyndau.waves.read import MANIFEST
from tyndau_server.look.clock import HERE

_UNTRANSLATED = frozenset({"study.untranslated", "form.untranslated"})
# What a check reads; waves and results have their own readers.
_DESIGN = ("study.xlsx", "forms/*", "guides/*")

_WAVE = N_("Wave {wave}, revision {revision}")
_FILLED = N_("Wave {wave}, revision {revision}; interviews: {count}")

Signature = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class WaveLine:
    """A wave in a list.

    Attributes
    ----------
    name : str
        Its name.
    revision : int
        Its last revision.
    interviews : int or None
        How many it holds; None where its manifest is damaged, which the build tells in full.
    """

    name: str
    revision: int
    interviews: int | None

    @property
    def said(self) -> Message:
        """Name, revision and interviews in a line."""
        named: dict[str, object] = {"wave": wave_said(self.name), "revision": self.revision}
        if self.interviews is None:
            return Message(_WAVE, named)
        return Message(_FILLED, {**named, "count": Number(self.interviews)})


@dataclass(frozen=True, slots=True)
class Described:
    """A study as its pages need it.

    Attributes
    ----------
    slug : str
        Its name in addresses.
    study : Study or None
        The study; None where the folder has errors.
    errors : tuple of Problem
        What keeps it from being read.
    translated : bool
        Whether no text is missing in a language of the study.
    waves : tuple of WaveLine
        Its waves by name, each in its last revision.
    """

    slug: str
    study: Study | None
    errors: tuple[Problem, ...]
    translated: bool
    waves: tuple[WaveLine, ...]

    @property
    def title(self) -> Sayable:
        """The study's title; its slug where it cannot be read."""
        return self.study.title if self.study else self.slug

    @property
    def zone(self) -> tzinfo:
        """By whose clock the study's pages tell the time."""
        return ZoneInfo(self.study.time_zone) if self.study else HERE

    @property
    def fictional(self) -> bool:
        """Whether its city is made up, so that every page says that values are simulated."""
        return bool(self.study and self.study.fictional)


def describe(folder: Path) -> Described:
    """Describe a study.

    Parameters
    ----------
    folder : Path
        Its folder.

    Returns
    -------
    Described
        What its pages show.
    """
    if unsettled(folder):  # a process died while it brought the files to a version
        settle(folder, moment=timezone.now())
    study, problems = _checked(folder, tuple(_signature(folder)))
    return Described(
        slug=folder.name,
        study=study,
        errors=tuple(one for one in problems if one.kind.severity == "error"),
        translated=not any(one.kind.code in _UNTRANSLATED for one in problems),
        waves=tuple(_wave(folder, name) for name in list_waves(folder)),
    )


def _wave(folder: Path, name: str) -> WaveLine:
    revision = list_revisions(folder, name)[-1]
    try:
        text = (revision_folder(folder, name, revision) / MANIFEST).read_text("utf-8")
        populations = read_manifest(text).populations
    except (OSError, ValueError):
        return WaveLine(name, revision, None)
    return WaveLine(name, revision, sum(one.rows for one in populations.values()))


def waves_since(folder: Path, moment: datetime) -> list[tuple[str, int]]:
    """List the revisions of waves that were frozen after a moment.

    Parameters
    ----------
    folder : Path
        The study.
    moment : datetime
        With a time zone.

    Returns
    -------
    list of tuple of str and int
        Name and revision; one whose manifest cannot be read is among them.
    """
    every = ((name, one) for name in list_waves(folder) for one in list_revisions(folder, name))
    # A revision's moment is whole seconds.
    since = moment.replace(microsecond=0)
    return [(name, one) for name, one in every if _frozen(folder, name, one, since) >= since]


def _frozen(folder: Path, name: str, revision: int, otherwise: datetime) -> datetime:
    try:
        text = (revision_folder(folder, name, revision) / MANIFEST).read_text("utf-8")
        return datetime.fromisoformat(read_manifest(text).created)
    except (OSError, ValueError):
        return otherwise


def _signature(folder: Path) -> Iterator[tuple[str, int, int]]:
    for pattern in _DESIGN:
        for path in sorted(folder.glob(pattern)):
            # A workbook that Excel holds open has a companion that comes and goes.
            if path.is_file() and not path.name.startswith((".", "~")):
                stat = path.stat()
                yield path.name, stat.st_mtime_ns, stat.st_size


@lru_cache(maxsize=32)
def _checked(folder: Path, signature: Signature) -> tuple[Study | None, tuple[Problem, ...]]:
    del signature  # it makes the cache look again
    study, problems = check_study(folder)
    return study, tuple(problems)
