"""How fast interviews of phones are read, handed on as CSV, frozen as data and written for SPSS.

Run ``.venv/bin/python benchmarks/interviews.py``: 25,000 made-up interviews of 60 questions, one
fourth each of single and multiple responses, numbers and texts in Kazakh. Interviews are parsed
anew for each line, as a server does that holds the XML alone. Memory is what the process grew by
at its highest; it needs Linux.
"""

import platform
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from tyndau.fieldwork.openrosa import Instance, read_instance, read_xform
from tyndau.interchange import csv_rows, import_frame, submissions_table
from tyndau.interchange.sav_write import write_sav
from tyndau.questionnaire.load import read_form
from tyndau.study import Study, load_study, new_study
from tyndau.study.standards import SampleColumns
from tyndau.waves import KEY

INTERVIEWS, QUESTIONS, SEED = 25_000, 60, 2026
TYPES = ("select_one answer", "select_multiple answer", "integer", "text")
CODES = [f"code_{number}" for number in range(1, 9)]
TEXT = "Тұрғындардың пікірі, жауап сөзбен жазылған, " * 2
# Seconds and megabytes.
BOUNDS = {
    "read": (7.5, None),  # 0.3 ms each
    "CSV": (6, 50),
    "table": (6, None),
    "checks of an import": (6, None),
    "SPSS file": (10, None),
}


def main() -> None:
    """Print the figures."""
    print(f"{platform.platform()}, Python {platform.python_version()}")
    print(f"{INTERVIEWS:,} interviews of {QUESTIONS} questions, seed {SEED}")
    with tempfile.TemporaryDirectory() as name:
        study = _study(Path(name) / "study")
        xform = read_xform(study.forms["residents"].xform)
        chance = random.Random(SEED)
        contents = [_interview(chance, number) for number in range(INTERVIEWS)]
        print(f"an interview has {len(contents[0]):,} bytes")
        print(f"{'':24}{'seconds':>9}{'bound':>7}{'MB':>8}{'bound':>7}")

        def instances() -> Iterator[Instance]:
            return (read_instance(content) for content in contents)

        _timed("read", lambda: sum(1 for _ in instances()))
        began = time.perf_counter()
        next(pieces := csv_rows(instances(), xform))
        first = time.perf_counter() - began
        _timed("CSV", lambda: sum(len(piece) for piece in pieces))
        keyed = ((f"k{number}", one) for number, one in enumerate(instances()))
        table = _timed(
            "table", lambda: submissions_table(keyed, study, "residents", versions=[xform])
        )
        frame = _timed(
            "checks of an import", lambda: import_frame(table, study, "residents", key=KEY).frame
        )
        path = Path(name) / "answers.sav"
        _timed("SPSS file", lambda: write_sav(frame, path, language="kk"))
        print(f"the first bytes of the CSV came after {first * 1000:.1f} ms")


def _timed(what: str, work: Callable[[], Any]) -> Any:
    before, began = _memory(), time.perf_counter()
    result = work()
    took, (seconds, megabytes) = time.perf_counter() - began, BOUNDS[what]
    grown = f"{_memory() - before:8.0f}{megabytes or '':>7}"
    print(f"{what:24}{took:9.2f}{seconds:7}{grown}")
    return result


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _study(folder: Path) -> Study:
    """Return the template's study with a form of many questions."""
    lines = [
        "| survey | | | | |",
        "| | type | name | label::Қазақша (kk) | label::Русский (ru) |",
        *(
            f"| | {TYPES[number % 4]} | question_about_life_{number} | Сұрақ {number} | Вопрос |"
            for number in range(QUESTIONS)
        ),
        "| choices | | | | |",
        "| | list_name | name | label::Қазақша (kk) | label::Русский (ru) |",
        *(f"| | answer | {code} | Жауап {code} | Ответ {code} |" for code in CODES),
        "| settings | | |",
        "| | form_id | version |",
        "| | residents | 1 |",
    ]
    new_study(folder)
    form = read_form("\n".join(lines), "md", population="residents")
    study = load_study(folder)
    return replace(study, forms={"residents": form}, derived=(), sample=SampleColumns())


def _interview(chance: random.Random, number: int) -> bytes:
    answers = []
    for question in range(QUESTIONS):
        said = (
            chance.choice(CODES),
            " ".join(chance.sample(CODES, 3)),
            str(chance.randint(1, 99)),
            f"{TEXT} {chance.randint(1, 99_999)}",
        )[question % 4]
        answers.append(f"<question_about_life_{question}>{said}</question_about_life_{question}>\n")
    return (
        '<data xmlns:orx="http://openrosa.org/xforms" id="residents" version="1">'
        f"{''.join(answers)}<orx:meta><orx:instanceID>uuid:{number:036d}</orx:instanceID>"
        "</orx:meta></data>"
    ).encode()


if __name__ == "__main__":
    main()
