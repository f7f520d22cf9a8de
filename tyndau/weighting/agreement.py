"""Do the figures of different sources agree: one total for the whole, and one for each territory.

In: `Figures` of the variables that a step uses, and the variable whose total holds, if one is
named. Out: the same figures with settled totals. Sources that differ are an error that names both
with their days; under ``scale_to`` they are scaled to the total of the variable named.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from tyndau.base.errors import Place, UserError
from tyndau.base.languages import Number
from tyndau.study.model import Study
from tyndau.weighting import problems
from tyndau.weighting.figures import Figures, Part, within_territory

# Figures are whole people; what differs by less is rounding of our own scaling.
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class _Claim:
    """What one variable says of the total of a territory."""

    name: str
    day: str
    total: float
    closed: bool


def settle(
    study: Study, figures: Sequence[Figures], *, place: str, scale_to: str = ""
) -> tuple[Figures, ...]:
    """Bring figures to one total.

    Parameters
    ----------
    study : Study
        Its territories lie within each other.
    figures : sequence of Figures
        Of the variables that are used together.
    place : str
        The question that says where people live.
    scale_to : str, optional
        The variable whose total holds; without it all have to agree.

    Returns
    -------
    tuple of Figures
        In the same order; a variable of which only some categories are known, and whose sum stays
        under the total, is partial: its figures stand as they are.

    Raises
    ------
    UserError
        ``table.margins-disagree``, or ``table.no-such-margin`` if ``scale_to`` is not among them.
    """
    if scale_to and all(one.variable != scale_to for one in figures):
        known = [one.variable for one in figures]
        values = {"step": "scale_to", "variable": scale_to, "known": known}
        raise problems.NO_SUCH_MARGIN.error(Place("study.xlsx", "weighting"), **values)
    whole = [one for one in figures if not one.place]
    parts = [one for one in figures if one.place]
    claims = [_claim(one, one.parts[0]) for one in whole]
    if not any(one.name == scale_to for one in claims):
        claims += [
            _Claim(one.name, one.parts[0].day, one.total, True)
            for one in parts
            if one.variable == scale_to and one.everywhere
        ]
        scale_named = next((one.name for one in parts if one.variable == scale_to), scale_to)
    else:
        scale_named = scale_to
    total = _agreed(claims, scale_named, "") if claims else None
    settled = {
        one.name: replace(one, parts=(_settled(one, one.parts[0], total, bool(scale_to)),))
        for one in whole
        if total
    }
    by_place = settled.get(place)
    for one in parts:
        settled[one.name] = _by_territory(study, one, parts, by_place, total, scale_to)
    return tuple(settled[one.name] for one in figures)


def _by_territory(
    study: Study,
    figures: Figures,
    others: Sequence[Figures],
    by_place: Figures | None,
    total: _Claim | None,
    scale_to: str,
) -> Figures:
    """Settle a variable's figures territory by territory, and their sum if they cover the whole."""
    done = []
    for part in figures.parts:
        claims = [
            _claim(other, same)
            for other in others
            for same in other.parts
            if same.territory == part.territory
        ]
        of_place = _of_place(study, by_place, part.territory) if by_place else None
        held = (
            next((one.name for one in others if one.variable == scale_to), "") if scale_to else ""
        )
        if of_place is not None:
            claims = [of_place, *claims]
            held = of_place.name if scale_to else ""
        elif scale_to and not any(claim.name == held for claim in claims):
            held = claims[0].name
        wanted = _agreed(claims, held, part.territory)
        done.append(_settled(figures, part, wanted, bool(scale_to)))
    whole = replace(figures, parts=tuple(done))
    claim = _Claim(figures.name, figures.parts[0].day, whole.total, True)
    if not total or not whole.everywhere or _same(claim, total):
        return whole
    if not scale_to:
        raise _disagree(total, claim, "")
    factor = total.total / whole.total
    return replace(
        whole, parts=tuple(replace(part, people=part.people * factor) for part in whole.parts)
    )


def _claim(figures: Figures, part: Part) -> _Claim:
    return _Claim(figures.name, part.day, part.total, part.closed)


def _of_place(study: Study, by_place: Figures, territory: str) -> _Claim | None:
    """Return what the figures by place of residence say of a territory, if they say all."""
    codes = within_territory(study, territory)
    inside = np.array([code in codes for code in by_place.categories])
    part = by_place.parts[0]
    people = part.people[inside]
    if np.isnan(people).all() or not part.closed:
        return None
    return _Claim(by_place.name, part.day, float(np.nansum(people)), True)


def _same(first: _Claim, second: _Claim) -> bool:
    return abs(first.total - second.total) <= _ROUNDING * first.total


def _agreed(claims: Sequence[_Claim], held: str, territory: str) -> _Claim:
    """Return the claim that holds: of the variable named, else that in which all agree."""
    closed = [one for one in claims if one.closed] or [max(claims, key=lambda one: one.total)]
    for one in claims:
        if held and one.name == held:
            return one
    first = closed[0]
    for other in closed[1:]:
        if not _same(first, other):
            raise _disagree(first, other, territory)
    return first


def _settled(figures: Figures, part: Part, total: _Claim, scaled: bool) -> Part:
    """Return a part whose sum is the total, or that is partial."""
    own = _claim(figures, part)
    if part.closed or _same(own, total):
        factor = total.total / part.total if scaled else 1.0
        return replace(part, people=part.people * factor, closed=True)
    if part.total > total.total:
        raise _disagree(total, own, part.territory)
    return part


def _disagree(first: _Claim, second: _Claim, territory: str) -> UserError:
    return problems.MARGINS_DISAGREE.error(
        Place("study.xlsx", "population"),
        first=first.name, first_people=Number(first.total), first_date=first.day,
        second=second.name, second_people=Number(second.total), second_date=second.day,
        territory=territory or "–",
    )  # fmt: skip
