"""Decisions on interviews: taken once, by people, with reasons, never over somebody else's."""

from pathlib import Path

import pytest
from django.test import Client

from tyndau_server.audit.models import Entry
from tyndau_server.fieldwork.models import Decision, Instrument, Submission
from tyndau_server.people.models import Membership, Role

from .conftest import REAL, NewPerson, Serve, SignIn
from .made_field import WHOLE, filled, in_the_field, interviews, send

ADDRESS = f"/en/studies/{REAL}/field/decide"


@pytest.fixture
def form(serve: Serve, real: Path) -> Instrument:
    """Return a questionnaire in the field."""
    serve(real)
    return in_the_field(real)


def _decided() -> list[str]:
    return list(Submission.objects.order_by("pk").values_list("state", flat=True))


def _entries() -> list[str]:
    return list(
        Entry.objects.filter(action__startswith="submission.").values_list("action", flat=True)
    )


def test_it_works(client: Client, form: Instrument) -> None:
    """A decision is a state, a row of history and an entry in the log."""
    made = interviews(REAL, form, 1)[0]
    answer = client.post(ADDRESS, {"chosen": f"{made.pk}:received", "after": "accepted"})
    assert answer.status_code == 302
    assert _decided() == ["accepted"]
    decision = Decision.objects.get()
    assert (decision.before, decision.after, decision.person.name) == (
        "received", "accepted", "Sociologist",
    )  # fmt: skip
    assert Entry.objects.get(action="submission.accepted").subject == made.instance_id


def test_several_at_once_lead_back_to_the_list_as_it_was(client: Client, form: Instrument) -> None:
    made = interviews(REAL, form, 3)
    answer = client.post(
        ADDRESS,
        {
            "chosen": [f"{one.pk}:received" for one in made],
            "after": "returned", "common": "2", "reason": "See question 3",
            "query": "form=residents&state=received", "page": "2",
        },
    )  # fmt: skip
    assert answer["Location"] == (f"/en/studies/{REAL}/field/?state=received&form=residents&page=2")
    assert _decided() == ["returned"] * 3
    reasons = set(Submission.objects.values_list("reason", flat=True))
    assert reasons == {"Answers contradict each other. See question 3"}


@pytest.mark.parametrize("after", ["returned", "rejected"])
def test_without_a_reason_nothing_is_returned_or_rejected(
    client: Client, form: Instrument, after: str
) -> None:
    made = interviews(REAL, form, 2)
    chosen = [f"{one.pk}:received" for one in made]
    answer = client.post(ADDRESS, {"chosen": chosen, "after": after, "reason": "  "})
    assert answer.status_code == 400
    text = answer.content.decode()
    assert "No reason is given." in text
    # What was chosen is not lost: the page asks for the reason alone.
    assert all(f'value="{one}"' in text for one in chosen)
    assert _decided() == ["received"] * 2


def test_a_second_click_changes_nothing(client: Client, form: Instrument) -> None:
    made = interviews(REAL, form, 1)[0]
    sent = {"chosen": f"{made.pk}:received", "after": "rejected", "reason": "Twice"}
    assert client.post(ADDRESS, sent).status_code == 302
    assert client.post(ADDRESS, sent).status_code == 302
    assert Decision.objects.count() == 1
    assert _entries() == ["submission.rejected"]


def test_what_somebody_decided_meanwhile_is_not_overruled(
    client: Client, form: Instrument, person: NewPerson, sign_in: SignIn
) -> None:
    first, second = interviews(REAL, form, 2)
    other = sign_in(person(Role.SUPERVISOR, REAL))
    other.post(
        ADDRESS, {"chosen": f"{first.pk}:received", "after": "rejected", "reason": "Made up"}
    )
    chosen = [f"{first.pk}:received", f"{second.pk}:received"]
    answer = client.post(ADDRESS, {"chosen": chosen, "after": "accepted"})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "supervisor" in text
    assert "Rejected" in text
    # The other one, which nobody touched, is decided.
    assert _decided() == ["rejected", "accepted"]


def test_an_edit_that_came_meanwhile_is_read_first(client: Client, form: Instrument) -> None:
    made = interviews(REAL, form, 1)[0]
    send(REAL, filled(WHOLE, instance="uuid:e", form=form, deprecated=made.instance_id))
    answer = client.post(ADDRESS, {"chosen": f"{made.pk}:received", "after": "accepted"})
    assert answer.status_code == 409
    assert "a new version of it came" in answer.content.decode()
    assert _decided() == ["received", "received"]


def test_somebody_may_decide_otherwise_later(client: Client, form: Instrument) -> None:
    made = interviews(REAL, form, 1)[0]
    client.post(ADDRESS, {"chosen": f"{made.pk}:received", "after": "accepted"})
    client.post(
        ADDRESS, {"chosen": f"{made.pk}:accepted", "after": "rejected", "reason": "Called back"}
    )
    assert _decided() == ["rejected"]
    assert Decision.objects.count() == 2


def test_a_pilot_interview_is_not_accepted(client: Client, form: Instrument) -> None:
    made = interviews(REAL, form, 1)[0]
    Submission.objects.update(pilot=True)
    answer = client.post(ADDRESS, {"chosen": f"{made.pk}:received", "after": "accepted"})
    assert answer.status_code == 409
    assert _decided() == ["received"]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"after": "accepted"}, 400),
        ({"chosen": "x:received", "after": "accepted"}, 400),
        ({"chosen": "1:received", "after": "burnt"}, 400),
        ({"chosen": "1:received"}, 400),
        # One that is not here is passed over.
        ({"chosen": "999999:received", "after": "accepted"}, 302),
        ({"chosen": "1:received", "after": "rejected", "reason": "\0", "common": "99"}, 400),
        ({"after": "accepted", "query": "a=1&" * 2000}, 400),
    ],
)
def test_malformed(client: Client, form: Instrument, sent: dict[str, str], status: int) -> None:
    assert client.post(ADDRESS, sent).status_code == status
    assert Decision.objects.count() == 0


def test_a_supervisor_decides_on_own_territories_alone(
    form: Instrument, person: NewPerson, sign_in: SignIn
) -> None:
    person(Role.INTERVIEWER, REAL, code="i1", territories=["bulak"])
    made = interviews(REAL, form, 1, by=Membership.objects.get(code="i1"))[0]
    browser = sign_in(person(Role.SUPERVISOR, REAL, territories=["north"]))
    browser.post(ADDRESS, {"chosen": f"{made.pk}:received", "after": "accepted"})
    assert _decided() == ["received"]
    near = sign_in(person(Role.SUPERVISOR, REAL, territories=["bulak"]))
    near.post(ADDRESS, {"chosen": f"{made.pk}:received", "after": "accepted"})
    assert _decided() == ["accepted"]


@pytest.mark.parametrize("role", [Role.HEAD, Role.CUSTOMER, Role.INTERVIEWER])
def test_others_decide_nothing(
    form: Instrument, person: NewPerson, sign_in: SignIn, role: str
) -> None:
    made = interviews(REAL, form, 1)[0]
    answer = sign_in(person(role, REAL)).post(
        ADDRESS, {"chosen": f"{made.pk}:received", "after": "accepted"}
    )
    assert answer.status_code == 403
    assert _decided() == ["received"]


def test_looking_decides_nothing(client: Client, form: Instrument) -> None:
    assert client.get(ADDRESS).status_code == 405
