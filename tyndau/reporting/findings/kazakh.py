"""Findings in Kazakh.

In: a fact. Out: its sentence. Suffixes stand on numbers, percentages and names of places in
harmony with how they are read; groups and answers are quoted before a noun that takes the suffix.
"""

from collections.abc import Callable, Sequence
from functools import singledispatch

from tyndau.base.grammar.kazakh import Case, number_with_case, with_case
from tyndau.base.languages import Text
from tyndau.reporting.findings import model, wording

_LANGUAGE = "kk"
_AND = "және"
_THAN_REST = "қалған респонденттерге қарағанда"


@singledispatch
def sentence(fact: object) -> str:
    """Say a fact in Kazakh.

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
    raise TypeError(f"no Kazakh sentence for {type(fact).__name__}")


@sentence.register
def _(fact: model.Leaders) -> str:
    if fact.several:
        shares = (*fact.first, *fact.then)
        noun = "жауабы" if len(shares) == 1 else "жауаптары"
        return f"Ең жиі {_shares(shares)} {noun} таңдалды."
    labels = wording.together([_label(one) for one in fact.first], _AND)
    share = _percent(fact.first[0].value)
    each = f"әрқайсысы {share}" if len(fact.first) > 1 else share
    said = f"Ең жиі берілген {'жауаптар' if len(fact.first) > 1 else 'жауап'} — {labels} ({each})"
    if fact.then:
        said += f"; одан кейін {_shares(fact.then)} тұр"
    return f"{said}."


@sentence.register
def _(fact: model.Asides) -> str:
    parts = [
        f"{number_with_case(_percent(one.value), 'possessive')} {_label(one)}"
        for one in fact.shares
    ]
    said = []
    if parts:
        said.append(f"{', '.join(parts)} деп жауап берді")
    if fact.refused is not None:
        share = number_with_case(_percent(fact.refused), "possessive")
        said.append(f"{share} жауап беруден бас тартты")
    if fact.empty is not None:
        share = number_with_case(_percent(fact.empty), "possessive")
        said.append(f"{share} сұраққа жауап бермеді")
    return f"Респонденттердің {'; '.join(said)}."


@sentence.register
def _(fact: model.Sides) -> str:
    first, *others = [_side(side) for side in fact.sides]
    words, share = first
    verb = "қойды" if fact.sides[0].scores else "берді"
    said = ", ".join([f"{words} респонденттердің {share}", *(" ".join(one) for one in others)])
    scale = (
        f"{number_with_case(_score(fact.lowest), 'ablative')} "
        f"{number_with_case(_score(fact.highest), 'dative')} дейінгі шкала бойынша"
    )
    return f"{wording.capital(said)} {verb}; {scale} орташа балл — {_mean(fact.mean)}."


def _side(side: model.Side) -> tuple[str, str]:
    if side.scores:
        words = [_score(one) for one in side.scores]
        noun = "деген баға" if len(words) == 1 else "деген бағалар"
    else:
        words = [wording.label(one, _LANGUAGE) for one in side.labels]
        noun = "деген жауап" if len(words) == 1 else "деген жауаптар"
    share = number_with_case(_percent(side.value), "possessive")
    return f"{wording.together(words, _AND)} {with_case(noun, 'accusative')}", share


@sentence.register
def _(fact: model.Mean) -> str:
    return f"Орташа мән — {_mean(fact.value)}."


@sentence.register
def _(fact: model.Deviation) -> str:
    of_mean = fact.answer is None
    value = _mean if of_mean else _percent
    more, less = ("жоғары", "төмен") if of_mean else ("жиірек", "сирегірек")
    verb = "" if of_mean else " таңдалады" if fact.several else " беріледі"
    if fact.answer is None:
        what = "орташа балл"
    else:
        what = f"{wording.label(fact.answer, _LANGUAGE)} жауабы"
    first, then = (more, less) if fact.higher else (less, more)
    columns, others = (fact.higher, fact.lower) if fact.higher else (fact.lower, ())
    said = f"{what} {_columns(columns, value)} {_THAN_REST} {first}"
    if others:
        said += f", ал {_columns(others, value)} {then}"
    return f"{fact.by.say(_LANGUAGE)} бойынша: {said}{verb}; жалпы көрсеткіш — {value(fact.total)}."


@sentence.register
def _(fact: model.Pair) -> str:
    value = _mean if fact.answer is None else _percent
    high = _columns((fact.high,), value)
    low = _columns((fact.low,), value, of_rest=True)
    if fact.answer is None:
        said = f"орташа балл {high} {low} қарағанда жоғары"
    else:
        verb = "таңдалады" if fact.several else "беріледі"
        answer = wording.label(fact.answer, _LANGUAGE)
        said = f"{answer} жауабы {high} {low} қарағанда жиірек {verb}"
    return f"{fact.by.say(_LANGUAGE)} бойынша: {said}."


@sentence.register
def _(fact: model.More) -> str:
    counts = ", ".join(f"«{by.say(_LANGUAGE)}» — {count}" for by, count in fact.counts)
    return (
        "Кестелерде қалған респонденттерден мәнді айырмашылықтың басқа да жағдайлары белгіленген: "
        f"{counts}."
    )


@sentence.register
def _(fact: model.NoDifference) -> str:
    return f"{_by(fact.by)} бойынша мәнді айырмашылық табылған жоқ."


@sentence.register
def _(fact: model.Untested) -> str:
    return f"{_by(fact.by)} бойынша айырмашылық тексерілмеді: топтар тым шағын."


@sentence.register
def _(fact: model.LowBase) -> str:
    asked = f"Сұрақ небәрі {fact.count} респондентке қойылды"
    return f"{asked}, сондықтан үлестер шамамен ғана алынады."


def _by(titles: Sequence[Text]) -> str:
    said = wording.together([f"«{title.say(_LANGUAGE)}»" for title in titles], _AND)
    return f"{said} {'белгісі' if len(titles) == 1 else 'белгілері'}"


def _columns(
    columns: Sequence[model.Column], value: Callable[[float], str], *, of_rest: bool = False
) -> str:
    """Name columns with their values: places by their names, others as groups.

    In the locative; in the dative where something is compared with them.
    """
    case: Case = "dative" if of_rest else "locative"
    places = [
        f"{with_case(one.label.say(_LANGUAGE), case)} ({value(one.value)})"
        for one in columns
        if one.place
    ]
    groups = [one for one in columns if not one.place]
    ending = "на" if of_rest else "нда"
    if len(groups) == 1:
        only = groups[0]
        label = wording.label(only.label, _LANGUAGE)
        places.append(f"{label} тобы{ending} ({value(only.value)})")
    elif groups:
        said = [f"{wording.label(one.label, _LANGUAGE)} ({value(one.value)})" for one in groups]
        places.append(f"{wording.together(said, _AND)} топтары{ending}")
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
