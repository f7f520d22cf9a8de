"""Clauses about answers: what routing says, in pieces that can be put into words.

In: nothing; `tyndau.questionnaire.conditions` reads them from routing. Out: the kinds of clauses,
and how several are joined into one: conditions on the same question are merged, what holds always
is dropped.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tyndau.questionnaire.syntax import ComparisonOperator


@dataclass(frozen=True, slots=True)
class Always:
    """Holds for everybody, or for nobody.

    Attributes
    ----------
    holds : bool
        Which of the two.
    """

    holds: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """One of some answers was given to a closed question, or none of them.

    Attributes
    ----------
    question : str
        The question.
    codes : tuple of str
        The answers.
    positive : bool
        Whether one of them was given.
    given : bool
        For a negative clause: whether the question was answered nevertheless.
    """

    question: str
    codes: tuple[str, ...]
    positive: bool = True
    given: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """A question was answered, or not.

    Attributes
    ----------
    question : str
        The question.
    positive : bool
        Whether it was.
    """

    question: str
    positive: bool = True


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that was given, or the number of answers chosen, lies in a range.

    Attributes
    ----------
    question : str
        The question.
    operator : {"=", "!=", "<", "<=", ">", ">="}
        How it compares.
    value : float
        With what.
    chosen : bool
        Whether answers chosen are counted.
    to : float or None
        With ``>=``: the greatest number that belongs to it too.
    """

    question: str
    operator: ComparisonOperator
    value: float
    chosen: bool = False
    to: float | None = None


@dataclass(frozen=True, slots=True)
class Chance:
    """Chosen at random.

    Attributes
    ----------
    draw : str
        The calculate that says which part was drawn; empty where none does.
    parts : tuple of str
        Values of this calculate.
    positive : bool
        Whether it has one of these values, or none of them.
    """

    draw: str = ""
    parts: tuple[str, ...] = ()
    positive: bool = True


@dataclass(frozen=True, slots=True)
class Obscure:
    """Something that has no simple form."""


@dataclass(frozen=True, slots=True)
class Both:
    """All parts hold.

    Attributes
    ----------
    parts : tuple of Clause
        Two or more.
    """

    parts: tuple["Clause", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part holds.

    Attributes
    ----------
    parts : tuple of Clause
        Two or more.
    """

    parts: tuple["Clause", ...]


Clause = Always | Answer | Given | Amount | Chance | Obscure | Both | Either


def _flat(parts: Iterable[Clause], kind: type[Both] | type[Either]) -> list[Clause]:
    flat: list[Clause] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, kind) else (part,))
    return flat


def all_of(parts: Iterable[Clause]) -> Clause:
    """Join clauses by "and", merging those on the same question.

    Parameters
    ----------
    parts : iterable of Clause
        The clauses; none hold always.

    Returns
    -------
    Clause
        One clause.
    """
    return _joined(_flat(parts, Both), neutral=True)


def any_of(parts: Iterable[Clause]) -> Clause:
    """Join clauses by "or", merging those on the same question.

    Parameters
    ----------
    parts : iterable of Clause
        The clauses; none hold never.

    Returns
    -------
    Clause
        One clause.
    """
    return _joined(_flat(parts, Either), neutral=False)


def _joined(parts: list[Clause], *, neutral: bool) -> Clause:
    """Merge parts joined by "and" (where "holds always" is neutral) or by "or"."""
    kept: list[Clause] = []
    for part in parts:
        if isinstance(part, Always):
            if part.holds != neutral:
                return part
            continue
        for at, other in enumerate(kept):
            merged = _merged(other, part, conjunction=neutral)
            if merged is not None:
                kept[at] = merged
                break
        else:
            kept.append(part)
    if not kept:
        return Always(neutral)
    if len(kept) == 1:
        return kept[0]
    return Both(tuple(kept)) if neutral else Either(tuple(kept))


def _merged(first: Clause, second: Clause, *, conjunction: bool) -> Clause | None:
    """Return one clause that says what two say, where there is one."""
    if first == second:
        return first
    if isinstance(first, Answer) and isinstance(second, Answer):
        same = first.question == second.question and first.positive == second.positive
        # "a or b" is one clause, so is "neither a nor b"; "both a and b" of a multiple is not.
        if same and first.positive != conjunction:
            codes = tuple(dict.fromkeys(first.codes + second.codes))
            return replace(first, codes=codes, given=first.given or second.given)
        return None
    if isinstance(first, Chance) and isinstance(second, Chance):
        return _one_draw(first, second, conjunction=conjunction)
    if not conjunction:
        return None
    if isinstance(first, Amount) and isinstance(second, Amount):
        return _range(first, second)
    return _answered(first, second) or _answered(second, first)


def _answered(fact: Clause, other: Clause) -> Clause | None:
    """Merge that a question was answered with what the answer was."""
    if not isinstance(fact, Given) or not fact.positive:
        return None
    if isinstance(other, Answer) and other.question == fact.question:
        return replace(other, given=not other.positive)
    if isinstance(other, Amount) and other.question == fact.question:
        return other
    return None


def _one_draw(first: Chance, second: Chance, *, conjunction: bool) -> Chance | None:
    same = first.draw == second.draw and first.positive == second.positive
    if not same or first.positive == conjunction:
        return None
    return replace(first, parts=tuple(dict.fromkeys(first.parts + second.parts)))


def _range(first: Amount, second: Amount) -> Amount | None:
    if (first.question, first.chosen) != (second.question, second.chosen):
        return None
    low, high = (first, second) if first.operator == ">=" else (second, first)
    if low.operator != ">=" or high.operator != "<=" or low.to is not None:
        return None
    return replace(low, to=high.value)
