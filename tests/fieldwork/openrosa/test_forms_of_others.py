"""Forms of other projects are read, or docs/forms-of-others.md says which are not and why."""

import csv
import re
from functools import cache
from pathlib import Path

import pytest

from tyndau.base.errors import UserError
from tyndau.fieldwork.openrosa import XForm, read_instance, read_xform
from tyndau.questionnaire.load import load_form

from .filled import fill

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "forms-of-others.md"


@cache
def forms(folder: Path) -> dict[str, tuple[bytes, XForm] | str]:
    """Return every form, or the code of what is wrong with it."""
    found: dict[str, tuple[bytes, XForm] | str] = {}
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            path = folder / row["file"]
            try:
                content = path.read_bytes()
                if row["kind"] == "xlsform":
                    content = load_form(path).xform
                found[row["file"]] = (content, read_xform(content, row["file"]))
            except UserError as error:
                found[row["file"]] = error.problems[0].kind.code
    return found


@pytest.fixture
def others(oracles: Path) -> dict[str, tuple[bytes, XForm] | str]:
    return forms(oracles / "forms")


def test_the_document_names_every_form_that_is_refused(
    others: dict[str, tuple[bytes, XForm] | str],
) -> None:
    rows = re.findall(
        r"^\| `(\S+)` \| `(\S+)` \| (.+) \|$", DOCUMENT.read_text("utf-8"), re.MULTILINE
    )
    assert {form: code for form, code, _ in rows} == {
        name: found for name, found in others.items() if isinstance(found, str)
    }
    assert len(others) == 246
    assert all(len(why) > 5 for _, _, why in rows)


def test_an_interview_of_each_form_is_read_back(
    others: dict[str, tuple[bytes, XForm] | str],
) -> None:
    readable = {name: found for name, found in others.items() if not isinstance(found, str)}
    assert len(readable) == 237
    answers = 0
    for name, (content, xform) in readable.items():
        made = fill(content, xform, f"uuid:{name}")
        instance = read_instance(made.content)
        assert (instance.form_id, instance.version) == (xform.id, xform.version), name
        assert instance.instance_id == f"uuid:{name}"
        assert instance.values(xform) == {
            path: made.values.get(path, "") for path in xform.paths("")
        }, name
        assert set(made.rows) == set(xform.repeats) or not xform.repeats, name
        for repeat in made.rows:
            assert instance.rows(xform, repeat) == made.rows[repeat], (name, repeat)
        answers += len(made.values) + sum(len(row) for rows in made.rows.values() for row in rows)
    assert answers > 1500
