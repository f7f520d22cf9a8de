"""The Django application of control.

In: nothing. Out: its configuration, by which Django finds models and templates.
"""

from django.apps import AppConfig


class ControlConfig(AppConfig):
    """Assignments, contacts, quotas, alerts, pay."""

    name = "tyndau_server.control"
    label = "control"

    def ready(self) -> None:
        """Let arrivals and decisions ask for the facts of their field, and withdrawals erase them."""
        # Models can be imported only after all applications are.
        from tyndau_server.control import ask, withdrawn
        from tyndau_server.fieldwork import decide, receive, withdraw

        receive.COUNTERS.append(ask.on_arrival)
        decide.DECIDED.append(ask.ask_after)
        withdraw.ROWS.append(withdrawn.forget)
