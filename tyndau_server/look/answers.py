"""An answer that a browser would show as an empty page, put into the frame.

In: a request and its answer. Out: the answer; a method that is not offered gets our page, where the
address is one of a page and not one of a phone.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase

from tyndau.base.languages import INTERFACE_LANGUAGES
from tyndau_server.look.views.refused import not_offered


class Answers:
    """The middleware.

    Parameters
    ----------
    get_response : callable
        What answers the request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request, in our words where it asks for a page."""
        answer = self._get_response(request)
        is_page = request.path.split("/", 2)[1] in INTERFACE_LANGUAGES
        if is_page and isinstance(answer, HttpResponseNotAllowed):
            ours = not_offered(request)
            ours["Allow"] = answer["Allow"]
            return ours
        return answer
