"""The entries of the log, and where its chain ends.

In: nothing. Out: `Entry` and `Head`. Both are written by `tyndau_server.audit.log` alone; the
database itself refuses to change or delete an entry (`tyndau_server.audit.guard`).
"""

from typing import ClassVar

from django.db import models

DIGEST = 64


class Entry(models.Model):
    """One decision.

    Attributes
    ----------
    number : int
        Its place in the chain, from 1, without gaps.
    moment : datetime
        In UTC.
    actor, actor_name : int or None, str
        The person, and the name at the time; None and the program's name for the server itself.
    study : str
        The study's slug; empty for what concerns the server.
    action : str
        What was done, such as ``submission.accepted``; in words: `tyndau_server.audit.actions`.
    subject : str
        To what, such as an instance's id.
    details : dict
        What else is to be known: reasons, states before and after. No secret and no answer.
    previous, digest : str
        SHA-256 of the entry before and of this one, in hexadecimal; empty before the first.
    """

    number = models.BigIntegerField(primary_key=True)
    moment = models.DateTimeField()
    actor = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    study = models.CharField(max_length=255, blank=True)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=255, blank=True)
    details = models.JSONField(default=dict)
    previous = models.CharField(max_length=DIGEST)
    digest = models.CharField(max_length=DIGEST)

    class Meta:
        """The log of a study is read from its end."""

        indexes: ClassVar = [models.Index(fields=["study", "number"], name="log_of_a_study")]

    def __str__(self) -> str:
        """Name the entry in logs."""
        return f"{self.number} {self.action} {self.subject}"


class Head(models.Model):
    """The end of the chain: one row, held by whoever writes, so that the chain never forks.

    Attributes
    ----------
    number, digest : int, str
        Of the last entry; 0 and nothing before the first.
    """

    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=DIGEST, blank=True)

    def __str__(self) -> str:
        """Name the head in logs."""
        return f"{self.number} {self.digest}"
