"""``/LANGUAGE/account/``: one's own password and sessions."""

import pytest

from tyndau_server.audit.models import Entry
from tyndau_server.people.models import Person, Role

from .conftest import BUILT, NewPerson, SignIn

OLD, NEW = "the present password", "екі сөз тағы біреу"
ACCOUNT = "/ru/account/"


@pytest.fixture
def who(person: NewPerson) -> Person:
    """Return somebody with a password."""
    made = person(Role.READER, BUILT)
    made.set_password(OLD)
    made.save()
    return made


def test_it_works(who: Person, sign_in: SignIn) -> None:
    here, elsewhere = sign_in(who), sign_in(who)
    key = here.session.session_key
    typed = {"present": OLD, "new": NEW, "again": NEW}
    answer = here.post(f"{ACCOUNT}password", typed)
    assert answer.status_code == 302
    page = here.get(answer["Location"])
    assert 'role="status"' in page.content.decode()
    assert here.session.session_key != key
    assert elsewhere.get(ACCOUNT).status_code == 302
    who.refresh_from_db()
    assert who.check_password(NEW)
    assert Entry.objects.get().action == "person.password-changed"
    assert NEW not in str(Entry.objects.values())


@pytest.mark.parametrize(
    "typed",
    [
        {"present": "wrong", "new": NEW, "again": NEW}, {"present": OLD, "new": NEW, "again": OLD},
        {"present": OLD, "new": "short", "again": "short"}, {},
    ],
)  # fmt: skip
def test_what_is_typed_wrong_changes_nothing(
    who: Person, sign_in: SignIn, typed: dict[str, str]
) -> None:
    here = sign_in(who)
    answer = here.post(f"{ACCOUNT}password", typed)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    who.refresh_from_db()
    assert who.check_password(OLD)


def test_who_guesses_the_password_waits(who: Person, sign_in: SignIn) -> None:
    """An open session is no place to guess at leisure what the door would not let one guess."""
    here = sign_in(who)
    typed = {"present": "wrong", "new": NEW, "again": NEW}
    answers = [here.post(f"{ACCOUNT}password", typed).status_code for _ in range(11)]
    assert answers[:9] == [400] * 9
    assert answers[-1] == 429
    assert here.post(f"{ACCOUNT}password", typed | {"present": OLD}).status_code == 429
    who.refresh_from_db()
    assert who.check_password(OLD)


def test_all_other_sessions_are_ended(who: Person, sign_in: SignIn) -> None:
    here, elsewhere = sign_in(who), sign_in(who)
    key = here.session.session_key
    here.post(f"{ACCOUNT}sessions")
    assert here.get(ACCOUNT).status_code == 200
    assert here.session.session_key != key
    assert elsewhere.get(ACCOUNT).status_code == 302


def test_nobody_elses_account_is_shown(who: Person, person: NewPerson, sign_in: SignIn) -> None:
    other = person(Role.READER, BUILT)
    page = sign_in(who).get(ACCOUNT).content.decode()
    assert who.name in page
    assert other.name not in page
