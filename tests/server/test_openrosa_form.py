"""``/k/TOKEN/formList`` and what it leads to: forms, manifests, media, as phones get them."""

import hashlib

import pytest
from django.utils import timezone

from tyndau_server.fieldwork.instruments import close
from tyndau_server.people.models import Token

from .field import STUDY, asked, in_pilot, interviewer, phone_within
from .interviews import small_form
from .openrosa_client import Phone

PICTURE = b"\x89PNG \x00 a picture"
LIST = "id,name,interviewer\n1,Көктем,i07\n2,Қарасу,i08\n3,Барлығы,\n".encode()


def _form_with(*files: str) -> bytes:
    """Return a form that shows files."""
    shown = "".join(f'<text id="{name}"><value form="image">jr://images/{name}</value></text>'
                    for name in files if not name.endswith(".csv"))  # fmt: skip
    lists = "".join(f'<instance id="l{n}" src="jr://file-csv/{name}"/>'
                    for n, name in enumerate(files) if name.endswith(".csv"))  # fmt: skip
    translations = f'<itext><translation lang="kk">{shown}</translation></itext>{lists}'
    return small_form().replace(b"<bind", translations.encode() + b"<bind", 1)


@pytest.fixture
def phone() -> Phone:
    """Return the phone of an interviewer who asks whatever the study asks."""
    return phone_within(interviewer())


def test_it_works(phone: Phone) -> None:
    content = _form_with("map.png", "odd name ә.png", "points.csv")
    files = {"map.png": PICTURE, "odd name ә.png": b"2", "points.csv": b"id,name\n1,a\n"}
    asked(content, files=files)
    (form,) = phone.forms()
    assert (form.form_id, form.version, form.name) == ("residents", "1", "Опрос жителей")
    assert form.md5 == hashlib.md5(content).hexdigest()
    assert phone.download(form) == content
    assert phone.media(form) == files


def test_a_form_without_files_has_no_manifest(phone: Phone) -> None:
    asked()
    (form,) = phone.forms()
    assert form.manifest_url == ""


def test_only_what_is_in_the_field_or_in_a_pilot_is_listed(phone: Phone) -> None:
    asked(small_form("asked"))
    in_pilot(small_form("tested"))
    close(asked(small_form("over")), by=None)
    asked(small_form("elsewhere"), study="other-study")
    assert [form.form_id for form in phone.forms()] == ["asked", "tested"]
    assert [form.form_id for form in phone.forms("tested")] == ["tested"]
    assert phone.forms("over") == []
    assert phone.forms("a\0b") == []


def test_an_interviewer_gets_the_forms_of_her_own(phone: Phone) -> None:
    asked(small_form("a"), population="residents")
    asked(small_form("b"), population="ngo")
    limited = phone_within(interviewer("i08", forms=("ngo",)))
    (form,) = limited.forms()
    assert form.form_id == "b"
    other = next(one for one in phone.forms() if one.form_id == "a")
    number = other.download_url.rpartition("/")[2]
    assert limited.ask("GET", f"{limited._base}/forms/{number}").status == 404


def test_lists_hold_the_rows_of_the_interviewer(phone: Phone) -> None:
    asked(_form_with("points.csv"), files={"points.csv": LIST})
    (form,) = phone.forms()
    assert phone.media(form)["points.csv"].decode().splitlines()[1:] == [
        "1,Көктем,i07", "3,Барлығы,",
    ]  # fmt: skip
    other = phone_within(interviewer("i08"))
    assert b"i07" not in other.media(other.forms()[0])["points.csv"]
    stranger = phone_within(interviewer("i09"))
    assert stranger.media(stranger.forms()[0])["points.csv"].decode().count("\n") == 2


def test_a_list_that_is_no_table_is_sent_as_it_is(phone: Phone) -> None:
    content = b"\xff\xfe interviewer,\x00\n"
    asked(_form_with("points.csv"), files={"points.csv": content})
    assert phone.media(phone.forms()[0]) == {"points.csv": content}


def test_an_unknown_secret_gets_nothing(phone: Phone) -> None:
    asked()
    stranger = phone_within("no-such-secret")
    answer = stranger.ask("GET", "/k/no-such-secret/formList")
    assert answer.status == 404
    assert b"residents" not in answer.content


def test_a_revoked_phone_gets_nothing(phone: Phone) -> None:
    asked()
    (form,) = phone.forms()
    Token.objects.update(revoked=timezone.now())
    assert phone.ask("GET", f"{phone._base}/formList").status == 403
    path = form.download_url.removeprefix("http://testserver")
    assert phone.ask("GET", path).status == 404


def test_files_of_another_study_are_not_found(phone: Phone) -> None:
    elsewhere = asked(_form_with("map.png"), study="other-study", files={"map.png": PICTURE})
    here = asked()
    base, media = phone._base, elsewhere.media.get()
    for path in (
        f"{base}/forms/{elsewhere.pk}",
        f"{base}/forms/{elsewhere.pk}/manifest",
        f"{base}/forms/{elsewhere.pk}/media/{media.pk}",
        f"{base}/forms/{here.pk}/media/{media.pk}",
        f"{base}/forms/999999",
    ):
        answer = phone.ask("GET", path)
        assert answer.status == 404, path
        assert answer.headers["x-openrosa-version"] == "1.0"


def test_no_session_and_no_cookie(phone: Phone) -> None:
    asked()
    answer = phone.ask("GET", f"{phone._base}/formList")
    assert "set-cookie" not in answer.headers
    assert "cookie" not in answer.headers.get("vary", "").lower()


def test_a_post_to_the_list_is_not_allowed(phone: Phone) -> None:
    assert phone.ask("POST", f"{phone._base}/formList").status == 405
    assert STUDY
