"""Reading the chapters that a sociologist wrote: a file a chapter, in each language.

In: the folder of a study, a language, the cells of its tables. Out: `Prose`, the chapters in the
order of their files' names, or all problems at once. Files are ``text/LANG/NN-NAME.md``: the number
orders, the name says what a chapter is; `NAMED` are those that have a place of their own in a
report.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tyndau.base.errors import Place, Problem, UserError
from tyndau.disclosure import Quoted
from tyndau.reporting import problems
from tyndau.reporting.model import Block
from tyndau.reporting.prose.cells import Cells
from tyndau.reporting.prose.markdown import MARK, blocks_of
from tyndau.reporting.prose.references import (
    BRACES,
    PERCENTAGE,
    Figure,
    Insert,
    read_insert,
    read_number,
    read_quoted,
)

TEXT = "text"
# Chapters that stand where a report has them, whatever their number; the others are the analysis.
NAMED = ("abstract", "abbreviations", "methodology", "summary", "recommendations")

_NAME = re.compile(r"(?:\d+[-_ ]*)?(.+)")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of prose in one language.

    Attributes
    ----------
    name : str
        Name of the file without number and ending, such as ``summary``.
    file : str
        Its path in the study.
    blocks : tuple of Block or Insert
        In order; the first is the chapter's heading.
    figures : tuple of Figure
        Figures that come from elsewhere, each once.
    """

    name: str
    file: str
    blocks: tuple[Block | Insert, ...]
    figures: tuple[Figure, ...] = ()

    @property
    def inserts(self) -> tuple[Insert, ...]:
        """What the builder is asked to set, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Insert))


@dataclass(frozen=True, slots=True)
class Prose:
    """All that a sociologist wrote for a report in one language.

    Attributes
    ----------
    chapters : tuple of Chapter
        In the order of their files.
    """

    chapters: tuple[Chapter, ...] = ()

    def named(self, name: str) -> Chapter | None:
        """Return the chapter of a name, such as ``summary``; None if there is none.

        Parameters
        ----------
        name : str
            One of `NAMED`.

        Returns
        -------
        Chapter or None
            The chapter.
        """
        return next((chapter for chapter in self.chapters if chapter.name == name), None)

    @property
    def analysis(self) -> tuple[Chapter, ...]:
        """The chapters that have no place of their own: the analysis of the results."""
        return tuple(chapter for chapter in self.chapters if chapter.name not in NAMED)


def read_prose(folder: Path, language: str, cells: Cells) -> Prose:
    """Read a study's prose in a language.

    Parameters
    ----------
    folder : Path
        The study's folder.
    language : str
        ``kk`` or ``ru``.
    cells : Cells
        What the references point to.

    Returns
    -------
    Prose
        Without chapters where the study has none in this language.

    Raises
    ------
    UserError
        With every problem of every file: what is no report's element, a reference that leads to no
        cell, a number that is not that of its cell any more.
    """
    chapters, found = [], []
    for path in _chapters(folder, language):
        shown = path.relative_to(folder).as_posix()
        chapter, wrong = _read(path, shown, language, cells)
        found.extend(wrong)
        chapters.append(chapter)
    if found:
        raise UserError(*found)
    return Prose(tuple(chapters))


def prose_quotes(
    folder: Path, languages: Sequence[str], cells: Cells
) -> Iterator[tuple[str, Quoted]]:
    """Go through the cells that a study's prose quotes.

    Parameters
    ----------
    folder : Path
        The study's folder.
    languages : sequence of str
        Languages of the prose.
    cells : Cells
        The cells as they were counted.

    Yields
    ------
    tuple of (str, Quoted)
        Population and cells of every reference that leads somewhere.
    """
    for language in languages:
        for path in _chapters(folder, language):
            for text in BRACES.findall(path.read_text(encoding="utf-8-sig", errors="replace")):
                quoted = read_quoted(text, cells)
                if quoted:
                    yield quoted


def prose_warnings(folder: Path, languages: Sequence[str]) -> Iterator[Problem]:
    """Go through what is doubtful in a study's prose without being wrong.

    Parameters
    ----------
    folder : Path
        The study's folder.
    languages : sequence of str
        Languages of the reports.

    Yields
    ------
    Problem
        A chapter that one language lacks while it has others; a percentage bound to no cell.
    """
    paths = {language: _chapters(folder, language) for language in languages}
    names = {
        language: {path.name for path in of_language} for language, of_language in paths.items()
    }
    if all(names.values()):
        for other in languages:
            for name in sorted(set().union(*names.values()) - names[other]):
                here = next(language for language in languages if name in names[language])
                yield problems.TEXT_ONE_LANGUAGE.at(
                    Place(f"{TEXT}/{here}/{name}"), other=f"{TEXT}/{other}/{name}"
                )
    for of_language in paths.values():
        for path in of_language:
            text = path.read_text(encoding="utf-8-sig", errors="replace")
            for at, line in enumerate(text.splitlines(), start=1):
                for unbound in PERCENTAGE.findall(BRACES.sub("", line)):
                    place = Place(path.relative_to(folder).as_posix(), row=at)
                    yield problems.UNBOUND_NUMBER.at(place, text=unbound)


def _chapters(folder: Path, language: str) -> list[Path]:
    inside = folder / TEXT / language
    return sorted(inside.glob("*.md")) if inside.is_dir() else []


def _read(path: Path, shown: str, language: str, cells: Cells) -> tuple[Chapter, list[Problem]]:
    match = _NAME.fullmatch(path.stem)
    name = match[1] if match else path.stem
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return Chapter(name, shown, ()), [problems.TEXT_ENCODING.at(Place(shown))]
    reader = _References(shown, language, cells)
    plain = "\n".join(reader.line(line, at) for at, line in enumerate(text.splitlines(), start=1))
    blocks, wrong = blocks_of(plain, shown, reader.inserts)
    if not blocks:
        wrong = [problems.TEXT_TITLE.at(Place(shown))]
    figures = tuple(dict.fromkeys(reader.figures))
    return Chapter(name, shown, tuple(blocks), figures), [*reader.problems, *wrong]


class _References:
    """Replaces what stands in braces, line by line."""

    def __init__(self, file: str, language: str, cells: Cells) -> None:
        self.file = file
        self.language = language
        self.cells = cells
        self.inserts: list[Insert] = []
        self.figures: list[Figure] = []
        self.problems: list[Problem] = []

    def line(self, line: str, at: int) -> str:
        place = Place(self.file, row=at)
        whole = BRACES.fullmatch(line.strip())
        insert = read_insert(whole[1], place) if whole else None
        if insert:
            self.inserts.append(insert)
            return MARK.format(len(self.inserts) - 1)
        return BRACES.sub(lambda match: self.number(match[1], place), line)

    def number(self, text: str, place: Place) -> str:
        read = read_number(text, place, self.cells, self.language)
        if isinstance(read, Problem):
            self.problems.append(read)
            return ""
        if isinstance(read, Figure):
            self.figures.append(read)
            return read.text
        return read
