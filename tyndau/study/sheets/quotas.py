"""The sheet ``quotas``: how many interviews are wanted with whom, in all and by territory.

In: the sheet's entries, what the forms offer, the territories. Out: `Quota` objects and what is
wrong with their names and sums: within a territory, and in all, each variable divides the same
interviews.
"""

from collections import defaultdict
from collections.abc import Iterable

from tyndau.base.errors import Place, Problem
from tyndau.study.entries import Entries
from tyndau.study.plan import Quota
from tyndau.study.sheets import problems
from tyndau.study.sheets.known import Known, check_territory


def read_quotas(
    sheet: Entries, known: Known, territories: Iterable[str]
) -> tuple[tuple[Quota, ...], list[Problem]]:
    """Read the quotas and check that they add up.

    Parameters
    ----------
    sheet : Entries
        The sheet ``quotas``.
    known : Known
        What the forms offer, derived variables included.
    territories : iterable of str
        Codes of the territories.

    Returns
    -------
    quotas : tuple of Quota
        In the order of the sheet.
    problems : list of Problem
        Unknown populations, variables, codes and territories; sums that differ.
    """
    found: list[Problem] = []
    quotas = []
    codes = list(territories)
    for entry in sheet.rows:
        known.check_category(entry, found)
        check_territory(entry, codes, found)
        target = entry.values.get("target")
        if isinstance(target, int):
            quotas.append(
                Quota(
                    population=entry.text("population"),
                    territory=entry.text("territory"),
                    variable=entry.text("variable"),
                    code=entry.text("code"),
                    target=target,
                )
            )
    # A wrong cell makes a wrong sum; that it is wrong is said of the cell.
    if quotas and not found and not sheet.problems:
        place = Place(sheet.rows[0].file, sheet.rows[0].sheet)
        found.extend(_check_sums(quotas, place))
    return tuple(quotas), found


def _check_sums(quotas: Iterable[Quota], place: Place) -> list[Problem]:
    found = []
    sums: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for quota in quotas:
        sums[quota.population, quota.territory][quota.variable] += quota.target
    for (population, territory), by_variable in sums.items():
        if len(set(by_variable.values())) > 1:
            said = [f"{variable} {total}" for variable, total in by_variable.items()]
            values = {"population": population, "sums": said, "territory": territory or "–"}
            found.append(problems.QUOTA_SUM.at(place, **values))
    if found:
        return found
    totals = {key: next(iter(by_variable.values())) for key, by_variable in sums.items()}
    for population in dict.fromkeys(population for population, _ in totals):
        parts = sum(n for (of, territory), n in totals.items() if of == population and territory)
        whole = totals.get((population, ""), 0)
        if parts and whole and parts != whole:
            found.append(
                problems.QUOTA_TOTAL.at(place, population=population, parts=parts, whole=whole)
            )
    return found
