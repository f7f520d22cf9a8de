"""The code of docs/estimation.md runs, one block after the other, and prints what the page says."""

import contextlib
import io
import re
from pathlib import Path


def test_the_guide_prints_what_it_says(repository: Path) -> None:
    page = (repository / "docs" / "estimation.md").read_text(encoding="utf-8")
    found = re.findall(r"```python\n(.*?)```\n\n    (.*?)\n", page, re.DOTALL)
    assert len(found) == page.count("```python") == 5
    names: dict[str, object] = {}
    for code, expected in found:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(code, names)
        assert printed.getvalue().strip() == expected
