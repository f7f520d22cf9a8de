"""Finds the sentences of ours in templates, for `tools/catalogues`.

In: the text of a template. Out: each sentence of ``{% say "..." %}`` with its line, as Babel's
extraction expects it.
"""

import re
from collections.abc import Iterator
from typing import IO, Any

_SAY = re.compile(r"""\{%-?\s*say\s+(?:"([^"]*)"|'([^']*)')""")


def extract(
    file: IO[bytes],
    keywords: Any,  # noqa: ARG001 - Babel passes it
    comment_tags: Any,  # noqa: ARG001
    options: Any,  # noqa: ARG001
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Go through the sentences of a template.

    Parameters
    ----------
    file : binary stream
        The template.
    keywords, comment_tags, options : object
        What Babel passes; not needed.

    Yields
    ------
    tuple
        Line, function, sentence, comments.
    """
    for number, line in enumerate(file.read().decode("utf-8").splitlines(), 1):
        for match in _SAY.finditer(line):
            yield number, "N_", match[1] or match[2], []
