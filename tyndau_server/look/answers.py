"""Answers that Django or a browser would word or place themselves, put into the frame.

In: a request and its answer. Out: the answer. A method that is not offered gets our page in place
of an empty one; a part of a page that is asked for by htmx and answered by the way to another page
(to sign in, say) has the whole page loaded again, in place of that page inside the part.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django_htmx.http import HttpResponseClientRefresh

from tyndau.base.languages import INTERFACE_LANGUAGES
from tyndau_server.look.refused import not_offered

_REDIRECTS = (301, 302, 303, 307, 308)


class Answers:
    """The middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request, in our words where it asks for a page."""
        answer = self._get_response(request)
        if request.headers.get("HX-Request") == "true" and answer.status_code in _REDIRECTS:
            return HttpResponseClientRefresh()
        is_page = request.path.split("/", 2)[1] in INTERFACE_LANGUAGES
        if is_page and isinstance(answer, HttpResponseNotAllowed):
            ours: HttpResponse = not_offered(request)
            ours["Allow"] = answer["Allow"]
            return ours
        return answer
