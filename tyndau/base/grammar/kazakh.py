"""Kazakh suffixes in harmony with words, names of places and numbers.

In: a word in its basic form, or a number as it is written. Out: the same with the suffix of a case.
A suffix has up to six forms: its vowel follows the last vowel of the word, its first consonant the
last sound. Numbers take the suffix of the word by which they are read: 6 is "алты", 40 "қырық",
2,10 ends in "он", a percent sign is "пайыз".

Source: Қазақ грамматикасы (Астана, 2002), фонетика and зат есімнің септелуі.
"""

import re
from collections.abc import Mapping
from typing import Literal

Case = Literal["genitive", "dative", "accusative", "locative", "ablative", "possessive"]
Sound = Literal["vowel", "nasal", "glide", "sibilant", "voiceless"]

_BACK = frozenset("аоұыяё")
_FRONT = frozenset("әеөүіэ")
# Written alike in both rows: the vowel before decides.
_EITHER = frozenset("июу")
_SOUNDS: Mapping[Sound, frozenset[str]] = {
    "vowel": frozenset("аәеоөұүыіёэя"),
    "nasal": frozenset("мнң"),
    # What "и" and "у" end with is a consonant: су, суға, судың.
    "glide": frozenset("рлйиую"),
    "sibilant": frozenset("зж"),
    # Final voiced stops are pronounced voiceless: Түркісіб, Түркісібте.
    "voiceless": frozenset("кқпстфхһцчшщбвгд"),
}
# By case and last sound; "A" is the open vowel (а, е), "I" the close one (ы, і).
_SUFFIXES: Mapping[Case, Mapping[Sound, str]] = {
    "genitive": {
        "vowel": "нIң", "nasal": "нIң", "glide": "дIң", "sibilant": "дIң", "voiceless": "тIң",
    },
    "dative": {
        "vowel": "ғA", "nasal": "ғA", "glide": "ғA", "sibilant": "ғA", "voiceless": "қA",
    },
    "accusative": {
        "vowel": "нI", "nasal": "дI", "glide": "дI", "sibilant": "дI", "voiceless": "тI",
    },
    "locative": {
        "vowel": "дA", "nasal": "дA", "glide": "дA", "sibilant": "дA", "voiceless": "тA",
    },
    "ablative": {
        "vowel": "дAн", "nasal": "нAн", "glide": "дAн", "sibilant": "дAн", "voiceless": "тAн",
    },
    "possessive": {
        "vowel": "сI", "nasal": "I", "glide": "I", "sibilant": "I", "voiceless": "I",
    },
}  # fmt: skip
# After the possessive of the third person: орталығы, орталығында.
_AFTER_POSSESSIVE: Mapping[Case, str] = {
    "genitive": "нIң",
    "dative": "нA",
    "accusative": "н",
    "locative": "ндA",
    "ablative": "нAн",
}
# Nouns that stand in names of places after what the place is named by, in the possessive.
_POSSESSIVE = re.compile(
    r"(?:орталығы|маңы|ауданы|алабы|алаптары|аймағы|ауылы|қаласы|кенті|көшесі|даңғылы|бөлігі|"
    r"жағы|шеті|іші|тұсы|округі|облысы|станциясы|бекеті|массиві|саяжайы|қонысы|ықшамауданы)$"
)

ONES = ("нөл", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз")
TENS = (
    "", "он", "жиырма", "отыз", "қырық", "елу", "алпыс", "жетпіс", "сексен", "тоқсан",
)  # fmt: skip
_POWERS = ((9, "миллиард"), (6, "миллион"), (3, "мың"), (2, "жүз"))
_PERCENT = "пайыз"


def with_case(word: str, case: Case) -> str:
    """Return a word or name with the suffix of a case.

    Parameters
    ----------
    word : str
        In its basic form; of several words the last takes the suffix.
    case : {"genitive", "dative", "accusative", "locative", "ablative", "possessive"}
        Which; "possessive" is that of the third person.

    Returns
    -------
    str
        For example ``Ақтөбеде``, ``Мыңбұлақ шағынауданында``.
    """
    return f"{word}{_suffix(word, case)}"


def number_with_case(number: str, case: Case) -> str:
    """Return a number with the suffix of a case after a hyphen.

    Parameters
    ----------
    number : str
        As written: ``40``, ``2,5``, ``1 200``, ``51 %``; digits after a comma are read
        as one number.
    case : {"genitive", "dative", "accusative", "locative", "ablative", "possessive"}
        Which.

    Returns
    -------
    str
        For example ``40-қа``, ``2,5-тен``, ``51 %-ы``.
    """
    return f"{number}-{_suffix(_read(number), case)}"


def _read(number: str) -> str:
    """Return the last word by which a number is read."""
    digits = re.sub(r"[\s\u00a0\u202f]", "", number).lstrip("-\u2212")
    if digits.endswith("%"):
        return _PERCENT
    whole = digits.partition(",")[2] or digits
    if not whole.isdecimal():
        raise ValueError(f"{number!r} is not a number as it is written in Kazakh")
    value = int(whole)
    if not value or value % 10:
        return ONES[value % 10]
    if value % 100:
        return TENS[value % 100 // 10]
    return next(word for power, word in _POWERS if value % 10**power == 0)


def _suffix(word: str, case: Case) -> str:
    lowered = word.lower()
    if _POSSESSIVE.search(lowered) and case in _AFTER_POSSESSIVE:
        pattern = _AFTER_POSSESSIVE[case]
    else:
        pattern = _SUFFIXES[case][_last_sound(lowered)]
    # "Су" (water) at the end of a name keeps its own row: Көксу, Көксуға.
    back = _is_back("су" if word[:1].isupper() and lowered.endswith("су") else lowered)
    suffix = pattern.replace("A", "а" if back else "е").replace("I", "ы" if back else "і")
    if not back:
        suffix = suffix.replace("ғ", "г").replace("қ", "к")
    return suffix


def _last_sound(word: str) -> Sound:
    letters = [letter for letter in word if letter.isalpha() and letter not in "ьъ"]
    return next(
        (sound for sound, of_sound in _SOUNDS.items() if letters and letters[-1] in of_sound),
        "voiceless",
    )


def _is_back(word: str) -> bool:
    """Tell in which row of harmony the last syllable stands."""
    for letter in reversed(word):
        if letter in _BACK:
            return True
        if letter in _FRONT:
            return False
    # No vowel but such as stand in both rows: қ and ғ belong to the back one, as does "су".
    return bool(set(word) & set("қғ")) or "у" in word
