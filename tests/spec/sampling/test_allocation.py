"""Interviews are shared out among territories in proportion to a measure, times what the study lets
a territory weigh more (newly annexed, remote, new):

| method | measure | good for |
|---|---|---|
| `proportional` | N | the city |
| `equal` | 1 | territories, each alike |
| `neyman` | N·S | the city, where answers vary more in some territories [Neyman 1934] |
| `power` | N^q, q = ½ | between the city and its parts [Bankier 1988] |

Nobody gets less than the minimum, or more than its people; the others keep their proportions, and
rounding is by the largest remainder, so that all numbers add up. Where no minimum binds svy 0.35
gives the same; where one does, it gives it up. Whatever is not proportional has its price for
figures of the city: Kish's effect of the weights that it makes necessary, `Σn · Σ(N²/n) / (ΣN)²`
[Kish 1992].
"""

from tyndau.sampling.allocation import allocate

from ..text_tables import gives, rows

TITLE = {
    "en": "Allocation to territories",
    "ru": "Размещение выборки по территориям",
    "kk": "Іріктемені аумақтарға бөлу",
}

TERRITORIES = rows("""
    territory | people | deviation
    centre    | 160000 |       0.8
    north     |  90000 |       1.0
    east      |  60000 |       1.2
    village   |   9000 |       1.0
""")


def test_four_ways(said) -> None:
    """1,000 interviews, four ways; at least 50 in each territory

    Proportionally the village would have 28. R has no function for it: the program is the formula,
    the village at its minimum.

    R::

        N <- data$people; S <- data$deviation
        shares <- function(m) {
          if (1000 * m[4] / sum(m) < 50) c(950 * m[1:3] / sum(m[1:3]), 50) else 1000 * m / sum(m)
        }
        whole <- function(x) {
          down <- floor(x); up <- order(down - x)[seq_len(1000 - sum(down))]
          replace(down, up, down[up] + 1)
        }
        n <- lapply(list(N, rep(1, 4), N * S, sqrt(N)), function(m) whole(shares(m)))
        cost <- sapply(n, function(k) sum(k) * sum(N^2 / k) / sum(N)^2)
        said <- list(proportional = c(n[[1]], cost[1]), equal = c(n[[2]], cost[2]),
                     neyman = c(n[[3]], cost[3]), power = c(n[[4]], cost[4]))
    """
    people = TERRITORIES["people"]
    found = {
        method: allocate(
            1000, people, method=method, deviation=TERRITORIES["deviation"], minimum=50
        )
        for method in ("proportional", "equal", "neyman", "power")
    }
    gives(
        """
        territory | proportional | equal | neyman | power
        centre    |          490 |   250 |    419 |   385
        north     |          276 |   250 |    295 |   288
        east      |          184 |   250 |    236 |   236
        village   |           50 |   250 |     50 |    91
        price     |        1.010 | 1.469 |  1.036 | 1.088
        """,
        **{method: [*one.counts, one.weight_effect] for method, one in found.items()},
        r=said(data=TERRITORIES),
    )
