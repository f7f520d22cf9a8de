"""The pages that are looked at in Chromium, and the world in which they stand.

Add a line to `PAGES` for each distinct page of yours: its name, its address after the language, and
who looks at it. What it shows is put into the database by `fill`, which runs in a process of its
own with the data folder of the server: ``python pages.py STUDY`` prints each person's session.
With TYNDAU_PICTURES=FOLDER the tests of `test_browser` leave a picture of each page there.
"""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tyndau_server.fieldwork.models import Instrument, Submission
    from tyndau_server.people.models import Membership, Person


@dataclass(frozen=True)
class Shown:
    """A page: its name, its address after the language, and who looks at it."""

    name: str
    path: str
    who: str = "sociologist"


NOBODY = ""
PAGES = (
    Shown("sign-in", "/sign-in", NOBODY),
    Shown("studies", "/"),
    Shown("no-studies", "/", "newcomer"),
    Shown("study", "/studies/made-up-city/"),
    Shown("study-in-field", "/studies/my-city/"),
    Shown("study-of-a-customer", "/studies/my-city/", "customer"),
    Shown("study-broken", "/studies/broken-city/"),
    Shown("questions", "/studies/made-up-city/tables/residents/?search=а"),
    Shown("table", "/studies/made-up-city/tables/residents/?question=q1_heard&banner=1"),
    Shown("jobs", "/studies/made-up-city/jobs/"),
    Shown("no-jobs", "/studies/broken-city/jobs/"),
    Shown("account", "/account/"),
    Shown("account-new", "/account/", "newcomer"),
    Shown("persons", "/persons/", "administrator"),
    Shown("person", "/persons/2/", "administrator"),
    Shown("team", "/studies/my-city/team/"),
    Shown("member", "/studies/my-city/team/2/"),
    Shown("phone", "/studies/my-city/team/tokens/1/"),
    Shown("invite", "/studies/my-city/team/invite"),
    Shown("interviewer", "/studies/my-city/team/interviewer"),
    Shown("link-dead", "/links/none", NOBODY),
    Shown("second-factor-new", "/second-factor/new", "newcomer"),
    Shown("audit", "/studies/my-city/audit/"),
    Shown("design", "/studies/my-city/design/"),
    Shown("design-version", "/studies/my-city/design/versions/1"),
    Shown("design-compare", "/studies/my-city/design/compare"),
    Shown("bundle", "/studies/my-city/bundle/"),
    Shown("bundles", "/bundles/", "administrator"),
    Shown("instruments", "/studies/my-city/field/instruments/"),
    Shown("submissions", "/studies/my-city/field/"),
    Shown("submission", "/studies/my-city/field/60/"),
    Shown("quarantine", "/studies/my-city/field/quarantine/"),
    Shown("quarantined", "/studies/my-city/field/quarantine/1/"),
    Shown("sheets", "/studies/my-city/field/paper/"),
    Shown("no-sheets", "/studies/made-up-city/field/paper/"),
    Shown("unsent", "/studies/my-city/field/unsent"),
    Shown("links", "/studies/my-city/field/links/"),
    Shown("no-links", "/studies/made-up-city/field/links/"),
    Shown("poster", "/studies/my-city/field/links/1/poster"),
    Shown("sheet-entry", "/studies/my-city/field/paper/1/entry"),
    Shown("sheet", "/studies/my-city/field/paper/2/"),
    Shown("withdrawals", "/studies/my-city/field/withdrawals/"),
    Shown("no-withdrawals", "/studies/made-up-city/field/withdrawals/"),
    Shown("withdrawn", "/studies/my-city/field/59/"),
    Shown("field", "/studies/my-city/field/today/"),
    Shown("field-by-interviewer", "/studies/my-city/field/today/?by=interviewer"),
    Shown("field-phones", "/studies/my-city/field/today/?by=phone"),
    Shown("field-hours", "/studies/my-city/field/today/?by=hour"),
    Shown("no-field", "/studies/made-up-city/field/today/"),
    Shown("field-progress", "/studies/my-city/field/progress/", "customer"),
    Shown("assignments", "/studies/my-city/field/assignments/"),
    Shown("assignments-of-one", "/studies/my-city/field/assignments/?interviewer=7"),
    Shown("assignments-of-a-point", "/studies/my-city/field/assignments/?point=3"),
    Shown("pay", "/studies/my-city/field/pay/"),
    Shown("papers", "/studies/my-city/field/papers/"),
    Shown("papers-of-an-administrator", "/studies/my-city/field/papers/", "administrator"),
    Shown("no-papers", "/studies/made-up-city/field/papers/"),
    Shown("no-assignments", "/studies/made-up-city/field/assignments/"),
    Shown("assignments-plan", "/studies/my-city/field/assignments/plan"),
    Shown("assignments-day", "/studies/my-city/field/assignments/day"),
    Shown("alerts", "/studies/my-city/field/alerts/"),
    Shown("alert", "/studies/my-city/field/alerts/1/"),
    Shown("alerts-together", "/studies/my-city/field/alerts/together?chosen=1&chosen=2"),
    Shown("questions", "/studies/my-city/field/questions/"),
    Shown("question", "/studies/my-city/field/questions/1/"),
    Shown("freeze", "/studies/my-city/field/freeze"),
    Shown("new-study", "/new-study", "administrator"),
    Shown("refused", "/studies/my-city/jobs/", "customer"),
    Shown("missing", "/studies/nowhere/"),
)
STUDIES = ("made-up-city", "my-city", "broken-city")


def fill(folder: Path) -> Mapping[str, str]:
    """Put persons, and interviews of a study, into the database; return the persons' sessions."""
    from tyndau_server.people.models import Membership, Person

    names = {
        "sociologist": "Әсел Қабдешова",
        "customer": "Сергей Константинович Преображенский-Северный",
        "administrator": "Нұрлан Өмірбеков",
        "newcomer": "Гүлнәр",
    }
    sessions = {}
    for who, name in names.items():
        person = Person.objects.create(
            email=f"{who}@tyndau.example", name=name, administrator=who == "administrator"
        )
        if who in ("sociologist", "customer"):
            for study in STUDIES:
                Membership.objects.create(person=person, study=study, role=who)
        sessions[who] = _session(person)
    _work_in_the_field(folder, Person.objects.get(email__startswith="sociologist"))
    return sessions


def _work_in_the_field(folder: Path, sociologist: "Person") -> None:
    """Send interviews of a study, decide on some; one arrival cannot be read."""
    from made_field import in_the_field, interviews, send  # of this folder

    from tyndau_server.fieldwork.models import Submission
    from tyndau_server.fieldwork.refusals import Refused
    from tyndau_server.people.models import Membership, Person

    interviewer = Person.objects.create(name="Әйгерім Оразғалиева")
    member = Membership.objects.create(
        person=interviewer, study=folder.name, role="interviewer", code="i07"
    )
    _photographed(folder, member)
    sent = interviews(folder.name, in_the_field(folder), 60, by=member)
    keys = [one.pk for one in sent]
    Submission.objects.filter(pk__in=keys[:45]).update(state="accepted")
    Submission.objects.filter(pk__in=keys[45:48]).update(state="rejected")
    _sheets_of_paper(sent[0].instrument, member, sociologist)
    _under_way(folder, member)
    _links()
    _withdrawals(sent[57:59], sociologist)
    with contextlib.suppress(Refused):
        send(folder.name, b"<data", by=member)
    _without_breaks(folder, member)


def _without_breaks(folder: Path, member: "Membership") -> None:
    """Let several work without a break on one day, and one of them on others."""
    from django.utils import timezone

    from tyndau.study import load_study
    from tyndau_server.control.models import Contact
    from tyndau_server.control.work import bring_up_to_date
    from tyndau_server.people.models import Membership, Person

    now = timezone.now()
    others = [
        Membership.objects.create(
            person=Person.objects.create(name=name), study=folder.name, role="interviewer",
            code=f"i2{number}",
        )
        for number, name in enumerate(("Бауыржан Тоқтамысұлы", "Анна-Мария Константинопольская"))
    ]  # fmt: skip
    days = [(one, 2) for one in (member, *others)] + [(member, day) for day in (5, 6)]
    for who, ago in days:
        begin = now.replace(hour=4, minute=0) - timezone.timedelta(days=ago)
        for number in range(17):
            moment = begin + timezone.timedelta(minutes=10 * number)
            Contact.objects.create(
                study=folder.name, population="residents", uid=f"{who.code} {ago} {number}",
                membership=who, point="4", moment=moment, received=moment, outcome="refused",
            )  # fmt: skip
    bring_up_to_date(load_study(folder), "residents", now)


def _photographed(folder: Path, member: "Membership") -> None:
    """Keep a photo of an interviewer, none of another with a long name."""
    from drawn import face  # of this folder

    from tyndau.reporting.photos import prepare_photo
    from tyndau_server.people.models import Membership, Person
    from tyndau_server.people.photos import keep_photo

    photo = prepare_photo(face(), member.code)
    assert isinstance(photo, bytes)
    keep_photo(member, photo)
    person = Person.objects.create(name="Ғабдұллаұлы Жәңгірхан-Мұхаммед Өмірсейітұлы")
    Membership.objects.create(person=person, study=folder.name, role="interviewer", code="i08")


def _withdrawals(sent: "Sequence[Submission]", sociologist: "Person") -> None:
    """Withdraw interviews; one of them is erased to the end."""
    from django.utils import timezone

    from tyndau.fieldwork.openrosa import withdrawal_code
    from tyndau_server.fieldwork.models import Quarantined, Submission, Withdrawal
    from tyndau_server.fieldwork.withdraw import withdraw

    for one in sent:
        withdraw(
            one.interview, study="my-city", typed=withdrawal_code(one.interview),
            reason="Респондент 14 қазанда телефон арқылы өтінді", by=sociologist,
            among=Submission.objects.all(), quarantined=Quarantined.objects.all(),
        )  # fmt: skip
    done = Withdrawal.objects.filter(interview=sent[0].interview)
    done.update(erased=timezone.now(), waves=["2026-q3/r1", "2026-q3/r2"])


def _under_way(folder: Path, member: "Membership") -> None:
    """Send the interviewer to a point, let the phone tell and ask, and count all of it."""
    from django.utils import timezone

    from tyndau.study import load_study
    from tyndau_server.control.models import Assignment, Contact, Question, Report
    from tyndau_server.control.work import bring_up_to_date
    from tyndau_server.people.models import Token

    now = timezone.now()
    token = Token.objects.create(membership=member, digest="field", label="Әйгерімнің телефоны")
    Report.objects.create(token=token, moment=now - timezone.timedelta(hours=70), unsent=4)
    of = {"study": folder.name, "population": "residents", "membership": member}
    Assignment.objects.create(**of, point="3", interviews=80, day=now.date())
    begin = now.replace(hour=5, minute=0) - timezone.timedelta(days=4)
    Contact.objects.bulk_create(
        Contact(
            **of, uid=str(number), point="3", moment=begin + timezone.timedelta(minutes=9 * number),
            outcome=("refused", "interview", "not_eligible")[number % 3], received=now,
        )
        for number in range(40)
    )  # fmt: skip
    Question.objects.create(
        study=folder.name, membership=member, uid="q", moment=now, received=now,
        text="Жатақханада тұратын студент қай аумаққа жатады: оқу орнының ба, туған жерінің бе?",
    )  # fmt: skip
    bring_up_to_date(load_study(folder), "residents", now)


def _links() -> None:
    """Let residents fill in a questionnaire of their own."""
    from interviews import small_form  # of this folder
    from made_field import upload

    from tyndau_server.fieldwork.links import make_open, make_personal

    upload("my-city", "online", small_form("online", files=()))
    make_open("my-city", "online", by=None)
    make_personal("my-city", "online", 200, by=None)


def _sheets_of_paper(form: "Instrument", member: "Membership", sociologist: "Person") -> None:
    """Begin a sheet; type another in twice, with differences."""
    from django.utils import timezone

    from tyndau_server.paper.enter import begin, save
    from tyndau_server.paper.models import Entry, Settled
    from tyndau_server.people.models import Membership, Person

    supervisor = Person.objects.create(name="Дәурен Әбілқасымов")
    office, field = (
        Membership.objects.get_or_create(person=who, study="my-city", defaults={"role": role})[0]
        for who, role in ((sociologist, "sociologist"), (supervisor, "supervisor"))
    )
    head = {"@date": "2026-10-05", "@begun": "14:05", "@ended": "14:20"}
    save(begin(form, "0417", member, by=office), {**head, "consent": "no", "age": "34"})
    for who, problems, age in ((office, "roads prices", "34"), (field, "roads", "43")):
        entry = begin(form, "0418", member, by=who)
        words = "Қоғамдық көлік кешкі сағат тоғыздан кейін жүрмейді" if who == field else ""
        save(entry, {**head, "problems": problems, "age": age, "problems_other": words})
        Entry.objects.filter(pk=entry.pk).update(finished=timezone.now())
    Settled.objects.create(
        sheet=entry.sheet, field="age", value="34", person=supervisor, moment=timezone.now()
    )


def _session(person: "Person") -> str:
    """Sign somebody in, second factor included; return the key of the session."""
    from django.test import Client
    from django.utils import timezone
    from django_otp import DEVICE_ID_SESSION_KEY
    from django_otp.plugins.otp_totp.models import TOTPDevice

    from tyndau_server.people import session

    browser = Client()
    browser.force_login(person, "django.contrib.auth.backends.ModelBackend")
    state = browser.session
    state[session.CAME] = state[session.SEEN] = int(timezone.now().timestamp())
    device, _ = TOTPDevice.objects.get_or_create(user=person, name="app")
    state[DEVICE_ID_SESSION_KEY] = device.persistent_id
    state.save()
    key: str = state.session_key
    return key


def filled(data: Path, folder: Path) -> Mapping[str, str]:
    """Fill the database of a data folder, which a server migrated; return the sessions.

    The folder is that of the study in which interviews are made.
    """
    environment = {**os.environ, "TYNDAU_DATA": str(data), "PYTHONUNBUFFERED": "1"}
    environment.pop("DATABASE_URL", None)
    ran = subprocess.run(
        [sys.executable, __file__, folder],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    sessions: Mapping[str, str] = json.loads(ran.stdout)
    return sessions


if __name__ == "__main__":
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "tyndau_server.settings"
    django.setup()
    print(json.dumps(fill(Path(sys.argv[1]))))
