"""What was built of a study, read from its folder.

In: a study's folder and an edition. Out: `Results` of the newest revision that was built in it: the
files to download and the volumes to browse. Only files that the build recorded are named, so that
no address leads anywhere else.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tyndau.base.languages import N_, Message, Number, Sayable
from tyndau.reporting.editions import MASTER, Edition, folder_of
from tyndau.reporting.steps import STEPS, read_steps
from tyndau.reporting.web import TABLES, WebVolume, read_web
from tyndau.waves import wave_said

_RESULTS = "results"
_WEB = re.compile(rf"(?P<folder>web/(?P<population>[^/]+))/{re.escape(TABLES)}")
_LANGUAGE = re.compile(r"-(kk|ru)(?:-|$)")
_REVISION = re.compile(r"r[1-9][0-9]*")

# What a file is, by the beginning and the ending of its name.
_KINDS: tuple[tuple[str, str, str], ...] = (
    ("tables", ".xlsx", N_("Volume of tables (Excel)")),
    ("tables", ".csv", N_("All cells of the tables (CSV)")),
    ("populations", ".xlsx", N_("Populations side by side (Excel)")),
    ("populations", ".csv", N_("Cells of populations side by side (CSV)")),
    ("waves", ".xlsx", N_("Waves side by side (Excel)")),
    ("waves", ".csv", N_("Cells of waves side by side (CSV)")),
    ("report", ".docx", N_("Report (Word)")),
    ("report", ".pdf", N_("Report (PDF)")),
    ("slides", ".pptx", N_("Presentation (PowerPoint)")),
)
_IN = {"kk": N_("{kind}, in Kazakh"), "ru": N_("{kind}, in Russian")}
_WAVE = N_("Wave {wave}, revision {revision}")
_KB = N_("{count} kB")
_MB = N_("{count} MB")
_KILOBYTE = 1000
_MEGABYTE = 1000 * _KILOBYTE


@dataclass(frozen=True, slots=True)
class ResultFile:
    """A file to download.

    Attributes
    ----------
    name : str
        Its name.
    path : Path
        Where it lies.
    kind : Message or str
        What it is; its name where that is not known.
    language : str
        ``kk`` or ``ru``; empty where it holds both or none.
    bytes : int
        Its size.
    """

    name: str
    path: Path
    kind: Sayable
    language: str
    bytes: int

    @property
    def said(self) -> Sayable:
        """What it is, and in which language."""
        return Message(_IN[self.language], {"kind": self.kind}) if self.language else self.kind

    @property
    def size(self) -> Message:
        """Its size, in kilobytes or megabytes."""
        if self.bytes < _MEGABYTE:
            return Message(_KB, {"count": Number(max(1, round(self.bytes / _KILOBYTE)))})
        return Message(_MB, {"count": Number(self.bytes / _MEGABYTE, 1)})


@dataclass(frozen=True, slots=True)
class Results:
    """What was built of a wave's revision.

    Attributes
    ----------
    wave : str
        Name of the wave.
    revision : int
        The revision, from 1.
    files : dict of str to ResultFile
        By name, in the order in which they were written.
    web : dict of str to Path
        By population the folder of its volume for pages.
    """

    wave: str
    revision: int
    files: Mapping[str, ResultFile]
    web: Mapping[str, Path]

    @property
    def said(self) -> Message:
        """Wave and revision in a line."""
        return Message(_WAVE, {"wave": wave_said(self.wave), "revision": self.revision})

    def volume(self, population: str) -> WebVolume | None:
        """Return the volume of a population.

        Parameters
        ----------
        population : str
            Name of a form.

        Returns
        -------
        WebVolume or None
            The volume; None if there is none that this version reads.
        """
        folder = self.web.get(population)
        if folder is None:
            return None
        try:
            changed = (folder / TABLES).stat().st_mtime_ns
        except FileNotFoundError:
            return None
        return _volume(folder, changed)


def newest(folder: Path, edition: Edition = MASTER) -> Results | None:
    """Return the newest results of a study.

    Parameters
    ----------
    folder : Path
        The study.
    edition : {"master", "restricted", "public"}, optional
        For whom they were made.

    Returns
    -------
    Results or None
        Of the last wave by name and its last revision that was built; None where nothing was.
    """
    built = [
        (wave.name, int(path.name[1:]))
        for wave in (folder / _RESULTS).glob("*")
        for path in folder_of(wave, 1, edition).parent.glob("r*")
        if _REVISION.fullmatch(path.name) and (path / STEPS).is_file()
    ]
    if not built:
        return None
    wave, revision = max(built)
    return _results(folder_of(folder / _RESULTS / wave, revision, edition), wave, revision)


def _results(folder: Path, wave: str, revision: int) -> Results:
    names = list(read_steps(folder).get("outputs", {}))
    files = [_file(folder / name) for name in names if "/" not in name]
    volumes = [match for name in names if (match := _WEB.fullmatch(name))]
    return Results(
        wave=wave,
        revision=revision,
        files={file.name: file for file in files if file},
        web={match["population"]: folder / match["folder"] for match in volumes},
    )


def _file(path: Path) -> ResultFile | None:
    if not path.is_file():
        return None
    kind = next(
        (
            Message(words)
            for beginning, ending, words in _KINDS
            if path.name.startswith(beginning) and path.suffix == ending
        ),
        path.name,
    )
    language = _LANGUAGE.search(path.stem)
    return ResultFile(path.name, path, kind, language[1] if language else "", path.stat().st_size)


@lru_cache(maxsize=8)
def _volume(folder: Path, changed: int) -> WebVolume | None:
    del changed  # it makes the cache look again
    return read_web(folder)
