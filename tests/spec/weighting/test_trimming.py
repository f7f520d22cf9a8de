"""Weights out of bounds are cut, and what is cut goes to the others, in equal parts as in R or in
proportion [Potter 1990]; the sum stays. What is given may carry others out of bounds: `strict` goes
on until none is. Rows of weight 0 stay at 0. Trimmed weights miss the totals a little: a study
rakes once more.
"""

from tyndau.weighting import trim

from ..text_tables import gives, rows

TITLE = {"en": "Trimming", "ru": "Усечение весов", "kk": "Салмақтарды кесу"}

PEOPLE = rows("""
    weight
    0.2
    0.8
    1.0
    1.5
    1.9
    6.6
""")


def test_once_and_until_none_is_out(said) -> None:
    """From 0.5 to 2.5

    R::

        design <- svydesign(~1, weights = ~weight, data = data)
        of <- function(s) weights(trimWeights(design, upper = 2.5, lower = 0.5, strict = s))
        said <- list(once = of(FALSE), strict = of(TRUE))
    """
    bounds = {"lower": 0.5, "upper": 2.5}
    gives(
        """
        before |   once | strict | in proportion
           0.2 | 0.5000 | 0.6000 |        0.5000
           0.8 | 1.7500 | 1.8500 |        1.3846
           1.0 | 1.9500 | 2.0500 |        1.7308
           1.5 | 2.4500 | 2.5000 |        2.5962
           1.9 | 2.8500 | 2.5000 |        3.2885
           6.6 | 2.5000 | 2.5000 |        2.5000
        """,
        before=PEOPLE["weight"],
        once=trim(PEOPLE["weight"], **bounds).weights,
        strict=trim(PEOPLE["weight"], **bounds, strict=True).weights,
        in_proportion=trim(PEOPLE["weight"], **bounds, redistribute="proportionally").weights,
        r=said(data=PEOPLE),
    )
