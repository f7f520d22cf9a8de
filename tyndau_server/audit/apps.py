"""The Django application of audit.

In: nothing. Out: its configuration, by which Django finds models and templates.
"""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The log of decisions."""

    name = "tyndau_server.audit"
    label = "audit"
