"""What of the interviews a list shows: filters as an address holds them.

In: the query of an address. Out: `Filters`, which narrows a query of submissions and writes itself
back into an address, so that the next page, an interview and an export speak of the same list. What
cannot be read as a filter filters nothing; a page never fails because of its address.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, tzinfo
from typing import Self

from django.db.models import Q, QuerySet
from django.utils.http import urlencode

from tyndau_server.fieldwork.models import Submission
from tyndau_server.fieldwork.words import day_begins, day_ends

PILOT, DATA = "pilot", "data"
# Of what was withdrawn there is nothing to list.
LISTED = tuple(one for one in Submission.State.values if one != Submission.State.WITHDRAWN)
_LONGEST = 255
# Of an address, so that a number never leaves the range of the database.
_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; what is empty narrows nothing.

    Attributes
    ----------
    state : str
        One of `LISTED`.
    form : str
        A population.
    interviewer : int
        The number of a membership; 0 for all.
    first, last : date or None
        Days of arrival by the study's clock, both included.
    incomplete : bool
        Only interviews whose attachments are missing.
    kind : str
        ``pilot`` or ``data``.
    text : str
        A part of an instance's id.
    """

    state: str = ""
    form: str = ""
    interviewer: int = 0
    first: date | None = None
    last: date | None = None
    incomplete: bool = False
    kind: str = ""
    text: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Self:
        """Read filters from the query of an address.

        Parameters
        ----------
        query : mapping of str to str
            Such as ``request.GET``.

        Returns
        -------
        Filters
            What could be read.
        """
        state, kind = query.get("state", ""), query.get("kind", "")
        return cls(
            state=state if state in LISTED else "",
            form=_clean(query.get("form", "")),
            interviewer=whole_number(query.get("interviewer", "")),
            first=_day(query.get("first", "")),
            last=_day(query.get("last", "")),
            incomplete=query.get("incomplete", "") == "yes",
            kind=kind if kind in (PILOT, DATA) else "",
            text=_clean(query.get("text", "")),
        )

    def without_state(self) -> Self:
        """Return the same, of whatever state.

        Returns
        -------
        Filters
            With every state.
        """
        return replace(self, state="")

    @property
    def query(self) -> str:
        """The filters as the query of an address; empty where nothing is narrowed."""
        written = {
            "state": self.state,
            "form": self.form,
            "interviewer": str(self.interviewer or ""),
            "first": self.first.isoformat() if self.first else "",
            "last": self.last.isoformat() if self.last else "",
            "incomplete": "yes" if self.incomplete else "",
            "kind": self.kind,
            "text": self.text,
        }
        return urlencode({name: value for name, value in written.items() if value})

    def narrow(self, found: QuerySet[Submission], zone: tzinfo) -> QuerySet[Submission]:
        """Narrow a query.

        Parameters
        ----------
        found : QuerySet of Submission
            What a person sees.
        zone : tzinfo
            Of the study, by which days are counted.

        Returns
        -------
        QuerySet of Submission
            What is to be shown.
        """
        if self.state:
            found = found.filter(state=self.state)
        if self.form:
            found = found.filter(instrument__population=self.form)
        if self.interviewer:
            found = found.filter(membership=self.interviewer)
        if self.first:
            found = found.filter(received__gte=day_begins(self.first, zone))
        if self.last:
            found = found.filter(received__lt=day_ends(self.last, zone))
        if self.incomplete:
            found = found.filter(complete=False)
        if self.kind:
            found = found.filter(pilot=self.kind == PILOT)
        if self.text:
            named = Q(instance_id__icontains=self.text) | Q(interview__icontains=self.text)
            found = found.filter(named)
        return found


def whole_number(given: str) -> int:
    """Read a whole number of an address.

    Parameters
    ----------
    given : str
        As it stands there.

    Returns
    -------
    int
        0 where it is none.
    """
    fits = given.isascii() and given.isdecimal() and len(given) <= _DIGITS
    return int(given) if fits else 0


def _clean(given: str) -> str:
    """Return what people typed, without the NUL that no database takes."""
    return given.replace("\0", "").strip()[:_LONGEST]


def _day(given: str) -> date | None:
    """Read a day; one at the edge of the calendar has no day after it."""
    try:
        day = date.fromisoformat(given)
    except ValueError:
        return None
    return day if datetime(1971, 1, 1, tzinfo=UTC).date() < day < date(9000, 1, 1) else None
