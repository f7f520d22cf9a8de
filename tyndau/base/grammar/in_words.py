"""Whole numbers in words, as sums are written out on papers that are signed.

In: a whole number. Out: its words in Kazakh or Russian; nothing agrees with what is counted but
the feminine thousands of Russian.
"""

from tyndau.base.grammar import kazakh
from tyndau.base.grammar.russian import plural

MOST = 999_999_999_999
_ONES = (
    "", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять",
    "одиннадцать", "двенадцать", "тринадцать", "четырнадцать", "пятнадцать", "шестнадцать",
    "семнадцать", "восемнадцать", "девятнадцать",
)  # fmt: skip
_TENS = (
    "", "", "двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят",
    "восемьдесят", "девяносто",
)  # fmt: skip
_HUNDREDS = (
    "", "сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот",
    "девятьсот",
)  # fmt: skip
_FEMININE = {1: "одна", 2: "две"}
_POWERS = (
    (10**9, ("миллиард", "миллиарда", "миллиардов"), "миллиард"),
    (10**6, ("миллион", "миллиона", "миллионов"), "миллион"),
    (10**3, ("тысяча", "тысячи", "тысяч"), "мың"),
)


def in_words(number: int, language: str) -> str:
    """Write a whole number out.

    Parameters
    ----------
    number : int
        From 0 to `MOST`.
    language : {"kk", "ru"}
        In which language.

    Returns
    -------
    str
        In small letters, such as "две тысячи один".

    Raises
    ------
    ValueError
        If the number is negative or larger.
    """
    if not 0 <= number <= MOST:
        raise ValueError(number)
    words: list[str] = []
    rest = number
    for power, russian, kazakh_word in _POWERS:
        count, rest = divmod(rest, power)
        if count and language == "kk":
            words += [*_kazakh(count), kazakh_word]
        elif count:
            words += [*_russian(count, feminine=power == 10**3), plural(count, *russian)]
    words += _kazakh(rest) if language == "kk" else _russian(rest)
    return " ".join(words) or ("нөл" if language == "kk" else "ноль")


def _russian(number: int, *, feminine: bool = False) -> list[str]:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10) if rest >= len(_ONES) else (0, rest)
    last = _FEMININE.get(ones, _ONES[ones]) if feminine else _ONES[ones]
    return [word for word in (_HUNDREDS[hundreds], _TENS[tens], last) if word]


def _kazakh(number: int) -> list[str]:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = [kazakh.ONES[hundreds], "жүз"] if hundreds else []
    words += [kazakh.TENS[tens]] if tens else []
    return words + ([kazakh.ONES[ones]] if ones else [])
