"""Languages: pairs of texts, messages said in a language, numbers written in a language.

In: texts in Kazakh and Russian, English message templates. Out: strings in the language that
the caller names; there is no current language, the language is always an argument. A text that
is missing in a language is replaced visibly, never silently. Templates are written in English
in the code, marked with ``N_``, and translated in ``tyndau/locale/LANG.po`` (gettext, read by
Babel; no compiled file is kept).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from babel.messages.pofile import read_po
from babel.numbers import format_decimal

CONTENT_LANGUAGES = ("kk", "ru")
INTERFACE_LANGUAGES = ("kk", "ru", "en")

# Kazakh letters stand out of order in Unicode; this is the order of the Kazakh alphabet, which
# holds the Russian one.
_ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
_RANK = {letter: rank for rank, letter in enumerate(_ALPHABET)}
_DASHES = ("", "-", "–", "—")
# What no document may hold: characters that XML forbids. Word keeps its own hyphens and line ends
# there, and they come along with copied text.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MEANT = {"\x0b": " ", "\x0c": " ", "\x1e": "-"}


def N_(template: str) -> str:  # noqa: N802 - the name that gettext tools look for
    """Mark a template for extraction into the catalogues and return it unchanged.

    Parameters
    ----------
    template : str
        English text with named placeholders, such as ``"{count} rows"``.

    Returns
    -------
    str
        The same text.
    """
    return template


def without_dash(text: str) -> str:
    """Return a text; nothing where only a dash stands in the place of one.

    Parameters
    ----------
    text : str
        As written; people put a dash, which Excel may lengthen, where a translation is to come.

    Returns
    -------
    str
        The text, or the empty text.
    """
    return "" if text.strip() in _DASHES else text


@cache
def _catalogue(language: str) -> Mapping[str, str]:
    """Return what is translated into a language, by its English; nothing that is in doubt."""
    if language not in INTERFACE_LANGUAGES:
        raise ValueError(f"language {language!r} is not one of {INTERFACE_LANGUAGES}")
    if language == "en":
        return {}
    source = files("tyndau") / "locale" / language / "tyndau.po"
    with source.open("rb") as stream:
        catalogue = read_po(stream, locale=language)
    return {
        one.id: one.string
        for one in catalogue
        if isinstance(one.id, str) and isinstance(one.string, str) and one.string and not one.fuzzy
    }


@dataclass(frozen=True, slots=True)
class Text:
    """What people read, in Kazakh and in Russian; either may be empty until it is written.

    Attributes
    ----------
    kk : str
        Kazakh.
    ru : str
        Russian.
    """

    kk: str = ""
    ru: str = ""

    def say(self, language: str) -> str:
        """Return the text in a language, or the other language's text marked as such.

        Parameters
        ----------
        language : str
            ``kk``, ``ru`` or ``en``; English readers get the Russian text.

        Returns
        -------
        str
            The text; where it is missing, the other one followed by its language in brackets.
        """
        wanted, other = (self.kk, self.ru) if language == "kk" else (self.ru, self.kk)
        if wanted or not other:
            return _allowed(wanted)
        return _allowed(f"{other} [{'ru' if language == 'kk' else 'kk'}]")

    @property
    def missing(self) -> tuple[str, ...]:
        """Languages of the content in which the text is empty."""
        return tuple(code for code in CONTENT_LANGUAGES if not getattr(self, code).strip())


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence of ours with its values, to be said later in any language.

    Attributes
    ----------
    template : str
        English text marked with ``N_``; placeholders in braces.
    values : mapping of str to object
        What the placeholders hold. Texts and messages are said in the language asked for.
    """

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def say(self, language: str) -> str:
        """Return the sentence in a language.

        Parameters
        ----------
        language : str
            ``kk``, ``ru`` or ``en``.

        Returns
        -------
        str
            The translated template with its values filled in.
        """
        known = _catalogue(language) if self.template else {}
        translated = known.get(self.template, self.template)
        if not self.values:
            return translated
        return translated.format_map(
            {name: say(value, language) for name, value in self.values.items()}
        )


@dataclass(frozen=True, slots=True)
class Number:
    """A number inside a message, with the separators of the language that it is said in.

    Attributes
    ----------
    value : float
        The number.
    decimals : int
        Digits after the decimal separator, 0 or more.
    """

    value: float
    decimals: int = 0

    def say(self, language: str) -> str:
        """Return the number in a language.

        Parameters
        ----------
        language : str
            ``kk``, ``ru`` or ``en``.

        Returns
        -------
        str
            For example ``2,5`` in Russian and Kazakh.
        """
        return number(self.value, language, decimals=self.decimals)


Sayable = Text | Message | Number | str


def say(value: object, language: str) -> str:
    """Return any value as a string in a language.

    Parameters
    ----------
    value : object
        A `Text`, `Message` or `Number` is said; a list or tuple is joined by commas; anything else
        is turned into a string. Characters that no document may hold are left out.
    language : str
        ``kk``, ``ru`` or ``en``.

    Returns
    -------
    str
        The value in words.
    """
    if isinstance(value, (Text, Message, Number)):
        return value.say(language)
    if isinstance(value, (list, tuple)):
        return ", ".join(say(item, language) for item in value)
    return _allowed(str(value))


def _allowed(text: str) -> str:
    """Return a text without characters that no document may hold."""
    return _FORBIDDEN.sub(lambda found: _MEANT.get(found[0], ""), text)


def number(value: float, language: str, *, decimals: int = 0) -> str:
    """Write a number with the separators of a language.

    Parameters
    ----------
    value : float
        The number.
    language : str
        ``kk``, ``ru`` or ``en``.
    decimals : int, default 0
        Digits after the decimal separator, 0 or more.

    Returns
    -------
    str
        For example ``1 234,5`` in Russian and Kazakh.
    """
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, format=pattern, locale=language)


def alphabetical(words: Iterable[str]) -> list[str]:
    """Sort words by the Kazakh alphabet, which holds the Russian one.

    Parameters
    ----------
    words : iterable of str
        Words in Kazakh or Russian; other letters come after, in code-point order.

    Returns
    -------
    list of str
        The words in order.
    """
    return sorted(
        words,
        key=lambda word: [(_RANK.get(letter, 100), letter) for letter in word.casefold()],
    )
