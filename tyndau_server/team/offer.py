"""What a study offers to its team: territories and questionnaires, by code and in words.

In: a study's slug. Out: `Offer`, and what was chosen of it. A study that cannot be read offers
nothing; what was given before stays as it is.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo

from django.http import HttpRequest

from tyndau.base.languages import Sayable
from tyndau_server.people.members import Decider
from tyndau_server.people.models import Membership, Person
from tyndau_server.studies.described import describe
from tyndau_server.studies.served import folder_of


@dataclass(frozen=True, slots=True)
class Offer:
    """What a study offers.

    Attributes
    ----------
    title : Text or str
        Of the study.
    zone : tzinfo
        In which moments are shown.
    territories, forms : tuple of tuple
        Code and words of each.
    lies_in : mapping of str to str
        The territory in which another one lies, by code.
    """

    title: Sayable
    zone: tzinfo
    territories: tuple[tuple[str, Sayable], ...]
    forms: tuple[tuple[str, Sayable], ...]
    lies_in: Mapping[str, str] = field(default_factory=dict)

    def chosen(self, request: HttpRequest, what: str) -> list[str]:
        """Return the codes that were ticked, in the order of the study.

        Parameters
        ----------
        request : HttpRequest
            With the form.
        what : {"territories", "forms"}
            Of what.

        Returns
        -------
        list of str
            Codes; what the study does not have is passed over. Whoever ticks a territory means
            those that lie in it, too.
        """
        ticked = set(request.POST.getlist(what))
        around = self.lies_in if what == "territories" else {}
        return [
            code
            for code, _ in getattr(self, what)
            if not ticked.isdisjoint(_with_those_around(code, around))
        ]

    def said(self, what: str, codes: Iterable[str]) -> list[Sayable]:
        """Return codes in words.

        Parameters
        ----------
        what : {"territories", "forms"}
            Of what.
        codes : iterable of str
            The codes; one that the study has no more stays as it is.

        Returns
        -------
        list of Text or str
            The words.
        """
        words = dict(getattr(self, what))
        return [words.get(code, code) for code in codes]


def offer_of(slug: str) -> Offer:
    """Return what a study offers.

    Parameters
    ----------
    slug : str
        The study's slug.

    Returns
    -------
    Offer
        Territories and questionnaires.

    Raises
    ------
    Http404
        If no such study is served.
    """
    described = describe(folder_of(slug))
    study = described.study
    if study is None:
        return Offer(described.title, described.zone, (), ())
    return Offer(
        study.title,
        described.zone,
        tuple((one.code, one.name) for one in study.territories),
        tuple((name, form.title) for name, form in study.forms.items()),
        {one.code: one.parent for one in study.territories},
    )


def _with_those_around(code: str, lies_in: Mapping[str, str]) -> Iterator[str]:
    while code:
        yield code
        code = lies_in.get(code, "")


def decider_of(request: HttpRequest, slug: str) -> Decider:
    """Return who decides, as the gate let them in.

    Parameters
    ----------
    request : HttpRequest
        Of a page of the study.
    slug : str
        The study's slug.

    Returns
    -------
    Decider
        The person and what they are.

    Raises
    ------
    TypeError
        If the gate let somebody in who is not signed in: a fault of ours.
    """
    membership = getattr(request, "membership", None)
    if not isinstance(request.user, Person):
        raise TypeError("the gate lets nobody else in")
    return Decider(request.user, slug, membership if isinstance(membership, Membership) else None)
