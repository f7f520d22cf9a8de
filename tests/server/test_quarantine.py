"""What could not be taken: seen, said in words, read again, set aside; never lost."""

from pathlib import Path

import pytest
from django.test import Client

from tyndau_server.audit.models import Entry
from tyndau_server.fieldwork.models import Quarantined, Submission
from tyndau_server.fieldwork.quarantine import Sender, put_unread
from tyndau_server.fieldwork.receive import SettledMeanwhile, again
from tyndau_server.fieldwork.refusals import TOO_LARGE, Refused
from tyndau_server.people.models import Membership, Role

from .conftest import REAL, NewPerson, Serve, SignIn
from .made_field import WHOLE, filled, in_the_field, send

AT = f"/en/studies/{REAL}/field/quarantine/"


@pytest.fixture(autouse=True)
def _served(serve: Serve, real: Path) -> None:
    serve(real)


def _refused(xml: bytes, by: Membership | None = None) -> Quarantined:
    with pytest.raises(Refused):
        send(REAL, xml, by=by)
    return Quarantined.objects.get()


class _Form:
    form_id, version = "residents", "2026-05-01"


def _early(by: Membership | None = None) -> Quarantined:
    return _refused(filled(WHOLE, instance="uuid:1", form=_Form()), by)  # type: ignore[arg-type]


def test_it_works(client: Client, person: NewPerson) -> None:
    """The list says what happened, from whom and how often."""
    person(Role.INTERVIEWER, REAL, code="i09")
    _early(Membership.objects.get(code="i09"))
    text = client.get(AT).content.decode()
    assert "It was made with a version of a questionnaire that was not issued here." in text
    assert "i09" in text


def test_one_says_what_to_do(client: Client) -> None:
    found = _early()
    text = client.get(f"{AT}{found.pk}/").content.decode()
    assert "Issue that version on the page of questionnaires, then read it again." in text
    assert "uuid:1" in text


class TestConflict:
    """Another interview of the same number: both are shown, and how they differ."""

    def test_it_works(self, client: Client, real: Path) -> None:
        form = in_the_field(real)
        here = send(REAL, filled(WHOLE, instance="uuid:1", form=form))
        found = _refused(filled({**WHOLE, "age": "35"}, instance="uuid:1", form=form))
        text = client.get(f"{AT}{found.pk}/").content.decode()
        assert f'href="/en/studies/{REAL}/field/{here.pk}/"' in text
        assert text.index("<code>age</code>") < text.index(">34</del>") < text.index(">35</ins>")
        assert text.count("</ins>") == 1, "what is the same is not told"
        # What is English for whoever repairs it is folded away.
        folded = text[text.index('<details class="fold">') :].partition("</details>")[0]
        assert "uuid:1 is here with other answers" in folded

    def test_times_alone_are_no_answers(self, client: Client, real: Path) -> None:
        form = in_the_field(real)
        send(REAL, filled(WHOLE, instance="uuid:1", form=form))
        found = _refused(filled({**WHOLE, "end": "2026-05-01"}, instance="uuid:1", form=form))
        assert "No answer differs" in client.get(f"{AT}{found.pk}/").content.decode()

    def test_who_does_not_see_the_interview_is_not_led_to_it(
        self, person: NewPerson, sign_in: SignIn, real: Path
    ) -> None:
        form = in_the_field(real)
        person(Role.INTERVIEWER, REAL, code="i01", territories=["village"])
        person(Role.INTERVIEWER, REAL, code="i02", territories=["centre"])
        one, other = Membership.objects.get(code="i01"), Membership.objects.get(code="i02")
        send(REAL, filled(WHOLE, instance="uuid:1", form=form), by=other)
        found = _refused(filled({**WHOLE, "age": "35"}, instance="uuid:1", form=form), by=one)
        supervisor = sign_in(person(Role.SUPERVISOR, REAL, territories=["village"]))
        text = supervisor.get(f"{AT}{found.pk}/").content.decode()
        assert "In quarantine since" in text
        assert "The interview of this number" not in text
        assert "</del>" not in text


def test_the_bytes_are_those_that_came(client: Client) -> None:
    xml = b"<not an interview ghq: \xd2\x93>"
    found = _refused(xml)
    answer = client.get(f"{AT}{found.pk}/bytes")
    assert xml in b"".join(answer)
    assert answer["Content-Disposition"].startswith("attachment")


def test_read_again_it_becomes_an_interview(client: Client, real: Path) -> None:
    found = _early()
    answer = client.post(f"{AT}{found.pk}/settle", {"do": "again"}, follow=True)
    assert "It still cannot be taken" in answer.content.decode()
    assert not Submission.objects.exists()
    in_the_field(real)
    answer = client.post(f"{AT}{found.pk}/settle", {"do": "again"}, follow=True)
    assert "It was read again and is an interview now." in answer.content.decode()
    assert Submission.objects.get().instance_id == "uuid:1"
    found.refresh_from_db()
    assert found.outcome == "taken"
    # A second click finds it settled, and there is still one interview.
    assert client.post(f"{AT}{found.pk}/settle", {"do": "again"}).status_code == 409
    assert Submission.objects.count() == 1


def test_a_correction_by_another_interviewer_replaces_only_what_one_sees(
    client: Client, real: Path, person: NewPerson, sign_in: SignIn
) -> None:
    form = in_the_field(real)
    centre, village = (
        person(Role.INTERVIEWER, REAL, code=code, territories=[place]).memberships.get()
        for code, place in (("i02", "centre"), ("i01", "north"))
    )
    send(REAL, filled(WHOLE, instance="uuid:1", form=form), by=centre)
    Submission.objects.update(state="accepted")
    edit = filled({**WHOLE, "age": "77"}, instance="uuid:2", form=form, deprecated="uuid:1")
    found = _refused(edit, village)
    assert found.reason == "not-theirs"
    at = f"{AT}{found.pk}"
    limited = sign_in(person(Role.SUPERVISOR, REAL, territories=["north"]))
    assert "77" not in limited.get(f"{at}/").content.decode()
    page = limited.post(f"{at}/settle", {"do": "again"}, follow=True).content.decode()
    assert "It still cannot be taken" in page
    assert Submission.objects.get().instance_id == "uuid:1"
    # The sociologist sees both, how they differ, and decides.
    page = client.get(f"{at}/").content.decode()
    assert "The interview that it corrects" in page
    assert "77" in page
    client.post(f"{at}/settle", {"do": "again"})
    current = Submission.objects.get(current=True)
    assert (current.instance_id, current.membership) == ("uuid:2", centre)


def test_word_of_what_is_too_large_is_never_swallowed(client: Client) -> None:
    sender = Sender(REAL, None, None)
    refused = Refused(TOO_LARGE, "more than 100 bytes")
    for _ in range(2):
        put_unread(sender, refused)
    found = Quarantined.objects.get()
    assert found.times == 2
    page = client.get(f"{AT}{found.pk}/").content.decode()
    assert "Read it again" not in page, "there is nothing to be read"
    client.post(f"{AT}{found.pk}/settle", {"do": "set-aside", "reason": "Бейне"})
    put_unread(sender, refused)
    assert Quarantined.objects.filter(settled=None).count() == 1


def test_what_somebody_settled_meanwhile_is_not_taken(client: Client, real: Path) -> None:
    """Two look at the same page; one sets it aside while the other reads it again."""
    found = _early()
    in_the_field(real)
    stale = Quarantined.objects.get()
    client.post(f"{AT}{found.pk}/settle", {"do": "set-aside", "reason": "Тест"})
    with pytest.raises(SettledMeanwhile):
        again(stale, by=None)
    assert not Submission.objects.exists()
    found.refresh_from_db()
    assert found.outcome == "set-aside"


def test_set_aside_it_stays_with_its_bytes(client: Client) -> None:
    found = _early()
    sent = {"do": "set-aside", "reason": "A test of the phone"}
    assert client.post(f"{AT}{found.pk}/settle", sent).status_code == 302
    assert client.post(f"{AT}{found.pk}/settle", sent).status_code == 302
    assert Entry.objects.filter(action="quarantine.set-aside").count() == 1
    assert "Nothing waits here" in client.get(AT).content.decode()
    assert "set aside" in client.get(f"{AT}?settled=yes").content.decode()
    assert b"uuid:1" in b"".join(client.get(f"{AT}{found.pk}/bytes"))


def test_to_set_aside_needs_a_reason(client: Client) -> None:
    found = _early()
    answer = client.post(f"{AT}{found.pk}/settle", {"do": "set-aside", "reason": " "})
    assert answer.status_code == 409
    assert "No reason is given." in answer.content.decode()
    found.refresh_from_db()
    assert found.settled is None


def test_an_empty_quarantine_says_so(client: Client) -> None:
    assert "Nothing waits here" in client.get(AT).content.decode()
    assert client.get(f"{AT}?page=x&settled=x").status_code == 200


def test_a_supervisor_sees_what_own_interviewers_sent(person: NewPerson, sign_in: SignIn) -> None:
    person(Role.INTERVIEWER, REAL, code="i1", territories=["bulak"])
    found = _early(Membership.objects.get(code="i1"))
    near = sign_in(person(Role.SUPERVISOR, REAL, territories=["bulak"]))
    far = sign_in(person(Role.SUPERVISOR, REAL, territories=["north"]))
    assert near.get(f"{AT}{found.pk}/").status_code == 200
    for address in ("/", "/bytes"):
        assert far.get(f"{AT}{found.pk}{address}").status_code == 404
    assert far.post(f"{AT}{found.pk}/settle", {"do": "again"}).status_code == 404


@pytest.mark.parametrize("role", [Role.HEAD, Role.CUSTOMER, Role.INTERVIEWER, Role.READER])
def test_others_do_not(person: NewPerson, sign_in: SignIn, role: str) -> None:
    found = _early()
    browser = sign_in(person(role, REAL))
    for address in ("", f"{found.pk}/", f"{found.pk}/bytes"):
        assert browser.get(AT + address).status_code in (302, 403)


def test_a_number_that_is_none(client: Client) -> None:
    assert client.get(f"{AT}999/").status_code == 404
    assert client.post(f"{AT}999/settle", {"do": "again"}).status_code == 404
