"""Estimation: what a sample says of those it was drawn from, and how far it may be off.

In: the sample's design over all rows, and columns of values, or sums that an engine made of them.
Out: totals, ratios, means, proportions, quantiles in domains, differences, tests, with standard
errors, covariances, intervals and design effects. It knows no tables, banners or languages; it
never draws a random number.
"""

from tyndau.estimation.association import RaoScott, TTest, chi_square, design_effects, t_test
from tyndau.estimation.comparisons import (
    benjamini_hochberg,
    equivalence,
    holm,
    null_variance,
    p_values,
    t_statistic,
)
from tyndau.estimation.design import Design
from tyndau.estimation.designing import frame_design, make_design
from tyndau.estimation.estimates import Estimates
from tyndau.estimation.intervals import (
    korn_graubard,
    logit_interval,
    t_interval,
    t_quantile,
    wilson,
)
from tyndau.estimation.of_wave import wave_design
from tyndau.estimation.quantiles import Quantiles, quantile
from tyndau.estimation.ratios import Measures, Moments, Ratios, Shared, ratios
from tyndau.estimation.replicates import Replicates
from tyndau.estimation.stages import Lonely
from tyndau.estimation.totals import Proportions, difference, mean, proportion, ratio, total

__all__ = [
    "Design",
    "Estimates",
    "Lonely",
    "Measures",
    "Moments",
    "Proportions",
    "Quantiles",
    "RaoScott",
    "Ratios",
    "Replicates",
    "Shared",
    "TTest",
    "benjamini_hochberg",
    "chi_square",
    "design_effects",
    "difference",
    "equivalence",
    "frame_design",
    "holm",
    "korn_graubard",
    "logit_interval",
    "make_design",
    "mean",
    "null_variance",
    "p_values",
    "proportion",
    "quantile",
    "ratio",
    "ratios",
    "t_interval",
    "t_quantile",
    "t_statistic",
    "t_test",
    "total",
    "wave_design",
    "wilson",
]
