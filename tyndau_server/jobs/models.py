"""The jobs, done and to be done.

In: nothing. Out: `Job`. Facts of a study, its waves and results stand in its folder and are not
copied here.
"""

from typing import ClassVar

from django.db import models

from tyndau_server.people.models import Person


class Job(models.Model):
    """A piece of long work on one study.

    Attributes
    ----------
    study : str
        The study's slug.
    kind : str
        One of `tyndau_server.jobs.kinds`.
    arguments : dict
        What the work needs to know besides the study.
    asked_by : Person or None
        Who asked for it; None where the server did.
    state : str
        ``waiting``, ``running``, ``done`` or ``failed``.
    done, total : int
        Steps done and steps in all; 0 of 0 where it is not known.
    words : dict of str to str
        What is being done now, by language of the interface.
    problems : list of dict
        Why it failed: ``code``, and by language ``where``, ``what``, ``remedy``.
    attempts : int
        How often a worker took it.
    created, finished : datetime
        In UTC.
    """

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    OPEN: ClassVar[tuple[str, ...]] = (State.WAITING, State.RUNNING)

    study = models.CharField(max_length=255)
    kind = models.CharField(max_length=20)
    arguments = models.JSONField(default=dict)
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    words = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    attempts = models.PositiveIntegerField(default=0)
    created = models.DateTimeField(auto_now_add=True)
    finished = models.DateTimeField(null=True)

    class Meta:
        """One open job of a kind a study: asking twice is asking once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["study", "kind"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="one_open_job_of_a_kind",
            )
        ]

    def __str__(self) -> str:
        """Name the job in logs."""
        return f"{self.kind} {self.study} ({self.state})"
