"""The Django application of jobs.

In: nothing. Out: its configuration, by which Django finds models and templates.
"""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """The queue of long work."""

    name = "tyndau_server.jobs"
    label = "jobs"
