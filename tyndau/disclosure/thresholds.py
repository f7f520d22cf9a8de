"""Thresholds: which cells and columns are too small to be shown, by themselves.

In: the cells of a volume, and the rules of an edition. Out: which must be hidden, and why. What
must be hidden for their sake is `tyndau.disclosure.suppress`. Thresholds are asked of the
unweighted and of the effective number of people.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tyndau.disclosure.of_tables import Linked
from tyndau.disclosure.people import NO_ANSWER, People
from tyndau.disclosure.relations import Booleans
from tyndau.study.standards import Thresholds
from tyndau.tabulation.table import Table

# Effective numbers of equal weights come out a rounding below the count.
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Rules:
    """What an edition hides.

    Attributes
    ----------
    thresholds : Thresholds
        Of the study.
    territories : frozenset of str
        Codes of territories that need as many interviews and points as the thresholds say; empty
        where they are columns like any other.
    cluster : str
        The variable that holds the points; empty where they are not known and not asked for.
    """

    thresholds: Thresholds
    territories: frozenset[str] = frozenset()
    cluster: str = ""


def small_cells(linked: Linked, people_below: int) -> Booleans:
    """Find cells of too few people.

    A cell that nobody is in is shown: of people who are not named, it says of nobody what they
    did. Of several answers those who did not choose one are a cell as well.

    Parameters
    ----------
    linked : Linked
        The cells.
    people_below : int
        Fewer people than these are too few.

    Returns
    -------
    ndarray of bool, shape (N,)
        Which cells; bases among them, sums and means not.
    """
    few = (linked.count > 0) & (
        (linked.count < people_below) | (linked.effective < people_below - _ROUNDING)
    )
    others = linked.others < people_below - _ROUNDING
    return np.asarray((few | others) & ~linked.mean)


def counts_of_silence(linked: Linked, tables: Sequence[Table]) -> Booleans:
    """Find how many said nothing to a banner's variable: a count that tells nothing of anybody.

    The bases above a banner's columns leave them for everybody to compute, and to hide them whole
    columns would have to go. What these people answered to a question is a cell like any.

    Parameters
    ----------
    linked : Linked
        The cells.
    tables : sequence of Table
        The tables that they are of.

    Returns
    -------
    ndarray of bool, shape (N,)
        Which cells.
    """
    keys = {frozenset({(group.name, NO_ANSWER)}) for table in tables for group in table.groups}
    return linked.silent | np.array([key in keys for key in linked.keys], dtype=np.bool_)


def low_columns(
    linked: Linked, table: int, tables: Sequence[Table], people: People, rules: Rules
) -> tuple[Booleans, Booleans]:
    """Find columns of a table that stand on too few people.

    Parameters
    ----------
    linked : Linked
        The cells.
    table : int
        Which table.
    tables : sequence of Table
        All tables.
    people : People
        The respondents.
    rules : Rules
        The thresholds.

    Returns
    -------
    low : ndarray of bool, shape (C,)
        Columns under `hide_below`.
    territory : ndarray of bool, shape (C,)
        Columns of territories with too few interviews or points.
    """
    limits = rules.thresholds
    bases = linked.bases[table]
    count = linked.count[bases]
    reached = np.minimum(count, linked.effective[bases] + _ROUNDING)
    heads = tables[table].columns
    place = np.array([head.group >= 0 and head.code in rules.territories for head in heads])
    few = reached < limits.territory_interviews
    if rules.cluster:
        points = [
            people.points(linked.keys[base], rules.cluster) if is_place else 0
            for base, is_place in zip(bases, place, strict=True)
        ]
        few |= np.array(points) < limits.territory_points
    return (count > 0) & (reached < limits.hide_below), (count > 0) & place & few
