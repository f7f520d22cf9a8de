"""The documents of a sample: what people read in them, in both languages, on paper too."""

import re
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from tyndau.base.languages import Text, say
from tyndau.reporting.model import Document, Grid, Paragraph, spans
from tyndau.reporting.pdf import write_pdf
from tyndau.reporting.sample.interviewers import build_interviewer
from tyndau.reporting.sample.report import build_sample_report
from tyndau.reporting.sample.supervisors import build_supervisors
from tyndau.reporting.word import write_word
from tyndau.sampling import SamplePlan, plan_sample
from tyndau.sampling.dwellings import list_of
from tyndau.sampling.model import PointPlan
from tyndau.study import Street, load_study
from tyndau.study.model import Study

from .paper import as_pdf, words_of

CITY = Path(__file__).parents[2] / "studies" / "demo-city"

pytestmark = pytest.mark.requirement("C2", "C3")


@pytest.fixture(scope="module")
def study() -> Study:
    return load_study(CITY)


@pytest.fixture(scope="module")
def plan(study: Study) -> SamplePlan:
    return plan_sample(study)[0]


def grids(document: Document) -> list[list[list[str]]]:
    """Return the tables of a document, as they read in English."""
    return [
        [[say(cell, "en") for cell in row] for row in (block.heads, *block.rows)]
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Grid)
    ]


def test_an_interviewer_finds_own_points_and_own_part_of_the_quotas(
    study: Study, plan: SamplePlan
) -> None:
    tables = grids(build_interviewer(study, plan, 4))
    points = [row for table in tables if table[0][-1] == "When: both together" for row in table[1:]]
    own = [one for one in plan.points if 4 in one.interviewers]
    assert len(points) == len(own)
    boxes = sum(row[3].count("□") for row in points)
    quotas = [table for table in tables if table[0][0] != "Point"]
    ticks = sum(cell.count("□") for table in quotas for row in table for cell in row)
    assert boxes == ticks == plan.assignment.load[3]
    partners = {row[2] for row in points}
    assert "4" not in partners
    visit = r"(\w{3} \d\d\.10, \d+–\d+ h: \d int\.\n?){3}"
    assert all(re.fullmatch(visit, row[5]) for row in points)


def test_substitutes_are_offered_where_somebody_works_and_nowhere_else(
    study: Study, plan: SamplePlan
) -> None:
    for number in (1, 4, 20):
        tables = grids(build_interviewer(study, plan, number))
        offered = [row for table in tables if "Used for" in table[0][-1] for row in table[1:]]
        own = [place for place, n in zip(plan.territories,
               plan.assignment.by_territory[number - 1], strict=True) if n]  # fmt: skip
        codes = [one.point.code for place in own for one in place.substitutes]
        assert re.findall(r"\(([\w-]+)\)", str([row[0] for row in offered])) == codes
        assert all("first no." in row[2] and row[3] == "" for row in offered)


def test_rules_are_those_of_the_kinds_of_points_that_an_interviewer_has(
    study: Study, plan: SamplePlan
) -> None:
    document = build_interviewer(study, plan, 1)
    said = str(document.sections)
    kinds = {one.point.kind for one in plan.points if 1 in one.interviewers}
    assert ("never somebody who is driving" in said) == ("parking" in kinds)
    assert "Two interviewers are at a point at any time" in said


def test_sheets_say_who_is_asked_where_it_counts_and_whom_to_call(
    study: Study, plan: SamplePlan
) -> None:
    for document in (build_interviewer(study, plan, 4), build_supervisors(study, plan)):
        said = str(document.sections)
        assert study.method_words["screening"].ru in said
        assert "the territory where the person lives, not that of the point" in said
        assert "Warm room, telephone" in said
        assert "Supervisor, telephone" in said
        assert "112; police 102" in said
    silent = replace(study, method_words={})
    assert "отсеивают" not in str(build_interviewer(silent, plan, 4).sections)


def test_a_supervisor_writes_in_what_is_done_of_each_cell(study: Study, plan: SamplePlan) -> None:
    tables = [table for table in grids(build_supervisors(study, plan)) if "Done" in table[0]]
    assert len(tables) == len(plan.territories)
    for table, counts in zip(tables, plan.quotas.counts, strict=True):
        assert table[0][2::2] == ["Done"] * 3
        assert all(cell == "" for row in table[1:] for cell in row[2::2])
        planned = [[int(cell) for cell in row[1:5:2]] for row in table[1:-1]]
        assert planned == counts.T.tolist()


def test_a_supervisor_finds_each_territory_whole(study: Study, plan: SamplePlan) -> None:
    document = build_supervisors(study, plan)
    assert len(document.sections) == 1 + len(plan.territories)
    tables = grids(document)
    staff = tables[0][1:]
    assert sum(int(row[2]) for row in staff) == 2500
    assert [row[1] for row in staff] == [""] * 20, "names are written in by hand"
    seventh = (one.visits for one in plan.points if 7 in one.interviewers)
    assert staff[6][3] == str(len({visit.date for visits in seventh for visit in visits}))
    listed = [row for table in tables if table[0][-1] == "When: interviews" for row in table[1:]]
    codes = {one.point.code for one in plan.points}
    assert {code for row in listed for code in re.findall(r"\(([\w-]+)\)", row[0])} == codes


def test_the_report_shows_the_price_and_the_thresholds(study: Study, plan: SamplePlan) -> None:
    document = build_sample_report(study, plan, ())
    table = next(table for table in grids(document) if table[0][0] == "Territory")
    assert table[-1][3:6] == ["2,500", "166", "1,137"]
    center = table[1]
    assert center[1:6] == ["38,400", "388", "229", "15", "135"]
    said = " ".join(say(block.text, "en") for section in document.sections
                    for block in section.blocks if hasattr(block, "text")
                    and not isinstance(block.text, tuple))  # fmt: skip
    assert "as much of the whole city as 1,932 shared out by people" in said
    assert "There are 4,000,000 tenge, 1,600 an interview." in said
    assert "no margin of error of a random sample" in said


@pytest.fixture(scope="module")
def listed(study: Study, plan: SamplePlan) -> tuple[Study, PointPlan]:
    """Return the study with streets at one dwelling point of the plan and at one in the street."""
    point = next(one for one in plan.points if one.point.kind == "dwelling")
    number = point.interviewers[0]
    other = next(
        one for one in plan.points if one.point.kind == "street" and number in one.interviewers
    )
    streets = (
        Street(point.point.code, Text("Абай көшесі", "улица Абая"), 1, 299, "odd"),
        Street(point.point.code, Text("Төле би көшесі", "улица Толе би"), 2, 4, "even", 30),
        Street(other.point.code, Text("Желтоқсан көшесі", "улица Желтоксан")),
    )
    return replace(study, streets=streets), point


def addresses(document: Document) -> list[tuple[str, str]]:
    """Return the addresses of a sheet as number and door, in the order of reading."""
    found = []
    for table in grids(document):
        if table[0][1] in ("House", "House-flat"):
            columns = [row[at : at + 2] for at in range(0, len(table[0]), 7) for row in table[1:]]
            found += [(number, door) for number, door in columns if number]
            boxes = sum(cell == "□" for row in table[1:] for cell in row)
            assert boxes == 5 * sum(bool(number) for number, _ in columns)
    return found


def test_the_two_of_a_point_get_its_addresses_by_turns(
    listed: tuple[Study, PointPlan], plan: SamplePlan
) -> None:
    study, point = listed
    drawn = list_of(study.streets, point.point, point.route.start).drawn
    first, second = (
        addresses(build_interviewer(study, plan, number)) for number in sorted(point.interviewers)
    )
    assert [int(number) for number, _ in first] == list(range(1, len(drawn) + 1, 2))
    assert [int(number) for number, _ in second] == list(range(2, len(drawn) + 1, 2))
    doors = dict((*first, *second))
    assert [doors[str(one.number)] for one in drawn] == [one.door for one in drawn]
    others = set(range(1, 21)) - set(point.interviewers)
    assert addresses(build_interviewer(study, plan, min(others))) == []


def test_a_list_says_that_it_is_given_back_and_what_its_point_has(
    listed: tuple[Study, PointPlan], plan: SamplePlan
) -> None:
    study, point = listed
    document = build_interviewer(study, plan, point.interviewers[0])
    said = " ".join(
        say(span.text, "en")
        for block in document.sections[0].blocks
        if isinstance(block, Paragraph)
        for span in spans(block.text)
    )
    assert "Give this list back to the supervisor; it is destroyed after control." in said
    assert "Dwellings on these streets: 210. In the list: " in said
    assert "fewer addresses than interviews" not in said
    short = replace(study, streets=(replace(study.streets[0], last=19),))
    assert "fewer addresses than interviews" in str(
        build_interviewer(short, plan, point.interviewers[0]).sections
    )
    assert "any address of your list" in str(document.sections)
    route = [row[4] for table in grids(document) for row in table if point.point.code in row[0]]
    assert route == ["by the list of addresses"]


def test_a_supervisor_sees_streets_and_no_address(
    listed: tuple[Study, PointPlan], plan: SamplePlan
) -> None:
    study, point = listed
    document = build_supervisors(study, plan)
    assert addresses(document) == []
    rows = [row for table in grids(document) if table[0][-1] == "In the list" for row in table[1:]]
    drawn = list_of(study.streets, point.point, point.route.start).drawn
    assert [row[1:] for row in rows if point.point.code in row[0]] == [
        ["улица Абая: 1–299, odd numbers\nулица Толе би: 2–4, even numbers; flats in a house: 30",
         "210", str(len(drawn))],
    ]  # fmt: skip
    assert [row[1:] for row in rows if point.point.code not in row[0]] == [
        ["улица Желтоксан", "–", "–"]
    ]


@pytest.mark.document
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_list_is_printed_on_pages_of_its_own_within_their_margins(
    language: str, listed: tuple[Study, PointPlan], plan: SamplePlan, tmp_path: Path
) -> None:
    study, point = listed
    number = point.interviewers[0]
    pdf = tmp_path / "pdf.pdf"
    write_pdf(build_interviewer(study, plan, number), language, pdf)
    words, (width, height) = words_of(pdf)
    title = {"kk": "Көшелер", "ru": "Улицы"}[language]
    page = next(one.page for one in words if one.text == title and one.top < 150)
    assert page > 1
    assert max(one.right for one in words) < width - 50
    assert max(one.bottom for one in words) < height - 20
    own = addresses(build_interviewer(study, plan, number))
    ticks = sum(one.text.count("□") for one in words if one.page >= page)
    assert ticks == 5 * len(own)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_sheet_begins_at_once_and_says_that_the_city_is_made_up(
    language: str, study: Study, plan: SamplePlan, tmp_path: Path
) -> None:
    document = build_interviewer(study, plan, 4)
    path = tmp_path / "sheet.docx"
    write_word(document, language, path)
    word = docx.Document(str(path))
    assert word.paragraphs[0].style.name == "Heading 1"
    assert not [one for one in word.paragraphs if one.style.name.startswith(("toc", "TOC"))]
    heads = "".join(one.text for one in word.sections[0].header.paragraphs)
    assert ("МОДЕЛЬДЕНГЕН" if language == "kk" else "СМОДЕЛИРОВАННЫЕ") in heads


@pytest.mark.document
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_sheet_is_a_few_pages_within_their_margins(
    language: str, study: Study, plan: SamplePlan, tmp_path: Path
) -> None:
    document = build_interviewer(study, plan, 4)
    word, pdf = tmp_path / "word.docx", tmp_path / "pdf.pdf"
    write_word(document, language, word)
    write_pdf(document, language, pdf)
    for printed in (as_pdf(word), pdf):
        words, (width, height) = words_of(printed)
        assert max(one.page for one in words) <= 4
        assert min(one.left for one in words) > 50
        assert max(one.right for one in words) < width - 50
        assert max(one.bottom for one in words) < height - 20
        # Every box has a shape and is there to be ticked.
        ticks = sum(one.text.count("□") for one in words)
        assert ticks == 2 * plan.assignment.load[3]
