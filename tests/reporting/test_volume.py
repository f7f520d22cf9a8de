"""What the volume says, before any writer sets it."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from tyndau.base.frames import Category
from tyndau.base.languages import Message, Text, say
from tyndau.reporting.model import CrossTable, Document, Fact, Facts, Paragraph
from tyndau.reporting.volume import build_volume
from tyndau.study.model import Study
from tyndau.tabulation import Table

MakeTable = Callable[..., Table]
MakeStudy = Callable[..., Study]


def _volume(study: Study, *tables: Table) -> Document:
    return build_volume(study, "residents", tables, wave="2023-spring", revision=2, rows=2671)


def _facts(document: Document) -> dict[str, str]:
    facts: list[Fact] = []
    for block in document.sections[0].blocks:
        facts += block.facts if isinstance(block, Facts) else ()
    return {say(fact.name, "en"): say(fact.value, "en") for fact in facts}


def _only(document: Document) -> CrossTable:
    (table,) = document.sections[1].tables
    return table


@pytest.mark.requirement("C9")
def test_a_question_s_tables_stand_together_and_are_numbered_through(
    study: MakeStudy, volume: list[Table]
) -> None:
    document = _volume(study(), *volume)
    names = list(dict.fromkeys(table.question.name for table in volume))
    assert [section.key for section in document.sections] == ["about", *names]
    numbers = [table.number for section in document.sections for table in section.tables]
    assert numbers == list(range(1, len(volume) + 1))


def test_the_volume_says_who_for_whom_of_whom_how_many_how_and_when(
    study: MakeStudy, table: MakeTable
) -> None:
    facts = _facts(_volume(study(), table()))
    assert facts["Customer"] == "Вымышленное управление"
    assert facts["Conducted by"] == "Вымышленный фонд"
    assert facts["Population studied"] == "Жители от 18 лет"
    assert facts["Sample"] == "Уличные точки, шаг три прохожих"
    assert facts["Mode of interviewing"] == "Личное интервью"
    assert facts["Fieldwork"].replace("\u00a0", " ") == "12 марта 2023 г. to 30 апреля 2023 г."
    assert facts["Interviews"].replace("\u00a0", " ") == "2 671"
    assert facts["Data"] == "Wave 2023-spring, revision 2"
    assert facts["Weighting"] == "Data are not weighted."


def test_what_the_workbook_lacks_is_said_to_be_missing(study: MakeStudy, table: MakeTable) -> None:
    facts = _facts(_volume(study(start=None, end=None, mode=Text()), table()))
    missing = "not given in the study's workbook"
    assert [facts[name] for name in ("Paid by", "Fieldwork", "Mode of interviewing")] == [
        missing
    ] * 3


def test_a_sample_that_is_not_random_gets_its_model_and_no_margin_of_error(
    study: MakeStudy, table: MakeTable
) -> None:
    said = _facts(_volume(study(), table()))["Inference"]
    assert "no margin of error" in said
    assert said.endswith("Точки считаются случайными.")


def test_an_open_sample_is_neither_tested_nor_explained_as_tested(
    study: MakeStudy, table: MakeTable
) -> None:
    document = _volume(study(inference="none"), table(inference="none"))
    cross = _only(document)
    assert not cross.tested
    assert {column.letter for column in cross.columns} == {""}
    assert say(cross.notes[-1], "en") == "Method: percentages only, nothing is tested."
    assert "A, B, C …" not in _facts(document)
    assert "no tests are made" in _facts(document)["Inference"]


def test_weights_are_named_and_bring_the_weighted_and_the_effective_base(
    study: MakeStudy, table: MakeTable
) -> None:
    made = table(weighted=True)
    document = _volume(study(), made)
    rows = _only(document).rows[:3]
    labels = ["Unweighted base, N", "Weighted base", "Effective base"]
    assert [say(row.label, "en") for row in rows] == labels
    assert [cell.value for cell in rows[0].cells] == [head.base for head in made.columns]
    assert [cell.value for cell in rows[2].cells] == [head.effective_base for head in made.columns]
    assert '"weight"' in _facts(document)["Weighting"]
    assert "weights" in say(_only(document).notes[-1], "en")


def test_the_base_is_said_in_words_with_its_number(study: MakeStudy, table: MakeTable) -> None:
    everybody = _only(_volume(study(), table()))
    assert say(everybody.base, "en") == "Base: all respondents. N = 671"
    base = Text("кеңесті білетіндер", "знающие о совете")
    some = _only(_volume(study(), table(base=base, people=208)))
    assert say(some.base, "en") == "Base: знающие о совете. N = 208"


@pytest.mark.parametrize(
    ("kk", "ru", "written"),
    [
        ("Барлық респонденттер", "Все респонденты", ("барлық респонденттер", "все респонденты")),
        ("«Иә» дегендер", "Те, кто ответил «Да»", ("«Иә» дегендер", "те, кто ответил «Да»")),
        ("ҮЕҰ қызметкерлері", "НПО города", ("ҮЕҰ қызметкерлері", "НПО города")),
        ("", "Жители", ("жители [ru]", "жители")),
    ],
)
def test_a_base_goes_on_after_its_colon_with_a_small_letter(
    study: MakeStudy, table: MakeTable, kk: str, ru: str, written: tuple[str, str]
) -> None:
    made = _only(_volume(study(), table(base=Text(kk, ru), people=208)))
    assert isinstance(made.base, Message)
    assert (say(made.base.values["base"], "kk"), say(made.base.values["base"], "ru")) == written


def test_percentages_are_whole_and_means_have_two_decimals_and_their_own_base(
    study: MakeStudy, table: MakeTable
) -> None:
    scores = [(str(n), Text(f"{n}", f"{n}")) for n in range(1, 6)]
    made = table("q", Text("?", "?"), scores, scale=True)
    rows = _only(_volume(study(), made)).rows
    assert [(row.kind, row.decimals) for row in rows] == [
        ("base", 0), *[("percent", 0)] * 5, ("mean", 2), ("base", 0)
    ]  # fmt: skip
    assert rows[-2].cells[0].value == made.percent[-1, 0]
    assert [cell.value for cell in rows[-1].cells] == list(made.base[-1])


def test_cells_say_how_they_differ(study: MakeStudy, table: MakeTable) -> None:
    made = table()
    made.higher_than[:] = False
    made.higher_than[1, 1, [2, 4]] = True
    made.versus_rest[1, 1:3] = 1, -1
    row = _only(_volume(study(), made)).rows[2]
    assert (row.cells[1].letters, row.cells[1].versus_rest) == ("BD", "higher")
    assert (row.cells[2].letters, row.cells[2].versus_rest) == ("", "lower")


def test_letters_past_z_are_kept_apart(study: MakeStudy, table: MakeTable) -> None:
    towns = ("town", Text("Ауыл", "Село"), tuple(Text(f"{n}", f"{n}") for n in range(30)))
    made = table(banners=[towns])
    made.higher_than[0, 1, [1, 2, 27]] = [False, True, True]
    made.higher_than[0, 1, 3:27] = made.higher_than[0, 1, 28:] = False
    assert _only(_volume(study(), made)).rows[1].cells[1].letters == "B AA"


def test_a_column_without_respondents_is_left_out_and_named(
    study: MakeStudy, table: MakeTable
) -> None:
    three = ("town", Text("Ауыл", "Село"), tuple(Text(f"{n}", f"Село {n}") for n in (1, 2, 3)))
    made = table(banners=[three], shares=(0.5, 0.0, 0.5))
    cross = _only(_volume(study(), made))
    assert [say(column.label, "en") for column in cross.columns] == ["Всего", "Село 1", "Село 3"]
    assert [column.letter for column in cross.columns] == ["", "A", "C"]
    assert [cell.value for cell in cross.rows[1].cells] == list(made.percent[0, [0, 1, 3]])
    assert say(cross.notes[0], "en") == 'No respondents in: "Село 2".'
    two = table(banners=[three, ("work", Text("Жұмыс", "Работа"), three[2])], shares=(0.5, 0, 0.5))
    noted = say(_only(_volume(study(), two)).notes[0], "en")
    assert noted == 'No respondents in: "Село 2" (Село), "Село 2" (Работа).'


def test_the_ends_of_a_scale_have_a_minus_sign(study: MakeStudy, table: MakeTable) -> None:
    made = table(answers=[("-1", Text("1", "1")), ("1", Text("2", "2"))])
    categories = (Category("a", Text(), score=-1.0), Category("b", Text(), score=1.0))
    made = replace(made, question=replace(made.question, categories=categories))
    kind = _volume(study(), made).sections[1].blocks[1]
    assert isinstance(kind, Paragraph)
    assert say(kind.text, "en").startswith("Scale from \u22121 to 1")


def test_marks_are_explained_only_where_they_stand(study: MakeStudy, table: MakeTable) -> None:
    two = ("sex", Text("Жынысы", "Пол"), (Text("Е", "М"), Text("Ә", "Ж")))
    few = _only(_volume(study(), table(banners=[two], people=160, shares=(0.5, 0.5))))
    assert [column.mark for column in few.columns] == ["", "*", "*"]
    assert [say(note, "en")[:2] for note in few.notes] == ["* ", "Me"]
    many = _only(_volume(study(), table(banners=[two], people=6000, shares=(0.5, 0.5))))
    assert [say(note, "en")[:2] for note in many.notes] == ["Me"]


def test_a_question_that_nobody_was_asked_says_so_and_has_no_chart(
    study: MakeStudy, table: MakeTable
) -> None:
    empty = _only(_volume(study(), table(people=0)))
    assert [say(note, "en") for note in empty.notes] == [
        "Nobody was asked this question in this wave."
    ]
    assert not empty.chart
    assert all(cell.value is None for row in empty.rows[1:] for cell in row.cells)


def test_only_a_question_s_first_table_has_a_chart(study: MakeStudy, volume: list[Table]) -> None:
    document = _volume(study(), *volume)
    charts = {
        section.key: [table.chart for table in section.tables] for section in document.sections[1:]
    }
    assert charts["q1_heard"] == [True, False, False]
    without = {key for key, section in charts.items() if not any(section)}
    assert without == {"q8_nobody", "q9_empty"}


def test_the_kind_of_answer_is_said(study: MakeStudy, table: MakeTable) -> None:
    def said(made: Table) -> str:
        notes = [b for b in _volume(study(), made).sections[1].blocks if isinstance(b, Paragraph)]
        return say(notes[0].text, "en")

    assert said(table()) == "One answer was possible."
    assert said(table(kind="multiple")).startswith("Several answers were possible")
    scores = [(str(n), Text(f"{n}", f"{n}")) for n in range(1, 6)]
    assert said(table(answers=scores, scale=True)).startswith("Scale from 1 to 5")


def test_no_number_is_rounded_on_the_way(study: MakeStudy, table: MakeTable) -> None:
    made = table()
    rows = _only(_volume(study(), made)).rows[1:]
    values = [[np.nan if c.value is None else c.value for c in row.cells] for row in rows]
    np.testing.assert_array_equal(np.array(values), made.percent)
