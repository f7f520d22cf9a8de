"""The Django application of bundles.

In: nothing. Out: its configuration, by which Django finds templates.
"""

from django.apps import AppConfig


class BundleConfig(AppConfig):
    """Studies that move between servers."""

    name = "tyndau_server.bundle"
    label = "bundle"
