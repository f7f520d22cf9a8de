"""How many interviews were made is the same number on every page, and on the phone."""

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tyndau.study import load_study
from tyndau_server.control.assigned import Decider, assignments_of, left_of
from tyndau_server.control.models import Assignment, Counted, Made
from tyndau_server.control.own import progress_of
from tyndau_server.control.toward import counting, counts
from tyndau_server.control.work import bring_up_to_date
from tyndau_server.fieldwork.models import Instrument, Quarantined, Submission
from tyndau_server.people.models import Membership, Person, Role
from tyndau_server.studies.served import folder_of

from .conftest import REAL, NewPerson, Own, Serve, SignIn
from .drawn import drawn, interviewer
from .made_field import SCREENED_OUT, WHOLE, filled, in_the_field, send, small

STUDY = f"/en/studies/{REAL}/"
# Each was finished; returned ones keep their place until they come back.
STATES = ("received", "accepted", "accepted", "returned", "rejected")
MADE, TARGET, ARRIVED = 4, 32, 8


@pytest.fixture
def member(own: Own, real: Path, serve: Serve) -> Membership:
    """Return an interviewer of a field where whatever may come came, counted."""
    folder = drawn(own(real))
    serve(folder)
    form = in_the_field(folder)
    one = interviewer(REAL, "i01", territories=["centre"])
    Assignment.objects.create(
        study=REAL, population="residents", membership=one, point="1", interviews=12
    )
    for number, state in enumerate(STATES):
        answers = {**WHOLE, "point": "1", "sex": "female"}
        made = send(REAL, filled(answers, instance=f"uuid:{number}", form=form), by=one)
        Submission.objects.filter(pk=made.pk).update(state=state)
    for number in range(3):
        xml = filled({**SCREENED_OUT, "age": "34"}, instance=f"uuid:out-{number}", form=form)
        gone = send(REAL, xml, by=one)
    Submission.objects.filter(pk=gone.pk).update(state="rejected")
    now = timezone.now()
    Quarantined.objects.create(
        study=REAL, reason="x", digest="d", body_sha256="b", size=1, received=now, last=now
    )
    bring_up_to_date(load_study(folder), "residents", now)
    return one


def shown(page: str) -> tuple[str, str, str]:
    """Return what a page says of interviews made, of those wanted, and of what arrived in all."""
    made = re.search(r"<dt>made</dt><dd>(\d+) <small>/ (\d+)</small></dd>", page)
    arrived = re.search(r"Arrived in all: (\d+)", page)
    assert made and arrived, page
    return made[1], made[2], arrived[1]


@pytest.mark.parametrize(
    ("role", "pages"),
    [
        (Role.SOCIOLOGIST, ("", "field/today/", "field/progress/")),
        (Role.SUPERVISOR, ("", "field/today/")),
        (Role.HEAD, ("", "field/progress/")),
        (Role.CUSTOMER, ("", "field/progress/")),
        (Role.READER, ("",)),
    ],
)
def test_it_works(
    member: Membership, person: NewPerson, sign_in: SignIn, role: str, pages: tuple[str, ...]
) -> None:
    looking = sign_in(person(role, REAL))
    for address in pages:
        page = looking.get(f"{STUDY}{address}").content.decode()
        assert shown(page) == (str(MADE), str(TARGET), str(ARRIVED)), address
        assert "refused in the form: 3; rejected: 1" in page
        assert f"Made: {MADE} of {TARGET}; accepted: 2" in page or address, "and in the course"


def test_the_tables_the_phone_and_the_assignments_count_alike(
    client: Client, member: Membership
) -> None:
    for by in ("territory", "interviewer", "point", "day"):
        page = client.get(f"{STUDY}field/today/?by={by}").content.decode()
        body = page.split("<tbody>")[1].split("</tbody>")[0]
        lines = [row for row in body.split("</tr>") if "<strong>All together</strong>" not in row]
        rows = [re.findall(r'<td class="number">(\d*|–)</td>', row) for row in lines]
        at = 0 if by == "day" else 1
        made = sum(int(row[at]) for row in rows if row and row[at].isdigit())
        assert made == MADE, f"by {by}"
    told = progress_of(member)
    assert (told["made"], told["accepted"], told["rejected"]) == (MADE, 2, 1)
    [day] = told["days"]
    assert (day["made"], day["rejected"]) == (MADE, 1)
    decider = Decider(_sociologist(), load_study(folder_of(REAL)))
    assert list(left_of(assignments_of(decider, "residents")).values()) == [12 - MADE]


def test_what_counts_is_said_once(member: Membership) -> None:
    """Asked of the database and of rows at hand, it is the same."""
    rows = Made.objects.select_related("submission")
    at_hand = {one.pk for one in rows if counts(one.outcome, one.submission.state)}
    assert set(counting(REAL).values_list("pk", flat=True)) == at_hand
    assert len(at_hand) == MADE


@pytest.mark.parametrize(
    ("role", "told"), [(Role.SOCIOLOGIST, True), (Role.CUSTOMER, False), (Role.READER, False)]
)
def test_of_the_quarantine_they_hear_who_may_open_it(
    member: Membership, person: NewPerson, sign_in: SignIn, role: str, told: bool
) -> None:
    page = sign_in(person(role, REAL)).get(STUDY).content.decode()
    assert ("in quarantine besides: 1" in page) == told
    assert member.code not in page
    assert member.person.name not in page


def test_the_mass_survey_is_told_of_where_no_sample_names_it(
    client: Client, member: Membership
) -> None:
    """Of several questionnaires the one of which most is wanted, whatever they are called."""
    del member
    Counted.objects.create(
        study=REAL,
        population="a-link",
        moment=timezone.now(),
        figures={"target": 0, "tallies": [], "places": {}},
    )
    for address in ("", "field/today/", "field/progress/"):
        page = client.get(f"{STUDY}{address}").content.decode()
        assert shown(page) == (str(MADE), str(TARGET), str(ARRIVED)), address


def test_the_points_are_wanted_of_the_questionnaire_that_asks_for_them(
    client: Client, own: Own, real: Path, serve: Serve
) -> None:
    """Where no plan was drawn; however few are assigned so far, and whoever else is asked."""
    folder = drawn(own(real), plan=False)
    serve(folder)
    form = in_the_field(folder)
    one = interviewer(REAL, "i01", territories=["centre"])
    Assignment.objects.create(
        study=REAL, population="residents", membership=one, point="1", interviews=12
    )
    send(REAL, filled({**WHOLE, "point": "1"}, instance="uuid:1", form=form), by=one)
    for _ in range(2):
        small(REAL)
    for population in ("residents", "small"):
        bring_up_to_date(load_study(folder), population, timezone.now())
    for address in ("", "field/today/", "field/progress/"):
        page = client.get(f"{STUDY}{address}").content.decode()
        assert shown(page) == ("1", str(TARGET), "1"), address
    other = client.get(f"{STUDY}field/today/?form=small").content.decode()
    assert "<dt>made</dt><dd>2</dd>" in other, "of these nobody said how many"


def test_a_supervisor_of_some_territories_is_told_whose_numbers_they_are(
    member: Membership, person: NewPerson, sign_in: SignIn
) -> None:
    looking = sign_in(person(Role.SUPERVISOR, REAL, territories=["centre"]))
    assert "In your territories" in looking.get(f"{STUDY}field/today/").content.decode()
    whole = sign_in(person(Role.SUPERVISOR, REAL))
    assert "In your territories" not in whole.get(f"{STUDY}field/today/").content.decode()


def test_a_supervisor_of_some_territories_is_told_the_same_on_every_page(
    member: Membership, person: NewPerson, sign_in: SignIn
) -> None:
    """What was made elsewhere is in no sum, neither in the study's page nor in its course."""
    form = Instrument.objects.get()
    away = {**WHOLE, "point": "3", "territory": "north"}
    send(REAL, filled(away, instance="uuid:north", form=form), by=member)
    bring_up_to_date(load_study(folder_of(REAL)), "residents", timezone.now())
    for place, made, target in (("centre", MADE, 22), ("north", 1, 10)):
        looking = sign_in(person(Role.SUPERVISOR, REAL, territories=[place]))
        for address in ("", "field/today/"):
            page = looking.get(f"{STUDY}{address}").content.decode()
            assert shown(page)[:2] == (str(made), str(target)), (place, address)
            assert '">In your territories</h2>' in page
        page = looking.get(STUDY).content.decode()
        assert f"In your territories: Made: {made} of {target};" in page
        assert "in quarantine besides" not in page, "of whom it came nobody knows"


@pytest.mark.parametrize("role", [Role.SOCIOLOGIST, Role.CUSTOMER])
def test_the_frame_of_a_page_leaves_tables_unread(
    member: Membership, person: NewPerson, sign_in: SignIn, role: str
) -> None:
    looking = sign_in(person(role, REAL))
    for address in (STUDY, "/en/"):
        with CaptureQueriesContext(connection) as asked:
            looking.get(address)
        of_figures = [one["sql"] for one in asked if "control_counted" in one["sql"]]
        assert of_figures, address
        whole = re.compile(r'(SELECT|,) "control_counted"\."figures"( FROM|,)')
        assert not any(map(whole.search, of_figures)), address


def _sociologist() -> Membership:
    of = Person.objects.create(name="Another sociologist")
    return Membership.objects.create(person=of, study=REAL, role=Role.SOCIOLOGIST)
