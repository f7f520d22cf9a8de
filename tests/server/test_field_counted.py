"""Facts of interviews, quotas and alerts, as the worker counts them from what phones sent."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tyndau.study import load_study
from tyndau_server import worker
from tyndau_server.control import facts
from tyndau_server.control.alerts import Found, write_alerts
from tyndau_server.control.ask import ask, ask_where_needed, up_to_date
from tyndau_server.control.models import Alert, Assignment, Contact, Counted, Made, Share
from tyndau_server.control.work import bring_up_to_date
from tyndau_server.fieldwork import instruments
from tyndau_server.fieldwork.decide import decide
from tyndau_server.fieldwork.models import Instrument, Submission
from tyndau_server.fieldwork.own_forms import with_files
from tyndau_server.jobs import queue
from tyndau_server.jobs.do import do
from tyndau_server.jobs.models import Job
from tyndau_server.people.models import Membership

from .conftest import REAL, NewPerson, Own, Serve
from .drawn import drawn, interviewer
from .made_field import SCREENED_OUT, WHOLE, filled, in_the_field, send
from .uploading import Design, edited, set_cell

Send = Callable[..., Submission]


@pytest.fixture
def folder(own: Own, real: Path, serve: Serve) -> Path:
    """Return a study whose sample is drawn, served."""
    folder = drawn(own(real))
    serve(folder)
    return folder


@pytest.fixture
def form(folder: Path) -> Instrument:
    """Return its questionnaire, in the field."""
    return in_the_field(folder)


@pytest.fixture
def sent(form: Instrument) -> Send:
    """Return what sends an interview."""

    def make(name: str, by: Membership | None = None, **answers: str) -> Submission:
        of = {**WHOLE, "point": "1", **answers}
        return send(REAL, filled(of, instance=f"uuid:{name}", form=form), by=by)

    return make


def count(folder: Path) -> dict[str, Any]:
    """Let the worker count; return what it says of the whole."""
    bring_up_to_date(load_study(folder), "residents", timezone.now())
    figures: dict[str, Any] = Counted.objects.get(membership=None).figures
    return figures


def work(folder: Path) -> None:
    """Do what waits, as the worker does."""
    job = queue.take([REAL])
    assert job is not None
    do(job, folder, "en")


def quota(figures: dict[str, Any], *codes: str) -> list[int]:
    """Return the numbers of a cell: target, within, over, promised, open, broken."""
    cells = [cell for table in figures["quotas"] for cell in table["cells"]]
    return next(numbers for found, *numbers in cells if found == list(codes))


def test_an_interview_that_came_is_counted_without_anybody_asking(folder: Path, sent: Send) -> None:
    member = interviewer(REAL, "i01")
    submission = sent("a", member, sex="male")
    assert [job.kind for job in Job.objects.all()] == ["field"]
    work(folder)
    made = Made.objects.get()
    assert (made.submission_id, made.membership_id, made.point) == (submission.pk, member.pk, "1")
    assert (made.territory, made.residence, made.outcome) == ("centre", "centre", "complete")
    assert made.cells == ["territory=centre sex=male"]
    assert not Job.objects.exists(), "a field is counted too often to keep each job"


def test_many_arrivals_ask_once(sent: Send) -> None:
    for number in range(5):
        sent(f"{number}")
    assert Job.objects.count() == 1


def test_what_comes_while_the_worker_counts_is_counted_next(folder: Path, sent: Send) -> None:
    sent("a")
    job = queue.take([REAL])
    assert job is not None
    reading = facts.read_facts

    def meanwhile(*given: object, **more: object) -> int:
        read = reading(*given, **more)  # type: ignore[arg-type]
        sent("b")
        return read

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("tyndau_server.control.work.read_facts", meanwhile)
        do(job, folder, "en")
    assert Made.objects.count() == 1
    assert not up_to_date(REAL)
    work(folder)
    assert Made.objects.count() == 2
    assert up_to_date(REAL)


def test_a_pilot_leaves_the_worker_nothing_to_count(folder: Path) -> None:
    """Test interviews are counted by nobody, so that no job follows another for ever."""
    xform, files = with_files(load_study(folder), "residents")
    draft = instruments.issue(REAL, "residents", xform=xform, files=files, by=None)
    form = instruments.set_pilot(draft, True, by=None)
    assert send(REAL, filled(WHOLE, instance="uuid:p", form=form)).pilot
    ask_where_needed([REAL])
    assert not Job.objects.exists()
    ask(REAL)
    work(folder)
    assert not Job.objects.exists()


def test_the_xml_of_an_interview_is_read_once(
    folder: Path, sent: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent("a")
    count(folder)
    read: list[bytes] = []
    reading = facts.read_instance
    monkeypatch.setattr(facts, "read_instance", lambda xml: read.append(xml) or reading(xml))
    sent("b")
    count(folder)
    assert len(read) == 1


def test_an_edit_takes_the_place_of_the_interview(
    folder: Path, form: Instrument, sent: Send
) -> None:
    sent("a", sex="male")
    count(folder)
    edited = filled(
        {**WHOLE, "point": "1", "sex": "female"}, instance="uuid:b", deprecated="uuid:a", form=form
    )
    send(REAL, edited)
    count(folder)
    assert [one.cells for one in Made.objects.all()] == [["territory=centre sex=female"]]


def test_who_was_screened_out_is_no_interview(folder: Path, form: Instrument) -> None:
    send(REAL, filled({**SCREENED_OUT, "age": "34"}, instance="uuid:n", form=form))
    figures = count(folder)
    assert Made.objects.get().outcome == "refused"
    [line] = figures["tallies"]
    assert line[4] == 0, "nothing done"


def test_an_answer_that_the_form_does_not_know_keeps_nothing_from_being_counted(
    folder: Path, sent: Send
) -> None:
    sent("a", sex="martian", territory="centre")
    sent("b", sex="male")
    count(folder)
    assert sorted(map(tuple, Made.objects.values_list("cells", flat=True))) == [
        (), ("territory=centre sex=male",),
    ]  # fmt: skip


def test_what_is_over_a_quota_is_marked_and_kept(folder: Path, sent: Send) -> None:
    for number in range(3):
        sent(f"{number}", sex="female")
    figures = count(folder)
    assert quota(figures, "centre", "female") == [2, 2, 1, 0, 0, 0]
    assert sum(bool(one.over) for one in Made.objects.all()) == 1


def test_a_rejected_interview_gives_its_place_back(
    folder: Path, sent: Send, person: NewPerson
) -> None:
    first, *_ = [sent(f"{number}", sex="female") for number in range(3)]
    count(folder)
    decide(
        {first.pk: "received"}, "rejected", by=person("sociologist", REAL),
        among=Submission.objects.all(), zone=timezone.get_default_timezone(), reason="Not made",
    )  # fmt: skip
    assert not up_to_date(REAL)
    figures = count(folder)
    assert quota(figures, "centre", "female")[:3] == [2, 2, 0]
    assert all(not one.over for one in Made.objects.all())


def test_a_share_is_kept_for_whoever_comes_late(folder: Path, sent: Send) -> None:
    """The cell has room for two; one place is promised to an interviewer who is offline."""
    offline, other = interviewer(REAL, "i01"), interviewer(REAL, "i02")
    of = {"study": REAL, "population": "residents", "cell": "territory=centre sex=female"}
    Share.objects.create(**of, membership=offline, interviews=1)
    for number in range(2):
        sent(f"other-{number}", other, sex="female")
    assert quota(count(folder), "centre", "female") == [2, 1, 1, 1, 0, 0]
    late = sent("late", offline, sex="female")
    assert quota(count(folder), "centre", "female") == [2, 2, 1, 0, 0, 0]
    assert not Made.objects.get(submission=late).over
    left = Counted.objects.get(membership=offline).figures["left"]
    assert left == []


def test_a_new_design_is_counted_anew(folder: Path, sent: Send) -> None:
    sent("a", sex="female")
    assert quota(count(folder), "centre", "female")[0] == 2
    (folder / "sample" / "sample.json").unlink()
    assert quota(count(folder), "female")[0] == 4
    assert Made.objects.get().cells == ["sex=female"]


def test_who_takes_a_design_over_has_the_field_counted_anew(folder: Path, client: Client) -> None:
    """And a design without a field gives the worker nothing to count."""
    design = Design(client, folder)
    design.page()
    content = design.download("study.xlsx", 1)
    design.take(design.send(("study.xlsx", edited(content, set_cell("study", "D2", "Один")))), 1)
    assert not Job.objects.exists()
    in_the_field(folder)
    content = design.download("study.xlsx", 2)
    design.take(
        design.send(("study.xlsx", edited(content, set_cell("study", "D2", "Два"))), base=2), 2
    )
    assert [job.kind for job in Job.objects.all()] == ["field"]


def test_interviews_that_came_with_a_bundle_are_counted_after_it(folder: Path, sent: Send) -> None:
    sent("a")
    Job.objects.all().delete()
    made = Job.objects.create(study=REAL, kind="erase", state=Job.State.RUNNING)
    worker._do(str(made.pk))
    assert Job.objects.filter(state=Job.State.WAITING).get().kind == "field"


def test_rates_are_counted_by_point_interviewer_and_hour_of_the_study(
    folder: Path, sent: Send
) -> None:
    member = interviewer(REAL, "i01")
    sent("a", member)
    noon = timezone.now().replace(hour=4, minute=30)
    for number, outcome in enumerate(["interview", "refused", "refused", "refused", "language"]):
        Contact.objects.create(
            study=REAL, population="residents", uid=str(number), membership=member, point="1",
            moment=noon, outcome=outcome, received=noon,
        )  # fmt: skip
    outcomes = count(folder)["outcomes"]
    assert outcomes["all"]["coop1"] == pytest.approx(1 / 5)
    assert outcomes["point"]["1"]["refusal"] == pytest.approx(3 / 5)
    assert list(outcomes["hour"]) == ["09"], "04:30 in UTC is 09:30 in Almaty"
    assert outcomes["interviewer"][str(member.pk)]["n"] == 5


def test_an_alert_is_raised_once_and_goes_when_it_is_found_no_more() -> None:
    now = timezone.now()
    found = [Found("phone-silent", "a", facts={"hours": 50, "unsent": 1})]
    write_alerts(REAL, "residents", found, now)
    write_alerts(REAL, "residents", found, now + timedelta(hours=1))
    assert Alert.objects.get().raised == now
    write_alerts(REAL, "residents", [], now + timedelta(hours=2))
    assert Alert.objects.get().gone == now + timedelta(hours=2)
    write_alerts(REAL, "residents", found, now + timedelta(hours=3))
    assert Alert.objects.get().gone is None


def test_a_settled_alert_stays_settled(person: NewPerson) -> None:
    now = timezone.now()
    found = [Found("phone-silent", "a", facts={"hours": 50, "unsent": 1})]
    write_alerts(REAL, "residents", found, now)
    Alert.objects.update(settled=now, settled_by=person("supervisor", REAL), note="Called")
    write_alerts(REAL, "residents", [], now)
    write_alerts(REAL, "residents", [Found("phone-silent", "a", facts={"hours": 70})], now)
    one = Alert.objects.get()
    assert (one.gone, one.facts["hours"], one.note) == (None, 50, "Called")


def test_a_phone_that_is_silent_is_looked_at(folder: Path, sent: Send) -> None:
    member = interviewer(REAL, "i01")
    sent("a", member)
    Assignment.objects.create(
        study=REAL, population="residents", membership=member, point="1", interviews=5
    )
    member.tokens.create(digest="d", used=timezone.now() - timedelta(hours=72))
    count(folder)
    alert = Alert.objects.get()
    assert (alert.rule, alert.membership_id, alert.facts["hours"]) == (
        "phone-silent", member.pk, 72,
    )  # fmt: skip


def test_more_promised_than_wanted_is_looked_at(folder: Path, sent: Send) -> None:
    of = {"study": REAL, "population": "residents", "cell": "territory=north sex=female"}
    for code in ("i01", "i02"):
        Share.objects.create(**of, membership=interviewer(REAL, code), interviews=2)
    sent("a")
    count(folder)
    alert = Alert.objects.get()
    assert alert.rule == "promises-exceed"
    assert alert.facts["said"]["en"].startswith("More interviews are promised than wanted, by 2: ")


def test_hours_without_a_break_are_an_alert_with_words_in_every_language(
    folder: Path, sent: Send
) -> None:
    member = interviewer(REAL, "i01")
    sent("a", member)
    begin = timezone.now().replace(hour=5, minute=0, second=0, microsecond=0) - timedelta(days=1)
    for number in range(19):
        moment = begin + timedelta(minutes=10 * number)
        Contact.objects.create(
            study=REAL, population="residents", uid=str(number), membership=member, point="1",
            moment=moment, outcome="refused", received=moment,
        )  # fmt: skip
    count(folder)
    alert = Alert.objects.get(rule="on_end")
    assert (alert.membership_id, alert.day) == (member.pk, begin.date())
    assert "10:00" in alert.facts["said"]["en"], "05:00 in UTC is 10:00 in Almaty"
    assert all(alert.facts["said"].values())
    assert all(alert.facts["next"].values())


def test_the_end_is_forecast_from_the_days_so_far(folder: Path, sent: Send) -> None:
    for number in range(12):
        sent(f"{number}", interviewer(REAL, f"i{number:02d}"))
    count(folder)
    days = [timezone.now().date() - timedelta(days=1 + number % 4) for number in range(12)]
    for one, day in zip(Made.objects.order_by("pk"), days, strict=True):
        Made.objects.filter(pk=one.pk).update(day=day, began=None)
    pace = count(folder)["pace"]
    assert pace["low"] <= pace["expected"] <= pace["high"]
    assert "between" in pace["said"]["en"]
    assert all(pace["said"].values())


def test_an_interview_is_told_by_the_servers_clock(folder: Path, form: Instrument) -> None:
    """By how much its phone was wrong when it was finished, not by what the phone says later."""
    begin = datetime(2026, 10, 1, 5, tzinfo=UTC)
    start, end = (round(1000 * begin.timestamp()) + 60_000 * minute for minute in (60, 69))
    log = f"event,node,start,end\nquestion,/data/age,{start},{end}\n".encode()
    xml = filled({**WHOLE, "point": "1"}, instance="uuid:a", form=form, files=("audit.csv",))
    one = send(REAL, xml, files={"audit.csv": log})
    Submission.objects.filter(pk=one.pk).update(ahead=3600)
    count(folder)
    made = Made.objects.get()
    assert (made.began, made.ended) == (begin, begin + timedelta(minutes=9))
