"""A customer may have volumes of before, and want tables that can be laid beside them. The method
`quantum` computes what Quantum and its heirs computed, and nothing else is to be said for it: its
effective base ignores that answers from one point resemble each other, so that too much comes out
significant; there is no gate and no correction.

    e = (Σw)²/Σw²,   p̄ = share in both together, by weighted bases
    t = (p₁ − p₂) / √( p̄(1 − p̄) · (1/e₁ + 1/e₂ − 2e₀/(e₁e₂)) · (e₁ + e₂)/(e₁ + e₂ − 1) )

with e₀ the effective base of what both columns share, on e₁ + e₂ − 2 − e₀ degrees of freedom; means
in the same way with the pooled variance. Sources differ on the degrees of freedom; at bases from 30
on it hardly matters. Quantum User's Guide, "Special T statistics", T1 and T2.
"""

from tyndau.base.languages import Text
from tyndau.estimation import make_design
from tyndau.study.standards import Comparing
from tyndau.tabulation import tabulate

from ..text_tables import counted, frame, gives, single

TITLE = {
    "en": "As old tables had it",
    "ru": "Как в прежних таблицах",
    "kk": "Бұрынғы кестелердегідей",
}

PEOPLE = counted(
    """
    point | district | yes | no
    1     | north    |  34 |  6
    2     | north    |  15 | 25
    3     | north    |  33 |  7
    4     | north    |  14 | 26
    5     | south    |  26 | 14
    6     | south    |  11 | 29
    7     | south    |  27 | 13
    8     | south    |  12 | 28
    """,
    "answer",
    "yes",
    "no",
)


def test_two_methods(said) -> None:
    """The same table by the two methods

    Four points in each district differ among themselves far more than the districts do. Old tables
    see two samples of 160 people and set a letter; by the design there is none.

    R::

        y <- as.numeric(data$answer == "yes")
        design <- svydesign(~point, weights = ~1, data = cbind(data, y))
        by <- svyby(~y, ~district, design, svymean, covmat = TRUE)
        d <- svycontrast(by, c(north = 1, south = -1))
        p <- mean(y); e <- 160
        old <- coef(d) / sqrt(p * (1 - p) * (1/e + 1/e) * (e + e) / (e + e - 1))
        t <- c(coef(d) / SE(d), old)
        said <- list(t = t, p = 2 * pt(-abs(t), c(degf(design), e + e - 2)))
    """
    data = frame(PEOPLE, answer=single("yes", "no"), district=single("north", "south"))
    design = make_design(len(data), clusters=PEOPLE["point"])
    tables = [
        tabulate(
            data, "answer", [("district", Text())], design=design, inference="design",
            comparing=Comparing(method),
        )
        for method in ("design", "quantum")
    ]  # fmt: skip
    r = said(data=PEOPLE)
    assert r["p"][0] > 0.05 > r["p"][1]
    gives(
        """
        method  | north | letters | south
        design  | 60.00 | -       | 47.50
        quantum | 60.00 | B       | 47.50
        """,
        north=[table.percent[0, 1] for table in tables],
        letters=[table.letters(0, 1) for table in tables],
        south=[table.percent[0, 2] for table in tables],
    )
