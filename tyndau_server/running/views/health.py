"""Health: whether the server lives, and whether it is ready to work.

In: a request of a program that watches it. Out: JSON; 503 where it is not ready. No page and no
words for people: who reads it looks into the log next.
"""

from django.http import HttpRequest, JsonResponse

from tyndau_server.running.readiness import OK, readiness


def health(request: HttpRequest) -> JsonResponse:
    """Say that the server answers; nothing else is asked, the database neither.

    Parameters
    ----------
    request : HttpRequest
        Anybody's.

    Returns
    -------
    JsonResponse
        ``{"status": "ok"}``.
    """
    return JsonResponse({"status": OK}, headers={"Cache-Control": "no-store"})


def ready(request: HttpRequest) -> JsonResponse:
    """Say whether each part is ready.

    Parameters
    ----------
    request : HttpRequest
        Anybody's.

    Returns
    -------
    JsonResponse
        A word for each part, with 503 where one fails.
    """
    parts = readiness()
    status = 200 if set(parts.values()) == {OK} else 503
    return JsonResponse(parts, status=status, headers={"Cache-Control": "no-store"})
