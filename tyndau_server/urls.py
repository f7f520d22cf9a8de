"""Addresses: the language first, then the study, then what of it.

In: nothing. Out: the patterns, each with one view; a noun of an address is the name of its view's
module. Whatever else is asked for gets our own page in the language of the address.
"""

from django.urls import include, path, register_converter

from tyndau.base.languages import INTERFACE_LANGUAGES
from tyndau_server.studies.views import refused
from tyndau_server.studies.views.chart import chart
from tyndau_server.studies.views.file import file
from tyndau_server.studies.views.index import index, welcome
from tyndau_server.studies.views.job import build, progress
from tyndau_server.studies.views.study import study
from tyndau_server.studies.views.table import table


class _Language:
    """The languages of the interface, as the first part of an address."""

    regex = "|".join(INTERFACE_LANGUAGES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(_Language, "language")

_OF_A_STUDY = [
    path("", study, name="study"),
    path("tables/<str:population>/", table, name="table"),
    path("charts/<str:population>/<str:name>", chart, name="chart"),
    path("files/<str:name>", file, name="file"),
    path("build", build, name="build"),
    path("progress", progress, name="progress"),
]
urlpatterns = [
    path("", welcome, name="welcome"),
    path("<language:language>/", index, name="index"),
    path("<language:language>/studies/<str:slug>/", include(_OF_A_STUDY)),
]
handler400 = refused.bad_request
handler404 = refused.not_found
handler500 = refused.fault
