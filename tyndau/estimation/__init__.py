"""Estimation: what a sample says of those it was drawn from, and how far it may be off.

In: the sample's design over all rows, and sums that an engine made of the answers. Out: proportions
and means in domains, linearised standard errors and covariances, intervals, tests. It knows no
tables, banners or languages; it never draws a random number.
"""

from tyndau.estimation.comparisons import null_variance, significant
from tyndau.estimation.design import Design, frame_design, make_design
from tyndau.estimation.intervals import korn_graubard, t_interval, t_quantile
from tyndau.estimation.ratios import Measures, Moments, Ratios, Shared, ratios

__all__ = [
    "Design",
    "Measures",
    "Moments",
    "Ratios",
    "Shared",
    "frame_design",
    "korn_graubard",
    "make_design",
    "null_variance",
    "ratios",
    "significant",
    "t_interval",
    "t_quantile",
]
