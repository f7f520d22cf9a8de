"""``.../audit/``, the log of a study; and ``tyndau audit verify`` and ``tyndau invite``."""

import ast
import re
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

import tyndau_server
from tyndau.cli.main import run
from tyndau_server.audit import guard, log
from tyndau_server.audit.actions import ACTIONS
from tyndau_server.audit.models import Entry
from tyndau_server.people.models import Invitation, Person, Role
from tyndau_server.team.details import NAMES

from .conftest import BUILT, REAL, NewPerson, Serve

AUDIT = f"/ru/studies/{BUILT}/audit/"


@pytest.fixture(autouse=True)
def _served(serve: Serve, built: Path, real: Path) -> None:
    serve(built, real)


def _numbers(client: Client, asked: str = "") -> list[int]:
    page = client.get(AUDIT + asked).content.decode()
    return [int(found) for found in re.findall(r'class="number">(\d+)<', page)]


def test_it_works(client: Client, person: NewPerson) -> None:
    who = person(Role.HEAD, BUILT)
    log.write("member.ended", actor=who, study=BUILT, subject="Ғалия", details={"role": "reader"})
    log.write("member.ended", actor=who, study=REAL, subject="elsewhere")
    log.write("some.later-action", actor=None, study=BUILT)
    assert _numbers(client) == [3, 1]
    page = client.get(AUDIT).content.decode()
    assert "Ғалия" in page
    assert "Роль: Наблюдатель" in page
    assert who.name in page
    assert "elsewhere" not in page


def test_details_are_said_in_the_language_of_the_page(client: Client) -> None:
    write = partial(log.write, actor=None, study=BUILT)
    before = {"role": "reader", "code": "", "forms": [], "territories": ["north"]}
    write("member.changed", details={"before": before, "after": {**before, "role": "head"}})
    write("submission.rejected", details={"before": "received", "reason": "Тест"})
    write("quarantine.set-aside", details={"why it lay there": "conflict", "reason": "Дубль"})
    write("wave.frozen", details={"interviews": {"residents": 12}, "without undecided": True})
    write("member.added", details={"role": "interviewer", "forms": [], "language": "ru"})
    write(
        "export.taken", details={"format": "csv-excel", "filters": "form=residents&state=accepted"}
    )
    write("alert.settled", details={"rule": "empty_point, phone-silent", "note": "Тест"})
    page = client.get(AUDIT).content.decode()
    lines = re.findall(r'<span class="muted">([^<]*)</span>', page)
    assert "Роль: Наблюдатель (только чтение) → Руководитель исследования" in lines
    assert not [line for line in lines if "north" in line], "what stayed as it was is not told"
    assert "Прежнее состояние: Без решения" in lines
    assert "Причина: Тест" in lines
    assert "Правило: точка без интервью; телефон не выходит на связь" in lines
    assert "Почему лежало в карантине: Интервью с тем же номером" in page
    assert "Число интервью: residents: 12" in lines
    assert "Без тех, по которым нет решения: да" in lines
    assert "Роль: Интервьюер" in lines
    assert "Фильтры: Анкета: residents; Состояние: Принято" in lines
    assert "Формат: CSV для Excel" in lines
    assert "Язык сообщений на телефоне: Русский" in lines
    assert not re.search(r"[A-Za-z]{3,}", re.sub("residents|CSV|Excel", "", " ".join(lines)))


def test_filters_narrow_it(client: Client, person: NewPerson) -> None:
    who = person(Role.HEAD, BUILT)
    log.write("member.ended", actor=who, study=BUILT)
    log.write("token.issued", actor=None, study=BUILT)
    assert _numbers(client, "?action=member.ended") == [1]
    assert _numbers(client, f"?who={who.name}") == [1]
    assert _numbers(client, "?who=tyndau") == [2]
    today = datetime.now(UTC).date()
    far = timedelta(days=2)
    assert _numbers(client, f"?from={today - far}&to={today + far}") == [2, 1]
    assert _numbers(client, f"?from={today + far}") == []
    assert _numbers(client, f"?to={today - far}") == []


@pytest.mark.parametrize(
    "asked",
    ["?page=x", "?page=-1", "?page=99999", "?from=x&to=2026-13-45", "?action=%00", "?who=%00'",
     "?from=0001-01-01&to=9999-12-31"],
)  # fmt: skip
def test_whatever_is_asked_is_answered(client: Client, asked: str) -> None:
    log.write("member.ended", actor=None, study=BUILT)
    assert client.get(AUDIT + asked).status_code == 200


def test_a_long_log_comes_in_pages(client: Client) -> None:
    for _ in range(60):
        log.write("member.ended", actor=None, study=BUILT)
    assert _numbers(client) == list(range(60, 10, -1))
    assert _numbers(client, "?page=2") == list(range(10, 0, -1))


def test_every_action_that_the_server_writes_has_words() -> None:
    written = set()
    for path in Path(tyndau_server.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("log.write", "_write"):
                first = node.args[0] if node.args else None
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    written.add(first.value)
    assert written
    assert written <= set(ACTIONS), written - set(ACTIONS)


def test_every_detail_that_the_server_writes_has_words() -> None:
    written = set()
    for path in Path(tyndau_server.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "log.write":
                given = [one.value for one in node.keywords if one.arg == "details"]
                written |= {
                    key.value
                    for one in given
                    if isinstance(one, ast.Dict)
                    for key in one.keys
                    if isinstance(key, ast.Constant)
                }
    assert written
    assert written <= set(NAMES), written - set(NAMES)


class TestVerify:
    """The command."""

    def test_it_works(self, capsys: pytest.CaptureFixture[str]) -> None:
        log.write("member.ended", actor=None, study=BUILT)
        assert run(["audit", "verify"], language="en") == 0
        digest = Entry.objects.get().digest
        assert f"1:{digest}" in capsys.readouterr().out
        log.write("member.ended", actor=None, study=BUILT)
        assert run(["audit", "verify", "--noted", f"1:{digest}"], language="en") == 0

    @pytest.mark.parametrize("language", ["kk", "ru", "en"])
    def test_a_broken_log_is_said_to_be_so(
        self, language: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for _ in range(3):
            log.write("member.ended", actor=None, study=BUILT)
        guard.take_down(connection)
        try:
            Entry.objects.filter(pk=2).update(subject="other")
            assert run(["audit", "verify"], language=language) == 1
        finally:
            guard.put_up(connection)
        said = capsys.readouterr()
        assert "server.log-changed" in said.out + said.err
        assert "Traceback" not in said.err

    @pytest.mark.parametrize("noted", ["x", "0:" + "0" * 64, "1:abc", "1"])
    def test_what_was_written_down_wrong_is_refused(
        self, noted: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(["audit", "verify", "--noted", noted], language="en") == 10
        assert "server.log-noted-form" in capsys.readouterr().err

    def test_another_log_than_the_noted_one_is_broken(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        log.write("member.ended", actor=None, study=BUILT)
        assert run(["audit", "verify", "--noted", "1:" + "0" * 64], language="en") == 1


class TestInvite:
    """The command that prints the first link."""

    def test_it_works(self, capsys: pytest.CaptureFixture[str]) -> None:
        command = ["invite", "--administrator", "Әсел", "asel@tyndau.example", "--lang", "kk"]
        assert run(command, language="kk") == 0
        link = re.search(r"http\S+(/kk/links/[\w-]{24})", capsys.readouterr().out)
        assert link
        typed = {
            "name": "Әсел", "email": "asel@tyndau.example",
            "password": "үш сөз бірге емес", "again": "үш сөз бірге емес",
        }  # fmt: skip
        assert Client().post(link[1], typed).status_code == 302
        assert Person.objects.get().administrator

    def test_a_role_in_a_study_is_given(self, capsys: pytest.CaptureFixture[str]) -> None:
        command = ["invite", "A", "a@b.kz", "--study", BUILT, "--role", "sociologist"]
        assert run(command, language="en") == 0
        made = Invitation.objects.get()
        assert (made.study, made.role) == (BUILT, "sociologist")

    @pytest.mark.parametrize(
        ("more", "code"),
        [
            ([], "server.invite-what"), (["--study", BUILT], "server.invite-what"),
            (["--administrator", "--study", BUILT, "--role", "head"], "server.invite-what"),
            (["--study", "nowhere", "--role", "head"], "server.not-served"),
            (["--study", BUILT, "--role", "interviewer"], "usage.bad-value"),
        ],
    )  # fmt: skip
    def test_what_is_not_said_right_is_one_error(
        self, more: list[str], code: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(["invite", "A", "a@b.kz", *more], language="en") in (2, 10)
        assert code in capsys.readouterr().err
        assert not Invitation.objects.exists()

    @pytest.mark.parametrize(("name", "email"), [("", "a@b.kz"), ("A", "a"), ("A\n", "a@b.kz")])
    def test_no_name_or_address_is_one_error(
        self, name: str, email: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(["invite", "--administrator", name, email], language="en") == 10
        assert not Invitation.objects.exists()
