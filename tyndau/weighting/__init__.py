"""Weighting: how much each interview counts, so that the sample agrees with what is known of the
whole.

In: base weights and known totals. Out: weights, what they were brought to (`Calibration`, from
which `tyndau.estimation` takes its residuals), and diagnostics. It computes no standard error.
"""

from tyndau.weighting.calibration import Calibration

__all__ = ["Calibration"]
