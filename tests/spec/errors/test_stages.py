"""Quarters are drawn, then houses in them. The variance of the second stage counts by the part of
the first that was drawn:

    v = v₁ + Σ_i f₁ · v₂i        f₁ = n/N

[Cochran 1977], formula 11.24. Where the population of the first stage is not known, f₁ counts as 0
and later stages add nothing: their part is already in the spread between the first stage's
clusters.
"""

from tyndau.estimation import make_design, mean

from ..text_tables import gives, rows

TITLE = {"en": "Two stages", "ru": "Две ступени отбора", "kk": "Екі сатылы іріктеу"}

PEOPLE = rows("""
    quarter | quarters | house | houses | weight | score
    1       |        6 | a     |      4 |      4 |     3
    1       |        6 | b     |      4 |      4 |     5
    2       |        6 | a     |      6 |      6 |     2
    2       |        6 | b     |      6 |      6 |     1
    2       |        6 | c     |      6 |      4 |     4
    3       |        6 | a     |      3 |      3 |     5
    3       |        6 | b     |      3 |      3 |     4
""")


def test_two_stages(said) -> None:
    """Three of six quarters, two or three houses in each

    R::

        options(survey.lonely.psu = "fail")
        data$code <- paste(data$quarter, data$house)
        se <- function(...) SE(svymean(~score, svydesign(..., weights = ~weight, data = data)))
        said <- list(se = c(se(~quarter + code, fpc = ~quarters + houses),
                            se(~quarter, fpc = ~quarters), se(~quarter)))
    """
    quarters, houses = PEOPLE["quarter"], PEOPLE["house"]
    sizes = [PEOPLE["quarters"], PEOPLE["houses"]]
    weights = PEOPLE["weight"]
    designs = [
        make_design(7, weights=weights, clusters=[quarters, houses], population=sizes),
        make_design(7, weights=weights, clusters=quarters, population=sizes[0]),
        make_design(7, weights=weights, clusters=quarters),
    ]
    gives(
        """
        what is known                       |      se
        both stages with their populations  | 0.61656
        the first stage with its population | 0.55209
        the first stage, no population      | 0.78077
        """,
        se=[mean(design, PEOPLE["score"]).se[0] for design in designs],
        r=said(data=PEOPLE),
    )
