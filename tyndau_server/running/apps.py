"""The Django application of running.

In: nothing. Out: its configuration; when Django is set up, its checks are known.
"""

from django.apps import AppConfig


class RunningConfig(AppConfig):
    """Processes, logs, health and checks."""

    name = "tyndau_server.running"
    label = "running"

    def ready(self) -> None:
        """Register the checks."""
        from django.core.checks import register

        from tyndau_server.running import checks

        register(checks.of_the_machine, checks.MACHINE, deploy=True)
        register(checks.of_the_database, checks.DATABASE, deploy=True)
