"""Places where a long word may be broken at the end of a line.

In: a text in Kazakh or Russian. Out: the same with soft hyphens, which are seen only where a line
breaks there. Narrow heads of tables need them: Word and PDF programs know no Kazakh hyphenation.
"""

import re

_VOWELS = "аәеёиоөуұүыіэюя"
_WORD = re.compile(r"[А-ЯЁӘҒҚҢӨҰҮҺІа-яёәғқңөұүһі]{8,}")
# A syllable begins with the last consonant before a vowel; signs stay with what they follow.
_BREAK = re.compile(
    rf"(?<=[{_VOWELS}йьъ])(?=[^{_VOWELS}ьъй][{_VOWELS}])|"
    rf"(?<=[^{_VOWELS}])(?=[^{_VOWELS}ьъй][{_VOWELS}])",
    re.IGNORECASE,
)
# Letters that stay at the beginning and at the end of a word.
_FIRST, _LAST = 3, 2


def soft_hyphens(text: str) -> str:
    """Let long words of a text be broken between syllables.

    Parameters
    ----------
    text : str
        The text.

    Returns
    -------
    str
        The text with soft hyphens (U+00AD) in words of eight letters and more, three letters at
        least from the beginning and two from the end.
    """
    return _WORD.sub(lambda match: _broken(match[0]), text)


def _broken(word: str) -> str:
    places = [
        found.start()
        for found in _BREAK.finditer(word)
        if _FIRST <= found.start() <= len(word) - _LAST
    ]
    pieces = [word[start:end] for start, end in zip([0, *places], [*places, None], strict=True)]
    return "\u00ad".join(pieces)
