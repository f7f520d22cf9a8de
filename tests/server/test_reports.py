"""``/k/TOKEN/reports``: contacts, questions; and what the boot says of points and progress."""

import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from cryptography.exceptions import InvalidTag
from django.test import Client
from django.utils import timezone

from tyndau.base.languages import INTERFACE_LANGUAGES
from tyndau_server.control.models import (
    Alert,
    Assignment,
    Contact,
    Counted,
    Made,
    Question,
    Report,
)
from tyndau_server.fieldwork.models import Submission
from tyndau_server.people.models import Membership, Token
from tyndau_server.people.tokens import issue_token

from .conftest import REAL, Serve
from .field import asked, interviewer
from .interviews import interview
from .sealing import PhoneKey, body, confided, sealed, sealed_small

pytestmark = pytest.mark.requirement("C2", "C3")

CONTACT = {
    "kind": "contact", "uid": "c1", "population": "residents", "point": "n1",
    "moment": "2026-11-28T05:00:00.000Z", "clock": 0, "outcome": "refused", "passed": 5,
    "interview": "", "band": "",
}  # fmt: skip


@pytest.fixture
def at() -> str:
    """Return the address of an interviewer's phone."""
    asked(study=REAL)
    return f"/k/{interviewer(study=REAL)}/"


def _boot(client: Client, at: str, query: str = "") -> Any:
    return client.get(f"{at}boot.json{query}").json()


def _tell(client: Client, at: str, *said: object, **more: Any) -> Any:
    """Seal what is said, each under a number of its own, and send it."""
    boot = _boot(client, at)
    parts = [sealed_small(boot["key"], f"p{number}", one) for number, one in enumerate(said)]
    content = {"version": 1, "sealed": parts, "state": None, **more}
    return client.post(boot["reports"], json.dumps(content), content_type="application/json")


def test_it_works(client: Client, at: str) -> None:
    answer = _tell(client, at, CONTACT, {**CONTACT, "uid": "c2", "outcome": "interview",
                                         "interview": "uuid:1", "band": "0-100"})  # fmt: skip
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert answer.json() == {"received": ["p0", "p1"], "refused": []}
    first, second = Contact.objects.order_by("uid")
    assert (first.study, first.population, first.point) == (REAL, "residents", "n1")
    assert (first.outcome, first.passed) == ("refused", 5)
    assert first.moment == datetime.fromisoformat("2026-11-28T05:00:00Z")
    assert first.membership.code == "i07"
    assert (second.outcome, second.interview, second.band) == ("interview", "uuid:1", "0-100")


def test_what_comes_again_is_the_same_contact(client: Client, at: str) -> None:
    for _ in range(2):
        assert _tell(client, at, CONTACT).json()["received"] == ["p0"]
    assert Contact.objects.count() == 1


def test_what_a_phone_says_last_of_a_contact_holds(client: Client, at: str) -> None:
    _tell(client, at, CONTACT, {**CONTACT, "uid": "c2"})
    _tell(client, at, {**CONTACT, "band": "100-500"}, {"kind": "none", "uid": "c2"})
    assert Contact.objects.get().band == "100-500"


def test_another_interviewer_changes_no_contact(client: Client, at: str) -> None:
    _tell(client, at, CONTACT)
    other = f"/k/{interviewer('i08', study=REAL)}/"
    _tell(client, other, {**CONTACT, "outcome": "interview"}, {"kind": "none", "uid": "c1"})
    assert Contact.objects.get().outcome == "refused"


@pytest.mark.parametrize("ahead", [3600, -86400 * 365, None])
def test_a_wrong_clock_is_brought_to_the_servers(
    client: Client, at: str, ahead: int | None
) -> None:
    true = timezone.now() - timedelta(hours=2)
    by_phone = true + timedelta(seconds=ahead or 0)
    _tell(client, at, {**CONTACT, "moment": by_phone.isoformat(), "clock": ahead})
    assert abs(Contact.objects.get().moment - true) < timedelta(seconds=1)


def test_nothing_happens_later_than_now(client: Client, at: str) -> None:
    later = timezone.now() + timedelta(days=400)
    _tell(client, at, {**CONTACT, "moment": later.isoformat(), "clock": None})
    contact = Contact.objects.get()
    assert contact.moment <= contact.received


def test_a_point_that_nobody_planned_is_kept_as_given(client: Client, at: str) -> None:
    _tell(client, at, {**CONTACT, "point": "Базар жаны"})
    assert Contact.objects.get().point == "Базар жаны"


@pytest.mark.parametrize(
    "wrong",
    [{"outcome": "happy"}, {"band": "42.9,71.37"}, {"passed": -1}, {"passed": True}, {"uid": ""},
     {"uid": "x" * 41}, {"moment": "yesterday"}, {"point": None}, {"kind": "answer"},
     {"clock": 1e300}],
)  # fmt: skip
def test_what_is_no_contact_is_refused_and_the_rest_taken(
    client: Client, at: str, wrong: dict[str, object]
) -> None:
    told = _tell(client, at, {**CONTACT, **wrong}, {**CONTACT, "uid": "c2"}).json()
    assert told == {"received": ["p1"], "refused": ["p0"]}
    assert Contact.objects.get().uid == "c2"


def test_a_part_under_another_number_does_not_open(client: Client, at: str) -> None:
    boot = _boot(client, at)
    part = {**sealed_small(boot["key"], "p0", CONTACT), "id": "p1"}
    content = json.dumps({"version": 1, "sealed": [part], "state": None})
    answer = client.post(boot["reports"], content, content_type="application/json")
    assert answer.json() == {"received": [], "refused": ["p1"]}
    assert not Contact.objects.exists()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"version": 2}', '{"version": 1}'])
def test_another_body_is_refused(client: Client, at: str, content: str) -> None:
    answer = client.post(f"{at}reports", content, content_type="application/json")
    assert answer.status_code == 400


def test_too_much_at_once_is_not_read(client: Client, at: str) -> None:
    answer = client.post(f"{at}reports", "x" * 1_000_001, content_type="application/json")
    assert answer.status_code == 413


def test_a_phone_that_was_shut_out_tells_nothing(client: Client, at: str) -> None:
    boot = _boot(client, at)
    Token.objects.update(revoked=timezone.now())
    content = json.dumps({"version": 1, "sealed": [], "state": None})
    answer = client.post(boot["reports"], content, content_type="application/json")
    assert answer.status_code == 403
    assert client.post("/k/nobody/reports", content, content_type="x/y").status_code == 404
    assert "progress" not in _boot(client, at)


def test_a_phone_tells_of_itself(client: Client, at: str) -> None:
    def state(unsent: int, ahead: int = 0) -> dict[str, object]:
        now = timezone.now() + timedelta(seconds=ahead)
        return {"now": now.isoformat(), "unsent": unsent, "drafts": 1, "kept": False}

    _tell(client, at, state=state(3, 7200))
    report = Report.objects.get()
    assert (report.unsent, report.drafts, report.kept) == (3, 1, False)
    assert abs(report.ahead - 7200) < 30
    _tell(client, at, state=state(9))
    assert Report.objects.get().unsent == 3, "so often nobody need know"
    Report.objects.update(moment=timezone.now() - timedelta(minutes=3))
    _tell(client, at, state={"now": 7})
    _tell(client, at, state=state(0))
    assert Report.objects.get().unsent == 0


def test_a_question_is_asked_once_and_its_answer_comes_back(client: Client, at: str) -> None:
    question = {
        "kind": "question", "uid": "q1", "text": " Рынок закрыт, куда идти? ", "clock": 60,
        "moment": "2026-11-28T05:01:00Z",
    }  # fmt: skip
    for _ in range(2):
        assert _tell(client, at, question).json()["received"] == ["p0"]
    row = Question.objects.get()
    assert (row.text, row.study, row.membership.code) == ("Рынок закрыт, куда идти?", REAL, "i07")
    assert row.moment == datetime.fromisoformat("2026-11-28T05:00:00Z")
    key = PhoneKey()
    assert confided(client, at, key)["answers"] == []
    Question.objects.update(answer="К запасной точке.", answered=timezone.now())
    assert confided(client, at, key)["answers"] == [
        {"uid": "q1", "text": "Рынок закрыт, куда идти?", "answer": "К запасной точке."}
    ]
    other = f"/k/{interviewer('i08', study=REAL)}/"
    assert confided(client, other, PhoneKey())["answers"] == []


def test_who_only_knows_the_address_reads_nothing_of_people_or_pay(client: Client, at: str) -> None:
    """Nothing is told before there is a key, and nothing in clear; another key comes too late."""
    question = {
        "kind": "question", "uid": "q1", "text": "Рынок закрыт", "clock": 0,
        "moment": "2026-11-28T05:01:00Z",
    }  # fmt: skip
    _tell(client, at, question)
    Question.objects.update(answer="К запасной точке.", answered=timezone.now())
    assert _boot(client, at, "?fresh")["confided"] is None
    key, forged = PhoneKey(), PhoneKey()
    assert confided(client, at, key)["answers"][0]["answer"] == "К запасной точке."
    assert _tell(client, at, reply=forged.told).status_code == 200
    found = _boot(client, at, "?fresh")["confided"]
    assert found["to"] == key.told
    with pytest.raises(InvalidTag):
        forged.opened(found, found["about"], "confided")
    assert "confided" not in _boot(client, at)
    for query in ("", "?fresh"):
        said = client.get(f"{at}boot.json{query}").content.decode()
        assert not any(f'"{one}"' in said for one in ("answers", "warnings", "pay"))


@pytest.mark.parametrize("told", ["", "x", 7, "AAAA"])
def test_what_is_no_key_is_refused(client: Client, at: str, told: object) -> None:
    assert _tell(client, at, reply=told).status_code == 400
    assert _boot(client, at, "?fresh")["confided"] is None


def test_a_new_address_takes_the_key_of_its_phone(client: Client, at: str) -> None:
    confided(client, at, PhoneKey())
    another = PhoneKey()
    new = issue_token(Membership.objects.get(code="i07"), "the same phone")
    assert confided(client, f"/k/{new}/", another)["answers"] == []


def test_a_question_without_words_or_with_too_many_is_refused(client: Client, at: str) -> None:
    question = {"kind": "question", "moment": "2026-11-28T05:00:00Z", "clock": None}
    told = _tell(client, at, {**question, "uid": "q1", "text": " "},
                 {**question, "uid": "q2", "text": "х" * 2001}).json()  # fmt: skip
    assert told["refused"] == ["p0", "p1"]
    assert not Question.objects.exists()


class TestField:
    """What the boot says of points and of the interviewer's progress."""

    @pytest.fixture(autouse=True)
    def _study(self, serve: Serve, repository: Path, tmp_path: Path) -> None:
        self.folder = Path(shutil.copytree(repository / "studies" / "taraz-2026", tmp_path / REAL))
        book = openpyxl.load_workbook(self.folder / "study.xlsx")
        sheet = book["points"]
        head = [cell.value for cell in sheet[1]]
        rows = list(sheet.iter_rows(min_row=2, values_only=True))
        self.codes = [row[head.index("code")] for row in rows if row[0]]
        for at, (name, value) in enumerate((("latitude", 42.9), ("longitude", 71.37)), 1):
            sheet.cell(1, len(head) + at, name)
            sheet.cell(2, len(head) + at, value)
        book.save(self.folder / "study.xlsx")
        serve(self.folder)

    def _assign(self, point: str, **more: Any) -> Assignment:
        membership = Membership.objects.get(code="i07")
        given = {"study": REAL, "population": "residents", "interviews": 12, **more}
        return Assignment.objects.create(membership=membership, point=point, **given)

    def test_without_assignments_all_points_of_the_plan_are_told(
        self, client: Client, at: str
    ) -> None:
        told = _boot(client, at)["field"]
        (plan,) = told["plans"]
        assert (plan["population"], plan["assigned"]) == ("residents", False)
        assert [one["code"] for one in plan["points"]] == self.codes
        first = plan["points"][0]
        assert first["place"] == [42.9, 71.37]
        assert first["start"] == first["step"]
        assert set(first["name"]) == set(first["territory"]) == {"kk", "ru"}
        rules = told["rules"][first["kind"]]
        assert set(rules) == set(INTERFACE_LANGUAGES)
        assert any("do not count" in rule for rule in rules["en"])
        assert all(one["kind"] in told["rules"] for one in plan["points"])

    def test_with_assignments_one_gets_ones_own(self, client: Client, at: str) -> None:
        point, other = self.codes[:2]
        self._assign(point, day="2026-11-30", begins="09:00", ends="13:30")
        self._assign(point, interviews=8)
        self._assign(other, ended=timezone.now())
        (plan,) = _boot(client, at)["field"]["plans"]
        assert plan["assigned"]
        (told,) = plan["points"]
        assert (told["code"], told["planned"]) == (point, 20)
        assert {"day": "2026-11-30", "begins": "09:00", "ends": "13:30", "interviews": 12} in told[
            "shifts"
        ]

    def _add_streets(self) -> str:
        """Make the first point one of dwellings with two streets; return its code."""
        book = openpyxl.load_workbook(self.folder / "study.xlsx")
        points = book["points"]
        head = [cell.value for cell in points[1]]
        points.cell(2, head.index("kind") + 1, "dwelling")
        points.cell(2, head.index("step") + 1, 3)
        streets = book.create_sheet("streets")
        code, other = self.codes[:2]
        for row in (
            ["point", "street_kk", "street_ru", "first", "last", "side", "flats"],
            [code, "Абай көшесі", "улица Абая", 1, 60, None, None],
            [code, "Төле би көшесі", "улица Толе би", 7, None, None, 4],
            [other, "Желтоқсан көшесі", "улица Желтоксан", None, None, None, None],
        ):
            streets.append(row)
        book.save(self.folder / "study.xlsx")
        return str(code)

    def test_streets_and_addresses_come_with_the_points(self, client: Client, at: str) -> None:
        code = self._add_streets()
        for one in self.codes[:3]:
            self._assign(one)
        told = _boot(client, at)["field"]
        points = told["plans"][0]["points"]
        first, second, third = points[:3]
        assert first["code"] == code
        abay, tole = first["streets"]
        assert abay["name"] == {"kk": "Абай көшесі: 1–60", "ru": "улица Абая: 1–60"}
        assert abay["doors"] == [str(house) for house in range(3, 61, 3)]
        assert tole["doors"] == ["7-3"]
        assert second["streets"] == [
            {"name": {"kk": "Желтоқсан көшесі", "ru": "улица Желтоксан"}, "doors": []}
        ]
        assert third["streets"] == []
        assert any("any address of your list" in rule for rule in told["rules"]["listed"]["en"])

    def test_who_was_sent_nowhere_gets_streets_and_no_addresses(
        self, client: Client, at: str
    ) -> None:
        """Else two who go there would ring at the same doors."""
        self._add_streets()
        told = _boot(client, at)["field"]
        streets = told["plans"][0]["points"][0]["streets"]
        assert [one["doors"] for one in streets] == [[], []]
        assert "listed" not in told["rules"]

    def test_a_list_begins_where_the_plan_says_whoever_is_asked(
        self, client: Client, at: str
    ) -> None:
        code = self._add_streets()
        self._assign(code)
        (self.folder / "sample").mkdir(exist_ok=True)
        points = [{"code": code, "route": {"start": 2, "step": 3, "side": "left"}}]
        territories = [{"points": points, "substitutes": []}]
        for population in ("residents", "volunteers"):
            record = {"population": population, "territories": territories}
            (self.folder / "sample" / "sample.json").write_text(json.dumps(record))
            point = _boot(client, at)["field"]["plans"][0]["points"][0]
            assert point["streets"][0]["doors"][:2] == ["2", "5"], "as on paper"

    def test_two_who_were_sent_to_a_point_get_its_addresses_by_turns(
        self, client: Client, at: str
    ) -> None:
        code = self._add_streets()
        self._assign(code)
        interviewer("i03", study=REAL)
        other = Membership.objects.get(code="i03")
        given = {"study": REAL, "population": "residents", "point": code, "interviews": 5}
        gone = Assignment.objects.create(membership=other, ended=timezone.now(), **given)

        def doors() -> list[str]:
            return _boot(client, at)["field"]["plans"][0]["points"][0]["streets"][0]["doors"]

        alone = doors()
        assert len(alone) == 20, "who has left shares nothing"
        gone.ended = None
        gone.save()
        assert doors() == alone[1::2], "i03 comes before i07"

    def test_starts_and_sides_come_from_the_plan_of_the_sample(
        self, client: Client, at: str
    ) -> None:
        def plan(**route: object) -> None:
            (self.folder / "sample").mkdir(exist_ok=True)
            points = [{"code": self.codes[0], "route": route}]
            record = {
                "population": "residents",
                "territories": [{"points": points, "substitutes": []}],
            }
            (self.folder / "sample" / "sample.json").write_text(json.dumps(record))

        for start, side in ((2, "left"), (11, "right")):
            plan(start=start, side=side)
            told = _boot(client, at)["field"]["plans"][0]["points"][0]
            assert (told["start"], told["side"]) == (start, side)
        (self.folder / "sample" / "sample.json").write_text("{")
        assert _boot(client, at)["field"]["plans"][0]["points"][0]["side"] == ""

    def test_progress_counts_ones_own(self, client: Client, at: str) -> None:
        self._assign(self.codes[0])
        boot = _boot(client, at)
        for number, state in enumerate(("received", "accepted", "returned", "rejected")):
            xml = interview(f"uuid:{number}", {"gender": "1"})
            content, kind = body(*sealed(boot["key"], f"uuid:{number}", xml, {}))
            assert client.post(boot["submit"], content, content_type=kind).status_code == 201
            Submission.objects.filter(instance_id=f"uuid:{number}").update(state=state)
        told = _boot(client, at)["progress"]
        assert (told["planned"], told["made"]) == (12, 3)
        assert (told["accepted"], told["returned"], told["rejected"]) == (1, 1, 1)
        assert told["needed"] == []

    def test_who_was_screened_out_is_no_interview(self, client: Client, at: str) -> None:
        boot = _boot(client, at)
        for number, outcome in enumerate(("complete", "not_eligible", "refused", "interrupted")):
            xml = interview(f"uuid:{number}", {"gender": "1"})
            content, kind = body(*sealed(boot["key"], f"uuid:{number}", xml, {}))
            assert client.post(boot["submit"], content, content_type=kind).status_code == 201
            Made.objects.create(
                study=REAL, population="residents", outcome=outcome,
                membership=Membership.objects.get(code="i07"),
                submission=Submission.objects.get(instance_id=f"uuid:{number}"),
            )  # fmt: skip
        Submission.objects.update(state="accepted")
        told = _boot(client, at)["progress"]
        assert (told["made"], told["accepted"]) == (1, 1)

    def test_what_is_left_of_the_own_share_is_as_the_worker_settled_it(
        self, client: Client, at: str
    ) -> None:
        other = f"/k/{interviewer('i08', study=REAL)}/"
        Counted.objects.create(
            study=REAL, population="residents", moment=timezone.now(),
            membership=Membership.objects.get(code="i07"), figures={"left": [["sex=male", 2, 5]]},
        )  # fmt: skip
        [needed] = _boot(client, at)["progress"]["needed"]
        assert (needed["left"], needed["open"]) == (2, 5)
        assert (needed["label"]["ru"], needed["label"]["en"]) == ("Мужчина", "Мужчина")
        assert _boot(client, other)["progress"]["needed"] == []


def test_a_phone_is_told_what_rules_of_work_its_interviewer_did_not_keep(
    client: Client, at: str
) -> None:
    """The newest first; nothing of others, of what somebody looked at, or that is over."""
    own = Membership.objects.get(code="i07")
    moment = timezone.now()
    of = {"study": REAL, "population": "residents", "raised": moment}
    about = {"said": {"ru": "Работа до 21:40"}, "interviewers": ["i07"]}
    Alert.objects.create(**of, rule="after_dark", key="1", membership=own, facts=about)
    both = {"said": {"ru": "Два часа без интервью"}, "interviewers": ["i07", "i08"]}
    Alert.objects.create(**of, rule="empty_point", key="2", facts=both)
    Alert.objects.create(**of, rule="alone", key="3", facts={**about, "interviewers": ["i08"]})
    Alert.objects.create(**of, rule="on_end", key="4", membership=own, facts=about, gone=moment)
    Alert.objects.create(**of, rule="on_end", key="5", membership=own, facts=about, settled=moment)
    Alert.objects.create(**of, rule="phone-silent", key="6", membership=own, facts={"hours": 70})
    old = {**of, "raised": moment - timedelta(days=4)}
    Alert.objects.create(**old, rule="on_end", key="7", membership=own, facts=about)
    told = confided(client, at, PhoneKey())["warnings"]
    assert [one["ru"] for one in told] == ["Два часа без интервью", "Работа до 21:40"]
