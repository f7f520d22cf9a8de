"""Real names and what stands in their place: made-up ones that take the same endings.

In: the names of a study's city and territories. Out: `Renaming` by name. Made-up names stand in
``data/made-up-names.csv``, looked up in gazetteers and public text so that none is a real place;
cities and regions of Kazakhstan stand in ``data/real-places.csv``. A name gets one whose last
letter takes the same Kazakh suffixes (harmony, voice) and the same Russian declension, so that
endings in running text stay right.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tyndau.base.languages import Text

_BACK, _FRONT = "аоұыуяё", "әөүіеэиь"
_VOWELS = _BACK + _FRONT + "ю"

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a place.

    Attributes
    ----------
    text : Text
        In both languages.
    code : str
        In Latin letters, as codes of data have it.
    """

    text: Text
    code: str


@dataclass(frozen=True, slots=True)
class Renaming:
    """A real name and the made-up one in its place.

    Attributes
    ----------
    real, made_up : Name
        Both names.
    everywhere : bool
        Whether the name is replaced inside words of any case too, as in "taraz.gov" or «тараздық»;
        names of territories are often common words otherwise.
    """

    real: Name
    made_up: Name
    everywhere: bool


@cache
def _read(name: str) -> tuple[Name, ...]:
    source = files("tyndau.fieldwork.fictional") / "data" / f"{name}.csv"
    rows = csv.DictReader(source.read_text("utf-8").splitlines())
    return tuple(Name(Text(row["kk"], row["ru"]), row["code"]) for row in rows)


@cache
def _common() -> frozenset[str]:
    """Return words of labels that name nothing: kinds of places, directions, parts."""
    source = files("tyndau.fieldwork.fictional") / "data" / "common-words.txt"
    return frozenset(source.read_text("utf-8").split())


def real_places() -> tuple[Name, ...]:
    """Return the cities and regions that are known to be real.

    Returns
    -------
    tuple of Name
        In the order of the file.
    """
    return _read("real-places")


def proper_names(label: Text) -> list[Text]:
    """Return what of a label is a name.

    Parameters
    ----------
    label : Text
        Such as «Бұлақ ауылы», «село Булак».

    Returns
    -------
    list of Text
        Pairs of names, such as «Бұлақ», «Булак»; none where it names nothing.
    """
    kk, ru = (_capitalised(text) for text in (label.kk, label.ru))
    if len(kk) == len(ru):
        return [Text(one, other) for one, other in zip(kk, ru, strict=True)]
    # What only one language writes with a capital is no name: «Теміржол вокзалы».
    return [Text(" ".join(kk), " ".join(ru))] if kk and ru else []


def _capitalised(text: str) -> list[str]:
    return [
        word
        for word in _WORD.findall(text)
        if word[0].isupper() and word.casefold() not in _common() and len(word) > 2
    ]


def rename(known: Iterable[tuple[Name, bool]]) -> Iterator[Renaming]:
    """Give each real name a made-up one, each made-up one once.

    Parameters
    ----------
    known : iterable of (Name, bool)
        Real names, and whether they are replaced everywhere.

    Yields
    ------
    Renaming
        One a different name; where none that takes its endings is left, the next one.

    Raises
    ------
    ValueError
        If there are more names than made-up ones.
    """
    known = list(known)
    real_ones = tuple({name for real, _ in known for name in (real.text.kk, real.text.ru)} - {""})
    # One that begins with a real name would be taken for it.
    left = [one for one in _read("made-up-names") if not one.text.ru.startswith(real_ones)]
    left = [one for one in left if not one.text.kk.startswith(real_ones)]
    given: dict[Text, Name] = {}
    for real, everywhere in known:
        if real.text not in given:
            if not left:
                raise ValueError("there are more real names than made-up ones")
            given[real.text] = min(left, key=lambda one: (_unlike(real, one), left.index(one)))
            left.remove(given[real.text])
        yield Renaming(real, given[real.text], everywhere)


def _unlike(real: Name, other: Name) -> int:
    """Count in what the endings of two names differ; spelling alike in both languages counts."""
    same_spelling = (real.text.kk == real.text.ru) == (other.text.kk == other.text.ru)
    return (
        4 * (_kazakh(real.text.kk) != _kazakh(other.text.kk))
        + 2 * (_russian(real.text.ru) != _russian(other.text.ru))
        + (not same_spelling)
    )


def _kazakh(word: str) -> Sequence[object]:
    """Return what decides which suffixes follow a Kazakh word."""
    letters = word.casefold()
    vowels = [letter for letter in letters if letter in _VOWELS]
    last = letters[-1:]
    if last in _VOWELS:
        ending = "vowel"
    elif last in "мнң":
        ending = "nasal"
    elif last in "лзжбвгд":
        ending = "l"
    elif last in "рйу":
        ending = "r"
    else:
        ending = "voiceless"
    return ending, bool(vowels) and vowels[-1] in _FRONT


def _russian(word: str) -> str:
    last = word.casefold()[-1:]
    if last in "ая":
        return "a"
    return "indeclinable" if last in "оуыиеэюё" else last if last in "йь" else "consonant"
