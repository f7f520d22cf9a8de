"""What holds of every number of a study: what its sample allows, from which base, how tested.

In: nothing; `tyndau.study.load` makes these from the sheet ``study``. Out: `Thresholds`,
`Comparing` and `SampleColumns`, which later rooms take as they are.
"""

from dataclasses import dataclass
from typing import Literal

Inference = Literal["design", "model", "none"]

# The column of strata that nobody is asked for: the territory in which an interview's point lies,
# which the sheet ``points`` tells.
POINT_TERRITORY = "point_territory"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which base numbers are tested, marked and shown (DESIGN.md); settings of a study.

    Each is asked of the unweighted and of the effective base.

    Attributes
    ----------
    hide_below : int
        Below it no test, mark ``**``, hidden in publications.
    mark_below : int
        Below it the mark ``*``.
    people_below : int
        A cell of fewer people is hidden in publications.
    territory_interviews, territory_points : int
        A territory with fewer of either is not shown to the public.
    release_k : int
        Records of people are released where at least so many share each combination of traits.
    """

    hide_below: int = 30
    mark_below: int = 100
    people_below: int = 10
    territory_interviews: int = 50
    territory_points: int = 8
    release_k: int = 5


@dataclass(frozen=True, slots=True)
class Comparing:
    """How differences are tested; settings of a study.

    Attributes
    ----------
    method : {"design", "quantum"}
        By the design of the sample, or as tables of before had it, for parity with them alone.
    level : float
        Confidence level of intervals; tests are two-sided at 1 - level.
    second_level : float or None
        A lower level, at which letters are small; None for none.
    least_difference : float
        The least difference that is named in words, in percentage points; 0 for any.
    """

    method: Literal["design", "quantum"] = "design"
    level: float = 0.95
    second_level: float | None = None
    least_difference: float = 0.0

    @property
    def levels(self) -> tuple[float, ...]:
        """The levels of letters, the higher first."""
        return (self.level,) if self.second_level is None else (self.level, self.second_level)


@dataclass(frozen=True, slots=True)
class SampleColumns:
    """Which columns of a wave hold the sample's design; empty where there is none.

    Attributes
    ----------
    weight, strata, cluster : str
        Names of columns.
    """

    weight: str = ""
    strata: str = ""
    cluster: str = ""
