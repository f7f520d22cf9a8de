"""Replacing names in texts, with their endings, and codes in expressions.

In: renamings. Out: `Replacer`, which turns a text of a language into one without the real names,
and finds those that are left. Russian names in -а are matched by their stem; any other name is
followed by its endings, which the made-up one takes as well.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from tyndau.fieldwork.fictional.names import Name, Renaming

# Shorter names are replaced as whole words only: too many words begin so.
_SHORTEST_STEM = 4
_PHONE = re.compile(r"(?:\+7|\b8)(?:[\s()-]*\d){10}\b")
_NO_PHONE = "+7 700 000 00 00"
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NO_ADDRESS = "study@example.org"


# Endings of Russian names: nominative, genitive, dative, accusative, instrumental, prepositional.
_HARD = ("", "а", "у", "", "ом", "е")
_ENDINGS = {
    "а": ("а", "ы", "е", "у", "ой", "е"),
    "я": ("я", "и", "е", "ю", "ей", "е"),
    "й": ("й", "я", "ю", "й", "ем", "е"),
    "ь": ("ь", "я", "ю", "ь", "ем", "е"),
}
_ADJECTIVE = "(?=(?:ин)?ск|[длт][ыі][қк])"
# Where a name in Latin letters begins: "aktobe" is not in "zhalpaktobe".
_LATIN = "(?<![A-Za-z])"
_ZONE = re.compile(r"\b(?:Asia|Europe)/\w+")
_Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]


class Replacer:
    """Replaces the real names of a study.

    Parameters
    ----------
    renamings : sequence of Renaming
        What stands for what.
    codes : mapping of str to str
        New codes by old ones.
    phrases : mapping of str to (str, str)
        Other texts to be replaced, such as the name of a foundation: in Kazakh and Russian.
    """

    def __init__(
        self,
        renamings: Sequence[Renaming],
        codes: Mapping[str, str],
        phrases: Mapping[str, tuple[str, str]],
    ) -> None:
        self._codes = dict(codes)
        self._phrases = sorted(phrases.items(), key=lambda pair: -len(pair[0]))
        self._rules = {language: _rules(renamings, language) for language in ("kk", "ru")}
        self._latin = [
            (re.compile(_LATIN + re.escape(one.real.code), re.IGNORECASE), one.made_up.code)
            for one in renamings
            if one.everywhere and one.real.code
        ]
        alternatives = "|".join(sorted(map(re.escape, self._codes), key=len, reverse=True))
        self._quoted = re.compile(rf"""(['"])({alternatives})\1""") if alternatives else None
        self._numbered = re.compile(rf"({alternatives})(?=[-_]\d+$)") if alternatives else None

    def text(self, text: str, language: str) -> str:
        """Replace the names in a text.

        Parameters
        ----------
        text : str
            The text of a cell or of a file.
        language : str
            ``kk`` or ``ru``: which spelling a name gets that both languages write alike.

        Returns
        -------
        str
            The text without real names, telephone numbers and addresses; a cell that holds a code
            gets the new code.
        """
        if text in self._codes:
            return self._codes[text]
        if _ZONE.fullmatch(text):
            return text
        if self._quoted and self._numbered:
            text = self._quoted.sub(
                lambda match: f"{match[1]}{self._codes[match[2]]}{match[1]}", text
            )
            text = self._numbered.sub(lambda match: self._codes[match[1]], text)
        for phrase, pair in self._phrases:
            text = text.replace(phrase, pair[language == "ru"])
        other = "ru" if language == "kk" else "kk"
        for pattern, replace in (*self._rules[language], *self._rules[other]):
            text = pattern.sub(replace, text)
        for pattern, code in self._latin:
            text = pattern.sub(code, text)
        return _ADDRESS.sub(_NO_ADDRESS, _PHONE.sub(_NO_PHONE, text))


def _rules(renamings: Sequence[Renaming], language: str) -> list[_Rule]:
    """Return what to look for in a language, the longest names first."""
    rules: list[_Rule] = []
    for one in sorted(renamings, key=lambda one: -len(getattr(one.real.text, language))):
        real, made_up = (getattr(name.text, language) for name in (one.real, one.made_up))
        if language == "ru" and len(real) >= _SHORTEST_STEM:
            rules.append(_declined(real, made_up, everywhere=one.everywhere))
        if real:
            whole = r"\b" if len(real) < _SHORTEST_STEM else ""
            stem = _parts(real)[0] if language == "ru" and not whole else real
            rules.append(
                (
                    re.compile(rf"\b{_spellings(stem, one.everywhere)}{whole}"),
                    _as_written(_parts(made_up)[0] if stem != real else made_up),
                )
            )
    return rules


def _declined(real: str, made_up: str, *, everywhere: bool) -> _Rule:
    """Return the rule that puts a Russian name into the case in which the real one stands."""
    stem, endings = _parts(real)
    other, others = _parts(made_up)
    # The later of two cases that sound alike is the commoner one after a preposition of place.
    case = dict(zip(endings, others, strict=True)) | {endings[0]: others[0]}
    ends = "|".join(sorted(filter(None, case), key=len, reverse=True))
    optional = "?" if "" in case else ""
    pattern = rf"\b(?P<stem>{_spellings(stem, everywhere)})(?P<end>(?:{ends}){optional})\b"
    write = _as_written(other)

    def replace(match: re.Match[str]) -> str:
        ending = case.get(match["end"].casefold(), "")
        return write(match) + (ending.upper() if match["stem"].isupper() else ending)

    return re.compile(pattern), replace


def _parts(name: str) -> tuple[str, tuple[str, ...]]:
    """Return the stem of a Russian name and its endings, from the nominative on."""
    for last, endings in _ENDINGS.items():
        if name.casefold().endswith(last):
            return name[: len(name) - len(last)], endings
    if name.casefold()[-1:] in "оуыиеэюё":
        return name, ("",) * len(_HARD)
    return name, _HARD


def _spellings(stem: str, everywhere: bool) -> str:
    """Return a pattern of a stem: as a name, in capitals, and in small letters where it may be."""
    forms = [re.escape(form) for form in (stem, stem.upper())]
    # In small letters it is a name only in adjectives: «тараздық», "таразский".
    forms += [re.escape(stem.lower()) + _ADJECTIVE] if everywhere else []
    return f"(?:{'|'.join(forms)})"


def _as_written(made_up: str) -> Callable[[re.Match[str]], str]:
    def replace(match: re.Match[str]) -> str:
        found = match.groupdict().get("stem") or match[0]
        if found.isupper() and len(found) > 1:
            return made_up.upper()
        return made_up.lower() if found[0].islower() else made_up

    return replace


def real_name_in(text: str, names: Sequence[Name]) -> str:
    """Find a real name that is left in a text.

    Parameters
    ----------
    text : str
        The text.
    names : sequence of Name
        What must not stand in it.

    Returns
    -------
    str
        The name as it stands there; empty if there is none. A time zone is no place name.
    """
    searched = _ZONE.sub("", text)
    for name in names:
        for spelt in (name.text.kk, name.text.ru, name.code):
            if not spelt:
                continue
            stem = spelt[:-1] if len(spelt) > _SHORTEST_STEM and spelt[-1] in "аяйь" else spelt
            whole = r"\b" if len(spelt) < _SHORTEST_STEM else ""
            flags = re.IGNORECASE if spelt == name.code else 0
            # Within a longer word too, such as «НовоТараз»: better one refusal too many.
            begins = _LATIN if spelt == name.code else whole
            match = re.search(rf"{begins}{re.escape(stem)}{whole}", searched, flags)
            if match:
                return match[0]
    return ""
