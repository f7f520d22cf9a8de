"""Cells that do not overlap are brought to their totals by one factor each, `N_c / Σw` [Holt and
Smith 1979]. A category with people of which nobody is in the sample is refused, with the category
to merge it with.
"""

from tyndau.weighting import make_margin, post_stratify

from ..text_tables import gives, places, refusal, rows

TITLE = {"en": "Post-stratification", "ru": "Постстратификация", "kk": "Постстратификация"}

PEOPLE = rows("""
    age   | weight
    18-34 |    1.0
    18-34 |    1.0
    18-34 |    2.0
    35-54 |    1.0
    35-54 |    1.5
    55+   |    1.0
""")


def test_three_ages(said) -> None:
    """Three ages

    R::

        design <- svydesign(~1, weights = ~weight, data = data)
        totals <- data.frame(age = c("18-34", "35-54", "55+"), Freq = c(400, 350, 250))
        said <- list(after = weights(postStratify(design, ~age, totals)))
    """
    age = make_margin("age", places(PEOPLE["age"], "18-34", "35-54", "55+"), [400, 350, 250])
    gives(
        """
        age   | before | after
        18-34 |    1.0 | 100.0
        18-34 |    1.0 | 100.0
        18-34 |    2.0 | 200.0
        35-54 |    1.0 | 140.0
        35-54 |    1.5 | 210.0
        55+   |    1.0 | 250.0
        """,
        before=PEOPLE["weight"],
        after=post_stratify(PEOPLE["weight"], age).weights,
        r=said(data=PEOPLE),
    )


def test_nobody_of_an_age() -> None:
    """Nobody of an age with people"""
    age = make_margin("age", places(PEOPLE["age"], "18-34", "35-54", "55-74", "75+"), [4, 4, 2, 1])
    gives(
        """
        ages of the figures      | error
        18-34, 35-54, 55-74, 75+ | table.margin-nobody
        """,
        error=[refusal(post_stratify, PEOPLE["weight"], age)],
    )
