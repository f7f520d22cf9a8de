"""The entries of the log.

In: nothing. Out: `Entry`. Entries are written by `tyndau_server.audit.log` alone; the database
itself refuses to change or delete one.
"""

from django.db import models


class Entry(models.Model):
    """One decision.

    Attributes
    ----------
    number : int
        Its place in the chain, from 1, without gaps.
    moment : datetime
        In UTC.
    actor, actor_name : int or None, str
        The person, and the name at the time; None and the command for the server itself.
    study : str
        The study's slug; empty for what concerns the server.
    action : str
        What was done, such as ``submission.accepted``.
    subject : str
        To what, such as an instance's id.
    details : dict
        What else is to be known: reasons, states before and after. No secret and no answer.
    previous, digest : str
        SHA-256 of the entry before and of this one, in hexadecimal.
    """

    number = models.BigIntegerField(primary_key=True)
    moment = models.DateTimeField()
    actor = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    study = models.CharField(max_length=255, blank=True, db_index=True)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=255, blank=True)
    details = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        """Name the entry in logs."""
        return f"{self.number} {self.action} {self.subject}"
