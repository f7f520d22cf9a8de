"""Fields played through a server in production: quotas raced for, six days with planted faults.

Short forms of ``benchmarks/soak_quotas.py`` and ``benchmarks/fieldwork.py``.
"""

import shutil
import subprocess
from pathlib import Path

import pytest

from .conftest import Serve
from .live import REPOSITORY, TYNDAU, Server
from .quota_race import ROOM, QuotaRace, with_quota
from .whole_field import WholeField

pytestmark = pytest.mark.requirement("C2", "C3", "T1")

DAYS, SEED = 6, 2026


def test_a_quota_holds_the_same_hundred_whatever_the_order_of_arrival(
    serve: Serve, tmp_path: Path
) -> None:
    folder = with_quota(tmp_path / "race")
    serve(folder)
    server = Server({"TYNDAU_STUDIES": str(folder)}).start()
    try:
        race = QuotaRace(folder, server)
        expected = race.expected()
        assert len(expected) == ROOM
        for seed in range(2):
            before, after = race.round(seed)
            assert after == expected
            assert before <= after, "the late one takes no place that somebody had"
            assert len(after - before) == 2, "who was offline has what was promised"
    finally:
        server.kill()


def test_every_fault_that_was_put_into_a_field_is_raised_and_no_other(
    serve: Serve, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(REPOSITORY / "studies" / "demo-city", tmp_path / "demo-city"))
    subprocess.run([TYNDAU, "sample", folder], check=True, stdout=subprocess.DEVNULL)
    serve(folder)
    server = Server({"TYNDAU_STUDIES": str(folder)}).start()
    try:
        field = WholeField(folder, server, DAYS, SEED)
        field.play()
        field.wait_until_counted(300)
    finally:
        server.kill()
    planted, raised = field.planted(), field.raised()
    assert {rule for rule, *_ in planted} >= {"day_hours", "on_end"}
    assert planted <= raised
    assert raised <= planted | field.explained()
