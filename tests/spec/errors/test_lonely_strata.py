"""A stratum with one cluster does not say how far its clusters lie apart. By default it is refused
and named, for the sociologist to join it with a neighbour; other answers have to be asked for.

| `lonely` | what the stratum gives |
|---|---|
| `fail` | an error that names it |
| `remove`, `certainty` | nothing: right only where the cluster was sure to be drawn |
| `adjust` | its square around the mean of all clusters, not of its stratum |
| `average` | as much as the other strata on average |

A stratum of which every cluster was drawn (its population is 1) is not lonely.
"""

from tyndau.estimation import make_design, mean

from ..text_tables import gives, refusal, rows

TITLE = {
    "en": "Strata with one cluster",
    "ru": "Страты с одним кластером",
    "kk": "Бір кластерлі страталар",
}

PEOPLE = rows("""
    stratum | point | score
    centre  | c1    |     5
    centre  | c1    |     4
    centre  | c2    |     2
    centre  | c3    |     3
    edge    | e1    |     1
    edge    | e1    |     2
    edge    | e2    |     2
    village | v1    |     4
    village | v1    |     5
""")


def test_the_village_has_one_point(said) -> None:
    """The village has one point

    R::

        design <- svydesign(~point, strata = ~stratum, weights = ~1, data = data)
        se <- sapply(c("remove", "adjust", "average"), function(how) {
          options(survey.lonely.psu = how)
          SE(svymean(~score, design))
        })
        said <- list(se = c(NA, se))
    """
    given = {"strata": PEOPLE["stratum"], "clusters": PEOPLE["point"]}
    refused = refusal(mean, make_design(9, **given), PEOPLE["score"])
    ways = [make_design(9, **given, lonely=how) for how in ("remove", "adjust", "average")]
    gives(
        """
        lonely  |      se | error
        fail    |       - | table.single-cluster
        remove  | 0.45395 | -
        adjust  | 0.54893 | -
        average | 0.55597 | -
        """,
        se=[None, *(mean(design, PEOPLE["score"]).se[0] for design in ways)],
        error=[refused, "", "", ""],
        r=said(data=PEOPLE),
    )
