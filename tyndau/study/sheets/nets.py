"""The sheets ``nets`` and ``sorted``: which answers tables also show together, and in which order.

In: the sheets' entries, what the forms offer, the scores of scales. Out: nets by choice list or
variable, the names whose answers are sorted, and what is wrong with them. What a net holds in one
question is decided by `tyndau.study.model.Study.presented`.
"""

from collections.abc import Iterable, Mapping

from tyndau.base.errors import Problem
from tyndau.base.frames import RESERVED_CODES, Category, Net
from tyndau.base.languages import Message
from tyndau.study import problems
from tyndau.study.boxes import BOXES, LEAST_POINTS
from tyndau.study.cells import EXPECTED
from tyndau.study.entries import Entries, Entry
from tyndau.study.schema import nearest
from tyndau.study.sheets.known import Known
from tyndau.study.sheets.problems import NET_CODE_TAKEN, NET_NO_SCALE

Nets = dict[str, tuple[Net, ...]]


def read_nets(
    sheet: Entries, known: Known, scales: Mapping[str, Mapping[str, float]]
) -> tuple[Nets, list[Problem]]:
    """Read the nets and check them against the answers that the forms offer.

    Parameters
    ----------
    sheet : Entries
        The sheet ``nets``.
    known : Known
        What the forms offer, derived variables included.
    scales : dict of str to dict of str to float
        Scores by code, by choice list or variable, for the ends of scales.

    Returns
    -------
    nets : dict of str to tuple of Net
        By choice list or variable, in the order of the sheet.
    problems : list of Problem
        Unknown lists and codes, codes that an answer has, ends of what is no scale, no label.
    """
    found: list[Problem] = []
    nets: Nets = {}
    for entry in sheet.rows:
        name, code = entry.text("list"), entry.text("code")
        codes = tuple(entry.text("codes").replace(",", " ").split())
        if not (name and code and codes):
            continue
        label = entry.pair("label")
        box = codes[0] if codes[0] in BOXES and len(codes) == 1 else ""
        answers = _answers(entry, known, found)
        if answers:
            _check_codes(entry, codes, box, known, answers, scales, found)
        if not (label.kk or label.ru):
            if not box:
                _miss_label(entry, found)
            label = BOXES.get(box, label)
        nets[name] = (*nets.get(name, ()), Net(code, label, codes))
    return nets, found


def read_sorted(sheet: Entries, known: Known) -> tuple[frozenset[str], list[Problem]]:
    """Read the names of lists and variables whose answers are sorted by their shares.

    Parameters
    ----------
    sheet : Entries
        The sheet ``sorted``.
    known : Known
        What the forms offer, derived variables included.

    Returns
    -------
    names : frozenset of str
        Choice lists and variables.
    problems : list of Problem
        Unknown ones.
    """
    found: list[Problem] = []
    for entry in sheet.rows:
        if entry.text("list"):
            _answers(entry, known, found)
    return frozenset(entry.text("list") for entry in sheet.rows) - {""}, found


def _answers(entry: Entry, known: Known, found: list[Problem]) -> list[tuple[Category, ...]]:
    """Return the answers that an entry's list offers; report one that nobody knows."""
    name = entry.text("list")
    answers = known.answers(name, ("single", "multiple"))
    if not answers and known.forms and not known.unread:
        place, cell = entry.place("list"), entry.cell("list")
        near = nearest(name, known.lists(("single", "multiple")))
        found.append(problems.NO_LIST.at(place, cell=cell, value=name, known=near))
    return answers


def _check_codes(
    entry: Entry,
    codes: Iterable[str],
    box: str,
    known: Known,
    answers: Iterable[tuple[Category, ...]],
    scales: Mapping[str, Mapping[str, float]],
    found: list[Problem],
) -> None:
    name, code = entry.text("list"), entry.text("code")
    offered = list(dict.fromkeys(one.code for group in answers for one in group))
    if code in offered or code in RESERVED_CODES:
        place, cell = entry.place("code"), entry.cell("code")
        found.append(NET_CODE_TAKEN.at(place, cell=cell, value=code, list=name))
    place, cell = entry.place("codes"), entry.cell("codes")
    if box:
        named = [name, *_lists_of(name, known)]
        points = max(len(set(scales.get(one, {}).values())) for one in named)
        if points < LEAST_POINTS:
            values = {"cell": cell, "value": box, "list": name, "least": LEAST_POINTS}
            found.append(NET_NO_SCALE.at(place, **values))
        return
    for one in codes:
        if one not in offered:
            near = nearest(one, offered)
            values = {"cell": cell, "list": name, "value": one}
            found.append(problems.NO_CODE.at(place, **values, known=near))


def _lists_of(name: str, known: Known) -> set[str]:
    """Return the choice lists of the questions of a name."""
    return {form[name].list_name for form in known.forms.values() if name in form}


def _miss_label(entry: Entry, found: list[Problem]) -> None:
    columns = [name for name in ("label_kk", "label_ru") if name in entry.letters]
    if not columns:
        names = list(entry.letters)
        found.append(problems.NO_COLUMN.at(entry.place(), name="label_ru", found=names))
    elif not any(name in entry.reported for name in columns):
        values = {"cell": entry.cell(columns[0]), "expected": Message(EXPECTED["text"])}
        found.append(problems.EMPTY_CELL.at(entry.place(columns[0]), **values))
