"""The sheet ``key_findings``: differences that are declared before the data are looked at.

In: the sheet's entries, what the forms offer, the least difference worth naming. Out: `KeyFinding`,
and what is wrong with them. They are tested by `tyndau.tabulation.declared`, all as one family.
"""

from collections.abc import Collection, Mapping, Sequence

from tyndau.base.errors import Problem
from tyndau.base.frames import Net
from tyndau.study import problems
from tyndau.study.entries import Entries, Entry
from tyndau.study.plan import KeyFinding
from tyndau.study.schema import nearest
from tyndau.study.sheets.known import Known
from tyndau.study.sheets.problems import (
    KEY_FINDING_MEAN,
    KEY_FINDING_PLACE,
    KEY_FINDING_SAME,
    KEY_FINDING_SELF,
)

_MEAN = "mean"


def read_key_findings(
    sheet: Entries,
    known: Known,
    nets: Mapping[str, Sequence[Net]],
    scales: Collection[str],
    least_difference: float,
) -> tuple[tuple[KeyFinding, ...], list[Problem]]:
    """Read the findings that are declared.

    Parameters
    ----------
    sheet : Entries
        The sheet ``key_findings``.
    known : Known
        What the forms offer, derived variables included.
    nets : dict of str to sequence of Net
        By choice list or variable.
    scales : collection of str
        Choice lists and variables that have scores, and so a mean.
    least_difference : float
        The least difference worth naming, in percentage points; 0 where the study names none.

    Returns
    -------
    findings : tuple of KeyFinding
        In the order of the sheet.
    problems : list of Problem
        Unknown questions, answers and groups, and claims that cannot be tested.
    """
    found: list[Problem] = []
    findings = []
    for entry in sheet.rows:
        _check_group(entry, known, found)
        _check_answer(entry, known, nets, scales, found)
        claim = entry.text("claim")
        if claim == "same" and not least_difference:
            place, cell = entry.place("claim"), entry.cell("claim")
            found.append(KEY_FINDING_SAME.at(place, cell=cell))
        findings.append(
            KeyFinding(
                entry.text("finding"), entry.text("population"), entry.text("question"),
                entry.text("answer"), entry.text("variable"), entry.text("code"),
                entry.text("against"), claim, entry.pair("statement"),
            )
        )  # fmt: skip
    return tuple(findings), found


def _check_group(entry: Entry, known: Known, found: list[Problem]) -> None:
    """See that the groups are categories of one variable."""
    known.check_category(entry, found)
    code, against = entry.text("code"), entry.text("against")
    variable = known.variables.get(entry.text("population"), {}).get(entry.text("variable"))
    if not against or variable is None:
        return
    place, cell = entry.place("against"), entry.cell("against")
    if against == code:
        found.append(KEY_FINDING_SELF.at(place, cell=cell, value=against))
    elif against not in variable.codes:
        near = nearest(against, variable.codes)
        values = {"cell": cell, "list": variable.name, "value": against}
        found.append(problems.NO_CODE.at(place, **values, known=near))


def _check_answer(
    entry: Entry,
    known: Known,
    nets: Mapping[str, Sequence[Net]],
    scales: Collection[str],
    found: list[Problem],
) -> None:
    """See that the table of the question has such a row."""
    population, name, answer = (entry.text(c) for c in ("population", "question", "answer"))
    if population not in known.variables or not name:
        return
    question = known.variables[population].get(name)
    if question is None:
        near = nearest(name, known.variables[population])
        values = {"cell": entry.cell("question"), "population": population, "value": name}
        found.append(problems.NO_VARIABLE.at(entry.place("question"), **values, known=near))
        return
    form = known.forms[population]
    names = (name, form[name].list_name if name in form else "")
    given = next((nets[one] for one in names if one in nets), ())
    rows = [*question.codes, *(net.code for net in given)]
    scored = question.kind == "single" and any(one in scales for one in names)
    if question.kind == "number" or scored:
        rows.append(_MEAN)
    place, cell = entry.place("answer"), entry.cell("answer")
    if answer and answer not in rows:
        values = {"cell": cell, "value": answer, "question": name}
        found.append(KEY_FINDING_PLACE.at(place, **values, known=nearest(answer, rows)))
    elif answer == _MEAN and entry.text("claim") == "same":
        found.append(KEY_FINDING_MEAN.at(place, cell=cell))
