"""Hundreds of tables find something by chance. What a study wants to know above all it declares
before it looks at the data: sheet `key_findings` of the workbook. These findings are one family
over the whole volume, whatever table they stand in, and are corrected by the procedure of [Holm
1979], so that a single false one among them is unlikely: the smallest of m p values times m, the
next times m − 1 and so on, none less than the one before. A claim "the same" is a test of
[equivalence](#no-difference-that-matters) within the least difference worth naming.
"""

from tyndau.base.languages import Text
from tyndau.estimation import make_design
from tyndau.study.plan import KeyFinding
from tyndau.study.standards import Comparing, Thresholds
from tyndau.tabulation.declared import examine

from ..text_tables import counted, frame, gives, single

TITLE = {
    "en": "Key findings",
    "ru": "Ключевые выводы, заявленные заранее",
    "kk": "Алдын ала мәлімделген негізгі тұжырымдар",
}

PEOPLE = counted(
    """
    district | sex    | yes |  no
    centre   | female | 121 |  79
    centre   | male   | 111 |  89
    edge     | female |  95 | 105
    edge     | male   |  89 | 111
    """,
    "satisfied",
    "yes",
    "no",
)


def test_three_declared_findings(said) -> None:
    """Three findings were declared

    Women are more satisfied than men, the centre more than all others, and women are the same as
    men within ten percentage points. Alone the second and the third would hold; corrected for three
    only the second does.

    R::

        y <- 100 * (data$satisfied == "yes")
        design <- svydesign(~1, weights = ~1, data = cbind(data, y))
        t <- function(formula, contrast) {
          d <- svycontrast(svyby(~y, formula, design, svymean, covmat = TRUE), contrast)
          c(coef(d), SE(d))
        }
        sex <- t(~sex, c(female = 1, male = -1)); place <- t(~district, c(centre = 1, edge = -1))
        df <- nrow(data) / 2 - 1                              # either side has half of them
        p <- c(2 * pt(-abs(sex[1] / sex[2]), df), 2 * pt(-abs(place[1] / place[2]), df),
               pt((abs(sex[1]) - 10) / sex[2], df))
        said <- list(p = p, corrected = p.adjust(p, "holm"))
    """
    data = frame(
        PEOPLE, satisfied=single("yes", "no"), sex=single("female", "male"),
        district=single("centre", "edge"),
    )  # fmt: skip
    women = ("residents", "satisfied", "yes", "sex", "female", "male")
    centre = ("residents", "satisfied", "yes", "district", "centre", "")
    declared = [
        KeyFinding("women", *women, claim="higher", statement=Text()),
        KeyFinding("centre", *centre, claim="higher", statement=Text()),
        KeyFinding("alike", *women, claim="same", statement=Text()),
    ]
    found = examine(
        declared, {"residents": data}, {"residents": make_design(len(data))},
        thresholds=Thresholds(), comparing=Comparing(least_difference=10.0),
    )  # fmt: skip
    gives(
        """
        finding                       | first | second |       p | corrected | holds
        women higher than men         |  54.0 |   50.0 | 0.25811 |   0.25811 | no
        centre higher than all others |  58.0 |   46.0 | 0.00069 |   0.00208 | yes
        women the same as men         |  54.0 |   50.0 | 0.04508 |   0.09015 | no
        """,
        first=[one.first for one in found],
        second=[one.second for one in found],
        p=[one.p_value for one in found],
        corrected=[one.corrected for one in found],
        holds=[one.holds for one in found],
        r=said(data=PEOPLE),
    )
