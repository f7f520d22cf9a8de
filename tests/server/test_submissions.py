"""The list of interviews: what it shows to whom, filters, pages, the next step."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tyndau_server.fieldwork.models import Submission
from tyndau_server.people.models import Membership, Role

from .conftest import REAL, NewPerson, Serve, SignIn
from .made_field import WHOLE, filled, in_the_field, interviews, send, upload

ADDRESS = f"/ru/studies/{REAL}/field/"


@pytest.fixture(autouse=True)
def _served(serve: Serve, real: Path) -> None:
    serve(real)


def _member(person: NewPerson, code: str, *territories: str) -> Membership:
    who = person(Role.INTERVIEWER, REAL, code=code, territories=list(territories))
    return Membership.objects.get(person=who)


def test_it_works(client: Client, real: Path, person: NewPerson) -> None:
    """Interviews stand in the list, the newest first, with who made them."""
    form, member = in_the_field(real), _member(person, "i07")
    interviews(REAL, form, 3, by=member)
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert text.count("i07 <span") == 3
    keys = list(Submission.objects.order_by("-pk").values_list("pk", flat=True))
    places = [text.index(f"{ADDRESS}{key}/") for key in keys]
    assert places == sorted(places)


def test_a_day_is_one_of_the_study_and_not_of_greenwich(client: Client, real: Path) -> None:
    """What came at 20:30 in Greenwich came on the next day in Almaty."""
    form = in_the_field(real)
    interviews(REAL, form, 1)
    Submission.objects.update(received=timezone.datetime.fromisoformat("2026-05-01T20:30:00+00:00"))
    assert "02.05.2026, 01:30" in client.get(ADDRESS).content.decode()
    that_day = client.get(f"{ADDRESS}?first=2026-05-02&last=2026-05-02").content.decode()
    assert "02.05.2026, 01:30" in that_day
    assert "02.05.2026, 01" not in client.get(f"{ADDRESS}?last=2026-05-01").content.decode()


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 4),
        ("state=accepted", 1),
        ("state=received", 3),
        ("form=residents", 4),
        ("form=experts", 0),
        ("text=00002", 1),
        ("incomplete=yes", 1),
        ("kind=pilot", 1),
        ("kind=data", 3),
        ("interviewer=999999", 0),
        # What cannot be a filter filters nothing.
        ("state=x&kind=x&first=x&last=9999-99-99&interviewer=x&page=x&incomplete=x", 4),
        ("text=%00", 4),
        ("first=0001-01-01&last=9999-12-31", 4),
        ("interviewer=99999999999999999999", 4),
        ("page=99999", 4),
    ],
)
def test_filters_narrow_the_list(client: Client, real: Path, query: str, count: int) -> None:
    form = in_the_field(real)
    made = interviews(REAL, form, 4)
    Submission.objects.filter(pk=made[0].pk).update(state="accepted")
    Submission.objects.filter(pk=made[1].pk).update(complete=False, awaited=["photo.jpg"])
    Submission.objects.filter(pk=made[3].pk).update(pilot=True)
    answer = client.get(f"{ADDRESS}?{query}")
    assert answer.status_code == 200
    assert answer.content.decode().count('name="chosen"') == count


def test_an_edit_replaces_what_it_corrects_in_the_list(client: Client, real: Path) -> None:
    form = in_the_field(real)
    interviews(REAL, form, 1)
    old = f"uuid:{REAL}-00000"
    edit = filled({**WHOLE, "age": "35"}, instance="uuid:edit", form=form, deprecated=old)
    newer = send(REAL, edit)
    text = client.get(ADDRESS).content.decode()
    assert text.count('name="chosen"') == 1
    assert f'value="{newer.pk}:received"' in text


def test_a_thousand_interviews_ask_as_few_questions_as_fifty(client: Client, real: Path) -> None:
    form = in_the_field(real)
    first = interviews(REAL, form, 1)[0]
    client.get(ADDRESS)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(f"{ADDRESS}?page=2").status_code == 200
        return len(queries)

    few = asked()
    now = timezone.now()
    Submission.objects.bulk_create(
        Submission(
            study=REAL, instrument=form, interview=f"uuid:{n}", instance_id=f"uuid:{n}",
            key=f"{n:016x}", xml=first.xml, sha256=first.sha256,
            received=now - timedelta(minutes=n),
        )
        for n in range(1000)
    )  # fmt: skip
    assert asked() <= few <= 22


def test_pages_of_fifty_lead_on_with_their_filters(client: Client, real: Path) -> None:
    form = in_the_field(real)
    interviews(REAL, form, 51)
    first = client.get(f"{ADDRESS}?form=residents").content.decode()
    assert first.count('name="chosen"') == 50
    assert f"{ADDRESS}?form=residents&amp;page=2" in first
    assert client.get(f"{ADDRESS}?page=2").content.decode().count('name="chosen"') == 1


def test_the_next_step_is_said_where_nothing_came_yet(client: Client, real: Path) -> None:
    at = f"/en/studies/{REAL}/field/"
    assert "No questionnaire is issued yet" in client.get(at).content.decode()
    upload(REAL, "others", in_the_field(real).xform.replace(b'id="residents"', b'id="others"'),
           state="draft")  # fmt: skip
    assert "No interview came yet" in client.get(at).content.decode()


def test_a_draft_alone_is_not_in_the_field(client: Client, real: Path) -> None:
    from tyndau.study import load_study

    upload(REAL, "residents", load_study(real).forms["residents"].xform, state="draft")
    text = client.get(f"/en/studies/{REAL}/field/").content.decode()
    assert "No questionnaire is in the field yet" in text


class TestOwnership:
    """Single interviews are for the sociologist, and for supervisors of their territories."""

    @pytest.mark.parametrize("role", [Role.HEAD, Role.CUSTOMER, Role.INTERVIEWER, Role.READER])
    def test_others_of_the_study_do_not_see_it(
        self, person: NewPerson, sign_in: SignIn, role: str
    ) -> None:
        assert sign_in(person(role, REAL)).get(ADDRESS).status_code in (302, 403)

    def test_a_stranger_finds_nothing(self, person: NewPerson, sign_in: SignIn) -> None:
        stranger = person(Role.SUPERVISOR, "another-city")
        assert sign_in(stranger).get(ADDRESS).status_code == 404

    def test_a_supervisor_sees_own_territories_alone(
        self, person: NewPerson, sign_in: SignIn, real: Path
    ) -> None:
        form = in_the_field(real)
        mine, other = _member(person, "i01", "north"), _member(person, "i02", "bulak")
        nowhere = _member(person, "i03")
        for number, member in enumerate((mine, other, nowhere, None)):
            send(REAL, filled(WHOLE, instance=f"uuid:{number}", form=form), by=member)
        browser = sign_in(person(Role.SUPERVISOR, REAL, territories=["north", "centre"]))
        text = browser.get(ADDRESS).content.decode()
        assert text.count('name="chosen"') == 1
        assert "i01 <span" in text
        assert "i02" not in text
        hidden = Submission.objects.get(membership=other)
        for address in ("/", "/xml"):
            assert browser.get(f"{ADDRESS}{hidden.pk}{address}").status_code == 404

    def test_a_supervisor_of_all_sees_all(
        self, person: NewPerson, sign_in: SignIn, real: Path
    ) -> None:
        interviews(REAL, in_the_field(real), 2)
        text = sign_in(person(Role.SUPERVISOR, REAL)).get(ADDRESS).content.decode()
        assert text.count('name="chosen"') == 2
