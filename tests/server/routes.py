"""Every route of the server with an example of its address, for tests that visit all of them.

In: the patterns of `tyndau_server.urls`, a world of studies and persons. Out: `Route`, each with
what its address needs. Whoever adds a route that needs more than language and slug adds its example
here; a test fails without.
"""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from tyndau_server.control.models import Alert, Cut, Question
from tyndau_server.fieldwork import blobs, instruments
from tyndau_server.fieldwork.models import (
    Attachment,
    Instrument,
    Link,
    Media,
    Quarantined,
    Submission,
)
from tyndau_server.jobs.models import Job
from tyndau_server.paper.models import Sheet
from tyndau_server.people.models import Invitation, Membership, Person, Role, Token
from tyndau_server.people.photos import keep_photo
from tyndau_server.people.tokens import digest, issue_token
from tyndau_server.studies import staging
from tyndau_server.studies.staging import StagedFile


@dataclass(frozen=True)
class Example:
    """What the address of a route needs besides language and slug.

    Attributes
    ----------
    parts : callable
        Of a study's slug; returns the parts of the address by name.
    of_study : bool
        Whether they name something that belongs to one study alone: of another study it must
        answer as what does not exist.
    """

    parts: Callable[[str], Mapping[str, object]]
    of_study: bool = False
    there: bool = True


def _interviewer(slug: str) -> Membership:
    person = Person.objects.create(name="Interviewer of the example")
    code = f"e{person.pk}"
    return Membership.objects.create(person=person, study=slug, role=Role.INTERVIEWER, code=code)


def _token(slug: str) -> Token:
    member = _interviewer(slug)
    return Token.objects.create(membership=member, digest=digest(f"example {member.pk}"))


def invitation(slug: str, secret: str = "", **fields: object) -> Invitation:
    """Make an invitation into a study, or for an administrator where it names none."""
    given: dict[str, object] = {"role": Role.READER} if slug else {"administrator": True}
    return Invitation.objects.create(
        digest=digest(secret or f"example {Invitation.objects.count()}"), name="Әсел", study=slug,
        expires=timezone.now() + timezone.timedelta(days=1), **{**given, **fields},
    )  # fmt: skip


def _failed(slug: str) -> Job:
    return Job.objects.create(study=slug, kind="build", state=Job.State.FAILED)


def _link(slug: str) -> Mapping[str, object]:
    secret = f"secret-of-{slug}-{Invitation.objects.count()}"
    invitation(slug, secret)
    return {"secret": secret}


_XFORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
<h:head><h:title>Example</h:title><model><instance><data id="example" version="1"><q/>
<meta><instanceID/></meta></data></instance>
<bind nodeset="/data/q" type="string"/></model></h:head>
<h:body><input ref="/data/q"><label>?</label></input></h:body></h:html>"""


def _kept(content: bytes) -> blobs.Blob:
    blobs.incoming()
    return blobs.keep(io.BytesIO(content))


def instrument(slug: str) -> Instrument:
    """Put a questionnaire into the field of a study, once."""
    there = Instrument.objects.filter(study=slug).first()
    if there:
        return there
    made = instruments.issue(slug, "residents", xform=_XFORM.encode(), files={}, by=None)
    made = instruments.open_field(instruments.agree(made, by=None), by=None)
    kept = _kept(slug.encode())
    Media.objects.create(
        instrument=made, name="a.csv", sha256=kept.sha256, md5=kept.md5, size=kept.size
    )
    return made


def _submission(slug: str) -> Submission:
    there = Submission.objects.filter(study=slug).first()
    if there:
        return there
    name = f"uuid:{slug}"
    xml = f'<data id="example" version="1"><q/><meta><instanceID>{name}</instanceID></meta></data>'
    made = Submission.objects.create(
        study=slug, instrument=instrument(slug), interview=name, instance_id=name, key=slug,
        xml=xml.encode(), sha256=digest(xml), received=timezone.now(),
    )  # fmt: skip
    kept = _kept(b"a picture")
    Attachment.objects.create(
        submission=made, name="a.jpg", sha256=kept.sha256, size=kept.size, received=timezone.now()
    )
    return made


def _quarantined(slug: str) -> Quarantined:
    kept = _kept(b"<data")
    made, _ = Quarantined.objects.get_or_create(
        study=slug, digest=digest(slug),
        defaults={
            "reason": "unreadable", "body_sha256": kept.sha256, "size": kept.size,
            "received": timezone.now(), "last": timezone.now(),
        },
    )  # fmt: skip
    return made


def _sheet(slug: str) -> Sheet:
    there = Sheet.objects.filter(study=slug).first()
    return there or Sheet.objects.create(
        study=slug, instrument=instrument(slug), number="1", membership=_interviewer(slug),
        instance_id=f"uuid:{slug}-paper", made=timezone.now(),
    )  # fmt: skip


def _alert(slug: str) -> Alert:
    there = Alert.objects.filter(study=slug).first()
    return there or Alert.objects.create(
        study=slug, population="residents", rule="phone-silent", key="example",
        facts={"said": {"ru": "!"}, "next": {}}, raised=timezone.now(),
    )  # fmt: skip


def _cut(slug: str) -> Cut:
    there = Cut.objects.filter(study=slug).first()
    return there or Cut.objects.create(
        study=slug, membership=_interviewer(slug), amount=1, reason="?",
        made_by=Person.objects.earliest("pk"),
    )  # fmt: skip


def _photographed(slug: str) -> Membership:
    made = _interviewer(slug)
    keep_photo(made, b"a picture")
    return made


def _question(slug: str) -> Question:
    there = Question.objects.filter(study=slug).first()
    return there or Question.objects.create(
        study=slug, membership=_interviewer(slug), uid="example", text="?", moment=timezone.now(),
        received=timezone.now(),
    )  # fmt: skip


def _of_a_phone(slug: str) -> Mapping[str, object]:
    """Return a secret, an instrument and its file, of which each address takes what it needs."""
    media = Media.objects.get(instrument=instrument(slug))
    secret = issue_token(_interviewer(slug))
    return {"secret": secret, "number": media.instrument_id, "media": media.pk}


def _open_link(slug: str) -> Link:
    return Link.objects.filter(study=slug).first() or Link.objects.create(
        study=slug, population="online", code=f"c{slug}", digest=digest(f"c{slug}"),
        batch=timezone.now(),
    )  # fmt: skip


def _of_a_link(slug: str) -> Mapping[str, object]:
    media = Media.objects.get(instrument=instrument(slug))
    link = _open_link(slug)
    return {"secret": link.code, "number": media.instrument_id, "media": media.pk}


def _media(slug: str) -> Mapping[str, object]:
    media = Media.objects.get(instrument=instrument(slug))
    return {"number": media.instrument_id, "media": media.pk}


def _attachment(slug: str) -> Mapping[str, object]:
    file = Attachment.objects.get(submission=_submission(slug))
    return {"number": file.submission_id, "file": file.pk}


def _staged(slug: str) -> Mapping[str, object]:
    file = StagedFile("study.xlsx", "study.xlsx", 1, False)
    return {"key": staging.keep(slug, 1, [(file, b"x")]).key, "number": 0}


EXAMPLES: Mapping[str, Example] = {
    "table": Example(lambda slug: {"population": "residents"}),
    "chart": Example(lambda slug: {"population": "residents", "name": "none.svg"}, there=False),
    "file": Example(lambda slug: {"name": "tables.csv"}),
    "retry": Example(lambda slug: {"number": _failed(slug).pk}, of_study=True),
    "link": Example(_link),
    "form": Example(_of_a_phone),
    "form-boot": Example(_of_a_phone),
    "form-worker": Example(_of_a_phone),
    "form-app": Example(_of_a_phone),
    "form-sealed": Example(_of_a_phone),
    "form-reports": Example(_of_a_phone),
    "form-sent": Example(_of_a_phone),
    "form-sent-one": Example(_of_a_phone, there=False),
    "link-page": Example(_of_a_link),
    "link-boot": Example(_of_a_link),
    "link-worker": Example(_of_a_link),
    "link-sealed": Example(_of_a_link),
    "link-unfinished": Example(lambda slug: {**_of_a_link(slug), "number": "x" * 22}, there=False),
    "link-form": Example(_of_a_link, there=False),
    "link-media": Example(_of_a_link, there=False),
    "link-poster": Example(lambda slug: {"number": _open_link(slug).pk}, of_study=True),
    "openrosa-form-list": Example(_of_a_phone),
    "openrosa-submission": Example(_of_a_phone),
    "openrosa-form": Example(_of_a_phone),
    "openrosa-manifest": Example(_of_a_phone),
    "openrosa-media": Example(_of_a_phone),
    # Versions are numbered in each study from 1; those of the tests keep no other.
    "bundle-file": Example(lambda slug: {"name": "none.zip"}, there=False),
    "design-version": Example(lambda slug: {"number": 1}),
    "design-go-back": Example(lambda slug: {"number": 1}),
    "design-file": Example(lambda slug: {"number": 1, "path": "study.xlsx"}),
    "design-staged": Example(_staged, of_study=True),
    "design-take-over": Example(_staged, of_study=True),
    "design-staged-file": Example(_staged, of_study=True),
    "submission": Example(lambda slug: {"number": _submission(slug).pk}, of_study=True),
    "submission-xml": Example(lambda slug: {"number": _submission(slug).pk}, of_study=True),
    "attachment": Example(_attachment, of_study=True),
    # An entry is that of one person; whoever has none finds none.
    "sheet-entry": Example(lambda slug: {"number": _sheet(slug).pk}, of_study=True, there=False),
    "sheet": Example(lambda slug: {"number": _sheet(slug).pk}, of_study=True),
    "alert": Example(lambda slug: {"number": _alert(slug).pk}, of_study=True),
    "alert-settle": Example(lambda slug: {"number": _alert(slug).pk}, of_study=True),
    "question": Example(lambda slug: {"number": _question(slug).pk}, of_study=True),
    "question-answer": Example(lambda slug: {"number": _question(slug).pk}, of_study=True),
    "photo": Example(lambda slug: {"number": _photographed(slug).pk}, of_study=True),
    "photo-remove": Example(lambda slug: {"number": _photographed(slug).pk}, of_study=True),
    "cut-revoke": Example(lambda slug: {"number": _cut(slug).pk}, of_study=True),
    "pay-file": Example(lambda slug: {"name": "register-kk.pdf"}, there=False),
    "sheet-send": Example(lambda slug: {"number": _sheet(slug).pk}, of_study=True),
    "sheet-remove": Example(lambda slug: {"number": _sheet(slug).pk}, of_study=True),
    "sheets-file": Example(
        lambda slug: {"number": instrument(slug).pk, "content": "kk"}, there=False
    ),
    "quarantined": Example(lambda slug: {"number": _quarantined(slug).pk}, of_study=True),
    "quarantined-settle": Example(lambda slug: {"number": _quarantined(slug).pk}, of_study=True),
    "quarantined-bytes": Example(lambda slug: {"number": _quarantined(slug).pk}, of_study=True),
    "instrument-act": Example(lambda slug: {"number": instrument(slug).pk}, of_study=True),
    "instrument-xform": Example(lambda slug: {"number": instrument(slug).pk}, of_study=True),
    "instrument-media": Example(_media, of_study=True),
    "member": Example(lambda slug: {"number": _interviewer(slug).pk}, of_study=True),
    "member-end": Example(lambda slug: {"number": _interviewer(slug).pk}, of_study=True),
    "member-link": Example(lambda slug: {"number": _interviewer(slug).pk}, of_study=True),
    "link-revoke": Example(lambda slug: {"number": invitation(slug).pk}, of_study=True),
    "token": Example(lambda slug: {"number": _interviewer(slug).pk}, of_study=True),
    "phone": Example(lambda slug: {"number": _token(slug).pk}, of_study=True),
    "token-revoke": Example(lambda slug: {"number": _token(slug).pk}, of_study=True),
    "person": Example(lambda slug: {"number": Person.objects.earliest("pk").pk}),
    "person-active": Example(lambda slug: {"number": Person.objects.earliest("pk").pk}),
    "person-administrator": Example(lambda slug: {"number": Person.objects.earliest("pk").pk}),
    "person-link": Example(lambda slug: {"number": Person.objects.earliest("pk").pk}),
    "administrator-link-revoke": Example(lambda slug: {"number": invitation("").pk}),
}


# What a page needs to be asked besides its address.
QUERIES: Mapping[str, str] = {
    "design-compare": "?before=1&after=1",
    "export": "?form=residents",
}


@dataclass(frozen=True)
class Route:
    """A route.

    Attributes
    ----------
    name : str
        Its name, by which it stands in the matrix.
    needs : frozenset of str
        Names of the parts of its address.
    """

    name: str
    needs: frozenset[str]

    @property
    def needs_example(self) -> bool:
        """Whether the address needs more than language and slug."""
        return bool(self.needs - {"language", "slug"})

    def parts(self, slug: str) -> Mapping[str, object]:
        """Make what the address needs in a study."""
        return EXAMPLES[self.name].parts(slug) if self.needs_example else {}

    def address(self, slug: str, parts: Mapping[str, object]) -> str:
        """Return the address under a study's slug."""
        given = {"language": "ru", "slug": slug, **parts}
        address = reverse(self.name, kwargs={name: given[name] for name in self.needs})
        return address + QUERIES.get(self.name, "")


def routes() -> Iterator[Route]:
    """Return every route, those without a name under an empty one."""
    yield from _routes(get_resolver().url_patterns, frozenset())


def _routes(patterns: list[URLPattern | URLResolver], needs: frozenset[str]) -> Iterator[Route]:
    for one in patterns:
        named = needs | frozenset(one.pattern.converters)
        if isinstance(one, URLResolver):
            yield from _routes(one.url_patterns, named)
        else:
            yield Route(one.name or "", named)
