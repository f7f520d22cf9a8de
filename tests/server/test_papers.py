"""``.../team/papers``: what interviewers take along, for real people and assignments."""

import io
from datetime import time
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils import timezone

from tyndau.study import load_study
from tyndau_server.control.models import Assignment
from tyndau_server.jobs.do import do
from tyndau_server.jobs.queue import take
from tyndau_server.people.models import Membership
from tyndau_server.studies.served import folder_of

from ..reporting.paper import pages_of
from .conftest import REAL, Own, Serve
from .drawn import drawn, interviewer

TEAM = f"/ru/studies/{REAL}/team/"


@pytest.fixture(autouse=True)
def _served(own: Own, real: Path, serve: Serve) -> None:
    serve(drawn(own(real), plan=False))


def _work() -> None:
    job = take([REAL], kinds=["print-papers"])
    assert job is not None
    do(job, folder_of(REAL), "en")


def _send(code: str, number: int, **more: object) -> Membership:
    """Send an interviewer to the first point."""
    member = interviewer(REAL, code)
    point = load_study(folder_of(REAL)).points[0].code
    given = {"day": "2026-11-30", "begins": time(9), "ends": time(13, 30), **more}
    Assignment.objects.create(
        study=REAL, population="residents", membership=member, point=point, interviews=number,
        **given,
    )  # fmt: skip
    return member


def test_it_works(client: Client, tmp_path: Path) -> None:
    _send("i07", 17)
    _send("i08", 5)
    left = _send("i09", 3, ended=timezone.now())
    Membership.objects.filter(pk=left.pk).update(ended=timezone.now())
    assert client.get(f"{TEAM}papers.zip").status_code == 404
    assert client.post(f"{TEAM}papers").status_code == 302
    assert "Файлы готовятся" in client.get(TEAM).content.decode()
    _work()
    assert f"{TEAM}papers.zip" in client.get(TEAM).content.decode()
    content = b"".join(client.get(f"{TEAM}papers.zip").streaming_content)
    with ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        archive.extractall(tmp_path)
    assert {"badges.pdf", "letters-kk.pdf", "safety-ru.pdf", "points-i07-ru.pdf"} <= names
    assert not [name for name in names if "i09" in name]
    badges = "".join(pages_of(tmp_path / "badges.pdf"))
    assert "i07" in badges
    assert "i09" not in badges
    plan = "".join(pages_of(tmp_path / "points-i07-ru.pdf"))
    for said in ("17", "9:00", "13:30", "i08"):
        assert said in plan
