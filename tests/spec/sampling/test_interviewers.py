"""Two interviewers at each point, never one alone; four or more in a territory, each in several
territories: only then the effect of an interviewer can be told from that of a territory. The
two-way layout of I interviewers and T territories has rank `I + T − 1` exactly where all hang
together [Searle 1987], section 5.3.
"""

from tyndau.sampling.interviewers import assign

from ..text_tables import gives, refusal, rows

TITLE = {
    "en": "Interviewers",
    "ru": "Интервьюеры: кто где работает",
    "kk": "Интервьюерлер: кім қайда жұмыс істейді",
}

POINTS = rows("""
    territory | interviews
    centre    |         16
    centre    |         15
    centre    |         15
    north     |         14
    north     |         15
    east      |         15
    east      |         15
    east      |         14
""")


def test_who_works_where() -> None:
    """Eight points, five interviewers"""
    found = assign(POINTS["territory"].tolist(), POINTS["interviews"].tolist(), 5, seed=1)
    assert (found.pairs[:, 0] != found.pairs[:, 1]).all()
    gives(
        """
        interviewer | centre | north | east | all
                  1 |      0 |     7 |   23 |  30
                  2 |      8 |     7 |    7 |  22
                  3 |      8 |     8 |    7 |  23
                  4 |     15 |     0 |    7 |  22
                  5 |     15 |     7 |    0 |  22
        """,
        centre=found.by_territory[:, 0],
        north=found.by_territory[:, 1],
        east=found.by_territory[:, 2],
        all=found.load,
    )
    assert found.identifiable


def test_too_few() -> None:
    """Too few interviewers, too few points"""
    gives(
        """
        what                     | error
        three interviewers       | study.sample-few-interviewers
        one point in a territory | study.sample-one-point
        """,
        error=[
            refusal(assign, ["centre", "centre", "east", "east"], [15, 15, 15, 15], 3, seed=1),
            refusal(assign, ["centre", "centre", "east"], [15, 15, 15], 4, seed=1),
        ],
    )
