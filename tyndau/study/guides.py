"""The folder ``guides``: what moderators of groups and interviewers of experts go by.

In: the study's folder and its languages. Out: the guides' names and a warning for each that lacks
one of the languages. A guide is a pair of Markdown files, ``NAME.kk.md`` and ``NAME.ru.md``; what
stands in them is not read.
"""

from collections.abc import Iterable
from pathlib import Path

from tyndau.base.errors import Place, Problem
from tyndau.base.languages import CONTENT_LANGUAGES
from tyndau.study.sheets import problems

GUIDES = "guides"


def read_guides(folder: Path, languages: Iterable[str]) -> tuple[tuple[str, ...], list[Problem]]:
    """Find the guides of a study.

    Parameters
    ----------
    folder : Path
        The study's folder.
    languages : iterable of str
        The study's languages.

    Returns
    -------
    guides : tuple of str
        Their names, sorted.
    problems : list of Problem
        A warning for each guide and language that is missing.
    """
    inside = folder / GUIDES
    files = {path.name for path in inside.glob("*.md")} if inside.is_dir() else set()
    endings = tuple(f".{language}.md" for language in CONTENT_LANGUAGES)
    names = sorted({file[: -len(end)] for file in files for end in endings if file.endswith(end)})
    found = [
        problems.GUIDE_PAIR.at(Place(GUIDES), name=name, language=language, file=file)
        for name in names
        for language in languages
        if (file := f"{name}.{language}.md") not in files
    ]
    return tuple(names), found
