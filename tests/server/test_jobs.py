"""``.../jobs/`` and ``.../jobs/NUMBER/retry``: the work on a study, and trying it again."""

from pathlib import Path

import pytest
from django.test import Client

from tyndau.base.errors import Place
from tyndau.base.languages import N_
from tyndau.interchange.problems import UNKNOWN_CODE
from tyndau.reporting.problems import STALE_NUMBER
from tyndau.study.problems import NO_FORMS
from tyndau_server.jobs import queue
from tyndau_server.jobs.models import Job
from tyndau_server.people.models import Person, Role

from .conftest import FICTIONAL, NewPerson, Serve, SignIn

JOBS = f"/ru/studies/{FICTIONAL}/jobs/"


def _failed() -> Job:
    queue.enqueue(FICTIONAL, "build", arguments={"edition": "public"})
    job = queue.take([FICTIONAL])
    assert job is not None
    queue.fail(job, [NO_FORMS.at()])
    return job


def test_it_works(client: Client, serve: Serve, fictional: Path) -> None:
    serve(fictional)
    job = _failed()
    page = client.get(JOBS).content.decode()
    assert "study.no-forms" in page
    assert "Что делать" in page
    assert f"{JOBS}{job.id}/retry" in page
    assert f"<dt>Номер задания</dt><dd>{job.id}</dd>" in page


def test_failed_work_is_tried_again_once(client: Client, serve: Serve, fictional: Path) -> None:
    serve(fictional)
    job = _failed()
    for _ in range(2):
        answer = client.post(f"{JOBS}{job.id}/retry")
        assert (answer.status_code, answer["Location"]) == (302, JOBS)
    again = Job.objects.exclude(id=job.id).get()
    assert (again.kind, again.arguments, again.state) == (job.kind, job.arguments, "waiting")
    assert again.asked_by is not None
    page = client.get(JOBS).content.decode()
    assert 'role="status"' in page, "what was done is said once"
    assert "/retry" not in page, "nothing is to be tried while it waits"
    assert 'role="status"' not in client.get(JOBS).content.decode()


def test_work_that_did_not_fail_is_not_asked_for_again(
    client: Client, serve: Serve, fictional: Path
) -> None:
    serve(fictional)
    queue.enqueue(FICTIONAL, "build")
    job = queue.take([FICTIONAL])
    assert job is not None
    queue.finish(job)
    client.post(f"{JOBS}{job.id}/retry")
    assert Job.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "told"),
    [(Role.SOCIOLOGIST, True), (Role.HEAD, False), (None, False)],
)
def test_single_interviews_are_named_to_the_sociologist_alone(
    role: Role | None, told: bool,
    serve: Serve, fictional: Path, person: NewPerson, sign_in: SignIn,
) -> None:  # fmt: skip
    serve(fictional)
    queue.enqueue(FICTIONAL, "freeze")
    job = queue.take([FICTIONAL])
    assert job is not None
    queue.fail(
        job,
        [
            UNKNOWN_CODE.at(
                Place("residents, uuid:77"), value="martian", variable="sex", codes=["male"], rows=1
            )
        ],
    )
    keeper = Person.objects.create(name="K", email="k@tyndau.example", administrator=True)
    browser = sign_in(person(role, FICTIONAL) if role else keeper)
    page = browser.get(JOBS).content.decode()
    assert ("uuid:77" in page, "martian" in page) == (told, told)
    assert ("server.told-to-others" in page) is not told
    assert "martian" not in browser.get(f"/ru/studies/{FICTIONAL}/").content.decode()


@pytest.mark.parametrize(
    ("role", "told"),
    [(Role.SOCIOLOGIST, True), (Role.HEAD, True), (Role.SUPERVISOR, False), (Role.CUSTOMER, False)],
)
def test_numbers_of_the_master_stay_in_the_office(
    role: Role, told: bool, serve: Serve, fictional: Path, person: NewPerson, sign_in: SignIn
) -> None:
    """A build that stops at a stale number says what the number is now."""
    serve(fictional)
    queue.enqueue(FICTIONAL, "build")
    job = queue.take([FICTIONAL])
    assert job is not None
    stale = STALE_NUMBER.at(Place("text/ru/1.md"), written="12", reference="q1", present="3")
    queue.fail(job, [stale])
    page = sign_in(person(role, FICTIONAL)).get(f"/ru/studies/{FICTIONAL}/").content.decode()
    assert ("text/ru/1.md" in page) is told
    assert ("server.told-to-others" in page) is not told


def test_progress_is_shown(client: Client, serve: Serve, fictional: Path) -> None:
    serve(fictional)
    queue.enqueue(FICTIONAL, "build")
    job = queue.take([FICTIONAL])
    assert job is not None
    queue.tell(job, 1, 4, N_("Finished"))
    page = client.get(JOBS).content.decode()
    assert 'value="25"' in page
    assert 'hx-trigger="every 2s"' in page


def test_a_study_without_work_says_so(client: Client, serve: Serve, fictional: Path) -> None:
    serve(fictional)
    assert 'class="empty"' in client.get(JOBS).content.decode()


def test_who_may(serve: Serve, fictional: Path, person: NewPerson, sign_in: SignIn) -> None:
    serve(fictional)
    job = _failed()
    head = sign_in(person("head", FICTIONAL))
    assert "/retry" not in head.get(JOBS).content.decode()
    assert head.post(f"{JOBS}{job.id}/retry").status_code == 403
    assert sign_in(person("interviewer", FICTIONAL, code="i1")).get(JOBS).status_code == 403
    assert sign_in(person("sociologist", "elsewhere")).get(JOBS).status_code == 404


def test_a_job_of_another_study_or_none(
    client: Client, serve: Serve, fictional: Path, real: Path
) -> None:
    serve(fictional, real)
    job = _failed()
    assert client.post(f"/ru/studies/{real.name}/jobs/{job.id}/retry").status_code == 404
    assert client.post(f"{JOBS}{job.id + 1}/retry").status_code == 404
    assert client.post(f"{JOBS}x/retry").status_code == 404
