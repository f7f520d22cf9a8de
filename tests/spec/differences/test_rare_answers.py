"""The linearised variance of a rare answer in a small column is badly estimated, and 0 where nobody
gave it. Where fewer than ten people (in effective bases) are expected to give an answer, or not to
give it, in one of the two columns, a test of shares may not stand on less than the variance without
a difference:

    p̄(1 − p̄) · (1/e₁ + 1/e₂ − 2·o)

with `p̄` the share in both together, `e` the effective bases and `o` what the columns share. On
small expectations see [Cochran 1954]. Elsewhere the decision is that of R. Comparisons without a
difference that come out significant at 5 %, 100,000 simulated pairs each (independent answers, no
weights):

| people | share | expected | linearised alone | as tested |
|---|---|---|---|---|
| 40 and 600 | 2 % | 0.8 | 44.6 % | 0.1 % |
| 30 and 600 | 5 % | 1.5 | 21.8 % | 0.3 % |
| 30 and 600 | 10 % | 3 | 10.7 % | 1.2 % |
| 50 and 600 | 10 % | 5 | 8.5 % | 2.1 % |
| 100 and 600 | 10 % | 10 | 6.3 % | 4.7 % |
| 60 and 600 | 50 % | 30 | 5.5 % | 5.5 % |
"""

import numpy as np

from tyndau.estimation import difference, make_design, null_variance, p_values, t_statistic

from ..text_tables import counted, gives

TITLE = {
    "en": "Rare answers in small columns",
    "ru": "Редкие ответы в малых столбцах",
    "kk": "Шағын бағандардағы сирек жауаптар",
}

PEOPLE = counted(
    """
    district | yes | no
    village  |   0 |  40
    centre   |  18 | 282
    """,
    "protest",
    "yes",
    "no",
)


def test_nobody_in_the_village(said) -> None:
    """Nobody of forty in the village, six per cent of three hundred in the centre

    2.1 people are expected in the village. By the linearised variance the village differs, since
    its own part of the variance is 0; by the variance that there would be without a difference it
    does not. The statistic is then the root of the chi-square of a two-by-two table.

    R::

        y <- as.numeric(data$protest == "yes")
        design <- svydesign(~1, weights = ~1, data = cbind(data, y))
        by <- svyby(~y, ~district, design, svymean, covmat = TRUE)
        d <- svycontrast(by, c(village = 1, centre = -1))
        count <- table(data$district, data$protest)[c("village", "centre"), "yes"]
        pooled <- suppressWarnings(prop.test(count, c(40, 300), correct = FALSE))
        t <- c(coef(d) / SE(d), -sqrt(pooled$statistic))
        said <- list(t = t, p = 2 * pt(-abs(t), 338))
    """
    yes = PEOPLE["protest"] == "yes"
    village = PEOPLE["district"] == "village"
    found = difference(make_design(340), village, ~village, yes)
    shares = np.array([0 / 40]), np.array([18 / 300])
    people = np.array([40.0]), np.array([300.0])
    least = null_variance(*shares, weights=people, effective=people)
    t = t_statistic(*shares, np.array([found.se[0] ** 2, least[0]]))
    gives(
        """
        variance             |       t |       p
        linearised           | -4.3695 | 0.00002
        without a difference | -1.5919 | 0.11234
        """,
        t=t,
        p=p_values(t, np.array([338.0, 338.0])),
        r=said(data=PEOPLE),
    )
