"""The course of a study and the step that comes next, as its facts and a person's role have it."""

import json
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from tyndau_server.control.models import Counted
from tyndau_server.control.tally import TALLY
from tyndau_server.fieldwork.models import Instrument, Quarantined, Submission
from tyndau_server.jobs.models import Job
from tyndau_server.people.models import Role

from .conftest import BROKEN, BUILT, FICTIONAL, REAL, NewPerson, Own, Serve, SignIn
from .made_up import write_results


def _page(client: Client, slug: str) -> str:
    answer = client.get(f"/en/studies/{slug}/")
    assert answer.status_code == 200
    return answer.content.decode()


def _next(client: Client, slug: str) -> str:
    """Return what is said of the next step."""
    page = _page(client, slug)
    return page[page.index('class="card next"') :].partition("</section>")[0]


def _instrument(state: str) -> Instrument:
    return Instrument.objects.create(
        study=REAL, population="residents", form_id=state, xform=b"<h/>", state=state
    )


def _interviews(of: Instrument, count: int, state: str = "received", **fields: object) -> None:
    for number in range(count):
        name = f"uuid:{state}-{number}-{len(fields)}"
        Submission.objects.create(
            study=REAL, instrument=of, interview=name, instance_id=name, key=name, xml=b"<d/>",
            received=timezone.now(), state=state, **fields,
        )  # fmt: skip


def _counted(target: int, **numbers: int) -> None:
    """Let the worker have counted the field, as `TALLY` names its numbers."""
    made = [numbers.get(name, 0) for name in TALLY]
    line = [0, "1", "centre", "2026-10-01", *made]
    Counted.objects.filter(study=REAL).delete()
    Counted.objects.create(
        study=REAL, population="residents", moment=timezone.now(),
        figures={"target": target, "tallies": [line], "places": {"centre": made}},
    )  # fmt: skip


def _sample(study: Path, interviews: int) -> None:
    (study / "sample").mkdir()
    record = {"territories": [{"interviews": interviews - 1}, {"interviews": 1}]}
    (study / "sample" / "sample.json").write_text(json.dumps(record), "utf-8")


def test_it_works(client: Client, serve: Serve, own: Own, real: Path) -> None:
    study = own(real)
    serve(study)
    said = _next(client, REAL)
    assert "Issue the questionnaires" in said
    assert f'<a class="button" href="/en/studies/{REAL}/field/instruments/">' in said
    assert "tyndau sample" in said
    _sample(study, 3)
    said = _next(client, REAL)
    assert "Issue the questionnaires" in said
    assert "tyndau sample" not in said
    instrument = _instrument("draft")
    assert "Have the questionnaires agreed" in _next(client, REAL)
    instrument.state = "agreed"
    instrument.save()
    assert "Open the field" in _next(client, REAL)
    instrument.state = "field"
    instrument.save()
    assert "Interviews are being collected" in _next(client, REAL)
    _interviews(instrument, 2, "accepted")
    _interviews(instrument, 1)
    said = _next(client, REAL)
    assert "Decide on the interviews that arrived: 1" in said
    assert f"/en/studies/{REAL}/field/" in said
    page = _page(client, REAL)
    assert "Arrived: 3; not counted yet" in page
    _counted(3, done=2, accepted=2, not_eligible=1)
    page = _page(client, REAL)
    assert "Made: 2 of 3; accepted: 2" in page
    assert '<progress max="3" value="2"' in page
    assert "Arrived in all: 3; screened out: 1." in page
    Submission.objects.update(state="accepted")
    assert "Interviews are being collected" in _next(client, REAL), "two of three were made"
    _counted(3, done=3, accepted=3)
    assert "Freeze the wave" in _next(client, REAL)


def test_of_single_interviews_nobody_hears_who_may_not_see_them(
    serve: Serve, person: NewPerson, sign_in: SignIn, real: Path
) -> None:
    serve(real)
    _interviews(_instrument("field"), 2)
    customer = sign_in(person(Role.CUSTOMER, REAL))
    assert "Interviews are being collected" in _next(customer, REAL)
    assert "Decide on" not in customer.get("/en/").content.decode()
    sociologist = sign_in(person(Role.SOCIOLOGIST, REAL))
    assert "Decide on the interviews that arrived: 2" in sociologist.get("/en/").content.decode()


def test_the_list_tells_the_customer_of_the_customers_edition(
    serve: Serve, own: Own, person: NewPerson, sign_in: SignIn, real: Path
) -> None:
    study = own(real)
    write_results(study)
    serve(study)
    customer = sign_in(person(Role.CUSTOMER, REAL))
    assert "Results are built" in sign_in(person(Role.HEAD, REAL)).get("/en/").content.decode()
    assert "Results are built" not in customer.get("/en/").content.decode()
    write_results(study, edition="restricted")
    assert "Results are built" in customer.get("/en/").content.decode()


def test_what_failed_is_not_mended_by_other_work(client: Client, serve: Serve, built: Path) -> None:
    serve(built)
    # A bundle or a wave that could not be made says so on its own page.
    for kind in ("bundle-export", "freeze"):
        Job.objects.create(study=BUILT, kind=kind, state=Job.State.FAILED)
    assert "Look why the work failed" not in _next(client, BUILT)
    Job.objects.create(study=BUILT, kind="build", state=Job.State.FAILED)
    for kind in ("freeze", "bundle-export"):
        Job.objects.create(study=BUILT, kind=kind, state=Job.State.DONE)
    assert "Look why the work failed" in _next(client, BUILT)
    Job.objects.create(study=BUILT, kind="build", state=Job.State.DONE)
    assert "Look why the work failed" not in _next(client, BUILT)


def test_what_cannot_be_read_comes_before_what_can(
    client: Client, serve: Serve, real: Path
) -> None:
    serve(real)
    _interviews(_instrument("field"), 1)
    now = timezone.now()
    Quarantined.objects.create(
        study=REAL, reason="x", digest="d", body_sha256="b", size=1, received=now, last=now
    )
    assert "Look at what could not be read: 1" in _next(client, REAL)
    Quarantined.objects.update(settled=now)
    assert "Decide on the interviews" in _next(client, REAL)


def test_test_interviews_and_versions_that_were_replaced_do_not_count(
    client: Client, serve: Serve, real: Path
) -> None:
    serve(real)
    instrument = _instrument("field")
    _interviews(instrument, 2, pilot=True)
    _interviews(instrument, 2, current=False, pilot=False)
    assert "No interviews yet" in _page(client, REAL)


def test_rejected_interviews_are_not_made(client: Client, serve: Serve, real: Path) -> None:
    serve(real)
    instrument = _instrument("field")
    _interviews(instrument, 3, "rejected")
    _interviews(instrument, 1, "returned")
    _counted(0, done=1, returned=1, rejected=3)
    page = _page(client, REAL)
    assert "Made: 1; accepted: 0" in page
    assert "Arrived in all: 4; rejected: 3." in page


@pytest.mark.parametrize(
    ("slug", "step"),
    [
        (BROKEN, "Correct the workbook"),
        (BUILT, "The results are ready"),
    ],
)
def test_a_study_begins_with_what_it_lacks(
    client: Client, serve: Serve, broken: Path, built: Path, slug: str, step: str
) -> None:
    serve(broken, built)
    assert step in _next(client, slug)


def test_a_fictional_study_is_simulated_by_a_button(
    client: Client, serve: Serve, own: Own, fictional: Path
) -> None:
    study = own(fictional)
    (study / "results" / "2026" / "r1" / "steps.json").unlink()
    serve(study)
    said = _next(client, FICTIONAL)
    assert "Simulate the interviews" in said
    assert f'action="/en/studies/{FICTIONAL}/build"' in said


def test_who_may_not_do_it_is_told_who_does(
    serve: Serve, own: Own, fictional: Path, person: NewPerson, sign_in: SignIn
) -> None:
    study = own(fictional)
    (study / "results" / "2026" / "r1" / "steps.json").unlink()
    serve(study)
    said = _next(sign_in(person("head", FICTIONAL)), FICTIONAL)
    assert "<form" not in said
    assert "Who does it: Sociologist" in said


def test_what_a_wave_shows_to_be_done_is_not_to_come(
    client: Client, serve: Serve, own: Own, real: Path
) -> None:
    study = own(real)
    (study / "waves" / "2026" / "r1").mkdir(parents=True)
    serve(study)
    page = _page(client, REAL)
    course = page[page.index('<ol class="stations">') :].partition("</ol>")[0]
    assert "The plan is not kept here" in course
    assert "The answers did not come through this server" in course
    assert course.count("outside of the server") == 3
    for name in ("Sample", "Questionnaires", "Fieldwork"):
        assert "to come" not in course[course.index(name) :].partition("</li>")[0]


@pytest.mark.parametrize("text", ["", "[]", '{"territories": [{}]}', '{"territories": 5}'])
def test_a_damaged_record_of_the_sample_does_not_hide_the_study(
    client: Client, serve: Serve, own: Own, real: Path, text: str
) -> None:
    study = own(real)
    _sample(study, 3)
    (study / "sample" / "sample.json").write_text(text, "utf-8")
    serve(study)
    assert "Drawn" in _page(client, REAL)


class TestNavigation:
    """The course on every page of a study."""

    def test_the_place_is_marked(self, client: Client, serve: Serve, built: Path) -> None:
        serve(built)
        page = client.get(f"/en/studies/{BUILT}/tables/residents/").content.decode()
        assert f'<a href="/en/studies/{BUILT}/tables/residents/" aria-current="page">' in page

    def test_only_what_a_role_may_open_is_a_link(
        self, serve: Serve, built: Path, person: NewPerson, sign_in: SignIn
    ) -> None:
        serve(built)
        interviewer = sign_in(person("interviewer", BUILT, code="i1"))
        page = _page(interviewer, BUILT)
        assert "Tables" in page
        for hidden in ("tables/", "files/", "jobs/", "team/", "audit/"):
            assert f'href="/en/studies/{BUILT}/{hidden}' not in page

    def test_each_link_of_the_course_opens(
        self, serve: Serve, built: Path, person: NewPerson, sign_in: SignIn
    ) -> None:
        serve(built)
        for role in ("head", "sociologist", "supervisor", "moderator", "customer", "reader"):
            client = sign_in(person(role, BUILT))
            page = _page(client, BUILT)
            shown = page[page.index('class="where"') : page.index("<main")]
            for address in {part.partition('"')[0] for part in shown.split('href="')[1:]}:
                assert client.get(address).status_code == 200, (role, address)

    def test_a_study_is_not_named_to_a_stranger(
        self, serve: Serve, built: Path, person: NewPerson, sign_in: SignIn
    ) -> None:
        serve(built)
        stranger = sign_in(person("sociologist", REAL))
        answer = stranger.get(f"/ru/studies/{BUILT}/")
        assert answer.status_code == 404
        assert "Мнение жителей" not in answer.content.decode()

    def test_a_refusal_inside_a_study_keeps_the_course(
        self, serve: Serve, built: Path, person: NewPerson, sign_in: SignIn
    ) -> None:
        serve(built)
        reader = sign_in(person("reader", BUILT))
        answer = reader.get(f"/ru/studies/{BUILT}/jobs/")
        assert answer.status_code == 403
        assert "Мнение жителей" in answer.content.decode()
