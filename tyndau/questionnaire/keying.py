"""The short codes by which answers on paper are typed in.

In: a closed question. Out: a code of digits for each answer, printed beside its box. Where all
codes of the form are whole numbers they stay as they are, else the answers are numbered in order;
"don't know", "refused" and, among several answers, "none" have the numbers that interviewers know
them by. The same question of the same version always has the same codes.
"""

from itertools import count

from tyndau.base.frames import Meaning
from tyndau.questionnaire.form import Question

# Customary in questionnaires that are keyed; longer lists than 95 answers take 998 and so on.
_SPECIAL: dict[Meaning, int | None] = {"dont_know": 98, "refused": 99, "none": 97}
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
    special = _SPECIAL if question.kind == "multiple" else {**_SPECIAL, "none": None}
    ordinary = [code for code, one in categories.items() if special.get(one.meaning) is None]
    whole = all(code.isascii() and code.isdigit() and code == str(int(code)) for code in ordinary)
    taken = {int(code): code for code in ordinary} if whole else {}
    typed = {code: number for number, code in taken.items()}
    extra = 900 if len(categories) >= _LONG else 0
    for code, category in categories.items():
        number = special.get(category.meaning)
        if number is not None and number + extra not in taken:
            typed[code] = number + extra
            taken[number + extra] = code
    free = (number for number in count(1) if number not in taken)
    for code in categories:
        if code not in typed:
            typed[code] = next(free)
            taken[typed[code]] = code
    return {code: str(typed[code]) for code in categories}
