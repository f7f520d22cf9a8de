"""Records that may be released: k people share each combination of traits; no answer changes."""

import numpy as np
import pytest

from tyndau.base.frames import Category, Column, Frame, Variable
from tyndau.base.languages import Text
from tyndau.disclosure import k_anonymity, release


def single(name: str, size: int, values: np.ndarray) -> Column:
    """Make a single response."""
    categories = tuple(Category(f"{name}{at}", Text(f"kk{at}", f"ru{at}")) for at in range(size))
    variable = Variable(name, "single", Text(name, name), categories)
    return Column(variable, values.astype(np.int32), np.ones(len(values), dtype=bool))


@pytest.fixture
def frame() -> Frame:
    """Return 300 simulated people with three traits and an answer."""
    random = np.random.default_rng(5)
    columns = {
        "age": single("age", 6, random.choice(6, 300, p=[0.3, 0.25, 0.2, 0.15, 0.08, 0.02])),
        "sex": single("sex", 2, random.integers(0, 2, 300)),
        "town": single("town", 5, random.choice(5, 300, p=[0.5, 0.3, 0.1, 0.07, 0.03])),
        "answer": single("answer", 3, random.integers(0, 3, 300)),
    }
    return Frame(np.arange(300).astype(str), columns)


KEYS = ("age", "sex", "town")


def test_the_smallest_classes_are_named_with_what_would_help(frame: Frame) -> None:
    found = k_anonymity(frame, KEYS, k=5)
    counted: dict[tuple[int, ...], int] = {}
    for row in zip(*(frame[name].values.tolist() for name in KEYS), strict=True):
        counted[row] = counted.get(row, 0) + 1
    assert found.k == min(counted.values()) < 5
    assert found.classes == len(counted)
    assert found.exposed == sum(size for size in counted.values() if size < 5)
    assert found.smallest[0].people == found.k
    assert found.suggestions[0].relieved > 0


def test_a_release_reaches_k_and_says_what_it_took(frame: Frame) -> None:
    made = release(frame, KEYS, k=5, seed=1)
    assert made.after.k >= 5
    assert made.before.k < 5
    assert made.steps
    removed = sum(step.people for step in made.steps if step.what == "remove")
    assert len(made.frame) == len(frame) - removed
    assert k_anonymity(made.frame, KEYS, k=5).exposed == 0


def test_answers_stay_what_they_were(frame: Frame) -> None:
    made = release(frame, KEYS, k=5, seed=1)
    if not any(step.what == "remove" for step in made.steps):
        before = np.bincount(frame["answer"].values)
        assert (np.bincount(made.frame["answer"].values) == before).all()
    assert made.frame.keys.tolist() == [str(at) for at in range(1, len(made.frame) + 1)]


def test_the_order_is_that_of_the_seed(frame: Frame) -> None:
    one, same, other = (release(frame, KEYS, k=5, seed=seed) for seed in (1, 1, 2))
    assert (one.frame["answer"].values == same.frame["answer"].values).all()
    assert (one.frame["answer"].values != other.frame["answer"].values).any()
    assert one.seed == 1


def test_places_give_way_to_those_that_they_lie_in(frame: Frame) -> None:
    city = ("city", Text("Қала", "Город"))
    geography = {f"town{at}": city for at in range(4)}
    made = release(frame, ("town",), k=5, seed=1, geography=geography)
    assert made.steps[0].what == "geography"
    assert "city" in made.frame["town"].variable.codes[0]
    assert not {"town0", "town1"} & set(made.frame["town"].variable.codes)


def test_too_few_people_give_no_record(frame: Frame) -> None:
    rows = np.zeros(300, dtype=bool)
    rows[:4] = True
    made = release(frame.where(rows), KEYS, k=5, seed=1)
    assert len(made.frame) == 0
    assert made.after.k == 0


def test_alone_is_never_enough(frame: Frame) -> None:
    with pytest.raises(ValueError, match="at least"):
        release(frame, KEYS, k=1, seed=1)
