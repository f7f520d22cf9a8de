"""The map of a field: a tile a territory, a square a point, shaded by how much is done.

In: a study, a dashboard. Out: `Tiles`, plain numbers of which the template draws a picture. Where
no territory has a place on the grid there is no map.
"""

from dataclasses import dataclass

from tyndau.study import Study
from tyndau_server.control.dashboard import Dashboard, Line

# In units of the picture: a tile, the gap between two, a point.
TILE, GAP, DOT = 120, 8, 10
_IN_A_ROW = 9
_TOP = 68


@dataclass(frozen=True, slots=True)
class Dot:
    """A point on a tile.

    Attributes
    ----------
    x, y : int
        Its place on the picture.
    line : Line
        What was made there.
    """

    x: int
    y: int
    line: Line


@dataclass(frozen=True, slots=True)
class Tile:
    """A territory.

    Attributes
    ----------
    x, y : int
        Its place on the picture.
    line : Line
        What was made there.
    dots : tuple of Dot
        Its points.
    """

    x: int
    y: int
    line: Line
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Tiles:
    """The map.

    Attributes
    ----------
    width, height : int
        Of the picture.
    tiles : tuple of Tile
        Territories that have a place.
    """

    width: int
    height: int
    tiles: tuple[Tile, ...]


def tiles(study: Study | None, found: Dashboard) -> Tiles | None:
    """Lay the map out.

    Parameters
    ----------
    study : Study or None
        Where territories and points lie.
    found : Dashboard
        What was made there.

    Returns
    -------
    Tiles or None
        None where there is nothing to lay out.
    """
    if study is None:
        return None
    grid = {one.code: one.grid for one in study.territories if one.grid}
    lies_in = {one.code: one.territory for one in study.points}
    placed = [(line, grid[line.code]) for line in found.territories if line.code in grid]
    if not placed:
        return None
    top = min(row for _, (row, _) in placed)
    left = min(column for _, (_, column) in placed)
    laid = []
    for line, (row, column) in placed:
        x, y = (column - left) * (TILE + GAP), (row - top) * (TILE + GAP)
        own = [one for one in found.points if lies_in.get(one.code) == line.code]
        laid.append(Tile(x, y, line, tuple(_dots(x, y, own))))
    width = max(one.x for one in laid) + TILE
    return Tiles(width, max(one.y for one in laid) + TILE, tuple(laid))


def _dots(x: int, y: int, lines: list[Line]) -> list[Dot]:
    step = DOT + 2
    return [
        Dot(x + 7 + step * (number % _IN_A_ROW), y + _TOP + step * (number // _IN_A_ROW), line)
        for number, line in enumerate(lines[: _IN_A_ROW * 4])
    ]
