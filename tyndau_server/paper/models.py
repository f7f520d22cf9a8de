"""What the server keeps of sheets of paper: the sheet, two entries of it, what was settled.

In: nothing. Out: models. Values stand as texts of the form: codes, not what was typed for them.
"""

from typing import ClassVar

from django.db import models

from tyndau_server.fieldwork.models import NAME, Instrument, Submission
from tyndau_server.people.models import Membership, Person


class Sheet(models.Model):
    """A questionnaire that was filled in by hand.

    Attributes
    ----------
    study, instrument : str, Instrument
        Where it belongs, and which version it is.
    number : str
        As it stands in the head of the sheet.
    membership : Membership
        The interviewer who filled it in.
    instance_id : str
        What the interview is called, from the first entry on.
    corrects : str or None
        The version that was returned, where the sheet is typed in anew; None for a first one.
    made : datetime
        When somebody began to type it in, in UTC.
    submission : Submission or None
        The interview that came of it.
    sent, sent_by : datetime or None, Person or None
        When that was, and who sent it.
    """

    study = models.CharField(max_length=NAME)
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    instance_id = models.CharField(max_length=NAME)
    corrects = models.CharField(max_length=NAME, null=True)
    made = models.DateTimeField()
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="+")
    sent = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        """A number is given to one sheet of a questionnaire."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["study", "instrument", "number"], name="one_sheet_of_a_number"
            )
        ]

    def __str__(self) -> str:
        """Name the sheet in logs."""
        return f"{self.study} {self.number}"


class Entry(models.Model):
    """What one person typed in from a sheet.

    Attributes
    ----------
    sheet, turn : Sheet, int
        Which sheet; 1 for the first entry, 2 for the second.
    person : Person
        Who; the second is another one than the first.
    begun, finished : datetime, datetime or None
        In UTC; what is finished is not changed any more.
    values : dict of str to str
        Texts by name of field; what was left empty is not there.
    """

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="entries")
    turn = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    begun = models.DateTimeField()
    finished = models.DateTimeField(null=True)
    values = models.JSONField(default=dict)

    class Meta:
        """Two entries, by two people."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "turn"], name="one_entry_of_a_turn"),
            models.UniqueConstraint(fields=["sheet", "person"], name="one_entry_of_a_person"),
            models.CheckConstraint(condition=models.Q(turn__in=(1, 2)), name="two_entries"),
        ]

    def __str__(self) -> str:
        """Name the entry in logs."""
        return f"{self.sheet_id} {self.turn}"


class Settled(models.Model):
    """What holds where two entries differ.

    Attributes
    ----------
    sheet, field : Sheet, str
        Of which sheet, which field.
    value : str
        What holds; may be empty.
    person, moment : Person, datetime
        Who settled it, and when, in UTC.
    """

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="settled")
    field = models.CharField(max_length=NAME)
    value = models.TextField(blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    moment = models.DateTimeField()

    class Meta:
        """A field is settled once; the last word holds."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "field"], name="one_word_on_a_field")
        ]

    def __str__(self) -> str:
        """Name what was settled in logs."""
        return f"{self.sheet_id} {self.field}"
