"""The Django application of bundles.

In: nothing. Out: its configuration, by which Django finds templates.
"""

from django.apps import AppConfig


class BundleConfig(AppConfig):
    """Studies that move between servers."""

    name = "tyndau_server.bundle"
    label = "bundle"

    def ready(self) -> None:
        """Let bundles go that hold an interview which was withdrawn."""
        # Models can be imported only after all applications are.
        from tyndau_server.bundle.work import drop_bundles
        from tyndau_server.fieldwork.erasing import COPIES

        COPIES.append(drop_bundles)
