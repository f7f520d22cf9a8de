"""What a sample allows to be said: errors by design or by a model, which territories by themselves.

In: how points and people are chosen, interviews and points by territory, design effects. Out:
`Allows`, and its sentences for tables. It is what was planned; what was reached, tables say.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tyndau.base.languages import N_, Message, Number
from tyndau.sampling.selection import LEAST_INTERVIEWS, LEAST_POINTS
from tyndau.study.model import Inference
from tyndau.study.plan import Point

_DRAWN = N_(
    "Planned sample: {interviews} interviews at {points} points drawn at random; {direct} of "
    "{territories} territories with a direct estimate."
)
_NAMED = N_(
    "Planned sample: {interviews} interviews at {points} points that were named and not drawn; "
    "{direct} of {territories} territories with a direct estimate."
)
_EFFECT = N_(
    "With a design effect of {effect} the sample says as much of the whole as {effective} "
    "independent interviews."
)
_BY_QUOTA = N_(
    "Respondents were to be met on a route or by quota, so that their chances are not known."
)
_BY_ROUTE = N_("Dwellings were to be chosen by a random route.")
_THRESHOLDS = N_(
    "A direct estimate of a territory needs at least {least_interviews} interviews and "
    "{least_points} points."
)


@dataclass(frozen=True, slots=True)
class Allows:
    """What a sample allows.

    Attributes
    ----------
    inference : {"design", "model"}
        ``design`` where points are drawn at random and people by a random route without quotas;
        else what is computed rests on a model.
    choice : {"design", "drawn", "named"}
        How points and people are chosen.
    interviews, points, territories : int
        How many are planned.
    direct : tuple of str
        Codes of the territories that reach the thresholds of a direct estimate.
    design_effect : float
        By how much clusters and weights raise the variance of a figure of the whole.
    effective : float
        Interviews over the design effect.
    """

    inference: Inference
    choice: str
    interviews: int
    points: int
    territories: int
    direct: tuple[str, ...]
    design_effect: float
    effective: float

    @property
    def notes(self) -> tuple[Message, ...]:
        """What tables say of it: a line for under each, then what is said once of all."""
        counts: dict[str, object] = {
            "interviews": Number(self.interviews),
            "points": Number(self.points),
            "direct": len(self.direct),
            "territories": self.territories,
        }
        effect: dict[str, object] = {
            "effect": Number(self.design_effect, 2),
            "effective": Number(self.effective),
        }
        least: dict[str, object] = {
            "least_interviews": LEAST_INTERVIEWS,
            "least_points": LEAST_POINTS,
        }
        return (
            Message(_NAMED if self.choice == "named" else _DRAWN, counts),
            Message(_EFFECT, effect),
            self.persons,
            Message(_THRESHOLDS, least),
        )

    @property
    def persons(self) -> Message:
        """How respondents are chosen at the points."""
        return Message(_BY_ROUTE if self.choice == "design" else _BY_QUOTA)


def choice_of(selection: str, points: Sequence[Point], quotas: Sequence[str]) -> str:
    """Say how points and people are chosen.

    Parameters
    ----------
    selection : str
        One of `tyndau.study.sheets.sampling_keys.SELECTIONS`.
    points : sequence of Point
        The points of the sample.
    quotas : sequence of str
        Variables of quotas.

    Returns
    -------
    {"design", "drawn", "named"}
        ``design`` needs points drawn at random, dwellings alone, and no quotas: whoever passes by
        has no known chance.
    """
    if selection == "all":
        return "named"
    by_route = all(point.kind == "dwelling" for point in points)
    return "design" if by_route and not quotas else "drawn"
