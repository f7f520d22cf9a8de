"""Bodies that nobody should send: made by hand, and interviews of which a few bytes were changed.

In: a seed. Out: named bodies with their Content-Type. Whoever sends them looks at what is answered.
"""

from collections.abc import Iterator
from random import Random

from .interviews import interview
from .openrosa_client import multipart

BOUNDARY = "always-the-same-boundary"
ANSWERS = {"gender": "1", "problem": "су жоқ & жарық", "photo": "a.jpg"}
ODD_NAMES = (
    "../../../../etc/passwd", "/etc/passwd", "..", ".", "a\0b.jpg", "a\nb.jpg", 'a"b.jpg',
    "C:\\a.jpg",
    "x" * 255, "x" * 256, "x" * 3000, "\N{RIGHT-TO-LEFT OVERRIDE}gpj.a", "😀.jpg", "ә ғ.jpg", " ",
    "CON", "%2e%2e%2fa", "a;filename=b", "$(reboot).jpg", "-rf", "~", "file://a",
)  # fmt: skip

Body = tuple[bytes, str]


def by_hand() -> Iterator[tuple[str, Body]]:
    """Yield hostile bodies by name."""
    for name, xml in _documents():
        yield name, _body(xml)
    for number, name in enumerate(ODD_NAMES):
        xml = interview(f"uuid:odd-{number}", {**ANSWERS, "photo": name.replace("\0", "")})
        yield f"a file named {name[:20]!r}", _body(xml, (name, name, "image/jpeg", b"photo"))
    yield from _bodies()


def _documents() -> Iterator[tuple[str, bytes]]:
    good = interview("uuid:hostile", ANSWERS)
    head, tail = b"<data id='residents' version='1'>", b"</data>"
    meta = b"<meta><instanceID>uuid:hostile</instanceID></meta>"
    yield "a zero byte", good.replace(b"<gender>1", b"<gender>\0")
    yield "a zero as a reference", good.replace(b"<gender>1", b"<gender>&#0;")
    yield "half a surrogate", good.replace(b"<gender>1", b"<gender>&#xD800;")
    yield "invalid UTF-8", good.replace(b"<gender>1", b"<gender>\xff\xfe\xc3")
    yield "cut short", good[: len(good) // 2]
    yield "nothing", b""
    yield "no XML", b"\x89PNG\r\n\x1a\n" * 100
    yield "deep nesting", head + meta + b"<a>" * 100_000 + b"</a>" * 100_000 + tail
    yield "deep nesting that never ends", head + b"<a>" * 1_000_000
    yield "many attributes", b"<data " + b" ".join(b"a%d='1'" % n for n in range(200_000)) + b"/>"
    yield "many elements", head + meta + b"<a/>" * 500_000 + tail
    yield "many namespaces", b"<data " + b" ".join(
        b"xmlns:n%d='u%d'" % (n, n) for n in range(50_000)) + b"/>"  # fmt: skip
    bombs = [b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 20) for n in range(1, 12)]
    bomb = b'<!DOCTYPE d [<!ENTITY a0 "ha">' + b"".join(bombs) + b"]>"
    yield "an entity bomb", bomb + head + meta + b"<q>&a11;</q>" + tail
    large = b'<!DOCTYPE d [<!ENTITY a "' + b"x" * 100_000 + b'">]>'
    yield "a quadratic bomb", large + head + meta + b"<q>" + b"&a;" * 10_000 + b"</q>" + tail
    outside = b'<!DOCTYPE d [<!ENTITY x SYSTEM "/etc/passwd">]>'
    yield "a file of the server", outside + head + meta + b"<q>&x;</q>" + tail
    yield (
        "said to be UTF-16",
        good.replace(b"<?xml version='1.0' ?>", b"<?xml version='1.0' encoding='utf-16'?>"),
    )
    yield "UTF-16 indeed", good.decode().encode("utf-16")
    yield "an unknown encoding", good.replace(b"'1.0' ", b"'1.0' encoding='x-none' ")
    yield (
        "Windows-1251",
        b"<?xml version='1.0' encoding='windows-1251'?><data id='residents' version='1'>"
        + "вода".encode("cp1251")
        + meta
        + tail,
    )
    yield "an answer of 20 MB", head + meta + b"<q>" + b"x" * 20_000_000 + b"</q>" + tail
    yield (
        "an answer of 3 MB",
        head
        + b"<meta><instanceID>uuid:3mb</instanceID></meta><problem>"
        + b"x" * 3_000_000
        + b"</problem>"
        + tail,
    )
    yield (
        "a long number",
        head + b"<meta><instanceID>" + b"u" * 10_000 + b"</instanceID></meta>" + tail,
    )
    yield "no number", head + b"<gender>1</gender>" + tail
    yield "two numbers", head + meta + meta + tail
    yield "a long form id", good.replace(b'id="residents"', b'id="' + b"r" * 100_000 + b'"')
    yield "a form id that is a path", good.replace(b'id="residents"', b'id="../../residents"')
    yield "SQL", interview("'; DROP TABLE fieldwork_submission; --", ANSWERS, version="' OR 1=1")
    yield "an edit of itself", interview("uuid:self", ANSWERS, deprecated="uuid:self")
    yield "a comment of 5 MB", head + b"<!--" + b"x" * 3_500_000 + b"-->" + tail
    yield "many processing instructions", head + b"<?p ?>" * 500_000 + meta + tail


def _bodies() -> Iterator[tuple[str, Body]]:
    xml = interview("uuid:body", ANSWERS)
    good, kind = _body(xml)
    yield "an empty body", (b"", kind)
    yield "no Content-Type", (good, "")
    yield "another Content-Type", (xml, "text/xml")
    yield "no boundary", (good, "multipart/form-data")
    yield "another boundary", (good, "multipart/form-data; boundary=another")
    yield "a long boundary", (good, "multipart/form-data; boundary=" + "b" * 5_000)
    yield "a boundary that is no word", (good, 'multipart/form-data; boundary="\xd9"')
    yield "no end", (good[:-30], kind)
    yield "no interview", multipart([("a.jpg", "a.jpg", "image/jpeg", b"1")], BOUNDARY)
    part = ("xml_submission_file", "a.xml", "text/xml", xml)
    yield "two interviews", multipart([part, part], BOUNDARY)
    many = [(f"{n}.jpg", f"{n}.jpg", "image/jpeg", b"1") for n in range(5_000)]
    yield "5,000 files", multipart([part, *many], BOUNDARY)
    yield "a long header", (good.replace(b"text/xml", b"text/" + b"x" * 100_000), kind)
    yield "many headers", (good.replace(b"Content-Type: text/xml", b"X-A: 1\r\n" * 10_000), kind)
    yield "a header that is no text", (good.replace(b"interview.xml", b"\xff\xfe"), kind)
    yield "only boundaries", (f"--{BOUNDARY}\r\n".encode() * 50_000, kind)
    yield "line ends alone", (b"\r\n" * 1_000_000, kind)
    yield "almost boundaries", (f"\r\n--{BOUNDARY[:-1]}".encode() * 50_000, kind)
    large = ("a.jpg", "a.jpg", "image/jpeg", Random(1).randbytes(30_000_000))
    first = ("xml_submission_file", "a.xml", "text/xml", interview("uuid:large", ANSWERS))
    yield "a file of 30 MB", multipart([first, large], BOUNDARY)


def _body(xml: bytes, *files: tuple[str, str | None, str, bytes]) -> Body:
    return multipart([("xml_submission_file", "interview.xml", "text/xml", xml), *files], BOUNDARY)


def mutants(count: int, seed: int) -> Iterator[tuple[str, Body]]:
    """Yield interviews with a file, of which a few bytes were changed, in the XML or anywhere."""
    draw = Random(seed)
    for number in range(count):
        xml = interview(f"uuid:mutant-{number}", ANSWERS, audit=True)
        if number % 2:
            xml = _changed(xml, draw)
        body, kind = _body(xml, ("a.jpg", "a.jpg", "image/jpeg", b"\xff\xd8 photo"))
        yield f"mutant {number}", (body if number % 2 else _changed(body, draw), kind)


def _changed(content: bytes, draw: Random) -> bytes:
    """Change a few bytes: other ones, fewer, more, in another order, or cut short."""
    for _ in range(draw.randint(1, 2)):
        at = draw.randrange(len(content) + 1)
        end = min(len(content), at + draw.randint(1, 6))
        other = draw.choice([
            b"x" * (end - at), draw.randbytes(end - at), content[at:end] * 2,
            content[at:end][::-1], b"", b"\0", b"<" * 5, b"&#1;", b"]]>",
            b"\r\n--", b"\xd0", b"</data>",
        ])  # fmt: skip
        content = content[:at] + other + content[end:]
        if draw.random() < 0.05:
            content = content[:at]
    return content
