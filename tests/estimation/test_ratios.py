"""Estimates, errors, intervals and differences against R `survey`."""

import numpy as np
import pytest

from tyndau.base.frames import Frame
from tyndau.base.languages import Text
from tyndau.estimation import frame_design
from tyndau.estimation.ratios import ratios
from tyndau.study.standards import SampleColumns
from tyndau.tabulation import ArrayEngine, estimates, tabulate

DESIGNS = {
    "srs": SampleColumns(),
    "w0": SampleColumns(weight="w0"),
    "w.strata": SampleColumns(weight="w", strata="stratum"),
    "w.clusters": SampleColumns(weight="w", cluster="cluster"),
    "w.strata.clusters": SampleColumns(weight="w", strata="stratum", cluster="cluster"),
    "w0.strata.clusters": SampleColumns(weight="w0", strata="stratum", cluster="cluster"),
}
BANNERS = ("area", "sex", "media")

Said = dict[str, list[dict[str, str]]]


@pytest.mark.parametrize("name", DESIGNS)
def test_every_cell_equals_r(name: str, sample: Frame, survey: Said) -> None:
    """Shares and means of all domains, with errors and intervals, are those of R.

    Reference: R 4.2.2, survey 4.1-1 (Debian 12), program ``data/survey.R``, data
    ``data/sample.csv``: ``svymean`` on ``subset(design, ...)``, ``svyciprop(method = "beta")`` with
    its default degrees of freedom, ``confint(df = degf())``. Single and multiple response, scores,
    a number; domains by a single and by an overlapping banner; rows not asked, asked without
    answer, outside the banner, of weight zero. Tolerance 1e-8: both are double precision and R's
    values are recorded to 12 digits; limits come from different inversions of the incomplete beta
    function, which agree to about 1e-10. Where a share is 0 or 1, R gives no interval; ours is
    tested in ``test_intervals.py``.
    """
    design = frame_design(sample, DESIGNS[name])
    banners = [(banner, Text(ru=banner)) for banner in BANNERS]
    tables = {
        question: tabulate(sample, question, banners, design=design, inference="design")
        for question in ("scale", "many", "number")
    }
    seen = 0
    for said in survey[name]:
        if said["other"]:
            continue
        question, code = said["answer"].split()
        table = tables[question]
        row = [head.code for head in table.rows].index(code)
        group, column = said["column"].split()
        at = next(
            number
            for number, head in enumerate(table.columns)
            if head.code == column and (head.group < 0 or BANNERS[head.group] == group)
        )
        scale = 1 if code == "mean" else 100
        assert table.base[row, at] == int(said["base"]), said
        for ours, theirs in (
            (table.percent, "value"),
            (table.se, "se"),
            (table.low, "low"),
            (table.high, "high"),
        ):
            if said[theirs] == "NaN":
                assert table.percent[row, at] in (0, 100)
                continue
            expected = scale * float(said[theirs])
            assert ours[row, at] == pytest.approx(expected, rel=1e-8, abs=1e-12), (theirs, said)
        seen += 1
    assert seen == 14 * 9


@pytest.mark.parametrize("name", DESIGNS)
def test_every_difference_equals_r(name: str, sample: Frame, survey: Said) -> None:
    """Differences between columns, and from the rest, have the errors that R gives them.

    Reference and data as above: ``svyratio(covmat = TRUE)`` over all rows with the two domains as
    zero-one variables, so that domains may share rows and clusters. Degrees of freedom are not
    R's: tables take those of the side that has fewer. Tolerance 1e-8 of the standard error.
    """
    design = frame_design(sample, DESIGNS[name])
    engine = ArrayEngine(sample, BANNERS, design)
    heads = ["total total"] + [
        f"{banner} {code}" for banner in BANNERS for code in sample[banner].variable.codes
    ]
    seen = 0
    for question in ("scale", "many", "number"):
        statistics = engine.statistics(question)
        rows, found, _, _ = estimates(sample[question].variable, statistics, design)
        rest = ratios(design, statistics.moments.rest(), rows.measures)
        against = np.sqrt(np.maximum(found.variance_against(rest), 0))
        for said in survey[name]:
            if not said["other"] or said["answer"].split()[0] != question:
                continue
            row = [head.code for head in rows.heads].index(said["answer"].split()[1])
            one = heads.index(said["column"])
            if said["other"] == "rest":
                difference = found.value[one, row] - rest.value[one, row]
                se = against[one, row]
            else:
                two = heads.index(said["other"])
                codes = sample[said["column"].split()[0]].variable.codes
                first = heads.index(f"{said['column'].split()[0]} {codes[0]}")
                span = slice(first, first + len(codes))
                matrix = found.covariance(span)[row]
                a, b = one - first, two - first
                difference = found.value[one, row] - found.value[two, row]
                se = np.sqrt(matrix[a, a] + matrix[b, b] - 2 * matrix[a, b])
            expected = float(said["se"])
            assert difference == pytest.approx(float(said["value"]), rel=1e-8, abs=1e-10), said
            assert se == pytest.approx(expected, rel=1e-8, abs=1e-12), said
            seen += 1
    assert seen > 200
