"""A group of columns is looked at only where a test of the whole finds that its columns differ at
all. It is the second-order test of [Rao and Scott 1984], written for columns' shares, so that it
holds for several answers a person [Thomas and Decady 2004] and for columns that overlap as well.
With p_ck the share of answer k in column c, W_c the column's weight, p̄_k the share in all of them
and D the covariance of the distances p_ck − p̄_k, each times √(W_c/s_k):

    X = Σ_ck W_c (p_ck − p̄_k)² / s_k        s_k = p̄_k, or p̄_k(1 − p̄_k) for several answers
    F = X / tr D    on    f = (tr D)² / tr D²    and    f·df    degrees of freedom
    df = (tr D)² / Σ_c (tr_c D)² / df_c, at most those of the whole: each column's by its part tr_c

The rows are all answers, "no answer" too; of a number it is the mean. For one answer a person F is
nearly R's `svychisq`: that takes the shares observed where the gate takes those without a
difference (`tests/tabulation/test_significance.py` holds both within 0.06 in samples of 200 people;
they come together in large ones). A gate is closed above 1 − level; there is none where fewer than
two columns can be tested, or where rows without clusters give several answers.
"""

from tyndau.base.languages import Text
from tyndau.estimation import chi_square, make_design
from tyndau.study.standards import Thresholds
from tyndau.tabulation import tabulate

from ..text_tables import counted, frame, gives, multiple, rows, single

TITLE = {
    "en": "The gate: do the columns differ at all?",
    "ru": "Предварительная проверка: различаются ли столбцы вообще?",
    "kk": "Бастапқы тексеру: бағандар бір-бірінен жалпы өзгеше ме?",
}

PEOPLE = counted(
    """
    point | district | good | fair | bad
    1     | north    |    9 |    6 |   5
    2     | north    |   12 |    4 |   4
    3     | north    |    7 |    8 |   5
    4     | south    |    6 |    5 |   9
    5     | south    |    4 |    9 |   7
    6     | south    |    8 |    4 |   8
    7     | east     |    6 |   10 |   4
    8     | east     |    9 |    5 |   6
    9     | east     |    5 |    9 |   6
    """,
    "roads",
    "good",
    "fair",
    "bad",
)


def test_the_gate(said) -> None:
    """Roads by district

    R::

        design <- svydesign(~point, weights = ~1, data = data)
        by <- svyby(~roads, ~district, design, svymean, covmat = TRUE)
        W <- c(table(data$district)); p <- t(matrix(coef(by), 3, 3)); V <- vcov(by)
        common <- drop(p %*% W) / sum(W)                      # a row an answer, a column a place
        column <- rep(1:3, times = 3); answer <- rep(1:3, each = 3)
        same <- outer(answer, answer, "==")
        M <- diag(9) - t(t(same) * W[column] / sum(W))        # distances from the common share
        root <- diag(sqrt(W[column] / common[answer]))
        D <- root %*% M %*% V %*% t(M) %*% root
        X <- sum((root %*% M %*% c(t(p)))^2)
        f <- sum(diag(D))^2 / sum(D * D); F <- X / sum(diag(D))
        part <- tapply(diag(D), column, sum)                 # three points a place: 2 each
        df <- min(degf(design), sum(part)^2 / sum(part^2 / 2))
        theirs <- svychisq(~roads + district, design, statistic = "F")
        said <- list(p = c(pf(F, f, f * df, lower.tail = FALSE), theirs$p.value))
    """
    data = frame(
        PEOPLE, roads=single("good", "fair", "bad"), district=single("north", "south", "east")
    )
    design = make_design(len(PEOPLE["roads"]), clusters=PEOPLE["point"])
    table = tabulate(
        data, "roads", [("district", Text())], design=design, inference="design",
        thresholds=Thresholds(hide_below=30),
    )  # fmt: skip
    whole = chi_square(design, PEOPLE["roads"], PEOPLE["district"])
    gives(
        """
        test     |       p
        gate     | 0.09662
        svychisq | 0.08799
        """,
        p=[table.gates[0], whole.p_value],
        r=said(data=PEOPLE),
    )


MEDIA = rows("""
    point | sex    | media         | weight
    1     | female | tv net        |      1
    1     | male   | net           |      1
    1     | female | tv            |      2
    2     | male   | net paper     |      1
    2     | female | tv paper      |      1
    2     | male   | tv            |      1
    3     | female | tv            |      2
    3     | male   | net           |      2
    3     | male   | tv net paper  |      1
    4     | female | net           |      1
    4     | female | tv            |      1
    4     | male   | paper net     |      1
    5     | female | tv paper      |      1
    5     | male   | net           |      2
""")


def test_the_gate_of_several_answers(said) -> None:
    """The gate of several answers

    Each answer is one more share; people who give several are in the covariances.

    R::

        for (one in c("tv", "net", "paper")) data[[one]] <- 1 * grepl(one, data$media)
        design <- svydesign(~point, weights = ~weight, data = data)
        by <- svyby(~tv + net + paper, ~sex, design, svymean, covmat = TRUE)
        W <- c(tapply(data$weight, data$sex, sum)); V <- vcov(by)
        p <- t(matrix(coef(by), 2, 3)); common <- drop(p %*% W) / sum(W)
        column <- rep(1:2, times = 3); answer <- rep(1:3, each = 2)
        M <- diag(6) - t(t(outer(answer, answer, "==")) * W[column] / sum(W))
        root <- diag(sqrt(W[column] / (common * (1 - common))[answer]))
        D <- root %*% M %*% V %*% t(M) %*% root
        X <- sum((root %*% M %*% c(t(p)))^2)
        f <- sum(diag(D))^2 / sum(D * D); F <- X / sum(diag(D))
        part <- tapply(diag(D), column, sum)                  # either sex at all five points
        df <- min(degf(design), sum(part)^2 / sum(part^2 / 4))
        said <- list(p = pf(F, f, f * df, lower.tail = FALSE))
    """
    data = frame(MEDIA, media=multiple("tv", "net", "paper"), sex=single("female", "male"))
    design = make_design(14, weights=MEDIA["weight"], clusters=MEDIA["point"])
    table = tabulate(
        data, "media", [("sex", Text())], design=design, inference="design",
        thresholds=Thresholds(hide_below=5),
    )  # fmt: skip
    gives(
        """
        gate          |       p
        women and men | 0.01661
        """,
        p=table.gates,
        r=said(data=MEDIA),
    )
