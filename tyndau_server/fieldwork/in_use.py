"""Which questionnaires cannot go from a study's design: phones have them, or interviews came.

In: a study and names of populations. Out: those of them in use. The design asks it by
`tyndau_server.studies.uses`.
"""

from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef

from tyndau_server.fieldwork.models import Instrument, Submission


def in_use(slug: str, populations: Collection[str]) -> Iterable[str]:
    """Return the populations whose questionnaire is in use.

    Parameters
    ----------
    slug : str
        The study.
    populations : collection of str
        The ones asked about.

    Returns
    -------
    iterable of str
        Those with an instrument that is more than a draft, or with an interview.
    """
    came = Exists(Submission.objects.filter(instrument=OuterRef("pk")))
    instruments = Instrument.objects.filter(study=slug, population__in=populations)
    more = instruments.exclude(~came, state=Instrument.State.DRAFT, pilot=False)
    return more.values_list("population", flat=True)
