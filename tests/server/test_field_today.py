"""``.../field/today/`` and ``.../field/progress/``: the field live, and in aggregates alone."""

import re
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tyndau.study import load_study
from tyndau_server.audit.models import Entry
from tyndau_server.control.models import Alert, Assignment, Contact, Counted, Made, Question
from tyndau_server.control.work import bring_up_to_date
from tyndau_server.fieldwork.models import Instrument, Quarantined, Submission
from tyndau_server.fieldwork.refusals import Refused
from tyndau_server.people.models import Membership, Role

from .conftest import REAL, NewPerson, Own, Serve, SignIn
from .drawn import drawn, interviewer
from .made_field import WHOLE, filled, in_the_field, send

AT = f"/en/studies/{REAL}/field/"


@pytest.fixture
def folder(own: Own, real: Path, serve: Serve) -> Path:
    """Return a study whose sample is drawn, served."""
    folder = drawn(own(real))
    serve(folder)
    return folder


@pytest.fixture
def at_work(folder: Path) -> list[Membership]:
    """Return two interviewers with interviews in the centre and in the north, counted."""
    form = in_the_field(folder)
    members = [
        interviewer(REAL, "i01", territories=["centre"]),
        interviewer(REAL, "i02", territories=["north"]),
    ]
    for number in range(5):
        where = number % 2
        answers = {**WHOLE, "sex": "female", "territory": ("centre", "north")[where]}
        answers["point"] = ("1", "3")[where]
        xml = filled(answers, instance=f"uuid:{number}", form=form)
        send(REAL, xml, by=members[where])
    bring_up_to_date(load_study(folder), "residents", timezone.now())
    return members


def test_it_works(client: Client, at_work: list[Membership]) -> None:
    page = client.get(f"{AT}today/").content.decode()
    assert "<dd>5 <small>/ 32</small></dd>" in page
    assert at_work[0].person.name not in page
    assert at_work[0].person.name in client.get(f"{AT}today/?by=interviewer").content.decode()


@pytest.mark.parametrize(
    "by", ["territory", "interviewer", "point", "day", "quota", "hour", "phone"]
)
def test_every_table_is_shown(client: Client, at_work: list[Membership], by: str) -> None:
    page = client.get(f"{AT}today/?by={by}")
    assert page.status_code == 200
    assert "<table" in page.content.decode()


def test_what_did_not_change_is_not_sent_again(client: Client, at_work: list[Membership]) -> None:
    page = client.get(f"{AT}today/")
    again = client.get(f"{AT}today/", headers={"If-None-Match": page["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    address = page.content.decode().partition('hx-get="')[2].partition('"')[0]
    assert client.get(address.replace("&amp;", "&")).status_code == 204
    Question.objects.create(
        study=REAL, membership=at_work[0], uid="q", text="Is a hostel a dwelling?",
        moment=timezone.now(), received=timezone.now(),
    )  # fmt: skip
    assert client.get(f"{AT}today/", headers={"If-None-Match": page["ETag"]}).status_code == 200
    assert "Is a hostel a dwelling?" in client.get(address.replace("&amp;", "&")).content.decode()


def test_a_supervisor_sees_own_territories_alone(
    at_work: list[Membership], person: NewPerson, sign_in: SignIn
) -> None:
    looking = sign_in(person(Role.SUPERVISOR, REAL, territories=["north"]))
    page = looking.get(f"{AT}today/?by=interviewer").content.decode()
    assert "<dd>2 <small>/ 10</small></dd>" in page
    assert at_work[1].person.name in page
    assert at_work[0].person.name not in page
    quotas = looking.get(f"{AT}today/?by=quota").content.decode()
    assert quotas.count('<tr><th scope="row"') == 2, "the two cells of the north"


def test_an_own_interviewer_elsewhere_opens_nothing_of_another_territory(
    folder: Path, at_work: list[Membership], person: NewPerson, sign_in: SignIn
) -> None:
    """Neither what was found at a point there, nor how its interviewers fare."""
    moment = timezone.now()
    of = {"study": REAL, "population": "residents", "point": "1"}
    for number, member in enumerate(at_work):
        Contact.objects.create(
            **of, uid=str(number), membership=member, moment=moment, received=moment,
            outcome=("refused", "interview")[number],
        )  # fmt: skip
    answers = {**WHOLE, "sex": "male", "point": "1"}
    form = Instrument.objects.get()
    send(REAL, filled(answers, instance="uuid:away", form=form), by=at_work[1])
    bring_up_to_date(load_study(folder), "residents", moment)
    said = {"said": {"en": "Two at one point"}, "next": {"en": "Ask"}}
    Alert.objects.create(**of, rule="same", key="k", facts=said, raised=moment)
    looking = sign_in(person(Role.SUPERVISOR, REAL, territories=["north"]))
    page = looking.get(f"{AT}today/?by=point").content.decode()
    assert "Two at one point" not in page
    assert "Рынок" not in page and "Базар" not in page, "points are those of own territories"
    half = '<td class="number">50.0</td>'
    assert half not in page, "one of two refused there"
    whole = sign_in(person(Role.SUPERVISOR, REAL)).get(f"{AT}today/?by=point").content.decode()
    assert "Two at one point" in whole and half in whole


def test_a_supervisor_is_told_how_people_answer_at_a_substitute_point_of_an_own_territory(
    folder: Path, at_work: list[Membership], person: NewPerson, sign_in: SignIn
) -> None:
    """The sheet wants no interviews there; whoever is sent there makes some all the same."""
    moment = timezone.now()
    for number in range(2):
        Contact.objects.create(
            study=REAL, population="residents", point="9", uid=str(number), membership=at_work[0],
            moment=moment, received=moment, outcome=("refused", "interview")[number],
        )  # fmt: skip
    xml = filled({**WHOLE, "point": "9"}, instance="uuid:9", form=Instrument.objects.get())
    send(REAL, xml, by=at_work[0])
    bring_up_to_date(load_study(folder), "residents", moment)
    looking = sign_in(person(Role.SUPERVISOR, REAL, territories=["centre"]))
    page = looking.get(f"{AT}today/?by=point").content.decode()
    (line,) = [row for row in page.split("<tr>") if "Аялдама" in row or "Остановка" in row]
    assert line.count('<td class="number">50.0</td>') == 2


def test_a_supervisor_s_numbers_are_of_the_territories_whose_target_they_are_held_against(
    at_work: list[Membership], person: NewPerson, sign_in: SignIn
) -> None:
    """An interviewer who works in two territories brings no interviews of the other one."""
    figures = Counted.objects.get(study=REAL, population="residents", membership=None)
    elsewhere = [list(one) for one in figures.figures["tallies"]]
    place = elsewhere[0].index("north") if "north" in elsewhere[0] else elsewhere[-1].index("north")
    other = [one for one in elsewhere if one[place] == "north"][:1]
    moved = [[*one[:place], "centre", *one[place + 1 :]] for one in other]
    figures.figures["tallies"] = [*elsewhere, *moved]
    figures.save()
    looking = sign_in(person(Role.SUPERVISOR, REAL, territories=["north"]))
    page = looking.get(f"{AT}today/").content.decode()
    assert "<dd>2 <small>/ 10</small></dd>" in page
    assert page.count('<tr><th scope="row"') == 1


@pytest.fixture
def guest(folder: Path, at_work: list[Membership]) -> Membership:
    """Return an interviewer of no territory, sent to the centre and to the north; at work."""
    member = interviewer(REAL, "i03")
    form = Instrument.objects.get()
    for number, (point, count) in enumerate((("1", 5), ("3", 4))):
        Assignment.objects.create(
            study=REAL, population="residents", membership=member, point=point, interviews=count
        )
        answers = {**WHOLE, "territory": ("centre", "north")[number], "point": point}
        send(REAL, filled(answers, instance=f"uuid:guest-{point}", form=form), by=member)
    bring_up_to_date(load_study(folder), "residents", timezone.now())
    return member


@pytest.fixture
def north(person: NewPerson, sign_in: SignIn) -> Client:
    """Return the browser of a supervisor of one territory."""
    return sign_in(person(Role.SUPERVISOR, REAL, territories=["north"]))


def _cells(page: str, row: str) -> list[str]:
    """Return the first two numbers of a line: to be made and made."""
    line = next(one for one in page.split("<tr>") if row in one)
    return re.findall(r'<td class="number">([^<]*)</td>', line)[:2]


def test_whom_the_plan_sent_there_is_seen_with_what_is_made_there_alone(
    guest: Membership, at_work: list[Membership], north: Client
) -> None:
    Contact.objects.create(
        study=REAL, population="residents", point="1", uid="c", membership=guest,
        moment=timezone.now(), received=timezone.now(), outcome="refused",
    )  # fmt: skip
    page = north.get(f"{AT}today/?by=interviewer").content.decode()
    assert _cells(page, guest.person.name) == ["4", "1"], "of the north alone"
    assert at_work[0].person.name not in page
    assert "<dd>3 <small>/ 10</small></dd>" in page
    listed = north.get(AT).content.decode()
    assert listed.count('name="chosen"') == 3
    elsewhere = Submission.objects.get(instance_id="uuid:guest-1")
    for address in ("/", "/xml"):
        assert north.get(f"{AT}{elsewhere.pk}{address}").status_code == 404
    here = Submission.objects.get(instance_id="uuid:guest-3")
    assert north.get(f"{AT}{here.pk}/").status_code == 200


def test_of_whom_the_plan_sent_there_alerts_are_shown_as_far_as_they_are_of_there(
    guest: Membership, north: Client
) -> None:
    worked, now = Made.objects.filter(membership=guest, point="3").get().day, timezone.now()
    for rule, point, day in (
        ("silent", "", None), ("hours-here", "", worked), ("here", "3", worked),
        ("hours-there", "", worked - timezone.timedelta(days=9)), ("there", "1", worked),
    ):  # fmt: skip
        Alert.objects.create(
            study=REAL, population="residents", rule=rule, key=rule, membership=guest, point=point,
            day=day, facts={"said": {"en": f"Alert {rule}."}, "next": {"en": "Ask"}}, raised=now,
        )  # fmt: skip
    page = north.get(f"{AT}today/").content.decode()
    found = re.findall(r"Alert ([a-z-]+)\.", page)
    assert sorted(set(found)) == ["here", "hours-here", "silent"]


def test_what_a_guest_made_there_stays_in_sight_when_the_rest_goes_to_another(
    guest: Membership, at_work: list[Membership], north: Client
) -> None:
    """The guest is sent no more; numbers and interviews of the territory stay as they are."""
    own = Assignment.objects.get(membership=guest, point="3")
    sent = {"chosen": [own.pk], "heir": at_work[1].pk, "reason": "Ill"}
    assert north.post(f"{AT}assignments/end", sent).status_code == 302
    page = north.get(f"{AT}today/?by=interviewer").content.decode()
    assert _cells(page, guest.person.name)[1] == "1"
    assert "<dd>3 <small>/ 10</small></dd>" in page
    assert north.get(AT).content.decode().count('name="chosen"') == 3
    again = {"interviewer": guest.pk, "point": "3", "interviews": "2"}
    assert north.post(f"{AT}assignments/add", again).status_code == 422


def test_what_a_guest_sent_and_nobody_can_read_is_for_the_sociologist(
    client: Client, guest: Membership, north: Client
) -> None:
    with suppress(Refused):
        send(REAL, b"<data", by=guest)
    found = Quarantined.objects.get()
    assert north.get(f"{AT}quarantine/{found.pk}/").status_code == 404
    assert client.get(f"{AT}quarantine/{found.pk}/").status_code == 200


def test_the_lines_of_a_table_are_added_up(client: Client, at_work: list[Membership]) -> None:
    page = client.get(f"{AT}today/?by=interviewer").content.decode()
    rows = page.split("<tbody>")[1].split("</tbody>")[0].split("</tr>")[:-1]
    made = [re.findall(r'<td class="number">([^<]*)</td>', row)[1] for row in rows]
    assert made == ["3", "2", "5"]
    assert "<strong>All together</strong>" in rows[-1]
    assert "Tyndau 0" in page, "the foot names the program's version"


def test_a_supervisor_without_interviewers_is_told_why(
    at_work: list[Membership], person: NewPerson, sign_in: SignIn
) -> None:
    looking = sign_in(person(Role.SUPERVISOR, REAL, territories=["village"]))
    assert (
        "No interviewer works in your territories yet"
        in looking.get(f"{AT}today/").content.decode()
    )


@pytest.mark.parametrize("who", ["client", "north"])
@pytest.mark.usefixtures("guest")
def test_the_database_is_asked_few_questions(who: str, request: pytest.FixtureRequest) -> None:
    browser: Client = request.getfixturevalue(who)
    browser.get(f"{AT}today/")
    with CaptureQueriesContext(connection) as asked:
        browser.get(f"{AT}today/?by=point")
    assert len(asked) <= 15


def test_an_alert_is_settled_with_a_note(
    client: Client, at_work: list[Membership], person: NewPerson, sign_in: SignIn
) -> None:
    alert = Alert.objects.create(
        study=REAL, population="residents", rule="on_end", key="k", membership=at_work[0],
        facts={"said": {"en": "No break"}, "next": {"en": "Remind"}}, raised=timezone.now(),
    )  # fmt: skip
    assert "No break" in client.get(f"{AT}today/").content.decode()
    assert client.post(f"{AT}alerts/{alert.pk}/settle", {"note": " "}).status_code == 422
    answer = client.post(f"{AT}alerts/{alert.pk}/settle", {"note": "Called, rests now"})
    assert answer.status_code == 302
    alert.refresh_from_db()
    assert (alert.note, alert.settled_by.name) == ("Called, rests now", "Sociologist")
    assert Entry.objects.get(action="alert.settled").details["note"] == "Called, rests now"
    assert "No break" not in client.get(f"{AT}today/").content.decode()
    other = sign_in(person(Role.SUPERVISOR, REAL, territories=["north"]))
    assert other.get(f"{AT}alerts/{alert.pk}/").status_code == 404
    whole = sign_in(person(Role.SUPERVISOR, REAL))
    late = whole.post(f"{AT}alerts/{alert.pk}/settle", {"note": "I too"})
    assert late.status_code == 422
    assert "readonly>I too</textarea>" in late.content.decode()


def test_a_question_is_answered_once(client: Client, at_work: list[Membership]) -> None:
    one = Question.objects.create(
        study=REAL, membership=at_work[0], uid="q", text="Is a hostel a dwelling?",
        moment=timezone.now(), received=timezone.now(),
    )  # fmt: skip
    answer = client.post(f"{AT}questions/{one.pk}/answer", {"answer": "Yes, each room"})
    assert answer.status_code == 302
    one.refresh_from_db()
    assert one.answer == "Yes, each room"
    again = client.post(f"{AT}questions/{one.pk}/answer", {"answer": "Yes, each room"})
    assert again.status_code == 302, "whoever presses twice sends once"
    assert Entry.objects.filter(action="question.answered").count() == 1


@pytest.mark.parametrize("same", [True, False])
def test_who_answers_second_is_told_what_the_first_one_said_and_keeps_the_own_words(
    client: Client, at_work: list[Membership], person: NewPerson, sign_in: SignIn, same: bool
) -> None:
    """Somebody else, or the same person with other words."""
    one = Question.objects.create(
        study=REAL, membership=at_work[0], uid="q", text="Is a hostel a dwelling?",
        moment=timezone.now(), received=timezone.now(),
    )  # fmt: skip
    client.post(f"{AT}questions/{one.pk}/answer", {"answer": "Yes, each room"})
    second = client if same else sign_in(person(Role.SUPERVISOR, REAL))
    late = second.post(f"{AT}questions/{one.pk}/answer", {"answer": "No, unless they pay"})
    assert late.status_code == 422
    page = late.content.decode()
    assert "Sociologist has answered: &quot;Yes, each room&quot;" in page
    assert "readonly>No, unless they pay</textarea>" in page
    one.refresh_from_db()
    assert (one.answer, one.answered_by.name) == ("Yes, each room", "Sociologist")


@pytest.mark.parametrize("role", [Role.CUSTOMER, Role.HEAD])
def test_the_customer_sees_aggregates_alone(
    at_work: list[Membership], person: NewPerson, sign_in: SignIn, role: str
) -> None:
    """Two and three interviews are too few to be told by territory; the total is."""
    looking = sign_in(person(role, REAL))
    page = looking.get(f"{AT}progress/").content.decode()
    assert "<dd>5 <small>/ 32</small></dd>" in page
    assert page.count('<td class="number">…</td>') == 2
    assert not any(one.code in page or one.person.name in page for one in at_work)
    assert looking.get(f"{AT}today/").status_code == 403


def test_before_anything_came_the_page_says_what_comes_first(client: Client, folder: Path) -> None:
    del folder
    page = client.get(f"{AT}today/").content.decode()
    assert "Nothing is counted yet" in page
