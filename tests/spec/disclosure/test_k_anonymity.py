"""Records are released where at least k people share each combination of the traits by which a
person might be known [Sweeney 2002]: where the study names traits (`release_keys`), the public
edition holds such records, k being 5 (`release_k`). Territories give way to those they lie in;
while more than 5 % of the people are alone, neighbouring categories are joined; of those who still
are single traits are blanked; who still is alone is left out. Other traits, numbers, free texts and
whatever a banner's `not_for` keeps apart from a trait do not stand there. The order is that of a
seed. The report counts steps and classes; this one changes nothing and says what one step would
mend.
"""

from tyndau.disclosure import k_anonymity

from ..text_tables import counted, frame, gives, single

TITLE = {
    "en": "Records: k-anonymity",
    "ru": "Записи: k-анонимность",
    "kk": "Жазбалар: k-анонимдік",
}

PEOPLE = counted(
    """
    sex    | young | middle | old
    female |    12 |      9 |   7
    male   |    11 |      8 |   3
    """,
    "age",
    "young",
    "middle",
    "old",
)


def test_five_must_share_their_traits() -> None:
    """Five must share their sex and age

    The three old men do not. With the sexes joined they would be ten, with the two upper ages
    joined eleven; which of the two costs less is for the sociologist to say.
    """
    data = frame(PEOPLE, sex=single("female", "male"), age=single("young", "middle", "old"))
    found = k_anonymity(data, ["sex", "age"], k=5)
    (smallest,) = found.smallest
    gives(
        """
        people | classes | k | exposed | smallest class | its people
        all    |       6 | 3 |       3 | male old       |          3
        """,
        classes=[found.classes],
        k=[found.k],
        exposed=[found.exposed],
        smallest_class=[" ".join(smallest.traits)],
        its_people=[smallest.people],
    )
    gives(
        """
        step                 | people relieved
        sex: female and male |               3
        age: middle and old  |               3
        """,
        step=[f"{one.variable}: {' and '.join(one.codes)}" for one in found.suggestions],
        people_relieved=[one.relieved for one in found.suggestions],
    )
