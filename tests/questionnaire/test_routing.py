"""Who was asked, by groups, calculates, screening and chance."""

from collections.abc import Callable

import numpy as np

from tyndau.base.frames import Frame
from tyndau.questionnaire import Form, asked, read_form

MakeFrame = Callable[..., Frame]


def _rows(mask: object) -> list[int]:
    return np.flatnonzero(np.asarray(mask)).tolist()


def test_routing_is_followed_through_group_and_calculate(
    council: Form, frame_of: MakeFrame
) -> None:
    frame = frame_of(
        council,
        {
            "age": [18, 15, 40, 40],
            "city": ["taraz", "taraz", "other", "taraz"],
            "q16": ["contact", "yes", "yes", "no"],
            "q11": ["visit", "visit", "visit", "nothing"],
        },
    )
    result = asked(council, frame)
    assert list(result) == [question.name for question in council.questions]
    assert _rows(result["age"]) == [0, 1, 2, 3]
    assert _rows(result["q16"]) == [0, 3]
    # Rows 1 and 2 answered, though they were screened out: their answers open no route.
    assert _rows(result["q17"]) == [0]
    assert _rows(result["q12"]) == [0]
    assert result["rest"] is None


def test_without_screening_questions_everybody_was_let_in(
    council: Form, frame_of: MakeFrame
) -> None:
    frame = frame_of(council, {"q16": ["contact", "no"], "q11": ["nothing", ""]})
    result = asked(council, frame)
    assert _rows(result["q16"]) == [0, 1]
    assert _rows(result["q17"]) == [0]
    assert _rows(result["q12"]) == [1]


def test_what_depends_on_a_missing_column_is_unknown(council: Form, frame_of: MakeFrame) -> None:
    result = asked(council, frame_of(council, {"age": [20, 30], "city": ["taraz", "taraz"]}))
    assert result["q17"] is None
    assert _rows(result["q11"]) == [0, 1]


def test_a_chain_of_conditions_longer_than_the_stack_is_followed(frame_of: MakeFrame) -> None:
    rows = "".join(
        f"| | calculate | c{n} | | ${{c{n - 1}}} | |\n" if n else "| | text | c0 | L | | |\n"
        for n in range(1500)
    )
    form = read_form(
        "| survey |\n| | type | name | label | calculation | relevant |\n"
        + rows
        + "| | text | last | L | | ${c1499} = 'x' |\n",
        "md",
    )
    result = asked(form, frame_of(form, {"c0": ["x", "y"]}))
    assert _rows(result["last"]) == [0]


def test_repeated_questions_are_of_no_row(frame_of: MakeFrame) -> None:
    form = read_form(
        """
        | survey |
        | | type | name | label |
        | | text | a | A |
        | | begin_repeat | r | R |
        | | text | b | B |
        | | end_repeat | | |
        """,
        "md",
    )
    assert form["b"].repeated
    assert form["b"].groups == ("r",)
    result = asked(form, frame_of(form, {"a": ["1"]}))
    assert result["b"] is None


def test_an_answer_off_the_route_opens_no_further_route(frame_of: MakeFrame) -> None:
    form = read_form(
        """
        | survey |
        | | type | name | label | relevant |
        | | text | a | A | |
        | | text | b | B | ${a} = 'y' |
        | | text | c | C | ${b} = 'y' |
        """,
        "md",
    )
    result = asked(form, frame_of(form, {"a": ["y", "n"], "b": ["y", "y"]}))
    assert _rows(result["b"]) == [0]
    assert _rows(result["c"]) == [0]
