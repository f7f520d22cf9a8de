"""Writes the words of the browser form, in Kazakh and Russian, for its build.

In: the sentences ``_("...")`` in the form's source, the catalogues, the meanings of codes. Out:
JSON with both, which the client holds in itself. A sentence without a translation is left out, so
that it shows in English; `extract` serves `tools/catalogues`, which brings the sentences into the
catalogues.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from tyndau.base.frames import MEANINGS
from tyndau.base.languages import CONTENT_LANGUAGES, Message

_SAID = re.compile(r'(?<![\w$])_\(\s*"((?:[^"\\]|\\.)*)"')


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Go through the sentences of a source file.

    Parameters
    ----------
    text : str
        The file.

    Yields
    ------
    tuple of (int, str)
        The line and the sentence.
    """
    for match in _SAID.finditer(text):
        yield text.count("\n", 0, match.start()) + 1, json.loads(f'"{match[1]}"')


def extract(
    file: IO[bytes],
    keywords: Any,  # noqa: ARG001 - Babel passes it
    comment_tags: Any,  # noqa: ARG001
    options: Any,  # noqa: ARG001
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Go through the sentences of a source file as Babel's extraction expects them.

    Parameters
    ----------
    file : binary stream
        The file.
    keywords, comment_tags, options : object
        What Babel passes; not needed.

    Yields
    ------
    tuple
        Line, function, sentence, comments.
    """
    for line, sentence in sentences(file.read().decode("utf-8")):
        yield line, "N_", sentence, []


def catalogue(client: Path) -> dict[str, Any]:
    """Return what the client must know of languages and codes.

    Parameters
    ----------
    client : Path
        The folder of its source.

    Returns
    -------
    dict
        ``words`` by language and sentence, ``meanings`` by code.
    """
    said = sorted(
        {
            sentence
            for path in client.rglob("*.ts")
            for _line, sentence in sentences(path.read_text(encoding="utf-8"))
        }
    )
    words = {
        language: {
            one: translated for one in said if (translated := Message(one).say(language)) != one
        }
        for language in CONTENT_LANGUAGES
    }
    return {"meanings": dict(MEANINGS), "words": words}


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:])
    target.write_text(json.dumps(catalogue(source), ensure_ascii=False, indent=1), "utf-8")
