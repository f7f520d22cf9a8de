"""A downloaded workbook says which version it is, whatever program saves it under whatever name."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.packaging.custom import StringProperty

from tyndau.study import check_study, new_study
from tyndau.study.versions.stamp import Stamp, read_stamp, stamped, without_stamp

STAMP = Stamp("қала-2026", 12, "forms/residents & others.xlsx")


def _workbook(*properties: StringProperty) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["key", "Қазақша мәтін"])  # type: ignore[union-attr]
    for one in properties:
        book.custom_doc_props.append(one)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_it_works() -> None:
    content = stamped(_workbook(), STAMP)
    assert read_stamp(content) == STAMP
    assert openpyxl.load_workbook(io.BytesIO(content)).active["B1"].value == "Қазақша мәтін"  # type: ignore[index,union-attr]


def test_every_other_part_keeps_its_bytes(repository: Path) -> None:
    content = (repository / "studies" / "demo-city" / "study.xlsx").read_bytes()
    before, after = _parts(content), _parts(stamped(content, STAMP))
    touched = {"[Content_Types].xml", "_rels/.rels", "docProps/custom.xml"}
    assert before.keys() | touched == after.keys()
    assert all(after[name] == part for name, part in before.items() if name not in touched)


def test_properties_of_others_stay() -> None:
    content = stamped(_workbook(StringProperty(name="Отдел", value="Социология")), STAMP)
    again = stamped(content, Stamp("x", 1, "study.xlsx"))
    properties = openpyxl.load_workbook(io.BytesIO(again)).custom_doc_props
    assert properties["Отдел"].value == "Социология"
    assert properties["TyndauVersion"].value == "x/1/study.xlsx"
    assert len(properties.names) == 2
    assert openpyxl.load_workbook(io.BytesIO(without_stamp(again))).custom_doc_props.names == [
        "Отдел"
    ]


def test_without_its_stamp_the_workbook_is_as_it_was() -> None:
    content = _workbook()
    parts = _parts(without_stamp(stamped(content, STAMP)))
    assert parts.keys() == _parts(content).keys()
    assert parts["xl/workbook.xml"] == _parts(content)["xl/workbook.xml"]
    assert without_stamp(content) is content


def test_openpyxl_keeps_it_on_saving() -> None:
    book = openpyxl.load_workbook(io.BytesIO(stamped(_workbook(), STAMP)))
    book.active["A2"] = "new"  # type: ignore[index]
    saved = io.BytesIO()
    book.save(saved)
    assert read_stamp(saved.getvalue()) == STAMP


@pytest.mark.document
def test_libreoffice_keeps_it_on_saving(tmp_path: Path) -> None:
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    new_study(tmp_path / "study")
    source = tmp_path / "study" / "study.xlsx"
    source.write_bytes(stamped(source.read_bytes(), STAMP))
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
         "--convert-to", "xlsx", "--outdir", str(tmp_path / "saved"), str(source)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    saved = (tmp_path / "saved" / "study.xlsx").read_bytes()
    assert saved != source.read_bytes()
    assert read_stamp(saved) == STAMP


def test_a_stamped_workbook_is_read_as_before(tmp_path: Path) -> None:
    new_study(tmp_path / "study")
    path = tmp_path / "study" / "study.xlsx"
    path.write_bytes(stamped(path.read_bytes(), STAMP))
    study, problems = check_study(tmp_path / "study")
    assert study is not None and not [one for one in problems if one.kind.severity == "error"]


@pytest.mark.parametrize(
    "content", [b"", b"type,name\n", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old"]
)
def test_what_is_no_workbook_has_no_stamp(content: bytes) -> None:
    assert stamped(content, STAMP) == content
    assert read_stamp(content) is None


def test_a_property_with_entities_is_not_expanded() -> None:
    content = stamped(_workbook(), STAMP)
    hostile = io.BytesIO()
    with zipfile.ZipFile(hostile, "w") as archive:
        for name, part in _parts(content).items():
            if name == "docProps/custom.xml":
                part = b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
            archive.writestr(name, part)
    assert read_stamp(hostile.getvalue()) is None
    assert stamped(hostile.getvalue(), STAMP) == hostile.getvalue()


@pytest.mark.parametrize(
    "part",
    [
        b"<a>" + b" " * 2_000_000 + b"</a>",
        b"<a>" * 50_000 + b"</a>" * 50_000,
        b"<Properties/>" * 2,
        b'<p:Properties xmlns:p="other"><p:property name="x"/></p:Properties>',
        b"",
    ],
)
def test_hostile_properties_harm_nobody(part: bytes) -> None:
    hostile = io.BytesIO()
    with zipfile.ZipFile(hostile, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, own in _parts(stamped(_workbook(), STAMP)).items():
            archive.writestr(name, part if name == "docProps/custom.xml" else own)
    content = hostile.getvalue()
    assert read_stamp(content) is None
    assert read_stamp(stamped(content, STAMP)) in (None, STAMP)
    assert without_stamp(content) is content
