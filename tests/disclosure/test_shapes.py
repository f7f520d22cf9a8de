"""What a reader computes from tables of every shape, held against what was hidden of them.

The reader here knows nothing of how cells were linked: relations are found from the records, as
sets of people, and whoever can be counted by adding and subtracting sets that tables show is found
by elimination.
"""

from collections.abc import Iterator
from itertools import permutations

import numpy as np
import pytest

from tyndau.base.frames import Category, Column, Frame, Net, Variable
from tyndau.base.languages import Text
from tyndau.disclosure import People, Rules, hide
from tyndau.estimation import make_design
from tyndau.questionnaire.expression import parse
from tyndau.study.model import Filter
from tyndau.study.standards import Thresholds
from tyndau.tabulation import Table, tabulate

LIMITS = Thresholds(hide_below=10, people_below=6)


def closed(
    name: str, values: np.ndarray, size: int, nets: tuple[Net, ...] = (), scores: bool = False
) -> Column:
    """Make a closed question of everybody."""
    kind = "multiple" if values.ndim > 1 else "single"
    categories = tuple(
        Category(f"{name}{at}", Text(ru=f"{name}{at}"), score=float(at) if scores else None)
        for at in range(size)
    )
    given = values if values.ndim > 1 else values.astype(np.int32)
    variable = Variable(name, kind, Text(ru=name), categories, nets=nets)
    return Column(variable, given, np.ones(len(given), dtype=bool))


def people(seed: int) -> Frame:
    """Make 150 simulated people whose answers are uneven."""
    random = np.random.default_rng(seed)
    count = 150
    columns = {
        "sex": closed("sex", random.integers(0, 2, count), 2),
        "age": closed("age", random.choice(3, count, p=[0.5, 0.35, 0.15]), 3),
        "use": closed("use", random.random((count, 2)) < (0.6, 0.15), 2),
        "q": closed(
            "q", random.choice(4, count, p=[0.5, 0.3, 0.12, 0.08]), 4,
            (Net("top", Text(), ("q0", "q1")), Net("low", Text(), ("q2", "q3"))), scores=True,
        ),
        "m": closed(
            "m", random.random((count, 3)) < (0.5, 0.1, 0.08), 3,
            (Net("two", Text(), ("m1", "m2")), Net("any", Text(), ("m0", "m1", "m2"))),
        ),
    }  # fmt: skip
    return Frame(np.arange(count).astype(str), columns)


AMONG = Filter(parse("selected(${use}, 'use0')"), Text(ru="кто пользуется"))


def all_tables(frame: Frame) -> list[Table]:
    """Tabulate both questions by nested, overlapping and plain columns, and of some alone."""
    design = make_design(len(frame))
    banners = [[("sex", Text()), ("sex*age", Text())], [("use", Text())]]
    plan = [(name, by, None) for name in ("q", "m") for by in banners]
    plan += [(name, [("sex", Text())], AMONG) for name in ("q", "m")]  # type: ignore[misc]
    return [
        tabulate(
            frame, name, by, design=design, inference="none", thresholds=LIMITS, among=among
        )
        for name, by, among in plan
    ]  # fmt: skip


def in_row(frame: Frame, table: Table, code: str) -> np.ndarray:
    """Return who stands in a row."""
    name = table.question.name
    nets = {net.code: net.codes for net in table.question.nets}
    places = [table.question.codes.index(one) for one in nets.get(code, (code,))]
    values = frame[name].values
    return values[:, places].any(axis=1) if values.ndim > 1 else np.isin(values, places)


def in_column(frame: Frame, table: Table, number: int) -> np.ndarray:
    """Return who stands in a column."""
    rows = AMONG.condition.holds(frame) if table.limited else np.ones(len(frame), dtype=bool)
    head = table.columns[number]
    if head.group < 0:
        return rows
    names, codes = table.groups[head.group].name.split("*"), head.code.split("*")
    for name, code in zip(names, codes, strict=True):
        values, place = frame[name].values, frame[name].variable.codes.index(code)
        rows = rows & (values[:, place] if values.ndim > 1 else values == place)
    return rows


def sets_of(
    frame: Frame, table: Table, published: Table | None
) -> Iterator[tuple[str, np.ndarray, bool]]:
    """Go through the bases and answers of a table: what each is, who, and whether it is shown."""
    heads = [(one.group, one.code) for one in published.columns] if published else []
    for number, head in enumerate(table.columns):
        column = in_column(frame, table, number)
        place = heads.index((head.group, head.code)) if (head.group, head.code) in heads else None
        yield head.code, column, place is not None
        for row, row_head in enumerate(table.rows):
            if row_head.kind in ("answer", "net"):
                seen = (
                    place is not None
                    and published is not None
                    and published.hidden is not None
                    and not published.hidden[row, place]
                )
                named = f"{table.question.name}.{row_head.code} @ {head.code}"
                yield named, column & in_row(frame, table, row_head.code), seen


@pytest.mark.requirement("C9")
@pytest.mark.parametrize("seed", range(6))
def test_no_few_people_are_counted_from_sets_that_tables_show(seed: int) -> None:
    """No set of few people, and no hidden one, is made of shown ones.

    Readers see exact numbers here. Sets are compared as vectors over records, so that nothing is
    taken from the relations that hide the cells.
    """
    frame = people(seed)
    counted = all_tables(frame)
    hidden = hide(counted, People.of(frame), Rules(LIMITS), exact=True)
    assert hidden.audit.passed
    shown: dict[bytes, np.ndarray] = {}
    secret: dict[bytes, str] = {}
    for table, published in zip(counted, hidden.tables, strict=True):
        for named, rows, seen in sets_of(frame, table, published):
            vector = rows.astype(np.int8)
            if seen:
                assert not 0 < vector.sum() < LIMITS.people_below, named
                shown[vector.tobytes()] = vector
            elif vector.any():
                secret[vector.tobytes()] = named
    assert secret and shown
    for first, second in permutations(shown.values(), 2):
        left = first - second
        if left.min() >= 0:  # people of one set who are not in the other
            assert not 0 < left.sum() < LIMITS.people_below
            assert left.tobytes() not in secret
    # By elimination: is a hidden set a sum of shown ones with any coefficients?
    basis = np.array([*shown.values()], dtype=float)
    rank = np.linalg.matrix_rank(basis)
    for raw, named in secret.items():
        vector = np.frombuffer(raw, dtype=np.int8).astype(float)
        assert np.linalg.matrix_rank(np.vstack([basis, vector])) > rank, named
