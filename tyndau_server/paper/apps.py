"""The Django application of interviews on paper.

In: nothing. Out: its configuration, by which Django finds models and templates.
"""

from django.apps import AppConfig


class PaperConfig(AppConfig):
    """Sheets, what was typed in, what was settled."""

    name = "tyndau_server.paper"
    label = "paper"
