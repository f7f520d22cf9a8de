"""What the server keeps of the browser form itself: answers of residents that are not finished.

In: nothing. Out: the model. Finished interviews are rows of `tyndau_server.fieldwork.models`.
"""

from django.db import models

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
    """

    digest = models.CharField(max_length=SHA256, unique=True)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    saved = models.DateField(db_index=True)

    def __str__(self) -> str:
        """Name the row in logs, without what would find it."""
        return f"unfinished answers {self.pk}"
