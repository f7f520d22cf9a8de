"""The Django application of control.

In: nothing. Out: its configuration, by which Django finds models and templates.
"""

from django.apps import AppConfig


class ControlConfig(AppConfig):
    """Assignments, contacts, quotas, alerts, pay."""

    name = "tyndau_server.control"
    label = "control"

    def ready(self) -> None:
        """Let what changes a field ask for its facts, and withdrawals erase them."""
        # Models can be imported only after all applications are.
        from tyndau_server.control import ask, withdrawn
        from tyndau_server.fieldwork import decide, receive, withdraw
        from tyndau_server.studies import design

        receive.COUNTERS.append(ask.on_arrival)
        decide.DECIDED.append(ask.ask_after)
        design.CHANGED.append(ask.on_design)
        withdraw.ROWS.append(withdrawn.forget)
