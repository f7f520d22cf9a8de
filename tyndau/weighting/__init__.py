"""Weighting: how much each interview counts, so that the sample agrees with what is known.

In: base weights and known totals. Out: weights, what they were brought to (`Calibration`, from
which `tyndau.estimation` takes its residuals), and diagnostics. It computes no standard error.
"""

from tyndau.weighting.adjustment import Adjustment
from tyndau.weighting.base import adjust_nonresponse, base_weights
from tyndau.weighting.calibrating import calibrate, calibrate_margins
from tyndau.weighting.calibration import Calibration
from tyndau.weighting.diagnostics import Diagnostics, MarginRow, compare_margins, diagnose
from tyndau.weighting.margins import Margin, make_margin
from tyndau.weighting.raking import post_stratify, rake
from tyndau.weighting.replicates import ReplicateFactors, bootstrap, jackknife, recalibrated
from tyndau.weighting.steps import Done, Made, make_weights
from tyndau.weighting.stored import StoredWeights, stored_calibration, to_record
from tyndau.weighting.trimming import trim
from tyndau.weighting.weigh import Weighed, weigh_wave

__all__ = [
    "Adjustment",
    "Calibration",
    "Diagnostics",
    "Done",
    "Made",
    "Margin",
    "MarginRow",
    "ReplicateFactors",
    "StoredWeights",
    "Weighed",
    "adjust_nonresponse",
    "base_weights",
    "bootstrap",
    "calibrate",
    "calibrate_margins",
    "compare_margins",
    "diagnose",
    "jackknife",
    "make_margin",
    "make_weights",
    "post_stratify",
    "rake",
    "recalibrated",
    "stored_calibration",
    "to_record",
    "trim",
    "weigh_wave",
]
