"""Papers of the field as plain data, for the templates that set them.

In: a `FieldPaper` and a language. Out: the template's name, what JSON holds, photos by name of
file. Badges are said in both languages at once. A new paper is a line of `_PAPERS`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from tyndau.base.languages import CONTENT_LANGUAGES, N_, Message, Sayable, say
from tyndau.reporting.fieldpapers.model import Badges, Cards, FieldPaper, Frame, Letters, Slips
from tyndau.reporting.model import Fact
from tyndau.reporting.package import UNDATED

_NUMBER = N_("No. {number}")
_DATE = N_("Date")
_SIGNATURE = N_("signature")
_STAMP = N_("Place for the stamp")
_CARD = N_("Card no. {number}")
_QUESTION, _QUESTIONS = N_("Question {numbers}"), N_("Questions {numbers}")
_PHOTO_OF = N_("Photo of {name}")

_Plain = tuple[str, dict[str, Any], dict[str, bytes]]


def plain_field_paper(
    paper: FieldPaper, language: str
) -> tuple[str, dict[str, Any], Mapping[str, bytes]]:
    """Turn a paper of the field into plain data.

    Parameters
    ----------
    paper : Badges, Letters, Cards or Slips
        What is set.
    language : str
        ``kk`` or ``ru``.

    Returns
    -------
    template : str
        The template that sets it.
    data : dict
        What JSON holds.
    photos : dict of str to bytes
        By name of file.
    """
    return _PAPERS[type(paper)](paper, language)


def _badges(paper: Badges, language: str) -> _Plain:
    photos: dict[str, bytes] = {}
    badges = []
    for at, one in enumerate(paper.badges, 1):
        name = f"photo-{at}.jpg" if one.photo else ""
        if one.photo:
            photos[name] = one.photo
        words = Message(_PHOTO_OF, {"name": one.name}).say(language)
        badges.append({"name": one.name, "code": one.code, "photo": name, "words": words})
    data = {
        **_frame(paper.frame, language),
        "title": _both(paper.frame.title, " / "),
        "badges": badges,
        "spoken": [
            {
                "language": code,
                "study": say(paper.frame.study, code),
                "contractor": say(paper.contractor, code),
                "role": say(paper.role, code),
                "photo": say(paper.photo, code),
                "facts": _facts(paper.facts, code),
                "banner": say(paper.frame.banner, code),
            }
            for code in CONTENT_LANGUAGES
        ],
    }
    return "badges.typ", data, photos


def _letters(paper: Letters, language: str) -> _Plain:
    data = {
        **_frame(paper.frame, language),
        "head": [say(line, language) for line in paper.head],
        "day": Message(_DATE).say(language),
        "signature": Message(_SIGNATURE).say(language),
        "stamp": Message(_STAMP).say(language),
        "signed": _facts((paper.signed,), language)[0],
        "letters": [
            {
                "title": say(one.title, language),
                "number": Message(_NUMBER, {"number": one.number}).say(language)
                if one.number
                else "",
                "facts": _facts(one.facts, language),
                "paragraphs": [say(each, language) for each in one.paragraphs],
            }
            for one in paper.letters
        ],
    }
    return "letters.typ", data, {}


def _cards(paper: Cards, language: str) -> _Plain:
    data = {
        **_frame(paper.frame, language),
        "cards": [
            {
                "title": Message(_CARD, {"number": one.number}).say(language),
                "answers": [say(answer, language) for answer in one.answers],
                "questions": Message(
                    _QUESTION if len(one.questions) == 1 else _QUESTIONS,
                    {"numbers": ranges(one.questions)},
                ).say(language),
            }
            for one in paper.cards
        ],
    }
    return "cards.typ", data, {}


def _slips(paper: Slips, language: str) -> _Plain:
    data = {
        **_frame(paper.frame, language),
        "asked": _facts(paper.asked, language),
        "voluntary": say(paper.voluntary, language),
        "code": say(paper.code, language),
        "purpose": say(paper.purpose, language),
        "facts": _facts(paper.facts, language),
    }
    return "slips.typ", data, {}


def _frame(frame: Frame, language: str) -> dict[str, Any]:
    dated = frame.dated or UNDATED
    return {
        "language": language,
        "study": say(frame.study, language),
        "title": say(frame.title, language),
        "author": say(frame.author, language),
        "date": [dated.year, dated.month, dated.day],
        "banner": say(frame.banner, language),
    }


def _facts(facts: tuple[Fact, ...], language: str) -> list[list[str]]:
    return [[say(one.name, language), say(one.value, language)] for one in facts]


def _both(text: Sayable, by: str) -> str:
    return by.join(dict.fromkeys(say(text, code) for code in CONTENT_LANGUAGES))


def ranges(numbers: tuple[int, ...]) -> str:
    """Write numbers shortly.

    Parameters
    ----------
    numbers : tuple of int
        Ascending.

    Returns
    -------
    str
        For example ``5, 7–9``.
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)


_PAPERS: Mapping[type, Callable[[Any, str], _Plain]] = {
    Badges: _badges,
    Letters: _letters,
    Cards: _cards,
    Slips: _slips,
}
