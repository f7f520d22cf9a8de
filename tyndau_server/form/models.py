"""What the server keeps of the browser form itself: unfinished answers, keys of phones.

In: nothing. Out: models. Finished interviews are rows of `tyndau_server.fieldwork.models`. None of
them stands in a bundle: what an address or a phone opens here, it would not open elsewhere.
"""

from typing import ClassVar

from django.db import models

from tyndau_server.fieldwork.models import Submission
from tyndau_server.people.models import Token

SHA256 = 64


class Unfinished(models.Model):
    """Answers that a resident put by, so as to go on with them elsewhere.

    The server cannot read them, and knows neither whose they are nor by which link they came.

    Attributes
    ----------
    digest : str
        SHA-256 of the link's digest and the number that the browser drew; whoever knows both
        finds the row, and nobody who has the row alone finds the link.
    content : bytes
        As the browser encrypted it; its key stays with the resident.
    size : int
        Of it, in bytes.
    saved : date
        In UTC; no moment, which would betray at whose time an interview came.
    finished : bool
        Whether the interview has arrived: its content is erased then, and other devices on which
        it was begun are told so.
    """

    digest = models.CharField(max_length=SHA256, unique=True)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    saved = models.DateField(db_index=True)
    finished = models.BooleanField(default=False)

    class Meta:
        """Sizes are added up without touching the contents."""

        indexes: ClassVar = [models.Index(fields=["size"], name="unfinished_by_size")]

    def __str__(self) -> str:
        """Name the row in logs, without what would find it."""
        return f"unfinished answers {self.pk}"


class Reply(models.Model):
    """The public point to which a version of an interview is sealed when its phone asks for it.

    Attributes
    ----------
    submission : Submission
        The version, which came with the point.
    point : bytes
        On P-256, uncompressed, 65 bytes.
    """

    submission = models.OneToOneField(Submission, models.CASCADE, related_name="reply")
    point = models.BinaryField()

    def __str__(self) -> str:
        """Name the row in logs."""
        return f"reply of {self.submission_id}"


class PhoneKey(models.Model):
    """The public point to which what is meant for a phone's interviewer alone is sealed.

    Attributes
    ----------
    token : Token
        The phone's; the first point that is told under it holds for good.
    point : bytes
        On P-256, uncompressed, 65 bytes.
    """

    token = models.OneToOneField(Token, models.CASCADE, related_name="key")
    point = models.BinaryField()

    def __str__(self) -> str:
        """Name the row in logs."""
        return f"key of token {self.token_id}"
