"""The Django application of studies.

In: nothing. Out: its configuration, by which Django finds models, templates and static files.
"""

from django.apps import AppConfig


class StudiesConfig(AppConfig):
    """Studies in the browser."""

    name = "tyndau_server.studies"
