"""A specification that is wrong fails: each way in which a printed table can lie is caught."""

import numpy as np
import pytest

from .text_tables import counted, frame, gives, multiple, places, rows, scale, single

TABLE = """
    column | mean | letters
    north  | 2.50 | AB
    south  |    - | -
"""
MEANS, LETTERS = [2.4951, np.nan], ["AB", ""]


def test_what_is_printed_is_what_was_found() -> None:
    gives(TABLE, mean=MEANS, letters=LETTERS, r={"mean": np.array(MEANS)})


@pytest.mark.parametrize(
    ("found", "complaint"),
    [
        ({"mean": [2.4949, np.nan], "letters": LETTERS}, "mean, row 1: got 2.4949, printed 2.50"),
        ({"mean": [np.nan, np.nan], "letters": LETTERS}, "mean, row 1: got nan"),
        ({"mean": [2.5, 0.0], "letters": LETTERS}, "mean, row 2: got 0.0, printed -"),
        ({"mean": MEANS, "letters": ["A", ""]}, "letters, row 1: got A, printed AB"),
        ({"mean": MEANS, "letters": ["AB", "C"]}, "letters, row 2: got C, printed -"),
        ({"mean": MEANS[:1], "letters": LETTERS}, "mean: 1 results, 2 printed"),
        ({"mean": MEANS}, "not computed: {'letters'}"),
        ({"mean": MEANS, "letters": LETTERS, "se": [1, 1]}, "not printed: {'se'}"),
    ],
)
def test_what_is_not_as_printed_is_named(found: dict, complaint: str) -> None:
    with pytest.raises(AssertionError) as caught:
        gives(TABLE, **found)
    assert complaint in str(caught.value)


@pytest.mark.parametrize(
    ("theirs", "complaint"),
    [
        ({"mean": np.array([2.51, np.nan])}, "mean, row 1: R 2.51, printed 2.50"),
        ({"mean": np.array([2.4951001, np.nan])}, "Not equal to tolerance"),
        ({"median": np.array([2.0, 2.0])}, "only R says {'median'}"),
    ],
)
def test_r_is_held_against_the_printed_number_and_against_ours(
    theirs: dict, complaint: str
) -> None:
    with pytest.raises(AssertionError) as caught:
        gives(TABLE, mean=MEANS, letters=LETTERS, r=theirs)
    assert complaint in str(caught.value)


def test_yes_and_no_are_true_and_false() -> None:
    table = "a | b\nx | yes\ny | no"
    gives(table, b=[True, np.False_], r={"b": np.array([1.0, 0.0])})
    with pytest.raises(AssertionError, match="row 2"):
        gives(table, b=[True, True])


def test_data_are_read_as_they_stand() -> None:
    data = rows("a | b | c\n1 | x | 2.5\n2 | y z | -")
    assert data["a"].tolist() == [1, 2]
    assert data["b"].tolist() == ["x", "y z"]
    assert data["c"][0] == 2.5
    assert np.isnan(data["c"][1])
    with pytest.raises(AssertionError, match="rows differ in length"):
        rows("a | b\n1")


def test_groups_become_people() -> None:
    data = counted("sex | yes | no\nf | 2 | 1\nm | 0 | 1", "q", "yes", "no")
    assert list(zip(data["sex"].tolist(), data["q"].tolist(), strict=True)) == [
        ("f", "yes"), ("f", "yes"), ("f", "no"), ("m", "no"),
    ]  # fmt: skip


def test_a_frame_keeps_three_absences_apart() -> None:
    data = rows(
        "q | m | s\nyes | tv net | good\nno answer | no answer | dk\nnot asked | not asked | bad"
    )
    found = frame(
        data, q=single("yes", "no"), m=multiple("tv", "net"), s=scale(bad=1, good=5, dk=None)
    )
    assert found["q"].asked.tolist() == [True, True, False]
    assert found["q"].answered.tolist() == [True, False, False]
    assert found["m"].values.tolist() == [[True, True], [False, False], [False, False]]
    assert [one.score for one in found["s"].variable.categories] == [1, 5, None]
    with pytest.raises(KeyError):
        frame(data, q=single("yes"), s=single("good"))


def test_places_of_codes() -> None:
    assert places(np.array(["b", "a", "c"]), "a", "b").tolist() == [1, 0, -1]
