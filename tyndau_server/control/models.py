"""What the server keeps of how the field is run.

In: nothing. Out: models, in the order of the day: who is sent where (`Assignment`, `Share`), what
phones report (`Contact`, `Report`, `Question`), what the worker makes of interviews (`Made`,
`Counted`, `Alert`), what people decide of pay (`Cut`). Answers of respondents stand in none of them
but for what quotas count.
"""

from typing import ClassVar

from django.db import models

from tyndau_server.control.counted import Counted
from tyndau_server.fieldwork.models import NAME, Submission
from tyndau_server.people.models import Membership, Person, Token

__all__ = [
    "Alert", "Assignment", "Contact", "Counted", "Cut", "Made", "Question", "Report", "Share",
]  # fmt: skip


class Assignment(models.Model):
    """An interviewer sent to a point.

    Attributes
    ----------
    study, population : str
        Slug of the study; the form that is asked there.
    membership : Membership
        Of the interviewer.
    point : str
        Code of the point.
    interviews : int
        How many this interviewer is to make there; how many were made of it, once it ended.
    day : date or None
        The day in the study's zone; None for any.
    begins, ends : time or None
        The shift; None for any hour of the day.
    stands_for : str
        Code of the point that this one, a substitute, stands in for; empty otherwise.
    takes_over : Membership or None
        The interviewer whose rest it is, where one fell ill or left.
    reason : str
        Why, where it is a substitute or a rest, in words of who decided.
    made, made_by : datetime, Person or None
        When, by whom.
    ended, ended_by, end_reason : datetime or None, Person or None, str
        Since when it holds no more; what is left of its share is then open to others.
    """

    study = models.CharField(max_length=NAME)
    population = models.CharField(max_length=NAME)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="assignments")
    point = models.CharField(max_length=NAME)
    interviews = models.PositiveIntegerField()
    day = models.DateField(null=True)
    begins = models.TimeField(null=True)
    ends = models.TimeField(null=True)
    stands_for = models.CharField(max_length=NAME, blank=True)
    takes_over = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)
    made = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    end_reason = models.TextField(blank=True)

    class Meta:
        """Assignments are found by study and by interviewer."""

        indexes: ClassVar = [models.Index(fields=["study", "point"], name="assignments_by_point")]

    def __str__(self) -> str:
        """Name the assignment in logs."""
        return f"{self.study} {self.membership_id} {self.point}"


class Share(models.Model):
    """An interviewer's share of a quota cell: a promise that no other interview takes.

    Attributes
    ----------
    study, population : str
        Slug of the study; the form.
    membership : Membership
        Whose it is.
    cell : str
        The cell, such as ``territory=center sex=male age_group=18-29``; the territory is first.
    interviews : int
        How many.
    released : datetime or None
        Since when what is left of it is open to others.
    """

    study = models.CharField(max_length=NAME)
    population = models.CharField(max_length=NAME)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="shares")
    cell = models.CharField(max_length=500)
    interviews = models.PositiveIntegerField()
    released = models.DateTimeField(null=True)

    class Meta:
        """A share is one number."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["membership", "population", "cell"], name="one_share_of_a_cell"
            )
        ]

    def __str__(self) -> str:
        """Name the share in logs."""
        return f"{self.membership_id} {self.cell}"


class Contact(models.Model):
    """What came of addressing a person at a point, as the interviewer's counter told it.

    Attributes
    ----------
    study, population : str
        Slug of the study; the form.
    uid : str
        Drawn by the phone; a contact that is sent again is the same one.
    membership, token : Membership, Token or None
        Who addressed the person; by which phone.
    point : str
        Code of the point.
    moment : datetime
        By the phone's clock, brought to the server's.
    outcome : str
        One of `Outcome`.
    passed : int
        How many people, cars or doors were counted since the contact before, this one too.
    interview : str
        The instanceID of the interview's first version, where there was one.
    band : str
        How far from the point, as a band in metres such as ``0-100``; empty where nobody knows.
        The position itself is kept nowhere.
    received : datetime
        In UTC.
    """

    class Outcome(models.TextChoices):
        """What came of it."""

        INTERVIEW = "interview"
        INTERRUPTED = "interrupted"
        REFUSED = "refused"
        NOT_ELIGIBLE = "not_eligible"
        LANGUAGE = "language"
        NOT_HOME = "not_home"

    study = models.CharField(max_length=NAME)
    population = models.CharField(max_length=NAME)
    uid = models.CharField(max_length=40)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    token = models.ForeignKey(Token, models.PROTECT, null=True, related_name="+")
    point = models.CharField(max_length=NAME)
    moment = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=Outcome)
    passed = models.PositiveIntegerField(default=0)
    interview = models.CharField(max_length=NAME, blank=True)
    band = models.CharField(max_length=20, blank=True)
    received = models.DateTimeField()

    class Meta:
        """A contact arrives once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "uid"], name="one_contact_of_a_uid")
        ]
        indexes: ClassVar = [models.Index(fields=["study", "moment"], name="contacts_by_time")]

    def __str__(self) -> str:
        """Name the contact in logs."""
        return f"{self.study} {self.point} {self.outcome}"


class Report(models.Model):
    """What a phone last said of itself.

    Attributes
    ----------
    token : Token
        The phone.
    moment : datetime
        When, by the server's clock.
    unsent, drafts : int
        How many finished interviews and contacts wait on it; how many are begun.
    ahead : int
        By how many seconds its clock is ahead of the server's.
    kept : bool or None
        Whether its browser promised to keep what is stored; None where it does not say.
    """

    token = models.OneToOneField(Token, models.PROTECT, related_name="report")
    moment = models.DateTimeField()
    unsent = models.PositiveIntegerField(default=0)
    drafts = models.PositiveIntegerField(default=0)
    ahead = models.IntegerField(default=0)
    kept = models.BooleanField(null=True)

    def __str__(self) -> str:
        """Name the report in logs."""
        return f"token {self.token_id} at {self.moment}"


class Question(models.Model):
    """What an interviewer asks in the field, and the answer.

    Attributes
    ----------
    study, membership : str, Membership
        Where and who.
    uid : str
        Drawn by the phone; a question that is sent again is the same one.
    text : str
        The question.
    moment, received : datetime
        When it was asked by the phone's clock, brought to the server's; when it came.
    answer, answered, answered_by : str, datetime or None, Person or None
        The answer, when, by whom.
    """

    study = models.CharField(max_length=NAME)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    uid = models.CharField(max_length=40)
    text = models.TextField()
    moment = models.DateTimeField()
    received = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        """A question arrives once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "uid"], name="one_question_of_a_uid")
        ]

    def __str__(self) -> str:
        """Name the question in logs."""
        return f"{self.study} question {self.pk}"


class Made(models.Model):
    """The facts of an interview by which the field is run; the worker writes them anew.

    Attributes
    ----------
    study, population : str
        Slug of the study; the form.
    submission : Submission
        The current version of the interview.
    membership : Membership or None
        Who made it.
    point, territory, residence : str
        Code of the point, of the territory where it lies, of the one where the respondent lives;
        empty where unknown.
    began, ended : datetime or None
        By the phone's clock, brought to the server's.
    day : date or None
        On which it began, in the study's zone.
    minutes : float or None
        How long it took.
    language : str
        In which it ended.
    outcome : str
        ``complete``, ``not_eligible``, ``refused`` or ``interrupted``, by the form's routing.
    cells : list of str
        Quota cells to which it belongs, one of each table at most.
    over : list of str
        Those of them which were full before it: it is kept, and not needed.
    """

    study = models.CharField(max_length=NAME)
    population = models.CharField(max_length=NAME)
    submission = models.OneToOneField(Submission, models.CASCADE, related_name="made")
    # Found by the index below alone: where a database knows little of a table it chooses among
    # indexes by chance.
    membership = models.ForeignKey(
        Membership, models.PROTECT, null=True, related_name="+", db_index=False
    )
    point = models.CharField(max_length=NAME, blank=True)
    territory = models.CharField(max_length=NAME, blank=True)
    residence = models.CharField(max_length=NAME, blank=True)
    began = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)
    day = models.DateField(null=True)
    minutes = models.FloatField(null=True)
    language = models.CharField(max_length=20, blank=True)
    outcome = models.CharField(max_length=20)
    cells = models.JSONField(default=list)
    over = models.JSONField(default=list)

    class Meta:
        """Facts are counted by study and day, and by interviewer and day."""

        indexes: ClassVar = [
            models.Index(fields=["study", "population", "day"], name="made_by_day"),
            models.Index(fields=["study", "population", "point"], name="made_by_point"),
            models.Index(fields=["membership", "day"], name="made_by_interviewer"),
        ]

    def __str__(self) -> str:
        """Name the interview in logs."""
        return f"{self.study} {self.submission_id}"


class Alert(models.Model):
    """Something in the field that a person should look at; a reason to look, never a verdict.

    Attributes
    ----------
    study, population : str
        Slug of the study; the form.
    rule : str
        Which rule of the field.
    key : str
        What makes it the same alert when it is computed again.
    membership : Membership or None
        Whom it concerns.
    point : str
        The point; empty where it concerns none.
    day : date or None
        The day.
    facts : dict
        What its sentence is made of.
    raised : datetime
        When it was first found.
    gone : datetime or None
        Since when it is found no more, because more has arrived.
    settled, settled_by, note : datetime or None, Person or None, str
        When somebody looked, who, and what was done.
    """

    study = models.CharField(max_length=NAME)
    population = models.CharField(max_length=NAME)
    rule = models.CharField(max_length=60)
    key = models.CharField(max_length=NAME)
    membership = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    point = models.CharField(max_length=NAME, blank=True)
    day = models.DateField(null=True)
    facts = models.JSONField(default=dict)
    raised = models.DateTimeField()
    gone = models.DateTimeField(null=True)
    settled = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        """An alert is raised once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "key"], name="one_alert_of_a_key")
        ]

    def __str__(self) -> str:
        """Name the alert in logs."""
        return f"{self.study} {self.key}"


class Cut(models.Model):
    """What a person decided to pay less to an interviewer, and why.

    Attributes
    ----------
    study, membership : str, Membership
        Where and whose pay.
    amount : Decimal
        In tenge, above 0.
    reason : str
        In words of who decided; never empty.
    made, made_by : datetime, Person
        When, by whom.
    revoked, revoked_by : datetime or None, Person or None
        Since when it holds no more.
    """

    study = models.CharField(max_length=NAME)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="cuts")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    reason = models.TextField()
    made = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    revoked = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        """Name the cut in logs."""
        return f"{self.study} {self.membership_id} {self.amount}"
