"""A cell shows the letters of the columns of its group that it is significantly higher than: A to
Z, then AA, AB. A study may declare a second, lower level, at which letters are small. A column
under 30 people (unweighted or effective) is marked `**` and not tested; one under 100 `*`.
"""

from tyndau.base.languages import Text
from tyndau.estimation import make_design
from tyndau.study.standards import Comparing
from tyndau.tabulation import tabulate

from ..text_tables import counted, frame, gives, single

TITLE = {
    "en": "Letters, levels, marks",
    "ru": "Буквы, уровни, пометки",
    "kk": "Әріптер, деңгейлер, белгілер",
}

PEOPLE = counted(
    """
    district | yes |  no
    north    | 212 | 188
    south    | 184 | 216
    west     | 130 | 270
    suburb   |  40 |  40
    village  |  20 |   5
    """,
    "satisfied",
    "yes",
    "no",
)
DISTRICTS = ("north", "south", "west", "suburb", "village")


def test_letters_of_two_levels(said) -> None:
    """Letters at 5 % and at 10 %

    North is A, south B, west C, suburb D, village E. The village is not tested: its 80 % are no
    finding. Six pairs of columns may be tested, each for two answers, and the correction runs over
    the twelve. Alone north and south would differ at 5 % (p = 0.048); corrected they do so at 10 %
    only, and B is small.

    R::

        y <- as.numeric(data$satisfied == "yes")
        design <- svydesign(~1, weights = ~1, data = cbind(data, y))
        by <- svyby(~y, ~district, design, svymean, covmat = TRUE)
        p <- function(a, b) {
          d <- svycontrast(by, setNames(list(setNames(c(1, -1), c(a, b))), "d"))
          2 * pt(-abs(coef(d) / SE(d)), nrow(subset(design, district %in% c(a, b))) - 1)
        }
        all <- c(p("north", "south"), p("north", "west"), p("north", "suburb"), p("south", "west"),
                 p("south", "suburb"), p("west", "suburb"))
        said <- list(alone = all[1], corrected = p.adjust(c(all, all), "BH")[1:6])
    """
    data = frame(PEOPLE, satisfied=single("yes", "no"), district=single(*DISTRICTS))
    table = tabulate(
        data, "satisfied", [("district", Text())], design=make_design(len(data)),
        inference="design", comparing=Comparing(second_level=0.90),
    )  # fmt: skip
    pairs = ("AB", "AC", "AD", "BC", "BD", "CD")
    corrected = dict(zip(pairs, said(data=PEOPLE)["corrected"], strict=True))
    assert {pair for pair in pairs if corrected[pair] <= 0.05} == {"AC", "BC", "CD"}
    assert {pair for pair in pairs if 0.05 < corrected[pair] <= 0.10} == {"AB"}
    gives(
        """
        column  | base | mark | satisfied | letters | not satisfied | their letters
        north   |  400 | -    |      53.0 | bC      |          47.0 | -
        south   |  400 | -    |      46.0 | C       |          54.0 | a
        west    |  400 | -    |      32.5 | -       |          67.5 | ABD
        suburb  |   80 | *    |      50.0 | C       |          50.0 | -
        village |   25 | **   |      80.0 | -       |          20.0 | -
        """,
        base=table.base[0, 1:],
        mark=[head.mark for head in table.columns[1:]],
        satisfied=table.percent[0, 1:],
        letters=[table.letters(0, column) for column in range(1, 6)],
        not_satisfied=table.percent[1, 1:],
        their_letters=[table.letters(1, column) for column in range(1, 6)],
    )
