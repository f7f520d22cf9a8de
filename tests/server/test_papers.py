"""``.../field/papers/``: what interviewers take along, for real people; photos for badges."""

import errno
import io
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from datetime import time as hour
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from tyndau.base.progress import Progress
from tyndau.reporting.fieldpapers import Interviewer, make
from tyndau.reporting.photo_child import SIZE
from tyndau.study import Study, load_study
from tyndau_server.audit.models import Entry
from tyndau_server.control import photos as taking
from tyndau_server.control import print_papers
from tyndau_server.control.models import Assignment
from tyndau_server.control.papers import Edition
from tyndau_server.control.points import points_of
from tyndau_server.jobs.do import do
from tyndau_server.jobs.models import Job
from tyndau_server.jobs.queue import take
from tyndau_server.people.models import Membership, Person, Role
from tyndau_server.people.photos import DAYS, erase_left, erase_photo, keep_photo, photo_of
from tyndau_server.studies.served import folder_of, served

from ..reporting.paper import pages_of
from ..reporting.test_fieldpapers import photo
from .conftest import REAL, NewPerson, Own, Serve, SignIn
from .drawn import POINTS, drawn, interviewer

AT = f"/ru/studies/{REAL}/field/papers/"


@pytest.fixture(autouse=True)
def _served(own: Own, real: Path, serve: Serve) -> None:
    # Numbers begin anew with each test, files stay.
    for kind in ("photos", "papers"):
        shutil.rmtree(Path(settings.TYNDAU_DATA) / kind, ignore_errors=True)
    serve(drawn(own(real), plan=False))


def _work() -> Job:
    job = take([REAL], kinds=["print-papers"])
    assert job is not None
    do(job, folder_of(REAL), "en")
    return job


def _made(browser: Client) -> None:
    assert browser.post(f"{AT}print").status_code == 302
    assert _work().state == Job.State.DONE


def _send(code: str, number: int, **more: object) -> Membership:
    """Send an interviewer to the first point."""
    member = interviewer(REAL, code)
    point = load_study(folder_of(REAL)).points[0].code
    given = {"point": point, "day": "2026-11-30", "begins": hour(9), "ends": hour(13, 30), **more}
    Assignment.objects.create(
        study=REAL, population="residents", membership=member, interviews=number, **given
    )  # fmt: skip
    return member


def _interviewer(code: str, *territories: str) -> Membership:
    member = interviewer(REAL, code)
    member.territories = list(territories)
    member.save()
    return member


def _give(
    browser: Client, *files: tuple[str, bytes], whose: Membership | None = None
) -> HttpResponse:
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    answer: HttpResponse = browser.post(
        f"{AT}photos", {"photos": sent, "interviewer": whose.pk if whose else ""}
    )
    return answer


def _status(browser: Client, address: str) -> int:
    answer = browser.get(address)
    answer.close()
    return answer.status_code


def _fetched(browser: Client, folder: Path) -> set[str]:
    """Fetch the papers and unpack them; return the names."""
    content = b"".join(browser.get(f"{AT}papers.zip").streaming_content)
    with ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
        return set(archive.namelist())


def _photos_on(badges: Path) -> int:
    listed = subprocess.run(["pdfimages", "-list", badges], capture_output=True, text=True)
    return len(re.findall(rf"image +{SIZE[0]} +{SIZE[1]}", listed.stdout))


@pytest.fixture
def of_the_north(person: NewPerson, sign_in: SignIn) -> Client:
    """Return the browser of a supervisor of one territory."""
    return sign_in(person(Role.SUPERVISOR, REAL, territories=["north"]))


def test_it_works(client: Client, tmp_path: Path) -> None:
    _send("i07", 17)
    _send("i08", 5)
    left = _send("i09", 3)
    Membership.objects.filter(pk=left.pk).update(ended=timezone.now())
    assert client.get(f"{AT}papers.zip").status_code == 404
    assert client.post(f"{AT}print").status_code == 302
    assert "Файлы готовятся" in client.get(AT).content.decode()
    _work()
    assert f"{AT}papers.zip" in client.get(AT).content.decode()
    names = _fetched(client, tmp_path)
    assert {"badges.pdf", "letters-kk.pdf", "safety-ru.pdf", "points-i07-ru.pdf"} <= names
    assert not [name for name in names if "i09" in name]
    badges = "".join(pages_of(tmp_path / "badges.pdf"))
    assert "i07" in badges
    assert "i09" not in badges
    assert _photos_on(tmp_path / "badges.pdf") == 0
    plan = "".join(pages_of(tmp_path / "points-i07-ru.pdf"))
    for said in ("17", "9:00", "13:30", "i08"):
        assert said in plan
    assert "i09" not in plan, "nobody works with who has left"


def test_a_photo_is_given_shown_printed_replaced_and_removed(
    client: Client, tmp_path: Path
) -> None:
    member = _interviewer("i07")
    _interviewer("i08")
    shown = f"{AT}photos/{member.pk}"
    assert client.get(shown).status_code == 404
    assert _give(client, ("DCIM_0001.JPG", photo(turned=True)), whose=member).status_code == 302
    assert shown in client.get(AT).content.decode()
    answer = client.get(shown)
    first = b"".join(answer.streaming_content)
    picture = Image.open(io.BytesIO(first))
    assert picture.size == SIZE
    assert not picture.getexif(), "neither place nor hour"
    assert answer["Cache-Control"] == "no-store"
    _made(client)
    _fetched(client, tmp_path)
    assert _photos_on(tmp_path / "badges.pdf") == 1

    assert _give(client, ("I07.png", photo("PNG", size=(90, 120)))).status_code == 302
    assert b"".join(client.get(shown).streaming_content) != first
    assert client.get(f"{AT}papers.zip").status_code == 404, "they hold the photo of before"

    _made(client)
    assert client.post(f"{shown}/remove").status_code == 302
    assert client.get(shown).status_code == 404
    assert client.get(f"{AT}papers.zip").status_code == 404, "they hold the photo"
    said = Entry.objects.filter(action__startswith="photo").order_by("number")
    assert [(one.action, one.subject, one.details) for one in said] == [
        ("photo.kept", "i07", {"replaced": False}), ("photo.kept", "i07", {"replaced": True}),
        ("photo.removed", "i07", {}),
    ]  # fmt: skip


def test_several_photos_go_by_the_names_of_their_files(client: Client) -> None:
    first, second = _interviewer("i07"), _interviewer("i08")
    answer = _give(
        client, ("i07.jpg", photo()), ("I08.JPG", photo()), ("cat.jpg", photo()),
    )  # fmt: skip
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "cat.jpg" in page
    assert "i07, i08" in page
    assert photo_of(first)
    assert photo_of(second)


def test_what_is_sent_twice_is_kept_of_nobody(client: Client) -> None:
    member, other = _interviewer("i07"), _interviewer("i08")
    sent = ("i07.jpg", photo()), ("i07.png", photo("PNG"))
    assert "«i07»" in _give(client, *sent, ("i08.jpg", photo())).content.decode()
    assert _give(client, *sent, whose=member).status_code == 422
    assert photo_of(member) is None
    assert photo_of(other)


BOMB = photo("PNG", size=(12_000, 6_000))


@pytest.mark.parametrize(
    "given",
    [
        b"", b"no photo", photo()[:300], photo("GIF"), BOMB, b"<svg xmlns='x'/>",
        b"%PDF-1.7", b"\x89PNG\r\n\x1a\n" * 99, photo("TIFF"),
    ],
)  # fmt: skip
def test_what_is_no_photo_is_refused_in_words(client: Client, given: bytes) -> None:
    member = _interviewer("i07")
    assert _give(client, ("i07.jpg", photo())).status_code == 302
    before = Path(str(photo_of(member))).read_bytes()
    answer = _give(client, ("i07.jpg", given))
    assert answer.status_code == 422
    assert "i07" in re.findall(r'role="alert">(.*?)</div>', answer.content.decode(), re.S)[0]
    assert Path(str(photo_of(member))).read_bytes() == before, "what was there stays"


def test_a_file_is_not_read_that_is_no_photo_by_its_size(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = _interviewer("i07")
    monkeypatch.setattr(taking, "MOST_MEGABYTES", 0)
    assert "i07.jpg" in _give(client, ("i07.jpg", photo())).content.decode()
    assert photo_of(member) is None
    assert client.post(f"{AT}photos", {"interviewer": ""}).status_code == 422
    monkeypatch.setattr(taking, "MOST_FILES", 1)
    assert _give(client, ("i07.jpg", b""), ("i08.jpg", b"")).status_code == 422


@pytest.mark.parametrize("name", ["../../i07.jpg", "..\\i07.jpg", "i07.jpg.exe", ".jpg", "i07\0"])
def test_the_name_of_a_file_leads_nowhere(client: Client, name: str, tmp_path: Path) -> None:
    member = _interviewer("i07")
    data = tmp_path / "data"
    (data / "photos" / REAL).mkdir(parents=True)
    before = set(tmp_path.rglob("*"))
    with override_settings(TYNDAU_DATA=data):
        _give(client, (name, photo()))
        assert set(tmp_path.rglob("*")) - before <= {photo_of(member)}


def test_a_photo_is_where_the_study_and_its_bundles_are_not(client: Client) -> None:
    member = _interviewer("i07")
    _give(client, ("i07.jpg", photo()))
    path = photo_of(member)
    assert path is not None
    assert path.is_relative_to(settings.TYNDAU_DATA)
    assert not list(folder_of(REAL).rglob("*.jp*"))
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("role", [Role.CUSTOMER, Role.READER, Role.MODERATOR, Role.INTERVIEWER])
def test_nobody_else_sees_a_face(
    client: Client, person: NewPerson, sign_in: SignIn, role: str
) -> None:
    member = _interviewer("i07")
    _give(client, ("i07.jpg", photo()))
    _made(client)
    other = sign_in(person(role, REAL))
    for address in (AT, f"{AT}papers.zip"):
        assert other.get(address).status_code == 403
    _sees_no_face(other, member)
    assert other.post(f"{AT}print").status_code == 403


def _sees_no_face(browser: Client, member: Membership) -> None:
    assert browser.get(f"{AT}photos/{member.pk}").status_code == 403
    assert _give(browser, ("i07.jpg", photo())).status_code == 403
    assert browser.post(f"{AT}photos/{member.pk}/remove").status_code == 403
    assert photo_of(member)


def test_the_head_sees_faces_on_printed_badges_alone(
    client: Client, person: NewPerson, sign_in: SignIn, tmp_path: Path
) -> None:
    member = _interviewer("i07")
    _give(client, ("i07.jpg", photo()))
    head = sign_in(person(Role.HEAD, REAL))
    _sees_no_face(head, member)
    assert f"photos/{member.pk}" not in head.get(AT).content.decode()
    _made(head)
    _fetched(head, tmp_path)
    assert _photos_on(tmp_path / "badges.pdf") == 1


def test_a_photo_and_its_papers_go_with_the_part_in_the_study(client: Client) -> None:
    member, other = _interviewer("i07"), _interviewer("i08")
    _give(client, ("i07.jpg", photo()), ("i08.jpg", photo()))
    _made(client)
    assert client.post(f"/ru/studies/{REAL}/team/{member.pk}/end").status_code == 302
    assert photo_of(member) is None
    assert photo_of(other)
    assert client.get(f"{AT}papers.zip").status_code == 404
    assert client.get(f"{AT}photos/{member.pk}").status_code == 404


def test_a_photo_that_is_removed_while_papers_are_made_is_on_none(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    member = _interviewer("i07")
    _give(client, ("i07.jpg", photo()))
    written = print_papers.write_papers

    def meanwhile(*given: object, **more: object) -> object:
        made = written(*given, **more)  # type: ignore[arg-type] # passed on as they are
        erase_photo(member)
        return made

    monkeypatch.setattr(print_papers, "write_papers", meanwhile)
    _made(client)
    _fetched(client, tmp_path)
    assert _photos_on(tmp_path / "badges.pdf") == 0


def test_photos_nobody_is_left_for_are_erased(client: Client) -> None:
    member, other = _interviewer("i07"), _interviewer("i08")
    _give(client, ("i07.jpg", photo()), ("i08.jpg", photo()))
    Membership.objects.filter(pk=member.pk).update(ended=timezone.now())
    erase_left(served())
    assert photo_of(member) is None
    kept = photo_of(other)
    assert kept
    erase_left(())
    assert kept.is_file(), "a study may be away for a while"
    long_ago = time.time() - (DAYS + 1) * 86_400
    os.utime(kept.parent, (long_ago, long_ago))
    erase_left(served())
    assert kept.is_file(), "it is served"
    os.utime(kept.parent, (long_ago, long_ago))
    erase_left(())
    assert not kept.parent.exists()


def test_what_a_process_that_died_left_is_erased(client: Client) -> None:
    member = _interviewer("i07")
    _give(client, ("i07.jpg", photo()))
    kept = Path(str(photo_of(member)))
    for name in (f".{kept.name}", f"0{kept.name}", "foo.jpg", f"{'9' * 30}.jpg"):
        kept.with_name(name).write_bytes(b"left")
    erase_left(served())
    assert list(kept.parent.iterdir()) == [kept]


def test_a_full_disk_leaves_no_half_of_a_photo(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = _interviewer("i07")
    _give(client, ("i07.jpg", photo()))
    kept = Path(str(photo_of(member)))
    before = kept.read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as within, pytest.raises(OSError, match="No space"):
        within.setattr(os, "fsync", full)
        keep_photo(member, b"another")
    assert list(kept.parent.iterdir()) == [kept]
    assert kept.read_bytes() == before


def test_what_cannot_be_erased_keeps_nothing_else(client: Client) -> None:
    place = Path(settings.TYNDAU_DATA) / "photos"
    left = place / REAL / "foo.jpg"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"left")
    for name in ("a", "z"):
        (place / name).symlink_to("nowhere")
    with pytest.raises(FileNotFoundError):
        erase_left(served())
    for name in ("a", "z"):
        (place / name).unlink()
    assert not left.exists()


def test_a_supervisor_has_to_do_with_the_own_interviewers_alone(
    client: Client, of_the_north: Client, tmp_path: Path
) -> None:
    own, other = _send("i07", 5), _send("i08", 5)
    Membership.objects.filter(pk=own.pk).update(territories=["north"])
    Membership.objects.filter(pk=other.pk).update(territories=["centre"])
    _give(client, ("i07.jpg", photo()), ("i08.jpg", photo()))
    page = of_the_north.get(AT).content.decode()
    assert "i07" in page
    assert "i08" not in page.replace("i08.jpg", "")
    assert _status(of_the_north, f"{AT}photos/{own.pk}") == 200
    assert of_the_north.get(f"{AT}photos/{other.pk}").status_code == 404
    assert of_the_north.post(f"{AT}photos/{other.pk}/remove").status_code == 404
    assert _give(of_the_north, ("x.jpg", photo()), whose=other).status_code == 404
    assert _give(of_the_north, ("i08.jpg", photo())).status_code == 422
    assert photo_of(other)

    _made(of_the_north)
    names = _fetched(of_the_north, tmp_path / "own")
    assert "points-i07-ru.pdf" in names
    assert not [name for name in names if "i08" in name]
    badges = tmp_path / "own" / "badges.pdf"
    assert "i08" not in "".join(pages_of(badges))
    assert _photos_on(badges) == 1
    letters = "".join(pages_of(tmp_path / "own" / "letters-ru.pdf"))
    assert "i07" in letters
    assert "i08" not in letters
    assert "points-i08-ru.pdf" in _fetched(client, tmp_path / "all")


def test_an_interviewer_has_one_number_of_the_plan_in_every_file(
    of_the_north: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    _interviewer("i07", "centre")
    _interviewer("i08", "north")
    written = print_papers.write_papers
    numbers = []

    def noting(study: Study, people: list[Interviewer], *given: Path, **more: Progress) -> object:
        numbers.append({one.code: one.number for one in people})
        return written(study, people, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(print_papers, "write_papers", noting)
    _made(of_the_north)
    assert numbers == [{"i07": 1, "i08": 2}, {"i08": 2}]


def test_of_a_guest_a_supervisor_has_no_papers(client: Client, of_the_north: Client) -> None:
    point = next(one.code for one in load_study(folder_of(REAL)).points if one.territory == "north")
    guest = _send("i07", 5, point=point)
    _give(client, ("i07.jpg", photo()))
    page = of_the_north.get(AT).content.decode()
    assert "i07 ·" not in page
    assert "кого направили сюда из других мест" in page, "whoever prints them is named"
    assert of_the_north.get(f"{AT}photos/{guest.pk}").status_code == 404
    _interviewer("i08", "north")
    _made(of_the_north)
    with ZipFile(io.BytesIO(b"".join(of_the_north.get(f"{AT}papers.zip")))) as archive:
        names = archive.namelist()
    assert "badges.pdf" in names
    assert not [name for name in names if "i07" in name]
    Assignment.objects.update(ended=timezone.now())
    assert _status(of_the_north, f"{AT}papers.zip") == 200, "the own interviewers are the same"


def test_paper_and_phone_deal_the_same_doors_also_with_a_partner_elsewhere(
    client: Client, of_the_north: Client, tmp_path: Path
) -> None:
    code = _add_street(folder_of(REAL))
    for one, territory in (("i07", "centre"), ("i08", "north")):
        member = _send(one, 5, point=code)
        Membership.objects.filter(pk=member.pk).update(territories=[territory])
    _made(of_the_north)
    doors = {}
    for browser, folder in ((of_the_north, tmp_path / "own"), (client, tmp_path / "all")):
        _fetched(browser, folder)
        text = " ".join(pages_of(folder / "points-i08-ru.pdf")).partition("101–160")[2]
        doors[folder.name] = {int(one) for one in re.findall(r"\b1\d\d\b", text)}
    assert doors["own"] == doors["all"] == set(range(106, 161, 6)), "i07 has 103, 109 ..."
    told = points_of(Membership.objects.get(code="i08"), ["residents"])
    (street,) = told["plans"][0]["points"][0]["streets"]
    assert {int(one) for one in street["doors"]} == doors["own"]


def _add_street(folder: Path) -> str:
    """Make the third point one of dwellings with a street; return its code."""
    book = openpyxl.load_workbook(folder / "study.xlsx")
    book["points"].cell(4, POINTS[0].index("kind") + 1, "dwelling")
    if "streets" in book.sheetnames:
        del book["streets"]
    streets = book.create_sheet("streets")
    streets.append(["point", "street_kk", "street_ru", "first", "last", "side", "flats"])
    streets.append(["3", "Абай көшесі", "улица Абая", 101, 160, None, None])
    book.save(folder / "study.xlsx")
    return "3"


def test_a_photo_is_opened_once_and_not_for_every_file(
    client: Client, of_the_north: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _interviewer("i07", "north")
    _give(client, ("i07.jpg", photo()))

    def opened(*given: object) -> bytes:
        raise AssertionError

    monkeypatch.setattr(make, "prepare_photo", opened)
    _made(of_the_north)
    _fetched(of_the_north, tmp_path)
    assert _photos_on(tmp_path / "badges.pdf") == 1


def test_who_joins_while_papers_are_made_stops_nothing(
    of_the_north: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One joins after the interviewers were read, before the file of a supervisor is made."""
    _interviewer("i07", "north")
    all_of = print_papers.editions

    def joined(slug: str) -> Iterator[Edition]:
        editions = all_of(slug)
        yield next(editions)
        _interviewer("i08", "north")
        yield from editions

    monkeypatch.setattr(print_papers, "editions", joined)
    _made(of_the_north)
    assert of_the_north.get(f"{AT}papers.zip").status_code == 404, "i08 has none yet"


def test_a_photo_is_found_without_reading_the_team(client: Client) -> None:
    member = _interviewer("i07")
    _give(client, ("i07.jpg", photo()))
    for code in ("i08", "i09"):
        _interviewer(code)
    with CaptureQueriesContext(connection) as asked:
        assert _status(client, f"{AT}photos/{member.pk}") == 200
    team = [one["sql"] for one in asked if "interviewer" in one["sql"]]
    assert len(team) == 1
    assert f'"id" = {member.pk}' in team[0]


def test_papers_of_another_territory_are_never_given_out(of_the_north: Client) -> None:
    _interviewer("i07", "north")
    _interviewer("i08", "centre")
    _made(of_the_north)
    assert _status(of_the_north, f"{AT}papers.zip") == 200
    Membership.objects.filter(role=Role.SUPERVISOR).update(territories=["centre"])
    assert of_the_north.get(f"{AT}papers.zip").status_code == 404
    assert f"{AT}papers.zip" not in of_the_north.get(AT).content.decode()


def test_an_administrator_without_a_part_makes_papers_and_sees_no_face(sign_in: SignIn) -> None:
    member = _interviewer("i07")
    who = Person.objects.create(name="A", email="a@tyndau.example", administrator=True)
    browser = sign_in(who)
    _made(browser)
    assert _status(browser, f"{AT}papers.zip") == 200
    assert browser.get(f"{AT}photos/{member.pk}").status_code == 404
    assert Entry.objects.get(action="papers.made").actor_name == "A"


def test_making_and_fetching_stand_in_the_log(client: Client) -> None:
    _interviewer("i07")
    _interviewer("i08")
    _give(client, ("i08.jpg", photo()))
    _made(client)
    assert _status(client, f"{AT}papers.zip") == 200
    made, fetched = Entry.objects.filter(action__startswith="papers").order_by("number")
    assert (made.action, fetched.action) == ("papers.made", "papers.fetched")
    assert made.details == {"interviewers": ["i07", "i08"], "photos": ["i08"]}
    page = client.get(f"/ru/studies/{REAL}/audit/").content.decode()
    assert "Бейджи с фотографией: i08" in page
