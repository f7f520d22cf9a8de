"""Respondents speak for those of their class who were chosen and did not answer: their weights are
multiplied by the inverse of the class's weighted response rate [Kalton and Flores-Cervantes 2003].
A class is what is known of both and goes with answering and with answers. Classes with fewer than
30 respondents are refused, or merged with the smaller of their neighbours in the order of codes.
"""

from tyndau.weighting import adjust_nonresponse

from ..text_tables import gives, places, rows

TITLE = {
    "en": "Those who did not answer",
    "ru": "Поправка на неответы",
    "kk": "Жауап бермегендерге түзету",
}

CHOSEN = rows("""
    dwelling | weight | answered
    flat     |     10 |        1
    flat     |     10 |        0
    flat     |     20 |        1
    flat     |     10 |        0
    house    |     10 |        1
    house    |     10 |        1
    house    |     15 |        1
    house    |      5 |        0
""")


def test_classes(said) -> None:
    """Flats answer less than houses

    Of flats, 30 of 50 answered by weight: a factor of 5/3; of houses 35 of 40.

    R::

        answered <- subset(data, answered == 1)
        design <- svydesign(~1, weights = ~weight, data = answered)
        whole <- aggregate(weight ~ dwelling, data, sum); names(whole)[2] <- "Freq"
        weight <- rep(0, nrow(data))
        weight[data$answered == 1] <- weights(postStratify(design, ~dwelling, whole))
        said <- list(after = weight)
    """
    after = adjust_nonresponse(
        CHOSEN["weight"], CHOSEN["answered"] == 1, places(CHOSEN["dwelling"], "flat", "house"),
        minimum=2,
    )  # fmt: skip
    gives(
        """
        dwelling | before |   after
        flat     |     10 | 16.6667
        flat     |     10 |  0.0000
        flat     |     20 | 33.3333
        flat     |     10 |  0.0000
        house    |     10 | 11.4286
        house    |     10 | 11.4286
        house    |     15 | 17.1429
        house    |      5 |  0.0000
        """,
        before=CHOSEN["weight"],
        after=after.weights,
        r=said(data=CHOSEN),
    )
