"""Interviews written as a phone writes them."""

import pytest

from tyndau.fieldwork.openrosa import read_instance, read_xform, write_instance

FORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:orx="http://openrosa.org/xforms"><h:head><h:title>Сауал</h:title><model>
<instance><data id="city" version="3"><start/><main><age/><where><street/></where></main>
<person><name/></person><end/><orx:meta><orx:instanceID/></orx:meta></data></instance>
</model></h:head><h:body><group ref="/data/person"><repeat nodeset="/data/person">
<input ref="/data/person/name"><label>N</label></input></repeat></group></h:body>
</h:html>""".encode()
ANSWERS = {"start": "2026-11-28T10:00:00+05:00", "main/where/street": "Төле би <1> & Абай"}


def test_it_works() -> None:
    """What is written is read back, in the order of the form."""
    xform = read_xform(FORM)
    written = write_instance(
        xform, ANSWERS, instance_id="uuid:2", deprecated_id="uuid:1", audit="audit.csv"
    )
    found = read_instance(written)
    assert (found.form_id, found.version) == ("city", "3")
    assert (found.instance_id, found.deprecated_id) == ("uuid:2", "uuid:1")
    expected = {"start": "", "main/age": "", "main/where/street": "", "end": ""} | ANSWERS
    assert {path: found.values(xform)[path] for path in expected} == expected
    assert found.attachments(xform) == ("audit.csv",)
    assert [child.tag for child in found.root] == ["start", "main", "end", "meta"]


@pytest.mark.parametrize("path", ["person/name", "main", "nowhere"])
def test_an_answer_without_a_place_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match=path):
        write_instance(read_xform(FORM), {path: "x"}, instance_id="uuid:1")
