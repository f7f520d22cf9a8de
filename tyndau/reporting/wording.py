"""Whether the form still words its questions as they were asked.

In: a study and the frames of a wave. Out: a warning for each population whose questions or answers
are worded otherwise in the form or the workbook now. Volumes keep the wording of the wave, since
that is what people answered; who corrects a label has to be told so. It changes nothing.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from tyndau.base.errors import Place, Problem
from tyndau.base.frames import Frame, Variable
from tyndau.base.languages import Text
from tyndau.reporting.problems import WORDING_CHANGED
from tyndau.study import Study, prepare

_NAMED = 5


def changed_wording(
    study: Study, wave: str, frames: Mapping[str, Frame], languages: Sequence[str]
) -> Iterator[Problem]:
    """Compare the wording of a wave with that of the form now.

    Parameters
    ----------
    study : Study
        The forms and derived variables of today.
    wave : str
        Name of the wave.
    frames : mapping of str to Frame
        The wave's rows by population, as they were frozen.
    languages : sequence of str
        Languages of the volumes; another language's wording does not matter.

    Yields
    ------
    Problem
        ``report.wording-changed``, with the number of questions and answers.
    """
    for population, frame in frames.items():
        # Derived variables are computed anew and take their words from the workbook of today.
        nobody = prepare(study, population, frame.where(np.zeros(len(frame), dtype=np.bool_)))
        now = {variable.name: variable for variable in study.variables(population)}
        differing: dict[str, int] = {}
        for column in nobody:
            asked = column.variable
            if asked.name not in now:
                continue
            answers = _answers(asked, now[asked.name], languages)
            if answers or not _alike(asked.label, now[asked.name].label, languages):
                differing[asked.name] = answers
        if differing:
            names = list(differing)
            yield WORDING_CHANGED.at(
                Place(file=study.forms[population].path),
                wave=wave,
                population=population,
                questions=len(names),
                answers=sum(differing.values()),
                names=names[:_NAMED] + (["..."] if len(names) > _NAMED else []),
            )


def _alike(one: Text, other: Text, languages: Sequence[str]) -> bool:
    return all(one.say(language) == other.say(language) for language in languages)


def _answers(asked: Variable, now: Variable, languages: Sequence[str]) -> int:
    """Count the answers that only one of both has or that they word otherwise."""
    then = {category.code: category.label for category in asked.categories}
    today = {category.code: category.label for category in now.categories}
    return sum(
        code not in then or code not in today or not _alike(then[code], today[code], languages)
        for code in {**then, **today}
    )
