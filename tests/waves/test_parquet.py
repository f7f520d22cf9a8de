"""Frames survive Parquet, whatever they hold, and other programs read what docs/waves.md says."""

import io

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from tyndau.base.frames import Category, Column, Frame, Variable
from tyndau.base.languages import Text
from tyndau.waves import read_codebook, read_parquet, write_codebook, write_parquet

KAZAKH = "аәбгғқңоөуұүһіӘҒҚҢӨҰҮҺІ -«»\"'\n\t,;?"
words = st.text(st.one_of(st.sampled_from(KAZAKH), st.characters(codec="utf-8")), max_size=12)
codes = st.lists(st.text("абқ1_-", min_size=1, max_size=4), min_size=1, max_size=5, unique=True)
texts = st.builds(Text, words, words)


def same(first: Frame, second: Frame) -> None:
    """Assert that two frames hold the same, types included."""
    assert_array_equal(first.keys, second.keys)
    assert list(first.columns) == list(second.columns)
    for mine, yours in zip(first, second, strict=True):
        assert mine.variable == yours.variable
        assert mine.values.dtype == yours.values.dtype
        assert_array_equal(mine.asked, yours.asked)
        assert_array_equal(mine.values, yours.values)


@st.composite
def variables(draw, name):
    kind = draw(st.sampled_from(["single", "multiple", "number", "text"]))
    categories = ()
    if kind in ("single", "multiple"):
        categories = tuple(
            Category(
                code,
                draw(texts),
                draw(st.sampled_from(["", "dont_know", "refused", "none", "other"])),
                draw(st.none() | st.floats(-10, 10)),
            )
            for code in draw(codes)
        )
    return Variable(name, kind, draw(texts), categories, draw(texts))


@st.composite
def columns(draw, name, rows):
    variable = draw(variables(name))
    asked = np.array(draw(st.lists(st.booleans(), min_size=rows, max_size=rows)), dtype=bool)
    count = len(variable.categories)
    if variable.kind == "single":
        given_ = st.integers(-1, count - 1)
        values = np.full(rows, -1, dtype=np.int32)
    elif variable.kind == "multiple":
        given_ = st.lists(st.booleans(), min_size=count, max_size=count)
        values = np.zeros((rows, count), dtype=bool)
    elif variable.kind == "number":
        given_ = st.just(float("nan")) | st.floats(allow_nan=False)
        values = np.full(rows, np.nan)
    else:
        given_ = words
        values = np.full(rows, "", dtype=object)
    for row in np.flatnonzero(asked):
        values[row] = draw(given_)
    return Column(variable, values, asked)


@st.composite
def frames(draw):
    rows = draw(st.integers(0, 6))
    names = draw(st.lists(st.text("qӘ_1", min_size=1, max_size=5), max_size=4, unique=True))
    return Frame(
        np.array([f"k{row}" for row in range(rows)], dtype=np.str_),
        {name: draw(columns(name, rows)) for name in names},
    )


@settings(max_examples=150, deadline=None)
@given(frames())
def test_any_frame_comes_back_as_it_was(frame):
    codebook = read_codebook(write_codebook(column.variable for column in frame))
    same(read_parquet(write_parquet(frame), codebook), frame)


def test_the_same_frame_gives_the_same_bytes(residents):
    assert write_parquet(residents) == write_parquet(residents)


def test_other_programs_read_codes_and_both_kinds_of_absence(residents):
    table = pq.read_table(io.BytesIO(write_parquet(residents)))
    assert table.column("key").to_pylist() == ["a1", "b2", "c3", "d4"]
    assert table.column("trust").to_pylist() == ["dont_know", "1", "", None]
    assert table.column("problems").to_pylist() == [["water", "roads"], ["none"], [], None]
    weights = table.column("weight").to_pylist()
    assert weights[:2] == [1.5, 0.25] and np.isnan(weights[2]) and weights[3] is None
    assert table.column("words").to_pylist()[2:] == ["", None]


def test_fields_carry_labels_in_both_languages(residents):
    metadata = pq.read_schema(io.BytesIO(write_parquet(residents))).field("trust").metadata
    assert metadata[b"label.kk"].decode() == "Сенесіз бе?"
    assert metadata[b"label.ru"].decode() == "Доверяете ли вы?"
    assert "Білмеймін" in metadata[b"categories"].decode()


def test_an_answer_without_a_question_is_not_written_silently(residents):
    trust = residents["trust"]
    trust.values[3] = 1
    with pytest.raises(ValueError, match="trust"):
        write_parquet(residents)


def test_a_code_without_a_category_is_refused(residents):
    data = write_parquet(residents)
    poorer = [
        Variable(v.name, v.kind, v.label, v.categories[:1])
        for v in (column.variable for column in residents)
    ]
    with pytest.raises(ValueError, match="codes that the codebook does not know"):
        read_parquet(data, poorer)


def test_many_row_groups_are_one_frame():
    rows = 150_000
    variable = Variable("q", "single", Text(), (Category("a", Text()), Category("b", Text())))
    values = (np.arange(rows) > rows - 3).astype(np.int32)
    frame = Frame(
        np.array([f"{row:x}" for row in range(rows)]),
        {"q": Column(variable, values, np.ones(rows, dtype=bool))},
    )
    same(read_parquet(write_parquet(frame), [variable]), frame)
