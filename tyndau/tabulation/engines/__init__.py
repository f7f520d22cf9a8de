"""Engines, which count the questions of a frame by the columns of a banner.

In: a frame, the banner's variables, the design. Out: `Statistics` of a question, by any engine the
same but for rounding. An engine for data that memory does not hold joins them here.
"""

from tyndau.tabulation.engines.arrays import ArrayEngine
from tyndau.tabulation.engines.choose import make_engine

__all__ = ["ArrayEngine", "make_engine"]
