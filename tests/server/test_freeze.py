"""A wave of accepted interviews: from the phone to tables, whole or not at all."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.test import Client

from tyndau.base.errors import UserError
from tyndau.cli.main import run
from tyndau.fieldwork.fictional import copy_to_fictional_city
from tyndau.fieldwork.simulation import simulate
from tyndau.interchange.into_wave import freeze_into
from tyndau.reporting.build import build
from tyndau.study import load_study
from tyndau.waves import list_revisions, list_waves, read_wave
from tyndau_server.audit.models import Entry
from tyndau_server.fieldwork import freeze
from tyndau_server.fieldwork.freeze import freeze_wave
from tyndau_server.fieldwork.models import Instrument, Submission
from tyndau_server.fieldwork.work import freeze_interviews
from tyndau_server.jobs.models import Job
from tyndau_server.people.models import Role

from .conftest import REAL, NewPerson, Own, Serve, SignIn
from .field import interviewer
from .live import Server
from .made_field import (
    SCREENED_OUT,
    WHOLE,
    filled,
    in_the_field,
    interviews,
    send,
    upload,
)
from .test_submission import HOUSEHOLD

AT = f"/en/studies/{REAL}/field/freeze"
CITY = Path(__file__).parents[2] / "studies" / "taraz-2026"


@pytest.fixture
def study(own: Own, real: Path, serve: Serve) -> Path:
    """Return a study of one's own, served."""
    folder = own(real)
    serve(folder)
    return folder


@pytest.fixture
def form(study: Path) -> Instrument:
    """Return its questionnaire, in the field."""
    return in_the_field(study)


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """Return a study whose points are drawn, of a city that does not exist."""
    folder = tmp_path / "city"
    copy_to_fictional_city(load_study(CITY), folder)
    return folder


@pytest.fixture
def phones(city: Path, fictional: Path, tmp_path: Path) -> Iterator[Server]:
    """Return a server for phones of that study, which finds nothing to simulate or to build."""
    served = Path(shutil.copytree(fictional, tmp_path / "served" / city.name))
    (served / "waves" / "2026" / "r1").mkdir(parents=True)
    running = Server({"TYNDAU_STUDIES": str(served)})
    yield running.start()
    running.kill()


def _accept(**which: object) -> None:
    Submission.objects.filter(**which).update(state="accepted")


def _code(error: UserError) -> str:
    return error.problems[0].kind.code


def test_it_works(study: Path, form: Instrument) -> None:
    """What phones sent and somebody accepted is a wave, and its tables are built."""
    made = interviews(REAL, form, 40)
    made.append(send(REAL, filled(SCREENED_OUT, instance="uuid:out", form=form)))
    _accept()
    frozen = freeze_wave(load_study(study), "2026-q4", by=None)
    frame = read_wave(study, "2026-q4").frames["residents"]
    assert frozen.rows == {"residents": 41}
    assert list(frame.keys) == [one.key for one in made]
    assert frame["age"].values[0] == 20
    # Who was screened out was not asked of the city, and is in the wave.
    assert not frame["problems"].asked[40]
    assert build(study, only=("tables",), languages=("ru",)).built


def test_a_city_drawn_by_points_goes_from_phones_to_tables(
    serve: Serve, city: Path, phones: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    """Simulated interviews, sent as phones do: nothing of the sample has to be added by hand."""
    address = f"{phones.address}k/{interviewer(study=city.name)}"
    asked = ["simulate", "--interviews", "40", "--seed", "1", "--through", address, str(city)]
    assert run(asked, language="en") == 9
    assert "fieldwork.not-offered" in capsys.readouterr().err
    serve(city)
    in_the_field(city)
    for _ in range(2):  # the second time nothing is doubled
        assert run(asked, language="en") == 0
    simulated = simulate(load_study(city), 40, 1).frames["residents"]
    said = capsys.readouterr().out
    assert f"Sent: interviews {len(simulated)}, of which the server has {len(simulated)}." in said
    assert "does not get these questionnaires: ngo, satisfaction" in said
    assert not list_waves(city)
    assert Submission.objects.count() == len(simulated)
    _accept()
    freeze_wave(load_study(city), "2026-q4", by=None)
    frame = read_wave(city, "2026-q4").frames["residents"]
    for name in ("problems", "age", "age_group", "problem_words", "point", "point_territory"):
        np.testing.assert_array_equal(frame[name].values, simulated[name].values, name)
    assert build(city, only=("tables",), languages=("kk",)).built


def test_the_manifest_says_of_what_it_was_made(study: Path, form: Instrument) -> None:
    made = interviews(REAL, form, 4)
    _accept(pk__in=[one.pk for one in made[:2]])
    Submission.objects.filter(pk=made[2].pk).update(state="rejected")
    Submission.objects.filter(pk=made[3].pk).update(pilot=True)
    freeze_wave(load_study(study), "w", by=None)
    source = read_wave(study, "w").manifest.provenance["imports"]["residents"]
    assert source["format"] == "submissions"
    assert source["instruments"] == [
        {
            "form_id": form.form_id, "version": form.version, "sha256": form.sha256,
            "agreed_sha256": form.agreed_sha256,
        }
    ]  # fmt: skip
    assert source["counts"] == {"accepted": 2, "rejected": 1}
    keys = "".join(f"{key}\n" for key in sorted(one.key for one in made[:2]))
    assert source["keys_sha256"] == hashlib.sha256(keys.encode()).hexdigest()
    assert Entry.objects.get(action="wave.frozen").subject == "w/r1"


def test_no_wave_stands_of_which_the_log_knows_nothing(
    study: Path, form: Instrument, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Die right after the revision came to stand in its place."""

    def dying(*given: Any, **more: Any) -> None:
        freeze_into(*given, **more)
        raise KeyboardInterrupt

    interviews(REAL, form, 2)
    _accept()
    monkeypatch.setattr(freeze, "freeze_into", dying)
    with pytest.raises(KeyboardInterrupt):
        freeze_wave(load_study(study), "w", by=None)
    assert list_waves(study) == ["w"]
    entry = Entry.objects.get(action="wave.freezing")
    assert (entry.subject, entry.details["interviews"]) == ("w", {"residents": 2})


def test_an_edit_keeps_the_key_of_its_row(study: Path, form: Instrument) -> None:
    first = interviews(REAL, form, 1)[0]
    edit = {**WHOLE, "age": "77"}
    send(REAL, filled(edit, instance="uuid:e", form=form, deprecated=first.instance_id))
    _accept(current=True)
    freeze_wave(load_study(study), "w", by=None)
    frame = read_wave(study, "w").frames["residents"]
    assert list(frame.keys) == [first.key]
    assert frame["age"].values[0] == 77


def test_somebody_has_to_decide_first(study: Path, form: Instrument) -> None:
    made = interviews(REAL, form, 3)
    _accept(pk=made[0].pk)
    Submission.objects.filter(pk=made[1].pk).update(state="returned")
    with pytest.raises(UserError) as raised:
        freeze_wave(load_study(study), "w", by=None)
    assert _code(raised.value) == "fieldwork.undecided"
    assert "yet: 1; returned and not corrected: 1." in str(raised.value)
    assert list_waves(study) == []
    frozen = freeze_wave(load_study(study), "w", by=None, without_undecided=True)
    assert frozen.rows == {"residents": 1}


def test_without_accepted_interviews_there_is_no_wave(study: Path, form: Instrument) -> None:
    made = interviews(REAL, form, 2)
    _accept(pk=made[0].pk)
    Submission.objects.filter(pk=made[0].pk).update(complete=False)
    with pytest.raises(UserError) as raised:
        freeze_wave(load_study(study), "w", by=None, without_undecided=True)
    assert _code(raised.value) == "fieldwork.nothing-accepted"
    assert list_waves(study) == []


def test_incomplete_interviews_stay_out_and_are_told(study: Path, form: Instrument) -> None:
    made = interviews(REAL, form, 2)
    _accept()
    Submission.objects.filter(pk=made[0].pk).update(complete=False)
    frozen = freeze_wave(load_study(study), "w", by=None)
    assert frozen.rows == {"residents": 1}
    assert next(one.kind.code for one in frozen.problems) == "fieldwork.incomplete"


def test_faults_name_their_interviews_and_nothing_is_half_frozen(
    study: Path, form: Instrument
) -> None:
    interviews(REAL, form, 2)
    send(REAL, filled({**WHOLE, "sex": "martian"}, instance="uuid:bad-1", form=form))
    send(REAL, filled({**WHOLE, "age": "many"}, instance="uuid:bad-2", form=form))
    _accept()
    with pytest.raises(UserError) as raised:
        freeze_wave(load_study(study), "w", by=None)
    places = {one.place.file for one in raised.value.problems}
    assert places == {"residents, uuid:bad-1", "residents, uuid:bad-2"}
    assert list_waves(study) == []
    assert not (study / "waves").exists() or not list((study / "waves").iterdir())


def test_a_wave_that_is_there_gets_a_revision(study: Path, form: Instrument) -> None:
    made = interviews(REAL, form, 2)
    _accept(pk=made[0].pk)
    loaded = load_study(study)
    freeze_wave(loaded, "w", by=None, without_undecided=True)
    _accept()
    with pytest.raises(UserError) as raised:
        freeze_wave(loaded, "w", by=None)
    assert _code(raised.value) == "fieldwork.wave-there"
    frozen = freeze_wave(loaded, "w", by=None, revise=True)
    assert (frozen.wave.revision, frozen.wave.manifest.parent) == (2, "r1")
    assert len(read_wave(study, "w", 1).frames["residents"]) == 1
    assert len(read_wave(study, "w", 2).frames["residents"]) == 2


def test_questions_of_another_version_are_named(study: Path, form: Instrument) -> None:
    """An answer that the study's form has no place for is not lost silently."""
    older = bytes(form.xform).replace(b'version="2026-05-01"', b'version="old"')
    older = older.replace(b"life_change", b"life_was")
    old = upload(REAL, "residents", older)
    answers = {**WHOLE, "life_was": "better"}
    del answers["life_change"]
    xml = filled(answers, instance="uuid:o", form=old)
    send(REAL, xml.replace(b"<life_was>better</life_was>", b""))
    _accept()
    loaded = load_study(study)
    with pytest.raises(UserError) as raised:
        freeze_wave(loaded, "w", by=None)
    assert _code(raised.value) == "fieldwork.other-variables"
    assert "life_was" in str(raised.value)
    frozen = freeze_wave(loaded, "w", by=None, ignore=["life_was"])
    assert frozen.rows == {"residents": 1}


def test_forms_of_others_have_no_place_and_are_told(study: Path, form: Instrument) -> None:
    interviews(REAL, form, 1)
    upload(REAL, "household", HOUSEHOLD)
    send(
        REAL,
        b'<data id="household" version="1"><meta><instanceID>uuid:h</instanceID></meta></data>',
    )
    _accept()
    frozen = freeze_wave(load_study(study), "w", by=None)
    assert list(frozen.wave.frames) == ["residents"]
    assert "fieldwork.foreign-form" in {one.kind.code for one in frozen.problems}


class TestPage:
    """The button, which makes a job."""

    def test_it_works(self, client: Client, study: Path, form: Instrument) -> None:
        interviews(REAL, form, 2)
        _accept()
        assert "<td" in client.get(AT).content.decode()
        answer = client.post(AT, {"wave": "2026-q4"}, follow=True)
        assert "Wave 2026-q4 is being frozen." in answer.content.decode()
        assert "Waiting for its turn" in answer.content.decode()
        job = Job.objects.get(kind="freeze")
        job.attempts = 1
        freeze_interviews(job, study)
        assert list_waves(study) == ["2026-q4"]
        # Tables are asked for next.
        assert Job.objects.filter(kind="build").exists()
        # A worker that died after the wave was frozen does not freeze another revision.
        job.attempts = 2
        job.arguments["revise"] = True
        freeze_interviews(job, study)
        assert list_revisions(study, "2026-q4") == [1]

    def test_it_says_how_many_go_in_and_proposes_a_free_name(
        self, client: Client, study: Path, form: Instrument
    ) -> None:
        made = interviews(REAL, form, 3)
        _accept(pk=made[0].pk)
        text = client.get(AT).content.decode()
        assert "Go into the wave: 1 of 3 that came." in text
        proposed = re.search(r"such as (\d{4}-q[1-4])\.", text)
        assert proposed
        (study / "waves" / proposed[1] / "r1").mkdir(parents=True)
        assert f"such as {proposed[1]}-2." in client.get(AT).content.decode()

    def test_a_second_click_asks_once(self, client: Client, form: Instrument) -> None:
        interviews(REAL, form, 1)
        _accept()
        for _ in range(2):
            client.post(AT, {"wave": "w"})
        assert Job.objects.filter(kind="freeze").count() == 1
        answer = client.post(AT, {"wave": "another"}, follow=True)
        assert "Another wave is being frozen" in answer.content.decode()

    @pytest.mark.parametrize(
        ("sent", "words"),
        [
            ({"wave": "../x"}, "cannot be the name of a wave"),
            ({"wave": ""}, "cannot be the name of a wave"),
            ({}, "cannot be the name of a wave"),
            ({"wave": "w"}, "on which nobody decided"),
        ],
    )
    def test_what_cannot_be_frozen_says_why(
        self, client: Client, form: Instrument, sent: dict[str, str], words: str
    ) -> None:
        made = interviews(REAL, form, 2)
        _accept(pk=made[0].pk)
        answer = client.post(AT, sent)
        assert answer.status_code == 409
        assert words in answer.content.decode()
        assert not Job.objects.filter(kind="freeze").exists()

    def test_undecided_are_left_out_on_purpose(self, client: Client, form: Instrument) -> None:
        made = interviews(REAL, form, 2)
        _accept(pk=made[0].pk)
        text = client.get(AT).content.decode()
        assert "Freeze without those that are not decided: 1" in text
        answer = client.post(AT, {"wave": "w", "without_undecided": "yes"})
        assert answer.status_code == 302

    def test_nothing_stands_ready(self, client: Client, form: Instrument) -> None:
        assert "Nothing stands ready" in client.get(AT).content.decode()

    @pytest.mark.parametrize("role", [Role.HEAD, Role.SUPERVISOR, Role.CUSTOMER])
    def test_others_may_not(
        self, person: NewPerson, sign_in: SignIn, form: Instrument, role: str
    ) -> None:
        assert sign_in(person(role, REAL)).post(AT, {"wave": "w"}).status_code in (302, 403)
        assert not Job.objects.filter(kind="freeze").exists()


def test_the_command_freezes_what_the_server_holds(study: Path, form: Instrument) -> None:
    """``tyndau freeze`` reads the same database."""
    interviews(REAL, form, 2)
    command = [sys.executable, "-c", "from tyndau_server.commands.freeze import make; make('en')()"]

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*command, *arguments], capture_output=True, text=True, env=dict(os.environ),
            cwd=Path(__file__).parents[2],
        )  # fmt: skip

    refused = run(str(study), "--wave", "w")
    assert refused.returncode != 0
    assert "fieldwork.nothing-accepted" in refused.stderr
    assert list_waves(study) == []
    _accept()
    done = run(str(study), "--wave", "w", "--json")
    assert json.loads(done.stdout)["rows"] == {"residents": 2}
    assert list_waves(study) == ["w"]
