"""What the worker counted of a field, as one row that pages read.

In: nothing. Out: `Counted`, which `tyndau_server.control.models` hands on to Django.
"""

from typing import ClassVar

from django.db import models

from tyndau_server.fieldwork.models import NAME
from tyndau_server.people.models import Membership


class Counted(models.Model):
    """What the worker counted of a population, as of a state of the field; pages only read it.

    Attributes
    ----------
    study, population : str
        Slug of the study; the form.
    membership : Membership or None
        The interviewer of whom it speaks; None for the whole.
    figures : dict
        What `tyndau_server.control.counting` says of it.
    state : str
        Of the field, as `tyndau_server.control.ask.state_of` names it, when it was counted.
    design : str
        Digest of the design and the plan by which it was counted.
    files : int
        The last attachment that was looked at.
    moment : datetime
        When it was counted.
    """

    study = models.CharField(max_length=NAME)
    population = models.CharField(max_length=NAME)
    membership = models.ForeignKey(Membership, models.CASCADE, null=True, related_name="+")
    figures = models.JSONField(default=dict)
    state = models.CharField(max_length=NAME, blank=True)
    design = models.CharField(max_length=64, blank=True)
    files = models.BigIntegerField(default=0)
    moment = models.DateTimeField()

    class Meta:
        """The whole is counted once, each interviewer once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["study", "population"],
                condition=models.Q(membership=None),
                name="one_count_of_the_whole",
            ),
            models.UniqueConstraint(
                fields=["study", "population", "membership"],
                condition=~models.Q(membership=None),
                name="one_count_of_an_interviewer",
            ),
        ]

    def __str__(self) -> str:
        """Name the count in logs."""
        return f"{self.study} {self.population} {self.membership_id or 'whole'}"
