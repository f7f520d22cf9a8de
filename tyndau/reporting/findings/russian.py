"""Findings in Russian.

In: a fact. Out: its sentence. Numbers stand after a dash or in brackets, so that no verb has to
agree with a percentage; places are declined, groups and answers are quoted after a noun that is.
"""

from collections.abc import Callable, Sequence
from functools import singledispatch

from tyndau.base.grammar.russian import in_place, plural
from tyndau.base.languages import Text
from tyndau.reporting.findings import model, wording

_LANGUAGE = "ru"
_AND = "и"


@singledispatch
def sentence(fact: object) -> str:
    """Say a fact in Russian.

    Parameters
    ----------
    fact : Fact
        One of the facts of `tyndau.reporting.findings.model`.

    Returns
    -------
    str
        One sentence.

    Raises
    ------
    TypeError
        If there is no sentence for this kind of fact.
    """
    raise TypeError(f"no Russian sentence for {type(fact).__name__}")


@sentence.register
def _(fact: model.Leaders) -> str:
    if fact.several:
        shares = (*fact.first, *fact.then)
        return f"Чаще всего выбирали {'ответ' if len(shares) == 1 else 'ответы'} {_shares(shares)}."
    labels = wording.together([_label(one) for one in fact.first], _AND)
    share = wording.percent(fact.first[0].value, _LANGUAGE)
    said = f"Чаще всего отвечали {labels} — {'по ' if len(fact.first) > 1 else ''}{share}"
    if fact.then:
        said += f"; далее — {_shares(fact.then)}"
    return f"{said}."


@sentence.register
def _(fact: model.Asides) -> str:
    shares = [f"{_label(one)} — у {wording.percent(one.value, _LANGUAGE)}" for one in fact.shares]
    parts = []
    if shares:
        parts.append(f"ответ {', '.join(shares)}")
    if fact.refused is not None:
        parts.append(f"отказались отвечать {wording.percent(fact.refused, _LANGUAGE)} опрошенных")
    if fact.empty is not None:
        parts.append(f"вопрос остался без ответа у {wording.percent(fact.empty, _LANGUAGE)}")
    return f"{wording.capital('; '.join(parts))}."


@sentence.register
def _(fact: model.Sides) -> str:
    sides = wording.capital(", ".join(_side(side) for side in fact.sides))
    scale = f"от {_score(fact.lowest)} до {_score(fact.highest)}"
    return f"{sides}; средний балл — {_mean(fact.mean)} по шкале {scale}."


def _side(side: model.Side) -> str:
    if side.scores:
        words = [_score(one) for one in side.scores]
        noun = "оценка" if len(words) == 1 else "оценки"
    else:
        words = [wording.label(one, _LANGUAGE) for one in side.labels]
        noun = "ответ" if len(words) == 1 else "ответы"
    share = wording.percent(side.value, _LANGUAGE)
    return f"{noun} {wording.together(words, _AND)} — {share}"


@sentence.register
def _(fact: model.Mean) -> str:
    return f"Среднее значение — {_mean(fact.value)}."


@sentence.register
def _(fact: model.Deviation) -> str:
    verb = "выбирают" if fact.several else "дают"
    if fact.answer is None:
        what, more, less, verb = "средний балл", "выше", "ниже", ""
    else:
        what = f"ответ {wording.label(fact.answer, _LANGUAGE)}"
        more, less = "чаще", "реже"
    value = _mean if fact.answer is None else _percent
    first, then = (more, less) if fact.higher else (less, more)
    columns, others = (fact.higher, fact.lower) if fact.higher else (fact.lower, ())
    said = " ".join(
        word
        for word in (what, f"{first}, чем среди остальных,", verb, _columns(columns, value))
        if word
    )
    if others:
        said += f", {then} — {_columns(others, value)}"
    return f"{fact.by.say(_LANGUAGE)}: {said}; в целом — {value(fact.total)}."


@sentence.register
def _(fact: model.Pair) -> str:
    value = _mean if fact.answer is None else _percent
    high, low = _columns((fact.high,), value), _columns((fact.low,), value)
    if fact.answer is None:
        said = f"средний балл {high} выше, чем {low}"
    else:
        verb = "выбирают" if fact.several else "дают"
        said = f"ответ {wording.label(fact.answer, _LANGUAGE)} {high} {verb} чаще, чем {low}"
    return f"{fact.by.say(_LANGUAGE)}: {said}."


@sentence.register
def _(fact: model.More) -> str:
    counts = ", ".join(f"«{by.say(_LANGUAGE)}» — {count}" for by, count in fact.counts)
    return f"В таблицах отмечены и другие значимые отличия от остальных: {counts}."


@sentence.register
def _(fact: model.NoDifference) -> str:
    return f"Значимых различий по {_by(fact.by)} не обнаружено."


@sentence.register
def _(fact: model.Untested) -> str:
    return f"По {_by(fact.by)} различия не проверялись: группы слишком малы."


@sentence.register
def _(fact: model.LowBase) -> str:
    noun = plural(fact.count, "респонденту", "респондентам", "респондентам")
    return f"Вопрос задан всего {fact.count} {noun}, поэтому доли приблизительны."


def _by(titles: Sequence[Text]) -> str:
    noun = "признаку" if len(titles) == 1 else "признакам"
    said = [f"«{title.say(_LANGUAGE)}»" for title in titles]
    return f"{noun} {wording.together(said, _AND)}"


def _columns(columns: Sequence[model.Column], value: Callable[[float], str]) -> str:
    """Name columns with their values: places by their names, others as groups."""
    places = [
        f"{in_place(one.label.say(_LANGUAGE))} ({value(one.value)})" for one in columns if one.place
    ]
    groups = [
        f"{wording.label(one.label, _LANGUAGE)} ({value(one.value)})"
        for one in columns
        if not one.place
    ]
    if groups:
        noun = "группе" if len(groups) == 1 else "группах"
        places.append(f"в {noun} {wording.together(groups, _AND)}")
    return wording.together(places, _AND)


def _label(share: model.Share) -> str:
    return wording.label(share.label, _LANGUAGE)


def _shares(shares: Sequence[model.Share]) -> str:
    return wording.with_shares(shares, _LANGUAGE, _AND)


def _percent(value: float) -> str:
    return wording.percent(value, _LANGUAGE)


def _mean(value: float) -> str:
    return wording.mean(value, _LANGUAGE)


def _score(value: float) -> str:
    return wording.score(value, _LANGUAGE)
