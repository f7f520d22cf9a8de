"""The Django application of fieldwork.

In: nothing. Out: its configuration, by which Django finds models and templates.
"""

from django.apps import AppConfig


class FieldworkConfig(AppConfig):
    """Instruments, submissions, quarantine."""

    name = "tyndau_server.fieldwork"
    label = "fieldwork"
