"""What is left of interviews that were withdrawn, as models.

In: nothing. Out: `Withdrawal` and `Tombstone`, which `tyndau_server.fieldwork.models` gives out
with the others.
"""

from typing import ClassVar

from django.db import models

from tyndau_server.people.models import Membership, Person

NAME = 255
SHA256 = 64


class Withdrawal(models.Model):
    """That a respondent withdrew an interview: what is left of it, and how far its erasure is.

    Attributes
    ----------
    study, interview : str
        Which; the number of its first version.
    key : str
        Of its row in waves; empty for one that only lay in quarantine.
    population : str
        By which questionnaire it was asked; empty where that is not known.
    membership : Membership or None
        Who asked.
    received : datetime
        When it came, in UTC.
    by, moment, reason : Person, datetime, str
        Who withdrew it, when, and why in that person's words.
    files : list of str
        SHA-256 of bytes that are still to be removed from the blobs.
    waves : list of str
        The revisions that held its row, such as ``2026-q4/r1``.
    erased : datetime or None
        Since when nothing of it is left.
    """

    study = models.CharField(max_length=NAME)
    interview = models.CharField(max_length=NAME)
    key = models.CharField(max_length=40, blank=True)
    population = models.CharField(max_length=NAME, blank=True)
    membership = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    received = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    moment = models.DateTimeField()
    reason = models.TextField()
    files = models.JSONField(default=list)
    waves = models.JSONField(default=list)
    erased = models.DateTimeField(null=True)

    class Meta:
        """An interview is withdrawn once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["study", "interview"], name="one_withdrawal_of_an_interview"
            )
        ]

    def __str__(self) -> str:
        """Name the withdrawal in logs."""
        return f"{self.study} {self.interview} withdrawn"


class Tombstone(models.Model):
    """A version of a withdrawn interview, so that it is known when a phone sends it again.

    Attributes
    ----------
    withdrawal : Withdrawal
        Of which interview.
    study : str
        The study's slug.
    digest : str
        SHA-256 of the version's instanceID.
    """

    withdrawal = models.ForeignKey(Withdrawal, models.PROTECT, related_name="tombstones")
    study = models.CharField(max_length=NAME)
    digest = models.CharField(max_length=SHA256)

    class Meta:
        """A version is buried once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "digest"], name="one_tombstone_of_a_version")
        ]

    def __str__(self) -> str:
        """Name the tombstone in logs."""
        return f"{self.study} {self.digest}"
