"""How many interviews give an interval of half-width e, for an answer of variance v (p(1 − p) for a
share, at most 0.25), a design effect and N people [Cochran 1977], formulas 4.1 and 4.2:

    n₀ = z²·v/e²        n₁ = deff·n₀        n = n₁ / (1 + (n₁ − 1)/N), rounded up

The design effect comes before the correction, for it multiplies the variance `v/n·(N − n)/(N − 1)`
of a sample of the same size; so n never exceeds N. Interviews made b at a point with the
intra-class correlation ρ have `deff = 1 + (b − 1)ρ` [Kish 1965], formula 5.4.1; unequal weights
multiply it. Only the end is rounded: svy 0.35, with the same steps, rounds each of them up and
gives up to deff + 1 interviews more.
"""

from tyndau.sampling.size import cluster_effect, half_width_of, share_variance, size_for

from ..text_tables import gives, rows

TITLE = {
    "en": "The size of a sample",
    "ru": "Объём выборки",
    "kk": "Іріктеме көлемі",
}

WANTED = rows("""
    where     | share | half_width | rho  | at_point | people | response
    city      |  0.50 |       0.03 | 0.04 |       15 | 350000 |     0.50
    city      |  0.20 |       0.03 | 0.04 |       15 | 350000 |     0.50
    district  |  0.50 |       0.07 | 0.04 |       10 |   2400 |     0.60
    NGO heads |  0.50 |       0.08 | 0.00 |        1 |    120 |     0.80
""")


def test_how_many(said) -> None:
    """Four samples

    R::

        z <- qnorm(0.975); d <- data
        deff <- 1 + (d$at_point - 1) * d$rho
        need <- mapply(function(p, e, k, N) {
          width <- function(n) z * sqrt(k * p * (1 - p) / n * (N - n) / (N - 1)) - e
          ceiling(uniroot(width, c(1, N), tol = 1e-9)$root)
        }, d$share, d$half_width, deff, d$people)
        said <- list(deff = deff, simple = z^2 * d$share * (1 - d$share) / d$half_width^2, n = need,
                     contacts = ceiling(need / d$response))
    """
    found = [
        size_for(
            e, share_variance(p), design_effect=cluster_effect(rho, b), population=people,
            response=response,
        )
        for p, e, rho, b, people, response in zip(*list(WANTED.values())[1:], strict=True)
    ]  # fmt: skip
    gives(
        """
        where         | deff |  simple |    n | contacts
        city, a half  | 1.56 | 1067.07 | 1657 |     3314
        city, a fifth | 1.56 |  682.93 | 1063 |     2126
        district      | 1.36 |  195.99 |  240 |      400
        NGO heads     | 1.00 |  150.06 |   67 |       84
        """,
        deff=[one.design_effect for one in found],
        simple=[one.simple for one in found],
        n=[one.n for one in found],
        contacts=[one.contacts for one in found],
        r=said(data=WANTED),
    )


def test_what_a_number_of_interviews_gives(said) -> None:
    """And what a number of interviews gives

    `z·√( deff·v/n · (N − n)/(N − 1) )`, 400 interviews at points of ten, answers of a half.

    R::

        half <- function(n, deff, N) {
          qnorm(0.975) * sqrt(deff * 0.25 / n * (if (is.finite(N)) (N - n) / (N - 1) else 1))
        }
        said <- list(half_width = c(half(400, 1, Inf), half(400, 1.36, Inf), half(400, 1.36, 2400)))
    """
    effect = cluster_effect(0.04, 10)
    gives(
        """
        sample             | half width
        simple             |    0.04900
        clustered          |    0.05714
        clustered, of 2400 |    0.05217
        """,
        half_width=[
            half_width_of(400, 0.25),
            half_width_of(400, 0.25, design_effect=effect),
            half_width_of(400, 0.25, design_effect=effect, population=2400),
        ],
        r=said(),
    )
