"""The sheet ``scales``: which score an answer has, so that a mean can be computed.

In: the sheet's entries and what the forms offer, derived variables included. Out: scores by code,
by choice list or variable, and what is wrong with them.
"""

from tyndau.base.errors import Place, Problem
from tyndau.study import problems
from tyndau.study.entries import Entries, Entry
from tyndau.study.schema import nearest
from tyndau.study.sheets.known import Known

# Answers that say nothing of the thing asked; a score for them would bend the mean.
_NO_SCORE = ("dont_know", "refused")

Scales = dict[str, dict[str, float]]


def read_scales(sheet: Entries, known: Known) -> tuple[Scales, list[Problem]]:
    """Read the scales and check them against the answers that the forms offer.

    Parameters
    ----------
    sheet : Entries
        The sheet ``scales``.
    known : Known
        What the forms offer, derived variables included.

    Returns
    -------
    scales : dict of str to dict of str to float
        Scores by code, by choice list or variable.
    problems : list of Problem
        Unknown lists and codes, scores of "don't know", answers without a score.
    """
    found: list[Problem] = []
    scales: Scales = {}
    reported: set[str] = set()
    for entry in sheet.rows:
        name, code = entry.text("list"), entry.text("code")
        score = entry.values.get("score")
        if name and code:
            _check(entry, known, reported, found)
            if isinstance(score, float):
                scales.setdefault(name, {})[code] = score
    for name, scores in scales.items():
        gaps = dict.fromkeys(
            category.code
            for categories in known.answers(name)
            for category in categories
            if category.code not in scores and not category.meaning
        )
        if gaps:
            row = next(entry.row for entry in sheet.rows if entry.text("list") == name)
            place = Place(sheet.rows[0].file, sheet.rows[0].sheet, row, "list")
            found.append(problems.SCALE_GAP.at(place, list=name, codes=list(gaps)))
    return scales, found


def _check(entry: Entry, known: Known, reported: set[str], found: list[Problem]) -> None:
    name, code = entry.text("list"), entry.text("code")
    answers = known.answers(name)
    if not answers:
        # A form that could not be read may hold the list; a list is reported once.
        if known.forms and not known.unread and name not in reported:
            reported.add(name)
            near = nearest(name, known.lists(("single",)))
            place, cell = entry.place("list"), entry.cell("list")
            found.append(problems.NO_LIST.at(place, cell=cell, value=name, known=near))
        return
    place, cell = entry.place("code"), entry.cell("code")
    meanings = {category.code: category.meaning for group in answers for category in group}
    if code not in meanings and not known.unread:
        near = nearest(code, meanings)
        found.append(problems.NO_CODE.at(place, cell=cell, list=name, value=code, known=near))
    elif meanings.get(code) in _NO_SCORE:
        found.append(problems.SCORED_NON_ANSWER.at(place, cell=cell, value=code))
