"""A study in the field, for tests: a questionnaire issued, interviews that phones sent.

In: a study's folder, answers. Out: rows, made by the very actions that the server takes them in by.
"""

import io
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from xml.sax.saxutils import escape

from tyndau.study import load_study
from tyndau_server.fieldwork import instruments
from tyndau_server.fieldwork.body import Body
from tyndau_server.fieldwork.models import Instrument, Quarantined, Submission
from tyndau_server.fieldwork.own_forms import with_files
from tyndau_server.fieldwork.quarantine import Sender
from tyndau_server.fieldwork.receive import receive
from tyndau_server.fieldwork.refusals import Refused
from tyndau_server.people.models import Membership

POPULATION = "residents"
_BOUNDARY = "tyndau-tests"
_IN_MAIN = (
    "life_change", "problems", "problems_other", "utilities", "appealed", "appeal_handled",
    "territory", "employment", "sex", "point",
)  # fmt: skip

# A whole interview of the template's questionnaire; the other is screened out.
WHOLE: Mapping[str, str] = {
    "consent": "yes", "age": "34", "lives": "yes", "eligible": "yes", "life_change": "better",
    "problems": "roads prices", "utilities": "mostly", "appealed": "no",
    "territory": "centre", "employment": "works", "sex": "female", "point": "3",
}  # fmt: skip
SCREENED_OUT: Mapping[str, str] = {"consent": "no", "eligible": "no"}


def in_the_field(folder: Path, population: str = POPULATION) -> Instrument:
    """Issue a questionnaire of a study's folder and put it into the field."""
    xform, files = with_files(load_study(folder), population)
    made = instruments.issue(folder.name, population, xform=xform, files=files, by=None)
    return instruments.open_field(instruments.agree(made, by=None), by=None)


def upload(
    slug: str, population: str, xform: bytes, *, state: str = "field", **files: bytes
) -> Instrument:
    """Issue an XForm made elsewhere."""
    made = instruments.issue(slug, population, xform=xform, files=files, by=None)
    if state == "field" and made.state == Instrument.State.DRAFT:
        made = instruments.open_field(instruments.agree(made, by=None), by=None)
    return made


def filled(
    answers: Mapping[str, str],
    *,
    instance: str,
    form: Instrument,
    deprecated: str = "",
    files: tuple[str, ...] = (),
) -> bytes:
    """Write an interview of the template's questionnaire as a phone does."""
    top = "".join(_leaf(name, text) for name, text in answers.items() if name not in _IN_MAIN)
    main = "".join(_leaf(name, answers[name]) for name in _IN_MAIN if name in answers)
    more = _leaf("deprecatedID", deprecated) if deprecated else ""
    more += "".join(_leaf("audit", name) for name in files)
    return (
        f'<data id="{form.form_id}" version="{form.version}">{top}<main>{main}</main>'
        f"<meta><instanceID>{instance}</instanceID>{more}</meta></data>"
    ).encode()


def _leaf(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>"


def send(
    slug: str, xml: bytes, *, by: Membership | None = None, files: Mapping[str, bytes] | None = None
) -> Submission:
    """Send an interview as a phone does."""
    with body(xml, files or {}) as arrived:
        return receive(arrived, Sender(slug, by, None, "phone"))


def body(xml: bytes, files: Mapping[str, bytes]) -> Body:
    """Write the body of a submission."""
    parts = [
        ("xml_submission_file", "s.xml", xml),
        *((name, name, one) for name, one in files.items()),
    ]
    written = (
        b"".join(
            f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n".encode()
            + content
            + b"\r\n"
            for name, file, content in parts
        )
        + f"--{_BOUNDARY}--\r\n".encode()
    )
    kind = f"multipart/form-data; boundary={_BOUNDARY}"
    return Body(io.BytesIO(written), len(written), len(written), kind)


def interviews(
    slug: str, form: Instrument, count: int, *, by: Membership | None = None
) -> list[Submission]:
    """Send whole interviews that differ in age and territory."""
    places = ("centre", "north", "koktem", "bulak")
    return [
        send(
            slug,
            filled(
                {
                    **WHOLE,
                    "age": str(20 + number % 60),
                    "territory": places[number % 4],
                    "point": str(number % 10),
                },
                instance=f"uuid:{slug}-{number:05d}",
                form=form,
            ),
            by=by,
        )
        for number in range(count)
    ]


SMALL = b"""<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
<h:head><h:title>Small</h:title><model>
<instance><data id="small" version="1"><q/><photo/><meta><instanceID/></meta></data></instance>
<bind nodeset="/data/q" type="string"/><bind nodeset="/data/photo" type="binary"/></model></h:head>
<h:body><input ref="/data/q"><label>Q</label></input>
<upload ref="/data/photo" mediatype="image/*"><label>P</label></upload></h:body></h:html>"""


def small(slug: str) -> Submission:
    """Send an interview of a small questionnaire, with a file."""
    upload(slug, "small", SMALL)
    number = Submission.objects.count()
    xml = (
        f'<data id="small" version="1"><q>1</q><photo>p.png</photo>'
        f"<meta><instanceID>uuid:{slug}-small-{number}</instanceID></meta></data>"
    )
    return send(slug, xml.encode(), files={"p.png": b"p"})


def refused(slug: str) -> Quarantined:
    """Send what cannot be taken."""
    number = Quarantined.objects.count()
    with suppress(Refused):
        send(slug, f"<data number='{number}'/>".encode())
    return Quarantined.objects.latest("pk")
