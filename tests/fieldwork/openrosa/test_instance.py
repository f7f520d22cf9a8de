"""A submission is read, or refused at once with a reason in one word."""

import time
import tracemalloc

import pytest

from tyndau.fieldwork.openrosa import REASONS, Unreadable, read_instance, read_xform
from tyndau.fieldwork.openrosa.instance import LIMITS

from .test_xform import FORM

XFORM = read_xform(FORM.encode())
META = "<orx:meta><orx:instanceID>uuid:1</orx:instanceID>{more}</orx:meta>"
INTERVIEW = (
    '<data xmlns="http://example.org/homes" xmlns:orx="http://openrosa.org/xforms" '
    'id="homes" version="2026110101">{answers}{meta}</data>'
)
ANSWERS = """<start>2026-11-02T10:00:00.000+05:00</start>
 <g><who>Әлия &amp; Ұлан
екі жол</who><rooms>3</rooms><photo>1.jpg</photo><map>jr://images/map.png</map></g>
 <person><age>40</age><job><title>a</title><proof>2.jpg</proof></job>
  <job><title>b</title><proof> </proof></job></person>
 <person><age>7</age></person>
 <person><age/><job><title>c</title><proof>3.jpg</proof></job></person>
 <wants>tap well</wants><unknown>x</unknown>"""


def interview(answers: str = ANSWERS, meta: str = META, more: str = "") -> bytes:
    return INTERVIEW.format(answers=answers, meta=meta.replace("{more}", more)).encode()


def reason(content: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read_instance(content)
    assert caught.value.detail
    return caught.value.reason


def test_it_works() -> None:
    instance = read_instance(interview(more="<orx:deprecatedID> uuid:0\n</orx:deprecatedID>"))
    assert (instance.form_id, instance.version) == ("homes", "2026110101")
    assert (instance.instance_id, instance.deprecated_id) == ("uuid:1", "uuid:0")
    values = instance.values(XFORM)
    assert list(values) == [field.path for field in XFORM.fields if not field.repeat]
    assert values["g/who"] == "Әлия & Ұлан\nекі жол"
    assert values["wants"] == "tap well"
    assert values["order"] == ""
    assert "unknown" not in values


def test_rounds_of_repeats_are_rows() -> None:
    instance = read_instance(interview())
    assert instance.rows(XFORM, "person") == [
        {"person/age": "40"}, {"person/age": "7"}, {"person/age": ""},
    ]  # fmt: skip
    titles = [row["person/job/title"] for row in instance.rows(XFORM, "person/job")]
    assert titles == ["a", "b", "c"]
    assert [place for place, _ in instance.rounds("person/job")] == [(1, 1), (1, 2), (3, 1)]
    assert read_instance(interview("")).rows(XFORM, "person") == []


def test_texts_are_all_that_was_answered_and_of_rounds_the_first() -> None:
    texts = read_instance(interview()).texts()
    assert texts["unknown"] == "x"
    assert texts["g/rooms"] == "3"
    assert (texts["person/age"], texts["person/job/title"]) == ("40", "a")


def test_attachments_are_answers_that_are_files_and_the_log() -> None:
    content = interview(more="<orx:audit>audit.csv</orx:audit>")
    assert read_instance(content).attachments(XFORM) == ("1.jpg", "2.jpg", "3.jpg", "audit.csv")
    # A form of somebody else may not name its log as a file.
    other = read_xform(
        FORM.replace('<bind nodeset="/data/meta/audit" type="binary"/>', "").encode()
    )
    assert "audit.csv" in read_instance(content).attachments(other)
    assert read_instance(interview("")).attachments(XFORM) == ()


@pytest.mark.parametrize(
    "meta",
    [
        META,
        META.replace("orx:", ""),
        META.replace("orx:", "o:").replace(
            "<o:meta", '<o:meta xmlns:o="http://openrosa.org/xforms"'
        ),
        "<group><meta><instanceID>\n uuid:1 </instanceID></meta></group>",
    ],
)
def test_the_id_is_found_where_clients_write_it(meta: str) -> None:
    assert read_instance(interview(meta=meta)).instance_id == "uuid:1"


def test_old_clients_write_ids_as_attributes() -> None:
    old = (
        b'<data id="homes" orx:version="7" instanceID="uuid:1" xmlns:orx="http://o"><q>1</q></data>'
    )
    instance = read_instance(old)
    assert (instance.instance_id, instance.version) == ("uuid:1", "7")
    assert read_instance(b'<a id="f" instanceID="i"/>').version == ""


def test_what_it_does_not_say_is_a_reason() -> None:
    assert reason(interview().replace(b'id="homes"', b"")) == "no-form-id"
    assert reason(interview().replace(b"uuid:1", b"  ")) == "no-instance-id"
    assert reason(interview(meta="")) == "no-instance-id"
    assert reason(interview().replace(b"uuid:1", b"u" * 256)) == "id-too-long"
    assert reason(interview().replace(b'"homes"', b'"' + b"h" * 256 + b'"')) == "id-too-long"
    assert read_instance(interview().replace(b"uuid:1", "ұ".encode() * 255))
    encrypted = (
        b'<data id="homes" version="1" encrypted="yes" instanceID="uuid:1" '
        b'xmlns="http://www.opendatakit.org/xforms/encrypted"><base64EncryptedKey>x'
        b"</base64EncryptedKey></data>"
    )
    assert reason(encrypted) == "encrypted"


WHOLE = interview()
BOMB = b'<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
HOSTILE = {
    "empty": (b"", "empty"),
    "blank": (b" \r\n\t ", "empty"),
    "no XML": (b"instanceID=uuid:1", "not-xml"),
    "JSON": (b'{"id": "homes"}', "not-xml"),
    "cut in a name": (WHOLE[:-3], "not-xml"),
    "cut in an answer": (WHOLE[:300], "not-xml"),
    "cut in a letter": (WHOLE[: WHOLE.index("Ә".encode()) + 1], "encoding"),
    "twice": (WHOLE + WHOLE, "not-xml"),
    "zero byte": (WHOLE.replace(b"tap", b"t\0p"), "nul"),
    "zero byte written": (WHOLE.replace(b"tap", b"&#0;"), "not-xml"),
    "half of a pair": (WHOLE.replace(b"tap", b"&#xD800;"), "not-xml"),
    "half of a pair in bytes": (WHOLE.replace(b"tap", b"\xed\xa0\x80"), "encoding"),
    "control character": (WHOLE.replace(b"tap", b"\x08"), "not-xml"),
    "no UTF-8": (WHOLE.replace(b"tap", b"\xff\xfe"), "encoding"),
    "UTF-16 by name alone": (b'<?xml version="1.0" encoding="UTF-16"?>' + WHOLE, "encoding"),
    "UTF-16 without a mark": (WHOLE.decode().encode("utf-16-le"), "nul"),
    "UTF-16 cut": (WHOLE.decode().encode("utf-16")[:-3], "not-xml"),
    "unknown encoding": (b'<?xml version="1.0" encoding="kazakh"?>' + WHOLE, "encoding"),
    "encoding of many bytes": (b'<?xml version="1.0" encoding="gb2312"?>' + WHOLE, "encoding"),
    "no encoding at all": (b'<?xml version="1.0" encoding="base64"?>' + WHOLE, "encoding"),
    "entity bomb": (BOMB + WHOLE.replace(b"tap", b"&b;"), "doctype"),
    "file of the server": (
        b'<!DOCTYPE d [<!ENTITY a SYSTEM "/etc/passwd">]>' + WHOLE.replace(b"tap", b"&a;"),
        "doctype",
    ),
    "document type elsewhere": (b'<!DOCTYPE d SYSTEM "http://x/d.dtd">' + WHOLE, "doctype"),
    "unknown entity": (WHOLE.replace(b"tap", b"&nbsp;"), "not-xml"),
    "prefix of nobody": (WHOLE.replace(b"<wants>tap well</wants>", b"<x:wants/>"), "not-xml"),
    "deep": (interview("<a>" * 100_000 + "</a>" * 100_000), "too-deep"),
    "deep and open": (b"<a>" * 1_000_000, "too-deep"),
    "many": (interview("<a/>" * 200_000), "too-many-elements"),
    "many attributes": (
        interview("<a " + " ".join(f'a{n}=""' for n in range(60_000)) + "/>"), "too-many-elements",
    ),
    "large": (interview("<a>" + "ж" * 10_000_000 + "</a>"), "too-large"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_bodies_are_refused_at_once_and_cost_no_memory(case: str) -> None:
    content, expected = HOSTILE[case]
    tracemalloc.start()
    try:
        began = time.process_time()
        assert reason(content) == expected in REASONS
        took = time.process_time() - began
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    # Measuring memory makes it several times slower; alone, the slowest takes 0.1 s.
    assert took < 1
    assert peak < 40_000_000


def test_what_looks_hostile_and_is_not_is_read() -> None:
    utf_16 = read_instance(WHOLE.decode().encode("utf-16"))
    assert utf_16.values(XFORM) == read_instance(WHOLE).values(XFORM)
    cyrillic = interview("<wants>Ответ</wants>").decode().encode("cp1251")
    declared = read_instance(b'<?xml version="1.0" encoding="windows-1251"?>' + cyrillic)
    assert declared.values(XFORM)["wants"] == "Ответ"
    marked = read_instance(b"\xef\xbb\xbf" + WHOLE)
    assert marked.instance_id == "uuid:1"
    section = interview("<wants><![CDATA[a < b & c]]></wants><?php x?><!-- <y> -->")
    assert read_instance(section).values(XFORM)["wants"] == "a < b & c"
    long = interview("<wants>" + "ж" * 1_000_000 + "</wants>")
    assert len(read_instance(long).values(XFORM)["wants"]) == 1_000_000
    assert len(long) < LIMITS.size


def test_an_interview_of_6_kb_takes_a_third_of_a_millisecond_at_most() -> None:
    answers = "".join(
        f"<question_{n:02d}>{'Жауап мәтіні ' * 3}{n}</question_{n:02d}>\n" for n in range(60)
    )
    content = interview(answers)
    assert 5_500 < len(content) < 6_500
    best = 1.0
    for _ in range(20):
        began = time.process_time()
        for _ in range(20):
            read_instance(content)
        best = min(best, (time.process_time() - began) / 20)
    assert best < 0.000_3
