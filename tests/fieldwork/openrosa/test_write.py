"""An interview written as a phone writes it: read back it holds the same answers."""

from pathlib import Path

import pytest

from tyndau.fieldwork.openrosa import read_instance, read_xform
from tyndau.fieldwork.openrosa.write import write_instance
from tyndau.study import load_study

STUDIES = Path(__file__).parents[3] / "studies"
REPEATING = b"""<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
<h:head><h:title>t</h:title><model><instance><data id="f" version="2"><a>given</a>
<people><name/></people></data></instance><bind nodeset="/data/a" type="string"/>
<bind nodeset="/data/people/name" type="string"/></model></h:head>
<h:body><input ref="/data/a"><label>?</label></input><group ref="/data/people">
<repeat nodeset="/data/people"><input ref="/data/people/name"><label>?</label></input></repeat>
</group></h:body></h:html>"""


@pytest.mark.parametrize("name", ["residents", "ngo", "experts", "satisfaction"])
def test_every_answer_is_read_back_where_it_was_written(name: str) -> None:
    form = load_study(STUDIES / "demo-city").forms[name]
    xform = read_xform(form.xform)
    paths = [path for path in xform.paths("") if not path.startswith("meta/")]
    answers = {path: f"{number} <&> Қала" for number, path in enumerate(paths)}
    read = read_instance(write_instance(form.xform, answers, instance_id="uuid:1"))
    assert (read.form_id, read.version) == (form.id, form.version)
    assert (read.instance_id, read.deprecated_id) == ("uuid:1", "")
    values = read.values(xform)
    assert {path: values[path] for path in paths} == answers
    assert read.attachments(xform) == ()


def test_what_has_no_answer_is_empty_and_rounds_are_left_out() -> None:
    read = read_instance(write_instance(REPEATING, {}, instance_id="uuid:2"))
    assert read.texts() == {"a": "", "meta/instanceID": "uuid:2"}
    assert read.instance_id == "uuid:2"
