"""What the phone and the office know of an interview beside its answers.

In: the ground, the contacts, how long each took. Out: columns of texts: beginning and end, by whom,
at which point, in which language; and the weight where the workbook names one. They are texts, so
that no table is made of them. What the questionnaire asks for itself gets no second column.
"""

import numpy as np
from numpy.typing import NDArray

from tyndau.base.frames import Column, Variable
from tyndau.base.languages import Text
from tyndau.fieldwork.simulation.clock import fieldwork_days, set_clock
from tyndau.fieldwork.simulation.ground import Ground
from tyndau.fieldwork.simulation.people import People
from tyndau.study.model import Study
from tyndau.study.standards import POINT_TERRITORY

# Words of the data, in its two languages, not of the interface.
_TITLES = {
    "start": Text("Сұхбаттың басталуы", "Начало интервью"),
    "end": Text("Сұхбаттың аяқталуы", "Окончание интервью"),
    "interviewer": Text("Интервьюер", "Интервьюер"),
    "point": Text("Сұхбат нүктесі", "Точка опроса"),
    POINT_TERRITORY: Text("Нүкте орналасқан аумақ", "Территория точки"),
    "language_start": Text("Сұхбат басталған тіл", "Язык начала интервью"),
    "language_end": Text("Сұхбат аяқталған тіл", "Язык окончания интервью"),
}


def interviewer_codes(ground: Ground, population: str) -> list[str]:
    """Return the codes of the interviewers.

    Parameters
    ----------
    ground : Ground
        How many there are.
    population : str
        Whom they interview.

    Returns
    -------
    list of str
        Such as ``residents-07``.
    """
    return [f"{population}-{number + 1:02}" for number in range(ground.interviewers)]


def paradata(
    study: Study,
    population: str,
    ground: Ground,
    people: People,
    seconds: NDArray[np.float64],
    order: NDArray[np.intp],
    rng: np.random.Generator,
    *,
    main: bool,
) -> dict[str, Column]:
    """Make the columns.

    Parameters
    ----------
    study : Study
        Dates, zone, columns of the sample.
    population : str
        Whose questionnaire it is.
    ground : Ground
        Points and interviewers.
    people : People
        Everybody who was addressed.
    seconds : ndarray of float, shape (n,)
        How long each interview takes by the timing model.
    order : ndarray of int, shape (n,)
        The interviews in the order of each interviewer.
    rng : numpy.random.Generator
        Chance.
    main : bool
        Whether it is the mass survey; other populations have no points.

    Returns
    -------
    dict of str to Column
        By name.
    """
    columns = _texts(study, population, ground, people, seconds, order, rng)
    if not main:
        # Nobody stands at points for them.
        for name in (POINT_TERRITORY, study.sample.cluster or "point", study.sample.strata):
            columns.pop(name, None)
    known = {variable.name for variable in study.variables(population)}
    whole = np.ones(len(people), np.bool_)
    result = {
        name: Column(Variable(name, "text", _TITLES.get(name, Text())), values, whole)
        for name, values in columns.items()
        if name not in known
    }
    if study.sample.weight and study.sample.weight not in known:
        result[study.sample.weight] = _weight(study.sample.weight, ground, people)
    return result


def _texts(
    study: Study,
    population: str,
    ground: Ground,
    people: People,
    seconds: NDArray[np.float64],
    order: NDArray[np.intp],
    rng: np.random.Generator,
) -> dict[str, NDArray[np.object_]]:
    days = fieldwork_days(study.start, study.end)
    too_fast = ground.way(people.interviewer, "too_fast")
    start, end = set_clock(order, people.interviewer, seconds, too_fast, days, study.time_zone, rng)
    territories = np.array([one.code for one in ground.territories], dtype=object)
    at_point = territories[ground.point_territory[people.point]]
    interviewers = np.array(interviewer_codes(ground, population), dtype=object)
    points = np.array(ground.points, dtype=object)
    first, last = people.kazakh, people.kazakh ^ people.switching
    columns = {
        "start": start,
        "end": end,
        "interviewer": interviewers[people.interviewer],
        study.sample.cluster or "point": points[people.point],
        POINT_TERRITORY: at_point,
        "language_start": np.where(first, "kk", "ru").astype(object),
        "language_end": np.where(last, "kk", "ru").astype(object),
    }
    if study.sample.strata:
        columns.setdefault(study.sample.strata, at_point)
    return columns


def _weight(name: str, ground: Ground, people: People) -> Column:
    values = ground.weights[ground.point_territory[people.point]]
    return Column(Variable(name, "number", Text()), values, np.ones(len(people), np.bool_))
