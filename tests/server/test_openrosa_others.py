"""Forms of other projects: listed, downloaded byte for byte, filled in, taken and read back.

Those that are refused are named, with the reason, in docs/forms-of-others.md, which
`tests.fieldwork.openrosa.test_forms_of_others` holds against the forms.
"""

from collections import Counter
from pathlib import Path

import pytest

from tyndau.fieldwork.openrosa import XForm, read_instance
from tyndau_server.fieldwork.models import Quarantined, Submission

from ..fieldwork.openrosa.filled import fill
from ..fieldwork.openrosa.test_forms_of_others import forms
from .field import asked, interviewer, phone_within
from .openrosa_client import Phone

# The 241 that are well formed, less five; and a workbook that pyxform refuses and Tyndau reads.
READ = 237


@pytest.fixture
def readable(oracles: Path) -> dict[str, tuple[bytes, XForm]]:
    """Return the forms by the name of their file."""
    found = forms(oracles / "forms")
    return {name: one for name, one in found.items() if not isinstance(one, str)}


def test_each_is_listed_downloaded_filled_in_and_read_back(
    readable: dict[str, tuple[bytes, XForm]],
) -> None:
    seen: Counter[tuple[str, str]] = Counter()
    phones: dict[str, Phone] = {}
    expected: dict[str, dict[tuple[str, str], str]] = {}
    for name, (content, xform) in readable.items():
        # Many are called "data": those of the same id and version go to studies of their own.
        named = (xform.id, xform.version)
        study = f"study-{seen[named]}"
        seen[named] += 1
        if study not in phones:
            phones[study] = phone_within(interviewer(study=study))
        files = {file: f"{file} of {name}".encode() for file in xform.files}
        asked(content, study=study, files=files)
        expected.setdefault(study, {})[named] = name
    taken = 0
    for study, phone in phones.items():
        listed = phone.forms()
        assert {(form.form_id, form.version) for form in listed} == expected[study].keys()
        for form in listed:
            name = expected[study][form.form_id, form.version]
            content, xform = readable[name]
            assert phone.download(form) == content, name
            assert phone.media(form).keys() == set(xform.files), name
            _take(phone, study, name, content, xform)
            taken += 1
    assert taken == READ
    assert not Quarantined.objects.exists()


def _take(phone: Phone, study: str, name: str, content: bytes, xform: XForm) -> None:
    """Send an interview made of a form, and read it back from where it was kept."""
    made = fill(content, xform, f"uuid:{name}")
    files = dict.fromkeys(read_instance(made.content).attachments(xform), b"a photograph")
    assert phone.send(made.content, files).status == 201, name
    row = Submission.objects.get(study=study, instance_id=f"uuid:{name}")
    assert bytes(row.xml) == made.content, name
    assert row.complete, name
    assert row.attachments.count() == len(files), name
    instance = read_instance(bytes(row.xml))
    for path, text in made.values.items():
        assert instance.values(xform)[path] == text, (name, path)
    for repeat, rounds in made.rows.items():
        assert instance.rows(xform, repeat) == rounds, (name, repeat)
