"""Persons, what they are in which study, and by what they come in.

In: nothing. Out: models. Secrets stand here as digests only: a link or a token is shown once, to
whoever makes it. What a role may do is not said here but in `tyndau_server.people.matrix`.
"""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

DIGEST = 64


class Role(models.TextChoices):
    """What a person is in a study."""

    HEAD = "head"
    SOCIOLOGIST = "sociologist"
    SUPERVISOR = "supervisor"
    INTERVIEWER = "interviewer"
    MODERATOR = "moderator"
    CUSTOMER = "customer"
    READER = "reader"


class Persons(BaseUserManager["Person"]):
    """How persons are found by what they type."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Return the person of an address, however its capitals are written.

        Parameters
        ----------
        username : str or None
            The address.

        Returns
        -------
        Person
            The person.
        """
        return self.get(email=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """Somebody who works here.

    Attributes
    ----------
    email : str or None
        By which the person signs in; None for an interviewer, who comes by a token alone.
    name : str
        As colleagues see it.
    language : str
        In which pages greet the person and phones are answered: ``kk``, ``ru`` or ``en``; empty
        for an interviewer whose phone says it.
    administrator : bool
        Whether the person looks after this server: makes studies, invites into any of them.
    is_active : bool
        Whether the person may come in at all.
    turn : int
        Counts how often the person ended all sessions; those of an earlier turn hold no more.
    created : datetime
        In UTC.
    """

    email = models.EmailField(unique=True, null=True)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=2, default="kk")
    administrator = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    turn = models.PositiveIntegerField(default=0)
    created = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    objects: ClassVar[Persons] = Persons()

    def __str__(self) -> str:
        """Name the person as colleagues do."""
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Return what a session must hold to be this person's: another one with each turn."""
        salt = f"tyndau.session.{self.turn}"
        return salted_hmac(salt, self.password, secret=secret, algorithm="sha256").hexdigest()


class Membership(models.Model):
    """What a person is in a study.

    Attributes
    ----------
    person : Person
        Who.
    study : str
        The study's slug.
    role : str
        One of `Role`.
    code : str
        By which an interviewer stands in the data, such as ``i07``; empty for others.
    territories : list of str
        Codes of the territories that a supervisor looks after; empty for all.
    forms : list of str
        Populations that an interviewer asks; empty for all.
    began, ended : datetime
        In UTC; ``ended`` is None as long as it lasts.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    study = models.CharField(max_length=255)
    role = models.CharField(max_length=20, choices=Role)
    code = models.CharField(max_length=40, blank=True)
    territories = models.JSONField(default=list)
    forms = models.JSONField(default=list)
    began = models.DateTimeField(auto_now_add=True)
    ended = models.DateTimeField(null=True)

    class Meta:
        """A person is one thing at a time in a study."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "study"],
                condition=models.Q(ended=None),
                name="one_role_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["study", "code"],
                condition=models.Q(ended=None) & ~models.Q(code=""),
                name="one_interviewer_of_a_code",
            ),
        ]

    def __str__(self) -> str:
        """Name the membership in logs."""
        return f"{self.person_id} {self.role} {self.study}"


class Invitation(models.Model):
    """A one-time link by which somebody gets a role, a new password or a new second factor.

    Attributes
    ----------
    kind : str
        ``join``, ``password`` or ``device``.
    digest : str
        SHA-256 of the link's secret, in hexadecimal.
    name, email : str
        Of whom it is meant for.
    person : Person or None
        Whose password or device it renews; None where it invites somebody.
    study, role : str
        What the person becomes where; empty for a server's administrator and for renewals.
    territories : list of str
        Of a supervisor.
    administrator : bool
        Whether it makes an administrator.
    made_by : Person or None
        Who made it; None where the command line did.
    created, expires, used, revoked : datetime
        In UTC; ``used`` and ``revoked`` are None until it was.
    """

    class Kind(models.TextChoices):
        """What it is for."""

        JOIN = "join"
        PASSWORD = "password"  # noqa: S105 - no secret
        DEVICE = "device"

    kind = models.CharField(max_length=20, choices=Kind, default=Kind.JOIN)
    digest = models.CharField(max_length=DIGEST, unique=True)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="renewals")
    study = models.CharField(max_length=255, blank=True)
    role = models.CharField(max_length=20, choices=Role, blank=True)
    territories = models.JSONField(default=list)
    administrator = models.BooleanField(default=False)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="invitations")
    created = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)
    revoked = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Name the invitation in logs, without its secret."""
        return f"{self.kind} {self.pk} ({self.role} {self.study})"


class Token(models.Model):
    """What an interviewer's phone shows instead of a password; it stands in addresses.

    Attributes
    ----------
    digest : str
        SHA-256 of the token, in hexadecimal.
    membership : Membership
        Whose it is.
    label : str
        Which phone has it, in words.
    made_by : Membership or None
        Of who made it; None for a server's administrator, the command line and those made before
        it was written down.
    created, used, revoked : datetime
        In UTC; ``used`` is when it was last seen, None for never; ``revoked`` None while it holds.
    """

    digest = models.CharField(max_length=DIGEST, unique=True)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="tokens")
    label = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(
        Membership, models.PROTECT, null=True, related_name="+", db_index=False
    )
    created = models.DateTimeField(auto_now_add=True)
    used = models.DateTimeField(null=True)
    revoked = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Name the token in logs, without its secret."""
        return f"token {self.pk} of {self.membership_id}"
