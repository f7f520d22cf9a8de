"""Quota tables of a study, and the cell of each table that an interview belongs to.

In: the study, with its drawn plan where there is one, and interviews as a frame with derived
variables. Out: `QuotaTable` by `quota_tables`, whole numbers by `cells_of`. Each table stands by
itself: an interview has at most one cell in each. Who is within quota is settled in
`tyndau.fieldwork.control.settle`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tyndau.base.frames import Frame
from tyndau.study.model import Study
from tyndau.study.plan import Quota
from tyndau.study.standards import POINT_TERRITORY

# The cell of an interview that has none: it was not asked, did not answer, or nobody is wanted
# there.
NO_CELL = -1


@dataclass(frozen=True, slots=True, eq=False)
class QuotaTable:
    """A table of quota cells. V variables with C1 ... CV categories, K cells in all.

    Attributes
    ----------
    variables : tuple of str
        The variables that it crosses.
    codes : tuple of tuple of str
        The categories of each.
    targets : ndarray of int, shape (C1, ..., CV)
        Interviews wanted; `NO_CELL` where the plan says nothing of a cell.
    within : dict of str to str
        By code of a territory, the one among its categories that holds it, itself or a parent;
        empty where the table knows no territories.
    place : str
        Which of its variables is the territory; empty where none is.
    shares : ndarray of int, shape (I, C1, ..., CV), or None
        The part of each interviewer of the drawn plan, from the first; None where nothing was
        shared out.
    """

    variables: tuple[str, ...]
    codes: tuple[tuple[str, ...], ...]
    targets: NDArray[np.int64]
    within: Mapping[str, str]
    place: str = ""
    shares: NDArray[np.int64] | None = None

    @property
    def name(self) -> str:
        """The variables with ``*`` between them, as in the sheet ``banners``."""
        return "*".join(self.variables)

    @property
    def cells(self) -> int:
        """How many cells it has, those without a target included."""
        return int(self.targets.size)

    def codes_of(self, cell: int) -> tuple[str, ...]:
        """Return the categories that a cell crosses.

        Parameters
        ----------
        cell : int
            From 0 to K - 1.

        Returns
        -------
        tuple of str
            A code for each variable.
        """
        at = np.unravel_index(cell, self.targets.shape)
        return tuple(codes[int(index)] for codes, index in zip(self.codes, at, strict=True))


def residence(study: Study, population: str) -> str:
    """Return the variable that says in which territory a respondent lives.

    Parameters
    ----------
    study : Study
        The study.
    population : str
        One of its forms.

    Returns
    -------
    str
        The single response whose substantive answers are all territories, the one with most of
        them; the territory of the point where the form asks for none.
    """
    known = {one.code for one in study.territories}
    found = [("", 1)]
    for variable in study.variables(population):
        codes = {one.code for one in variable.categories if not one.meaning}
        if variable.kind == "single" and codes <= known:
            found.append((variable.name, len(codes)))
    best, _ = max(found, key=lambda one: one[1])
    return best or POINT_TERRITORY


def quota_tables(
    study: Study, population: str, record: Mapping[str, Any] | None = None
) -> tuple[QuotaTable, ...]:
    """Return the quota tables of a population.

    Parameters
    ----------
    study : Study
        The study, with its sheet ``quotas``.
    population : str
        One of its forms.
    record : dict, optional
        The drawn plan, as `tyndau.sampling.record.as_record` leaves it in ``sample.json``.

    Returns
    -------
    tuple of QuotaTable
        First the drawn plan's table, territory by its variables, with everybody's part; then the
        rows of the sheet, a table for each variable and one for each variable within territories.
        Where a plan is drawn, rows whose variables it crosses are left out: it was made of them,
        and two tables of one thing would differ by their rounding.
    """
    place = residence(study, population)
    drawn = _drawn(study, population, record, place)
    crossed = set(drawn[0].variables) if drawn else set()
    whole: dict[str, list[Quota]] = {}
    local: dict[str, list[Quota]] = {}
    for quota in study.quotas:
        if quota.population == population and quota.variable not in crossed:
            (local if quota.territory else whole).setdefault(quota.variable, []).append(quota)
    named = [_marginal(study, (name,), rows, place) for name, rows in whole.items()]
    named += [_marginal(study, (place, name), rows, place) for name, rows in local.items()]
    return (*drawn, *named)


def _drawn(
    study: Study, population: str, record: Mapping[str, Any] | None, place: str
) -> tuple[QuotaTable, ...]:
    """Return the table of the drawn plan; none where there is no plan, or of others."""
    if record is None or record["population"] != population or not record["quotas"]["variables"]:
        return ()
    quotas = record["quotas"]
    territories = tuple(one["code"] for one in record["territories"])
    table = QuotaTable(
        (place, *quotas["variables"]),
        (territories, *(tuple(codes) for codes in quotas["codes"])),
        np.asarray(quotas["counts"], dtype=np.int64),
        _within(study, territories),
        place,
        np.asarray(quotas["interviewers"], dtype=np.int64),
    )
    return (table,)


def _marginal(
    study: Study, variables: tuple[str, ...], rows: Sequence[Quota], place: str
) -> QuotaTable:
    """Return the table of one variable of the sheet, by itself or within territories."""
    keys = [(row.territory, row.code)[-len(variables) :] for row in rows]
    codes = tuple(tuple(dict.fromkeys(part)) for part in zip(*keys, strict=True))
    targets = np.full(tuple(map(len, codes)), NO_CELL, dtype=np.int64)
    for key, row in zip(keys, rows, strict=True):
        at = tuple(part.index(code) for part, code in zip(codes, key, strict=True))
        targets[at] = row.target
    if place not in variables:
        return QuotaTable(variables, codes, targets, {})
    return QuotaTable(variables, codes, targets, _within(study, codes[0]), place)


def _within(study: Study, codes: Iterable[str]) -> dict[str, str]:
    """Return the category that holds each territory: itself, or the nearest above it."""
    parents = {one.code: one.parent for one in study.territories}
    categories = set(codes)
    found = {code: code for code in categories}
    for start in parents:
        code, seen = start, set[str]()
        while code and code not in categories and code not in seen:
            seen.add(code)
            code = parents.get(code, "")
        if code in categories:
            found[start] = code
    return found


def cells_of(table: QuotaTable, frame: Frame) -> NDArray[np.int64]:
    """Return the cell of a table that each interview belongs to.

    Parameters
    ----------
    table : QuotaTable
        The table.
    frame : Frame
        Interviews with their derived variables, see `tyndau.study.derive`.

    Returns
    -------
    ndarray of int, shape (n,)
        From 0 to K - 1, the last variable running fastest; `NO_CELL` where a variable was not
        asked or not answered, is absent, or has an answer without a target.
    """
    cells = np.zeros(len(frame), dtype=np.int64)
    missing = np.zeros(len(frame), dtype=np.bool_)
    for name, codes in zip(table.variables, table.codes, strict=True):
        if name not in frame:
            return np.full(len(frame), NO_CELL, dtype=np.int64)
        position = {code: index for index, code in enumerate(codes)}
        column = frame[name]
        if name == table.place:
            position = {one: position[held] for one, held in table.within.items()}
        if column.variable.kind == "text":
            at = np.array([position.get(str(one), NO_CELL) for one in column.values], dtype=int)
        else:
            # The last stands for NO_CATEGORY, which is -1.
            of = [position.get(code, NO_CELL) for code in column.variable.codes]
            at = np.array([*of, NO_CELL])[column.values]
        missing |= (at == NO_CELL) | ~column.asked
        cells = cells * len(codes) + at
    cells[missing] = NO_CELL
    targets = table.targets.ravel()
    cells[targets[cells] == NO_CELL] = NO_CELL
    return cells
