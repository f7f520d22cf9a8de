"""Small text tables, in which specifications write what goes in and what comes out.

`rows` reads data, `frame` makes questions of its columns, `gives` holds results against what is
printed and, where R says the same thing, R against both. `tools/methods.py` reads these calls
without running them and sets their tables into docs/methods.md.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
import pytest

from tyndau.base.errors import UserError
from tyndau.base.frames import NO_CATEGORY, Category, Column, Frame, Net, Variable
from tyndau.base.languages import Text

NOT_ASKED, NO_ANSWER = "not asked", "no answer"
# A cell that holds no number, and no text either.
NOTHING = "-"
_TRUTH = {"yes": True, "no": False}

Data = dict[str, np.ndarray]


def cells_of(text: str) -> list[list[str]]:
    """Split an aligned table into its cells, the heads first; lines of dashes are left out."""
    lines = [line.strip() for line in text.strip().splitlines()]
    table = [[cell.strip() for cell in line.split("|")] for line in lines if set(line) - set("-+ ")]
    assert len({len(row) for row in table}) == 1, f"rows differ in length:\n{text}"
    return table


def rows(text: str) -> Data:
    """Read a table of data, a column a variable.

    A column of numbers becomes one of numbers, ``-`` in it NaN; any other stays as it is written.
    """
    heads, *body = cells_of(text)
    return {
        head: _column(list(cells))
        for head, cells in zip(heads, zip(*body, strict=True), strict=True)
    }


def counted(text: str, question: str, *answers: str) -> Data:
    """Read a table of groups, of which the columns of the answers say how many people gave each.

    The result has a row a person, with the answer in a column named as the question.
    """
    groups = rows(text)
    times = np.concatenate([groups[answer] for answer in answers])
    data = {
        head: np.repeat(np.tile(values, len(answers)), times)
        for head, values in groups.items()
        if head not in answers
    }
    count = len(next(iter(groups.values())))
    return {**data, question: np.repeat(np.repeat(list(answers), count), times)}


def _column(cells: list[str]) -> np.ndarray:
    for kind in (int, float):
        try:
            return np.array([np.nan if cell == NOTHING else kind(cell) for cell in cells])
        except ValueError:
            continue
    return np.array(cells)


def gives(
    expected: str,
    /,
    *,
    r: Mapping[str, np.ndarray] | None = None,
    **found: Iterable[Any],
) -> None:
    """Hold results against a table of what is expected, a column each, in the order of its rows.

    A number must be the printed one when it is rounded to as many places; ``-`` is no number. The
    first column may be left out of `found`: then it names the rows. What R said (`r`) is held
    against the printed number in the same way and against ours to 1e-8 of it.
    """
    heads, *body = cells_of(expected)
    names = [head.replace(" ", "_") for head in heads]
    assert set(names[1:]) <= set(found), f"not computed: {set(names[1:]) - set(found)}"
    assert set(found) <= set(names), f"not printed: {set(found) - set(names)}"
    assert set(r or ()) <= set(found), f"only R says {set(r or ()) - set(found)}"
    for name, printed in zip(names, zip(*body, strict=True), strict=True):
        if name not in found:
            continue
        ours = list(found[name])
        assert len(ours) == len(printed), f"{name}: {len(ours)} results, {len(printed)} printed"
        for row, (cell, value) in enumerate(zip(printed, ours, strict=True), 1):
            assert _is_printed(cell, value), f"{name}, row {row}: got {value}, printed {cell}"
        if r and name in r:
            theirs = r[name].tolist()
            for row, (cell, value) in enumerate(zip(printed, theirs, strict=True), 1):
                assert _is_printed(cell, value), f"{name}, row {row}: R {value}, printed {cell}"
            numbers = np.array(ours, dtype=float)
            np.testing.assert_allclose(numbers, theirs, rtol=1e-8, atol=1e-12, err_msg=name)


def _is_printed(cell: str, value: Any) -> bool:
    if isinstance(value, str):
        return cell == (value or NOTHING)
    if value is None or np.isnan(value):
        return cell == NOTHING
    if cell in _TRUTH:
        return _TRUTH[cell] == bool(value)
    if cell == NOTHING:
        return False
    places = len(cell.partition(".")[2])
    return abs(float(value) - float(cell)) <= 0.5 * 10.0**-places * (1 + 1e-9)


def places(values: np.ndarray, *codes: str) -> np.ndarray:
    """Return the place of each value among the codes, from 0; -1 where it is none of them."""
    place = {code: number for number, code in enumerate(codes)}
    return np.array([place.get(value, -1) for value in values.tolist()])


def refusal(function: Callable[..., Any], *given: Any, **options: Any) -> str:
    """Return the code of the error with which a call is refused; see docs/errors.md."""
    with pytest.raises(UserError) as refused:
        function(*given, **options)
    return refused.value.problems[0].kind.code


def single(*codes: str, **options: Any) -> Variable:
    """Return a question with one answer; its name is given by `frame`."""
    return _variable("single", dict.fromkeys(codes), **options)


def scale(**scores: float | None) -> Variable:
    """Return a question with one answer, and the score of each; None has no score."""
    return _variable("single", scores)


def multiple(*codes: str, **options: Any) -> Variable:
    """Return a question with several answers; in the data a space stands between them."""
    return _variable("multiple", dict.fromkeys(codes), **options)


def number() -> Variable:
    """Return a question that is answered with a number."""
    return _variable("number", {})


def _variable(
    kind: Any, scores: Mapping[str, float | None], nets: Mapping[str, tuple[str, ...]] = {}
) -> Variable:
    categories = tuple(
        Category(code, Text(ru=code, kk=code), score=score) for code, score in scores.items()
    )
    together = tuple(Net(code, Text(ru=code, kk=code), codes) for code, codes in nets.items())
    return Variable("", kind, Text(), categories, nets=together)


def frame(data: Data, **questions: Variable) -> Frame:
    """Make a frame of columns of data; ``not asked`` and ``no answer`` mean what they say."""
    columns = {}
    for name, question in questions.items():
        variable = Variable(name, question.kind, Text(), question.categories, nets=question.nets)
        values = data[name]
        columns[name] = Column(variable, _values(variable, values), values != NOT_ASKED)
    count = len(next(iter(data.values())))
    return Frame(np.arange(1, count + 1).astype(str), columns)


def _values(variable: Variable, values: np.ndarray) -> np.ndarray:
    if variable.kind == "number":
        unknown = np.isin(values, (NOT_ASKED, NO_ANSWER))
        return np.where(unknown, "nan", values).astype(float)
    if variable.kind == "multiple":
        given = [set(value.split()) for value in values.tolist()]
        return np.array([[code in some for code in variable.codes] for some in given])
    place = {NOT_ASKED: NO_CATEGORY, NO_ANSWER: NO_CATEGORY}
    place |= {code: number for number, code in enumerate(variable.codes)}
    return np.array([place[str(value)] for value in values.tolist()], dtype=np.int32)
