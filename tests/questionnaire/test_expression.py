"""Expressions: what is read, what is refused and why, what holds for which rows."""

import math
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tyndau.base.errors import Place, UserError
from tyndau.base.frames import Category, Column, Frame
from tyndau.base.languages import Text
from tyndau.questionnaire import NotComputableError, parse
from tyndau.questionnaire.syntax import Path

CODES = tuple(Category(code, Text(code, code)) for code in ("a", "b", "c"))


@pytest.fixture(scope="session")
def frame(column: Callable[..., Column]) -> Frame:
    """Return four rows with a column of each kind."""
    return Frame(
        np.array(["r0", "r1", "r2", "r3"]),
        {
            "one": column("one", "single", ["a", "b", None, "c"], CODES),
            "many": column("many", "multiple", ["a b", "c", "", "a"], CODES),
            "age": column("age", "number", [18, 35.5, None, 60]),
            "word": column("word", "text", ["да", "", "2024-05-01", "12"]),
        },
    )


@pytest.mark.parametrize(
    ("source", "rows"),
    [
        ("${one} = 'a'", "0"),
        ("${one} != 'a'", "123"),
        ("${one} = ''", "2"),
        ("'a' = ${one} or ${one}='c'", "03"),
        ("selected(${many}, 'a')", "03"),
        ("not(selected(${many}, 'a')) and ${many} != ''", "1"),
        ("selected(${one}, 'b')", "1"),
        ("count-selected(${many}) >= 2", "0"),
        ("selected-at(${many}, 1) = 'b'", "0"),
        ("${age} >= 18 and ${age} < 60", "01"),
        ("${age} = '18'", "0"),
        ("${age} = 35.5", "1"),
        ("${age} != 18", "123"),
        ("not(${age} > 18)", "02"),
        ("${age} = ''", "2"),
        ("${age} + 2 * 3 = 24", "0"),
        ("(${age} + 2) * 3 = 60", "0"),
        ("${age} - -2 = 20", "0"),
        ("${age} mod 10 = 8 or ${age} div 2 = 30", "03"),
        ("round(${age}) = 36 or int(${age}) = 18", "01"),
        ("if(${one} = 'a', 'x', 'y') = 'y'", "123"),
        ("coalesce(${age}, 7) = 7", "2"),
        ("string-length(${word}) > 0", "023"),
        ("regex(${word}, '[0-9]+')", "3"),
        ("concat(${one}, '-', ${word}) = 'a-да'", "0"),
        ("${word} > '2024-04-30' and ${word} < '2024-05-02'", "2"),
        ("${word} > date('2024-04-30')", "2"),
        ("number(${word}) = 12", "3"),
        ("contains(${word}, 'д') or starts-with(${word}, '2024')", "02"),
        ("max(${age}, 40) = 60", "3"),
        ("true() and not(false())", "0123"),
        ("${one}", "013"),
        ("once(${age}) = 18", "0"),
    ],
)
def test_it_holds_for_the_right_rows(frame: Frame, source: str, rows: str) -> None:
    holds = parse(source).holds(frame)
    assert "".join(str(row) for row in np.flatnonzero(holds)) == rows


def test_what_was_not_asked_has_no_value(frame: Frame) -> None:
    one = replace(frame["one"], asked=np.array([False, True, True, True]))
    frame = Frame(frame.keys, {**frame.columns, "one": one})
    assert parse("${one} = ''").holds(frame).tolist() == [True, False, True, False]


@pytest.mark.parametrize(
    ("source", "part", "reason"),
    [
        ("${a} =", "${a} =", "missing at the end"),
        ("${a} == 1", "=", "does not belong"),
        ("${a} = ‘yes’", "‘yes’", "straight"),
        ("${a} = 'yes", "'yes", "straight"),
        ("selcted(${a}, 'x')", "selcted", "the nearest is selected"),
        ("selected(${a})", "selected", "must be 2"),
        ("${a} AND ${b}", "AND ${b}", "small letters: and"),
        ("${a b}", "${a b}", "does not belong"),
        ("(${a} = 1", "", "missing at the end"),
        ("(" * 5000 + "1" + ")" * 5000, "", "longer or deeper"),
        ("1" + " + 1" * 5000, "", "longer or deeper"),
        ("${a} " + "and " * 3000, "", "does not belong"),
    ],
)
def test_a_bad_expression_names_the_part_and_the_reason(
    source: str, part: str, reason: str
) -> None:
    place = Place("forms/x.xlsx", "survey", 7, "relevant")
    with pytest.raises(UserError) as caught:
        parse(source, place)
    problem = caught.value.problems[0]
    assert problem.kind.code == "form.bad-expression"
    assert problem.place == place
    assert reason in problem.what("en")
    assert part in problem.what("en")


def test_a_long_chain_of_conditions_is_read(frame: Frame) -> None:
    source = " or ".join(f"${{one}} = 'x{number}'" for number in range(1500)) + " or ${one} = 'a'"
    assert parse(source).holds(frame).tolist() == [True, False, False, False]


@pytest.mark.parametrize(
    "source", ["random() < 0.5", "${one} = today()", "../x = 1", ". > 3", "position(..) = 1"]
)
def test_what_answers_do_not_determine_is_read_but_not_computed(frame: Frame, source: str) -> None:
    expression = parse(source)
    assert not expression.deterministic
    with pytest.raises(NotComputableError):
        expression.holds(frame)


def test_names_are_found_inside_paths_too() -> None:
    expression = parse("instance('a')/root/item[name = ${one}]/label = concat(${word}, 'x')")
    assert expression.names == {"one", "word"}
    assert isinstance(parse("region").tree, Path)


def test_a_missing_column_is_not_computable(frame: Frame) -> None:
    with pytest.raises(NotComputableError, match="nobody"):
        parse("${nobody} = 1").holds(frame)


# A second, naive evaluator: one row at a time, over the same random trees.

_LEAVES = st.one_of(
    st.sampled_from(["${one}", "${age}", "${word}", "'a'", "'b'", "''", "18", "35.5", "2"]),
)
_VALUES = st.recursive(
    _LEAVES,
    lambda inner: st.builds(
        lambda left, operator, right: f"({left} {operator} {right})",
        inner, st.sampled_from(["+", "-", "*", "div", "mod"]), inner,
    ),
    max_leaves=4,
)  # fmt: skip
_CONDITIONS = st.recursive(
    st.one_of(
        st.builds(
            lambda left, operator, right: f"({left} {operator} {right})",
            _VALUES, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), _VALUES,
        ),
        st.sampled_from(["selected(${many}, 'a')", "selected(${many}, 'z')", "${one}"]),
    ),
    lambda inner: st.one_of(
        st.builds(
            lambda left, operator, right: f"({left} {operator} {right})",
            inner, st.sampled_from(["and", "or"]), inner,
        ),
        st.builds("not({})".format, inner),
    ),
    max_leaves=6,
)  # fmt: skip


def _num(value: Any) -> float:
    if isinstance(value, bool):
        return float(value)
    if isinstance(value, float):
        return value
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return float((np.datetime64(str(value)) - np.datetime64("1970-01-01")).astype(int))
    return float(value) if re.fullmatch(r"-?\d+(\.\d+)?", value) else math.nan


def _row_value(source: str, row: dict[str, str]) -> Any:
    """Evaluate by rewriting to calls of Python functions, nothing shared with the parser."""
    source = re.sub(r"\$\{(\w+)\}", lambda found: repr(row[found[1]]), source)
    tokens = re.findall(r"'[^']*'|[\d.]+|[a-z]+|!=|<=|>=|[=<>+\-*(),]", source)

    def take(expected: str = "") -> str:
        token = tokens.pop(0)
        assert not expected or token == expected
        return str(token)

    def value() -> Any:
        token = take()
        if token == "not":
            take("(")
            inner = value()
            take(")")
            return not _truth(inner)
        if token == "selected":
            take("(")
            codes = value()
            take(",")
            code = value()
            take(")")
            return code in codes.split()
        if token == "(":
            left, operator, right = value(), take(), value()
            take(")")
            return _apply(operator, left, right)
        return token[1:-1] if token.startswith("'") else float(token)

    return value()


def _truth(value: Any) -> bool:
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return bool(value)


def _apply(operator: str, left: Any, right: Any) -> Any:
    if operator in ("and", "or"):
        pair = (_truth(left), _truth(right))
        return all(pair) if operator == "and" else any(pair)
    if operator in ("=", "!="):
        numeric = isinstance(left, float) or isinstance(right, float)
        same = _num(left) == _num(right) if numeric else left == right
        return same == (operator == "=")
    first, second = np.float64(_num(left)), np.float64(_num(right))
    with np.errstate(all="ignore"):
        result = {
            "<": first < second, "<=": first <= second, ">": first > second,
            ">=": first >= second, "+": first + second, "-": first - second,
            "*": first * second, "div": first / second, "mod": np.fmod(first, second),
        }[operator]  # fmt: skip
    return bool(result) if operator in "<=>=" else float(result)


@given(_CONDITIONS)
def test_all_rows_at_once_equal_one_row_at_a_time(frame: Frame, source: str) -> None:
    rows = [
        {"one": "a", "many": "a b", "age": "18", "word": "да"},
        {"one": "b", "many": "c", "age": "35.5", "word": ""},
        {"one": "", "many": "", "age": "", "word": "2024-05-01"},
        {"one": "c", "many": "a", "age": "60", "word": "12"},
    ]
    expected = [_truth(_row_value(source, row)) for row in rows]
    assert parse(source).holds(frame).tolist() == expected
