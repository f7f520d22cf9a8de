"""A quota cell with room for 100, and 64 interviewers who all make interviews for it at once.

In: a served study, a server, a seed a round. Out: which interviews the server counts within the
quota after all have arrived. Forty interviewers are promised two each; the rest is open to whoever
interviews first. One of the forty is offline for three days and interviews last of all.
"""

import random
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl

from tyndau.study import new_study
from tyndau_server.control.ask import up_to_date
from tyndau_server.control.models import Made, Share
from tyndau_server.fieldwork.models import Attachment, Submission
from tyndau_server.people.tokens import issue_token

from .drawn import interviewer
from .live import Server
from .made_field import POPULATION, WHOLE, filled, in_the_field
from .openrosa_client import again, interview_body

CLIENTS, PROMISED_TO, SHARE, ROOM, EACH = 64, 40, 2, 100, 3
CELL = "sex=female"
_BEGIN = datetime(2026, 10, 1, 5, tzinfo=UTC)
_OFFLINE = 0
_PATIENCE = 120.0


def with_quota(folder: Path) -> Path:
    """Make a study with one quota cell in which there is room for 100."""
    new_study(folder)
    book = openpyxl.load_workbook(folder / "study.xlsx")
    if "quotas" in book.sheetnames:
        del book["quotas"]
    sheet = book.create_sheet("quotas")
    sheet.append(["population", "territory", "variable", "code", "target"])
    sheet.append([POPULATION, None, "sex", "female", ROOM])
    book.save(folder / "study.xlsx")
    return folder


class QuotaRace:
    """Interviewers of a study, each with a phone of their own."""

    def __init__(self, folder: Path, server: Server) -> None:
        self._slug = folder.name
        self._form = in_the_field(folder)
        members = [interviewer(self._slug, f"i{number:02}") for number in range(CLIENTS)]
        for member in members[:PROMISED_TO]:
            Share.objects.create(
                study=self._slug, population=POPULATION, membership=member, cell=CELL,
                interviews=SHARE,
            )  # fmt: skip
        self._phones = [server.phone(issue_token(member, "phone")) for member in members]

    def round(self, seed: int) -> tuple[set[str], set[str]]:
        """Let all interview and send; return who is within the quota, first before the late one."""
        chance = random.Random(seed)
        online = [one for one in range(CLIENTS) if one != _OFFLINE]
        chance.shuffle(online)
        self._send({one: chance.sample(range(EACH), EACH) for one in online})
        before = self._within()
        self._send({_OFFLINE: list(range(EACH))})
        after = self._within()
        Attachment.objects.filter(submission__study=self._slug).delete()
        Submission.objects.filter(study=self._slug).delete()
        return before, after

    def expected(self) -> set[str]:
        """Return who must be within the quota, whoever arrived first."""
        own = {
            one: sorted(range(EACH), key=lambda number, one=one: _when(one, number))
            for one in range(CLIENTS)
        }
        promised = {(one, number) for one in range(PROMISED_TO) for number in own[one][:SHARE]}
        every = {(one, number) for one in own for number in range(EACH)}
        rest = sorted(every - promised, key=lambda pair: _when(*pair))
        return {_number(*pair) for pair in {*promised, *rest[: ROOM - len(promised)]}}

    def _send(self, numbers: Mapping[int, Sequence[int]]) -> None:
        """Send from all phones at once, from each one after the other."""

        def send(one: int) -> list[int]:
            return [self._post(one, number) for number in numbers[one]]

        with ThreadPoolExecutor(CLIENTS) as threads:
            answers = [status for each in threads.map(send, numbers) for status in each]
        assert set(answers) == {201}, answers

    def _post(self, one: int, number: int) -> int:
        xml = filled(
            {**WHOLE, "sex": "female"}, instance=_number(one, number), form=self._form,
            files=("audit.csv",),
        )  # fmt: skip
        moment = round(1000 * _when(one, number).timestamp())
        log = f"event,node,start,end\nquestion,/data/age,{moment},{moment + 60_000}\n".encode()
        body = interview_body(xml, {"audit.csv": log})
        return again(lambda: self._phones[one].post(*body)).status

    def _within(self) -> set[str]:
        deadline = time.monotonic() + _PATIENCE
        while not up_to_date(self._slug):
            assert time.monotonic() < deadline, "the field was not counted"
            time.sleep(0.1)
        made = Made.objects.filter(study=self._slug, over=[])
        return set(made.values_list("submission__interview", flat=True))


def _number(one: int, number: int) -> str:
    return f"uuid:{one:02}-{number}"


def _when(one: int, number: int) -> datetime:
    """Each interview has its minute; who was offline made all of theirs after all others."""
    if one == _OFFLINE:
        return _BEGIN + timedelta(days=3, minutes=10 * number)
    return _BEGIN + timedelta(minutes=(37 * (one + CLIENTS * number)) % (CLIENTS * EACH))
