"""Finding one's way in volumes: chapters, banners, the question before and after.

In: results of a study. Out: what lists and forms of pages offer. A banner is named by its place
among the different ones of the volume, from 1, since the volume tells titles only.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from tyndau.base.languages import CONTENT_LANGUAGES, Sayable, say
from tyndau.reporting.model import CrossTable
from tyndau.reporting.web import WebQuestion, WebVolume
from tyndau_server.analysis.results import Results

By = tuple[Sayable, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """Questions that stand together.

    Attributes
    ----------
    title : Text
        The group of the questionnaire; empty for questions outside any.
    questions : tuple of WebQuestion
        In order.
    """

    title: Sayable
    questions: tuple[WebQuestion, ...]

    @property
    def titled(self) -> bool:
        """Whether it has a title."""
        return bool(say(self.title, "ru"))


def volumes(results: Results | None) -> dict[str, WebVolume]:
    """Return the volumes of results that can be browsed.

    Parameters
    ----------
    results : Results or None
        What was built.

    Returns
    -------
    dict of str to WebVolume
        By population, the one of most questions first; those that hold questions.
    """
    if results is None:
        return {}
    found = [
        (population, volume)
        for population in results.web
        if (volume := results.volume(population)) and volume.questions
    ]
    return dict(sorted(found, key=lambda pair: -len(pair[1].questions)))


def simulated(volume: WebVolume) -> bool:
    """Tell whether a volume says that its values are simulated.

    Parameters
    ----------
    volume : WebVolume
        The volume.

    Returns
    -------
    bool
        Whether it has something to say on every page.
    """
    return bool(say(volume.banner, "ru"))


def chapters(volume: WebVolume) -> tuple[Chapter, ...]:
    """Group the questions of a volume by the groups of the questionnaire.

    Parameters
    ----------
    volume : WebVolume
        The volume.

    Returns
    -------
    tuple of Chapter
        In the order of asking.
    """
    groups = groupby(volume.questions, key=lambda question: question.chapter)
    return tuple(Chapter(title, tuple(questions)) for title, questions in groups)


def search(volume: WebVolume, words: str) -> WebVolume:
    """Leave the questions that hold some words, in whichever language.

    Parameters
    ----------
    volume : WebVolume
        The volume.
    words : str
        What is looked for in names, wordings and answers; capitals do not matter.

    Returns
    -------
    WebVolume
        The same with those questions only.
    """
    wanted = words.casefold().split()
    held = tuple(
        question for question in volume.questions if all(word in _text(question) for word in wanted)
    )
    return replace(volume, questions=held)


def _text(question: WebQuestion) -> str:
    texts = [question.key, question.title, *(row.label for row in question.tables[0].rows)]
    return " ".join(say(text, code) for text in texts for code in CONTENT_LANGUAGES).casefold()


def banners(volume: WebVolume) -> tuple[By, ...]:
    """List the different banners of a volume.

    Parameters
    ----------
    volume : WebVolume
        The volume.

    Returns
    -------
    tuple of tuple
        The titles of each banner's variables, in the order in which they first stand.
    """
    tables = (table for question in volume.questions for table in question.tables)
    return tuple(dict.fromkeys(table.by for table in tables))


def table_by(question: WebQuestion, by: By) -> CrossTable | None:
    """Return the table of a question by a banner.

    Parameters
    ----------
    question : WebQuestion
        The question.
    by : tuple
        The banner.

    Returns
    -------
    CrossTable or None
        The table; None where the question is not broken down so.
    """
    return next((table for table in question.tables if table.by == by), None)


def around(
    questions: Sequence[WebQuestion], question: WebQuestion
) -> tuple[WebQuestion | None, WebQuestion | None]:
    """Return the questions before and after one.

    Parameters
    ----------
    questions : sequence of WebQuestion
        In order.
    question : WebQuestion
        One of them.

    Returns
    -------
    before, after : WebQuestion or None
        None at the ends.
    """
    place = questions.index(question)
    before = questions[place - 1] if place else None
    after = questions[place + 1] if place + 1 < len(questions) else None
    return before, after
