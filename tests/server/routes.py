"""Every route of the server with an example of its address, for tests that visit all of them.

In: the patterns of `tyndau_server.urls`, a world of studies and persons. Out: `Route`, each with
what its address needs. Whoever adds a route that needs more than language and slug adds its example
here; a test fails without.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from tyndau_server.jobs.models import Job
from tyndau_server.people.models import Invitation, Membership, Person, Role, Token
from tyndau_server.people.tokens import digest


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


EXAMPLES: Mapping[str, Example] = {
    "table": Example(lambda slug: {"population": "residents"}),
    "chart": Example(lambda slug: {"population": "residents", "name": "none.svg"}, there=False),
    "file": Example(lambda slug: {"name": "tables.csv"}),
    "retry": Example(lambda slug: {"number": _failed(slug).pk}, of_study=True),
    "link": Example(_link),
    "member": Example(lambda slug: {"number": _interviewer(slug).pk}, of_study=True),
    "member-end": Example(lambda slug: {"number": _interviewer(slug).pk}, of_study=True),
    "member-link": Example(lambda slug: {"number": _interviewer(slug).pk}, of_study=True),
    "link-revoke": Example(lambda slug: {"number": invitation(slug).pk}, of_study=True),
    "token": Example(lambda slug: {"number": _interviewer(slug).pk}, of_study=True),
    "token-revoke": Example(lambda slug: {"number": _token(slug).pk}, of_study=True),
    "person": Example(lambda slug: {"number": Person.objects.earliest("pk").pk}),
    "person-active": Example(lambda slug: {"number": Person.objects.earliest("pk").pk}),
    "person-administrator": Example(lambda slug: {"number": Person.objects.earliest("pk").pk}),
    "person-link": Example(lambda slug: {"number": Person.objects.earliest("pk").pk}),
    "administrator-link-revoke": Example(lambda slug: {"number": invitation("").pk}),
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
        return reverse(self.name, kwargs={name: given[name] for name in self.needs})


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
