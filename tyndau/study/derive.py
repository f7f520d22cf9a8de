"""Derived variables: categories computed from the answers, as the workbook defines them.

In: a study, a population and the frame of a wave. Out: the frame with the derived columns that its
answers allow. It changes no answer and reads no file. The rules of a condition are those of the
form's own expressions: what was not asked or not answered is the empty text.
"""

import numpy as np

from tyndau.base.frames import NO_CATEGORY, Column, Frame
from tyndau.study.model import Derived, Study
from tyndau.study.sheets.derived import in_order


def derive(study: Study, population: str, frame: Frame) -> Frame:
    """Add the derived variables whose sources a frame has.

    Parameters
    ----------
    study : Study
        Where they are defined.
    population : str
        Whose answers the frame holds.
    frame : Frame
        Rows of a wave.

    Returns
    -------
    Frame
        The same rows; derived variables stand last, in the order of the workbook. A row falls
        into the first category whose condition holds, or into all of them where the variable's
        categories overlap; where none holds it counts as not asked.
        A derived variable that cannot be computed, because a source is absent, stays as the frame
        has it, or absent.
    """
    own = {one.name: one for one in study.derived if one.population == population}
    columns = {name: column for name, column in frame.columns.items() if name not in own}
    kept = {name: column for name, column in frame.columns.items() if name in own}
    for one in in_order(own.values()):
        present = Frame(frame.keys, {**columns, **kept})
        if all(source in present for source in one.sources):
            kept[one.name] = _computed(one, present)
    return Frame(frame.keys, {**columns, **{name: kept[name] for name in own if name in kept}})


def _computed(derived: Derived, frame: Frame) -> Column:
    if derived.overlap:
        members = np.zeros((len(frame), len(derived.categories)), dtype=np.bool_)
        for index, part in enumerate(derived.categories):
            members[:, index] = part.condition.holds(frame)
        return Column(derived.variable, members, np.asarray(members.any(axis=1), dtype=np.bool_))
    values = np.full(len(frame), NO_CATEGORY, dtype=np.int32)
    for index, part in enumerate(derived.categories):
        values[(values == NO_CATEGORY) & part.condition.holds(frame)] = index
    return Column(derived.variable, values, values != NO_CATEGORY)
