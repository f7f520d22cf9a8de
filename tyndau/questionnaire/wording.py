"""What the words of a question give away: two questions in one, a leading form, an election.

In: a wording in Kazakh or Russian. Out: the part of it that gives rise to a remark, or nothing.
These are stems and patterns, not grammar: they are meant to miss much and to be wrong seldom.
"""

import re

# "Agree that ..." without the other side; "don't you think"; "isn't it so".
_LEADING = re.compile(
    r"\b(?:не\s+)?согласны\s+ли\s+(?:вы|Вы),?\s+(?:с\s+тем,?\s+)?что\b"
    r"|\bсогласны\s+(?:ли\s+)?(?:вы\s+)?с\s+(?:тем|утверждением|мнением),?\s+что\b"
    r"|\bне\s+(?:считаете|думаете|кажется|находите|полагаете)\s+ли\s+(?:вы|вам)\b"
    r"|\bне\s+правда\s+ли\b|\bведь\s+вы\b"
    r"|\bкелісесіз\s+(?:бе|ғой)\b|\bкеліспейсіз\s+бе\b|\bдеп\s+(?:ойламайсыз|санамайсыз)\s+ба\b"
    r"|\bсолай\s+емес\s+пе\b",
    re.IGNORECASE,
)
# The other side stands beside it: not leading.
_BALANCED = re.compile(
    r"\bили\s+не\s*согласны\b|\bсогласны\s+или\s+нет\b|\bв\s+какой\s+(?:мере|степени)\b"
    r"|\bнасколько\b|\bқаншалықты\b|\bкеліспейсіз\s+бе,?\s+әлде\b|әлде\s+келіспейсіз\b"
    r"|немесе\s+келіспейсіз\b",
    re.IGNORECASE,
)

# Two verbs of the second person, or two evaluated things, joined in a question.
_VERB_RU = r"[а-яё]+(?:ете|ёте|ите|етесь|итесь)"
_DOUBLE = re.compile(
    rf"\b{_VERB_RU}\s+(?:ли\s+)?(?:вы\s+)?и\s+{_VERB_RU}\b"
    r"|\b(?:доволь|удовлетвор[её])\w+\s+(?:ли\s+)?(?:вы\s+)?[а-яё]+(?:ством|тью|ой|ом|ами|нием)"
    r"\s+и\s+[а-яё]+(?:ством|тью|ой|ом|ами|нием)\b"
    r"|\bкачеств[оа]м?\s+и\s+(?:доступност|стоимост|цен|скорост|количеств)\w+"
    r"|\b(?:доступност|стоимост|скорост)\w+\s+и\s+(?:качеств|доступност|стоимост)\w+"
    r"|\b\w+(?:асыз|есіз|йсыз|йсіз)\s+(?:ба|бе|ма|ме|па|пе)?\s*және\s+\w+(?:асыз|есіз|йсыз|йсіз)\b"
    r"|\b\w*(?:сапас|бағас|қолжетімділі)\w*\s+(?:және|мен|пен)\s+\w*(?:сапас|бағас|қолжетімділі)\w*",
    re.IGNORECASE,
)

# "Выбор" is also a choice, "голос" a voice, "дауыс" too: only forms that mean a vote are taken.
_ELECTION = re.compile(
    r"\bвыбор(?:ы|ах|ам|ами|ов)\s+(?:в\s+)?(?:президент|депутат|парламент|маслихат|мажилис|сенат|аким|глав)\w*"
    r"|\b(?:на|о|об|перед|после|во\s+время)\s+(?:[а-яё]+их\s+)?выборах\b|\bпредвыборн\w+"
    r"|\b(?:президентск|парламентск|депутатск|местн|внеочередн|досрочн|прошедш|предстоящ)\w*\s+выбор(?:ы|ах|ам|ов)\b"
    r"|\b(?:участ|голос)\w*\s+(?:в|на)\s+выбор(?:ах|ы)\b|\bпойд[её]те\s+на\s+выборы\b|\bвыборы\b"
    r"|\bизбирател\w+|\bизбран(?:ие|ия|ию)\b|\bизбирать(?:ся)?\s+(?:президент|депутат|аким)\w*"
    r"|\bреферендум\w*|\bпроголос\w+|\bголосов(?:ать|али|ани)\w*|\bголосуете\b"
    r"|\bсайлау(?!ыт)\w*|\bсайла(?:ймыз|йсыз|дыңыз|ған)\w*|\bдауыс\s+бер\w*|\bпрезиденттікке\s+\w+",
    re.IGNORECASE,
)


def leading(wording: str) -> str:
    """Find a form of words that leads to an answer.

    Parameters
    ----------
    wording : str
        The wording in one language.

    Returns
    -------
    str
        The words found; empty if none, or if the other side is offered too.
    """
    match = _LEADING.search(wording)
    return match[0] if match and not _BALANCED.search(wording) else ""


def double_barrelled(wording: str) -> str:
    """Find two questions in one.

    Parameters
    ----------
    wording : str
        The wording in one language.

    Returns
    -------
    str
        The words found; empty if none.
    """
    match = _DOUBLE.search(wording)
    return match[0] if match else ""


def election(wording: str) -> str:
    """Find words of elections and referendums.

    Parameters
    ----------
    wording : str
        A wording or an answer in one language.

    Returns
    -------
    str
        The words found; empty if none.
    """
    match = _ELECTION.search(wording)
    return match[0] if match else ""
