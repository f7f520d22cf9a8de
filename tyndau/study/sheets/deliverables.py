"""The sheet ``deliverables``: what the customer was promised, how much of it and by when.

In: the sheet's entries. Out: `Deliverable` objects. There is nothing to hold them against: what was
done is counted from evidence, not written into the workbook.
"""

from datetime import date

from tyndau.study.entries import Entries
from tyndau.study.plan import Deliverable


def read_deliverables(sheet: Entries) -> tuple[Deliverable, ...]:
    """Read the deliverables.

    Parameters
    ----------
    sheet : Entries
        The sheet ``deliverables``.

    Returns
    -------
    tuple of Deliverable
        In the order of the sheet; rows without a target are left out, which is an error already.
    """
    deliverables = []
    for entry in sheet.rows:
        target, due = entry.values.get("target"), entry.values.get("due")
        if isinstance(target, float):
            deliverables.append(
                Deliverable(
                    entry.text("code"),
                    entry.pair("name"),
                    target,
                    entry.pair("unit"),
                    due if isinstance(due, date) else None,
                    entry.text("evidence"),
                )
            )
    return tuple(deliverables)
