"""The plan of a sample as plain values: territories, their points, who works there, at what price.

In: nothing; `tyndau.sampling.plan` makes it. Out: `SamplePlan` and its parts, which the record and
the documents are made of. It computes nothing but what follows from its own values.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tyndau.sampling.allocation import Allocation
from tyndau.sampling.allows import Allows
from tyndau.sampling.cost import Cost
from tyndau.sampling.interviewers import Assignment
from tyndau.sampling.quotas import Quotas
from tyndau.sampling.routes import Route
from tyndau.sampling.schedule import Schedule, Visit
from tyndau.sampling.size import Size
from tyndau.study.model import Territory
from tyndau.study.plan import Point, Sampling


@dataclass(frozen=True, slots=True)
class PointPlan:
    """A point of the sample.

    Attributes
    ----------
    point : Point
        The point.
    interviews : int
        How many are made there.
    probability : float
        The chance with which it was drawn; NaN where it was named.
    certain : bool
        Whether its size made it certain.
    route : Route
        How interviewers walk there.
    visits : tuple of Visit
        When they come, in the order of time.
    interviewers : tuple of int
        The two who work there, from 1.
    shares : tuple of int
        How many interviews each of them makes.
    """

    point: Point
    interviews: int
    probability: float
    certain: bool
    route: Route
    visits: tuple[Visit, ...]
    interviewers: tuple[int, ...]
    shares: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Substitute:
    """A point approved to stand in for any point of its territory, at the hours of that one.

    Attributes
    ----------
    point : Point
        The point.
    route : Route
        How interviewers walk there.
    """

    point: Point
    route: Route


@dataclass(frozen=True, slots=True)
class TerritoryPlan:
    """A territory of the sample.

    Attributes
    ----------
    territory : Territory
        The territory.
    people : int
        How many live there.
    interviews : int
        How many are made there.
    proportional : float
        How many there would be if everybody had the same chance.
    effective : float
        How many independent interviews say as much of the territory.
    half_width : float
        Of an interval for a share in the territory, percentage points.
    points : tuple of PointPlan
        Its points.
    substitutes : tuple of Substitute
        Points approved to stand in.
    direct : bool
        Whether it reaches the thresholds of a direct estimate.
    """

    territory: Territory
    people: int
    interviews: int
    proportional: float
    effective: float
    half_width: float
    points: tuple[PointPlan, ...]
    substitutes: tuple[Substitute, ...]
    direct: bool


@dataclass(frozen=True, slots=True, eq=False)
class SamplePlan:
    """The plan of a sample.

    Attributes
    ----------
    population : str
        The form of the mass survey.
    sampling : Sampling
        What the workbook asks for: all arguments.
    size : Size or None
        What the wanted precision needs; None where none is wanted.
    allocation : Allocation
        Interviews by territory, and the price of disproportion.
    cluster_effect : float
        By how much points raise the variance.
    half_width : float
        Of an interval for a share of the whole, percentage points.
    territories : tuple of TerritoryPlan
        In the order of the workbook.
    quotas : Quotas
        Cells by territory.
    assignment : Assignment
        Who works where; points in the order of `territories`.
    schedule : Schedule
        When points are visited; points in the order of `territories`.
    own_quotas : ndarray of int, shape (I, T, C1, ..., CV)
        Each interviewer's part of the quota cells.
    cost : Cost
        Cost and days.
    allows : Allows
        What the sample allows.
    """

    population: str
    sampling: Sampling
    size: Size | None
    allocation: Allocation
    cluster_effect: float
    half_width: float
    territories: tuple[TerritoryPlan, ...]
    quotas: Quotas
    assignment: Assignment
    schedule: Schedule
    own_quotas: NDArray[np.int64]
    cost: Cost
    allows: Allows

    @property
    def points(self) -> tuple[PointPlan, ...]:
        """All points, territory by territory."""
        return tuple(point for place in self.territories for point in place.points)
