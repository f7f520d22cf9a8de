"""What the server keeps of the field: instruments, submissions, attachments, quarantine.

In: nothing. Out: models. Bytes of attachments, media and refused bodies lie in
`tyndau_server.fieldwork.blobs` under their SHA-256; the XML of an interview and of a form stands
here, exactly as it came.
"""

from typing import ClassVar

from django.db import models

from tyndau_server.fieldwork.withdrawal import (
    Tombstone as Tombstone,
)
from tyndau_server.fieldwork.withdrawal import (
    Withdrawal as Withdrawal,
)
from tyndau_server.people.models import Membership, Person, Token

SHA256 = 64
NAME = 255


class Instrument(models.Model):
    """A version of a questionnaire as phones get it.

    Attributes
    ----------
    study, population : str
        Slug of the study; name of the form in it.
    form_id, version : str
        By which submissions name it; a version may be empty in forms of others.
    title : dict of str to str
        By language.
    xform : bytes
        The form, as it is listed, agreed and downloaded.
    sha256, md5 : str
        Of the form.
    state : str
        ``draft``, ``sent``, ``agreed``, ``field`` or ``closed``.
    pilot : bool
        Whether it collects test interviews before it is in the field; they never become data.
    piloted : bool
        Whether it ever did: test interviews of it may still be on phones, so it never gets there.
    made, made_by : datetime, Person or None
        When and by whom it was issued.
    agreed, agreed_by : datetime or None, Person or None
        When and by whom it was agreed.
    agreed_sha256 : str
        Of the form and its media together, at that moment.
    """

    class State(models.TextChoices):
        """How far it is on its way to the field."""

        DRAFT = "draft"
        SENT = "sent"
        AGREED = "agreed"
        FIELD = "field"
        CLOSED = "closed"

    study = models.CharField(max_length=NAME)
    population = models.CharField(max_length=NAME)
    form_id = models.CharField(max_length=NAME)
    version = models.CharField(max_length=NAME, blank=True)
    title = models.JSONField(default=dict)
    xform = models.BinaryField()
    sha256 = models.CharField(max_length=SHA256)
    md5 = models.CharField(max_length=32)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    pilot = models.BooleanField(default=False)
    piloted = models.BooleanField(default=False)
    made = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    agreed = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    agreed_sha256 = models.CharField(max_length=SHA256, blank=True)

    class Meta:
        """A version of a form is one thing in a study."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["study", "form_id", "version"], name="one_instrument_of_a_version"
            )
        ]

    def __str__(self) -> str:
        """Name the instrument in logs."""
        return f"{self.study}/{self.form_id} {self.version}"


class Media(models.Model):
    """A file that belongs to an instrument: a picture, a sound, a list.

    Attributes
    ----------
    instrument : Instrument
        Whose it is.
    name : str
        As the form names it.
    sha256, md5, size : str, str, int
        Of its bytes, which lie in the blobs.
    """

    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="media")
    name = models.CharField(max_length=NAME)
    sha256 = models.CharField(max_length=SHA256)
    md5 = models.CharField(max_length=32)
    size = models.PositiveBigIntegerField()

    class Meta:
        """A name is one file."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["instrument", "name"], name="one_media_file_of_a_name")
        ]

    def __str__(self) -> str:
        """Name the file in logs."""
        return self.name


class Submission(models.Model):
    """One arrival of an interview: its first version, or an edit of it.

    Attributes
    ----------
    study, instrument : str, Instrument
        Where it belongs, by what it was asked.
    interview : str
        What the interview is called as long as it lives: the instanceID of its first version.
    instance_id, deprecated_id : str
        Its own instanceID, and that of the version which it replaces; empty for the first.
    current : bool
        Whether no later version replaced it.
    key : str
        The key of the interview's row in waves, drawn at random; edits keep it.
    xml, sha256 : bytes, str
        What arrived, and its digest.
    pilot : bool
        Whether it is a test interview, which is never data.
    membership, token : Membership or None, Token or None
        Who sent it, by which phone.
    device_id : str
        What the phone calls itself.
    ahead : int or None
        By how many seconds its clock was ahead of the server's; None where it did not say.
    received : datetime
        In UTC.
    awaited : list of str
        Names of the attachments that the interview speaks of.
    complete : bool
        Whether all of them are here.
    state, reason : str, str
        ``received``, ``accepted``, ``returned`` or ``rejected``, and why. What is ``withdrawn`` is
        a tombstone: it is no current version, and its XML is empty.
    """

    class State(models.TextChoices):
        """What was decided of it."""

        RECEIVED = "received"
        ACCEPTED = "accepted"
        RETURNED = "returned"
        REJECTED = "rejected"
        WITHDRAWN = "withdrawn"

    study = models.CharField(max_length=NAME)
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="submissions")
    interview = models.CharField(max_length=NAME)
    instance_id = models.CharField(max_length=NAME)
    deprecated_id = models.CharField(max_length=NAME, blank=True)
    current = models.BooleanField(default=True)
    key = models.CharField(max_length=40)
    xml = models.BinaryField()
    sha256 = models.CharField(max_length=SHA256)
    pilot = models.BooleanField(default=False)
    membership = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    token = models.ForeignKey(Token, models.PROTECT, null=True, related_name="+")
    device_id = models.CharField(max_length=NAME, blank=True)
    ahead = models.IntegerField(null=True)
    received = models.DateTimeField()
    awaited = models.JSONField(default=list)
    complete = models.BooleanField(default=True)
    state = models.CharField(max_length=20, choices=State, default=State.RECEIVED)
    reason = models.TextField(blank=True)

    class Meta:
        """An instanceID arrives once; an interview has one current version."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "instance_id"], name="one_row_of_an_instance"),
            models.UniqueConstraint(
                fields=["study", "interview"],
                condition=models.Q(current=True),
                name="one_current_version",
            ),
        ]
        indexes: ClassVar = [
            # The list of interviews: its pages, and how many there are of each state. SQLite takes
            # a truth value for no equation, so that it stands after what pages are ordered by.
            models.Index(fields=["study", "received", "current"], name="submissions_by_time"),
            models.Index(
                fields=["study", "current", "pilot", "state"], name="submissions_by_state"
            ),
        ]

    def __str__(self) -> str:
        """Name the submission in logs."""
        return f"{self.study} {self.instance_id}"


class Attachment(models.Model):
    """A file of a submission: a picture, a recording, the audit of times.

    Attributes
    ----------
    submission : Submission
        Whose it is.
    name, type : str, str
        As the phone called it; the media type that it gave.
    sha256, size : str, int
        Of its bytes, which lie in the blobs.
    carried : bool
        Whether it came with the version before and was not sent anew; one that is sent replaces it.
    received : datetime
        In UTC.
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=NAME)
    type = models.CharField(max_length=NAME, blank=True)
    sha256 = models.CharField(max_length=SHA256)
    size = models.PositiveBigIntegerField()
    carried = models.BooleanField(default=False)
    received = models.DateTimeField()

    class Meta:
        """A name is one file."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "name"], name="one_attachment_of_a_name")
        ]

    def __str__(self) -> str:
        """Name the attachment in logs."""
        return self.name


class Quarantined(models.Model):
    """What arrived and could not be taken as an interview; a person looks at it.

    Attributes
    ----------
    study, membership, token, device_id : str, Membership or None, Token or None, str
        Where it came to, from whom.
    reason, detail : str, str
        Code of the problem; what was found, in English, for who repairs it.
    instance_id : str
        Where it could be read.
    digest : str
        Of what it holds, so that a phone that tries again adds to `times` and no row.
    body_sha256, content_type, size : str, str, int
        The whole body as it came, which lies in the blobs, and what is needed to read it again.
    received, last, times : datetime, datetime, int
        First and last arrival, in UTC; how often.
    settled, settled_by, outcome : datetime or None, Person or None, str
        When somebody settled it, who, and how: ``taken`` or ``set-aside``.
    note : str or None
        Why it was set aside, in the person's words: here and not in the log, so that they go with
        an interview that is withdrawn.
    """

    study = models.CharField(max_length=NAME)
    membership = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    token = models.ForeignKey(Token, models.PROTECT, null=True, related_name="+")
    device_id = models.CharField(max_length=NAME, blank=True)
    reason = models.CharField(max_length=60)
    detail = models.TextField(blank=True)
    instance_id = models.CharField(max_length=NAME, blank=True)
    digest = models.CharField(max_length=SHA256)
    body_sha256 = models.CharField(max_length=SHA256)
    content_type = models.TextField(blank=True)
    size = models.PositiveBigIntegerField()
    received = models.DateTimeField()
    last = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)
    settled = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=20, blank=True)
    # None in bundles that were written before there was a note.
    note = models.TextField(null=True, blank=True)

    class Meta:
        """The same content is kept once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "digest"], name="one_quarantined_of_a_content")
        ]

    def __str__(self) -> str:
        """Name the row in logs."""
        return f"{self.study} {self.reason}"


class Decision(models.Model):
    """What a person decided of a submission: its history.

    Attributes
    ----------
    submission : Submission
        Of what.
    person : Person
        Who.
    moment : datetime
        In UTC.
    before, after : str
        States.
    reason : str
        In the person's words; here and not in the log, so that they go with an interview that is
        withdrawn.
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="decisions")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    moment = models.DateTimeField()
    before = models.CharField(max_length=20, choices=Submission.State)
    after = models.CharField(max_length=20, choices=Submission.State)
    reason = models.TextField(blank=True)

    def __str__(self) -> str:
        """Name the decision in logs."""
        return f"{self.submission_id} {self.before} {self.after}"


class Link(models.Model):
    """An address by which residents fill a questionnaire in themselves.

    What is answered by it names no link: who was sent one is never tied to answers.

    Attributes
    ----------
    study, population : str
        Where it leads to; interviews by link are a population of their own.
    code : str
        The last part of an open address, which everybody may know; empty for a personal one.
    digest : str
        SHA-256 of the last part of the address.
    batch : datetime
        When it was made; personal links are made many at once.
    made_by : Person or None
        Who made it.
    used : datetime or None
        Since when a personal one is used up; to the day, so that no moment betrays an interview.
    closed : datetime or None
        Since when it leads nowhere.
    """

    study = models.CharField(max_length=NAME)
    population = models.CharField(max_length=NAME)
    code = models.CharField(max_length=40, blank=True)
    digest = models.CharField(max_length=SHA256, unique=True)
    batch = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    used = models.DateTimeField(null=True)
    closed = models.DateTimeField(null=True)

    class Meta:
        """Links are found by their study."""

        indexes: ClassVar = [models.Index(fields=["study", "population"], name="links_of_a_study")]

    def __str__(self) -> str:
        """Name the link in logs, without its secret."""
        return f"{'open' if self.code else 'personal'} link {self.pk} ({self.population})"
