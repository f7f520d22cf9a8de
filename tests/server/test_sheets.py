"""Interviews on paper: typed in by two people, compared, taken in like any other."""

import shutil
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC
from pathlib import Path

import openpyxl
import pytest
from django.test import Client

from tyndau.fieldwork.openrosa import withdrawal_code
from tyndau.study import load_study
from tyndau.waves import read_wave
from tyndau_server.audit.models import Entry as Logged
from tyndau_server.control.models import Assignment, Made
from tyndau_server.fieldwork.decide import decide
from tyndau_server.fieldwork.freeze import freeze_wave
from tyndau_server.fieldwork.models import Instrument, Submission
from tyndau_server.fieldwork.refusals import Refused
from tyndau_server.jobs.do import do
from tyndau_server.jobs.queue import take
from tyndau_server.paper.models import Entry, Settled, Sheet
from tyndau_server.people.models import Membership, Role
from tyndau_server.studies.served import folder_of

from .conftest import REAL, NewPerson, Own, Serve, SignIn
from .drawn import drawn
from .made_field import in_the_field
from .made_field import send as send_by_phone

STUDIES = Path(__file__).parents[2] / "studies"
ADDRESS = f"/en/studies/{REAL}/field/paper/"
pytestmark = pytest.mark.requirement("T1")

# As it stands on the sheet of a whole interview, in the codes that are printed.
TYPED: Mapping[str, str] = {
    "@date": "2026-10-05", "@begun": "14:05", "@ended": "14:17", "consent": "1", "age": "34",
    "lives": "1", "life_change": "1", "problems": "6 1", "utilities": "2", "appealed": "2",
    "territory": "1", "employment": "1", "sex": "1", "point": "3",
}  # fmt: skip


class Field:
    """A study in the field: two who type, the interviewer of the sheets, the questionnaire."""

    def __init__(self, folder: Path, person: NewPerson, sign_in: SignIn) -> None:
        self.form: Instrument = in_the_field(folder)
        self.who = [person(Role.SOCIOLOGIST, REAL), person(Role.SUPERVISOR, REAL)]
        self.first, self.second = (sign_in(one) for one in self.who)
        interviewer = person(Role.INTERVIEWER, REAL, code="i07", territories=["north"])
        self.interviewer = Membership.objects.get(person=interviewer)

    def begin(self, browser: Client, number: str = "17") -> object:
        return browser.post(
            f"{ADDRESS}begin",
            {"form": self.form.pk, "number": number, "interviewer": self.interviewer.pk},
        )

    def type_in(self, browser: Client, typed: Mapping[str, str], do: str = "finish") -> object:
        self.begin(browser)
        sheet = Sheet.objects.get()
        values = {f"v:{name}": text for name, text in typed.items()}
        return browser.post(f"{ADDRESS}{sheet.pk}/entry", {**values, "do": do})

    def both(self, other: Mapping[str, str] = TYPED) -> Sheet:
        self.type_in(self.first, TYPED)
        self.type_in(self.second, other)
        return Sheet.objects.get()


@pytest.fixture
def field(serve: Serve, real: Path, person: NewPerson, sign_in: SignIn) -> Field:
    serve(real)
    return Field(real, person, sign_in)


def another_version(folder: Path) -> None:
    """Give the questionnaire of a folder another version."""
    path = folder / load_study(folder).forms["residents"].path
    book = openpyxl.load_workbook(path)
    names, values = list(book["settings"].iter_rows(max_row=2))
    next(
        value for name, value in zip(names, values, strict=True) if name.value == "version"
    ).value = "another"
    book.save(path)


def said(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def actions() -> list[str]:
    found = Logged.objects.filter(action__startswith="paper.").order_by("number")
    return list(found.values_list("action", flat=True))


def test_it_works(field: Field) -> None:
    """A sheet that two people typed in the same is an interview of its interviewer."""
    sheet = field.both()
    assert "Both typed in the same" in said(field.first.get(f"{ADDRESS}{sheet.pk}/"))
    answer = field.first.post(f"{ADDRESS}{sheet.pk}/send")
    submission = Submission.objects.get()
    assert answer["Location"] == f"/en/studies/{REAL}/field/{submission.pk}/"
    assert (submission.device_id, submission.membership) == ("paper", field.interviewer)
    assert (submission.state, submission.token, submission.pilot) == ("received", None, False)
    sheet.refresh_from_db()
    assert (sheet.submission, sheet.sent_by) == (submission, field.who[0])
    assert submission.instance_id == sheet.instance_id
    page = said(field.first.get(f"/en/studies/{REAL}/field/{submission.pk}/"))
    assert "roads" in page and "prices" in page
    assert actions() == [
        "paper.begun", "paper.finished", "paper.begun", "paper.finished", "paper.sent",
    ]  # fmt: skip
    field.second.post(f"{ADDRESS}{sheet.pk}/send")
    assert Submission.objects.count() == 1, "it is sent once, however often it is asked for"
    assert actions().count("paper.sent") == 1


def test_it_is_frozen_like_any_other(field: Field, own: Own, real: Path, serve: Serve) -> None:
    folder = own(real)
    serve(folder)
    sheet = field.both({**TYPED, "problems": "1"})
    field.first.post(f"{ADDRESS}{sheet.pk}/", {"c:problems": "first"})
    field.first.post(f"{ADDRESS}{sheet.pk}/send")
    made = Submission.objects.get()
    study = load_study(folder)
    everything = Submission.objects.all()
    decide({made.pk: "received"}, "accepted", by=field.who[0], among=everything, zone=UTC)
    frozen = freeze_wave(study, "2026", by=field.who[0])
    assert frozen.rows == {"residents": 1}
    assert read_wave(folder, "2026").frames["residents"]["age"].values.tolist() == [34.0]


def test_what_the_sheet_leaves_out_is_computed_and_what_was_not_asked_is_empty(
    field: Field,
) -> None:
    away = {**TYPED, "appealed": "2", "appeal_handled": "3"}
    field.type_in(field.first, away, "save")
    page = said(field.first.get(f"{ADDRESS}{Sheet.objects.get().pk}/entry"))
    assert "answered, though it was not to be asked" in page
    field.type_in(field.first, away)
    field.type_in(field.second, away)
    field.first.post(f"{ADDRESS}{Sheet.objects.get().pk}/send")
    xml = bytes(Submission.objects.get().xml).decode()
    assert "<eligible>yes</eligible>" in xml
    assert "<appeal_handled />" in xml
    assert "<problems>roads prices</problems>" in xml, "in the order of the form"


def test_a_part_that_was_drawn_in_the_office_says_what_was_asked(
    tmp_path: Path, serve: Serve, person: NewPerson, sign_in: SignIn
) -> None:
    """The questionnaire of Taraz: parts by lot, beginning and end in it, other answers."""
    folder = Path(shutil.copytree(STUDIES / "taraz-2026", tmp_path / REAL))
    serve(folder)
    field = Field(folder, person, sign_in)
    typed = {
        "@date": "2026-10-05", "@begun": "23:50", "@ended": "0:05", "module": "3", "consent": "1",
        "interview_language": "1", "interviewed_before": "2", "lives_here": "1", "age": "41",
        "territory": "13", "problems": "16 2", "problems_other": "Бродячие собаки & <мусор>",
        "trust_ngo": "98", "threats": "1", "point": "p-1", "refusals_before": "0",
    }  # fmt: skip
    field.type_in(field.first, typed)
    field.type_in(field.second, typed)
    page = said(field.first.get(f"{ADDRESS}{Sheet.objects.get().pk}/"))
    assert "Both typed in the same" in page
    field.first.post(f"{ADDRESS}{Sheet.objects.get().pk}/send")
    xml = bytes(Submission.objects.get().xml).decode()
    for written in (
        "<module>society</module>", "<eligible>yes</eligible>", "<trust_ngo>dont_know</trust_ngo>",
        "<problems>water other</problems>", "<threats />", "<territory>shaikoryk</territory>",
        "<problems_other>Бродячие собаки &amp; &lt;мусор&gt;</problems_other>",
        "<start>2026-10-05T23:50:00.000+05:00</start>", "<end>2026-10-06T00:05:00.000+05:00</end>",
    ):  # fmt: skip
        assert written in xml, written


def test_who_is_screened_out_is_typed_in_with_little(field: Field) -> None:
    little = {name: TYPED[name] for name in ("@date", "@begun", "@ended")}
    field.type_in(field.first, {**little, "consent": "2"}, "save")
    page = said(field.first.get(f"{ADDRESS}{Sheet.objects.get().pk}/entry"))
    assert page.count("not to be asked") >= 10
    field.type_in(field.first, {**little, "consent": "2"})
    field.type_in(field.second, {**little, "consent": "2"})
    field.first.post(f"{ADDRESS}{Sheet.objects.get().pk}/send")
    assert "<eligible>no</eligible>" in bytes(Submission.objects.get().xml).decode()


class TestBlind:
    """The second entry is another person's, and it leans on nothing."""

    def test_nobody_types_a_sheet_in_twice(self, field: Field) -> None:
        field.type_in(field.first, TYPED)
        answer = field.begin(field.first)
        assert answer.status_code == 400  # type: ignore[attr-defined]
        assert "Somebody else types it in the second time" in said(answer)
        assert Entry.objects.count() == 1

    def test_a_third_person_has_nothing_to_type(
        self, field: Field, person: NewPerson, sign_in: SignIn
    ) -> None:
        field.both()
        third = sign_in(person(Role.SOCIOLOGIST, REAL))
        assert "was typed in twice already" in said(field.begin(third))

    def test_the_second_sees_nothing_of_the_first(self, field: Field) -> None:
        field.type_in(field.first, {**TYPED, "age": "77", "problems_other": "Жарық шам"})
        field.begin(field.second)
        number = Sheet.objects.get().pk
        for path in ("", f"{number}/", f"{number}/entry"):
            page = said(field.second.get(ADDRESS + path))
            assert 'value="77"' not in page and "Жарық" not in page
        assert field.first.get(f"{ADDRESS}{number}/entry").status_code == 404, "it is finished"

    def test_a_sheet_is_that_of_one_interviewer(self, field: Field, person: NewPerson) -> None:
        field.begin(field.first)
        other = Membership.objects.get(person=person(Role.INTERVIEWER, REAL, code="i08"))
        field.interviewer = other
        assert "was begun as one of another interviewer" in said(field.begin(field.second))

    def test_a_supervisor_sees_sheets_of_own_territories_alone(
        self, field: Field, person: NewPerson, sign_in: SignIn
    ) -> None:
        sheet = field.both()
        elsewhere = sign_in(person(Role.SUPERVISOR, REAL, territories=["centre"]))
        assert f"{ADDRESS}{sheet.pk}/" not in said(elsewhere.get(ADDRESS))
        assert elsewhere.get(f"{ADDRESS}{sheet.pk}/").status_code == 404
        assert elsewhere.post(f"{ADDRESS}{sheet.pk}/send").status_code == 404

    def test_a_supervisor_types_sheets_in_of_whom_the_plan_sent_there_and_sees_no_others(
        self, person: NewPerson, sign_in: SignIn, own: Own, real: Path, serve: Serve
    ) -> None:
        folder = drawn(own(real))
        serve(folder)
        field = Field(folder, person, sign_in)
        sheet = field.both()
        supervisor = sign_in(person(Role.SUPERVISOR, REAL, territories=["centre"]))
        number = str(int(sheet.number) + 1)
        assert field.begin(supervisor, number).status_code == 400  # type: ignore[attr-defined]
        Assignment.objects.create(
            study=REAL, population="residents", membership=field.interviewer, point="1",
            interviews=5,
        )  # fmt: skip
        assert field.begin(supervisor, number).status_code == 302  # type: ignore[attr-defined]
        mine = Sheet.objects.get(number=number)
        listed = said(supervisor.get(ADDRESS))
        assert f">{number}<" in listed and f">{sheet.number}<" not in listed
        assert supervisor.get(f"{ADDRESS}{mine.pk}/entry").status_code == 200
        assert supervisor.get(f"{ADDRESS}{sheet.pk}/").status_code == 404


class TestTyping:
    """What is typed is read as an answer, or refused with the question's number."""

    @pytest.mark.parametrize(
        ("name", "typed", "words"),
        [
            ("problems", "1 44", "5: there is no code &quot;44&quot;"),
            ("problems", "1, 98", "the answer 98 stands alone"),
            ("consent", "1 2", "1: one answer is possible"),
            ("age", "thirty", "2: &quot;thirty&quot; is not a number"),
            ("age", "7", "2: the questionnaire does not allow &quot;7&quot;"),
            ("@date", "5 October", "is no date or time"),
            ("@begun", "", "The head of the sheet is not whole: Begun at"),
        ],
    )
    def test_what_is_no_answer_is_refused_and_the_rest_is_kept(
        self, field: Field, name: str, typed: str, words: str
    ) -> None:
        answer = field.type_in(field.first, {**TYPED, name: typed})
        assert answer.status_code == 400  # type: ignore[attr-defined]
        assert words in said(answer)
        assert typed in said(answer)
        kept = Entry.objects.get()
        assert kept.finished is None
        assert kept.values["point"] == "3"

    def test_boxes_may_be_ticked_instead(self, field: Field) -> None:
        field.begin(field.first)
        address = f"{ADDRESS}{Sheet.objects.get().pk}/entry"
        ticked = {"t:problems": ["prices", "roads"], "v:problems": "3", "t:consent": "yes"}
        field.first.post(address, {**ticked, "do": "save"})
        assert Entry.objects.get().values == {"problems": "roads prices", "consent": "yes"}
        assert 'value="1, 6"' in said(field.first.get(address))

    def test_what_is_finished_stays(self, field: Field) -> None:
        field.type_in(field.first, TYPED)
        address = f"{ADDRESS}{Sheet.objects.get().pk}/entry"
        assert field.first.post(address, {"v:age": "40", "do": "save"}).status_code == 404
        assert Entry.objects.get().values["age"] == "34"

    def test_a_sheet_without_a_number_is_not_begun(self, field: Field) -> None:
        answer = field.begin(field.first, "  ")
        assert answer.status_code == 400  # type: ignore[attr-defined]
        assert not Sheet.objects.exists()


class TestDifferences:
    """Question by question, one of the two or a third."""

    def test_each_is_settled_before_the_sheet_is_sent(self, field: Field) -> None:
        sheet = field.both({**TYPED, "age": "43", "sex": "2", "problems": ""})
        address = f"{ADDRESS}{sheet.pk}/"
        page = said(field.first.get(address))
        assert "Differences: 3, still to be settled: 3" in page
        assert "Both typed in" not in page
        answer = field.first.post(f"{address}send")
        assert answer.status_code == 400
        assert not Submission.objects.exists()
        field.second.post(address, {"c:age": "second", "c:sex": "other", "v:sex": "1"})
        assert "still to be settled: 1" in said(field.first.get(address))
        field.first.post(address, {"c:problems": "first"})
        field.first.post(f"{address}send")
        xml = bytes(Submission.objects.get().xml).decode()
        assert "<age>43</age>" in xml and "<sex>female</sex>" in xml
        assert "<problems>roads prices</problems>" in xml
        assert actions().count("paper.settled") == 2

    def test_a_third_text_is_read_like_the_others(self, field: Field) -> None:
        sheet = field.both({**TYPED, "age": "43"})
        address = f"{ADDRESS}{sheet.pk}/"
        answer = field.first.post(address, {"c:age": "other", "v:age": "9"})
        assert "does not allow" in said(answer)
        assert not Settled.objects.exists()

    def test_after_it_was_sent_nothing_is_settled(self, field: Field) -> None:
        sheet = field.both({**TYPED, "age": "43"})
        address = f"{ADDRESS}{sheet.pk}/"
        field.first.post(address, {"c:age": "first"})
        field.first.post(f"{address}send")
        assert field.first.post(address, {"c:age": "second"}).status_code == 400
        assert Settled.objects.get().value == "34"
        assert "It is an interview" in said(field.first.get(address))

    def test_before_both_are_finished_nothing_shows(self, field: Field) -> None:
        field.type_in(field.first, TYPED)
        sheet = Sheet.objects.get()
        assert "It is not typed in twice yet" in said(field.second.get(f"{ADDRESS}{sheet.pk}/"))
        assert field.second.post(f"{ADDRESS}{sheet.pk}/send").status_code == 400


class TestPrinting:
    """What is in the field is printed by the worker, for whoever has it typed in."""

    def work(self) -> None:
        job = take([REAL])
        assert job is not None
        do(job, folder_of(REAL), "en")

    def test_it_works(self, field: Field) -> None:
        assert "PDF" not in said(field.second.get(ADDRESS))
        assert field.second.post(f"{ADDRESS}print").status_code == 302
        assert "The files are being made" in said(field.first.get(ADDRESS))
        self.work()
        page = said(field.first.get(ADDRESS))
        for language in ("kk", "ru"):
            address = f"{ADDRESS}print/{field.form.pk}-{language}.pdf"
            assert address in page
            answer = field.second.get(address)
            assert b"".join(answer.streaming_content).startswith(b"%PDF")
            assert f"-{language}.pdf" in answer["Content-Disposition"]

    def test_a_file_of_another_version_is_never_given_out(self, field: Field) -> None:
        field.first.post(f"{ADDRESS}print")
        self.work()
        Instrument.objects.update(sha256="0" * 64)
        assert field.first.get(f"{ADDRESS}print/{field.form.pk}-kk.pdf").status_code == 404
        assert "PDF" not in said(field.first.get(ADDRESS))


class TestRemoving:
    """A sheet begun by mistake goes, with a reason, as long as it is no interview."""

    def test_it_works(self, field: Field) -> None:
        sheet = field.both({**TYPED, "age": "43"})
        field.first.post(f"{ADDRESS}{sheet.pk}/", {"c:age": "first"})
        answer = field.second.post(f"{ADDRESS}{sheet.pk}/remove", {"reason": "it was no. 71"})
        assert answer["Location"] == ADDRESS
        for model in (Sheet, Entry, Settled):
            assert not model.objects.exists()
        logged = Logged.objects.get(action="paper.removed")
        assert logged.details == {"sheet": "17", "entries": 2, "reason": "it was no. 71"}
        assert logged.actor == field.who[1].pk
        field.begin(field.first)
        assert Sheet.objects.get().number == "17", "the number is free again"

    def test_a_reason_is_given(self, field: Field) -> None:
        sheet = field.both()
        answer = field.first.post(f"{ADDRESS}{sheet.pk}/remove", {"reason": "  "})
        assert answer.status_code == 400
        assert "No reason is given" in said(answer)
        assert Entry.objects.count() == 2

    def test_an_interview_stays(self, field: Field) -> None:
        sheet = field.both()
        field.first.post(f"{ADDRESS}{sheet.pk}/send")
        answer = field.first.post(f"{ADDRESS}{sheet.pk}/remove", {"reason": "wrong"})
        assert answer.status_code == 400
        assert "is an interview already" in said(answer)
        assert Submission.objects.exists() and Sheet.objects.exists()


def test_an_interview_that_is_not_taken_leaves_the_sheet_open(field: Field) -> None:
    sheet = field.both()
    Instrument.objects.update(state="draft")
    answer = field.first.post(f"{ADDRESS}{sheet.pk}/send")
    assert answer.status_code == 400
    sheet.refresh_from_db()
    assert sheet.sent is None
    Instrument.objects.update(state="field")
    assert field.first.post(f"{ADDRESS}{sheet.pk}/send").status_code == 302


class TestReturned:
    """No phone gets a sheet back: it is typed in anew, and stays the same interview."""

    @pytest.fixture
    def sheet(self, field: Field) -> Sheet:
        sheet = field.both()
        field.first.post(f"{ADDRESS}{sheet.pk}/send")
        Submission.objects.update(state="returned", reason="No age")
        return sheet

    def test_it_works(self, field: Field, sheet: Sheet) -> None:
        """Twice, under the same number; what was sent before is its history."""
        at = f"{ADDRESS}{sheet.pk}/"
        page = said(field.first.get(at))
        assert "No age" in page and "type it in anew under the same number" in page
        field.both({**TYPED, "age": "43"})
        assert Submission.objects.count() == 1
        field.second.post(at, {"c:age": "second"})
        assert field.second.post(f"{at}send").status_code == 302
        first, second = Submission.objects.order_by("pk")
        assert (first.current, second.current) == (False, True)
        assert (second.interview, second.key) == (first.interview, first.key)
        assert (second.state, second.membership) == ("received", field.interviewer)
        assert b">34<" in bytes(first.xml) and b">43<" in bytes(second.xml)
        assert actions().count("paper.begun") == 4
        page = said(field.first.get(at))
        assert "in anew" not in page and f"/field/{second.pk}/" in page

    def test_what_was_decided_meanwhile_stays(self, field: Field, sheet: Sheet) -> None:
        field.both({**TYPED, "age": "43"})
        Submission.objects.update(state="accepted")
        at = f"{ADDRESS}{sheet.pk}/"
        field.second.post(at, {"c:age": "second"})
        assert field.second.post(f"{at}send").status_code == 400
        assert Submission.objects.get().current

    def test_it_is_not_removed(self, field: Field, sheet: Sheet) -> None:
        field.type_in(field.first, TYPED)
        answer = field.first.post(f"{ADDRESS}{sheet.pk}/remove", {"reason": "wrong"})
        assert "is an interview already" in said(answer)
        assert "Remove the sheet" not in said(field.first.get(f"{ADDRESS}{sheet.pk}/"))

    @pytest.mark.parametrize("is_begun", [False, True])
    def test_one_of_another_version_becomes_no_second_interview(
        self, field: Field, sheet: Sheet, real: Path, own: Own, serve: Serve, is_begun: bool
    ) -> None:
        """It waits for its own version; other sheets and other interviewers go on."""
        if is_begun:
            field.type_in(field.first, TYPED)
        own_form, entries = field.form, Entry.objects.count()
        folder = own(real)
        another_version(folder)
        serve(folder)
        field.form = in_the_field(folder)
        answer = field.begin(field.second)
        assert answer.status_code == 400  # type: ignore[attr-defined]
        assert f"by version &quot;{own_form.version}&quot;" in said(answer)
        assert (Sheet.objects.count(), Entry.objects.count()) == (1, entries)
        assert Submission.objects.get().state == "returned"
        assert field.begin(field.second, "18").status_code == 302  # type: ignore[attr-defined]
        serve(real)
        field.form = own_form
        assert field.begin(field.second).status_code == 302  # type: ignore[attr-defined]
        sheet.refresh_from_db()
        assert sheet.corrects == Submission.objects.get().instance_id

    def test_a_sheet_that_was_not_returned_leaves_its_number_to_another_version(
        self, field: Field, sheet: Sheet, real: Path, own: Own, serve: Serve
    ) -> None:
        Submission.objects.update(state="received")
        folder = own(real)
        another_version(folder)
        serve(folder)
        field.form = in_the_field(folder)
        assert field.begin(field.first).status_code == 302  # type: ignore[attr-defined]
        assert Sheet.objects.count() == 2

    @pytest.mark.parametrize("is_begun", [False, True])
    def test_who_may_not_see_the_interview_does_not_open_its_sheet(
        self, person: NewPerson, sign_in: SignIn, own: Own, real: Path, serve: Serve,
        is_begun: bool,
    ) -> None:  # fmt: skip
        """A supervisor to whose territory the plan sent the interviewer, from elsewhere."""
        folder = drawn(own(real))
        serve(folder)
        field = Field(folder, person, sign_in)
        sheet = field.both()
        field.first.post(f"{ADDRESS}{sheet.pk}/send")
        Submission.objects.update(state="returned", reason="No age")
        if is_begun:
            field.type_in(field.first, TYPED)
        entries = Entry.objects.count()
        supervisor = sign_in(person(Role.SUPERVISOR, REAL, territories=["centre"]))
        Assignment.objects.create(
            study=REAL, population="residents", membership=field.interviewer, point="1",
            interviews=5,
        )  # fmt: skip
        answer = field.begin(supervisor, sheet.number)
        assert answer.status_code == 400  # type: ignore[attr-defined]
        assert "not one of your territories" in said(answer)
        assert Entry.objects.count() == entries
        assert supervisor.get(f"{ADDRESS}{sheet.pk}/").status_code == 404
        # Made at a point of the supervisor's, it is.
        Made.objects.filter(membership=field.interviewer).delete()
        Made.objects.create(
            submission=Submission.objects.get(), study=REAL, population="residents",
            membership=field.interviewer, territory="centre", outcome="complete",
        )  # fmt: skip
        assert field.begin(supervisor, sheet.number).status_code == 302  # type: ignore[attr-defined]

    def test_what_is_typed_in_anew_goes_with_a_withdrawal(self, field: Field, sheet: Sheet) -> None:
        field.type_in(field.first, TYPED)
        made = Submission.objects.get()
        code = withdrawal_code(made.interview)
        given = {"interview": made.interview, "again": code, "reason": "By phone"}
        at = ADDRESS.replace("paper", "withdrawals")
        assert field.second.post(f"{at}withdraw", given).status_code == 302
        assert [one.values for one in Entry.objects.all()] == [{}]
        assert "withdrew" in said(field.begin(field.second))


def test_without_an_interviewer_or_a_questionnaire_it_says_what_is_missing(
    client: Client, serve: Serve, real: Path
) -> None:
    serve(real)
    assert "No questionnaire can be typed in" in said(client.get(ADDRESS))
    in_the_field(real)
    assert "The study has no interviewer yet" in said(client.get(ADDRESS))


def test_what_was_typed_in_goes_with_an_interview_that_is_withdrawn(field: Field) -> None:
    """The sheet stays, with who typed it in and when."""
    sheet = field.both({**TYPED, "age": "43"})
    field.first.post(f"{ADDRESS}{sheet.pk}/", {"c:age": "second"})
    field.first.post(f"{ADDRESS}{sheet.pk}/send")
    made = Submission.objects.get()
    code = withdrawal_code(made.interview)
    given = {"interview": made.interview, "again": code, "reason": "By phone"}
    at = ADDRESS.replace("paper", "withdrawals")
    assert field.second.post(f"{at}withdraw", given).status_code == 302
    assert [one.values for one in Entry.objects.order_by("turn")] == [{}, {}]
    assert not Settled.objects.exists()
    assert field.first.get(f"{ADDRESS}{sheet.pk}/").status_code == 200
    refused = field.first.post(f"{ADDRESS}{sheet.pk}/send")
    assert "withdrew" in said(refused)
    assert Submission.objects.count() == 1


def test_a_withdrawn_sheet_is_not_typed_in_again(field: Field) -> None:
    """One entry was finished when the interview, taken from the quarantine, was withdrawn."""
    field.type_in(field.first, TYPED)
    sheet = Sheet.objects.get()
    meta = f"<meta><instanceID>{sheet.instance_id}</instanceID></meta>"
    xml = f"<data id='other' version='1'>{meta}</data>"
    with suppress(Refused):
        send_by_phone(REAL, xml.encode())
    code = withdrawal_code(sheet.instance_id)
    given = {"interview": sheet.instance_id, "again": code, "reason": "By phone"}
    at = ADDRESS.replace("paper", "withdrawals")
    assert field.first.post(f"{at}withdraw", given).status_code == 302
    assert Entry.objects.get().values == {}
    assert "withdrew" in said(field.begin(field.second))
    assert Entry.objects.count() == 1
