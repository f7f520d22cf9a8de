"""Of a form we know what a server and an export must know."""

import pytest

from tyndau.base.errors import UserError
from tyndau.fieldwork.openrosa import Field, XForm, join_xforms, read_xform, xform_warnings
from tyndau.study import load_study, new_study

FORM = """<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms">
 <h:head><h:title>Үй шаруашылығы &amp; мекен</h:title>
  <model>
   <itext>
    <translation lang="Қазақша (kk)"><text id="a">
     <value>Сурет</value><value form="image">jr://images/үй суреті.jpg</value>
     <value form="audio">jr://audio/a.mp3</value></text></translation>
    <translation lang="Русский (ru)"><text id="a">
     <value form="image">jr://images/үй суреті.jpg</value></text></translation>
   </itext>
   <instance><data id="homes" version="2026110101" xmlns="http://example.org/homes">
     <start/><intro/>
     <g><who/><rooms/><photo/><map>jr://images/map.png</map></g>
     <person jr:template=""><age/><job jr:template=""><title/><proof/></job></person>
     <person><age/><job><title/><proof/></job></person>
     <wants/><order/><last/><empty/>
     <orx:meta><orx:instanceID/><orx:audit/></orx:meta>
   </data></instance>
   <instance id="villages" src="jr://file-csv/villages.csv"/>
   <instance id="last-saved" src="jr://instance/last-saved"/>
   <bind nodeset="/data/start" type="xsd:dateTime"/>
   <bind nodeset="/data/g/rooms" type="int"/>
   <bind nodeset=" /data/g/who " type="string" calculate="pulldata('people', 'a', 'b', 'c')"/>
   <bind nodeset="/data/person/age" type="int"/>
   <bind nodeset="/data/person/job/proof" type="binary"/>
   <bind nodeset="wants" type="string"/>
   <bind id="bound" nodeset="/data/last" type="geopoint"/>
   <bind nodeset="/data/meta/audit" type="binary"/>
  </model>
 </h:head>
 <h:body>
  <group ref="/data/g"><input ref="/data/g/rooms"/><upload mediatype="image/*" ref="photo"/>
   <upload mediatype="image/*" ref="map"/></group><group ref="/data/empty"/>
  <group ref="/data/person"><repeat nodeset="/data/person"><input ref="/data/person/age"/>
   <group><repeat nodeset="/data/person/job"><input ref="/data/person/job/title"/></repeat></group>
  </repeat></group>
  <select ref="/data/wants" appearance="search('streets')"><itemset nodeset="instance('x')/a">
   <value ref="name"/></itemset></select>
  <rank ref="/data/order"/><input bind="bound"/>
 </h:body>
</h:html>"""


def read(text: str) -> XForm:
    return read_xform(text.encode(), "form.xml")


def code(text: str | bytes) -> str:
    with pytest.raises(UserError) as caught:
        read_xform(text.encode() if isinstance(text, str) else text, "form.xml")
    problem = caught.value.problems[0]
    assert problem.place.file == "form.xml"
    return problem.kind.code


def test_it_works() -> None:
    form = read(FORM)
    assert (form.id, form.version, form.title) == ("homes", "2026110101", "Үй шаруашылығы & мекен")
    assert (form.namespace, form.root) == ("http://example.org/homes", "data")
    assert form.languages == ("Қазақша (kk)", "Русский (ru)")
    assert form.repeats == ("person", "person/job")
    assert form.fields == (
        Field("start", "dateTime", ""),
        Field("intro", "string", ""),
        Field("g/who", "string", ""),
        Field("g/rooms", "int", ""),
        Field("g/photo", "binary", ""),
        Field("g/map", "binary", ""),
        Field("person/age", "int", "person"),
        Field("person/job/title", "string", "person/job"),
        Field("person/job/proof", "binary", "person/job"),
        Field("wants", "select", ""),
        Field("order", "rank", ""),
        Field("last", "geopoint", ""),
        Field("meta/instanceID", "string", ""),
        Field("meta/audit", "binary", ""),
    )


def test_files_are_those_of_texts_lists_defaults_and_functions() -> None:
    assert set(read(FORM).files) == {
        "үй суреті.jpg", "a.mp3", "map.png", "villages.csv", "people.csv", "streets.csv",
    }  # fmt: skip


def test_prefixes_may_be_others() -> None:
    other = FORM.replace("h:", "x:").replace("xmlns:h=", "xmlns:x=")
    other = (
        other.replace("orx:", "o:").replace("xmlns:orx", "xmlns:o").replace("xmlns:x=", "xmlns:x=")
    )
    assert read(other) == read(FORM)


def test_the_version_may_stand_in_the_namespace_of_openrosa() -> None:
    assert read(FORM.replace(' version="2026', ' orx:version="2026')).version == "2026110101"
    assert read(FORM.replace(' version="2026110101"', "")).version == ""


def test_a_form_without_a_title_is_called_by_its_id() -> None:
    for title in ("", "<h:title/>", "<h:title> \n </h:title>"):
        without = FORM.replace("<h:title>Үй шаруашылығы &amp; мекен</h:title>", title)
        assert read(without).title == "homes"


def test_what_is_not_well_formed_is_refused_with_its_line() -> None:
    with pytest.raises(UserError) as caught:
        read_xform(FORM.replace("<h:head>", "<h:head").encode(), "form.xml")
    (problem,) = caught.value.problems
    assert (problem.place.file, problem.place.row) == ("form.xml", 4)
    assert "not well formed" in problem.what("en")


def test_what_is_no_form_is_refused() -> None:
    assert code("hello") == "fieldwork.xform-not-read"
    assert code("") == "fieldwork.xform-not-read"
    assert code(FORM[:-20]) == "fieldwork.xform-not-read"
    assert code(FORM.encode("utf-16")[:-3]) == "fieldwork.xform-not-read"
    assert code("<data id='homes'><q/></data>") == "fieldwork.xform-no-instance"
    assert code("<h><model/></h>") == "fieldwork.xform-no-instance"
    assert code("<h><model><instance/></model></h>") == "fieldwork.xform-no-instance"


@pytest.mark.parametrize("written", ["", 'id=""', 'id="  "'])
def test_a_form_without_an_id_is_refused(written: str) -> None:
    assert code(FORM.replace('id="homes"', written)) == "fieldwork.xform-no-id"


@pytest.mark.parametrize("name", ["homes", "2026110101"])
def test_names_that_no_table_takes_are_refused(name: str) -> None:
    assert read(FORM.replace(f'"{name}"', f'"{"ә" * 255}"'))
    assert code(FORM.replace(f'"{name}"', f'"{"ә" * 256}"')) == "fieldwork.xform-long-name"


def test_a_form_that_harms_is_refused() -> None:
    entity = '<?xml version="1.0"?><!DOCTYPE h [<!ENTITY a SYSTEM "/etc/hostname">]>'
    assert code(FORM.replace('<?xml version="1.0"?>', entity)) == "fieldwork.xform-not-read"
    assert code("<a>" * 100_000) == "fieldwork.xform-not-read"
    assert code(b"<h>" + b" " * 10_000_000 + b"</h>") == "fieldwork.xform-not-read"


def test_a_form_whose_interviews_nobody_here_could_read_is_told() -> None:
    assert xform_warnings(read(FORM)) == ()
    editable = FORM.replace("<itext>", '<submission method="post"/><itext>')
    assert xform_warnings(read(editable)) == ()
    told = FORM.replace(
        "<itext>", '<submission action="https://b.kz/s" base64RsaPublicKey="MII"/><itext>'
    )
    form = read(told)
    assert (form.encrypted, form.sent_to) == (True, "https://b.kz/s")
    encrypted, elsewhere = xform_warnings(form, "form.xml")
    assert encrypted.kind.code == "fieldwork.xform-encrypted"
    assert elsewhere.kind.code == "fieldwork.xform-elsewhere"
    assert "https://b.kz/s" in elsewhere.what("en")
    assert (elsewhere.place.file, elsewhere.kind.severity) == ("form.xml", "warning")


def test_versions_are_joined_without_losing_a_field() -> None:
    new = FORM.replace("<rooms/>", "<floors/>").replace("/data/g/rooms", "/data/g/floors")
    joined = join_xforms([read(new), read(FORM)])
    paths = [field.path for field in joined.fields]
    assert paths == [*(field.path for field in read(new).fields), "g/rooms"]
    assert joined.paths("")[-1] == "g/rooms"
    assert joined.version == "2026110101"


def test_of_two_versions_the_first_says_what_a_field_is() -> None:
    typed = FORM.replace('person/age" type="int"', 'person/age" type="decimal"')
    for versions, expected in (([typed, FORM], "decimal"), ([FORM, typed], "int")):
        joined = join_xforms([read(version) for version in versions])
        assert {field.path: field.type for field in joined.fields}["person/age"] == expected


def test_our_own_form_has_its_questions(tmp_path) -> None:
    new_study(tmp_path / "study")
    form = load_study(tmp_path / "study").forms["residents"]
    xform = read_xform(form.xform)
    assert (xform.id, xform.version) == (form.id, form.version)
    paths = {field.path for field in xform.fields}
    assert {"/".join((*question.groups, question.name)) for question in form.questions} <= paths
    assert xform.languages == ("Қазақша (kk)", "Русский (ru)")
    types = {field.path: field.type for field in xform.fields}
    assert (types["age"], types["consent"], types["main/problems"]) == ("int", "select1", "select")
