"""The Django application of people.

In: nothing. Out: its configuration, by which Django finds models and templates.
"""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Accounts, roles, invitations, tokens."""

    name = "tyndau_server.people"
    label = "people"
