"""The Django application of the team.

In: nothing. Out: its configuration, by which Django finds templates.
"""

from django.apps import AppConfig


class TeamConfig(AppConfig):
    """Pages of the team."""

    name = "tyndau_server.team"
    label = "team"
