"""How long an interview takes: minutes of the shortest and of the longest route.

In: a form and a language. Out: `Length`. A forward pass goes through the questions and keeps
states: which of the answers that later conditions can tell apart were given
(`tyndau.questionnaire.outcomes`), with the shortest and the longest time so far. A question that no
later condition needs is dropped from the states. Times come from `tyndau.questionnaire.timing`.

Where a condition cannot be computed from such answers, or states would be too many, both outcomes
are taken as possible: the longest route is then an upper bound and the shortest a lower one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tyndau.base.languages import Text
from tyndau.questionnaire.evaluation import evaluate
from tyndau.questionnaire.expression import Expression
from tyndau.questionnaire.form import Form, Question
from tyndau.questionnaire.functions import NotComputableError
from tyndau.questionnaire.outcomes import outcomes
from tyndau.questionnaire.routing import ELIGIBLE, LET_IN, in_order
from tyndau.questionnaire.timing import question_seconds
from tyndau.questionnaire.values import Strings, Value, to_booleans, to_strings

# A form of 100 questions with ordinary routing has some hundred states.
MAX_STATES = 20_000
MAX_ROUTES = 2_000

_NOT_ASKED = ""
_DROPPED = "\0"
_ANOTHER = Text(kk="басқа жауап", ru="другой ответ")


@dataclass(frozen=True, slots=True)
class Decision:
    """An answer on a route that decides what is asked later.

    Attributes
    ----------
    question : str
        The question.
    wording : Text
        Its wording.
    answer : Text
        The answer in words.
    """

    question: str
    wording: Text
    answer: Text


@dataclass(frozen=True, slots=True)
class Length:
    """How long an interview takes, by the timing model.

    Attributes
    ----------
    language : str
        In which it is conducted.
    shortest : float
        Minutes of the shortest route, screen-outs included.
    shortest_complete : float
        Minutes of the shortest route of those whom the screening lets in.
    longest : float
        Minutes of the longest route.
    decisions : tuple of Decision
        The answers that lead along the longest route.
    routes : int
        How many different routes there are, at least; `MAX_ROUTES` at most are counted.
    routes_exact : bool
        Whether there are no more.
    exact : bool
        Whether the minutes are those of possible routes; if not, ``longest`` is an upper bound
        and the other two are lower bounds.
    """

    language: str
    shortest: float
    shortest_complete: float
    longest: float
    decisions: tuple[Decision, ...]
    routes: int
    routes_exact: bool
    exact: bool


def interview_length(form: Form, language: str) -> Length:
    """Compute how long an interview takes.

    Parameters
    ----------
    form : Form
        The questionnaire.
    language : str
        Language of the interview, such as ``kk``.

    Returns
    -------
    Length
        Minutes by route.

    Notes
    -----
    Those asked are taken to answer. A repeated question counts once.
    """
    questions = in_order(form)
    walk = _Pass(form, questions)
    for at, question in enumerate(questions):
        walk.step(at, question, question_seconds(question, language))
    return walk.result(language)


@dataclass(frozen=True, slots=True)
class _States:
    """What may have happened so far; a row a state.

    ``answers`` identifies a state, by column as in `_Pass.columns`; dead columns hold `_DROPPED`.
    ``path`` are the answers along its longest route. ``routes`` are hashes of the sequences of
    questions that lead to it.
    """

    answers: NDArray[np.object_]
    path: NDArray[np.object_]
    short: NDArray[np.float64]
    long: NDArray[np.float64]
    routes: list[frozenset[int]]

    def take(self, rows: NDArray[np.intp]) -> "_States":
        return _States(
            self.answers[rows],
            self.path[rows],
            self.short[rows],
            self.long[rows],
            [self.routes[row] for row in rows],
        )

    def __len__(self) -> int:
        return len(self.short)


def _stacked(first: _States, second: _States) -> _States:
    return _States(
        np.concatenate([first.answers, second.answers]),
        np.concatenate([first.path, second.path]),
        np.concatenate([first.short, second.short]),
        np.concatenate([first.long, second.long]),
        first.routes + second.routes,
    )


class _Pass:
    """The forward pass."""

    def __init__(self, form: Form, questions: list[Question]) -> None:
        self.form = form
        self.last_use = _last_uses(questions)
        if ELIGIBLE in self.last_use:
            # Kept to the end, to tell complete interviews from screen-outs.
            self.last_use[ELIGIBLE] = len(questions)
        names = [question.name for question in questions if question.name in self.last_use]
        self.columns = {name: at for at, name in enumerate(names)}
        computed = {
            question.name
            for question in questions
            if question.calculation is not None and question.calculation.deterministic
        }
        self.computed = computed
        self.outcomes = outcomes(form, [name for name in names if name not in computed])
        self.exact = True
        self.routes_exact = True
        self.least_routes = 0
        self.known: set[str] = set()
        empty = np.full((1, len(names)), _DROPPED, object)
        self.states = _States(empty, empty.copy(), np.zeros(1), np.zeros(1), [frozenset({0})])

    def step(self, at: int, question: Question, seconds: float) -> None:
        """Ask a question of all states, and forget what is not needed any more."""
        asked, passed = self.split(question)
        marks = question.kind not in ("calculate", "hidden")
        asked = replace(
            asked,
            short=asked.short + seconds,
            long=asked.long + seconds,
            routes=[_extended(routes, at) if marks else routes for routes in asked.routes],
        )
        if question.name in self.columns:
            asked, passed = self.answer(question, asked, passed)
        self.states = self.merged(_stacked(asked, passed), at)

    def split(self, question: Question) -> tuple[_States, _States]:
        """Part the states into those that are asked and those that are not."""
        everybody = np.arange(len(self.states))
        if question.route is None:
            return self.states, self.states.take(everybody[:0])
        holds = self.compute(question.route)
        if holds is None:
            self.exact = False
            return self.states, self.states
        mask = to_booleans(holds)
        return self.states.take(everybody[mask]), self.states.take(everybody[~mask])

    def compute(self, expression: Expression) -> Value | None:
        scope: dict[str, Value] = {}
        for name in expression.names & self.known:
            levels, index = np.unique(
                self.states.answers[:, self.columns[name]].astype(str), return_inverse=True
            )
            scope[name] = Strings(tuple(str(level) for level in levels), index)
        try:
            return evaluate(expression.tree, scope, len(self.states))
        except NotComputableError:
            return None

    def answer(
        self, question: Question, asked: _States, passed: _States
    ) -> tuple[_States, _States]:
        """Give those asked each answer that matters; the others have none."""
        column = self.columns[question.name]
        if question.name in self.computed and question.calculation is not None:
            before, self.states = self.states, asked
            value = self.compute(question.calculation)
            self.states = before
            if value is None:
                return asked, passed
            strings = to_strings(value)
            given = np.array(strings.levels, object)[strings.index]
            asked = _with(asked, column, given)
        else:
            answers = self.outcomes.get(question.name, ())
            if not answers or len(asked) * len(answers) > MAX_STATES:
                return asked, passed
            rows = np.repeat(np.arange(len(asked)), len(answers))
            given = np.array(answers * len(asked), object)
            asked = _with(asked.take(rows), column, given)
        self.known.add(question.name)
        nothing = np.full(len(passed), _NOT_ASKED, object)
        return asked, _with(passed, column, nothing)

    def merged(self, states: _States, at: int) -> _States:
        """Drop the questions that nothing later needs, and join states that became equal."""
        for name in [name for name in self.known if self.last_use[name] <= at]:
            states.answers[:, self.columns[name]] = _DROPPED
            self.known.discard(name)
        states = self.counted(self.joined(states))
        while len(states) > MAX_STATES // 4 and self.known - {ELIGIBLE}:
            self.exact = False
            widest = max(
                sorted(self.known - {ELIGIBLE}),
                key=lambda name: len(set(states.answers[:, self.columns[name]])),
            )
            states.answers[:, self.columns[widest]] = _DROPPED
            self.known.discard(widest)
            states = self.joined(states)
        return states

    def joined(self, states: _States) -> _States:
        places: dict[tuple[str, ...], list[int]] = {}
        for row, key in enumerate(map(tuple, states.answers)):
            places.setdefault(key, []).append(row)
        if len(places) == len(states):
            return states
        groups = list(places.values())
        best = [max(rows, key=lambda row: float(states.long[row])) for rows in groups]
        routes = [frozenset().union(*(states.routes[row] for row in rows)) for rows in groups]
        return replace(
            states.take(np.array(best, np.intp)),
            short=np.array([min(states.short[rows]) for rows in groups]),
            routes=routes,
        )

    def counted(self, states: _States) -> _States:
        """Stop counting routes when there are very many; each costs time at every question."""
        held = sum(map(len, states.routes))
        if held <= MAX_ROUTES:
            return states
        union = len(frozenset().union(*states.routes))
        if union <= MAX_ROUTES and held <= 10 * MAX_ROUTES:
            return states
        self.routes_exact = False
        self.least_routes = max(self.least_routes, min(union, MAX_ROUTES))
        return replace(states, routes=[frozenset()] * len(states))

    def result(self, language: str) -> Length:
        """Return the extremes over all final states."""
        states = self.states
        complete = np.ones(len(states), np.bool_)
        if ELIGIBLE in self.known:
            complete = states.answers[:, self.columns[ELIGIBLE]] == LET_IN
        shortest_complete = states.short[complete].min() if complete.any() else states.short.min()
        routes = frozenset().union(*states.routes)
        return Length(
            language,
            float(states.short.min()) / 60,
            float(shortest_complete) / 60,
            float(states.long.max()) / 60,
            self.decisions(states.path[int(states.long.argmax())]),
            len(routes) if self.routes_exact else self.least_routes,
            self.routes_exact,
            self.exact,
        )

    def decisions(self, path: NDArray[np.object_]) -> tuple[Decision, ...]:
        found = []
        for name, column in self.columns.items():
            question, given = self.form[name], path[column]
            if question.calculation is not None or given in (_DROPPED, _NOT_ASKED):
                continue
            found.append(Decision(name, question.label, _in_words(question, str(given))))
        return tuple(found)


def _last_uses(questions: list[Question]) -> dict[str, int]:
    """Return for each name that routing depends on where it is needed last."""
    uses: dict[str, int] = {}
    # Backwards, so that a calculate is known to be needed before its own sources are looked at.
    for at in range(len(questions) - 1, -1, -1):
        question = questions[at]
        names: frozenset[str] = question.route.names if question.route else frozenset()
        if question.calculation is not None and question.name in uses:
            names |= question.calculation.names
        for name in names:
            uses.setdefault(name, at)
    present: Mapping[str, object] = {question.name: None for question in questions}
    return {name: at for name, at in uses.items() if name in present}


def _with(states: _States, column: int, given: NDArray[np.object_]) -> _States:
    answers, path = states.answers.copy(), states.path.copy()
    answers[:, column] = given
    path[:, column] = given
    return replace(states, answers=answers, path=path)


def _extended(routes: frozenset[int], at: int) -> frozenset[int]:
    return frozenset(hash((route, at)) for route in routes)


def _in_words(question: Question, given: str) -> Text:
    labels = {choice.category.code: choice.category.label for choice in question.choices}
    if not labels:
        return _ANOTHER if given == "…" else Text(given, given)
    texts = [labels.get(code, Text(code, code)) for code in given.split()]
    return Text("; ".join(text.kk for text in texts), "; ".join(text.ru for text in texts))
