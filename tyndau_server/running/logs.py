"""What the terminal or the journal is told: JSON lines in production, else lines of trouble.

In: records of logging. Out: lines without tokens, queries, answers or addresses: where the path of
the request that is being answered stands in a text, the name of its route takes its place. Who is
told of a request says what happened to whom by numbers: of a person, of a request.
"""

import json
import logging
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import InterfaceError, OperationalError

_TIME = "milliseconds"


@dataclass(slots=True)
class Asked:
    """The request that this thread answers.

    Attributes
    ----------
    id : str
        Its number, which its answer bears.
    paths : tuple of str
        How its address may stand in a text, the longest first.
    route : str
        The name of its route; empty where it has none.
    """

    id: str
    paths: tuple[str, ...]
    route: str = ""


ASKED: ContextVar[Asked | None] = ContextVar("asked", default=None)


def _without_paths(text: str) -> str:
    asked = ASKED.get()
    if asked is not None:
        for path in asked.paths:
            text = text.replace(path, f"<{asked.route or 'no route'}>")
    return text


class Lines(logging.Formatter):
    """Lines for people."""

    def format(self, record: logging.LogRecord) -> str:
        """Say a record.

        Parameters
        ----------
        record : LogRecord
            What is told.

        Returns
        -------
        str
            The line, with a traceback below it where there is one.
        """
        return _without_paths(super().format(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802 - as logging calls it
        """Say what failed; of a database that is away its own words are enough.

        Parameters
        ----------
        ei : tuple
            As `sys.exc_info` gives it.

        Returns
        -------
        str
            A traceback or a line.
        """
        if isinstance(ei[1], OperationalError | InterfaceError):
            return f"{type(ei[1]).__name__}: {ei[1]}".strip()
        return super().formatException(ei)


class Json(Lines):
    """Lines for programs: one JSON object a record."""

    def format(self, record: logging.LogRecord) -> str:
        """Say a record.

        Parameters
        ----------
        record : LogRecord
            What is told; its ``shown`` are fields of the line.

        Returns
        -------
        str
            The line.
        """
        asked = ASKED.get()
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec=_TIME),
            "level": record.levelname.lower(),
            "log": record.name,
        }
        line |= getattr(record, "shown", None) or {"message": record.getMessage()}
        if asked is not None:
            line["request"] = asked.id
        if record.exc_info:
            line["fault"] = self.formatException(record.exc_info)
        return _without_paths(json.dumps(line, ensure_ascii=False))
