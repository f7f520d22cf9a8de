"""`sex*age` in a banner nests ages in sexes, to any depth. A nested column is the domain of those
who gave all its answers. Columns of one group within the same outer answers are compared with each
other and have letters of their own; the gate is that of the whole group. All pairs of a deep banner
would be many tests that nobody asked for; the other order of nesting gives the others. A person
whose outer answer is not known stands in the total alone.
"""

from tyndau.base.languages import Text
from tyndau.estimation import make_design
from tyndau.tabulation import tabulate

from ..text_tables import counted, frame, gives, single

TITLE = {
    "en": "Nested columns",
    "ru": "Вложенные столбцы",
    "kk": "Кірістірілген бағандар",
}

PEOPLE = counted(
    """
    sex    | age   | yes | no
    female | young |  70 | 30
    female | old   |  40 | 60
    male   | young |  45 | 55
    male   | old   |  42 | 58
    """,
    "sport",
    "yes",
    "no",
)


def test_ages_within_sexes(said) -> None:
    """Ages within sexes

    Young women are compared with old women, not with young men.

    R::

        design <- svydesign(~1, weights = ~1, data = data)
        by <- svyby(~I(100 * (sport == "yes")), ~age + sex, design, svymean)
        order <- c("young.female", "old.female", "young.male", "old.male")
        said <- list(yes = coef(by)[order], se = SE(by)[match(order, rownames(by))])
    """
    data = frame(
        PEOPLE, sport=single("yes", "no"), sex=single("female", "male"),
        age=single("young", "old"),
    )  # fmt: skip
    table = tabulate(
        data, "sport", [("sex*age", Text())], design=make_design(len(data)), inference="design"
    )
    gives(
        """
        column       | base | letter |  yes |    se | higher than
        female*young |  100 | A      | 70.0 | 4.588 | B
        female*old   |  100 | B      | 40.0 | 4.905 | -
        male*young   |  100 | A      | 45.0 | 4.981 | -
        male*old     |  100 | B      | 42.0 | 4.942 | -
        """,
        column=[head.code for head in table.columns[1:]],
        base=table.base[0, 1:],
        letter=[head.letter for head in table.columns[1:]],
        yes=table.percent[0, 1:],
        se=table.se[0, 1:],
        higher_than=[table.letters(0, column) for column in range(1, 5)],
        r=said(data=PEOPLE),
    )
