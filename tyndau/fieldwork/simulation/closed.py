"""Answers to closed questions: single and multiple responses, drawn from latent variables.

In: an item, the people who are asked, which answers are open to each. Out: positions or selections.
Answers with scores are an ordered probit, two answers a probit, more a choice by random utility,
each selection of a multiple response a probit of its own; "don't know" is drawn before, by
sensitivity and reticence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from tyndau.base.frames import NO_CATEGORY
from tyndau.fieldwork.simulation.assumptions import Assumptions
from tyndau.fieldwork.simulation.effects import Effects, generator
from tyndau.fieldwork.simulation.items import Item
from tyndau.fieldwork.simulation.leanings import leaning
from tyndau.fieldwork.simulation.people import People

# Standard deviation of the noise of random utility (Gumbel).
_GUMBEL = np.pi / np.sqrt(6)
# What people pass over who may.
_PASSED_OVER = 0.02
_SELECTIONS = 2.6
_TILT = 1.6
_RARE = {"other": 0.04, "none": 0.05}


@dataclass(frozen=True, slots=True)
class Closed:
    """Draws answers to the closed questions of a population.

    Attributes
    ----------
    effects : Effects
        What groups share.
    assumptions : Assumptions
        Shares of respondents' own traits.
    seed : int
        Of simulation and population: levels of items depend on it.
    shares : dict of (str, str) to float
        Shares of answers that quotas give, by question and code.
    """

    effects: Effects
    assumptions: Assumptions
    seed: int
    shares: Mapping[tuple[str, str], float]

    def single(self, item: Item, people: People, allowed: NDArray[np.bool_]) -> NDArray[np.int32]:
        """Draw single responses.

        Parameters
        ----------
        item : Item
            The question.
        people : People
            All contacts; who is not asked is cleared by the caller.
        allowed : ndarray of bool, shape (n, k)
            Which answers are open to each.

        Returns
        -------
        ndarray of int32, shape (n,)
            Positions; `NO_CATEGORY` where nothing is open or the question is passed over.
        """
        values = np.full(len(people), NO_CATEGORY, dtype=np.int32)
        if item.substantive:
            open_ones = allowed[:, item.substantive]
            if item.scored or len(item.substantive) == 2:
                place = self._ordered(item, people, open_ones)
            else:
                place = self._chosen(item, people, open_ones)
            values = np.where(place >= 0, np.array(item.substantive)[place], NO_CATEGORY)
        aside = self._aside(item, people, allowed)
        values = np.where(aside >= 0, aside, values)
        nothing = values == NO_CATEGORY
        if nothing.any():
            values = np.where(nothing & allowed.any(axis=1), allowed.argmax(axis=1), values)
        if not item.question.required:
            values[people.rng.random(len(people)) < _PASSED_OVER] = NO_CATEGORY
        return values.astype(np.int32)

    def multiple(
        self, item: Item, people: People, allowed: NDArray[np.bool_]
    ) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
        """Draw multiple responses.

        Parameters
        ----------
        item : Item
            The question.
        people : People
            All contacts.
        allowed : ndarray of bool, shape (n, k)
            Which answers are open to each.

        Returns
        -------
        chosen : ndarray of bool, shape (n, k)
            Exclusive answers stand alone.
        strength : ndarray of float, shape (n, k)
            How strongly each answer is meant, for those who may give only a few.
        """
        categories = item.variable.categories
        strength = np.full(allowed.shape, -np.inf)
        joined = [at for at in item.substantive if not categories[at].exclusive]
        toward = -1.0 if item.question.name.startswith("problem") else 0.0
        for at in joined:
            name = f"{item.question.name}/{categories[at].code}"
            share = self._share(name, categories[at].meaning, len(joined))
            latent = self._latent(name, item.battery, people, toward)
            strength[:, at] = latent - ndtri(1 - share)
        strength[~allowed] = -np.inf
        chosen = strength > 0
        none = [at for at in item.substantive if categories[at].exclusive]
        empty = ~chosen.any(axis=1)
        if none:
            alone = empty & allowed[:, none[0]] & (people.rng.random(len(people)) < 0.7)
            chosen[alone, none[0]] = True
            empty &= ~alone
        rows = np.flatnonzero(empty & np.isfinite(strength).any(axis=1))
        chosen[rows, strength[rows].argmax(axis=1)] = True
        aside = self._aside(item, people, allowed)
        chosen[aside >= 0] = False
        chosen[aside >= 0, aside[aside >= 0]] = True
        return chosen, strength

    def _latent(
        self, name: str, battery: str, people: People, toward: float
    ) -> NDArray[np.float64]:
        """Return a latent normal variable of variance 1; mood counts in what is good or bad."""
        share = self.assumptions.battery
        general = self.assumptions.general if toward else 0.0
        rest = 1 - self.effects.variance - general - share
        total = self.effects.of(name, battery, people.places, toward)
        total += toward * np.sqrt(general) * people.mood
        total += np.sqrt(share) * people.trait(battery)
        return np.asarray(total + np.sqrt(rest) * people.rng.standard_normal(len(people)))

    def _ordered(self, item: Item, people: People, allowed: NDArray[np.bool_]) -> NDArray[np.intp]:
        count = len(item.substantive)
        toward = item.topic.good if item.scored else 0.0
        name = item.question.name
        latent = self._latent(name, item.battery, people, toward)
        cuts = self._cuts(item)
        place = np.searchsorted(cuts, latent)
        # Who fills in without asking goes down one column.
        column = np.minimum((ndtr(people.mood) * count).astype(np.intp), count - 1)
        place = np.where(people.straight & item.scored, column, place)
        return _nearest(place, allowed)

    def _cuts(self, item: Item) -> NDArray[np.float64]:
        """Return where the latent variable passes from one answer to the next."""
        rng = generator(self.seed, "level", item.question.name)
        codes = [item.variable.categories[at].code for at in item.substantive]
        if set(codes) == {"yes", "no"}:
            yes = float(np.clip(rng.normal(item.topic.yes, 0.06), 0.04, 0.9))
            shares = np.array([yes if code == "yes" else 1 - yes for code in codes])
        elif len(codes) == 2:
            first = float(rng.uniform(0.35, 0.65))
            shares = np.array([first, 1 - first])
        else:
            middle = (len(codes) - 1) / 2
            # What most say no to lies low on a scale too.
            usual = _TILT * (item.topic.yes - 0.5)
            at = np.arange(len(codes)) - middle - middle * rng.normal(usual, 0.25)
            shares = np.exp(-0.5 * (at / max(middle, 0.5) / 0.8) ** 2)
            shares *= np.exp(rng.normal(0.0, 0.15, len(codes)))
        return np.asarray(ndtri(np.cumsum(shares / shares.sum())[:-1]))

    def _chosen(self, item: Item, people: People, allowed: NDArray[np.bool_]) -> NDArray[np.intp]:
        count = len(item.substantive)
        utility = np.empty((len(people), count))
        rest = 1 - self.effects.variance - self.assumptions.battery
        noise = people.rng.gumbel(size=(len(people), count))
        for place, at in enumerate(item.substantive):
            category = item.variable.categories[at]
            name = f"{item.question.name}/{category.code}"
            known = leaning(item.question.name, category.code)
            level = generator(self.seed, "level", name).normal(0.0, 0.15 if known else 0.7)
            level -= {"other": 2.5, "none": 0.8}.get(category.meaning, 0.0)
            expected = known.at(people.age) if known else 0.0
            quota = self.shares.get((item.question.name, category.code))
            if quota is not None:
                level, usual = float(np.log(quota)), known.level if known else 0.0
                expected = np.minimum(expected - usual, 0.0)
            shared = self.effects.of(name, item.battery, people.places, 0.0)
            shared += np.sqrt(self.assumptions.battery) * people.trait(name)
            utility[:, place] = expected + level + _GUMBEL / np.sqrt(rest) * shared
            utility[:, place] += noise[:, place] + _own_language(category.code, people)
        utility[~allowed] = -np.inf
        place = utility.argmax(axis=1)
        return np.where(allowed.any(axis=1), place, -1)

    def _share(self, name: str, meaning: str, count: int) -> float:
        rng = generator(self.seed, "level", name)
        usual = _RARE.get(meaning, _SELECTIONS / max(count, 4) * float(rng.lognormal(0.0, 0.5)))
        return float(np.clip(usual, 0.02, 0.75))

    def _aside(self, item: Item, people: People, allowed: NDArray[np.bool_]) -> NDArray[np.intp]:
        """Draw who does not know or does not say; -1 for everybody else."""
        result = np.full(len(people), -1, dtype=np.intp)
        if not item.aside:
            return result
        name, share = item.question.name, self.assumptions
        own = share.reticence
        rest = 1 - own - self.effects.variance
        latent = self.effects.of(f"{name}?", "?", people.places, 0.0)
        latent += np.sqrt(own) * people.reticence
        latent += np.sqrt(rest) * people.rng.standard_normal(len(people))
        hidden = latent > ndtri(1 - item.topic.dont_know)
        which = people.rng.choice(item.aside, size=len(people), p=_odds(len(item.aside)))
        result[hidden] = which[hidden]
        result[~allowed[np.arange(len(people)), result]] = -1
        return result


def _own_language(code: str, people: People) -> NDArray[np.float64]:
    """Return how much likelier people name the language that they are interviewed in."""
    own = people.kazakh if code == "kk" else ~people.kazakh
    return np.where(own, 1.5, -1.0) if code in ("kk", "ru") else np.zeros(len(people))


def _odds(count: int) -> Sequence[float]:
    """Return how often each of the answers aside is given: the first, "don't know", more often."""
    return [1.0] if count == 1 else [0.75, *[0.25 / (count - 1)] * (count - 1)]


def _nearest(place: NDArray[np.intp], allowed: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Move to the nearest answer that is open; -1 where none is."""
    count = allowed.shape[1]
    distance = np.abs(np.arange(count) - place[:, None]) + np.where(allowed, 0, count + 1)
    nearest = distance.argmin(axis=1)
    return np.where(allowed.any(axis=1), nearest, -1)
