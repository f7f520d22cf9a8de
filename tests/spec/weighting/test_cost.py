"""Unequal weights raise the variance of a mean that has nothing to do with them by about Kish's
effect [Kish 1992]:

    deff = 1 + cv² = n·Σw² / (Σw)²        effective size = n / deff

It is an average over questions: a question that goes with what was weighted for gains.
"""

from tyndau.weighting import diagnose

from ..text_tables import gives, rows

TITLE = {
    "en": "What weights cost",
    "ru": "Цена весов: эффект Киша",
    "kk": "Салмақтардың құны: Киш әсері",
}

PEOPLE = rows("""
    weight
    0.5
    0.5
    0.8
    1.0
    1.0
    1.2
    2.0
    3.0
""")


def test_kish(said) -> None:
    """Eight people worth five and a half

    R::

        w <- data$weight
        deff <- 1 + mean((w - mean(w))^2) / mean(w)^2
        said <- list(deff = deff, effective = length(w) / deff, ratio = max(w) / min(w))
    """
    found = diagnose(PEOPLE["weight"])
    gives(
        """
        weights |   deff | effective | ratio
        all     | 1.4064 |    5.6883 |   6.0
        """,
        deff=[found.kish],
        effective=[found.effective],
        ratio=[found.ratio],
        r=said(data=PEOPLE),
    )
