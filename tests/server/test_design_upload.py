"""Files sent to a design: checked, compared, taken over once; stale ones refused, nothing lost."""

import io
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import openpyxl
import pytest
from django.db import connection
from django.test import Client

from tyndau.study.versions import list_versions, read_file
from tyndau_server.audit.models import Entry
from tyndau_server.fieldwork.models import Instrument
from tyndau_server.people.models import Person, Role
from tyndau_server.studies import staging

from .conftest import NewPerson, Own, Serve, SignIn
from .uploading import Design, edited, set_cell


@pytest.fixture
def study(own: Own, real: Path, serve: Serve) -> Path:
    folder = own(real)
    serve(folder)
    return folder


@pytest.fixture
def design(client: Client, study: Path) -> Design:
    opened = Design(client, study)
    opened.page()
    return opened


def _titled(design: Design, title: str, number: int = 1) -> bytes:
    return edited(design.download("study.xlsx", number), set_cell("study", "D2", title))


def test_it_works(design: Design, study: Path) -> None:
    before = (study / "study.xlsx").read_bytes()
    waiting = design.send(("study.v1 (2).xlsx", _titled(design, "Новое название")))
    page = design.look(waiting)
    assert page.index("Новое название") < page.index("/take-over"), "first what, then whether"
    assert (study / "study.xlsx").read_bytes() == before, "looking changes nothing"
    design.take(waiting, 1, "Исправлено название")
    version = list_versions(study)[-1]
    assert (version.number, version.who, version.note) == (2, "Sociologist", "Исправлено название")
    assert read_file(study, 2, "study.xlsx") == (study / "study.xlsx").read_bytes() != before
    entry = Entry.objects.order_by("number").last()
    assert entry is not None
    assert (entry.action, entry.actor_name) == ("design.taken-over", "Sociologist")
    assert entry.details["changed"] == ["study.xlsx"]


def test_pressing_twice_takes_over_once(design: Design, study: Path) -> None:
    waiting = design.send(("study.xlsx", _titled(design, "Новое название")))
    design.take(waiting, 1)
    design.take(waiting, 1)
    assert len(list_versions(study)) == 2
    assert Entry.objects.filter(action="design.taken-over").count() == 1
    assert "2" in design.look(waiting)


def test_a_file_that_nobody_changed_makes_no_version(design: Design, study: Path) -> None:
    waiting = design.send(("study.xlsx", design.download("study.xlsx")))
    assert "take-over" not in design.look(waiting)
    design.take(waiting, 1)
    assert len(list_versions(study)) == 1


def test_several_files_are_one_version(design: Design, study: Path) -> None:
    form = edited(design.download("forms/residents.xlsx"), set_cell("survey", "C2", "Жаңа сөз"))
    guide = "# Нұсқаулық\n".encode()
    waiting = design.send(
        ("study.xlsx", _titled(design, "Новое название")), ("residents.xlsx", form),
        ("expert.kk.md", guide), ("expert.ru.md", guide),
    )  # fmt: skip
    page = design.look(waiting)
    assert "Жаңа сөз" in page and "Новое название" in page
    design.take(waiting, 1)
    assert (study / "guides" / "expert.kk.md").read_bytes() == guide
    assert len(list_versions(study)) == 2


def test_an_upload_begun_with_an_old_version_is_refused_with_what_changed_since(
    design: Design, study: Path, person: NewPerson, sign_in: SignIn
) -> None:
    mine = _titled(design, "Моё название")
    other = Design(sign_in(person(Role.SOCIOLOGIST, study.name)), study)
    other.take(other.send(("study.xlsx", _titled(other, "Название коллеги"))), 1)
    waiting = design.send(("study.xlsx", mine), base=2)
    page = design.look(waiting)
    assert "Название коллеги" in page, "what changed since"
    assert "sociologist 2" in page, "who changed it"
    assert "versions/2/files/study.xlsx" in page, "the way out"
    assert "take-over" not in page
    assert "Моё название" not in design.take(waiting, 2, status=409)
    assert len(list_versions(study)) == 2
    assert design.browser.get(f"{waiting}/files/0").getvalue() == mine, "what was sent is kept"


def test_another_file_changed_meanwhile_holds_nobody_up(design: Design, study: Path) -> None:
    form = edited(design.download("forms/residents.xlsx"), set_cell("survey", "C2", "Жаңа сөз"))
    design.take(design.send(("study.xlsx", _titled(design, "Название коллеги"))), 1)
    design.take(design.send(("residents.xlsx", form), base=1), 2)
    assert "Название коллеги" in _text_of(study / "study.xlsx")
    assert "Жаңа сөз" in _text_of(study / "forms" / "residents.xlsx")


def test_a_page_that_was_looked_at_too_long_ago_is_shown_anew(design: Design, study: Path) -> None:
    form = edited(design.download("forms/residents.xlsx"), set_cell("survey", "C2", "Жаңа сөз"))
    waiting = design.send(("residents.xlsx", form))
    design.take(design.send(("study.xlsx", _titled(design, "Название коллеги"))), 1)
    page = design.take(waiting, 1, status=409)
    assert 'name="expected" value="2"' in page
    design.take(waiting, 2)
    assert len(list_versions(study)) == 3


def test_a_file_without_a_stamp_goes_by_the_page_and_says_so(design: Design, study: Path) -> None:
    plain = edited((study / "study.xlsx").read_bytes(), set_cell("study", "D2", "Без метки"))
    page = design.look(design.send(("study.xlsx", plain), base=1))
    assert "study.xlsx" in page and "alert warning" in page
    design.take(design.send(("study.xlsx", _titled(design, "Название коллеги"))), 1)
    assert "take-over" not in design.look(design.send(("study.xlsx", plain), base=1))
    assert "take-over" in design.look(design.send(("study.xlsx", plain), base=2))


def test_a_file_of_another_study_is_no_stale_one(design: Design, study: Path) -> None:
    from tyndau.study.versions import Stamp, stamped

    foreign = stamped((study / "study.xlsx").read_bytes(), Stamp("aktau-2025", 40, "study.xlsx"))
    foreign = edited(foreign, set_cell("study", "D2", "Из другого"))
    page = design.look(design.send(("study.xlsx", foreign)))
    assert "aktau-2025" in page and "take-over" in page


def test_a_version_that_is_not_here_is_refused(design: Design, study: Path) -> None:
    from tyndau.study.versions import Stamp, stamped

    later = stamped((study / "study.xlsx").read_bytes(), Stamp(study.name, 40, "study.xlsx"))
    later = edited(later, set_cell("study", "D2", "Из будущего"))
    assert "take-over" not in design.look(design.send(("study.xlsx", later)))


def test_errors_are_told_in_the_words_of_the_spreadsheet(design: Design, study: Path) -> None:
    wrong = edited(design.download("study.xlsx"), set_cell("study", "A3", "titel"))
    wrong = edited(wrong, set_cell("banners", "C2", "gendr"))
    waiting = design.send(("study.xlsx", wrong))
    page = design.look(waiting)
    assert "gendr" in page and "banners" in page and "study.xlsx" in page
    assert "take-over" not in page
    design.take(waiting, 1, status=409)
    assert len(list_versions(study)) == 1


def _zip(**parts: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", part)
    return packed.getvalue()


def _with_macros(content: bytes) -> bytes:
    packed = io.BytesIO(content)
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    return packed.getvalue()


ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 40
BOMB = _zip(xl__workbook=b"<a/>", xl__sheet=b"0" * 200_000_000)


NO_DESIGN = [
        ("study.xlsx", b""),
        ("study.xlsx", ENCRYPTED),
        ("study.xlsx", b"PK\x03\x04 broken"),
        ("study.xlsx", BOMB),
        ("study.xlsx", b"\x89PNG\r\n"),
        ("residents.xlsx", BOMB),
        ("residents.xlsx", b"type,name\n"),
        ("notes.docx", b"PK\x03\x04"),
        ("residents.md", b"| survey |\n| | type | name |\n"),
        ("residents.csv", b'"survey",,\n,"type","name"\n'),
        ("expert.md", b"# text"),
        ("con.xlsx", b""),
]  # fmt: skip


def test_what_cannot_be_a_file_of_a_design(design: Design, study: Path) -> None:
    for name, content in NO_DESIGN:
        answer = design.post((name, content))
        assert answer.status_code == 422, name
        assert "Что делать" in answer.content.decode()
    assert len(list_versions(study)) == 1


def test_macros_are_refused(design: Design, study: Path) -> None:
    answer = design.post(("residents.xlsm", _with_macros(design.download("forms/residents.xlsx"))))
    assert answer.status_code == 422


def test_sheets_of_something_else_are_errors_of_the_check(design: Design) -> None:
    book = openpyxl.Workbook()
    content = io.BytesIO()
    book.save(content)
    assert "take-over" not in design.look(design.send(("study.xlsx", content.getvalue())))
    assert "take-over" not in design.look(design.send(("residents.xlsx", content.getvalue())))


def test_the_same_file_twice(design: Design) -> None:
    form = design.download("forms/residents.xlsx")
    assert design.post(("residents.xlsx", form), ("residents (1).xlsx", form)).status_code == 422


def test_nothing_chosen(design: Design) -> None:
    assert design.post().status_code == 422


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("C:\\Мои документы\\кварталы.csv", "forms/кварталы.csv"),
        ("../../../etc/Көшелер.csv", "forms/Көшелер.csv"),
        ("Көшелер — көшірме (3).csv", "forms/Көшелер.csv"),
        ("list\x00.csv", "forms/list.csv"),
        ("Оралхан.kk.md", "guides/Оралхан.kk.md"),
        ("TERRITORIES.GeoJSON", "territories.geojson"),
    ],
)
def test_a_name_leads_into_the_design_and_nowhere_else(
    design: Design, study: Path, name: str, path: str
) -> None:
    from tyndau_server.studies.places import place_of

    assert place_of(name, b"name,label\n", None) == path


def test_a_workbook_is_known_by_its_sheets_whatever_it_is_called(
    design: Design, study: Path
) -> None:
    plain = edited((study / "study.xlsx").read_bytes(), set_cell("study", "D2", "Тараз"))
    page = design.look(design.send(("Тараз 2026 дизайн.xlsx", plain)))
    assert "take-over" in page and "Тараз" in page


def test_a_questionnaire_as_another_type_takes_the_place_of_the_old(
    design: Design, study: Path
) -> None:
    form = (study / "forms" / "residents.xlsx").read_bytes()
    waiting = design.send(("residents.xlsm", edited(form, set_cell("survey", "C2", "Жаңа"))))
    design.take(waiting, 1)
    assert sorted(file.name for file in (study / "forms").iterdir()) == ["residents.xlsm"]


def test_a_file_is_taken_out(design: Design, study: Path) -> None:
    design.take(design.send(("list.csv", b"name,label\n")), 1)
    waiting = design.send(base=2, remove=("forms/list.csv", "../../x", "versions/0001"))
    design.take(waiting, 2)
    assert not (study / "forms" / "list.csv").exists()
    assert (study / "versions" / "0001").is_dir()


def test_a_questionnaire_in_use_cannot_go(design: Design, study: Path) -> None:
    design.take(design.send(("ngo.xlsx", (study / "forms" / "residents.xlsx").read_bytes())), 1)
    Instrument.objects.create(
        study=study.name, population="ngo", form_id="ngo", xform=b"<x/>", sha256="", md5="",
        state=Instrument.State.FIELD,
    )  # fmt: skip
    waiting = design.send(base=2, remove=("forms/ngo.xlsx",))
    assert "take-over" not in design.look(waiting)
    design.take(waiting, 2, status=409)
    answer = design.browser.post(f"{design.address}versions/1/go-back")
    assert answer.status_code == 409
    assert (study / "forms" / "ngo.xlsx").exists()
    Instrument.objects.update(state=Instrument.State.DRAFT)
    design.take(waiting, 2)
    assert not (study / "forms" / "ngo.xlsx").exists()


def test_two_at_once_are_one_version_and_one_refusal(
    design: Design, study: Path, client: Client
) -> None:
    waiting = [
        design.send(("study.xlsx", _titled(design, f"Название {number}"))) for number in range(4)
    ]

    def take(address: str) -> int:
        browser = Client()
        browser.cookies = client.cookies
        try:
            return browser.post(f"{address}/take-over", {"expected": 1}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        codes = list(threads.map(take, waiting))
    assert sorted(codes) == [302, 409, 409, 409]
    assert len(list_versions(study)) == 2
    for address in waiting:
        assert design.browser.get(f"{address}/files/0").status_code == 200


def test_what_nobody_touched_for_long_is_swept(design: Design, study: Path) -> None:
    import time

    waiting = design.send(("study.xlsx", _titled(design, "Забыто")))
    staging.sweep(now=time.time() + 13 * 86_400)
    assert design.browser.get(waiting).status_code == 200
    staging.sweep(now=time.time() + 15 * 86_400)
    assert design.browser.get(waiting).status_code == 404


def _text_of(path: Path) -> str:
    book = openpyxl.load_workbook(path)
    return " ".join(
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    )


def test_each_language(design: Design, study: Path) -> None:
    waiting = design.send(("study.xlsx", _titled(design, "Новое название")))
    for language in ("kk", "ru", "en"):
        answer = design.browser.get(waiting.replace("/ru/", f"/{language}/"))
        assert "Новое название" in answer.content.decode()


def test_a_stranger_gets_nothing_of_it(design: Design, person: NewPerson, sign_in: SignIn) -> None:
    waiting = design.send(("study.xlsx", _titled(design, "Тайна")))
    stranger = sign_in(person(Role.SOCIOLOGIST, "elsewhere"))
    for address in (waiting, f"{waiting}/files/0"):
        assert stranger.get(address).status_code == 404
    assert stranger.post(f"{waiting}/take-over", {"expected": 1}).status_code == 404
    assert Person.objects.count() == 2
