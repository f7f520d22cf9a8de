"""The Django application of the browser form.

In: nothing. Out: its configuration, by which Django finds the built client.
"""

from django.apps import AppConfig


class FormConfig(AppConfig):
    """The browser form."""

    name = "tyndau_server.form"
    label = "form"

    def ready(self) -> None:
        """Let the key of a phone go with an interview that is withdrawn."""
        # Models can be imported only after all applications are.
        from tyndau_server.fieldwork.withdraw import ROWS
        from tyndau_server.form.sent import forget

        ROWS.append(forget)
