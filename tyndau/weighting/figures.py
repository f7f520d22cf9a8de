"""The figures of a study's sheet ``population``, held against the rows of a wave.

In: a study, a population, its rows. Out: `Figures` by variable, whole or territory by territory,
and from them, once `tyndau.weighting.agreement` has settled their totals, the `Margin`s of a step.
Rows whose category nobody knows (not asked, no answer, "don't know") keep the share that they have.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from tyndau.base.errors import Place
from tyndau.base.frames import KIND_WORDS, Frame
from tyndau.base.languages import Text
from tyndau.fieldwork.simulation.items import place_question
from tyndau.study.model import Study
from tyndau.study.plan import Margin as Figure
from tyndau.weighting import problems
from tyndau.weighting.adjustment import Floats
from tyndau.weighting.margins import Margin, make_margin

UNKNOWN = "?"


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Figures of one variable for the whole, or for one territory.

    Attributes
    ----------
    territory : str
        Code of the territory; empty for the whole.
    inside : ndarray of bool, shape (n,)
        Rows that live there.
    people : ndarray of float, shape (K,)
        By category; NaN where there is no figure.
    closed : bool
        Whether the categories with a figure are all there are: what rows have beside them is not
        known. Where it is not so, the rows beside them are left free.
    sources : dict of int to (Text, date or None)
        Who counted, and for which day, by category.
    """

    territory: str
    inside: NDArray[np.bool_]
    people: Floats
    closed: bool
    sources: Mapping[int, tuple[Text, date | None]]

    @property
    def total(self) -> float:
        """Sum of the figures."""
        return float(np.nansum(self.people))

    @property
    def day(self) -> str:
        """The days of its figures, ISO 8601."""
        days = {day.isoformat() for _, day in self.sources.values() if day}
        return ", ".join(sorted(days)) or "–"


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """All figures of one variable, for the whole or by territory; n rows, K categories.

    Attributes
    ----------
    variable : str
        The variable.
    categories : tuple of str
        Codes of its categories.
    codes : ndarray of int, shape (n,)
        Each row's category; -1 where it is not known.
    parts : tuple of Part
        The whole alone, or territories that do not overlap.
    place : str
        The question that says where people live; empty where the figures are for the whole.
    nowhere : ndarray of bool, shape (n,)
        Rows of which it is not known where they live; none where the figures are for the whole.
    """

    variable: str
    categories: tuple[str, ...]
    codes: NDArray[np.integer]
    parts: tuple[Part, ...]
    place: str
    nowhere: NDArray[np.bool_]

    @property
    def name(self) -> str:
        """The variable, and by what it is broken down."""
        return f"{self.variable} / {self.place}" if self.place else self.variable

    @property
    def total(self) -> float:
        """Sum of all figures."""
        return sum(part.total for part in self.parts)

    @property
    def everywhere(self) -> bool:
        """Whether every row that lives somewhere lives in one of the parts."""
        covered = np.logical_or.reduce([part.inside for part in self.parts])
        return bool((covered | self.nowhere).all())

    def margin(self, weights: Floats) -> Margin:
        """Return what the rows' weights are to be brought to.

        Parameters
        ----------
        weights : ndarray of float, shape (n,)
            The weights before: by them rows of unknown category keep their share.

        Returns
        -------
        Margin
            A category for each of each part, one for what is unknown in each part, and one for rows
            that live nobody knows where.
        """
        size = len(self.categories) + 1
        codes = np.full(len(self.codes), -1, dtype=np.int64)
        totals = np.full(len(self.parts) * size + 1, np.nan)
        names: list[str] = []
        everybody = weights.sum()
        # What lives nobody knows where takes its share from every part alike.
        lost = weights[self.nowhere].sum() / everybody if self.nowhere.any() else 0.0
        for number, part in enumerate(self.parts):
            first = number * size
            head = f"{part.territory} / " if part.territory else ""
            names += [head + code for code in (*self.categories, UNKNOWN)]
            figure = np.append(~np.isnan(part.people), False)[self.codes]
            named, others = part.inside & figure, part.inside & ~figure
            codes[named] = first + self.codes[named]
            share = 0.0
            if part.closed:
                codes[others] = first + size - 1
                share = weights[others].sum() / max(weights[part.inside].sum(), 1e-300)
                if share:
                    totals[first + size - 1] = part.total * share * (1 - lost)
            totals[first : first + size - 1] = part.people * (1 - share) * (1 - lost)
        if lost and self.everywhere:
            codes[self.nowhere] = len(totals) - 1
            totals[-1] = self.total * lost
        blocks = np.append(np.repeat(np.arange(len(self.parts)), size), -1)
        unknown = np.arange(size - 1, len(totals), size)
        blocks[unknown] = -2 - np.arange(len(unknown))
        return make_margin(self.name, codes, totals, categories=[*names, UNKNOWN], blocks=blocks)


def read_figures(study: Study, population: str, frame: Frame) -> tuple[Figures, ...]:
    """Gather the figures of a population and hold them against its rows.

    Parameters
    ----------
    study : Study
        The study.
    population : str
        One of its forms.
    frame : Frame
        The rows, derived variables included.

    Returns
    -------
    tuple of Figures
        By variable, in the order of the sheet; those of the whole before those by territory.

    Raises
    ------
    UserError
        If there are none, a variable cannot be a margin, or territories overlap.
    """
    given = [one for one in study.margins if one.population == population]
    if not given:
        raise problems.NO_MARGINS.error(Place("study.xlsx", "population"), population=population)
    place = place_question(study, study.forms[population])
    whole: dict[str, list[Figure]] = {}
    parts: dict[str, list[Figure]] = {}
    for one in given:
        of_place = one.variable == place or not one.territory
        (whole if of_place else parts).setdefault(one.variable, []).append(one)
    nobody = np.zeros(len(frame), dtype=np.bool_)
    found = []
    for variable, figures in whole.items():
        names, codes = categories_of(frame, variable)
        part = _part("", ~nobody, names, codes, figures)
        found.append(Figures(variable, names, codes, (part,), "", nobody))
    for variable, figures in parts.items():
        names, codes = categories_of(frame, variable)
        found.append(_by_territory(study, frame, place, figures, names, codes))
    return tuple(found)


def categories_of(frame: Frame, variable: str) -> tuple[tuple[str, ...], NDArray[np.integer]]:
    """Return the categories of a variable and each row's, -1 where none is known.

    Parameters
    ----------
    frame : Frame
        The rows.
    variable : str
        A question with one answer, or a derived variable.

    Returns
    -------
    names : tuple of str
        Codes of all its categories.
    codes : ndarray of int, shape (n,)
        Each row's; -1 where it was not asked, has no answer, or a "don't know" or refusal.

    Raises
    ------
    UserError
        If the rows have no such column, or it has more answers than one.
    """
    place = Place("study.xlsx", "population", column=variable)
    if variable not in frame:
        raise problems.NO_COLUMN.error(place, variable=variable)
    column = frame[variable]
    if column.variable.kind != "single":
        kind = KIND_WORDS[column.variable.kind]
        raise problems.MARGIN_KIND.error(place, variable=variable, kind=kind)
    known = np.array(
        [one.meaning not in ("dont_know", "refused") for one in column.variable.categories]
        + [False]
    )
    codes = np.where(column.asked & known[column.values], column.values, -1)
    return column.variable.codes, codes


def _part(
    territory: str,
    inside: NDArray[np.bool_],
    names: Sequence[str],
    codes: NDArray[np.integer],
    figures: Sequence[Figure],
) -> Part:
    people = np.full(len(names), np.nan)
    sources = {}
    for one in figures:
        at = names.index(one.code)
        people[at] = one.people
        sources[at] = (one.source, one.day)
    lived = np.bincount(codes[inside & (codes >= 0)], minlength=len(names)) > 0
    return Part(territory, inside, people, not (lived & np.isnan(people)).any(), sources)


def _by_territory(
    study: Study,
    frame: Frame,
    place: str,
    figures: Sequence[Figure],
    names: tuple[str, ...],
    codes: NDArray[np.integer],
) -> Figures:
    """Gather the figures of a variable territory by territory."""
    variable = figures[0].variable
    if not place:
        raise problems.NO_PLACE.error(Place("study.xlsx", "population"), variable=variable)
    places, lives = categories_of(frame, place)
    by_territory: dict[str, list[Figure]] = {}
    for one in figures:
        by_territory.setdefault(one.territory, []).append(one)
    within = {code: within_territory(study, code) for code in by_territory}
    for first in within:
        for second in within:
            if first != second and second in within[first]:
                values = {"variable": variable, "first": first, "second": second}
                raise problems.OVERLAP.error(Place("study.xlsx", "population"), **values)
    parts = []
    for territory, given in by_territory.items():
        held = np.array([code in within[territory] for code in places] + [False])
        parts.append(_part(territory, held[lives], names, codes, given))
    if len(parts) == 1 and parts[0].inside.all():
        return Figures(variable, names, codes, tuple(parts), "", np.zeros_like(parts[0].inside))
    return Figures(variable, names, codes, tuple(parts), place, lives < 0)


def within_territory(study: Study, code: str) -> frozenset[str]:
    """Return the codes of a territory and of all that lie in it.

    Parameters
    ----------
    study : Study
        The study.
    code : str
        The territory.

    Returns
    -------
    frozenset of str
        At least the code itself.
    """
    found = {code}
    while True:
        more = {one.code for one in study.territories if one.parent in found} - found
        if not more:
            return frozenset(found)
        found |= more
