"""Russian plurals after numbers, and names of places after the preposition "в".

In: numbers and names in the nominative. Out: the forms that a sentence needs. Common nouns and
adjectives are declined by the dictionary of pymorphy3 (OpenCorpora); proper names by their ending,
since the dictionary reads names such as "Семей" as other words.
"""

import re
from functools import cache

from babel import Locale
from pymorphy3 import MorphAnalyzer
from pymorphy3.analyzer import Parse

# "во Владимире", "во Фрунзе" with a consonant after: two consonants of which the first is в or ф.
_VO = re.compile(r"[вф][бвгджзклмнпрстфхцчшщ]")
_ORDINAL = re.compile(r"(?P<number>\d+)-(?:й|ый|ий)$")
_VOWELS = "аеёиоуыэюя"


def plural(count: float, one: str, few: str, many: str) -> str:
    """Return the form of a noun after a number.

    Parameters
    ----------
    count : int or float
        The number; of a decimal the form is the one after 2.
    one, few, many : str
        As after 1, 2 and 5: ``вопрос``, ``вопроса``, ``вопросов``.

    Returns
    -------
    str
        One of the three (CLDR's plural rules).
    """
    forms = {"one": one, "few": few, "many": many}
    return forms.get(Locale("ru").plural_form(abs(count)), few)


def in_place(name: str) -> str:
    """Return a name of a place as it stands after "in".

    Parameters
    ----------
    name : str
        In the nominative: ``Астана``, ``Микрорайон Мынбулак``, ``14-й микрорайон``.

    Returns
    -------
    str
        Preposition and prepositional case: ``в Астане``, ``в микрорайоне Мынбулак``.
    """
    words = name.split()
    declined = [_proper(words[0])] if len(words) == 1 else _common(words)
    first = declined[0].lower()
    return f"{'во' if _VO.match(first) else 'в'} {' '.join(declined)}"


def _common(words: list[str]) -> list[str]:
    """Decline adjectives up to the first noun, and this; what follows names or explains it."""
    for at, word in enumerate(words):
        ordinal = _ORDINAL.match(word)
        if ordinal:
            words = [*words[:at], f"{ordinal['number']}-м", *words[at + 1 :]]
            continue
        parse = _nominative(word)
        if parse is None:
            # The noun is a proper name: nothing is known of it but its ending.
            return [*words[:at], *map(_proper, words[at:])]
        form = parse.inflect({"loct"})
        words = [*words[:at], form.word if form else word.lower(), *words[at + 1 :]]
        if parse.tag.POS == "NOUN":
            break
    return words


def _nominative(word: str) -> Parse | None:
    """Return a common noun or an adjective in the nominative as the dictionary knows it."""
    analyzer = _analyzer()
    if not analyzer.word_is_known(word):
        return None
    for parse in analyzer.parse(word):
        proper = {"Geox", "Name", "Surn", "Orgn", "Trad"} & parse.tag.grammemes
        if parse.tag.POS in ("NOUN", "ADJF") and parse.tag.case == "nomn" and not proper:
            return parse
    return None


@cache
def _analyzer() -> MorphAnalyzer:
    return MorphAnalyzer(lang="ru")


def _proper(name: str) -> str:
    """Decline a proper name by its ending; one in о, е, и, у, ы, э, ю stays as it is."""
    if name.endswith(("ия", "ий")):
        return f"{name[:-1]}и"
    if name.endswith(("а", "я", "й")):
        return f"{name[:-1]}е"
    if name.endswith("ь"):
        return f"{name[:-1]}и"
    if name[-1:].isalpha() and name[-1].lower() not in _VOWELS:
        return f"{name}е"
    return name
