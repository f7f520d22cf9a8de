"""Progress of long work: the pure package reports, whoever called it shows.

A function that may run for seconds takes ``progress: Progress = silent`` and calls it as it goes.
"""

from typing import Protocol

from tyndau.base.languages import Sayable


class Progress(Protocol):
    """What long work calls to say how far it is."""

    def __call__(self, done: int, total: int, what: Sayable) -> None:
        """Report progress.

        Parameters
        ----------
        done, total : int
            Steps done and steps in all, ``0 <= done <= total``.
        what : Text, Message or str
            What is being done now.
        """


def silent(done: int, total: int, what: Sayable) -> None:
    """Show nothing; the default wherever progress is reported.

    Parameters
    ----------
    done, total : int
        Steps done and steps in all.
    what : Text, Message or str
        What is being done now.
    """
