"""Designs: what is refused, and what is counted."""

import numpy as np
import pytest

from tyndau.base.errors import UserError
from tyndau.base.frames import Column, Frame, Variable
from tyndau.base.languages import Text
from tyndau.estimation import frame_design, make_design
from tyndau.study.standards import SampleColumns


def refused(**columns: object) -> tuple[str, str]:
    """Return code and English words of the one error."""
    with pytest.raises(UserError) as caught:
        make_design(4, **columns).require_errors()
    (problem,) = caught.value.problems
    problem.remedy("en")
    return problem.kind.code, problem.what("en")


def test_rows_are_clusters_of_one_stratum_where_nothing_is_given() -> None:
    design = make_design(4)
    assert not (design.weighted or design.stratified or design.clustered)
    assert design.first.units.tolist() == [4]
    assert design.weights.tolist() == [1, 1, 1, 1]
    design.require_errors()


def test_clusters_are_counted_in_their_strata() -> None:
    strata, clusters = ["b", "a", "b", "a", "a"], [7, 2, 5, 9, 2]
    design = make_design(5, strata=strata, clusters=clusters)
    assert design.stratum_names == ("a", "b")
    assert design.first.units.tolist() == [2, 2]
    assert design.cluster_names == ("2", "9", "5", "7")
    assert design.first.stratum.tolist() == [0, 0, 1, 1]
    assert [design.cluster_names[number] for number in design.first.cluster] == [
        "7",
        "2",
        "5",
        "9",
        "2",
    ]


@pytest.mark.parametrize("missing", [np.nan, np.inf])
def test_a_missing_weight_names_its_interviews(missing: float) -> None:
    code, words = refused(weights=[1, missing, 2, missing])
    assert code == "table.weight-missing"
    assert "interviews concerned: 2 (keys: 2, 4)" in words


def test_a_negative_weight_names_its_interview_and_value() -> None:
    code, words = refused(weights=[1, 2, -0.5, 1])
    assert code == "table.weight-negative"
    assert "negative, as -0.5; interviews concerned: 1 (keys: 3)" in words


def test_zero_weights_are_allowed_but_not_all() -> None:
    assert make_design(4, weights=[0, 1, 0, 2]).weighted
    assert refused(weights=[0, 0, 0, 0])[0] == "table.weight-zero"


@pytest.mark.parametrize(
    "ids", [["a", "", "b", ""], ["a", None, "b", None], [1, np.nan, 2, np.nan]]
)
def test_missing_strata_and_clusters_name_their_interviews(ids: list[object]) -> None:
    for role, code in (("strata", "table.stratum-missing"), ("clusters", "table.cluster-missing")):
        found, words = refused(**{role: np.array(ids, dtype=object if None in ids else None)})
        assert found == code
        assert "interviews concerned: 2 (keys: 2, 4)" in words


def test_interviews_are_named_by_their_keys_the_first_ten_of_them() -> None:
    column = Column(Variable("w", "number", Text()), np.full(12, np.nan), np.zeros(12, dtype=bool))
    frame = Frame(np.array([f"k{number}" for number in range(12)]), {"w": column})
    with pytest.raises(UserError) as caught:
        frame_design(frame, SampleColumns(weight="w"))
    words = caught.value.problems[0].what("en")
    assert "interviews concerned: 12 (keys: k0, k1, " in words
    assert words.endswith("k9, ...).")


def test_a_cluster_in_two_strata_is_refused_by_name() -> None:
    code, words = refused(strata=["n", "n", "s", "s"], clusters=["1", "2", "2", "3"])
    assert code == "table.cluster-in-several-strata"
    assert words == "Cluster 2 stands in several strata: n, s."


def test_a_stratum_of_one_cluster_gives_no_error_and_is_named() -> None:
    code, words = refused(strata=["n", "n", "s", "s"], clusters=["1", "2", "3", "3"])
    assert code == "table.single-cluster"
    assert words.endswith(": s.")
    assert refused(strata=["n", "n", "n", "s"])[0] == "table.single-cluster"
    assert refused(clusters=["p", "p", "p", "p"])[0] == "table.one-cluster"


def test_a_design_is_read_from_the_columns_of_a_frame(sample: Frame) -> None:
    design = frame_design(sample, SampleColumns(weight="w", strata="area"))
    assert design.weights.sum() == pytest.approx(sample["w"].values.sum())
    assert set(design.stratum_names) == {"north", "east", "west"}
    clustered = frame_design(sample, SampleColumns(strata="stratum", cluster="cluster"))
    assert clustered.first.units.tolist() == [5, 6, 7, 8]


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        (SampleColumns(weight="nothing"), "table.no-such-design-column"),
        (SampleColumns(weight="area"), "table.design-column-kind"),
        (SampleColumns(cluster="media"), "table.design-column-kind"),
        (SampleColumns(weight="number"), "table.weight-missing"),
        (SampleColumns(strata="sex"), "table.stratum-missing"),
    ],
)
def test_a_column_that_cannot_be_used_is_named(
    columns: SampleColumns, code: str, sample: Frame
) -> None:
    with pytest.raises(UserError) as caught:
        frame_design(sample, columns)
    (problem,) = caught.value.problems
    assert problem.kind.code == code
    assert problem.place.column in (columns.weight, columns.strata, columns.cluster)
    assert "{" not in problem.what("en") + problem.remedy("en")
