"""The fieldwork of one population: its ground, its contacts, their answers and what stands beside.

In: a study, one of its forms, how many interviews. Out: a frame and its part of the record.
Contacts are addressed in rounds: whoever refuses or is screened out stays in the data, and the next
person is addressed for the same interview.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tyndau.base.frames import Column, Frame
from tyndau.fieldwork import problems
from tyndau.fieldwork.simulation.answering import Answering
from tyndau.fieldwork.simulation.assumptions import Assumptions
from tyndau.fieldwork.simulation.clock import fieldwork_days
from tyndau.fieldwork.simulation.closed import Closed
from tyndau.fieldwork.simulation.copying import copy_interviews
from tyndau.fieldwork.simulation.effects import Effects, generator
from tyndau.fieldwork.simulation.ground import Ground, lay_ground
from tyndau.fieldwork.simulation.items import place_question, read_items
from tyndau.fieldwork.simulation.paradata import interviewer_codes, paradata
from tyndau.fieldwork.simulation.people import People, draw_people
from tyndau.fieldwork.simulation.quotas import read_quotas
from tyndau.fieldwork.simulation.screening import turned_away
from tyndau.fieldwork.simulation.walk import Walked, walk_form
from tyndau.fieldwork.simulation.words import Words
from tyndau.questionnaire.form import Form
from tyndau.questionnaire.routing import ELIGIBLE
from tyndau.study.derive import derive
from tyndau.study.model import Study, Territory

_ROUNDS = 60


class Fielding:
    """The fieldwork of one population.

    Parameters
    ----------
    study : Study
        The study.
    name : str
        Name of one of its forms.
    seed : int
        Of the simulation.
    assumptions : Assumptions
        What interviews are drawn from.
    main : bool
        Whether it is the mass survey, whose points the workbook plans.
    """

    def __init__(
        self, study: Study, name: str, seed: int, assumptions: Assumptions, *, main: bool
    ) -> None:
        self._main = main
        self._study = study
        self._name = name
        self._form: Form = study.forms[name]
        self._seed = int(generator(seed, name).integers(2**31))
        self._share = assumptions if main else replace(assumptions, point=0.0)
        self._items = read_items(study, name, assumptions.dont_know)
        self._away = turned_away(self._form, generator(self._seed, "screening"))

    def make(self, wanted: int) -> tuple[Frame, dict[str, Any]]:
        """Make the interviews.

        Parameters
        ----------
        wanted : int
            How many.

        Returns
        -------
        frame : Frame
            The interviews, and those who were addressed in vain.
        record : dict
            How they were made; as JSON holds.

        Raises
        ------
        UserError
            ``fieldwork.route`` or ``fieldwork.nobody``.
        """
        places = self._places()
        ground = self._ground(places, wanted)
        people, walked = _joined(*self._interview(ground, wanted))
        columns = walked.columns
        order = self._order(ground, people)
        rng = generator(self._seed, "after")
        beside = paradata(
            self._study, self._name, ground, people, walked.seconds, order, rng, main=self._main
        )
        copying = ground.way(people.interviewer, "copying") & walked.let_in
        copiers = [
            order[(people.interviewer[order] == one) & copying[order]]
            for one in np.unique(people.interviewer[copying])
        ]
        copy_interviews(columns, self._form, self._items, copiers, rng)
        frame = self._frame({**columns, **beside}, order, rng)
        return frame, self._recorded(ground, walked, people)

    def _places(self) -> list[Territory]:
        """Return the territories where respondents may live, by the question that says so."""
        name = place_question(self._study, self._form)
        if not name:
            return []
        known = {one.code: one for one in self._study.territories}
        variable = self._items[name].variable
        away = self._away.get(name, frozenset())
        return [
            known.get(one.code, Territory(one.code, one.label))
            for one in variable.categories
            if one.code not in away and not one.meaning
        ]

    def _ground(self, places: list[Territory], wanted: int) -> Ground:
        study = self._study
        counted = [one for one in study.margins if one.population == self._name and one.territory]
        variable = counted[0].variable if counted else ""
        people: dict[str, int] = {}
        for one in counted:
            if one.variable == variable:
                people[one.territory] = people.get(one.territory, 0) + one.people
        return lay_ground(
            places,
            wanted,
            self._share,
            generator(self._seed, "ground"),
            planned=study.points if self._main else (),
            people=people,
        )

    def _interview(self, ground: Ground, wanted: int) -> tuple[list[People], list[Walked]]:
        """Address people for each interview until it is made."""
        effects = Effects(ground, self._share, self._seed)
        quotas = read_quotas(self._study, self._name, ground.territories)
        answering = Answering(
            ground,
            Closed(effects, self._share, self._seed, quotas.shares),
            Words(self._share.open_answers),
            self._away if ELIGIBLE in self._form else {},
            self._share,
        )
        today = fieldwork_days(self._study.start, self._study.end)[0].isoformat()
        people: list[People] = []
        walked: list[Walked] = []
        left = np.arange(wanted)
        for count in range(_ROUNDS):
            rng = generator(self._seed, "round", str(count))
            people.append(draw_people(ground, quotas, left, self._share, rng))
            walked.append(walk_form(self._form, self._items, people[-1], answering, today))
            left = left[~walked[-1].let_in]
            if not len(left):
                return people, walked
        made = wanted - len(left)
        raise problems.NOBODY.error(population=self._name, made=made, wanted=wanted, rounds=_ROUNDS)

    def _order(self, ground: Ground, people: People) -> NDArray[np.intp]:
        """Return the contacts in the order in which they are made: point by point."""
        rank = generator(self._seed, "points").permutation(len(ground.point_territory))
        return np.lexsort((np.arange(len(people)), people.slot, rank[people.point]))

    def _frame(
        self, columns: Mapping[str, Column], order: NDArray[np.intp], rng: np.random.Generator
    ) -> Frame:
        """Put columns and derived variables together, in the order of the questionnaire."""
        variables = {one.name: one for one in self._study.variables(self._name)}
        keys = [f"{key:016x}" for key in rng.integers(0, 2**63, size=len(order))]
        rows = {
            name: Column(column.variable, column.values[order], column.asked[order])
            for name, column in columns.items()
        }
        asked = {name: rows[name] for name in variables if name in rows}
        frame = derive(self._study, self._name, Frame(np.array(keys, np.str_), asked))
        whole = {
            name: Column(variables[name], column.values, column.asked)
            for name, column in frame.columns.items()
        }
        return Frame(frame.keys, {**whole, **{n: c for n, c in rows.items() if n not in whole}})

    def _recorded(self, ground: Ground, walked: Walked, people: People) -> dict[str, Any]:
        codes = interviewer_codes(ground, self._name)
        return {
            "interviews": int(walked.let_in.sum()),
            "contacts": len(people),
            "points": len(ground.point_territory),
            "interviewers": len(codes),
            "bad_interviewers": {codes[one]: way for one, way in sorted(ground.bad.items())},
            "territories": {
                one.code: round(float(size), 4)
                for one, size in zip(ground.territories, ground.sizes, strict=True)
            },
        }


def _joined(people: Sequence[People], walked: Sequence[Walked]) -> tuple[People, Walked]:
    """Put the rounds together, one under another."""

    def stack(arrays: Iterable[NDArray[Any]]) -> NDArray[Any]:
        return np.concatenate(list(arrays))

    together: dict[str, Any] = {
        part.name: stack(getattr(one, part.name) for one in people)
        for part in fields(People)
        if part.name not in ("rng", "traits")
    }
    columns = {
        name: Column(
            column.variable,
            stack(one.columns[name].values for one in walked),
            stack(one.columns[name].asked for one in walked),
        )
        for name, column in walked[0].columns.items()
    }
    return People(**together, rng=people[0].rng), Walked(
        stack(one.let_in for one in walked), stack(one.seconds for one in walked), columns
    )
