"""The files of an interview, in the transaction in which they come to it.

In: a submission, files whose bytes are kept already. Out: rows. A file of the same name and other
content is a conflict, unless the one that is here was only carried over from an earlier version.
"""

from collections.abc import Mapping, Set

from django.utils import timezone

from tyndau_server.fieldwork.blobs import Blob
from tyndau_server.fieldwork.models import Attachment, Submission
from tyndau_server.fieldwork.parts import File
from tyndau_server.fieldwork.refusals import FILE_CONFLICT, Refused

_TRIES = 3


def attach(submission: Submission, files: Mapping[str, File], kept: Mapping[str, Blob]) -> None:
    """Add what came with an interview, and say whether all is here that it awaits.

    Parameters
    ----------
    submission : Submission
        Locked, or written in this transaction.
    files : mapping of str to File
        What came, by name.
    kept : mapping of str to Blob
        The bytes of each.

    Raises
    ------
    Refused
        If a file of the same name and other content is here.
    """
    here = {one.name: one for one in submission.attachments.all()}
    new: list[Attachment] = []
    for name, blob in kept.items():
        present = here.get(name)
        if present is None:
            new.append(
                Attachment(
                    submission=submission, name=name, type=files[name].type,
                    sha256=blob.sha256, size=blob.size, received=timezone.now(),
                )
            )  # fmt: skip
        elif present.carried:
            present.type, present.sha256, present.size = files[name].type, blob.sha256, blob.size
            present.carried, present.received = False, timezone.now()
            present.save()
        elif present.sha256 != blob.sha256:
            raise Refused(FILE_CONFLICT, f"{name!r} of {submission.instance_id} is here already")
    Attachment.objects.bulk_create(new)
    _settle(submission, {*here, *kept})
    if new and not submission.current:
        _hand_on(submission)


def _settle(submission: Submission, here: Set[str]) -> None:
    """Say whether all is here that an interview awaits."""
    complete = here >= set(submission.awaited)
    if complete != submission.complete:
        submission.complete = complete
        Submission.objects.filter(pk=submission.pk).update(complete=complete)


def _hand_on(replaced: Submission) -> None:
    """Carry what came late to a version that was replaced over to the one that is current."""
    held = Submission.objects.select_for_update().defer("xml")
    # Whoever waits for a version that is just being replaced finds none, and the next one then.
    for _ in range(_TRIES):
        found = held.filter(study=replaced.study, interview=replaced.interview, current=True)
        if (current := found.first()) is not None:
            break
    if current is not None:
        carry(replaced, current)
        _settle(current, set(current.attachments.values_list("name", flat=True)))


def carry(before: Submission, submission: Submission) -> None:
    """Carry over to an edit the files of a version before of which it still speaks and has not.

    Parameters
    ----------
    before, submission : Submission
        A version that was replaced, and the one that replaces it.
    """
    lacking = {*submission.awaited} - {*submission.attachments.values_list("name", flat=True)}
    Attachment.objects.bulk_create(
        Attachment(
            submission=submission, name=one.name, type=one.type, sha256=one.sha256,
            size=one.size, carried=True, received=one.received,
        )
        for one in before.attachments.all()
        if one.name in lacking
    )  # fmt: skip
