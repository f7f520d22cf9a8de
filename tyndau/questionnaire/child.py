"""Running the child process that reads spreadsheets (`tyndau.questionnaire.convert`).

In: sources whose notation is known. Out: for each what the child found, or None where it broke a
limit. A file that takes too much time or memory costs itself only: those after it get a new child.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tyndau.questionnaire.sniff import Notation

# A form of 500 questions takes 1 s and 150 MB; a form of 10,000 rows, the most that is read, 20 s.
MEMORY = 1_500_000_000
SECONDS_FOR_ONE = 60
SECONDS_FOR_EACH_MORE = 5
MAX_ROWS = 10_000
MAX_COLUMNS = 300


@dataclass(frozen=True, slots=True)
class Source:
    """A questionnaire to be read.

    Attributes
    ----------
    notation : {"xlsx", "xls", "csv", "md"}
        How to read it.
    stem : str
        Name of the form where its settings give none.
    path : Path or None
        The file.
    text : str
        The content, where there is no file.
    """

    notation: Notation
    stem: str
    path: Path | None = None
    text: str = ""

    def request(self) -> dict[str, str]:
        """Return what the child is told.

        Returns
        -------
        dict of str to str
            For JSON.
        """
        where = {"text": self.text} if self.path is None else {"path": str(self.path.resolve())}
        return {"notation": self.notation, "stem": self.stem, **where}


def run(sources: Sequence[Source]) -> list[dict[str, Any] | None]:
    """Read sources in a child process.

    Parameters
    ----------
    sources : sequence of Source
        What to read.

    Returns
    -------
    list of dict or None
        The child's answer for each source; None where it broke a limit.
    """
    answers: list[dict[str, Any] | None] = []
    while len(answers) < len(sources):
        done = _run_once(sources[len(answers) :])
        answers.extend(done)
        if len(answers) < len(sources):
            answers.append(None)
    return answers


def _run_once(sources: Sequence[Source]) -> list[dict[str, Any]]:
    """Return the answers until all are there or a limit is broken."""
    seconds = SECONDS_FOR_ONE + SECONDS_FOR_EACH_MORE * (len(sources) - 1)
    limits = {"memory": MEMORY, "seconds": seconds, "rows": MAX_ROWS, "columns": MAX_COLUMNS}
    request = {"limits": limits, "sources": [source.request() for source in sources]}
    script = Path(__file__).with_name("convert.py")
    process = subprocess.Popen(  # noqa: S603 - our own script, by its path
        [sys.executable, "-P", str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # Without threads of numeric libraries, which reserve much memory.
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"},
    )
    try:
        output, errors = process.communicate(json.dumps(request).encode(), timeout=2 * seconds)
        limited = process.returncode < 0 or b"MemoryError" in errors
    except subprocess.TimeoutExpired:
        process.kill()
        output, errors = process.communicate()
        limited = True
    if process.returncode and not limited:
        raise RuntimeError(errors.decode("utf-8", "replace"))
    lines = [line for line in output.split(b"\n") if line.endswith(b"}")]
    return [json.loads(line) for line in lines]
