"""The design of a population of a wave: the columns of its sample, and the weights of its revision.

In: the respondents as they stand in tables, the columns that hold the sample, the record of weights
if the revision has one. Out: `Design`. Weights of the revision take the place of a column of
weights; what they were brought to enters every variance.
"""

from dataclasses import replace

from tyndau.base.frames import Frame
from tyndau.estimation.design import Design
from tyndau.estimation.designing import frame_design
from tyndau.study.model import SampleColumns
from tyndau.waves import WeightsRecord
from tyndau.weighting import stored_calibration


def wave_design(
    frame: Frame, columns: SampleColumns, record: WeightsRecord | None, *, population: str
) -> Design:
    """Make the design of a population of a wave.

    Parameters
    ----------
    frame : Frame
        The respondents, as `tyndau.study.prepare` gives them.
    columns : SampleColumns
        Names of the columns of the sample; empty where there is none.
    record : WeightsRecord or None
        The weights of the revision; None where none were made.
    population : str
        Whose they are, for messages.

    Returns
    -------
    Design
        The design, calibrated where the weights were brought to known totals.

    Raises
    ------
    UserError
        As `frame_design`, or ``table.weights-stale`` if the weights are of other respondents.

    Notes
    -----
    R ``survey::svydesign`` and after it ``rake``, ``postStratify`` or ``calibrate``.
    """
    if record is None:
        return frame_design(frame, columns)
    plain = frame_design(frame, replace(columns, weight=""))
    stored = stored_calibration(frame, record, population=population)
    if stored.calibration is None:
        return plain.weighted_by(stored.weights)
    return plain.calibrated(stored.calibration, weights=stored.weights)
