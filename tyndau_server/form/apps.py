"""The Django application of the browser form.

In: nothing. Out: its configuration, by which Django finds the built client.
"""

from django.apps import AppConfig


class FormConfig(AppConfig):
    """The browser form."""

    name = "tyndau_server.form"
    label = "form"
