"""The files of an interview, in the transaction in which they come to it.

In: a submission, files whose bytes are kept already. Out: rows. A file of the same name and other
content is a conflict, unless the one that is here was only carried over from an earlier version.
"""

from collections.abc import Mapping

from django.utils import timezone

from tyndau_server.fieldwork.blobs import Blob
from tyndau_server.fieldwork.models import Attachment, Submission
from tyndau_server.fieldwork.parts import File
from tyndau_server.fieldwork.refusals import FILE_CONFLICT, Refused


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
    complete = set(submission.awaited) <= {*here, *kept}
    if complete != submission.complete:
        submission.complete = complete
        Submission.objects.filter(pk=submission.pk).update(complete=complete)


def carry(before: Submission, submission: Submission) -> None:
    """Carry over to an edit the files of the version before of which it still speaks.

    Parameters
    ----------
    before, submission : Submission
        The version that was replaced, and the one that replaces it.
    """
    awaited = frozenset(submission.awaited)
    Attachment.objects.bulk_create(
        Attachment(
            submission=submission, name=one.name, type=one.type, sha256=one.sha256,
            size=one.size, carried=True, received=one.received,
        )
        for one in before.attachments.all()
        if one.name in awaited
    )  # fmt: skip
