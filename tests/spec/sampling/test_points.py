"""Points are drawn from the frame of a territory with probability proportional to size,
systematically from a random start, in the order of the frame [Madow 1949], by svy 0.35: neighbours
are seldom drawn together. A point larger than the interval is taken with certainty, and the rest
drawn from what remains:

    π_i = k·M_i / ΣM,   repeated without those of π ≥ 1

The take at each point then is equal, so that everybody who passes has about the same chance. About
15 interviews a point, 10 to 20; 8 points at least where a territory is to have figures of its own.
"""

import numpy as np

from tyndau.sampling.selection import draw_points, interviews_at, wanted_points

from ..text_tables import gives, rows

TITLE = {
    "en": "Points, by size",
    "ru": "Точки опроса: отбор пропорционально размеру",
    "kk": "Сауалнама нүктелері: мөлшеріне пропорционал іріктеу",
}

FRAME = rows("""
    point   | passers
    bazaar  |    9000
    station |    1500
    school  |    1000
    clinic  |    2000
    park    |     500
    mall    |    2500
    office  |    1500
    mosque  |    1000
""")


def test_probabilities(said) -> None:
    """Four points of eight

    The bazaar is taken with certainty, 4 · 9,000 being more than 19,000; three are drawn from the
    rest of 10,000.

    R::

        m <- data$passers; p <- 4 * m / sum(m)
        while (any(p > 1)) {
          sure <- p >= 1
          p <- ifelse(sure, 1, (4 - sum(sure)) * m / sum(m[!sure]))
        }
        said <- list(probability = p)
    """
    drawn = [draw_points(FRAME["passers"], 4, method="pps", seed=seed) for seed in range(60)]
    probability = np.full(8, np.nan)
    for one in drawn:
        probability[one.index] = one.probability
    gives(
        """
        point   | probability
        bazaar  |        1.00
        station |        0.45
        school  |        0.30
        clinic  |        0.60
        park    |        0.15
        mall    |        0.75
        office  |        0.45
        mosque  |        0.30
        """,
        probability=probability,
        r=said(data=FRAME),
    )


def test_a_number_of_points_and_their_take() -> None:
    """How many points, and how many interviews at each"""
    takes = [interviews_at(wanted_points(n, 15, 40), n, seed=7) for n in (28, 60, 130, 300)]
    gives(
        """
        interviews | points | fewest at a point | most at a point
                28 |      2 |                14 |              14
                60 |      6 |                10 |              10
               130 |      9 |                14 |              15
               300 |     20 |                15 |              15
        """,
        points=[len(take) for take in takes],
        fewest_at_a_point=[take.min() for take in takes],
        most_at_a_point=[take.max() for take in takes],
    )
