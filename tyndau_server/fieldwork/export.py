"""Exports of interviews: CSV piece by piece while it is read, .sav of what is accepted.

In: what a person sees of a study, filters, a questionnaire. Out: pieces of a file, or a file. Only
current versions are exported; pilot and rejected interviews never, whatever is asked for. However
many interviews there are, a few hundred are in memory at a time.
"""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from pathlib import Path
from typing import BinaryIO

from django.db.models import QuerySet

from tyndau.fieldwork.openrosa import Instance, XForm, join_xforms, read_instance
from tyndau.study import Study
from tyndau.waves import KEY
from tyndau_server.audit import log
from tyndau_server.fieldwork.blobs import incoming
from tyndau_server.fieldwork.filters import Filters
from tyndau_server.fieldwork.forms import known
from tyndau_server.fieldwork.models import Instrument, Submission
from tyndau_server.people.models import Membership, Person

_AT_ONCE = 250
# It stands in a column of ours already.
_INSTANCE_ID = "meta/instanceID"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be exported.

    Attributes
    ----------
    study, population : str
        The study's slug, and which of its questionnaires.
    filters : Filters
        Of the list.
    zone : tzinfo
        Of the study, in which moments are written.
    repeat : str
        Path of a repeat whose rounds are the rows; empty for interviews.
    """

    study: str
    population: str
    filters: Filters
    zone: tzinfo
    repeat: str = ""

    def name(self, day: datetime, ending: str) -> str:
        """Return what the file is called.

        Parameters
        ----------
        day : datetime
            Today.
        ending : str
            ``csv`` or ``sav``.

        Returns
        -------
        str
            Study, questionnaire, repeat, date.
        """
        parts = [self.study, self.population, self.repeat.replace("/", "-")]
        written = f"{day.astimezone(self.zone):%Y-%m-%d}"
        return "_".join([*filter(None, parts), written]) + f".{ending}"


def data_of(seen: QuerySet[Submission], wanted: Wanted) -> QuerySet[Submission]:
    """Return the interviews that an export holds.

    Parameters
    ----------
    seen : QuerySet of Submission
        What a person sees.
    wanted : Wanted
        What is asked for.

    Returns
    -------
    QuerySet of Submission
        In the order in which they came.
    """
    whole = seen.filter(current=True, pilot=False, instrument__population=wanted.population)
    found = wanted.filters.narrow(whole.exclude(state=Submission.State.REJECTED), wanted.zone)
    return found.order_by("received", "pk")


def form_of(study: str, population: str) -> XForm | None:
    """Return a questionnaire with the fields of all its versions.

    Parameters
    ----------
    study, population : str
        The study's slug, and which of its questionnaires.

    Returns
    -------
    XForm or None
        None where nothing was issued under that name.
    """
    versions = versions_of(study, population)
    return join_xforms([known(one).xform for one in versions]) if versions else None


def versions_of(study: str, population: str) -> list[Instrument]:
    """Return the versions of a questionnaire, the latest first.

    Parameters
    ----------
    study, population : str
        The study's slug, and which of its questionnaires.

    Returns
    -------
    list of Instrument
        Without their bytes.
    """
    issued = Instrument.objects.filter(study=study, population=population)
    return list(issued.defer("xform").order_by("-made", "-pk"))


def csv_pieces(
    seen: QuerySet[Submission], wanted: Wanted, xform: XForm, *, for_excel: bool = False
) -> Iterator[bytes]:
    """Write interviews as CSV.

    Parameters
    ----------
    seen : QuerySet of Submission
        What a person sees.
    wanted : Wanted
        What is asked for.
    xform : XForm
        What `form_of` gave; notes, which are only read aloud, get no column.
    for_excel : bool, default False
        Whether it is to open as a table in Excel in Russian and Kazakh.

    Yields
    ------
    bytes
        A piece in UTF-8; the line of names first, before any interview is read.
    """
    # The pipeline is not brought into every process that answers pages.
    from tyndau.interchange.submissions import csv_rows

    reading = _Reading(data_of(seen, wanted), wanted.zone, repeat=bool(wanted.repeat))
    pieces = csv_rows(
        reading.instances(),
        xform,
        repeat=wanted.repeat,
        beside=reading.columns,
        without={_INSTANCE_ID, *_notes(wanted)},
        for_excel=for_excel,
    )
    return (piece.encode() for piece in pieces)


def _notes(wanted: Wanted) -> Iterator[str]:
    """Go through the paths of what a questionnaire only reads aloud, in every version."""
    items = [known(one).wording.items for one in versions_of(wanted.study, wanted.population)]
    answered = {item.path for version in items for item in version if not item.note}
    notes = (item.path for version in items for item in version if item.note)
    return (path for path in notes if path not in answered)


def submissions_in_turn(found: QuerySet[Submission]) -> Iterator[Submission]:
    """Go through submissions with their XML, a few hundred in memory at a time.

    Parameters
    ----------
    found : QuerySet of Submission
        Ordered.

    Yields
    ------
    Submission
        With its membership and the version of its instrument; those that were replaced or decided
        on otherwise meanwhile are left out.
    """
    # The numbers first: to sort the rows themselves a database would hold all their XML.
    for keys in _parts(list(found.values_list("pk", flat=True))):
        # By the numbers alone: a database that has not counted its rows yet takes a slow way else.
        rows = (
            Submission.objects.filter(pk__in=keys)
            .select_related("membership", "instrument")
            .only(
                "key", "instance_id", "received", "state", "current", "xml", "membership__code",
                "instrument__version", "instrument__sha256",
            )
        )  # fmt: skip
        by_number = {
            one.pk: one for one in rows if one.current and one.state != Submission.State.REJECTED
        }
        yield from (by_number[key] for key in keys if key in by_number)


def _parts(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[first : first + _AT_ONCE] for first in range(0, len(keys), _AT_ONCE))


@dataclass(slots=True)
class _Reading:
    """Interviews while they are read one by one, and what is known of the one at hand."""

    found: QuerySet[Submission]
    zone: tzinfo
    repeat: bool
    at_hand: Submission = field(default_factory=Submission)

    @property
    def columns(self) -> Mapping[str, Callable[[Instance], str]]:
        """What stands before the answers; each is asked while its interview is at hand."""
        return {
            "interview" if self.repeat else KEY: lambda _: self.at_hand.key,
            "instance_id": lambda _: self.at_hand.instance_id,
            "received": lambda _: self.at_hand.received.astimezone(self.zone).isoformat(
                "T", "seconds"
            ),
            "interviewer": lambda _: (
                self.at_hand.membership.code if self.at_hand.membership else ""
            ),
            "version": lambda _: self.at_hand.instrument.version,
            "state": lambda _: self.at_hand.state,
        }

    def instances(self) -> Iterator[Instance]:
        """Go through the interviews."""
        for submission in submissions_in_turn(self.found):
            self.at_hand = submission
            yield read_instance(bytes(submission.xml))


def sav_file(seen: QuerySet[Submission], wanted: Wanted, study: Study, language: str) -> BinaryIO:
    """Write the accepted interviews of a questionnaire of the study as an SPSS file.

    Parameters
    ----------
    seen : QuerySet of Submission
        What a person sees.
    wanted : Wanted
        What is asked for.
    study : Study
        The study, by whose form the answers are read.
    language : str
        ``kk`` or ``ru``: of the labels.

    Returns
    -------
    BinaryIO
        The file, which is gone when it is closed.

    Raises
    ------
    UserError
        If answers contradict the form.
    """
    # The pipeline is not brought into every process that answers pages.
    from tyndau.interchange import import_frame
    from tyndau.interchange.sav_write import write_sav
    from tyndau.interchange.submissions import submissions_table

    found = data_of(seen, wanted).filter(state=Submission.State.ACCEPTED)
    interviews = ((one.key, read_instance(bytes(one.xml))) for one in submissions_in_turn(found))
    versions = [known(one).xform for one in versions_of(wanted.study, wanted.population)]
    table = submissions_table(interviews, study, wanted.population, versions=versions)
    frame = import_frame(table, study, wanted.population, key=KEY).frame
    with tempfile.TemporaryDirectory(dir=incoming()) as folder:
        path = Path(folder) / "export.sav"
        write_sav(frame, path, language=language, title=study.title.say(language))
        written = tempfile.TemporaryFile(dir=incoming())  # noqa: SIM115 - sent, then closed
        written.write(path.read_bytes())
    written.seek(0)
    return written


def write_down(wanted: Wanted, kind: str, *, by: Person) -> None:
    """Write into the log that somebody took an export.

    Parameters
    ----------
    wanted : Wanted
        What was asked for.
    kind : str
        ``csv``, ``csv-excel`` or ``sav``.
    by : Person
        Who takes it.
    """
    filters = replace(wanted.filters, interviewer=0).query
    details = {"format": kind, "filters": filters, "repeat": wanted.repeat}
    if wanted.filters.interviewer:
        # By the code, which says more than a number; of another study there is none.
        of = Membership.objects.filter(pk=wanted.filters.interviewer, study=wanted.study)
        details["interviewer"] = of.values_list("code", flat=True).first() or ""
    log.write(
        "export.taken",
        actor=by,
        study=wanted.study,
        subject=wanted.population,
        details=details,
    )
