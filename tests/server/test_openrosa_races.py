"""What happens when many phones send at the same moment, over HTTP, to a server in production."""

from collections import Counter

import pytest

from tyndau_server.fieldwork.blobs import open_blob
from tyndau_server.fieldwork.models import Attachment, Quarantined, Submission

from .field import asked, interviewer
from .live import Server
from .openrosa_client import Phone
from .rounds import PHONES, other_answers, other_edits, same_edit, same_files, same_interview

ROUNDS = 20


@pytest.fixture
def phones(server: Server) -> list[Phone]:
    """Return phones of one interviewer on a server of their own."""
    asked()
    secret = interviewer()
    return [server.phone(secret) for _ in range(PHONES)]


def test_the_same_interview_is_one_row_and_all_are_told_so(phones: list[Phone]) -> None:
    """ODK Central refuses half of them."""
    assert same_interview(phones, ROUNDS) == {201: PHONES * ROUNDS}
    assert Submission.objects.count() == ROUNDS
    assert not Quarantined.objects.exists()


def test_identical_files_first_sent_at_once_are_all_there(phones: list[Phone]) -> None:
    """ODK Central lost 22 of 48."""
    assert same_files(phones, ROUNDS) == {201: PHONES * ROUNDS}
    assert Attachment.objects.count() == PHONES * ROUNDS
    for sha256, size in Attachment.objects.values_list("sha256", "size").distinct():
        with open_blob(sha256) as stream:
            assert len(stream.read()) == size
    assert not Submission.objects.filter(complete=False).exists()


def test_the_same_edit_is_one_row_and_all_are_told_so(phones: list[Phone]) -> None:
    assert same_edit(phones, ROUNDS) == {201: PHONES * ROUNDS}
    assert Submission.objects.filter(current=True).count() == ROUNDS
    assert not Quarantined.objects.exists()


def test_of_edits_at_once_one_wins(phones: list[Phone]) -> None:
    assert other_edits(phones, ROUNDS) == [Counter({201: 1, 409: PHONES - 1})] * ROUNDS
    assert Submission.objects.filter(current=True).count() == ROUNDS
    assert Submission.objects.count() == 2 * ROUNDS
    assert Quarantined.objects.count() == (PHONES - 1) * ROUNDS


def test_of_other_answers_at_once_one_wins_and_none_is_lost(phones: list[Phone]) -> None:
    assert other_answers(phones, ROUNDS) == [Counter({201: 1, 409: PHONES - 1})] * ROUNDS
    assert Submission.objects.count() == ROUNDS
    assert Quarantined.objects.count() == (PHONES - 1) * ROUNDS
