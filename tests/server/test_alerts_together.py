"""``.../field/alerts/together`` and what stands in groups on the field's page."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from tyndau_server.audit.models import Entry
from tyndau_server.control.models import Alert
from tyndau_server.people.models import Membership, Role

from .conftest import REAL, NewPerson, Own, Serve, SignIn
from .drawn import drawn, interviewer

AT = f"/en/studies/{REAL}/field/"
FIRST = date(2026, 10, 1)


@pytest.fixture
def members(own: Own, real: Path, serve: Serve) -> list[Membership]:
    """Return interviewers of a study whose sample is drawn: all but one in the centre."""
    serve(drawn(own(real)))
    territories = ["north", *["centre"] * 6]
    return [interviewer(REAL, f"i{at:02}", territories=[one]) for at, one in enumerate(territories)]


def alert(member: Membership | None, day: int, rule: str = "on_end", step: str = "Remind") -> Alert:
    return Alert.objects.create(
        study=REAL, population="", rule=rule, membership=member,
        key=f" {rule} {member and member.code} {day}", day=FIRST + timedelta(days=day),
        facts={"said": {"en": f"{rule} of {member} on {day}"}, "next": {"en": step}},
        raised=timezone.now(),
    )  # fmt: skip


def settle(client: Client, alerts: list[Alert], note: str) -> int:
    shown = [one.pk for one in alerts]
    answer = client.post(f"{AT}alerts/settle", {"chosen": shown, "shown": shown, "note": note})
    return answer.status_code


def folds(page: str) -> list[tuple[str, str]]:
    """Return what is said of each fold of the field's page, and how many alerts are in it."""
    found = re.findall(r"<summary[^>]*>(.*?) <span class=\"badge\">(\d+)</span></summary>", page)
    return [(re.sub(r"<[^>]*>", "", words), count) for words, count in found]


def test_it_works(client: Client, members: list[Membership]) -> None:
    """Six on one day and one interviewer on four days are two folds under one heading."""
    for member in members[1:]:
        alert(member, 3)
    for day in range(5, 9):
        alert(members[1], day)
    page = client.get(f"{AT}today/").content.decode()
    assert folds(page) == [("04.10.2026", "6"), (f"i01 {members[1].person.name}", "4")]
    assert page.count("Remind") == 1, "the next step is said once"
    assert 'No break <span class="badge warning">10</span>' in page


def test_a_step_that_is_not_the_same_for_all_is_said_where_it_is(
    client: Client, members: list[Membership]
) -> None:
    for member in members[:3]:
        alert(member, 1, step="Before 18:40")
    alert(members[4], 2, step="Before 18:38")
    page = client.get(f"{AT}today/").content.decode()
    assert (page.count("Before 18:40"), page.count("Before 18:38")) == (1, 1)


def test_a_long_fold_is_cut_short_and_settled_whole(
    client: Client, members: list[Membership]
) -> None:
    """The page is sent anew whenever something came: to a supervisor's phone, too."""
    for day in range(13):
        alert(members[1], day)
    page = client.get(f"{AT}today/").content.decode()
    assert folds(page) == [(f"i01 {members[1].person.name}", "13")]
    assert page.count("<li><div><strong>on_end") == 10
    assert "More of them where they are settled together: 3" in page
    assert page.count("chosen=") == 13


def test_one_alert_of_a_rule_needs_no_fold(client: Client, members: list[Membership]) -> None:
    alert(members[0], 1)
    alert(members[0], 1, rule="after_dark")
    assert folds(client.get(f"{AT}today/").content.decode()) == []


def test_a_fold_leads_to_one_note_for_all_that_are_in_it(
    client: Client, members: list[Membership]
) -> None:
    several = [alert(one, 1) for one in members[:3]]
    page = client.get(f"{AT}today/").content.decode()
    address = re.search(r'href="([^"]*alerts/together[^"]*)"', page)
    assert address
    form = client.get(address[1].replace("&amp;", "&")).content.decode()
    assert form.count('name="chosen"') == form.count(" checked") == 3
    assert settle(client, several[:2], "The bus was late") == 302
    rows = list(Alert.objects.order_by("pk").values_list("note", flat=True))
    assert rows == ["The bus was late", "The bus was late", ""], "each keeps a row of its own"
    [entry] = Entry.objects.filter(action="alerts.settled")
    assert entry.details == {
        "rule": "on_end", "note": "The bus was late", "count": 2,
        "alerts": [one.key for one in several[:2]],
    }  # fmt: skip
    left = client.get(address[1].replace("&amp;", "&")).content.decode()
    assert left.count('name="chosen"') == 1


def test_pressing_twice_settles_once(client: Client, members: list[Membership]) -> None:
    several = [alert(one, 1) for one in members[:3]]
    assert settle(client, several, "Called") == 302
    assert settle(client, several, "Called") == 302
    shown = [one.pk for one in several]
    form = {"chosen": shown, "shown": shown, "note": "Called again"}
    other = client.post(f"{AT}alerts/settle", form)
    assert other.status_code == 422
    assert "Called again" in other.content.decode(), "other words are not lost"
    assert set(Alert.objects.values_list("note", flat=True)) == {"Called"}
    assert Entry.objects.filter(action="alerts.settled").count() == 1


@pytest.mark.parametrize("note", ["", "  ", "\0"])
def test_without_a_note_nothing_is_settled_and_the_ticks_stay(
    client: Client, members: list[Membership], note: str
) -> None:
    several = [alert(one, 1) for one in members[:3]]
    form = {"chosen": [several[0].pk], "shown": [one.pk for one in several], "note": note}
    answer = client.post(f"{AT}alerts/settle", form)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert (page.count('name="chosen"'), page.count(" checked")) == (3, 1)
    assert not Alert.objects.exclude(settled=None).exists()


def test_none_that_is_ticked_is_told(client: Client, members: list[Membership]) -> None:
    one = alert(members[0], 1)
    answer = client.post(f"{AT}alerts/settle", {"shown": [one.pk], "note": "Called"})
    assert answer.status_code == 422
    assert "No alert is chosen" in answer.content.decode()


def test_the_second_of_two_is_told_who_was_first(
    client: Client, members: list[Membership], person: NewPerson, sign_in: SignIn
) -> None:
    several = [alert(one, 1) for one in members[:3]]
    other = sign_in(person(Role.SUPERVISOR, REAL))
    assert other.post(f"{AT}alerts/{several[0].pk}/settle", {"note": "Mine"}).status_code == 302
    assert settle(client, several, "Called") == 422
    assert Alert.objects.filter(settled=None).count() == 2, "all or none"
    assert settle(client, several[1:], "Called") == 302


def test_a_supervisor_settles_only_what_is_seen(
    members: list[Membership], person: NewPerson, sign_in: SignIn
) -> None:
    north, centre = alert(members[0], 1), alert(members[1], 1)
    looking = sign_in(person(Role.SUPERVISOR, REAL, territories=["north"]))
    numbers = f"chosen={north.pk}&chosen={centre.pk}"
    assert looking.get(f"{AT}alerts/together?{numbers}").status_code == 404
    assert settle(looking, [north, centre], "Called") == 404
    assert not Alert.objects.exclude(settled=None).exists()
    assert settle(looking, [north], "Called") == 302


@pytest.mark.parametrize("written", ["x", "-1", "9" * 40, "²"])
def test_what_is_no_number_of_an_alert_is_not_there(
    client: Client, members: list[Membership], written: str
) -> None:
    del members
    assert client.get(f"{AT}alerts/together", {"chosen": written}).status_code == 404
