"""Print which requirements tests show to hold: a row each, with its tests.

In: the table of ``docs/requirements.md`` and the markers ``requirement("T4", ...)`` in ``tests``.
Out: the rows on standard output, those without a test marked ``-``. It runs no test and judges
nothing.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
_ROW = re.compile(r"^\| (\d+) \| (.+?) \| ([A-Z0-9 ]+) \|$", re.MULTILINE)


def required(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return the table's rows: number, words, codes."""
    return [(row, words, tuple(codes.split())) for row, words, codes in _ROW.findall(text)]


def marked(source: str) -> Iterator[tuple[str, str]]:
    """Yield code and name of each test of a module that carries a marker; ``*`` for all of them."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            name, marks = node.name, node.decorator_list
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark":
            name, marks = "*", [node.value]
        else:
            continue
        for mark in (call for outer in marks for call in ast.walk(outer)):
            if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.requirement":
                yield from ((ast.literal_eval(code), name) for code in mark.args)


def covered(tests: Path) -> dict[str, list[str]]:
    """Return the tests that carry each code, as ``file::test``."""
    found: dict[str, list[str]] = {}
    for module in sorted(tests.rglob("test_*.py")):
        for code, name in marked(module.read_text(encoding="utf-8")):
            found.setdefault(code, []).append(f"{module.relative_to(tests)}::{name}")
    return found


def main() -> None:
    """Print the rows."""
    tests = covered(REPOSITORY / "tests")
    rows = required((REPOSITORY / "docs" / "requirements.md").read_text(encoding="utf-8"))
    held = 0
    for row, words, codes in rows:
        names = sorted({name for code in codes for name in tests.get(code, [])})
        held += bool(names)
        print(f"{'+' if names else '-'} {row:>2} [{' '.join(codes)}] {words}")
        for name in names:
            print(f"       {name}")
    print(f"{held} of {len(rows)} rows have tests")


if __name__ == "__main__":
    main()
