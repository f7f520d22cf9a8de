"""What the sentences of both languages share: labels in quotation marks, numbers, lists.

In: labels and values. Out: strings. A long label loses what stands in brackets, so that a sentence
can be read in one breath; the table beside it has the label whole.
"""

import re
from collections.abc import Sequence

from tyndau.base.languages import Text, number
from tyndau.reporting.findings.model import Share
from tyndau.reporting.volume import MEAN_DECIMALS

# Labels longer than this are said without their brackets.
_LONG = 60
_BRACKETS = re.compile(r"\s*\([^()]*\)")
# A space within a number, at which no line ends.
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_INNER = str.maketrans({"«": "„", "»": "“"})


def label(text: Text, language: str) -> str:
    """Quote an answer or a group as a sentence names it.

    Parameters
    ----------
    text : Text
        The label.
    language : str
        ``kk`` or ``ru``.

    Returns
    -------
    str
        In angle quotation marks; those inside become inner ones.
    """
    said = text.say(language).strip().rstrip(".")
    if len(said) > _LONG:
        said = _BRACKETS.sub("", said) or said
    whole = _THOUSANDS.sub("\u00a0", said)
    return f"«{whole.translate(_INNER)}»"


def percent(value: float, language: str) -> str:
    """Write a percentage as tables show it.

    Parameters
    ----------
    value : float
        0 to 100.
    language : str
        ``kk`` or ``ru``.

    Returns
    -------
    str
        Such as ``51 %``, with a space that does not break.
    """
    return f"{number(value, language)}\u00a0%"


def mean(value: float, language: str) -> str:
    """Write a mean as tables show it.

    Parameters
    ----------
    value : float
        Any number.
    language : str
        ``kk`` or ``ru``.

    Returns
    -------
    str
        Such as ``2,11``, with a real minus.
    """
    return number(value, language, decimals=MEAN_DECIMALS).replace("-", "\u2212")


def score(value: float, language: str) -> str:
    """Write a score: whole where it is.

    Parameters
    ----------
    value : float
        The score.
    language : str
        ``kk`` or ``ru``.

    Returns
    -------
    str
        Such as ``5`` or ``2,5``.
    """
    decimals = 0 if float(value).is_integer() else 1
    return number(value, language, decimals=decimals).replace("-", "\u2212")


def with_shares(shares: Sequence[Share], language: str, conjunction: str) -> str:
    """List answers with their percentages.

    Parameters
    ----------
    shares : sequence of Share
        One at least.
    language : str
        ``kk`` or ``ru``.
    conjunction : str
        What stands before the last.

    Returns
    -------
    str
        Such as ``«A» (57 %), «B» (53 %) и «C» (51 %)``.
    """
    said = [f"{label(one.label, language)} ({percent(one.value, language)})" for one in shares]
    return together(said, conjunction)


def together(words: Sequence[str], conjunction: str) -> str:
    """Join words as a sentence lists them.

    Parameters
    ----------
    words : sequence of str
        One at least.
    conjunction : str
        What stands before the last: ``и``, ``және``.

    Returns
    -------
    str
        Such as ``a, b и c``.
    """
    if len(words) == 1:
        return words[0]
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


def capital(sentence: str) -> str:
    """Let a sentence begin with a capital letter.

    Parameters
    ----------
    sentence : str
        The sentence.

    Returns
    -------
    str
        The same with its first letter large.
    """
    return sentence[:1].upper() + sentence[1:]
