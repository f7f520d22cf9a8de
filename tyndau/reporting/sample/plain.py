"""Points and quotas as CSV, for whoever goes on with them in another program.

In: a plan. Out: the bytes of two files, UTF-8 with a mark by which Excel knows it. Codes are those
of the study; nothing is rounded but what is whole.
"""

import csv
import io
import math
from collections.abc import Iterable, Sequence
from itertools import product

from tyndau.sampling.model import SamplePlan

_POINTS = (
    "territory", "point", "kind", "size", "probability", "certain", "interviews", "step", "start",
    "side", "interviewer_1", "interviews_1", "interviewer_2", "interviews_2", "visits",
)  # fmt: skip


def points_csv(plan: SamplePlan) -> bytes:
    """Return the points of a sample as CSV.

    Parameters
    ----------
    plan : SamplePlan
        The plan.

    Returns
    -------
    bytes
        A row a point: its territory, kind, chance, interviews, route and interviewers. Visits read
        ``2026-10-01 12-14 5``: date, or day of fieldwork where there is none, hours, interviews.
    """
    rows = []
    for one in plan.points:
        visits = [f"{v.date or v.day} {v.start}-{v.end} {v.interviews}" for v in one.visits]
        pairs = zip(one.interviewers, one.shares, strict=True)
        rows.append(
            (
                one.point.territory,
                one.point.code,
                one.point.kind,
                f"{one.point.size:g}" if one.point.size else "",
                "" if math.isnan(one.probability) else repr(one.probability),
                int(one.certain),
                one.interviews,
                one.route.step,
                one.route.start,
                one.route.side,
                *(value for pair in pairs for value in pair),
                "; ".join(visits),
            )
        )
    return _csv(_POINTS, rows)


def quotas_csv(plan: SamplePlan) -> bytes:
    """Return the quota cells of a sample as CSV.

    Parameters
    ----------
    plan : SamplePlan
        The plan.

    Returns
    -------
    bytes
        A row a cell of a territory: the categories that it crosses, the interviews, and what was
        expected before rounding.
    """
    quotas = plan.quotas
    rows = [
        (place.territory.code, *codes, int(count), repr(float(expected)))
        for at, place in enumerate(plan.territories)
        for codes, count, expected in zip(
            product(*quotas.codes),
            quotas.counts[at].ravel(),
            quotas.expected[at].ravel(),
            strict=True,
        )
    ]
    return _csv(("territory", *quotas.variables, "interviews", "expected"), rows)


def _csv(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8-sig")
