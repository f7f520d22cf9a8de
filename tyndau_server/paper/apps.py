"""The Django application of interviews on paper.

In: nothing. Out: its configuration, by which Django finds models and templates.
"""

from django.apps import AppConfig


class PaperConfig(AppConfig):
    """Sheets, what was typed in, what was settled."""

    name = "tyndau_server.paper"
    label = "paper"

    def ready(self) -> None:
        """Let what was typed in go with an interview that is withdrawn."""
        # Models can be imported only after all applications are.
        from tyndau_server.fieldwork.withdraw import ROWS
        from tyndau_server.paper.enter import erase_typed

        ROWS.append(erase_typed)
