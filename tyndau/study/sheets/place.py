"""Where a study's city lies: the keys ``latitude`` and ``longitude`` of the sheet ``study``.

In: what the sheet says. Out: the place, and what is wrong with it. It is the place of a city, by
which the sun sets there; points and people have none.
"""

from typing import cast

from tyndau.base.errors import Problem
from tyndau.study.sheets.problems import HALF_PLACE, PLACE_RANGE
from tyndau.study.sheets.settings import Settings

_BOUNDS = {"latitude": 90.0, "longitude": 180.0}


def read_place(settings: Settings) -> tuple[tuple[float, float] | None, list[Problem]]:
    """Read the place of a study.

    Parameters
    ----------
    settings : Settings
        What the sheet says.

    Returns
    -------
    place : tuple of float or None
        Latitude and longitude in degrees, north and east positive; None where the sheet has none.
    problems : list of Problem
        Degrees out of bounds, one without the other.
    """
    said = {key: cast(float, settings.values[key]) for key in _BOUNDS if key in settings.values}
    found = []
    for key, value in said.items():
        entry, bound = settings.entries[key], _BOUNDS[key]
        if not -bound <= value <= bound:
            place = entry.place("value")
            found.append(
                PLACE_RANGE.at(
                    place, key=key, value=f"{value:g}", low=f"{-bound:g}", high=f"{bound:g}"
                )
            )
        missing = next((other for other in _BOUNDS if other not in settings.entries), "")
        if missing:
            found.append(HALF_PLACE.at(entry.place("key"), key=key, missing=missing))
    whole = not found and len(said) == len(_BOUNDS)
    return ((said["latitude"], said["longitude"]) if whole else None), found
