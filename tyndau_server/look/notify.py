"""What was done, said once on the next page: the message after a form was sent.

In: a request and a sentence. Out: nothing; the frame of the next page that the same visitor opens
shows it, since a form is answered by the way to a page. It lasts in the session until then.
"""

from typing import Literal

from django.contrib.messages import add_message, constants
from django.http import HttpRequest

from tyndau.base.languages import Sayable, say

Level = Literal["info", "success", "warning", "error"]
_LEVELS: dict[Level, int] = {
    "info": constants.INFO,
    "success": constants.SUCCESS,
    "warning": constants.WARNING,
    "error": constants.ERROR,
}


def notify(
    request: HttpRequest, language: str, sentence: Sayable, level: Level = "success"
) -> None:
    """Say something on the next page.

    Parameters
    ----------
    request : HttpRequest
        Of the form that was sent.
    language : str
        Of the page that it was sent from: ``kk``, ``ru`` or ``en``.
    sentence : Text, Message or str
        What is said.
    level : {"info", "success", "warning", "error"}, default "success"
        How it went.
    """
    add_message(request, _LEVELS[level], say(sentence, language))
