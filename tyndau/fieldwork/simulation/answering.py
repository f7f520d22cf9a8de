"""One question asked of everybody: what is open to each by filter and constraint, then an answer.

In: a question, its column's variable, the people, what was answered before. Out: the values of its
column, for everybody; who was not asked is cleared by the caller. Constraints and choice filters
are computed, not guessed: an answer that the phone would refuse is drawn anew or left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tyndau.base.frames import NO_CATEGORY, Column
from tyndau.fieldwork.simulation.assumptions import Assumptions
from tyndau.fieldwork.simulation.chance import Chance
from tyndau.fieldwork.simulation.closed import Closed
from tyndau.fieldwork.simulation.ground import Ground
from tyndau.fieldwork.simulation.items import Item, bounds
from tyndau.fieldwork.simulation.numbers import draw_numbers
from tyndau.fieldwork.simulation.people import People
from tyndau.fieldwork.simulation.words import Words
from tyndau.questionnaire.expression import Expression, parse
from tyndau.questionnaire.values import Value, constant, number, to_booleans, value_of


@dataclass(frozen=True, slots=True)
class Answering:
    """Draws the answers of one population.

    Attributes
    ----------
    ground : Ground
        Codes of territories and points.
    closed : Closed
        Draws opinions.
    words : Words
        Open answers.
    turned_away : dict of str to frozenset of str
        Answers that end an interview, by question of the screening.
    assumptions : Assumptions
        Shares.
    """

    ground: Ground
    closed: Closed
    words: Words
    turned_away: Mapping[str, frozenset[str]]
    assumptions: Assumptions

    def answer(
        self,
        item: Item,
        people: People,
        scope: Mapping[str, Value],
        chance: Chance,
        kazakh: NDArray[np.bool_],
    ) -> NDArray[Any]:
        """Draw the answers to a question.

        Parameters
        ----------
        item : Item
            The question.
        people : People
            Everybody.
        scope : mapping of str to Value
            What was answered before.
        chance : Chance
            Computes filters and constraints.
        kazakh : ndarray of bool, shape (n,)
            Who is asked it in Kazakh.

        Returns
        -------
        ndarray
            Values by the variable's kind, as in `Column`.
        """
        check = Check(item, scope, chance)
        kind = item.variable.kind
        if kind == "single":
            return self._single(item, people, check)
        if kind == "multiple":
            allowed = check.open_answers()
            chosen, strength = self.closed.multiple(item, people, allowed)
            return _within(chosen, strength, check)
        if kind == "number":
            return self._number(item, people, check)
        return self._text(item, people, check, kazakh)

    def _single(self, item: Item, people: People, check: "Check") -> NDArray[np.int32]:
        allowed = check.open_answers() & check.accepted_each()
        known = self._known(item, people)
        if known is not None:
            fits = (known != NO_CATEGORY) & allowed[np.arange(len(people)), known]
            if fits.all():
                return known
        excluded = self._excluding(item)
        if excluded.any() and not excluded.all():
            share = self.assumptions.screened_out
            if item.role == "consent":
                # A form without a screening records only those who take part.
                share = self.assumptions.refusals if self.turned_away else 0.0
            out = people.rng.random(len(people)) < share
            narrowed = allowed & (excluded[None, :] == out[:, None])
            allowed = np.where(narrowed.any(axis=1)[:, None], narrowed, allowed)
        values = self.closed.single(item, people, allowed)
        if known is not None:
            values = np.where(fits, known, values)
        return values.astype(np.int32)

    def _excluding(self, item: Item) -> NDArray[np.bool_]:
        codes = set(self.turned_away.get(item.question.name, ()))
        if item.role == "consent":
            codes |= {"no", "refused"}
        return np.array([code in codes for code in item.variable.codes], np.bool_)

    def _known(self, item: Item, people: People) -> NDArray[np.int32] | None:
        """Return what the respondent is or where the interview is made; None for an opinion."""
        codes = item.variable.codes
        place = {code: at for at, code in enumerate(codes)}
        if item.role == "sex":
            return np.where(people.woman, place["female"], place["male"]).astype(np.int32)
        if item.role == "language":
            return np.where(people.kazakh, place["kk"], place["ru"]).astype(np.int32)
        if item.role == "age_group":
            values = np.full(len(people), NO_CATEGORY, np.int32)
            for at, code in enumerate(codes):
                group = bounds(code)
                if group:
                    values[(people.age >= group[0]) & (people.age <= group[1])] = at
            return values
        if item.role == "place":
            found = [place.get(one.code, NO_CATEGORY) for one in self.ground.territories]
            values = np.array(found, np.int32)[people.territory]
            # Some passers-by live outside the places that the study is about.
            if self._excluding(item).any():
                out = people.rng.random(len(people)) < self.assumptions.screened_out
                values[out] = NO_CATEGORY
            return values
        if item.role == "point":
            listed = [place.get(code, NO_CATEGORY) for code in self.ground.points]
            return np.array(listed, np.int32)[people.point]
        if item.role == "interviewer":
            return (people.interviewer % len(codes)).astype(np.int32)
        return None

    def _number(self, item: Item, people: People, check: "Check") -> NDArray[np.float64]:
        if item.role == "point":
            codes = [number(code) for code in self.ground.points]
            listed = np.array(codes) if not np.isnan(codes).any() else np.arange(len(codes)) + 1.0
            return np.asarray(listed[people.point], dtype=np.float64)
        if item.role == "interviewer":
            return people.interviewer.astype(np.float64) + 1
        first = people.age.astype(np.float64) if item.role == "age" else None
        return draw_numbers(item, people, check.accepted, check.constraint, first)

    def _text(
        self, item: Item, people: People, check: "Check", kazakh: NDArray[np.bool_]
    ) -> NDArray[np.object_]:
        if item.role == "point":
            return np.array(self.ground.points, dtype=object)[people.point]
        if item.role == "interviewer":
            return np.array([f"{one + 1:02}" for one in people.interviewer], dtype=object)
        if item.question.kind == "date":
            values = np.full(len(people), check.chance.today, dtype=object)
        else:
            values = self.words.answers(item, kazakh, people.rng)
        fine = check.accepted(Column(item.variable, values, np.ones(len(people), np.bool_)))
        return np.where(fine, values, "").astype(object)


class Check:
    """What filter and constraint of a question allow.

    Parameters
    ----------
    item : Item
        The question.
    scope : mapping of str to Value
        What was answered before.
    chance : Chance
        Computes them.

    Attributes
    ----------
    chance : Chance
        Computes them.
    constraint : Expression or None
        The constraint.
    """

    def __init__(self, item: Item, scope: Mapping[str, Value], chance: Chance) -> None:
        self._item = item
        self._scope = scope
        self.chance = chance
        question = item.question
        self.constraint = parse(question.constraint) if question.constraint else None
        self._filter: Expression | None = (
            parse(question.choice_filter) if question.choice_filter else None
        )

    def open_answers(self) -> NDArray[np.bool_]:
        """Return which answers the choice filter offers to each.

        Returns
        -------
        ndarray of bool, shape (n, k)
            All of them where there is no filter, or where it cannot be computed.
        """
        codes = self._item.variable.codes
        offered = np.ones((self.chance.rows, len(codes)), np.bool_)
        if self._filter is None:
            return offered
        offered[:] = False
        known: dict[tuple[tuple[str, str], ...], NDArray[np.bool_]] = {}
        for choice in self._item.question.choices:
            columns = {**choice.extra, "name": choice.category.code}
            # Choices of one group have the same columns but for their names.
            by_name = "name" in self._item.question.choice_filter
            key = tuple(sorted((columns if by_name else choice.extra).items()))
            if key not in known:
                value = self.chance.compute(self._filter, self._scope, columns)
                everybody = np.ones(self.chance.rows, np.bool_)
                known[key] = everybody if value is None else to_booleans(value)
            offered[:, codes.index(choice.category.code)] |= known[key]
        return offered

    def accepted(self, column: Column) -> NDArray[np.bool_]:
        """Return which answers the constraint accepts.

        Parameters
        ----------
        column : Column
            Answers of everybody.

        Returns
        -------
        ndarray of bool, shape (n,)
            True where there is no constraint, or where it cannot be computed.
        """
        return self._holds(value_of(column))

    def accepted_each(self) -> NDArray[np.bool_]:
        """Return which single answers the constraint accepts from each.

        Returns
        -------
        ndarray of bool, shape (n, k)
            All of them where there is no constraint.
        """
        codes = self._item.variable.codes
        if self.constraint is None:
            return np.ones((self.chance.rows, len(codes)), np.bool_)
        rows = self.chance.rows
        return np.stack([self._holds(constant(code, rows)) for code in codes], axis=1)

    def _holds(self, answer: Value) -> NDArray[np.bool_]:
        everybody = np.ones(self.chance.rows, np.bool_)
        if self.constraint is None:
            return everybody
        value = self.chance.compute(self.constraint, {**self._scope, ".": answer})
        return everybody if value is None else to_booleans(value)

    def accepted_selections(self, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return which selections the constraint accepts.

        Parameters
        ----------
        chosen : ndarray of bool, shape (n, k)
            The selections.

        Returns
        -------
        ndarray of bool, shape (n,)
            True where there is no constraint.
        """
        asked = np.ones(self.chance.rows, np.bool_)
        return self.accepted(Column(self._item.variable, chosen, asked))


def _within(
    chosen: NDArray[np.bool_], strength: NDArray[np.float64], check: Check
) -> NDArray[np.bool_]:
    """Leave the weakest selections out until the constraint accepts what is left."""
    chosen = chosen.copy()
    for _ in range(chosen.shape[1]):
        refused = ~check.accepted_selections(chosen) & (chosen.sum(axis=1) > 1)
        if not refused.any():
            break
        weakest = np.where(chosen, strength, np.inf).argmin(axis=1)
        rows = np.flatnonzero(refused)
        chosen[rows, weakest[rows]] = False
    return chosen
