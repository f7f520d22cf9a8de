"""A percentage is a ratio of weighted totals in a domain, over the people of the column:

    p = Σ w·y / Σ w·x

with y 1 for those who gave the answer and x 1 for those who were asked. Nothing else is needed for
several answers: each answer has its own y and all share x, so that percentages may add up to more
than 100.
"""

from tyndau.base.languages import Text
from tyndau.estimation import make_design
from tyndau.tabulation import tabulate

from ..text_tables import frame, gives, multiple, rows, single

TITLE = {
    "en": "Percentages, one answer or several",
    "ru": "Проценты: один ответ или несколько",
    "kk": "Пайыздар: бір жауап немесе бірнеше жауап",
}

PEOPLE = rows("""
    media     | sex    | weight
    tv net    | female |    2.0
    tv        | female |    1.0
    net       | female |    1.5
    tv        | male   |    0.5
    net paper | male   |    3.0
    no answer | male   |    1.0
    net       | male   |    1.0
""")


def test_several_answers(said) -> None:
    """Several answers, weighted

    Whoever was asked and named nothing is in the base of all answers.

    R::

        for (one in c("tv", "net", "paper")) data[[one]] <- 100 * grepl(one, data$media)
        design <- svydesign(~1, data = data, weights = ~weight)
        women <- subset(design, sex == "female"); men <- subset(design, sex == "male")
        q <- ~tv + net + paper
        said <- list(total = coef(svymean(q, design)), female = coef(svymean(q, women)),
                     male = coef(svymean(q, men)))
    """
    data = frame(PEOPLE, media=multiple("tv", "net", "paper"), sex=single("female", "male"))
    design = make_design(7, weights=PEOPLE["weight"])
    table = tabulate(data, "media", [("sex", Text())], design=design, inference="design")
    total, female, male = table.percent[:3].T
    gives(
        """
        answer |  total | female |   male
        tv     | 35.000 | 66.667 |  9.091
        net    | 75.000 | 77.778 | 72.727
        paper  | 30.000 |  0.000 | 54.545
        """,
        total=total,
        female=female,
        male=male,
        r=said(data=PEOPLE),
    )
