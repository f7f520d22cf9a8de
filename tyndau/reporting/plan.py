"""Which tables a volume holds: every question by every banner, but none by itself.

In: a study and the respondents of a population. Out: pairs of a question and the banner that it is
shown by. It looks at no answer but to leave out what the screening made the same for everybody.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from tyndau.base.frames import Column, Frame
from tyndau.questionnaire.form import Form
from tyndau.questionnaire.routing import ELIGIBLE
from tyndau.study.model import Banner, Derived, Study, factors


def plan_tables(study: Study, population: str, frame: Frame) -> Iterator[tuple[str, Banner]]:
    """Go through every question and every banner.

    Parameters
    ----------
    study : Study
        The study.
    population : str
        Whose answers the frame holds.
    frame : Frame
        The respondents, prepared.

    Yields
    ------
    tuple of (str, Banner)
        A question, and a banner without the variables that the question is or gave, or that it is
        never broken down by; a banner that the question itself limits, or of which nothing is left,
        is passed over. Where no banner of everybody is left, the question is shown for all
        together; banners that are limited to some come last. A derived variable has tables of its
        own where the questions that it is made of are not in the frame.
    """
    banners = [banner for banner in study.banners if banner.population == population]
    derived = {one.name: one for one in study.derived if one.population == population}
    screening = _screening(study.forms[population])
    aside = {study.sample.weight, study.sample.strata, study.sample.cluster} - {""}
    for column in frame:
        name = column.variable.name
        if column.variable.kind == "text" or name in aside:
            continue
        if name in derived and any(source in frame for source in derived[name].sources):
            continue
        if name in screening and _is_unanimous(column):
            continue  # such as the consent, which every respondent gave
        fitting = (banner for banner in banners if not _limits(name, banner, derived))
        left = [_without(name, banner, derived) for banner in fitting]
        broken_down = [banner for banner in left if banner.variables]
        whole = [banner for banner in broken_down if banner.among is None]
        limited = [banner for banner in broken_down if banner.among is not None]
        # Charts and findings speak of everybody: the first table of a question shows all of them.
        for banner in (*(whole or [Banner("", population, (), ())]), *limited):
            yield name, banner


def _without(name: str, banner: Banner, derived: Mapping[str, Derived]) -> Banner:
    kept = [
        (variable, title)
        for variable, title in zip(banner.variables, banner.titles, strict=True)
        if name not in origins(variable, derived)
        and name not in banner.not_for.get(variable, frozenset())
    ]
    return replace(
        banner,
        variables=tuple(variable for variable, _ in kept),
        titles=tuple(title for _, title in kept),
    )


def _limits(name: str, banner: Banner, derived: Mapping[str, Derived]) -> bool:
    """Tell whether a banner's filter looks at a question: its answers would be those asked for."""
    names = banner.among.condition.names if banner.among else frozenset()
    return any(name in origins(one, derived) for one in names)


def _screening(form: Form) -> set[str]:
    """Return the questions that the screening looks at, through calculates."""
    formulas = {question.name: question.calculation for question in form.questions}
    found: set[str] = set()
    waiting = [ELIGIBLE]
    while waiting:
        formula = formulas.get(waiting.pop())
        new = formula.names - found if formula else frozenset()
        found |= new
        waiting.extend(new)
    return found


def _is_unanimous(column: Column) -> bool:
    """Tell whether everybody chose one and the same answer."""
    if not len(column.values) or not column.answered.all():
        return False
    if column.variable.kind == "multiple":
        return bool((column.values.sum(axis=0) > 0).sum() == 1)
    return column.variable.kind == "single" and bool((column.values == column.values[0]).all())


def origins(name: str, derived: Mapping[str, Derived]) -> set[str]:
    """Return a variable and all that it is computed from, through derived variables.

    Parameters
    ----------
    name : str
        A question or a derived variable, or several that are nested, with ``*`` between them.
    derived : dict of str to Derived
        A population's derived variables by name.

    Returns
    -------
    set of str
        Names, the variable's own among them.
    """
    found: set[str] = set()
    waiting = list(factors(name))
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(derived[one].sources if one in derived else ())
    return found
