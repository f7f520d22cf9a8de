"""The Django application of control.

In: nothing. Out: its configuration, by which Django finds models and templates.
"""

from django.apps import AppConfig


class ControlConfig(AppConfig):
    """Assignments, contacts, quotas, alerts, pay."""

    name = "tyndau_server.control"
    label = "control"
