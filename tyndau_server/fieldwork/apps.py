"""The Django application of fieldwork.

In: nothing. Out: its configuration, by which Django finds models and templates.
"""

from django.apps import AppConfig


class FieldworkConfig(AppConfig):
    """Instruments, submissions, quarantine."""

    name = "tyndau_server.fieldwork"
    label = "fieldwork"

    def ready(self) -> None:
        """Let the design know which questionnaires are in use."""
        # Models can be imported only after all applications are.
        from tyndau_server.fieldwork.in_use import in_use
        from tyndau_server.studies.uses import USES

        USES.append(in_use)
