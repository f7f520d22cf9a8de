"""The short codes by which answers on paper are typed in.

In: a closed question. Out: a code of digits for each answer, printed beside its box. Codes of the
form that are whole numbers stay as they are; other answers are numbered in their order, and "don't
know", "refused" and "none" have the numbers that interviewers know them by. The same question of
the same version always has the same codes.
"""

from itertools import count

from tyndau.base.frames import Meaning
from tyndau.questionnaire.form import Question

# Customary in questionnaires that are keyed; longer lists than 95 answers take 998 and so on.
_SPECIAL: dict[Meaning, int] = {"dont_know": 98, "refused": 99, "none": 97}
_LONG = 96


def typed_codes(question: Question) -> dict[str, str]:
    """Return the codes that are printed beside the answers of a question.

    Parameters
    ----------
    question : Question
        A question with choices.

    Returns
    -------
    dict of str to str
        By code of the form, in the order of the answers; no two answers have the same.
    """
    categories = {choice.category.code: choice.category for choice in question.choices}
    whole = [code for code in categories if code.isascii() and code.isdigit()]
    taken = {int(code): code for code in whole if code == str(int(code))}
    typed = {code: number for number, code in taken.items()}
    extra = 900 if len(categories) >= _LONG else 0
    for code, category in categories.items():
        special = _SPECIAL.get(category.meaning)
        if code not in typed and special is not None and special + extra not in taken:
            typed[code] = special + extra
            taken[special + extra] = code
    free = (number for number in count(1) if number not in taken)
    for code in categories:
        if code not in typed:
            typed[code] = next(free)
            taken[typed[code]] = code
    return {code: str(typed[code]) for code in categories}
