"""Outside tables two questions can be tested against each other, and two means. `chi_square` is the
test of [Rao and Scott 1984] with the F distribution of [Thomas and Rao 1987]: Pearson's X² of the
weighted table by the trace of the design effects, Δ, on `(tr Δ)²/tr Δ²` and that times df degrees
of freedom. `t_test` takes, as R's `svyttest` does, one degree of freedom less than the design has.
"""

from tyndau.estimation import chi_square, make_design, t_test

from ..text_tables import gives, rows

TITLE = {
    "en": "Two questions, two means",
    "ru": "Два вопроса, два средних",
    "kk": "Екі сұрақ, екі орташа мән",
}

PEOPLE = rows("""
    point | weight | owner | works | minutes
    1     |    1.0 | yes   | yes   |      25
    1     |    1.0 | yes   | no    |      40
    1     |    2.0 | no    | yes   |      35
    2     |    1.5 | no    | no    |      50
    2     |    1.0 | no    | yes   |      20
    2     |    1.0 | yes   | yes   |      30
    3     |    1.0 | yes   | yes   |      15
    3     |    2.0 | yes   | yes   |      45
    3     |    1.0 | no    | no    |      60
    4     |    1.0 | no    | no    |      55
    4     |    1.0 | yes   | yes   |      10
    4     |    1.5 | no    | no    |      35
    5     |    1.0 | no    | yes   |      30
    5     |    1.0 | yes   | yes   |      25
    5     |    1.0 | yes   | no    |      50
""")


def test_chi_square_and_t(said) -> None:
    """Owning and working; minutes of those who work and of those who do not

    R::

        design <- svydesign(~point, weights = ~weight, data = data)
        f <- svychisq(~owner + works, design, statistic = "F")
        t <- svyttest(minutes ~ works, design)
        said <- list(statistic = c(f$statistic, t$statistic), df = c(f$parameter[2], t$parameter),
                     p = c(f$p.value, t$p.value))
    """
    design = make_design(15, weights=PEOPLE["weight"], clusters=PEOPLE["point"])
    works = PEOPLE["works"] == "yes"
    f = chi_square(design, PEOPLE["owner"], PEOPLE["works"])
    t = t_test(design, PEOPLE["minutes"], groups=(works, ~works))
    gives(
        """
        test       | statistic |  df |       p
        chi_square |   0.94383 | 4.0 | 0.38631
        t_test     |  -7.28606 | 3.0 | 0.00534
        """,
        statistic=[f.statistic, t.statistic],
        df=[f.denominator, t.degrees],
        p=[f.p_value, t.p_value],
        r=said(data=PEOPLE),
    )
