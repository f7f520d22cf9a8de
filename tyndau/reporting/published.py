"""What an edition shows of a study: tables with what is hidden taken out, and the account of it.

In: tables as they were counted, what the prose quotes, an edition. Out: `Published`: the tables of
the edition, and `account`, the report on what was hidden and why that stays with the master. The
public edition hides at least what the customer's hides, so that whoever holds both learns nothing
by comparing them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from tyndau.base.frames import Frame
from tyndau.disclosure import Hidden, People, Quoted, Rules, hide
from tyndau.estimation import Design
from tyndau.reporting import problems
from tyndau.reporting.editions import MASTER, Edition
from tyndau.study.model import Study
from tyndau.study.standards import SampleColumns
from tyndau.tabulation import Table

# So many cells are named where an audit fails.
_NAMED = 3


@dataclass(frozen=True, slots=True, eq=False)
class Published:
    """The tables of a population in an edition.

    Attributes
    ----------
    tables : tuple of (Table or None)
        In the order in which they were counted; None where too few were asked.
    hidden : Hidden or None
        What was hidden of them; None in the master.
    """

    tables: tuple[Table | None, ...]
    hidden: Hidden | None = None

    @property
    def shown(self) -> tuple[Table, ...]:
        """The tables that there are."""
        return tuple(table for table in self.tables if table is not None)


def publish(
    study: Study,
    population: str,
    frame: Frame,
    sample: SampleColumns,
    design: Design,
    tables: Sequence[Table],
    edition: Edition,
    quoted: Iterable[Quoted] = (),
) -> Published:
    """Make the tables of a population as an edition shows them.

    Parameters
    ----------
    study : Study
        Its thresholds and territories.
    population : str
        One of its forms.
    frame : Frame
        The respondents that the tables were counted from.
    sample : SampleColumns
        The columns of their sample.
    design : Design
        Its weights, those of a revision among them.
    tables : sequence of Table
        As they were counted.
    edition : {"master", "restricted", "public"}
        For whom.
    quoted : iterable of Quoted, optional
        What the prose quotes of this population.

    Returns
    -------
    Published
        In the master the tables as they are.

    Raises
    ------
    UserError
        ``report.audit-failed`` if a reader could compute what is hidden.
    """
    if edition == MASTER:
        return Published(tuple(tables))
    people = People.of(frame, design.weights if design.weighted else None)
    texts = tuple(quoted)
    hidden = hide(tables, people, Rules(study.thresholds), quoted=texts)
    places = frozenset(place.code for place in study.territories)
    if edition == "public" and places:
        rules = Rules(study.thresholds, places, sample.cluster)
        hidden = hide(tables, people, rules, quoted=texts, within=hidden)
    audit = hidden.audit
    if not audit.passed:
        told = np.flatnonzero(audit.narrow | audit.recovered | audit.subtracted)
        raise problems.AUDIT_FAILED.error(
            population=study.forms[population].title,
            count=len(told),
            cells=[" + ".join(_people(hidden, cell)) for cell in told[:_NAMED].tolist()],
        )
    return Published(hidden.tables, hidden)


def account(study: Study, edition: Edition, published: Mapping[str, Published]) -> dict[str, Any]:
    """Report what was hidden, why, and what a reader can still tell of it.

    Parameters
    ----------
    study : Study
        Its thresholds.
    edition : {"restricted", "public"}
        The edition.
    published : mapping of str to Published
        By population.

    Returns
    -------
    dict
        What JSON holds. It names the hidden numbers: it must not leave the foundation.
    """
    return {
        "edition": edition,
        "thresholds": asdict(study.thresholds),
        "populations": {
            name: _account(one.hidden) for name, one in published.items() if one.hidden
        },
    }


def _account(hidden: Hidden) -> dict[str, Any]:
    audit, linked = hidden.audit, hidden.linked
    asked = audit.asked
    return {
        "passed": audit.passed,
        "hidden": int(asked.sum()),
        "narrower_than_allowed": int(audit.narrow.sum()),
        "recovered_by_programme": int(audit.recovered.sum()),
        "recovered_by_subtraction": int(audit.subtracted.sum()),
        "less_room_than_wanted": int(hidden.suppression.short.sum()),
        "programmes": hidden.suppression.programmes,
        "cells": [
            {
                "people": _people(hidden, cell),
                "reason": hidden.reasons.get(int(cell), "complement"),
                "count": int(linked.count[cell]),
                "value": _rounded(linked.relations.value[cell]),
                "low": _rounded(audit.low[cell]),
                "high": _rounded(audit.high[cell]),
                "allowed": _rounded(audit.allowed[cell]),
            }
            for cell in np.flatnonzero(asked).tolist()
        ],
    }


def _people(hidden: Hidden, cell: int) -> list[str]:
    """Say who stands in a cell, condition by condition."""
    return sorted("=".join(part).replace("= ", "=") for part in hidden.linked.keys[cell])


def _rounded(value: float) -> float | None:
    return round(float(value), 3) if np.isfinite(value) else None
