"""Nets of a scale's ends: which answers are the two highest or the two lowest.

In: a variable with its scores, a net as the workbook says it. Out: the net with its codes.
"""

from collections.abc import Mapping
from dataclasses import replace

from tyndau.base.frames import Net, Variable
from tyndau.base.languages import Text

# What may stand for codes in a net: the ends of a scale of at least so many points, and how the row
# is called where the workbook does not say.
BOXES: Mapping[str, Text] = {
    "top2": Text(kk="Ең жоғары екі баға", ru="Две высшие оценки"),
    "bottom2": Text(kk="Ең төмен екі баға", ru="Две низшие оценки"),
}
LEAST_POINTS = 4


def offered_net(variable: Variable, net: Net) -> Net:
    """Return the answers of a net that a variable offers.

    Parameters
    ----------
    variable : Variable
        With its scores.
    net : Net
        Codes, or a box of `BOXES` instead of them.

    Returns
    -------
    Net
        Perhaps without any code.
    """
    box = net.codes[0]
    codes = box_codes(variable, box) if box in BOXES else net.codes
    return replace(net, codes=tuple(code for code in codes if code in variable.codes))


def box_codes(variable: Variable, box: str) -> tuple[str, ...]:
    """Return the answers with the two highest or the two lowest scores of a scale.

    Parameters
    ----------
    variable : Variable
        A variable.
    box : {"top2", "bottom2"}
        Which end.

    Returns
    -------
    tuple of str
        Codes in the order of the questionnaire; none where there are fewer than four scores, of
        which two would be half or more.
    """
    scores = sorted({one.score for one in variable.categories if one.score is not None})
    if len(scores) < LEAST_POINTS:
        return ()
    chosen = scores[-2:] if box == "top2" else scores[:2]
    return tuple(one.code for one in variable.categories if one.score in chosen)
