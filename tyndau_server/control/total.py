"""How far a field is in one line: wanted, made, and when that was counted.

In: a study, the territories of who looks. Out: `Total`, for the frame of every page: the database
is asked for sums alone, and tables, quotas and outcomes stay unread. Which of several
questionnaires is the mass survey's is decided here for all pages.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tyndau.study import Study
from tyndau_server.control.models import Counted
from tyndau_server.control.tally import Sums


@dataclass(frozen=True, slots=True)
class Total:
    """How far a field is.

    Attributes
    ----------
    moment : datetime or None
        When it was counted; None where it never was.
    target : int
        Interviews wanted.
    sums : Sums
        What was made, and what else arrived.
    """

    moment: datetime | None = None
    target: int = 0
    sums: Sums = field(default_factory=Sums)


def total_of(slug: str, study: Study | None, territories: Collection[str] | None = None) -> Total:
    """Tell how far a field is.

    Parameters
    ----------
    slug : str
        The study's slug.
    study : Study or None
        The study; None where it cannot be read.
    territories : collection of str, optional
        Those that alone count; all where none are given.

    Returns
    -------
    Total
        Of its main questionnaire.
    """
    rows = {
        name: (moment, target, wanted, places)
        for name, moment, target, wanted, places in Counted.objects.filter(
            study=slug, membership=None
        ).values_list(
            "population", "moment", "figures__target", "figures__wanted", "figures__places"
        )
        if places is not None  # of an earlier version, to be counted again at once
    }
    whole = {
        name: Total(moment, target, Sums.of(places.values()))
        for name, (moment, target, _, places) in rows.items()
    }
    main = main_of(study, whole)
    if main not in rows or study is None:
        return Total()
    if territories is None:
        return whole[main]
    moment, _, wanted, places = rows[main]
    return Total(
        moment,
        sum(wanted.get(one, 0) for one in territories),
        Sums.of(places[one] for one in territories if one in places),
    )


def main_of(study: Study | None, totals: Mapping[str, Total]) -> str:
    """Return the questionnaire of the mass survey.

    Parameters
    ----------
    study : Study or None
        The study.
    totals : mapping of str to Total
        Populations to choose from, and how far each is.

    Returns
    -------
    str
        That of the sample, else the one of which most is wanted, then most was made; empty where
        there is none.
    """

    def size(name: str) -> tuple[int, int]:
        return totals[name].target, totals[name].sums.done

    wanted = study.sampling.population if study and study.sampling else ""
    return wanted if wanted in totals else max(sorted(totals), key=size, default="")


def total_in(counted: Counted) -> Total:
    """Return the total of what was counted of a questionnaire, where all of it was read anyway.

    Parameters
    ----------
    counted : Counted
        Of the whole.

    Returns
    -------
    Total
        Of all territories.
    """
    figures = counted.figures
    sums = Sums.of(figures.get("places", {}).values())
    return Total(counted.moment, figures.get("target", 0), sums)
