"""A base weight is the inverse of the probability of being in the sample [Horvitz and Thompson
1952]. Where the design says none, people by interviews of a group stand in: `N_g/n_g`.
"""

from tyndau.weighting import base_weights, make_margin

from ..text_tables import gives, places, rows

TITLE = {"en": "Base weights", "ru": "Базовые веса", "kk": "Базалық салмақтар"}

PEOPLE = rows("""
    district | probability
    north    |       0.010
    north    |       0.020
    north    |       0.010
    south    |       0.004
    south    |       0.005
    unknown  |       0.010
""")


def test_base_weights() -> None:
    """By probability, and by people of the district

    600 people live in the north, 900 in the south. Of whom the district is not known, they get
    people by interviews of all: 1,500/6.
    """
    district = make_margin("district", places(PEOPLE["district"], "north", "south"), [600, 900])
    gives(
        """
        district | by probability | by people
        north    |            100 |       200
        north    |             50 |       200
        north    |            100 |       200
        south    |            250 |       450
        south    |            200 |       450
        unknown  |            100 |       250
        """,
        by_probability=base_weights(probabilities=PEOPLE["probability"]).weights,
        by_people=base_weights(margin=district).weights,
    )
