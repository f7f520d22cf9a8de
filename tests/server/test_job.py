"""``.../build`` and ``.../progress``: asking for results, and how far they are."""

from pathlib import Path

from django.test import Client

from tyndau.base.languages import Text
from tyndau_server.jobs import queue
from tyndau_server.jobs.models import Job
from tyndau_server.people.models import Role

from .conftest import NewPerson, Serve, SignIn


def test_it_works(client: Client, serve: Serve, fictional: Path) -> None:
    serve(fictional)
    answer = client.post("/ru/studies/made-up-city/build")
    assert (answer.status_code, answer["Location"]) == (302, "/ru/studies/made-up-city/")
    assert [job.kind for job in Job.objects.order_by("id")] == [
        "simulate",
        "build",
        "build-outside",
    ]


def test_asking_twice_is_asking_once(client: Client, serve: Serve, fictional: Path) -> None:
    serve(fictional)
    for _ in range(3):
        client.post("/ru/studies/made-up-city/build")
    assert Job.objects.count() == 3


def test_nothing_is_built_that_cannot_be(
    client: Client, serve: Serve, real: Path, broken: Path
) -> None:
    serve(real, broken)
    client.post("/ru/studies/my-city/build")
    client.post("/ru/studies/broken-city/build")
    assert not Job.objects.exists()


def test_looking_changes_nothing(client: Client, serve: Serve, fictional: Path) -> None:
    serve(fictional)
    assert client.get("/ru/studies/made-up-city/build").status_code == 405
    assert not Job.objects.exists()


def test_a_form_of_another_site_is_refused(
    serve: Serve, fictional: Path, person: NewPerson, sign_in: SignIn
) -> None:
    serve(fictional)
    strict = sign_in(person(Role.SOCIOLOGIST, "made-up-city"), enforce_csrf_checks=True)
    answer = strict.post("/ru/studies/made-up-city/build")
    assert answer.status_code == 403
    assert "Запрос не принят" in answer.content.decode()
    assert not Job.objects.exists()


def test_an_unknown_study(client: Client, serve: Serve, real: Path) -> None:
    serve(real)
    assert client.post("/ru/studies/nowhere/build").status_code == 404
    assert client.get("/ru/studies/nowhere/progress").status_code == 404


def test_progress_is_told_in_the_language_of_the_page(
    client: Client, serve: Serve, fictional: Path
) -> None:
    serve(fictional)
    queue.enqueue("made-up-city", "build")
    job = queue.take(["made-up-city"])
    assert job is not None
    queue.tell(job, 1, 4, Text("Жасы", "Возраст"))
    told = client.get("/kk/studies/made-up-city/progress?key=working")
    assert 'value="25"' in told.content.decode()
    assert "Жасы" in told.content.decode()
    assert "<html" not in told.content.decode()
    assert "no-store" in told["Cache-Control"]
    english = client.get("/en/studies/made-up-city/progress?key=working").content.decode()
    assert "Возраст" in english


def test_a_page_that_shows_an_older_state_is_loaded_again(
    client: Client, serve: Serve, fictional: Path
) -> None:
    serve(fictional)
    queue.enqueue("made-up-city", "build")
    waits = client.get("/kk/studies/made-up-city/progress?key=waiting")
    assert "HX-Refresh" not in waits
    queue.take(["made-up-city"])
    assert client.get("/kk/studies/made-up-city/progress?key=waiting")["HX-Refresh"] == "true"
