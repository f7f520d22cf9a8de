"""What is hidden of tables: thresholds, columns, letters, means, and what stays."""

import numpy as np
import pytest

from tyndau.base.frames import Category, Column, Frame, Variable
from tyndau.base.languages import Text
from tyndau.disclosure import Hidden, People, Quoted, Rules, hide
from tyndau.estimation import make_design
from tyndau.study.standards import Thresholds
from tyndau.tabulation import Table, tabulate

LIMITS = Thresholds()
PLACES = {"north": 200, "south": 120, "east": 60, "west": 45, "far": 20}


def single(name: str, codes: list[str], values: np.ndarray, scores: bool = False) -> Column:
    """Make a single response."""
    categories = tuple(
        Category(code, Text(ru=code), score=float(at + 1) if scores else None)
        for at, code in enumerate(codes)
    )
    variable = Variable(name, "single", Text(ru=name), categories)
    return Column(variable, values.astype(np.int32), np.ones(len(values), dtype=bool))


@pytest.fixture
def frame() -> Frame:
    """Return simulated people in five places, with an answer and a score each."""
    random = np.random.default_rng(7)
    place = np.repeat(np.arange(len(PLACES)), list(PLACES.values()))
    count = len(place)
    columns = {
        "place": single("place", list(PLACES), place),
        "heard": single("heard", ["yes", "no", "dk"], random.choice(3, count, p=[0.5, 0.4, 0.1])),
        "trust": single("trust", list("12345"), random.integers(0, 5, count), scores=True),
        "point": single("point", [f"p{at}" for at in range(60)], np.arange(count) % 60),
    }
    return Frame(np.arange(count).astype(str), columns)


def tables(frame: Frame) -> list[Table]:
    """Tabulate both questions by place."""
    design = make_design(len(frame))
    return [
        tabulate(frame, name, [("place", Text(ru="Место"))], design=design, inference="design")
        for name in ("heard", "trust")
    ]


def column(table: Table, code: str) -> int:
    """Return where a column stands."""
    return [head.code for head in table.columns].index(code)


def hidden_of(frame: Frame, rules: Rules | None = None, **options: object) -> Hidden:
    """Hide what the default thresholds hide."""
    return hide(tables(frame), People.of(frame), rules or Rules(LIMITS), **options)  # type: ignore[arg-type]


def test_cells_of_few_people_hold_no_number(frame: Frame) -> None:
    counted = tables(frame)
    for before, after in zip(counted, hidden_of(frame).tables, strict=True):
        assert after is not None and after.hidden is not None
        people = np.round(before.percent * before.base / 100)
        answers = np.array([head.kind == "answer" for head in before.rows])
        few = (people > 0) & (people < LIMITS.people_below) & answers[:, None]
        assert few.any()
        assert after.hidden[few].all()
        for values in (after.percent, after.se, after.low, after.high):
            assert np.isnan(values[after.hidden]).all()
        assert not after.versus_rest[after.hidden].any()
        assert not after.higher_than[after.hidden].any()
        assert not np.swapaxes(after.higher_than, 1, 2)[after.hidden].any()


def test_a_column_of_a_low_base_is_hidden_whole_and_says_its_base(frame: Frame) -> None:
    for table in hidden_of(frame).tables:
        assert table is not None and table.hidden is not None
        far = column(table, "far")
        assert table.hidden[:, far].all()
        assert table.columns[far].base == PLACES["far"]


def test_territories_need_interviews_and_points_in_the_public_edition(frame: Frame) -> None:
    heard, _ = hidden_of(frame).tables
    assert heard is not None and heard.hidden is not None
    assert not heard.hidden[:, column(heard, "west")].all()  # 45 people are enough for a column
    public = Rules(LIMITS, frozenset(PLACES))
    heard, _ = hidden_of(frame, public).tables
    assert heard is not None and heard.hidden is not None
    assert heard.hidden[:, column(heard, "west")].all()
    assert not heard.hidden[:, column(heard, "east")].all()
    few_points = frame["point"].values.copy()
    few_points[frame["place"].values == 2] = 0
    columns = {
        **frame.columns,
        "point": single("point", [f"p{at}" for at in range(60)], few_points),
    }
    moved = Frame(frame.keys, columns)
    heard, _ = hidden_of(moved, Rules(LIMITS, frozenset(PLACES), "point")).tables
    assert heard is not None and heard.hidden is not None
    assert heard.hidden[:, column(heard, "east")].all()


def test_the_public_edition_hides_all_that_the_customer_s_hides(frame: Frame) -> None:
    restricted = hidden_of(frame)
    public = hidden_of(frame, Rules(LIMITS, frozenset(PLACES)), within=restricted)
    for narrow, wide in zip(restricted.tables, public.tables, strict=True):
        assert narrow is not None and wide is not None
        assert narrow.hidden is not None and wide.hidden is not None
        assert (wide.hidden | ~narrow.hidden).all()
    assert public.audit.passed


def test_what_is_shown_is_rounded_as_it_is_printed(frame: Frame) -> None:
    for table in hidden_of(frame).tables:
        assert table is not None
        for row, head in enumerate(table.rows):
            shown = table.percent[row][~np.isnan(table.percent[row])]
            assert (np.round(shown, 0 if head.is_share else 2) == shown).all()
        assert np.isnan(table.se).all()


def test_a_column_under_the_least_number_of_people_is_left_out_with_another(frame: Frame) -> None:
    rows = np.ones(len(frame), dtype=bool)
    rows[np.flatnonzero(frame["place"].values == 4)[:14]] = False  # 6 people are left there
    few = frame.where(rows)
    result = hidden_of(few)
    for table in result.tables:
        assert table is not None
        left = {head.code for head in table.left_out}
        assert "far" in left and len(left) == 2
        assert "far" not in {head.code for head in table.columns}
    assert result.audit.passed


def test_the_base_of_a_mean_does_not_tell_how_many_had_no_score(frame: Frame) -> None:
    values = frame["trust"].values.copy()
    values[:3] = -1
    asked = np.ones(len(frame), dtype=bool)
    trust = Column(frame["trust"].variable, values, asked)
    result = hidden_of(Frame(frame.keys, {**frame.columns, "trust": trust}))
    table = result.tables[1]
    assert table is not None and table.hidden is not None
    codes = [head.code for head in table.rows]
    assert table.hidden[codes.index("no_answer"), 0]
    assert (table.base[codes.index("mean")] == [head.base for head in table.columns]).all()


def test_what_a_text_quotes_is_hidden_last(frame: Frame) -> None:
    result = hidden_of(frame)
    table = result.tables[0]
    assert table is not None and table.hidden is not None
    complements = [
        (row, at)
        for row in range(len(table.rows))
        for at in range(1, len(table.columns))
        if result.reasons.get(int(result.linked.places[0][row, at])) == "complement"
    ]
    assert complements
    row, at = complements[0]
    quoted = Quoted("heard", (table.rows[row].code,), ("place", table.columns[at].code))
    again = hidden_of(frame, quoted=[quoted])
    shown = again.tables[0]
    assert shown is not None and shown.hidden is not None
    assert not shown.hidden[row, at]
    assert again.audit.passed


def test_nobody_is_shown_as_nobody(frame: Frame) -> None:
    values = frame["heard"].values.copy()
    values[values == 2] = 1
    codes = ["yes", "no", "dk"]
    result = hidden_of(
        Frame(frame.keys, {**frame.columns, "heard": single("heard", codes, values)})
    )
    table = result.tables[0]
    assert table is not None and table.hidden is not None
    assert not table.hidden[2].any()
    assert (table.percent[2] == 0).all()


def asked_in_turn(frame: Frame, silent: dict[str, int]) -> Frame:
    """Ask two in three who heard, and the next question all of them but those who did not know."""
    asked = np.arange(len(frame)) % 3 > 0
    place = frame["place"].values
    heard = np.where(asked, np.arange(len(frame)) % 2, -1).astype(np.int32)
    for at, code in enumerate(PLACES):
        heard[np.flatnonzero(asked & (place == at))[: silent[code]]] = 2
    knew = asked & (heard != 2)
    trust = np.where(knew, frame["trust"].values, -1).astype(np.int32)
    columns = {
        "heard": Column(frame["heard"].variable, heard, asked),
        "trust": Column(frame["trust"].variable, trust, knew),
    }
    return Frame(frame.keys, {**frame.columns, **columns})


def bases(table: Table | None) -> dict[str, int]:
    """Return the bases of the places that a table shows."""
    assert table is not None
    return {head.code: head.base for head in table.columns if head.group >= 0}


def test_bases_of_questions_put_in_turn_do_not_tell_how_few_fell_out_between(frame: Frame) -> None:
    silent = {"north": 15, "south": 12, "east": 3, "west": 0, "far": 2}
    result = hidden_of(asked_in_turn(frame, silent))
    heard, trust = map(bases, result.tables)
    assert {"north", "south", "west"} <= trust.keys()
    for code in trust:
        assert heard[code] - trust[code] == silent[code]
        assert silent[code] == 0 or silent[code] >= LIMITS.people_below
    assert result.audit.passed


def test_so_few_are_counted_by_their_effective_number(frame: Frame) -> None:
    routed = asked_in_turn(frame, {"north": 12, "south": 12, "east": 12, "west": 12, "far": 0})
    weights = np.ones(len(routed))
    south = np.flatnonzero((routed["heard"].values == 2) & (routed["place"].values == 1))
    weights[south[0]] = 9.0
    design = make_design(len(routed), weights=weights)
    banner = [("place", Text(ru="Место"))]
    counted = [
        tabulate(routed, name, banner, design=design, inference="none")
        for name in ("heard", "trust")
    ]
    result = hide(counted, People.of(routed, weights), Rules(LIMITS))
    assert "south" not in bases(result.tables[1])
    assert {"north", "east"} & bases(result.tables[1]).keys()
    assert result.audit.passed
