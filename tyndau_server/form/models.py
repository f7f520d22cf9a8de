"""To which key an interview may go back to the phone that made it.

In: nothing. Out: models. The key belongs to one interviewer on one phone, whose address it knows;
on another server it would open nothing, so that no bundle holds it.
"""

from django.db import models

from tyndau_server.fieldwork.models import Submission


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
