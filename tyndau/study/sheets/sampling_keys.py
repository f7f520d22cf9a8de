"""The keys of the sheet ``sampling``, with what their values may be.

In: nothing; this is data. Out: `SAMPLING_KEYS`, read by `tyndau.study.sheets.sampling`. A new key
is a line here, a field of `tyndau.study.plan.Sampling` and a row of ``docs/study-folder.md``.
"""

from dataclasses import dataclass

from tyndau.study.schema import ValueKind


@dataclass(frozen=True, slots=True)
class SamplingSpec:
    """A key of the sheet ``sampling``.

    Attributes
    ----------
    name : str
        What stands in the column ``key``.
    kind : ValueKind
        What its value is.
    low, high : float
        The least and the greatest value, where it is a number.
    allowed : tuple of str
        The possible values; empty where any of the kind is good.
    by_territory : bool
        Whether it may be said again of a single territory.
    """

    name: str
    kind: ValueKind
    low: float = 0.0
    high: float = 1e12
    allowed: tuple[str, ...] = ()
    by_territory: bool = False


# How interviews are shared out among territories, and how points are taken from the frame.
ALLOCATIONS = ("proportional", "equal", "neyman", "power")
SELECTIONS = ("pps", "systematic", "all")
SAMPLING_KEYS: tuple[SamplingSpec, ...] = (
    SamplingSpec("population", "code"),
    SamplingSpec("interviews", "whole"),
    SamplingSpec("precision", "number", low=0.1, high=50),
    SamplingSpec("precision_territory", "number", low=0.1, high=50),
    SamplingSpec("confidence", "number", low=50, high=99.9),
    SamplingSpec("share", "number", low=0.1, high=99.9, by_territory=True),
    SamplingSpec("design_effect", "number", low=1, high=20),
    SamplingSpec("correlation", "number", low=0, high=1),
    SamplingSpec("at_point", "number", low=10, high=20),
    SamplingSpec("response", "number", low=1, high=100),
    SamplingSpec("allocation", "code", allowed=ALLOCATIONS),
    SamplingSpec("power", "number", low=0, high=1),
    SamplingSpec("minimum", "whole"),
    SamplingSpec("raise_newly_annexed", "number", low=1, high=10),
    SamplingSpec("raise_remote", "number", low=1, high=10),
    SamplingSpec("raise_new_microdistrict", "number", low=1, high=10),
    SamplingSpec("selection", "code", allowed=SELECTIONS),
    SamplingSpec("quotas", "text"),
    SamplingSpec("interviewers", "whole"),
    SamplingSpec("interviews_a_day", "whole", high=40),
    SamplingSpec("rate_interview", "number"),
    SamplingSpec("rate_day", "number"),
    SamplingSpec("transport", "number"),
    SamplingSpec("transport_newly_annexed", "number"),
    SamplingSpec("transport_remote", "number"),
    SamplingSpec("transport_new_microdistrict", "number"),
    SamplingSpec("budget", "number"),
    SamplingSpec("seed", "whole"),
)
