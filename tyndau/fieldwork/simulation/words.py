"""Open answers in Kazakh and Russian, by what a question is about.

In: a question. Out: for each respondent an answer in the language of the interview, or none. The
stock stands in ``data/open-answers.csv``: short answers as people give them, written for this
purpose; none was said by anybody. A question that no topic fits gets none, unless it insists on
one: then the respondent has nothing to add.
"""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from tyndau.base.languages import Text
from tyndau.fieldwork.simulation.items import Item

# Topics of "what else", "why", "what worries you" in any questionnaire; looked for in this order,
# before the topics of ``data/topics.csv``.
_KINDS = {
    "contact": ("телефон", "контакт", "байланыс"),
    "organisation": ("называется", "қалай аталады", "название орган"),
    "why": ("почему", "неліктен", "неге "),
    "changes": ("перемен", "өзгеріс"),
    "suggestion": (
        "пожелал",
        "предлож",
        "ұсыныс",
        "предприня",
        "что нужно сделать",
        "улучшить",
        "решить",
        "сделать",
        "совет",
        "меры",
    ),
    "problem": ("проблем", "беспоко", "мәселе", "алаңдат", "толғандыр", "не хватает", "вопрос"),
    "other": ("уточните", "напишите, что", "напишите, кто", "нақтылап", "нақты жаз", "другое"),
}
_NOTHING = "nothing"


@cache
def _stock() -> Mapping[str, tuple[Text, ...]]:
    source = files("tyndau.fieldwork.simulation") / "data" / "open-answers.csv"
    answers: dict[str, tuple[Text, ...]] = {}
    for row in csv.DictReader(source.read_text("utf-8").splitlines()):
        answers[row["topic"]] = (*answers.get(row["topic"], ()), Text(row["kk"], row["ru"]))
    return answers


class Words:
    """Draws open answers.

    Parameters
    ----------
    share : float
        Share of respondents who answer where they need not.
    """

    def __init__(self, share: float) -> None:
        self._share = share

    def answers(
        self, item: Item, kazakh: NDArray[np.bool_], rng: np.random.Generator
    ) -> NDArray[np.object_]:
        """Draw answers to an open question.

        Parameters
        ----------
        item : Item
            The question.
        kazakh : ndarray of bool, shape (n,)
            Who answers in Kazakh.
        rng : numpy.random.Generator
            Chance.

        Returns
        -------
        ndarray of str, shape (n,)
            The answers; empty where there is none.
        """
        stock = _stock().get(self._topic(item), ())
        required = item.question.required
        if not stock and not required:
            return np.full(len(kazakh), "", dtype=object)
        stock = stock or _stock()[_NOTHING]
        which = rng.integers(len(stock), size=len(kazakh))
        said = [
            stock[at].kk if in_kazakh else stock[at].ru
            for at, in_kazakh in zip(which, kazakh, strict=True)
        ]
        # "Other" was chosen because there was something to say.
        share = 1.0 if required else 0.9 if self._is_other(item) else self._share
        given = rng.random(len(kazakh)) < share
        return np.where(given, np.array(said, dtype=object), "").astype(object)

    def _topic(self, item: Item) -> str:
        words = f"{item.question.label.ru} {item.question.label.kk}".casefold()
        for kind, signs in _KINDS.items():
            if any(sign in words for sign in signs):
                return kind
        return item.topic.name

    def _is_other(self, item: Item) -> bool:
        route = item.question.own_route
        return route is not None and "'other'" in route.source
