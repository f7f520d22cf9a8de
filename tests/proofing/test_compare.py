"""The wave as a witness: what it adds to the print, and when it is believed."""

import numpy as np
import pytest

from tyndau.base.frames import Category, Column, Frame, Variable
from tyndau.base.languages import Text
from tyndau.estimation import make_design
from tyndau.proofing import Expected, Finding, describe, examine, expected_from
from tyndau.proofing.compare import standing_out
from tyndau.tabulation import tabulate

VOLUME = """
1 sources multi sex
answer    | total | men  | women
base      | 640   | 40*  | 600
radio     | 46    | 60   | 45
paper     | 54    | 40   | 55
dont_know | 20    | 20   | 20
"""


def wave(volume, **changes: float) -> dict[int, Expected]:
    """Return what a wave expects that agrees with the volume but for men's answers named."""
    expected = {}
    for index, table in enumerate(volume.tables):
        percent = {cell: float(printed) for cell, printed in table.percent.items()}
        percent |= {(code, "men"): value for code, value in changes.items()}
        base = {code: column.base for code, column in table.columns.items()}
        expected[index] = Expected(base, {}, percent, frozenset({"dont_know"}))
    return expected


def said(finding: Finding) -> str:
    return " ".join(sentence.say("en") for sentence in describe(finding))


def test_the_counts(made) -> None:
    volume = made(VOLUME)
    proof = examine(volume, wave(volume, radio=62.5, paper=48.0))
    assert (proof.cells, proof.compared, proof.agreeing, proof.one_person) == (9, 9, 7, 1)
    assert proof.summary.say("en") == (
        "9 printed cells in 1 tables; 9 compared with the wave: 7 agree to the printed rounding, "
        "1 differ by one person, 1 by more."
    )


def test_rounding_is_no_difference(made) -> None:
    volume = made(VOLUME)
    assert examine(volume, wave(volume, radio=60.5, paper=39.5)).findings == ()


def test_one_person_is_counted(made) -> None:
    volume = made(VOLUME)
    (found,) = examine(volume, wave(volume, radio=62.5)).findings
    assert (found.severity, found.kind) == ("minor", "one-person")
    assert said(found) == "1 cells differ from the study's wave by one person: tables 1."


def test_a_slip_too_small_for_the_total_is_seen_by_the_wave(made) -> None:
    # 40 for 4: men are 14 people of 640, less than the total's rounding hides.
    volume = made(VOLUME, {"| 40   | 55": "| 4    | 55"})
    (found,) = examine(volume, wave(made(VOLUME))).findings
    assert (found.severity, found.column, found.code) == ("slip", "men", "paper")
    assert found.likely == 40
    assert "The study's wave has 40.0 % here: 16 of 40 people." in said(found)


def test_the_wave_finds_the_cell_that_contradicts_the_total(made) -> None:
    volume = made(VOLUME, {"| 40   | 55": "| 40   | 65"})
    (found,) = examine(volume, wave(made(VOLUME))).findings
    assert (found.severity, found.kind, found.column, found.likely) == ("slip", "cell", "women", 55)
    assert "The columns hold" in said(found)
    assert "65 is 55 with one digit changed." in said(found)


def test_answers_that_the_print_leaves_out_may_be_missing_from_the_sum(made) -> None:
    text = """
    1 trust single sex
    answer | total | men  | women
    base   | 2000  | 1000 | 1000
    yes    | 50    | 40   | 60
    no     | 45    | 55   | 35
    """
    volume = made(text)
    expected = wave(volume)
    assert examine(volume, expected).findings == ()
    # A wave in which everybody answered yes or no is a contradiction of the print.
    full = {("no", column): 100 - expected[0].percent["yes", column] for column in expected[0].base}
    complete = {0: Expected(expected[0].base, {}, expected[0].percent | full)}
    assert {f.code for f in examine(volume, complete).findings} == {"no"}


@pytest.mark.parametrize(
    ("people", "threshold"),
    [
        ([], 2),  # nothing else differs: two people stand out
        ([9], 2),
        ([1, 9], 4),
        ([1] * 60, 3),
        ([1] * 60 + [2] * 6 + [3], 5),
        ([1] * 60 + [2] * 6 + [3, 40], 5),  # a slip does not hide itself
        ([1] * 5 + [2] * 5 + [3] * 5 + [4] * 5, 13),
    ],
)
def test_a_difference_stands_out_by_the_smaller_ones(people: list[int], threshold: int) -> None:
    assert standing_out(people) == threshold


def test_columns_that_share_a_code_are_not_compared() -> None:
    def answers(name: str, values: list[int], *codes: str) -> Column:
        categories = tuple(Category(code, Text(ru=code)) for code in codes)
        asked = np.ones(len(values), dtype=np.bool_)
        return Column(Variable(name, "single", Text(), categories), np.array(values), asked)

    columns = [
        answers("q", [0, 0, 1, 1], "a", "b"),
        answers("read", [0, 1, 1, 1], "yes", "no"),
        answers("wrote", [0, 0, 1, 2], "yes", "no", "never"),
    ]
    frame = Frame(np.array(list("1234")), {one.variable.name: one for one in columns})
    banner = [("read", Text()), ("wrote", Text())]
    table = tabulate(frame, "q", banner, design=make_design(4), inference="none")
    found = expected_from(table)
    assert found.base == {"total": 4, "never": 1}
    assert set(found.percent) == {(q, c) for q in "ab" for c in ("total", "never")}
