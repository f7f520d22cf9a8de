"""The audit plays the reader who solves for what is hidden, and shares no step with the
suppression. Of every hidden cell it finds the least and the greatest value that agree with all that
is known, by two linear programmes, and beside them computes back by sums and differences alone. It
passes where no hidden cell is known better than allowed. Each edition has its audit in a file that
names the hidden numbers and must not leave the foundation. `benchmarks/soak_disclosure.py` audits
500 random systems of linked tables, `benchmarks/disclosure.py` times it.
"""

import numpy as np

from tyndau.disclosure import audit, relate

from ..text_tables import gives, rows
from .test_suppression import sums

TITLE = {
    "en": "The audit",
    "ru": "Аудит: что узнаёт читатель",
    "kk": "Аудит: оқырман не біледі",
}

TABLE = rows("""
    district | yes |  no | unknown | all
    north    |   4 |  60 |      36 | 100
    south    |  50 |  70 |      30 | 150
    east     |  26 |  50 |      24 | 100
    all      |  80 | 180 |      90 | 350
""")


def test_what_a_reader_learns() -> None:
    """What a reader learns of four hidden cells, and of one

    Hidden are `yes` and `unknown` of the north and the east. With t more people of the north saying
    yes, they are 4 + t, 36 − t, 26 − t and 24 + t; none may be negative, so t lies between −4 and
    26, and the first cell between 0 and 30. Were the first cell hidden alone, nothing would be.
    """
    values = np.column_stack([TABLE[answer] for answer in ("yes", "no", "unknown", "all")])
    relations = relate(values.ravel(), sums(4))
    four = np.isin(np.arange(16), [0, 2, 8, 10])
    well = audit(relations, four, allowed=10)
    badly = audit(relations, np.arange(16) == 0, allowed=10)
    gives(
        """
        hidden cell   | people | low | high | low if alone | high if alone
        north yes     |      4 |   0 |   30 |            4 |             4
        north unknown |     36 |  10 |   40 |            - |             -
        east yes      |     26 |   0 |   30 |            - |             -
        east unknown  |     24 |  20 |   50 |            - |             -
        """,
        people=values.ravel()[four],
        low=well.low[four],
        high=well.high[four],
        low_if_alone=badly.low[four],
        high_if_alone=badly.high[four],
    )
    assert well.passed
    assert not badly.passed
