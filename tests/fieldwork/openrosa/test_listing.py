"""What phones are answered is complete, and in the namespaces of the contract."""

from xml.etree import ElementTree as ET

import pytest

from tyndau.fieldwork.openrosa import ListedFile, ListedForm, form_list, manifest, response

LIST = "{http://openrosa.org/xforms/xformsList}"
MANIFEST = "{http://openrosa.org/xforms/xformsManifest}"
RESPONSE = "{http://openrosa.org/http/response}"
MD5 = "d41d8cd98f00b204e9800998ecf8427e"


def said(element: ET.Element) -> dict[str, str]:
    return {child.tag: child.text or "" for child in element}


def test_the_list_of_forms() -> None:
    url = "https://t.kz/k/a/forms/1?a=1&b=2"
    forms = [
        ListedForm("homes", 'Үй & "мекен" <1>', MD5, url, "7", "https://t.kz/k/a/manifest"),
        ListedForm("plain", "Жай", MD5, url),
    ]
    written = form_list(forms)
    assert written.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    root = ET.fromstring(written)
    assert root.tag == f"{LIST}xforms"
    first, second = map(said, root.findall(f"{LIST}xform"))
    assert first == {
        f"{LIST}formID": "homes",
        f"{LIST}name": 'Үй & "мекен" <1>',
        f"{LIST}version": "7",
        f"{LIST}hash": f"md5:{MD5}",
        f"{LIST}downloadUrl": url,
        f"{LIST}manifestUrl": "https://t.kz/k/a/manifest",
    }
    assert second[f"{LIST}version"] == ""
    assert f"{LIST}manifestUrl" not in second


def test_an_empty_list_is_a_list() -> None:
    assert ET.fromstring(form_list([])).tag == f"{LIST}xforms"
    assert ET.fromstring(manifest([])).tag == f"{MANIFEST}manifest"


@pytest.mark.parametrize("lacking", range(4))
def test_an_incomplete_item_is_our_own_fault(lacking: int) -> None:
    parts = ["homes", "Үй", MD5, "https://t.kz"]
    parts[lacking] = " " if lacking != 2 else ""
    with pytest.raises(ValueError, match="whole list"):
        form_list([ListedForm(*parts)])


def test_letters_that_xml_cannot_hold_do_not_void_the_list() -> None:
    root = ET.fromstring(form_list([ListedForm("a", "Үй\x00\x0b\ud800!", MD5, "https://t.kz")]))
    assert root[0][1].text == "Үй\ufffd\ufffd\ufffd!"


def test_the_manifest() -> None:
    root = ET.fromstring(manifest([ListedFile("ауыл & қала.csv", MD5, "https://t.kz/m/1")]))
    assert root.tag == f"{MANIFEST}manifest"
    assert said(root.findall(f"{MANIFEST}mediaFile")[0]) == {
        f"{MANIFEST}filename": "ауыл & қала.csv",
        f"{MANIFEST}hash": f"md5:{MD5}",
        f"{MANIFEST}downloadUrl": "https://t.kz/m/1",
    }
    with pytest.raises(ValueError, match="filename"):
        manifest([ListedFile("", MD5, "https://t.kz")])


def test_the_answer_to_a_submission() -> None:
    root = ET.fromstring(response("Сұхбат қабылданды <1>"))
    assert root.tag == f"{RESPONSE}OpenRosaResponse"
    assert said(root) == {f"{RESPONSE}message": "Сұхбат қабылданды <1>"}
