"""A net holds whoever gave any of its answers: "satisfied" is "rather" and "fully" satisfied. Of a
question with one answer it is the sum of theirs (the **top 2** of a scale is such a net); of
several answers a person counts once, so that a net is less than the sum. It is declared in the
workbook.
"""

from tyndau.estimation import make_design
from tyndau.tabulation import tabulate

from ..text_tables import counted, frame, gives, multiple, rows, single

TITLE = {
    "en": "Nets and top 2",
    "ru": "Объединённые ответы и «топ-2»",
    "kk": "Біріктірілген жауаптар және «топ-2»",
}

WATER = counted(
    """
    point | fully | rather | rather not | not at all
    1     |     4 |      6 |          3 |          2
    2     |     2 |      5 |          5 |          3
    3     |     6 |      4 |          4 |          1
    4     |     1 |      7 |          2 |          5
    """,
    "satisfied",
    "fully",
    "rather",
    "rather not",
    "not at all",
)

MEDIA = rows("""
    point | media     | weight
    1     | tv net    |      1
    1     | tv        |      2
    1     | paper     |      1
    2     | net       |      2
    2     | radio tv  |      1
    2     | no answer |      1
    3     | net radio |      1
    3     | tv        |      1
    3     | paper net |      2
""")


def test_top_two(said) -> None:
    """Top 2 of a scale

    R::

        design <- svydesign(~point, weights = ~1, data = data)
        top <- svymean(~I(100 * (satisfied %in% c("fully", "rather"))), design)
        said <- list(percent = coef(top)[1], se = SE(top)[1])
    """
    answers = ("fully", "rather", "rather not", "not at all")
    data = frame(WATER, satisfied=single(*answers, nets={"top 2": ("fully", "rather")}))
    design = make_design(len(data), clusters=WATER["point"])
    table = tabulate(data, "satisfied", [], design=design, inference="design")
    at = [head.code for head in table.rows].index("top 2")
    gives(
        """
        row   | percent |     se
        top 2 | 58.3333 | 5.0000
        """,
        percent=table.percent[at],
        se=table.se[at],
        r=said(data=WATER),
    )


def test_a_net_of_several_answers(said) -> None:
    """Broadcast is television or radio, or both

    R::

        design <- svydesign(~point, weights = ~weight, data = data)
        share <- function(words) svymean(~I(100 * grepl(words, media)), design)
        all <- list(share("tv"), share("radio"), share("tv|radio"))
        pick <- function(f) sapply(all, function(one) f(one)[length(f(one))])
        said <- list(percent = pick(coef), se = pick(SE))
    """
    media = multiple("tv", "radio", "net", "paper", nets={"broadcast": ("tv", "radio")})
    design = make_design(9, weights=MEDIA["weight"], clusters=MEDIA["point"])
    table = tabulate(frame(MEDIA, media=media), "media", [], design=design, inference="design")
    codes = [head.code for head in table.rows]
    at = [codes.index(code) for code in ("tv", "radio", "broadcast")]
    gives(
        """
        row       | percent |      se
        tv        | 41.6667 | 16.6667
        radio     | 16.6667 |  8.3333
        broadcast | 50.0000 | 14.4338
        """,
        percent=table.percent[at, 0],
        se=table.se[at, 0],
        r=said(data=MEDIA),
    )
