"""Interviews from phones become a wave as any file does, and a file that is handed on."""

import csv
import io
import random
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
import pytest

from tyndau.base.errors import UserError
from tyndau.base.frames import NO_CATEGORY
from tyndau.base.languages import Text
from tyndau.fieldwork.openrosa import Instance, join_xforms, read_instance, read_xform
from tyndau.interchange import csv_rows, import_frame, submissions_table
from tyndau.study import Study, load_study, new_study
from tyndau.study.plan import Point
from tyndau.study.standards import SampleColumns
from tyndau.waves import KEY, FormRecord, freeze, read_wave

ENVELOPE = (
    '<data xmlns:orx="http://openrosa.org/xforms" id="{id}" version="{version}">{answers}'
    "<orx:meta><orx:instanceID>{key}</orx:instanceID></orx:meta></data>"
)


def instance(answers: str, key: str = "uuid:1", version: str = "7") -> Instance:
    written = ENVELOPE.format(id="residents", version=version, answers=answers, key=key)
    return read_instance(written.encode())


def elements(answers: dict[str, str]) -> str:
    return "".join(f"<{name}>{escape(text)}</{name}>" for name, text in answers.items())


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Study:
    folder = tmp_path_factory.mktemp("template") / "study"
    new_study(folder)
    return load_study(folder)


def answer(chance: random.Random) -> tuple[dict[str, str], dict[str, str]]:
    """Answer the template's form as a phone does: what was not asked is not sent."""
    first = {"consent": chance.choice(["yes", "yes", "yes", "no"])}
    main: dict[str, str] = {}
    if first["consent"] == "yes":
        first |= {"age": str(chance.randint(14, 80)), "lives": chance.choice(["yes", "yes", "no"])}
    let_in = first.get("lives") == "yes" and int(first["age"]) >= 18
    first["eligible"] = "yes" if let_in else "no"
    if let_in:
        several = chance.sample(["roads", "jobs", "prices", "other"], chance.randint(1, 3))
        main["life_change"] = chance.choice(["better", "same", "worse", "dont_know", "refused"])
        main["problems"] = " ".join(several) if chance.random() < 0.9 else "none"
        if "other" in main["problems"]:
            main["problems_other"] = "Иттер көп: <5> & «қаңғыбас»\nекінші жол"
        main["utilities"] = chance.choice(["fully", "not_at_all", "refused"])
        main["appealed"] = chance.choice(["yes", "no"])
        if main["appealed"] == "yes":
            main["appeal_handled"] = "mostly"
        main |= {"territory": "koktem", "employment": "works", "sex": "female", "point": "12"}
    return first, main


def test_strata_are_the_territories_of_points(template: Study) -> None:
    """What nobody is asked for: phones send the point alone."""
    points = (Point("12", "bulak", Text("Базар", "Рынок"), "street", 10, 3),)
    sample = SampleColumns(strata="point_territory", cluster="point")
    study = replace(template, points=points, sample=sample)
    answers = {"consent": "yes", "age": "40", "lives": "yes", "eligible": "yes"}

    def at(*places: str) -> Iterator[tuple[str, Instance]]:
        for number, place in enumerate(places):
            main = {"territory": "koktem", "sex": "female", "point": place}
            sent = elements(answers) + f"<main>{elements(main)}</main>"
            yield f"k{number}", instance(sent, f"uuid:{number}")

    frame = import_frame(
        submissions_table(at("12", "12"), study, "residents"), study, "residents", key=KEY
    ).frame
    assert frame["point_territory"].values.tolist() == ["bulak", "bulak"]
    with pytest.raises(UserError) as caught:
        import_frame(
            submissions_table(at("12", "13"), study, "residents"), study, "residents", key=KEY
        )
    assert [one.kind.code for one in caught.value.problems] == ["data.sample-missing"]


def test_interviews_are_frozen_and_the_wave_is_read_back(template: Study) -> None:
    chance = random.Random(5)
    made = {f"k{number:03d}": answer(chance) for number in range(300)}
    interviews = [
        (key, instance(elements(first) + f"<main>{elements(main)}</main>", f"uuid:{key}"))
        for key, (first, main) in made.items()
    ]
    form = template.forms["residents"]
    table = submissions_table(
        iter(interviews), template, "residents", versions=[read_xform(form.xform)]
    )
    imported = import_frame(table, template, "residents", key=KEY)
    assert imported.problems == ()
    freeze(
        template.folder, "2026-q4", {"residents": imported.frame}, provenance={},
        forms={"residents": FormRecord.of(form)},
    )  # fmt: skip
    frame = read_wave(template.folder, "2026-q4").frames["residents"]
    assert frame.keys.tolist() == list(made)
    for row, (first, main) in enumerate(made.values()):
        answers = first | main
        for column in frame:
            name, value = column.variable.name, column.values[row]
            if name == "age_group":
                continue
            assert column.asked[row] == (name in answers or name == "consent"), (row, name)
            said = answers.get(name, "")
            if column.variable.kind == "multiple":
                codes = {code for code, on in zip(column.variable.codes, value, strict=True) if on}
                assert codes == set(said.split())
            elif column.variable.kind == "number":
                assert (said == "") == np.isnan(value) and (not said or float(said) == value)
            elif column.variable.kind == "text":
                assert value == said
            else:
                assert value == (column.variable.codes.index(said) if said else NO_CATEGORY)
    assert set(first | main) - {"eligible"} <= set(frame.columns)


def test_faults_are_those_of_an_import(study: Study) -> None:
    good = elements({"age": "30", "city": "taraz", "sources": "tap well", "quality": "2"})
    bad = elements({"age": "old", "city": "paris", "sources": "tap dont_know"})
    interviews = [("a", instance(good)), ("b", instance(bad))]
    table = submissions_table(interviews, study, "residents", shown="қабылданған сұхбаттар")
    with pytest.raises(UserError) as caught:
        import_frame(table, study, "residents", key=KEY)
    found = {problem.kind.code: problem.place for problem in caught.value.problems}
    assert {"data.not-a-number", "data.unknown-code", "data.exclusive"} <= set(found)
    assert found["data.unknown-code"].row == 2
    assert found["data.unknown-code"].file == "қабылданған сұхбаттар"


def test_a_question_that_moved_to_another_group_is_found(study: Study) -> None:
    moved = "<new><age>30</age><deep><city>shu</city></deep></new><sources>well</sources>"
    table = submissions_table([("a", instance(moved))], study, "residents")
    frame = import_frame(table, study, "residents", key=KEY).frame
    assert (frame["age"].values[0], frame["city"].values[0]) == (30, 1)


def test_a_question_that_no_version_has_gets_no_column(study: Study) -> None:
    form = study.forms["residents"]
    old = read_xform(form.xform.replace(b"quality", b"earlier"))
    interviews = [("a", instance(elements({"age": "30", "city": "shu", "sources": "tap"})))]
    table = submissions_table(interviews, study, "residents", versions=[old])
    assert "quality" not in table.columns
    imported = import_frame(table, study, "residents", key=KEY)
    assert "quality" not in imported.frame
    assert [problem.kind.code for problem in imported.problems] == ["data.no-column"]
    both = submissions_table(interviews, study, "residents", versions=[old, read_xform(form.xform)])
    assert "quality" in both.columns


def test_a_question_that_came_later_was_not_asked_before(study: Study) -> None:
    form = study.forms["residents"]
    new = read_xform(form.xform)
    old = read_xform(
        form.xform.replace(b"quality", b"earlier").replace(b'version="7"', b'version="6"')
    )
    assert (old.version, new.version) == ("6", "7")
    answers = elements({"age": "30", "city": "shu", "sources": "tap"})
    interviews = [
        ("a", instance(answers + "<earlier>1</earlier>", "uuid:1", "6")),
        ("b", instance(answers + "<quality>2</quality>", "uuid:2", "7")),
        ("c", instance(answers, "uuid:3", "7")),
    ]
    table = submissions_table(interviews, study, "residents", versions=[new, old])
    imported = import_frame(table, study, "residents", key=KEY)
    assert imported.frame["quality"].asked.tolist() == [False, True, True]
    assert imported.frame["city"].asked.tolist() == [True, True, True]
    (warning,) = [one for one in imported.problems if one.kind.code == "data.no-answer"]
    assert "quality (1)" in warning.what("en")


PEOPLE = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
<h:head><model><instance><data id="residents" version="7"><town/><a><name/></a><b><name/></b>
<house><person><age/><job><title/></job></person></house><meta><instanceID/></meta></data></instance>
</model></h:head><h:body><group ref="/data/house"><repeat nodeset="/data/house/person">
<input ref="/data/house/person/age"/><repeat nodeset="/data/house/person/job"><input
ref="/data/house/person/job/title"/></repeat></repeat></group></h:body></h:html>"""
HOUSEHOLD = (
    "<town>=Тараз</town><a><name>-5</name></a><b><name>Әлия, «Ұ»</name></b><house>"
    "<person><age>40</age><job><title>a</title></job><job><title>@b</title></job></person>"
    "<person><age>7</age></person></house>"
)


def cells(pieces: Iterator[str]) -> list[list[str]]:
    text = "".join(pieces)
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.requirement("C8")
def test_an_interview_is_a_row_of_a_file() -> None:
    xform = read_xform(PEOPLE.encode())
    rows = cells(
        csv_rows(
            [instance(HOUSEHOLD), instance("<town/>", "uuid:2")], xform,
            beside={"state": lambda one: f"accepted {one.instance_id[-1]}"},
        )
    )  # fmt: skip
    assert rows == [
        ["state", "town", "a/name", "b/name", "instanceID"],
        ["accepted 1", "'=Тараз", "-5", "Әлия, «Ұ»", "uuid:1"],
        ["accepted 2", "", "", "", "uuid:2"],
    ]


def test_for_excel_cells_are_parted_by_semicolons_and_decimals_by_a_comma() -> None:
    content = PEOPLE.replace("<town/>", "<town/><price/>", 1)
    bind = '<bind nodeset="/data/price" type="decimal"/>'
    xform = read_xform(content.replace("</instance>", f"</instance>{bind}", 1).encode())
    made = instance("<town>3.5; 4</town><price>-3.5</price>")
    pieces = csv_rows([made], xform, without={"a/name", "b/name"}, for_excel=True)
    assert "".join(pieces) == '\ufefftown;price;instanceID\r\n"3.5; 4";-3,5;uuid:1\r\n'


def test_a_round_of_a_repeat_is_a_row_of_its_own_file() -> None:
    xform = read_xform(PEOPLE.encode())
    interviews = [instance(HOUSEHOLD), instance("<town/>", "uuid:2")]
    assert cells(csv_rows(interviews, xform, repeat="house/person")) == [
        ["key", "parent_key", "age"],
        ["uuid:1/house/person[1]", "uuid:1", "40"],
        ["uuid:1/house/person[2]", "uuid:1", "7"],
    ]
    inner = cells(csv_rows(interviews, xform, repeat="house/person/job"))
    assert inner[1:] == [
        ["uuid:1/house/person[1]/job[1]", "uuid:1/house/person[1]", "a"],
        ["uuid:1/house/person[1]/job[2]", "uuid:1/house/person[1]", "'@b"],
    ]


def test_a_field_may_be_called_as_a_column_of_ours() -> None:
    xform = read_xform(PEOPLE.replace("<age/>", "<key/><parent_key/>").encode())
    header = cells(csv_rows([], xform, repeat="house/person"))[0]
    assert header == ["key", "parent_key", "house/person/key", "house/person/parent_key"]
    header = cells(csv_rows([], xform, beside={"town": str}))[0]
    assert header[:2] == ["town", "/town"]
    assert len(set(header)) == len(header)


def test_answers_of_every_version_are_written() -> None:
    old = read_xform(PEOPLE.replace("town", "village").encode())
    new = read_xform(PEOPLE.encode())
    interviews = [instance("<town>a</town>"), instance("<village>b</village>", "uuid:2")]
    rows = cells(csv_rows(interviews, join_xforms([new, old])))
    assert [(row[0], row[-1]) for row in rows] == [("town", "village"), ("a", ""), ("", "b")]


def test_many_interviews_are_written_in_little_time(template: Study, tmp_path: Path) -> None:
    xform = read_xform(template.forms["residents"].xform)
    first, main = answer(random.Random(2))
    one = instance(elements(first) + f"<main>{elements(main)}</main>")
    began = time.process_time()
    size = sum(len(piece) for piece in csv_rows((one for _ in range(10_000)), xform))
    assert size > 500_000
    assert time.process_time() - began < 5  # a tenth of it, where nobody else computes
