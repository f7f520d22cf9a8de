"""The real volume of 2023 with its slips, and made volumes with none or one."""

import dataclasses
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tyndau.base.errors import UserError
from tyndau.base.frames import Category, Column, Frame, Variable
from tyndau.base.languages import Text
from tyndau.estimation import make_design
from tyndau.interchange import import_wave
from tyndau.proofing import (
    Finding,
    Proof,
    PublishedTable,
    PublishedVolume,
    describe,
    examine,
    expected_from,
    proof,
    read_published,
)
from tyndau.proofing.published import PrintedColumn
from tyndau.study import Study, load_study, new_study
from tyndau.tabulation import Table, tabulate
from tyndau.waves import Wave, read_wave


@pytest.fixture(scope="module")
def study(repository: Path) -> Study:
    return load_study(repository / "studies" / "public-councils-2023")


@pytest.fixture(scope="module")
def wave(study: Study) -> Wave:
    return read_wave(study.folder, "2023")


@pytest.fixture(scope="module")
def published(oracles: Path) -> Path:
    return oracles / "public-councils-2023" / "published-tables.csv"


@pytest.fixture(scope="module")
def found(study: Study, wave: Wave, published: Path) -> Proof:
    return proof(study, wave, published)


def said(finding: Finding) -> str:
    return " ".join(sentence.say("en") for sentence in describe(finding))


@pytest.mark.requirement("C9")
class TestPublicCouncils:
    """The report of 2023: 2,494 printed cells, its known slips, and no flood of others.

    The README of the data names the slips; the figures beyond it (tables 9, 43 and the other
    answers of table 16) follow from the same report and are argued in the tests.
    """

    def slip(self, found: Proof, table: str, column: str, code: str = "") -> Finding:
        here = [f for f in found.slips if (f.table, f.column, f.code) == (table, column, code)]
        assert len(here) == 1, f"{len(here)} slips in table {table}, {column}, {code}"
        return here[0]

    def test_all_cells_are_read_and_nearly_all_agree(self, found: Proof) -> None:
        assert (found.cells, found.compared, found.agreeing) == (2494, 2494, 2405)

    def test_table_10_prints_a_base_that_was_never_interviewed(self, found: Proof) -> None:
        slip = self.slip(found, "10", "18-20")
        assert (slip.kind, slip.printed, slip.likely) == ("base", 79, 19)
        assert "Only 56 people of this column were interviewed at all" in said(slip)
        assert "The other columns leave 19 of the 357 people of the total." in said(slip)

    def test_table_43_prints_the_bases_of_everybody(self, found: Proof) -> None:
        slip = self.slip(found, "43", "total")
        assert (slip.kind, slip.printed, slip.likely) == ("bases", 671, 208)
        assert "Routing puts the question to 208 people of the wave." in said(slip)

    @pytest.mark.parametrize(
        ("table", "column", "code", "printed", "likely"),
        [
            ("16", "51-60", "represent", 6, 66),
            ("28", "31-40", "dont_know", 10, 17),
            ("53", "full_time", "longer", 7, 17),
            ("59", "part_time", "one_name", 1, 16),
            ("80", "vocational", "parties", 10, 16),
        ],
    )
    def test_cells_of_the_readme(
        self, found: Proof, table: str, column: str, code: str, printed: int, likely: int
    ) -> None:
        slip = self.slip(found, table, column, code)
        assert (slip.kind, slip.printed, slip.likely) == ("cell", printed, likely)

    def test_table_16_says_why_neither_the_total_nor_the_wave_decides(self, found: Proof) -> None:
        slip = self.slip(found, "16", "51-60", "represent")
        assert "The study's wave has 46.0 % here: 46 of 100 people." in said(slip)
        assert "Neither the total nor the wave decides the figure" in said(slip)
        assert "named 1.62 answers; as many here ask for about 66 %." in said(slip)
        assert "6 is 66 with a digit lost." in said(slip)

    def test_table_28_says_that_the_column_adds_to_93(self, found: Proof) -> None:
        slip = self.slip(found, "28", "31-40", "dont_know")
        assert "The column adds to 93 %; rounding allows 97 to 103 %." in said(slip)

    def test_table_59_says_where_the_print_asks_for_another_figure_than_the_wave(
        self, found: Proof
    ) -> None:
        slip = self.slip(found, "59", "part_time", "one_name")
        assert "In whole people only 18 % of 49 lets the column add up." in said(slip)

    def test_slips_that_the_readme_does_not_name(self, found: Proof) -> None:
        # 25 % of 25 people is no whole number; the column adds to 97; 7 of 25 are 28 %.
        assert self.slip(found, "9", "karaganda", "not_needed").likely == 28
        # The column adds to 117 and the answer's total is exceeded; without it all adds up.
        assert self.slip(found, "43", "gt400k", "one_some").likely == 0
        # Three more answers of table 16 contradict a total that four other tables confirm.
        assert self.slip(found, "16", "").kind == "total"

    def test_there_is_no_other_slip(self, found: Proof) -> None:
        assert len(found.slips) == 10

    def test_minor_findings_do_not_flood(self, found: Proof) -> None:
        minor = [f for f in found.findings if f.severity == "minor"]
        cells = [f for f in minor if f.kind in ("cell", "wave", "people")]
        assert len(cells) <= 3
        assert len(minor) <= 20
        assert found.findings[: len(found.slips)] == found.slips

    def test_the_print_alone_gives_nearly_the_same(self, found: Proof, published: Path) -> None:
        alone = examine(read_published(published))
        by_wave = {("80", "vocational", "parties")}
        places = {(f.table, f.column, f.code) for f in found.slips} - by_wave
        assert places <= {(f.table, f.column, f.code) for f in alone.slips}
        assert alone.compared == 0


class TestAgainstTheStudy:
    TABLE = """
    1 q16_aware single city
    answer      | total | almaty | astana | aktobe | karaganda | semey
    base        | 671   | 299    | 175    | 73*    | 74*       | 50*
    yes_contact | 10    | 5      | 5      | 25     | 24        | 8
    yes         | 21    | 12     | 23     | 52     | 18        | 34
    unsure      | 29    | 12     | 57     | 14     | 46        | 34
    no          | 40    | 71     | 15     | 10     | 12        | 24
    """

    def test_it_works(self, study: Study, wave: Wave, written: Callable[..., Path]) -> None:
        result = proof(study, wave, written(self.TABLE))
        assert (result.compared, result.slips) == (24, ())

    @pytest.mark.parametrize(
        ("before", "after", "names"),
        [
            ("unsure ", "perhaps", "perhaps"),
            ("karaganda", "qaraganda", "qaraganda"),
        ],
    )
    def test_a_name_that_the_study_does_not_know_leaves_the_print_alone(
        self, study: Study, wave: Wave, written: Callable[..., Path],
        before: str, after: str, names: str,
    ) -> None:  # fmt: skip
        text = self.TABLE + self.TABLE.replace("1 q16", "2 q16").replace(before, after)
        (unknown,) = [f for f in proof(study, wave, written(text)).findings if f.kind == "unknown"]
        assert unknown.table == "2"
        assert said(unknown) == (
            f"Table 2 is checked on itself alone: the study does not know {names}."
        )

    def test_a_volume_of_another_study(
        self, study: Study, wave: Wave, written: Callable[..., Path]
    ) -> None:
        path = written(self.TABLE.replace("q16_aware", "q99"))
        with pytest.raises(UserError) as caught:
            proof(study, wave, path)
        (problem,) = caught.value.problems
        assert problem.kind.code == "table.published-unknown"
        assert (problem.place.row, '"q99" by "city"' in problem.what("en")) == (2, True)

    def test_a_volume_of_other_data(
        self, study: Study, wave: Wave, written: Callable[..., Path]
    ) -> None:
        path = written(self.TABLE.replace("671", "700"))
        with pytest.raises(UserError) as caught:
            proof(study, wave, path)
        (problem,) = caught.value.problems
        assert problem.kind.code == "table.published-other-data"
        assert "printed over 700 respondents, the wave has 671" in problem.what("en")

    def test_a_question_published_as_the_wrong_kind(
        self, study: Study, wave: Wave, written: Callable[..., Path]
    ) -> None:
        path = written(self.TABLE.replace("single", "multi"))
        (wrong,) = [f for f in proof(study, wave, path).findings if f.kind == "kind"]
        assert "the study asks q16_aware as one answer" in said(wrong)


# --- Random waves, printed rightly, then with one slip -------------------------------------------

Weights = np.ndarray | None

CODES = ("a", "b", "c", "d", "dont_know")
GROUPS = {"sex": 2, "age": 4}


def _categories(codes: tuple[str, ...]) -> tuple[Category, ...]:
    return tuple(
        Category(code, Text(code, code), "dont_know" if code == "dont_know" else "")
        for code in codes
    )


@st.composite
def frames(draw: st.DrawFn) -> Frame:
    """A wave of two banners and three questions, one of them put to some only."""
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    n = draw(st.integers(60, 800))
    columns = {}
    for name, count in GROUPS.items():
        codes = tuple(f"{name}{i}" for i in range(count))
        values = rng.choice(count, n, p=rng.dirichlet(np.full(count, 3.0))).astype(np.int32)
        variable = Variable(name, "single", Text(name, name), _categories(codes))
        columns[name] = Column(variable, values, np.ones(n, dtype=bool))
    shares = rng.dirichlet(np.full(len(CODES), 1.5))
    routed = rng.random(n) < draw(st.floats(0.2, 0.9))
    for name, asked in (("single", np.ones(n, dtype=bool)), ("routed", routed)):
        values = np.where(asked, rng.choice(len(CODES), n, p=shares), -1).astype(np.int32)
        variable = Variable(name, "single", Text(name, name), _categories(CODES))
        columns[name] = Column(variable, values, asked)
    given_ = rng.random((n, len(CODES))) < shares
    given_[:, -1] = ~given_[:, :-1].any(axis=1)
    variable = Variable("several", "multiple", Text("several", "several"), _categories(CODES))
    columns["several"] = Column(variable, given_, np.ones(n, dtype=bool))
    return Frame(np.arange(n).astype(str), columns)


def print_table(number: int, banner: str, table: Table) -> PublishedTable:
    """Print a computed table in whole percents, halves up, low bases marked."""
    columns = [(i, head) for i, head in enumerate(table.columns) if head.base]
    return PublishedTable(
        str(number),
        table.question.name,
        "multi" if table.question.kind == "multiple" else "single",
        banner,
        {h.code: PrintedColumn(h.code, h.code, h.base, h.base < 100, 1) for _, h in columns},
        {row.code: row.code for row in table.rows},
        {
            (row.code, head.code): Fraction(int(np.floor(table.percent[r, c] + 0.5 + 1e-9)))
            for r, row in enumerate(table.rows)
            for c, head in columns
        },
        Fraction(1, 2),
    )


def print_volume(frame: Frame, weights: Weights = None) -> tuple[PublishedVolume, dict]:
    """Print every question by every banner; return what the wave expects with it."""
    design = make_design(len(frame), weights=weights)
    tables, expected = [], {}
    for question in ("single", "routed", "several"):
        for banner in GROUPS:
            computed = tabulate(
                frame, question, [(banner, Text())], design=design, inference="none"
            )
            expected[len(tables)] = expected_from(computed)
            tables.append(print_table(len(tables) + 1, banner, computed))
    return PublishedVolume("made.csv", tuple(tables)), expected


@given(frames())
@settings(max_examples=40)
def test_a_volume_printed_rightly_has_no_finding(frame: Frame) -> None:
    volume, expected = print_volume(frame)
    assert examine(volume, expected).findings == ()
    assert examine(volume).findings == ()


@given(frames())
@settings(max_examples=40)
def test_a_weighted_volume_printed_rightly_has_no_finding(frame: Frame) -> None:
    weights = np.random.default_rng(len(frame)).uniform(0.2, 3.0, len(frame))
    volume, expected = print_volume(frame, weights)
    assert examine(volume, expected, weighted=True).findings == ()
    (first, *rest) = volume.tables
    half = {cell: percent / 2 for cell, percent in first.percent.items() if cell[1] == "sex0"}
    spoiled = dataclasses.replace(first, percent=first.percent | half)
    proofed = examine(dataclasses.replace(volume, tables=(spoiled, *rest)), expected, weighted=True)
    assert {f.table for f in proofed.slips} == {"1"}


@given(frames(), st.data())
@settings(max_examples=40)
def test_one_wrong_cell_is_found_as_one_slip(frame: Frame, data: st.DataObject) -> None:
    volume, expected = print_volume(frame)
    index = data.draw(st.integers(0, len(volume.tables) - 1))
    table = volume.tables[index]
    cell = data.draw(st.sampled_from(sorted(table.percent)))
    wrong = Fraction(data.draw(st.integers(0, 100)))
    # A slip of less than two people and a person's rounding is not a slip.
    assume(abs(wrong - table.percent[cell]) * table.columns[cell[1]].base / 100 > 3)
    assume(abs(wrong - table.percent[cell]) > 2)
    spoiled = dataclasses.replace(table, percent={**table.percent, cell: wrong})
    tables = tuple(spoiled if i == index else t for i, t in enumerate(volume.tables))
    proofed = examine(dataclasses.replace(volume, tables=tables), expected)
    assert [(f.table, f.code, f.column, f.printed) for f in proofed.slips] == [
        (table.number, *cell, wrong)
    ]
    assert proofed.slips[0].likely is None or (
        abs(proofed.slips[0].likely - table.percent[cell]) <= 1
    )


@given(frames(), st.data())
@settings(max_examples=40)
def test_one_wrong_base_is_found_as_one_slip(frame: Frame, data: st.DataObject) -> None:
    volume, expected = print_volume(frame)
    index = data.draw(st.integers(0, len(volume.tables) - 1))
    table = volume.tables[index]
    code = data.draw(st.sampled_from(list(table.columns)))
    column = table.columns[code]
    base = data.draw(st.integers(1, 1500).filter(lambda n: n != column.base))
    spoiled = dataclasses.replace(
        table,
        columns={**table.columns, code: dataclasses.replace(column, base=base, marked=base < 100)},
    )
    tables = tuple(spoiled if i == index else t for i, t in enumerate(volume.tables))
    proofed = examine(dataclasses.replace(volume, tables=tables), expected)
    assert [(f.kind, f.table, f.column, f.printed, f.likely) for f in proofed.findings] == [
        ("base", table.number, code, base, column.base)
    ]


def test_the_wave_is_read_as_the_volume_reads_it(tmp_path: Path) -> None:
    folder, answers, printed = (tmp_path / name for name in ("town", "answers.csv", "printed.csv"))
    new_study(folder)
    let_in = "yes,40,yes,better,roads,fully,no,centre,works,female,1\n"
    answers.write_text(
        "consent,age,lives,life_change,problems,utilities,appealed,territory,employment,sex,point\n"
        f"no,,,,,,,,,,\nyes,16,yes,,,,,,,,\n{let_in}{let_in}",
        encoding="utf-8",
    )
    loaded = load_study(folder)
    imported, _ = import_wave(loaded, answers, wave="w", population="residents")
    printed.write_text(
        "table,question,kind,banner,column,column_label,base,low_base_marked,code,label_ru,percent\n"
        "1,consent,single,sex,total,,2,1,yes,,100\n1,consent,single,sex,female,,2,1,yes,,100\n",
        encoding="utf-8",
    )
    # Four people were addressed, two were let in; the point of the others is not recorded.
    assert not proof(loaded, imported, printed).slips
