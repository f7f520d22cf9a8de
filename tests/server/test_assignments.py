"""``.../field/assignments/``: who works where, by the plan or by hand, ended, handed over."""

from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from django.db.models import Sum
from django.test import Client
from django.utils import timezone

from tyndau_server.audit.models import Entry
from tyndau_server.control.assigned import left_of
from tyndau_server.control.models import Assignment, Made, Share
from tyndau_server.fieldwork.models import Submission
from tyndau_server.people.models import Membership, Role

from .conftest import REAL, NewPerson, Own, Serve, SignIn
from .drawn import drawn, interviewer
from .made_field import WHOLE, filled, in_the_field, send

AT = f"/en/studies/{REAL}/field/assignments/"


@pytest.fixture
def folder(own: Own, real: Path, serve: Serve) -> Path:
    """Return a study whose sample is drawn, served."""
    folder = drawn(own(real))
    serve(folder)
    return folder


@pytest.fixture
def two(folder: Path) -> tuple[Membership, Membership]:
    """Return two interviewers."""
    return interviewer(REAL, "i01"), interviewer(REAL, "i02")


def _taken_over(client: Client, two: tuple[Membership, Membership]) -> None:
    answer = client.post(f"{AT}plan", {"number-0": two[0].pk, "number-1": two[1].pk})
    assert answer.status_code == 302


def _made(member: Membership, point: str, count: int, folder: Path) -> None:
    """Let an interviewer have made interviews at a point, as the worker counted them."""
    form = in_the_field(folder)
    for number in range(count):
        sent = send(
            REAL, filled({**WHOLE, "point": point}, instance=f"uuid:{number}", form=form), by=member
        )
        Made.objects.create(
            study=REAL, population="residents", submission=sent, membership=member, point=point,
            outcome="complete", cells=["territory=centre sex=female"],
        )  # fmt: skip


def test_the_plan_is_taken_over_in_one_act(
    client: Client, two: tuple[Membership, Membership]
) -> None:
    """Two at each point, the parts of visits add up, shares are those of the plan."""
    page = client.get(AT).content.decode()
    assert f'href="{AT}plan"' in page
    _taken_over(client, two)
    assert Assignment.objects.aggregate(all=Sum("interviews"))["all"] == 32
    for member in two:
        own = Assignment.objects.filter(membership=member)
        assert {one.point for one in own} == {"1", "2", "3"}
        assert sorted(own.filter(point="1").values_list("interviews", flat=True)) == [2, 4]
    assert Share.objects.filter(membership=two[0]).aggregate(all=Sum("interviews"))["all"] == 7
    assert Share.objects.get(membership=two[0], cell="territory=centre sex=male").interviews == 4
    entry = Entry.objects.get(action="assignment.planned")
    assert entry.details["interviewers"] == ["i01", "i02"]
    assert "11.05.2026, 10:00–12:00" in client.get(AT).content.decode()


def test_the_plan_is_taken_over_once(client: Client, two: tuple[Membership, Membership]) -> None:
    _taken_over(client, two)
    answer = client.post(f"{AT}plan", {"number-0": two[0].pk, "number-1": two[1].pk})
    assert answer.status_code == 422
    assert Assignment.objects.count() == 8


def test_each_number_of_the_plan_needs_an_interviewer_of_its_own(
    client: Client, two: tuple[Membership, Membership]
) -> None:
    answer = client.post(f"{AT}plan", {"number-0": two[0].pk, "number-1": two[0].pk})
    assert answer.status_code == 422
    assert "Not every number of the plan" in answer.content.decode()
    assert not Assignment.objects.exists()


def test_the_rest_of_a_sick_interviewer_goes_to_another_in_one_act(
    client: Client, folder: Path, two: tuple[Membership, Membership]
) -> None:
    """What was made stays, also of the share; the heir is promised exactly the rest."""
    _taken_over(client, two)
    sick, heir = two[0], interviewer(REAL, "i03")
    _made(sick, "1", 1, folder)
    chosen = [one.pk for one in Assignment.objects.filter(membership=sick)]
    answer = client.post(f"{AT}end", {"chosen": chosen, "heir": heir.pk, "reason": "Ill"})
    assert answer.status_code == 302
    assert not Assignment.objects.filter(membership=sick, ended=None).exists()
    taken = Assignment.objects.filter(membership=heir)
    assert taken.aggregate(all=Sum("interviews"))["all"] == 16 - 1
    assert {one.takes_over_id for one in taken} == {sick.pk}
    shares = dict(Share.objects.filter(membership=heir).values_list("cell", "interviews"))
    assert shares == {
        "territory=centre sex=male": 4,
        "territory=north sex=female": 1, "territory=north sex=male": 1,
    }  # fmt: skip
    assert not Share.objects.filter(membership=sick, released=None).exists()
    entry = Entry.objects.get(action="assignment.handed-over")
    assert (entry.subject, entry.details["to"], entry.details["reason"]) == ("i01", "i03", "Ill")


def test_all_that_are_listed_of_one_interviewer_are_handed_over_by_one_tick(
    client: Client, two: tuple[Membership, Membership]
) -> None:
    _taken_over(client, two)
    sick, heir = two
    page = client.get(f"{AT}?interviewer={sick.pk}").content.decode()
    assert 'name="chosen" value="all"' in page
    assert 'name="chosen" value="all"' not in client.get(AT).content.decode()
    sent = {"chosen": "all", "heir": heir.pk, "reason": "Ill"}
    assert client.post(f"{AT}end", sent).status_code == 422, "not everybody's at once"
    assert client.post(f"{AT}end?interviewer={sick.pk}&day=", sent).status_code == 302
    assert not Assignment.objects.filter(membership=sick, ended=None).exists()
    held = Assignment.objects.filter(membership=heir, ended=None)
    assert held.aggregate(all=Sum("interviews"))["all"] == 32


def test_the_plan_of_a_day_without_work_leads_to_days_with_work(
    client: Client, two: tuple[Membership, Membership]
) -> None:
    _taken_over(client, two)
    page = client.get(f"{AT}day?day=2030-01-01").content.decode()
    assert 'href="?day=2026-05-11"' in page


def test_what_ends_in_one_territory_keeps_the_promise_in_the_other(
    client: Client, two: tuple[Membership, Membership]
) -> None:
    _taken_over(client, two)
    north = Assignment.objects.get(membership=two[0], point="3")
    client.post(f"{AT}end", {"chosen": [north.pk], "reason": "No bus"})
    held = Share.objects.filter(membership=two[0], released=None).values_list("cell", flat=True)
    assert sorted(held) == ["territory=centre sex=female", "territory=centre sex=male"]


def _city_of(folder: Path) -> None:
    """Let both territories lie in a city, in which the plan's quotas are."""
    book = openpyxl.load_workbook(folder / "study.xlsx")
    sheet = book["territories"]
    head = [cell.value for cell in sheet[1]]
    if "parent" not in head:
        sheet.cell(1, len(head) + 1, "parent")
        head.append("parent")
    codes = head.index("code")
    for row in sheet.iter_rows(min_row=2):
        if row[codes].value in ("centre", "north"):
            sheet.cell(row[codes].row, head.index("parent") + 1, "city")
    given = {"code": "city", "name_kk": "Қала", "name_ru": "Город"}
    first = [cell.value for cell in sheet[2]]
    sheet.append(
        [given.get(name, "" if name == "parent" else first[at]) for at, name in enumerate(head)]
    )
    book.save(folder / "study.xlsx")


def test_a_promise_in_a_territory_that_holds_others_passes_with_the_last_point_in_it(
    client: Client, folder: Path, two: tuple[Membership, Membership]
) -> None:
    """Not before; nor does one whose answer has the code of the territory that was left."""
    _city_of(folder)
    _taken_over(client, two)
    heir = interviewer(REAL, "i03")
    of = {"study": REAL, "population": "residents", "membership": two[0]}
    for cell in ("territory=city sex=male", "territory=other sex=north"):
        Share.objects.create(**of, cell=cell, interviews=3)
    Assignment.objects.create(**of, point="elsewhere", interviews=1)

    def hand_over(*points: str) -> None:
        chosen = Assignment.objects.filter(**of, point__in=points).values_list("pk", flat=True)
        sent = {"chosen": list(chosen), "heir": heir.pk, "reason": "Ill"}
        assert client.post(f"{AT}end", sent).status_code == 302

    hand_over("3")
    assert _shares(heir) == {"territory=north sex=female": 1, "territory=north sex=male": 1}
    hand_over("1", "2")
    assert _shares(heir)["territory=city sex=male"] == 3
    assert _shares(two[0]) == {"territory=other sex=north": 3}


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"reason": ""}, "The reason is empty"),
        ({"chosen": [], "reason": "Ill"}, "No assignment that holds is chosen"),
        ({"reason": "Ill", "heir": "own"}, "goes to the interviewer who has it"),
    ],
)
def test_what_makes_no_sense_ends_nothing(
    client: Client, two: tuple[Membership, Membership], sent: Mapping[str, object], words: str
) -> None:
    _taken_over(client, two)
    chosen = [one.pk for one in Assignment.objects.filter(membership=two[0])]
    heir = two[0].pk if sent.get("heir") else ""
    answer = client.post(f"{AT}end", {"chosen": chosen, **sent, "heir": heir})
    assert answer.status_code == 422
    assert words.replace("goes to", "is to go to") in answer.content.decode()
    assert not Assignment.objects.exclude(ended=None).exists()


def test_a_point_that_is_closed_is_replaced_for_all_who_were_sent_there_in_one_act(
    client: Client, folder: Path, two: tuple[Membership, Membership]
) -> None:
    """What is left goes to the substitute, day by day; what was made and the shares stay."""
    _taken_over(client, two)
    _made(two[0], "1", 1, folder)
    shares = [_shares(one) for one in two]
    before = {
        (one.membership_id, one.day): one.interviews for one in Assignment.objects.filter(point="1")
    }
    page = client.get(AT).content.decode()
    assert "Replace the point" not in page
    assert 'href="?point=1"' in page
    page = client.get(f"{AT}?point=1").content.decode()
    assert "Replace the point 1 by a substitute" in page and "13.05.2026" not in page
    sent = {"substitute": "9", "reason": "The market is closed"}
    assert client.post(f"{AT}substitute?point=1", sent).status_code == 302
    moved = {(one.membership_id, one.day): one for one in Assignment.objects.filter(point="9")}
    first = min(key for key in before if key[0] == two[0].pk)
    assert {key: one.interviews for key, one in moved.items()} == {
        **before, first: before[first] - 1,
    }  # fmt: skip
    assert {(one.stands_for, one.reason) for one in moved.values()} == {
        ("1", "The market is closed")
    }
    assert not Assignment.objects.filter(point="1", ended=None).exists()
    assert Assignment.objects.filter(point="2", ended=None).count() == 2
    assert [_shares(one) for one in two] == shares
    entry = Entry.objects.get(action="assignment.substituted")
    assert (entry.subject, entry.details["substitute"], entry.details["interviewers"]) == (
        "1", "9", ["i01", "i02"],
    )  # fmt: skip
    assert entry.details["left"] == 11


def test_a_replaced_point_is_given_back_by_ending_what_stands_in(
    client: Client, two: tuple[Membership, Membership]
) -> None:
    _taken_over(client, two)
    client.post(f"{AT}substitute?point=1", {"substitute": "9", "reason": "Closed"})
    sent = {"chosen": "all", "reason": "Open again"}
    assert client.post(f"{AT}end?point=9", sent).status_code == 302
    held = Assignment.objects.filter(ended=None).values_list("point", flat=True)
    assert sorted(held) == ["2", "2", "3", "3"]


@pytest.mark.parametrize(
    ("point", "sent", "words"),
    [
        ("1", {"substitute": "3", "reason": "Nearer"}, "was not drawn to stand in"),
        ("1", {"substitute": "9", "reason": " "}, "The reason is empty"),
        ("9", {"substitute": "1", "reason": "Closed"}, "Nobody is sent to the point"),
        ("", {"substitute": "9", "reason": "Closed"}, "Nobody is sent to the point"),
    ],
)
def test_what_cannot_stand_in_replaces_nothing(
    client: Client,
    two: tuple[Membership, Membership],
    point: str,
    sent: Mapping[str, str],
    words: str,
) -> None:
    _taken_over(client, two)
    answer = client.post(f"{AT}substitute?point={point}", sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Assignment.objects.exclude(ended=None).exists()
    assert client.post(f"{AT}substitute?point=1", {"substitute": "9", "reason": "x"})
    again = client.post(f"{AT}substitute?point=1", {"substitute": "9", "reason": "x"})
    assert again.status_code == 422, "who is second is told"


def test_a_supervisor_replaces_points_of_own_territories_alone(
    client: Client, two: tuple[Membership, Membership], person: NewPerson, sign_in: SignIn
) -> None:
    _taken_over(client, two)
    sent = {"substitute": "9", "reason": "Closed"}
    north = sign_in(person(Role.SUPERVISOR, REAL, territories=["north"]))
    assert north.post(f"{AT}substitute?point=1", sent).status_code == 422
    assert not Assignment.objects.filter(point="9").exists()
    centre = sign_in(person(Role.SUPERVISOR, REAL, territories=["centre"]))
    assert "i01" in centre.get(f"{AT}?point=1").content.decode()
    assert centre.post(f"{AT}substitute?point=1", sent).status_code == 302
    assert Assignment.objects.filter(point="9").exists()


def test_somebody_is_sent_by_hand(client: Client, two: tuple[Membership, Membership]) -> None:
    sent = {
        "interviewer": two[0].pk, "point": "2", "interviews": "5", "day": "2026-05-20",
        "begins": "17:00", "ends": "19:00",
    }  # fmt: skip
    assert client.post(f"{AT}add", sent).status_code == 302
    made = Assignment.objects.get()
    assert (made.point, made.interviews, made.day.isoformat(), made.begins.hour) == (
        "2", 5, "2026-05-20", 17,
    )  # fmt: skip
    assert "17:00–19:00" in client.get(f"{AT}day?day=2026-05-20").content.decode()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"interviews": "0"}, "The number of interviews"),
        ({"point": "nowhere"}, "is not one of those"),
        ({"day": "2026-02-31"}, "cannot be read"),
        ({"begins": "19:00", "ends": "17:00"}, "ends before it begins"),
        ({"interviewer": "999999"}, "not one whom you may send"),
    ],
)
def test_what_cannot_be_is_refused_with_what_was_typed(
    client: Client, two: tuple[Membership, Membership], wrong: Mapping[str, str], code: str
) -> None:
    sent = {"interviewer": two[0].pk, "point": "2", "interviews": "5", **wrong}
    answer = client.post(f"{AT}add", sent)
    assert answer.status_code == 422
    assert code in answer.content.decode()
    assert not Assignment.objects.exists()


def test_a_supervisor_decides_in_own_territories_alone(
    client: Client,
    two: tuple[Membership, Membership],
    person: NewPerson,
    sign_in: SignIn,
) -> None:
    _taken_over(client, two)
    Membership.objects.filter(pk=two[0].pk).update(territories=["north"])
    looking = sign_in(person(Role.SUPERVISOR, REAL, territories=["north"]))
    page = looking.get(AT).content.decode()
    assert "13.05.2026" in page
    assert "11.05.2026" not in page
    centre = Assignment.objects.filter(membership=two[0], point="1").earliest("day")
    assert looking.post(f"{AT}end", {"chosen": [centre.pk], "reason": "x"}).status_code == 422
    sent = {"interviewer": two[0].pk, "point": "1", "interviews": "5"}
    assert looking.post(f"{AT}add", sent).status_code == 422
    assert looking.post(f"{AT}add", {**sent, "point": "3"}).status_code == 302
    assert looking.get(f"{AT}plan").status_code == 403


def test_an_ended_assignment_is_ended_once(
    client: Client, two: tuple[Membership, Membership]
) -> None:
    _taken_over(client, two)
    one = Assignment.objects.filter(membership=two[0]).earliest("pk")
    sent = {"chosen": [one.pk], "reason": "Ill"}
    assert client.post(f"{AT}end", sent).status_code == 302
    assert client.post(f"{AT}end", sent).status_code == 422
    assert Entry.objects.filter(action="assignment.ended").count() == 1
    assert Submission.objects.count() == 0
    assert Assignment.objects.get(pk=one.pk).ended <= timezone.now()


def test_what_was_made_of_an_ended_visit_counts_for_no_other(
    client: Client, folder: Path, two: tuple[Membership, Membership]
) -> None:
    """Four and two at one point; two of the first are made when it goes to somebody else."""
    _taken_over(client, two)
    first, second = Assignment.objects.filter(membership=two[0], point="1").order_by("day")
    _made(two[0], "1", 2, folder)
    heir = interviewer(REAL, "i03")
    client.post(f"{AT}end", {"chosen": [first.pk], "heir": heir.pk, "reason": "Ill"})
    assert Assignment.objects.get(membership=heir).interviews == 2
    assert left_of([second]) == {second.pk: 2}
    # The later visit goes as well: nothing is lost of it.
    client.post(f"{AT}end", {"chosen": [second.pk], "heir": heir.pk, "reason": "Ill"})
    assert sum(one.interviews for one in Assignment.objects.filter(membership=heir)) == 4


def _shares(member: Membership) -> dict[str, int]:
    own = Share.objects.filter(membership=member, released=None)
    return dict(own.values_list("cell", "interviews"))


def test_a_rejected_interview_is_still_to_be_made_by_the_heir(
    client: Client, folder: Path, two: tuple[Membership, Membership]
) -> None:
    _taken_over(client, two)
    _made(two[0], "1", 1, folder)
    Submission.objects.update(state="rejected")
    heir = interviewer(REAL, "i03")
    chosen = [one.pk for one in Assignment.objects.filter(membership=two[0])]
    client.post(f"{AT}end", {"chosen": chosen, "heir": heir.pk, "reason": "Ill"})
    assert _shares(heir)["territory=centre sex=female"] == 1


@pytest.mark.parametrize("held", [None, "given back"])
def test_an_heir_is_promised_the_rest_whatever_was_made_or_given_back_before(
    client: Client, folder: Path, two: tuple[Membership, Membership], held: str | None
) -> None:
    """One is left of the share; the heir made one before, within the open room or an old share."""
    _taken_over(client, two)
    heir, cell = interviewer(REAL, "i03"), "territory=centre sex=female"
    _made(heir, "1", 1, folder)
    if held:
        Share.objects.create(
            study=REAL, population="residents", membership=heir, cell=cell, interviews=5,
            released=timezone.now(),
        )  # fmt: skip
    chosen = [one.pk for one in Assignment.objects.filter(membership=two[0])]
    client.post(f"{AT}end", {"chosen": chosen, "heir": heir.pk, "reason": "Ill"})
    assert _shares(heir)[cell] == 1 + 1
