"""Which engine counts a frame.

In: a frame, the banner's variables, the design. Out: an `Engine`: NumPy's, or the compiled one if
numba is installed and the rows are many. Tables are the same by either but for the rounding of
sums; nobody chooses, so that nobody chooses wrongly.
"""

from collections.abc import Sequence

from tyndau.base.frames import Frame
from tyndau.estimation.design import Design
from tyndau.tabulation.engines.arrays import ArrayEngine
from tyndau.tabulation.statistics import Engine

# Rows from which compiled loops repay that numba is loaded. On two processors, 55 questions by 30
# columns: 1.1 s by NumPy and 0.6 s compiled at 500,000 rows, where loading takes 0.3 s, and the
# first call of an installation, which compiles, 1.5 s.
COMPILED_FROM = 500_000


def make_engine(
    frame: Frame, banners: Sequence[str], design: Design, *, overlaps: bool = False
) -> Engine:
    """Make the engine that suits a frame.

    Parameters
    ----------
    frame : Frame
        The rows.
    banners : sequence of str
        Single or multiple variables whose categories are the columns, one group each.
    design : Design
        The design of the same rows.
    overlaps : bool, default False
        Whether to count how much columns that overlap share.

    Returns
    -------
    Engine
        What counts questions by these columns.

    Raises
    ------
    ValueError
        If the design has another number of rows than the frame.
    """
    if len(frame) >= COMPILED_FROM:
        try:
            from tyndau.tabulation.engines.compiled import CompiledEngine
        except ImportError:  # numba is an extra
            pass
        else:
            return CompiledEngine(frame, banners, design, overlaps=overlaps)
    return ArrayEngine(frame, banners, design, overlaps=overlaps)
