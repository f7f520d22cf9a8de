"""A field of thousands of interviews, for benchmarks: a fictional city, simulated answers.

In: the folder of a fictional study whose sample is planned, how many interviews, a database that is
ready. Out: rows, written in bulk as phones would have left them: interviewers by the codes of the
plan, their interviews with answers that follow the form, contacts, reports of phones, decisions on
most.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import numpy as np

from tyndau.base.frames import NO_CATEGORY, Column, Frame
from tyndau.fieldwork.simulation.simulate import simulate
from tyndau.sampling import RECORD, as_record, plan_sample
from tyndau.study import Study, load_study
from tyndau_server.control.models import Contact, Report
from tyndau_server.fieldwork import instruments
from tyndau_server.fieldwork.models import Instrument, Submission
from tyndau_server.fieldwork.own_forms import with_files
from tyndau_server.people.models import Membership, Person, Role, Token

POPULATION = "residents"
_AT_ONCE = 500
_ROUNDS = 2_500


def plan(folder: Path) -> Mapping[str, Any]:
    """Plan the sample of a study, as ``tyndau sample`` does; return its record."""
    study = load_study(folder)
    made, _ = plan_sample(study)
    record = as_record(made)
    path = folder / RECORD
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(record), "utf-8")
    return record


def in_the_field(folder: Path) -> Instrument:
    """Bring the questionnaire of residents into the field."""
    xform, files = with_files(load_study(folder), POPULATION)
    made = instruments.issue(folder.name, POPULATION, xform=xform, files=files, by=None)
    return instruments.open_field(instruments.agree(made, by=None), by=None)


def interviewers(slug: str, count: int) -> list[Membership]:
    """Add interviewers i01, i02 ..., each with a phone."""
    found = []
    for number in range(1, count + 1):
        person = Person.objects.create(name=f"Интервьюер {number:02d}", email=None)
        code = f"i{number:02d}"
        member = Membership.objects.create(
            person=person, study=slug, role=Role.INTERVIEWER, code=code
        )
        token = Token.objects.create(
            membership=member, digest=sha256(f"{slug} {code}".encode()).hexdigest(), label=code
        )
        Report.objects.create(token=token, moment=datetime.now(UTC), unsent=number % 3)
        found.append(member)
    return found


def fill(folder: Path, count: int, *, seed: int = 1) -> list[Membership]:
    """Write `count` interviews, and who was addressed in vain; return the interviewers."""
    study = load_study(folder)
    form = in_the_field(folder)
    record = json.loads((folder / RECORD).read_text("utf-8"))
    members = interviewers(folder.name, int(record["interviewers"]["count"]))
    rounds = -(-count // _ROUNDS)
    for number in range(rounds):
        part = min(_ROUNDS, count - number * _ROUNDS)
        frame = simulate(study, part, seed + number).frames[POPULATION]
        _write(study, form, frame, members, number)
    return members


def _write(
    study: Study, form: Instrument, frame: Frame, members: list[Membership], part: int
) -> None:
    slug = study.folder.name
    texts = list(_texts(study, frame))
    who = {name: at for at, name in enumerate(sorted(set(frame["interviewer"].values)))}
    submissions, contacts = [], []
    for row, answers in enumerate(texts):
        name = f"uuid:{part:03d}-{row:06d}"
        xml = _instance(form, answers, name)
        member = members[who[frame["interviewer"].values[row]] % len(members)]
        ended = datetime.fromisoformat(answers[("end",)])
        late = timedelta(minutes=30 if row % 40 else 60 * 24 * 3)
        submissions.append(
            Submission(
                study=slug, instrument=form, interview=name, instance_id=name,
                key=f"a{part:03d}{row:08d}", xml=xml, sha256=sha256(xml).hexdigest(),
                membership=member, received=ended + late, state=_state(row),
            )
        )  # fmt: skip
        taken = ("sex",) in {key[-1:] for key in answers}
        contacts.append(
            Contact(
                study=slug, population=POPULATION, uid=name, membership=member,
                point=str(frame["point"].values[row]), moment=ended,
                outcome="interview" if taken else "refused" if row % 2 else "not_eligible",
                passed=3, interview=name if taken else "", received=ended + late,
            )
        )  # fmt: skip
    Submission.objects.bulk_create(submissions, batch_size=_AT_ONCE)
    Contact.objects.bulk_create(contacts, batch_size=_AT_ONCE)


def _state(row: int) -> str:
    if row % 50 == 0:
        return Submission.State.REJECTED
    if row % 33 == 0:
        return Submission.State.RETURNED
    return Submission.State.RECEIVED if row % 7 == 0 else Submission.State.ACCEPTED


def _texts(study: Study, frame: Frame) -> Iterator[dict[tuple[str, ...], str]]:
    """Go through the answers of each row, by path."""
    columns = [
        ((*question.groups, question.name), frame[question.name])
        for question in study.forms[POPULATION].questions
        if question.name in frame and not question.repeated
    ]
    for row in range(len(frame)):
        yield {path: text for path, one in columns if (text := _text(one, row))}


def _text(column: Column, row: int) -> str:
    value = column.values[row]
    if column.variable.kind == "single":
        return "" if value == NO_CATEGORY else column.variable.codes[value]
    if column.variable.kind == "multiple":
        return " ".join(np.array(column.variable.codes)[value])
    if column.variable.kind == "number":
        return "" if np.isnan(value) else f"{value:g}"
    return str(value)


def _instance(form: Instrument, answers: Mapping[tuple[str, ...], str], name: str) -> bytes:
    tree: dict[str, Any] = {}
    for path, text in answers.items():
        place = tree
        for group in path[:-1]:
            place = place.setdefault(group, {})
        place[path[-1]] = text
    return (
        f'<data id="{form.form_id}" version="{form.version}">{_xml(tree)}'
        f"<meta><instanceID>{name}</instanceID></meta></data>"
    ).encode()


def _xml(tree: Mapping[str, Any]) -> str:
    return "".join(
        f"<{name}>{escape(one) if isinstance(one, str) else _xml(one)}</{name}>"
        for name, one in tree.items()
    )
